//! Packing articles into a chunk, and comparing and shrinking chunks.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::ops::Range;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use super::encoded::{bits, clamped, fitting, hundredths, says, second, seconds, stored};
use super::rows::{Field, Row};
use super::spelling::{Speller, Spellers};
use super::{Chunk, DRAFT, HTML, INDEX, Packed, SAYS, Text};
use crate::format::body::Markup;
use crate::model::{ListedName, ListedNumber, Moment};

/// Most authors kept per article.
const AUTHORS: usize = 64;
/// Most categories kept per article.
const CATEGORIES: usize = 64;

impl Chunk {
    /// Packs an article's texts and lists into the arenas, and returns the row that refers to them. The
    /// chunk must be open.
    pub(super) fn pack(&mut self, article: &Packed<'_>) -> Row {
        let Packed {
            headline,
            file_name,
            numbers,
            ..
        } = article;
        let authors = &numbers.authors[..numbers.authors.len().min(AUTHORS)];
        let categories = &numbers.categories[..numbers.categories.len().min(CATEGORIES)];
        let mut row = described(article);
        row.set(Field::TOPICS_START, self.topics.len() as i64);
        row.set(Field::PAGES_START, self.pages.len() as i64);
        for (field, names) in [
            (Field::TOPICS, &numbers.topics[..]),
            (Field::AUTHORS, authors),
            (Field::CATEGORIES, categories),
        ] {
            self.topics.extend(names.iter().copied());
            row.set(field, names.len() as i64);
        }
        for (field, pages) in [
            (Field::PAGES, headline.pages()),
            (Field::RETOLD, headline.retold()),
        ] {
            self.pages.extend_from_slice(pages);
            row.set(field, pages.len() as i64);
        }
        let texts = [
            fitting(headline.title()),
            fitting(headline.excerpt()),
            fitting(headline.original()),
            file_name.as_bytes(),
        ];
        row.set(Field::TEXT_START, self.text.len() as i64);
        for (text, bytes) in Text::ALL.into_iter().zip(texts) {
            self.text.extend_from_slice(bytes);
            row.set(Field::bytes_of(text), bytes.len() as i64);
        }
        row
    }

    /// Where a text of a row is, as it is written.
    pub(super) fn range(&self, row: usize, text: Text) -> Range<usize> {
        let length = |text| self.rows.place(row, Field::bytes_of(text));
        let before = Text::ALL[..text as usize].iter().map(|text| length(*text));
        let start = self.rows.place(row, Field::TEXT_START) + before.sum::<usize>();
        start..start + length(text)
    }

    /// A text of a row, as it was packed.
    pub(super) fn bytes(&self, row: usize, text: Text) -> Cow<'_, [u8]> {
        if self.spelling.is_none() {
            return Cow::Borrowed(&self.text[self.range(row, text)]);
        }
        let mut bytes = Vec::new();
        self.append_to(&mut bytes, row, text);
        Cow::Owned(bytes)
    }

    /// Appends a text of a row, as it was packed.
    pub(super) fn append_to(&self, room: &mut Vec<u8>, row: usize, text: Text) {
        let bytes = &self.text[self.range(row, text)];
        match (&self.spelling, text) {
            (None, _) => room.extend_from_slice(bytes),
            (Some(spelling), Text::FileName) => {
                let original = &self.text[self.range(row, Text::Original)];
                spelling.read_name(room, bytes, original);
            }
            (Some(spelling), text) => spelling.read(room, text, bytes),
        }
    }

    /// The topics of a row, its authors and its categories, as `field` says.
    pub(super) fn names(&self, row: usize, field: Field) -> impl Iterator<Item = u32> + '_ {
        let count = |field| self.rows.place(row, field);
        let before = match field {
            Field::AUTHORS => count(Field::TOPICS),
            Field::CATEGORIES => count(Field::TOPICS) + count(Field::AUTHORS),
            _ => 0,
        };
        let start = count(Field::TOPICS_START) + before;
        (start..start + count(field)).map(|at| self.topics.get(at))
    }

    /// The pages of a row, or those of entries that retell it, as `field` says.
    pub(super) fn pages(&self, row: usize, field: Field) -> &[u64] {
        let count = |field| self.rows.place(row, field);
        let before = match field {
            Field::RETOLD => count(Field::PAGES),
            _ => 0,
        };
        let start = count(Field::PAGES_START) + before;
        &self.pages[start..start + count(field)]
    }

    /// Whether a row is unchanged from an earlier state of the chunk.
    pub(super) fn has_same(&self, before: &Self, row: usize) -> bool {
        // The arenas may have been rewritten since, so places mean nothing.
        let mut fields = Field::all().filter(|field| !field.is_place());
        let names = [Field::TOPICS, Field::AUTHORS, Field::CATEGORIES];
        let pages = [Field::PAGES, Field::RETOLD];
        fields.all(|field| self.rows.get(row, field) == before.rows.get(row, field))
            && names
                .iter()
                .all(|it| self.names(row, *it).eq(before.names(row, *it)))
            && pages
                .iter()
                .all(|it| self.pages(row, *it) == before.pages(row, *it))
            && Text::ALL
                .iter()
                .all(|text| self.bytes(row, *text) == before.bytes(row, *text))
    }

    /// Compacts it unless it is compact.
    pub(super) fn close(&mut self, spellers: &mut Spellers) {
        if self.rows.open().is_some() {
            self.compact(spellers);
        }
    }

    /// Rewrites everything in as little memory as possible, without what no row uses any more.
    pub(super) fn compact(&mut self, spellers: &mut Spellers) {
        self.write_out();
        let texts = |text| {
            let rows = 0..self.rows.len();
            rows.map(|row| &self.text[self.range(row, text)]).collect()
        };
        let length = self.text.len().max(1) as f64;
        let compact = spellers.write(
            || Speller::of(texts),
            |speller| {
                let rewritten = self.rewritten(Some(speller));
                let share = rewritten.text.len() as f64 / length;
                (rewritten, share)
            },
        );
        *self = compact;
    }

    /// Writes all texts as they are and opens the rows, so that more can be added.
    pub(super) fn write_out(&mut self) {
        if self.rows.open().is_none() {
            *self = self.rewritten(None);
        }
    }

    /// The same articles, with their texts as they are or as `speller` writes them.
    fn rewritten(&self, speller: Option<&Speller>) -> Self {
        let mut rewritten = Self::default();
        for row in 0..self.rows.len() {
            rewritten.copy(self, row, self.rows.row(row), speller);
        }
        if let Some(speller) = speller {
            rewritten.spelling = Some(speller.spelling().clone());
            rewritten.rows = rewritten.rows.packed();
            rewritten.topics = rewritten.topics.packed();
            rewritten.text.shrink_to_fit();
            rewritten.pages.shrink_to_fit();
        }
        rewritten
    }

    /// Appends the article in a row of another chunk. This one must be open.
    pub(super) fn copy(
        &mut self,
        other: &Self,
        from: usize,
        mut row: Row,
        speller: Option<&Speller>,
    ) {
        let original = other.bytes(from, Text::Original);
        row.set(Field::TEXT_START, self.text.len() as i64);
        for text in Text::ALL {
            let start = self.text.len();
            match (speller, text) {
                (None, _) => other.append_to(&mut self.text, from, text),
                (Some(speller), Text::FileName) => {
                    let name = other.bytes(from, text);
                    speller.write_name(&mut self.text, &name, &original);
                }
                (Some(speller), text) => {
                    speller.write(&mut self.text, text, &other.bytes(from, text));
                }
            }
            row.set(Field::bytes_of(text), (self.text.len() - start) as i64);
        }
        row.set(Field::TOPICS_START, self.topics.len() as i64);
        for names in [Field::TOPICS, Field::AUTHORS, Field::CATEGORIES] {
            self.topics.extend(other.names(from, names));
        }
        row.set(Field::PAGES_START, self.pages.len() as i64);
        for pages in [Field::PAGES, Field::RETOLD] {
            self.pages.extend_from_slice(other.pages(from, pages));
        }
        if let Some(rows) = self.rows.open() {
            rows.push(row);
        }
    }
}

/// What a row says without referring to the arenas.
fn described(article: &Packed<'_>) -> Row {
    let Packed {
        key,
        stamp,
        headline,
        file_name,
        numbers,
    } = article;
    let whole_day =
        |moment: Option<Moment>| u8::from(moment.is_some_and(|moment| moment.whole_day));
    let is_html = Markup::from_path(Path::new(file_name)) == Markup::Html;
    let days = whole_day(headline.published_at)
        | whole_day(headline.updated_at) << 1
        | says(headline.publication.says) << SAYS
        | bit(headline.publication.is_draft, DRAFT)
        | bit(is_index(file_name), INDEX)
        | bit(is_html, HTML);
    let mut row = Row::default();
    row.set(Field::KEY, key.0.cast_signed());
    row.set(Field::STAMP, stamp.0.cast_signed());
    row.set(Field::PUBLISHED_AT, seconds(headline.published_at));
    row.set(Field::UPDATED_AT, seconds(headline.updated_at));
    row.set(Field::SHOWN_FROM, second(headline.publication.from));
    row.set(Field::SHOWN_UNTIL, second(headline.publication.until));
    row.set(Field::PROVIDER, numbers.provider);
    row.set(Field::DOMAIN, numbers.domain);
    row.set(Field::KEYS, numbers.keys);
    row.set(Field::FOLDER, numbers.folder);
    row.set(Field::LENGTH, stored(headline.length.map(i64::from)));
    row.set(Field::RATING, stored(headline.rating.map(hundredths)));
    row.set(Field::BODY, headline.body);
    row.set(Field::HAS, headline.has.bits());
    row.set(Field::RELATED, headline.related);
    row.set(Field::FLAGS, bits(&headline.listed));
    row.set(Field::DAYS, days);
    for name in ListedName::ALL {
        row.set(Field::name(name), numbers.names[name as usize]);
    }
    for number in ListedNumber::ALL {
        let value = stored(headline.listed[number].map(clamped));
        row.set(Field::number(number), value);
    }
    row
}

/// An `index` file stands for its folder.
fn is_index(file_name: &OsStr) -> bool {
    file_name.as_encoded_bytes().starts_with(b"index.")
}

fn bit(is_set: bool, bit: u8) -> u8 {
    if is_set { bit } else { 0 }
}
