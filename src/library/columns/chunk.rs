//! Packing articles into a chunk, and comparing and shrinking chunks.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use super::encoded::{NO_LENGTH, bits, fitting, hundredths, packed, says, second, seconds};
use super::symbols::Shortening;
use super::{Chunk, DRAFT, HTML, INDEX, Packed, Row, SAYS, Shared, TEXTS, Text};
use crate::format::body::Markup;
use crate::model::{ListedNumber, Moment};

/// Most authors kept per article.
const AUTHORS: usize = 64;
/// Most categories kept per article.
const CATEGORIES: usize = 64;
/// How many recent combinations in a chunk to compare a row's shared values with.
const RECENT: usize = 32;

impl Chunk {
    /// Packs an article's texts and lists into the arenas, and returns the row that refers to them.
    pub(super) fn pack(&mut self, article: &Packed<'_>) -> Row {
        let Packed {
            key,
            stamp,
            headline,
            file_name,
            numbers,
        } = article;
        let text_start = self.text.len() as u32;
        let topics_start = self.topics.len() as u32;
        let pages_start = self.pages.len() as u32;
        let texts = [
            fitting(&headline.title),
            fitting(&headline.excerpt),
            fitting(&headline.original),
            file_name.as_bytes(),
        ];
        for text in texts {
            self.text.extend_from_slice(text);
        }
        let authors = &numbers.authors[..numbers.authors.len().min(AUTHORS)];
        let categories = &numbers.categories[..numbers.categories.len().min(CATEGORIES)];
        self.topics.extend_from_slice(&numbers.topics);
        self.pages.extend_from_slice(&headline.pages);
        self.pages.extend_from_slice(&headline.retold);
        self.topics.extend_from_slice(authors);
        self.topics.extend_from_slice(categories);
        let shared = self.share(Shared {
            updated_at: seconds(headline.updated_at),
            shown_from: second(headline.publication.from),
            shown_until: second(headline.publication.until),
            names: numbers.names,
            keys: numbers.keys,
            length: headline.length.unwrap_or(NO_LENGTH),
            rating: hundredths(headline.rating),
        });
        let whole_day =
            |moment: Option<Moment>| u8::from(moment.is_some_and(|moment| moment.whole_day));
        Row {
            key: key.0,
            stamp: stamp.0,
            published_at: seconds(headline.published_at),
            text_start,
            topics_start,
            pages_start,
            text_lengths: texts.map(|text| text.len() as u16),
            provider: numbers.provider,
            domain: numbers.domain,
            folder: numbers.folder,
            numbers: ListedNumber::ALL.map(|number| packed(headline.listed[number])),
            body: headline.body,
            has: headline.has,
            shared,
            related: headline.related,
            topics: numbers.topics.len() as u8,
            pages: headline.pages.len() as u8,
            retold: headline.retold.len() as u8,
            authors: authors.len() as u8,
            categories: categories.len() as u8,
            flags: bits(&headline.listed),
            days: whole_day(headline.published_at)
                | whole_day(headline.updated_at) << 1
                | says(headline.publication.says) << SAYS
                | bit(headline.publication.is_draft, DRAFT)
                | bit(is_index(file_name), INDEX)
                | bit(
                    Markup::from_path(Path::new(file_name)) == Markup::Html,
                    HTML,
                ),
        }
    }

    /// Returns the index of a row's shared values, adding them if no neighbour has the same.
    pub(super) fn share(&mut self, shared: Shared) -> u32 {
        let recent = self.shared.len().saturating_sub(RECENT);
        let there = self.shared[recent..].iter().rposition(|it| *it == shared);
        let at = there.map_or(self.shared.len(), |at| recent + at);
        if there.is_none() {
            self.shared.push(shared);
        }
        at as u32
    }

    pub(super) fn shared(&self, row: &Row) -> &Shared {
        &self.shared[row.shared as usize]
    }

    /// A text of a row, as it was packed.
    pub(super) fn bytes(&self, row: &Row, text: Text) -> Cow<'_, [u8]> {
        let bytes = &self.text[row.range(text)];
        match (&self.symbols, text) {
            (None, _) | (_, Text::Title) => Cow::Borrowed(bytes),
            (Some(symbols), _) => Cow::Owned(symbols.text(bytes)),
        }
    }

    /// Appends a text of a row, as it was packed.
    pub(super) fn append_to(&self, room: &mut Vec<u8>, row: &Row, text: Text) {
        let bytes = &self.text[row.range(text)];
        match &self.symbols {
            Some(symbols) if text.is_cold() => symbols.append_to(room, bytes),
            _ => room.extend_from_slice(bytes),
        }
    }

    /// Whether a row is unchanged from an earlier state of the chunk.
    pub(super) fn has_same(&self, before: &Self, row: usize) -> bool {
        let (now, then) = (&self.rows[row], &before.rows[row]);
        let itself = |row: &Row| Row {
            text_start: 0,
            text_lengths: [0; TEXTS],
            shared: 0,
            ..row.clone()
        };
        // The arenas may have been rewritten since, so the same place may hold something else.
        let names = now.topics_start as usize..now.names_end();
        let pages = now.pages_start as usize..now.pages_end();
        itself(now) == itself(then)
            && self.shared(now) == before.shared(then)
            && self.pages[pages.clone()] == before.pages[pages]
            && self.topics[names.clone()] == before.topics[names]
            && Text::ALL
                .iter()
                .all(|text| self.bytes(now, *text) == before.bytes(then, *text))
    }

    /// Rewrites the arenas without anything that no row uses any more, and writes all texts but titles
    /// in symbols that suit them.
    pub(super) fn compact(&mut self) {
        self.write_out();
        let cold = || Text::ALL.into_iter().filter(|text| text.is_cold());
        let texts = self
            .rows
            .iter()
            .flat_map(|row| cold().map(|text| &self.text[row.range(text)]));
        let shortening = Shortening::of(texts.collect());
        // A text in other letters than the rest may be longer in symbols than without.
        let rewritten = self.rewritten(Some(&shortening));
        if let Some(rewritten) = rewritten.or_else(|| self.rewritten(None)) {
            *self = rewritten;
        }
    }

    /// Rewrites the arenas with all texts uncompressed, so that more can be added.
    pub(super) fn write_out(&mut self) {
        if self.symbols.is_some()
            && let Some(rewritten) = self.rewritten(None)
        {
            *self = rewritten;
        }
    }

    /// The same articles, with their cold texts in other symbols or uncompressed; `None` if a text
    /// becomes too long for a row.
    fn rewritten(&self, shortening: Option<&Shortening>) -> Option<Self> {
        let mut rewritten = Self {
            symbols: shortening.map(Shortening::symbols),
            ..Self::default()
        };
        for row in &self.rows {
            rewritten.copy(self, row, shortening)?;
        }
        rewritten.shrink();
        Some(rewritten)
    }

    /// Appends an article of another chunk; `None` if a text becomes too long for a row.
    pub(super) fn copy(
        &mut self,
        other: &Self,
        row: &Row,
        shortening: Option<&Shortening>,
    ) -> Option<()> {
        let text_start = self.text.len() as u32;
        let mut text_lengths = [0; TEXTS];
        for text in Text::ALL {
            let mut bytes = other.bytes(row, text);
            if let Some(shortening) = shortening.filter(|_| text.is_cold()) {
                bytes = Cow::Owned(shortening.shorten(&bytes));
            }
            text_lengths[text as usize] = u16::try_from(bytes.len()).ok()?;
            self.text.extend_from_slice(&bytes);
        }
        let names = row.topics_start as usize..row.names_end();
        let pages = row.pages_start as usize..row.pages_end();
        let shared = self.share(other.shared(row).clone());
        self.rows.push(Row {
            text_start,
            text_lengths,
            shared,
            topics_start: self.topics.len() as u32,
            pages_start: self.pages.len() as u32,
            ..row.clone()
        });
        self.topics.extend_from_slice(&other.topics[names]);
        self.pages.extend_from_slice(&other.pages[pages]);
        Some(())
    }

    /// Releases reserved memory.
    fn shrink(&mut self) {
        self.rows.shrink_to_fit();
        self.shared.shrink_to_fit();
        self.text.shrink_to_fit();
        self.topics.shrink_to_fit();
        self.pages.shrink_to_fit();
    }
}

/// An `index` file stands for its folder.
fn is_index(file_name: &OsStr) -> bool {
    file_name.as_encoded_bytes().starts_with(b"index.")
}

fn bit(is_set: bool, bit: u8) -> u8 {
    if is_set { bit } else { 0 }
}
