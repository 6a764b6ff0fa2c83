//! Takes the fields that may decide publication from a front matter. `publication` knows what they
//! decide.

use super::fence::Container;
use super::fields::flag_of;
use super::front::{self, Front};
use super::node::{Entry, Map, Node, Quoting};
use super::roles::FoldedKey;
use super::{date, edit};
use crate::model::{Signal, Signals};

/// The names of interest, folded.
const DECIDING: [&str; 12] = [
    "date",
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
/// Longest name of interest.
const LONGEST: usize = 16;
/// The last letters of the names of interest, as bits, by their first letters.
const ENDS: [u32; 26] = {
    let mut ends = [0; 26];
    let mut at = 0;
    while at < DECIDING.len() {
        let name = DECIDING[at].as_bytes();
        ends[(name[0] - b'a') as usize] |= 1 << (name[name.len() - 1] - b'a');
        at += 1;
    }
    ends
};
/// Stands for anything but a single value.
const NO_WORD: &str = "[…]";

/// Whether a value is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quotes {
    None,
    Some,
}

/// Takes a top-level field with a single value.
pub fn note(signals: &mut Signals, key: &str, text: &str, quotes: Quotes) {
    if key.len() > LONGEST {
        return;
    }
    note_dates(signals, key, text);
    let Some(folded) = FoldedKey::new(key) else {
        return;
    };
    let place = match folded.as_bytes() {
        b"published" => {
            signals.names_published = true;
            if date::parse(text).is_some() {
                return;
            }
            if key == "published" {
                signals.published_in_lower_case = signal(text, quotes);
            }
            &mut signals.published
        }
        b"draft" => &mut signals.draft,
        b"isdraft" => &mut signals.is_draft,
        b"publish" => &mut signals.publish,
        b"unlisted" => &mut signals.unlisted,
        b"permalink" => {
            if text == "false" && quotes == Quotes::None {
                signals.rendered = Signal::No;
            }
            return;
        }
        b"status" => {
            signals.status = match text.trim().to_lowercase().as_str() {
                "draft" | "hidden" => Signal::No,
                "published" => Signal::Yes,
                "" => Signal::Absent,
                _ => Signal::Other,
            };
            return;
        }
        _ => return,
    };
    *place = signal(text, quotes);
}

/// Takes a date that may decide. Hugo's names ignore case, but not `-` and `_`: see the aliases in
/// its `pagemeta`.
fn note_dates(signals: &mut Signals, key: &str, text: &str) {
    let is = |name: &str| key.eq_ignore_ascii_case(name);
    if is("date") {
        signals.date = date::parse(text);
        if key == "date" {
            signals.date_in_lower_case = signals.date;
        }
    } else if ["publishdate", "pubdate", "published"].into_iter().any(is) {
        signals.publish_at = signals.publish_at.or_else(|| date::parse(text));
    } else if ["expirydate", "unpublishdate"].into_iter().any(is) {
        signals.expire_at = signals.expire_at.or_else(|| date::parse(text));
    }
}

/// Reads the signals of a file.
///
/// # Errors
/// If it cannot be read; without front matter the signals are empty.
pub fn read(bytes: &[u8], container: Container) -> Result<Signals, edit::EditRefusal> {
    match front::read(bytes, container)? {
        Front::Matter(matter) => Ok(of_fields(&matter.map)),
        Front::Text(_) | Front::Skip(_) => Ok(Signals::default()),
    }
}

/// The signals of parsed fields.
pub fn of_fields(map: &Map) -> Signals {
    let mut signals = Signals::default();
    for Entry { key, value, .. } in &map.entries {
        match value {
            Node::Null => note(&mut signals, key, "", Quotes::None),
            Node::Scalar(scalar) => {
                let quotes = match scalar.style {
                    Quoting::Plain => Quotes::None,
                    Quoting::Quoted => Quotes::Some,
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
    key.len() <= LONGEST
        && may_be_deciding(key)
        && FoldedKey::new(key).is_some_and(|key| {
            DECIDING
                .iter()
                .any(|name| name.as_bytes() == key.as_bytes())
        })
}

/// Whether a key begins and ends like a name of interest, or with what folding leaves out. Nearly all
/// others do not.
fn may_be_deciding(key: &str) -> bool {
    let (Some(first), Some(last)) = (key.bytes().next(), key.bytes().next_back()) else {
        return false;
    };
    let letter = |byte: u8| {
        let letter = byte.to_ascii_lowercase().wrapping_sub(b'a');
        (letter < 26).then_some(letter)
    };
    match (letter(first), letter(last)) {
        (Some(first), Some(last)) => ENDS[usize::from(first)] >> last & 1 != 0,
        _ => true,
    }
}

/// Takes `build.render`.
fn note_render(signals: &mut Signals, text: &str) {
    signals.rendered = match text.trim() {
        "always" | "true" => Signal::Yes,
        "never" | "false" | "link" => Signal::No,
        _ => Signal::Other,
    };
}

fn signal(text: &str, quotes: Quotes) -> Signal {
    match (text.trim(), quotes) {
        ("true" | "True" | "TRUE", Quotes::None) => Signal::Yes,
        ("false" | "False" | "FALSE", Quotes::None) => Signal::No,
        ("" | "~" | "null" | "Null" | "NULL", Quotes::None) => Signal::Empty,
        (other, _) => match flag_of(other) {
            Some(Some(flag)) => Signal::Loosely(flag),
            _ => Signal::Other,
        },
    }
}
