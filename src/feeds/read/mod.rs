//! Parses bytes from the network into what a feed says: RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0, JSON
//! Feed. A fault in a feed costs as little of it as possible, and everything has a limit.

mod dates;
mod decode;
mod entities;
mod entry;
mod json;
mod mend;
mod xml;

#[cfg(test)]
mod tests;

use thiserror::Error;

pub use dates::parse as date;
pub use decode::text;
use entry::Fault;
pub use entry::{FeedEntry, FeedPicture, ParsedFeed, Recording, RecordingKind, TextMarkup};

/// Why a document has no feed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Unread {
    #[error("it is empty")]
    Empty,
    #[error("it is a page, not a feed")]
    Page,
    #[error("it is neither RSS, Atom nor JSON Feed; it begins with {0:?}")]
    NoFeed(String),
    #[error("line {line}: {reason}")]
    Broken { line: usize, reason: String },
    #[error("it cannot be read: {0}")]
    Refused(String),
}

/// Reads a feed. `declared` is the charset of its `Content-Type`, `url` its address.
///
/// # Errors
/// If there is none, or it is broken before its first entry.
pub fn read(bytes: &[u8], declared: Option<&str>, url: &str) -> Result<ParsedFeed, Unread> {
    let text = decode::text(bytes, declared);
    let start = text.trim_start_matches(|sign: char| sign.is_whitespace() || sign == '\u{FEFF}');
    if start.is_empty() {
        return Err(Unread::Empty);
    }
    let (read, lines_before) = if start.starts_with('{') {
        let before = &text[..text.len() - start.len()];
        (json::read(start, url), before.matches('\n').count())
    } else {
        (xml::read(&text, url), 0)
    };
    read.map_err(|fault| match fault {
        Fault::NoFeed if is_page(start) => Unread::Page,
        Fault::NoFeed => Unread::NoFeed(start.chars().take(40).collect()),
        Fault::Broken { line, reason } => Unread::Broken {
            line: line + lines_before,
            reason,
        },
        Fault::Refused(reason) => Unread::Refused(reason),
    })
}

/// Whether a text starts like a web page.
pub fn is_page(start: &str) -> bool {
    let start = start[..start.floor_char_boundary(2_048)].to_ascii_lowercase();
    ["<html", "<!doctype html", "<head", "<body"]
        .iter()
        .any(|tag| start.contains(tag))
}
