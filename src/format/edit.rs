//! The one-scalar edit: changing `published` in the bytes of a file, and nothing else. Not for
//! reading or writing files: `desk::publish` does that.
//!
//! The place is found by one parser, with byte positions, and every edit is proved with another:
//! the front matter is parsed before and after, and must differ in the value of `published` alone.
//! Who finds the place need not be trusted then: if changing exactly those bytes changed exactly
//! that value, they were its bytes. Whatever leaves a doubt is refused.

mod place;

use std::ops::Range;

use serde_yaml::{Mapping, Value};
use thiserror::Error;

use super::fence::{self, Container, Parts, Split};
use super::flaw::Flaw;
use super::keys;
use super::yaml::{self, Shape};
use place::Place;

/// The field that is changed.
const KEY: &str = "published";

/// A change of some bytes of a file, and how to show it to a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes of the file that are replaced: those of the value, or none where a line is added.
    pub range: Range<usize>,
    /// What comes in their place.
    pub replacement: String,
    /// The line, counted from 1, that is changed or added.
    pub line: u32,
    /// That line without its end; `None` where it is added.
    pub old: Option<String>,
    /// That line afterwards, without its end.
    pub new: String,
}

impl Edit {
    /// The bytes of the file after the edit.
    ///
    /// # Panics
    /// When `bytes` are not those that the edit was made for, and end before its range.
    pub fn apply(&self, bytes: &[u8]) -> Vec<u8> {
        let (before, after) = (&bytes[..self.range.start], &bytes[self.range.end..]);
        [before, self.replacement.as_bytes(), after].concat()
    }
}

/// Why the publication in a file is not changed, with the line and what to do about it.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Refusal {
    #[error("it has no front matter; begin it with one, between two lines with ---")]
    NoFrontMatter,
    #[error(
        "line 1: the front matter begins here and never ends; add a line with --- after its last field"
    )]
    Unclosed,
    #[error("line {line}: the front matter holds bytes that are no UTF-8; save the file as UTF-8")]
    NotUtf8 { line: u32 },
    #[error("line {line}: a merge conflict; resolve it first")]
    Conflict { line: u32 },
    /// The front matter does not parse; also where a key is there twice.
    #[error("{0}")]
    Broken(String),
    #[error("the front matter is no list of fields; write each as key: value")]
    NoFields,
    #[error(
        "line {line}: the front matter stands in braces; write each field in a line of its own"
    )]
    Flow { line: u32 },
    #[error("line {line}: published is {found}; only a plain true or false is changed: write one")]
    NotBoolean { line: u32, found: String },
    #[error(
        "line {line}: {key} may decide what the site shows, not published; change it by hand, as your site wants it"
    )]
    Rival { line: u32, key: String },
    #[error(
        "line {line}: fields are merged in with <<, and readers disagree on what counts then; write them out"
    )]
    Merged { line: u32 },
    /// The two parsers disagree, or the edit would change more than it should.
    #[error("published cannot be changed here without a doubt; change it by hand")]
    Unsure,
}

/// The edit that makes a file say that it is published, or not; `None` where it says so already.
///
/// Only the bytes of the value of the top-level `published` change, and the way it is written
/// (`True`, `TRUE`) stays. Where the key is missing, a line with it is added before the closing
/// fence, or at the end of a YAML file without one.
///
/// # Errors
/// When the value is anything but a plain boolean, or it is not certain that nothing else would
/// change.
pub fn publish(bytes: &[u8], container: Container, to: bool) -> Result<Option<Edit>, Refusal> {
    let file = File::read(bytes, container)?;
    if let Some(at) = conflict(&bytes[..file.parts.body.start]) {
        return Err(Refusal::Conflict {
            line: line_at(bytes, at),
        });
    }
    let before = file.fields()?;
    if let Some(key) = rival(&before) {
        return Err(Refusal::Rival {
            line: file.line_of(key),
            key: key.to_owned(),
        });
    }
    let edit = match place::find(file.front).ok_or(Refusal::Unsure)? {
        Place::Plain(range) => match file.replace(range, to)? {
            Some(edit) => edit,
            None if before.get(KEY) == Some(&Value::Bool(to)) => return Ok(None),
            None => return Err(Refusal::Unsure),
        },
        Place::Absent { column } => file.add(column, to),
        Place::Other { at, found } => {
            let line = file.line(at);
            return Err(Refusal::NotBoolean { line, found });
        }
        Place::Flow { at } => {
            let line = file.line(at);
            return Err(Refusal::Flow { line });
        }
        Place::Merged { at } => {
            let line = file.line(at);
            return Err(Refusal::Merged { line });
        }
    };
    file.prove(&edit, before, container, to)?;
    Ok(Some(edit))
}

/// A file with its front matter found.
struct File<'a> {
    bytes: &'a [u8],
    parts: Parts,
    front: &'a str,
}

impl<'a> File<'a> {
    fn read(bytes: &'a [u8], container: Container) -> Result<Self, Refusal> {
        let parts = match fence::split(bytes, container) {
            Split::Parts(parts) => parts,
            Split::NoFrontMatter => return Err(Refusal::NoFrontMatter),
            Split::Unclosed => return Err(Refusal::Unclosed),
        };
        let front = std::str::from_utf8(&bytes[parts.front.clone()]).map_err(|error| {
            let line = line_at(bytes, parts.front.start + error.valid_up_to());
            Refusal::NotUtf8 { line }
        })?;
        Ok(Self {
            bytes,
            parts,
            front,
        })
    }

    fn fields(&self) -> Result<Mapping, Refusal> {
        let lines_before = self.parts.front_line - 1;
        match yaml::parse(self.front).map_err(|flaw| broken(flaw.down(lines_before)))? {
            Shape::Mapping(mapping) => Ok(mapping),
            Shape::List | Shape::Scalar => Err(Refusal::NoFields),
        }
    }

    /// `None` where the value is `to` already.
    fn replace(&self, range: Range<usize>, to: bool) -> Result<Option<Edit>, Refusal> {
        let start = self.parts.front.start;
        let at = start + range.start;
        let written = &self.front[range.clone()];
        let Some((is, other)) = opposite(written) else {
            return Err(Refusal::NotBoolean {
                line: line_at(self.bytes, at),
                found: place::brief(written),
            });
        };
        if is == to {
            return Ok(None);
        }
        let line_start = self.front[..range.start]
            .rfind(is_line_end)
            .map_or(0, |end| end + 1);
        let line_end = self.front[range.end..]
            .find(is_line_end)
            .map_or(self.front.len(), |length| range.end + length);
        let (head, tail) = (
            &self.front[line_start..range.start],
            &self.front[range.end..line_end],
        );
        Ok(Some(Edit {
            range: at..start + range.end,
            replacement: other.to_owned(),
            line: line_at(self.bytes, at),
            old: Some(format!("{head}{written}{tail}")),
            new: format!("{head}{other}{tail}"),
        }))
    }

    /// A line of its own after the last of the front matter, ended as that one is.
    fn add(&self, column: usize, to: bool) -> Edit {
        let at = self.parts.front.end;
        let new = format!("{}{KEY}: {to}", " ".repeat(column));
        let before = &self.bytes[..at];
        let last_is_ended = self.front.is_empty() || self.front.ends_with(is_line_end);
        let (replacement, line) = if last_is_ended {
            (format!("{new}{}", line_end_of(before)), line_at(before, at))
        } else {
            (
                format!("{}{new}", line_end_of(before)),
                line_at(before, at) + 1,
            )
        };
        Edit {
            range: at..at,
            replacement,
            line,
            old: None,
            new,
        }
    }

    /// Parses the file again as it would be, and compares the fences, the body and every field.
    fn prove(
        &self,
        edit: &Edit,
        before: Mapping,
        container: Container,
        to: bool,
    ) -> Result<(), Refusal> {
        let bytes = edit.apply(self.bytes);
        let after = File::read(&bytes, container).map_err(|_| Refusal::Unsure)?;
        let fields = after.fields().map_err(|_| Refusal::Unsure)?;
        let same_parts = after.parts.front.start == self.parts.front.start
            && bytes[after.parts.body.clone()] == self.bytes[self.parts.body.clone()];
        let had = match before.get(KEY) {
            Some(value) => *value == Value::Bool(!to),
            None => true,
        };
        let is_added = edit.old.is_none();
        let mut expected = before;
        let replaced = expected.insert(Value::from(KEY), Value::Bool(to));
        let as_expected = fields.iter().eq(expected.iter());
        if same_parts && had && replaced.is_none() == is_added && as_expected {
            Ok(())
        } else {
            Err(Refusal::Unsure)
        }
    }

    /// The line of the file in which a top-level key stands.
    fn line_of(&self, name: &str) -> u32 {
        let front = yaml::with_newlines(self.front);
        let line = keys::keys(&front).find(|key| key.name == name);
        self.parts.front_line + line.map_or(0, |key| key.line - 1)
    }

    /// The line of the file in which a byte of the front matter stands.
    fn line(&self, at: usize) -> u32 {
        line_at(self.bytes, self.parts.front.start + at)
    }
}

/// A field by which some generators decide what is shown, whatever `published` says.
fn rival(fields: &Mapping) -> Option<&str> {
    const RIVALS: [&str; 4] = ["draft", "isdraft", "publish", "status"];
    let is_rival = |key: &&str| {
        let plain = key.replace(['-', '_'], "").to_lowercase();
        RIVALS.contains(&plain.as_str())
    };
    fields.keys().filter_map(Value::as_str).find(is_rival)
}

/// What a plain boolean says, and its opposite in the same letters. These are the booleans of
/// YAML 1.2's core schema; what only YAML 1.1 takes for one (`yes`, `on`) is none to many readers.
fn opposite(written: &str) -> Option<(bool, &'static str)> {
    Some(match written {
        "true" => (true, "false"),
        "True" => (true, "False"),
        "TRUE" => (true, "FALSE"),
        "false" => (false, "true"),
        "False" => (false, "True"),
        "FALSE" => (false, "TRUE"),
        _ => return None,
    })
}

fn broken(flaw: Flaw) -> Refusal {
    let place = flaw.place.map(|place| format!("line {}: ", place.line));
    let hint = flaw.hint.map(|hint| format!("; {hint}"));
    Refusal::Broken(format!(
        "{}{}{}",
        place.unwrap_or_default(),
        flaw.reason,
        hint.unwrap_or_default()
    ))
}

/// Whether the front matter of a file ends within these first bytes of it, with more to follow.
pub fn ends_within(bytes: &[u8], container: Container) -> bool {
    match fence::split(bytes, container) {
        Split::Parts(parts) => parts.body.start < bytes.len(),
        Split::NoFrontMatter => true,
        Split::Unclosed => false,
    }
}

/// Where a marker of a merge conflict stands, as git writes them: seven signs at the start of a
/// line, then a blank or nothing. Not `=======`, which underlines headings.
fn conflict(bytes: &[u8]) -> Option<usize> {
    const MARKERS: [&[u8]; 2] = [b"<<<<<<<", b">>>>>>>"];
    memchr::memchr2_iter(b'<', b'>', bytes).find(|at| {
        let starts_line = *at == 0 || matches!(bytes[at - 1], b'\n' | b'\r');
        let rest = &bytes[*at..];
        starts_line
            && MARKERS.iter().any(|marker| {
                rest.strip_prefix(*marker).is_some_and(|after| {
                    matches!(after.first(), None | Some(b' ' | b'\t' | b'\n' | b'\r'))
                })
            })
    })
}

/// The line, counted from 1, in which a byte stands.
fn line_at(bytes: &[u8], at: usize) -> u32 {
    let ends = memchr::memchr2_iter(b'\n', b'\r', &bytes[..at])
        .filter(|end| bytes[*end] == b'\n' || bytes.get(end + 1) != Some(&b'\n'))
        .count();
    u32::try_from(ends + 1).unwrap_or(u32::MAX)
}

/// How the last line that ends is ended; `\n` where none is.
fn line_end_of(bytes: &[u8]) -> &'static str {
    match memchr::memrchr2(b'\n', b'\r', bytes) {
        Some(at) if bytes[at] == b'\r' => "\r",
        Some(at) if at > 0 && bytes[at - 1] == b'\r' => "\r\n",
        _ => "\n",
    }
}

fn is_line_end(sign: char) -> bool {
    matches!(sign, '\n' | '\r')
}

#[cfg(test)]
mod tests;
