//! Texts that stand for a list, such as `tags: ai, robots`.

use std::borrow::Cow;

use super::conventions::{Conventions, ListSeparator};
use super::entities::decode_entities;

/// How a text that stands for a list is split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Splits {
    /// Not at all.
    Never,
    /// As the site does.
    Words,
}

impl Splits {
    /// The words of the text under a key.
    pub fn split(self, text: &str, key: &str, conventions: &Conventions) -> Vec<String> {
        let is_plural = key.ends_with(['s', 'S']);
        match self {
            Splits::Words if conventions.words == ListSeparator::Blanks && is_plural => {
                kept(text.split_whitespace())
            }
            Splits::Words if is_plural || text.contains(';') => kept(text.split([',', ';'])),
            Splits::Words | Splits::Never => kept([text]),
        }
    }
}

/// The words that are not empty.
fn kept<'a>(words: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let words = words
        .into_iter()
        .filter_map(|word| decoded(word.trim().into()));
    words.map(Cow::into_owned).collect()
}

/// The text with HTML entities decoded, unless only blanks are left.
pub fn decoded(text: Cow<'_, str>) -> Option<Cow<'_, str>> {
    let text = match memchr::memchr(b'&', text.as_bytes()) {
        None => text,
        Some(_) => Cow::Owned(decode_entities(&text).into_owned()),
    };
    (!text.chars().all(char::is_whitespace)).then_some(text)
}
