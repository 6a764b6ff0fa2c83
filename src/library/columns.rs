//! Articles packed in memory: numbers as rows or as a table, with the texts in one arena per chunk. Finding
//! and sorting are elsewhere. Chunks are shared by reference, so that another thread can hold a snapshot of the
//! articles while new ones come in.

mod chunk;
mod encoded;
mod rows;
mod run;
mod spelling;
mod stored;
mod symbols;
mod table;

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::sync::Arc;

use roaring::RoaringBitmap;

use super::compact::CompactHeadline;
use super::file_index::Stamp;
use super::key::ArticleKey;
use super::lazy::Lazy;
use crate::format::body::Markup;
use crate::model::{Has, ListedFlag, ListedName, ListedNumber, Moment, Says, SitePublication};

pub use encoded::MOST_TEXT;
pub use run::ArticleRun;
pub use spelling::{Spellers, Spelling};
pub use stored::{Fitting, Packing};

use encoded::{given, moment, sortable};
use rows::{Field, Names, Rows};

/// Articles per chunk: small enough that changing one in a shared chunk copies little.
pub const CHUNK: usize = 1024;

/// The columns of all articles, by row number.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    chunks: Vec<Lazy<Chunk>>,
    len: usize,
    /// How the next full chunk is written.
    spellers: Spellers,
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
    pub headline: &'a CompactHeadline,
    pub file_name: &'a OsStr,
    pub numbers: &'a RowNumbers,
}

/// A chunk of articles, and what their rows refer to. It is open, so that rows can be added and changed, or
/// compact.
#[derive(Clone, Debug, Default)]
pub struct Chunk {
    rows: Rows,
    text: Vec<u8>,
    /// How texts are written if it is compact; otherwise they are stored as they are.
    spelling: Option<Arc<Spelling>>,
    topics: Names,
    pages: Vec<u64>,
    /// Bytes of `text` that no row uses any more.
    waste: usize,
}

/// The texts of a row, in arena order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Text {
    Title,
    Excerpt,
    Original,
    FileName,
}

impl Text {
    const ALL: [Self; 4] = [Self::Title, Self::Excerpt, Self::Original, Self::FileName];
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
                full.make_mut().close(&mut self.spellers);
            }
            self.chunks.push(Lazy::default());
        }
        let number = self.len;
        if let Some(last) = self.chunks.last_mut() {
            let chunk = last.make_mut();
            chunk.write_out();
            let row = chunk.pack(article);
            if let Some(rows) = chunk.rows.open() {
                rows.push(row);
                self.len += 1;
            }
        }
        number as u32
    }

    /// Replaces an article.
    pub fn replace(&mut self, row: u32, article: &Packed<'_>) {
        let row = row as usize;
        let chunk = self.chunks[row / CHUNK].make_mut();
        let row = row % CHUNK;
        chunk.write_out();
        let before = Text::ALL.map(|text| chunk.range(row, text).len());
        let packed = chunk.pack(article);
        if let Some(rows) = chunk.rows.open() {
            rows[row] = packed;
        }
        chunk.waste += before.iter().sum::<usize>();
        if chunk.waste * 2 > chunk.text.len() {
            chunk.compact(&mut self.spellers);
        }
    }

    /// Has the last chunk take as little memory as the others, once no more articles are expected.
    pub fn compact(&mut self) {
        if let Some(last) = self.chunks.last_mut() {
            last.make_mut().close(&mut self.spellers);
        }
        self.spellers = Spellers::default();
    }

    /// Sets the file version that a row describes.
    pub fn set_stamp(&mut self, row: u32, stamp: Stamp) {
        let row = row as usize;
        let rows = &mut self.chunks[row / CHUNK].make_mut().rows;
        rows.set(row % CHUNK, Field::STAMP, stamp.0.cast_signed());
    }

    /// The rows that differ, or may differ: chunks that both share are equal.
    pub fn changed_since(&self, before: &Self) -> RoaringBitmap {
        let chunks = self.chunks.iter().zip(&before.chunks).enumerate();
        // Without reading them.
        let chunks = chunks.filter(|(_, (now, then))| !now.is_same(then));
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
        Stamp(self.field(row, Field::STAMP).cast_unsigned())
    }

    /// The pages that the article's URLs name.
    pub fn pages(&self, row: u32) -> &[u64] {
        let (chunk, row) = self.row(row);
        chunk.pages(row, Field::PAGES)
    }

    /// The pages of related entries that may tell the same story.
    pub fn retold(&self, row: u32) -> &[u64] {
        let (chunk, row) = self.row(row);
        chunk.pages(row, Field::RETOLD)
    }

    pub fn key(&self, row: u32) -> ArticleKey {
        ArticleKey(self.field(row, Field::KEY).cast_unsigned())
    }

    pub fn title(&self, row: u32) -> Cow<'_, str> {
        self.text(row, Text::Title)
    }

    pub fn excerpt(&self, row: u32) -> Cow<'_, str> {
        self.text(row, Text::Excerpt)
    }

    pub fn original(&self, row: u32) -> Cow<'_, str> {
        self.text(row, Text::Original)
    }

    /// Replaces `room` with the title.
    pub fn read_title(&self, row: u32, room: &mut String) {
        self.read(row, Text::Title, room);
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
        let (chunk, row) = self.row(row);
        match chunk.bytes(row, Text::FileName) {
            Cow::Borrowed(name) => Cow::Borrowed(OsStr::from_bytes(name)),
            Cow::Owned(name) => Cow::Owned(OsString::from_vec(name)),
        }
    }

    /// Whether the file stands for its folder.
    pub fn is_index(&self, row: u32) -> bool {
        is_index(self.days(row))
    }

    /// The markup of the text, judging by the file name.
    pub fn markup(&self, row: u32) -> Markup {
        match self.days(row) & HTML {
            0 => Markup::Markdown,
            _ => Markup::Html,
        }
    }

    pub fn topics(&self, row: u32) -> impl Iterator<Item = u32> + '_ {
        let (chunk, row) = self.row(row);
        chunk.names(row, Field::TOPICS)
    }

    pub fn authors(&self, row: u32) -> impl Iterator<Item = u32> + '_ {
        let (chunk, row) = self.row(row);
        chunk.names(row, Field::AUTHORS)
    }

    pub fn categories(&self, row: u32) -> impl Iterator<Item = u32> + '_ {
        let (chunk, row) = self.row(row);
        chunk.names(row, Field::CATEGORIES)
    }

    pub fn provider(&self, row: u32) -> u32 {
        self.field(row, Field::PROVIDER) as u32
    }

    pub fn domain(&self, row: u32) -> u32 {
        self.field(row, Field::DOMAIN) as u32
    }

    pub fn name(&self, row: u32, name: ListedName) -> u32 {
        self.field(row, Field::name(name)) as u32
    }

    pub fn keys(&self, row: u32) -> u32 {
        self.field(row, Field::KEYS) as u32
    }

    pub fn folder(&self, row: u32) -> u32 {
        self.field(row, Field::FOLDER) as u32
    }

    /// Seconds since 1970, for sorting; articles without a date sort before all others.
    pub fn published_second(&self, row: u32) -> i64 {
        sortable(self.field(row, Field::PUBLISHED_AT))
    }

    pub fn published_at(&self, row: u32) -> Option<Moment> {
        moment(
            self.field(row, Field::PUBLISHED_AT),
            self.days(row) & 1 != 0,
        )
    }

    pub fn updated_at(&self, row: u32) -> Option<Moment> {
        moment(self.field(row, Field::UPDATED_AT), self.days(row) & 2 != 0)
    }

    pub fn number(&self, row: u32, number: ListedNumber) -> Option<i64> {
        given(self.field(row, Field::number(number)))
    }

    pub fn has(&self, row: u32) -> Has {
        Has::from_bits(self.field(row, Field::HAS) as u16)
    }

    /// In seconds.
    pub fn length(&self, row: u32) -> Option<u32> {
        given(self.field(row, Field::LENGTH)).map(|length| length as u32)
    }

    pub fn rating(&self, row: u32) -> Option<f64> {
        given(self.field(row, Field::RATING)).map(|rating| rating as f64 / 100.0)
    }

    /// Bytes of the body.
    pub fn body(&self, row: u32) -> u32 {
        self.field(row, Field::BODY) as u32
    }

    pub fn related(&self, row: u32) -> u16 {
        self.field(row, Field::RELATED) as u16
    }

    pub fn flag(&self, row: u32, flag: ListedFlag) -> Option<bool> {
        encoded::flag(self.field(row, Field::FLAGS), flag)
    }

    pub fn publication(&self, row: u32) -> SitePublication {
        let [from, until] = [Field::SHOWN_FROM, Field::SHOWN_UNTIL].map(|it| self.field(row, it));
        publication(self.days(row), from, until)
    }

    /// The chunk of a row, and its place there.
    fn row(&self, row: u32) -> (&Chunk, usize) {
        let row = row as usize;
        (self.chunks[row / CHUNK].get(), row % CHUNK)
    }

    fn field(&self, row: u32, field: Field) -> i64 {
        let (chunk, row) = self.row(row);
        chunk.rows.get(row, field)
    }

    fn days(&self, row: u32) -> u8 {
        self.field(row, Field::DAYS) as u8
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
        let (chunk, row) = self.row(row);
        match chunk.bytes(row, text) {
            Cow::Borrowed(text) => Cow::Borrowed(std::str::from_utf8(text).unwrap_or_default()),
            Cow::Owned(text) => Cow::Owned(String::from_utf8(text).unwrap_or_default()),
        }
    }
}

fn is_index(days: u8) -> bool {
    days & INDEX != 0
}

fn publication(days: u8, from: i64, until: i64) -> SitePublication {
    let at = |second| moment(second, false).map(|moment| moment.at);
    SitePublication {
        says: match days >> SAYS & 3 {
            1 => Says::Yes,
            2 => Says::No,
            _ => Says::Nothing,
        },
        is_draft: days & DRAFT != 0,
        from: at(from),
        until: at(until),
    }
}

#[cfg(test)]
mod tests;
