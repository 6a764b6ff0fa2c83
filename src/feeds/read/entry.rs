//! What a feed says, whatever its format. Texts are unchanged: `crate::feeds::article` makes
//! articles of them.

use jiff::Timestamp;

/// Most entries read from a feed; it lists the newest first.
pub const MAX_ENTRIES: usize = 1_000;

/// A feed that was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ParsedFeed {
    pub title: String,
    /// The page that it belongs to.
    pub site: Option<String>,
    pub entries: Vec<FeedEntry>,
    /// What was left out or repaired, one sentence each.
    pub notes: Vec<String>,
    /// How many minutes it asks to be left alone.
    pub ttl: Option<u32>,
    /// Hours of the day, in UTC, in which it does not change.
    pub skip_hours: Vec<u8>,
}

/// An entry of a feed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FeedEntry {
    /// Empty if the feed gives none.
    pub guid: String,
    pub title: Option<TextMarkup>,
    pub link: Option<String>,
    /// The base of relative addresses, if it is not the link.
    pub base: Option<String>,
    pub summary: Option<TextMarkup>,
    pub content: Option<TextMarkup>,
    pub published: Option<Timestamp>,
    pub updated: Option<Timestamp>,
    pub authors: Vec<String>,
    pub categories: Vec<String>,
    /// Pictures that go with it.
    pub images: Vec<FeedPicture>,
    /// Recordings that go with it.
    pub media: Vec<Recording>,
}

/// A text, and how it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextMarkup {
    Html(String),
    Text(String),
}

/// A picture, in pixels where its size is given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedPicture {
    pub url: String,
    pub width: Option<u32>,
    pub height: Option<u32>,
}

/// A recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recording {
    pub url: String,
    pub kind: RecordingKind,
    pub seconds: Option<u32>,
}

/// What a recording is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordingKind {
    Audio,
    Video,
}

/// Why a text has no feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It does not start like a feed.
    NoFeed,
    /// It breaks off before its first entry.
    Broken { line: usize, reason: String },
    /// The parser does not say where.
    Refused(String),
}
