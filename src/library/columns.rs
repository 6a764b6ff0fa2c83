//! Articles packed in memory: rows of fixed size, with their texts in one arena per chunk. Finding and
//! sorting are elsewhere. Chunks are shared by reference, so that another thread can hold a snapshot of the
//! articles while new ones come in.

mod chunk;
mod encoded;
mod stored;
mod symbols;

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::ops::Range;
use std::os::unix::ffi::{OsStrExt, OsStringExt};

use roaring::RoaringBitmap;

use super::file_index::Stamp;
use super::key::ArticleKey;
use super::lazy::Lazy;
use crate::format::Headline;
use crate::format::body::Markup;
use crate::model::{Has, ListedFlag, ListedName, ListedNumber, Moment, Says, SitePublication};

pub use encoded::MOST_TEXT;
pub use stored::{Fitting, Packing};

use encoded::{NO_LENGTH, UNRATED, moment, said};
use symbols::Symbols;

/// Articles per chunk: small enough that changing one in a shared chunk copies little.
pub const CHUNK: usize = 1024;

/// The columns of all articles, by row number.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    chunks: Vec<Lazy<Chunk>>,
    len: usize,
}

/// The interned numbers of a row.
#[derive(Clone, Debug, Default)]
pub struct RowNumbers {
    pub provider: u32,
    pub domain: u32,
    pub names: [u32; ListedName::COUNT],
    pub keys: u32,
    pub folder: u32,
    pub topics: Vec<u32>,
    pub authors: Vec<u32>,
    pub categories: Vec<u32>,
}

/// An article to be packed into a row.
pub struct Packed<'a> {
    pub key: ArticleKey,
    pub stamp: Stamp,
    pub headline: &'a Headline,
    pub file_name: &'a OsStr,
    pub numbers: &'a RowNumbers,
}

/// A chunk of articles, and what their rows refer to.
#[derive(Clone, Debug, Default)]
pub struct Chunk {
    rows: Vec<Row>,
    shared: Vec<Shared>,
    text: Vec<u8>,
    /// The symbols that texts other than titles are written in; `None` if they are stored as they are.
    symbols: Option<Symbols>,
    topics: Vec<u32>,
    pages: Vec<u64>,
    /// Bytes of `text` that no row uses any more.
    waste: usize,
}

/// The texts of a row, in arena order. Titles are always stored as they are, for lists.
#[derive(Clone, Copy)]
enum Text {
    Title,
    Excerpt,
    Original,
    FileName,
}

const TEXTS: usize = 4;

impl Text {
    const ALL: [Self; TEXTS] = [Self::Title, Self::Excerpt, Self::Original, Self::FileName];

    /// Whether it is rarely needed.
    fn is_cold(self) -> bool {
        !matches!(self, Self::Title)
    }
}

/// A row. Its topics are followed by its authors, then its categories; its own pages are followed by those
/// of entries that retell it. Moments are seconds since 1970, or [`NEVER`](encoded::NEVER); other numbers
/// are [`UNSAID`](encoded::UNSAID) if absent.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    key: u64,
    stamp: u64,
    published_at: i64,
    text_start: u32,
    topics_start: u32,
    pages_start: u32,
    text_lengths: [u16; TEXTS],
    provider: u32,
    domain: u32,
    folder: u32,
    numbers: [i32; ListedNumber::COUNT],
    body: u32,
    /// The index of its shared values in the chunk.
    shared: u32,
    has: Has,
    related: u16,
    topics: u8,
    pages: u8,
    retold: u8,
    authors: u8,
    categories: u8,
    flags: u8,
    days: u8,
}

/// Values that many articles share, or that few have at all. A chunk stores each combination once where
/// neighbours agree.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Shared {
    updated_at: i64,
    /// Start and end of the period in which it is shown.
    shown_from: i64,
    shown_until: i64,
    names: [u32; ListedName::COUNT],
    keys: u32,
    length: u32,
    rating: u16,
}

/// Position in `days` of the value that decides publication.
const SAYS: u8 = 2;
/// The bit of `days` for drafts.
const DRAFT: u8 = 1 << 4;
/// The bit of `days` for an `index` file.
const INDEX: u8 = 1 << 5;
/// The bit of `days` for an HTML file.
const HTML: u8 = 1 << 6;

impl Columns {
    pub fn len(&self) -> usize {
        self.len
    }

    /// Appends a row and returns its number.
    pub fn push(&mut self, article: &Packed<'_>) -> u32 {
        if self.len.is_multiple_of(CHUNK) {
            if let Some(full) = self.chunks.last_mut() {
                full.make_mut().compact();
            }
            self.chunks.push(Lazy::default());
        }
        let number = self.len;
        if let Some(last) = self.chunks.last_mut() {
            let chunk = last.make_mut();
            chunk.write_out();
            let row = chunk.pack(article);
            chunk.rows.push(row);
            self.len += 1;
        }
        number as u32
    }

    /// Replaces an article.
    pub fn replace(&mut self, row: u32, article: &Packed<'_>) {
        let row = row as usize;
        let chunk = self.chunks[row / CHUNK].make_mut();
        chunk.write_out();
        let packed = chunk.pack(article);
        let before = std::mem::replace(&mut chunk.rows[row % CHUNK], packed);
        chunk.waste += before
            .text_lengths
            .iter()
            .map(|length| usize::from(*length))
            .sum::<usize>();
        if chunk.waste * 2 > chunk.text.len() {
            chunk.compact();
        }
    }

    /// Sets the file version that a row describes.
    pub fn set_stamp(&mut self, row: u32, stamp: Stamp) {
        let row = row as usize;
        self.chunks[row / CHUNK].make_mut().rows[row % CHUNK].stamp = stamp.0;
    }

    /// The rows that differ, or may differ: chunks that both share are equal.
    pub fn changed_since(&self, before: &Self) -> RoaringBitmap {
        let chunks = self.chunks.iter().zip(&before.chunks).enumerate();
        let pairs = chunks.map(|(at, (now, then))| (at, now.get(), then.get()));
        let others = pairs.filter(|(_, now, then)| !std::ptr::eq(*now, *then));
        let rows = others.flat_map(|(at, now, then)| {
            let rows =
                (0..now.rows.len().min(then.rows.len())).filter(|row| !now.has_same(then, *row));
            rows.map(move |row| (at * CHUNK + row) as u32)
        });
        rows.collect()
    }

    pub fn stamp(&self, row: u32) -> Stamp {
        Stamp(self.row(row).1.stamp)
    }

    /// The pages that the article's URLs name.
    pub fn pages(&self, row: u32) -> &[u64] {
        let (chunk, row) = self.row(row);
        let start = row.pages_start as usize;
        &chunk.pages[start..start + row.pages as usize]
    }

    /// The pages of related entries that may tell the same story.
    pub fn retold(&self, row: u32) -> &[u64] {
        let (chunk, row) = self.row(row);
        let start = row.pages_start as usize + row.pages as usize;
        &chunk.pages[start..start + row.retold as usize]
    }

    pub fn key(&self, row: u32) -> ArticleKey {
        ArticleKey(self.row(row).1.key)
    }

    pub fn title(&self, row: u32) -> &str {
        let (chunk, row) = self.row(row);
        std::str::from_utf8(&chunk.text[row.range(Text::Title)]).unwrap_or_default()
    }

    pub fn excerpt(&self, row: u32) -> Cow<'_, str> {
        self.text(row, Text::Excerpt)
    }

    pub fn original(&self, row: u32) -> Cow<'_, str> {
        self.text(row, Text::Original)
    }

    /// Replaces `room` with the excerpt.
    pub fn read_excerpt(&self, row: u32, room: &mut String) {
        self.read(row, Text::Excerpt, room);
    }

    /// Replaces `room` with the URL of the original.
    pub fn read_original(&self, row: u32, room: &mut String) {
        self.read(row, Text::Original, room);
    }

    pub fn file_name(&self, row: u32) -> Cow<'_, OsStr> {
        match self.bytes(row, Text::FileName) {
            Cow::Borrowed(name) => Cow::Borrowed(OsStr::from_bytes(name)),
            Cow::Owned(name) => Cow::Owned(OsString::from_vec(name)),
        }
    }

    /// Whether the file stands for its folder.
    pub fn is_index(&self, row: u32) -> bool {
        self.row(row).1.days & INDEX != 0
    }

    /// The markup of the text, judging by the file name.
    pub fn markup(&self, row: u32) -> Markup {
        match self.row(row).1.days & HTML {
            0 => Markup::Markdown,
            _ => Markup::Html,
        }
    }

    pub fn topics(&self, row: u32) -> &[u32] {
        let (chunk, row) = self.row(row);
        let start = row.topics_start as usize;
        &chunk.topics[start..start + row.topics as usize]
    }

    pub fn authors(&self, row: u32) -> &[u32] {
        let (chunk, row) = self.row(row);
        let start = row.topics_start as usize + row.topics as usize;
        &chunk.topics[start..start + row.authors as usize]
    }

    pub fn categories(&self, row: u32) -> &[u32] {
        let (chunk, row) = self.row(row);
        let before = row.topics as usize + row.authors as usize;
        let start = row.topics_start as usize + before;
        &chunk.topics[start..start + row.categories as usize]
    }

    pub fn provider(&self, row: u32) -> u32 {
        self.row(row).1.provider
    }

    pub fn domain(&self, row: u32) -> u32 {
        self.row(row).1.domain
    }

    pub fn name(&self, row: u32, name: ListedName) -> u32 {
        self.shared(row).names[name as usize]
    }

    pub fn keys(&self, row: u32) -> u32 {
        self.shared(row).keys
    }

    pub fn folder(&self, row: u32) -> u32 {
        self.row(row).1.folder
    }

    /// Seconds since 1970, for sorting; articles without a date sort before all others.
    pub fn published_second(&self, row: u32) -> i64 {
        self.row(row).1.published_at
    }

    pub fn published_at(&self, row: u32) -> Option<Moment> {
        let row = self.row(row).1;
        moment(row.published_at, row.days & 1 != 0)
    }

    pub fn updated_at(&self, row: u32) -> Option<Moment> {
        let (chunk, row) = self.row(row);
        moment(chunk.shared(row).updated_at, row.days & 2 != 0)
    }

    pub fn number(&self, row: u32, number: ListedNumber) -> Option<i64> {
        said(self.row(row).1.numbers[number as usize])
    }

    pub fn has(&self, row: u32) -> Has {
        self.row(row).1.has
    }

    /// In seconds.
    pub fn length(&self, row: u32) -> Option<u32> {
        let length = self.shared(row).length;
        (length != NO_LENGTH).then_some(length)
    }

    pub fn rating(&self, row: u32) -> Option<f64> {
        let rating = self.shared(row).rating;
        (rating != UNRATED).then(|| f64::from(rating) / 100.0)
    }

    /// Bytes of the body.
    pub fn body(&self, row: u32) -> u32 {
        self.row(row).1.body
    }

    pub fn related(&self, row: u32) -> u16 {
        self.row(row).1.related
    }

    pub fn flag(&self, row: u32, flag: ListedFlag) -> Option<bool> {
        let bits = self.row(row).1.flags >> (flag as u8 * 2);
        (bits & 1 != 0).then_some(bits & 2 != 0)
    }

    pub fn publication(&self, row: u32) -> SitePublication {
        let (chunk, row) = self.row(row);
        let shared = chunk.shared(row);
        let at = |second| moment(second, false).map(|moment| moment.at);
        SitePublication {
            says: match row.days >> SAYS & 3 {
                1 => Says::Yes,
                2 => Says::No,
                _ => Says::Nothing,
            },
            is_draft: row.days & DRAFT != 0,
            from: at(shared.shown_from),
            until: at(shared.shown_until),
        }
    }

    fn row(&self, row: u32) -> (&Chunk, &Row) {
        let row = row as usize;
        let chunk = self.chunks[row / CHUNK].get();
        (chunk, &chunk.rows[row % CHUNK])
    }

    fn shared(&self, row: u32) -> &Shared {
        let (chunk, row) = self.row(row);
        chunk.shared(row)
    }

    fn bytes(&self, row: u32, text: Text) -> Cow<'_, [u8]> {
        let (chunk, row) = self.row(row);
        chunk.bytes(row, text)
    }

    /// Replaces `room` with a text, in the memory that it has.
    fn read(&self, row: u32, text: Text, room: &mut String) {
        let mut bytes = std::mem::take(room).into_bytes();
        bytes.clear();
        let (chunk, row) = self.row(row);
        chunk.append_to(&mut bytes, row, text);
        *room = String::from_utf8(bytes).unwrap_or_default();
    }

    fn text(&self, row: u32, text: Text) -> Cow<'_, str> {
        match self.bytes(row, text) {
            Cow::Borrowed(text) => Cow::Borrowed(std::str::from_utf8(text).unwrap_or_default()),
            Cow::Owned(text) => Cow::Owned(String::from_utf8(text).unwrap_or_default()),
        }
    }
}

impl Row {
    /// The end of its pages, which the pages of retelling entries follow.
    fn pages_end(&self) -> usize {
        self.pages_start as usize + usize::from(self.pages) + usize::from(self.retold)
    }

    /// The end of its topics, which authors and categories follow.
    fn names_end(&self) -> usize {
        let names = [self.topics, self.authors, self.categories];
        self.topics_start as usize + names.map(usize::from).iter().sum::<usize>()
    }

    fn range(&self, text: Text) -> Range<usize> {
        let before: usize = self.text_lengths[..text as usize]
            .iter()
            .map(|length| usize::from(*length))
            .sum();
        let start = self.text_start as usize + before;
        start..start + usize::from(self.text_lengths[text as usize])
    }
}

#[cfg(test)]
mod tests;
