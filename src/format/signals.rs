//! The fields of a front matter that may decide publication, taken from its keys one by one. Not for
//! what they decide: `publication` knows that.

use super::fence::Container;
use super::fields::flag_of;
use super::front::{self, Front};
use super::node::{Entry, Map, Node, Style};
use super::{date, edit, roles};
use crate::model::{Signal, Signals};

/// The names that are noted, as [`folded`] gives them.
const DECIDING: [&str; 11] = [
    "published",
    "draft",
    "isdraft",
    "publish",
    "unlisted",
    "permalink",
    "status",
    "publishdate",
    "pubdate",
    "expirydate",
    "unpublishdate",
];
/// No name that is noted is longer.
const LONGEST: usize = 16;
/// Stands for a value that is no single one.
const NO_WORD: &str = "[…]";

/// Whether a value stands without quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quotes {
    None,
    Some,
}

/// Notes a top-level field with a single value.
pub fn note(signals: &mut Signals, key: &str, text: &str, quotes: Quotes) {
    if key.len() > LONGEST {
        return;
    }
    let place = match folded(key).as_str() {
        "published" => {
            signals.names_published = true;
            if signals.publish_at.is_none()
                && let Some(moment) = date::parse(text)
            {
                signals.publish_at = Some(moment);
                return;
            }
            &mut signals.published
        }
        "draft" | "isdraft" => &mut signals.draft,
        "publish" => &mut signals.publish,
        "unlisted" => &mut signals.unlisted,
        "permalink" => {
            if text == "false" && quotes == Quotes::None {
                signals.rendered = Signal::No;
            }
            return;
        }
        "status" => {
            signals.status = match text.trim().to_lowercase().as_str() {
                "draft" | "hidden" => Signal::No,
                "published" => Signal::Yes,
                "" => Signal::Absent,
                _ => Signal::Other,
            };
            return;
        }
        "publishdate" | "pubdate" => {
            signals.publish_at = date::parse(text).or(signals.publish_at);
            return;
        }
        "expirydate" | "unpublishdate" => {
            signals.expire_at = date::parse(text);
            return;
        }
        _ => return,
    };
    *place = signal(text, quotes);
}

/// What the front matter of a file says.
///
/// # Errors
/// When it cannot be read; nothing is said where there is none.
pub fn read(bytes: &[u8], container: Container) -> Result<Signals, edit::Refusal> {
    match front::read(bytes, container)? {
        Front::Matter(matter) => Ok(of_fields(&matter.map)),
        Front::Text(_) | Front::Skip(_) => Ok(Signals::default()),
    }
}

/// What the fields of a front matter say.
pub fn of_fields(map: &Map) -> Signals {
    let mut signals = Signals::default();
    for Entry { key, value, .. } in &map.entries {
        match value {
            Node::Null => {}
            Node::Scalar(scalar) => {
                let quotes = match scalar.style {
                    Style::Plain => Quotes::None,
                    Style::Quoted => Quotes::Some,
                };
                note(&mut signals, key, &scalar.text, quotes);
            }
            Node::Map(inner) if is_build(key) => {
                let render = inner.entries.iter().find(|entry| entry.key == "render");
                if let Some(Node::Scalar(scalar)) = render.map(|entry| &entry.value) {
                    note_render(&mut signals, &scalar.text);
                }
            }
            Node::List(_) | Node::Map(_) => note(&mut signals, key, NO_WORD, Quotes::Some),
        }
    }
    signals
}

/// Whether a field is the one in which Hugo looks for `render`.
pub fn is_build(key: &str) -> bool {
    key.eq_ignore_ascii_case("build") || key.eq_ignore_ascii_case("_build")
}

/// Whether a field may decide publication.
pub fn may_decide(key: &str) -> bool {
    matches!(
        key.as_bytes().first(),
        Some(b'a'..=b'z' | b'A'..=b'Z' | b'_')
    ) && key.len() <= LONGEST
        && DECIDING.iter().any(|name| roles::same(key, name))
}

/// Notes `build.render`.
fn note_render(signals: &mut Signals, text: &str) {
    signals.rendered = match text.trim() {
        "always" | "true" => Signal::Yes,
        "never" | "false" | "link" => Signal::No,
        _ => Signal::Other,
    };
}

/// A name as it is compared: without regard to case, `-` and `_`.
fn folded(key: &str) -> String {
    let plain = key.chars().filter(|sign| !matches!(sign, '-' | '_'));
    plain.flat_map(char::to_lowercase).collect()
}

fn signal(text: &str, quotes: Quotes) -> Signal {
    match (text.trim(), quotes) {
        ("true" | "True" | "TRUE", Quotes::None) => Signal::Yes,
        ("false" | "False" | "FALSE", Quotes::None) => Signal::No,
        ("", Quotes::None) => Signal::Absent,
        (other, _) => match flag_of(other) {
            Some(Some(flag)) => Signal::Loosely(flag),
            _ => Signal::Other,
        },
    }
}
