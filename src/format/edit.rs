//! Changing fields in the bytes of a front matter, and nothing else. Not for reading or writing
//! files: `desk::publish` does that.
//!
//! The place is found by one parser, with byte positions, and every edit is proved with another:
//! the front matter is read before and after, and must differ in that one field as it was wished.
//! Who finds the place need not be trusted then: if changing exactly those bytes changed exactly
//! that value, they were its bytes. Whatever leaves a doubt is refused.

mod asked;
mod draft;
mod file;
mod headers;
mod json;
mod layout;
mod lists;
mod place;
mod refusal;
mod reverse;
mod spelling;
mod there;
mod toml;
mod tree;
mod yaml;

use std::ops::Range;

use serde_yaml::Value;

use super::fence::Container;
use super::locate::{Located, locate};
use draft::{Draft, Plan};
use file::File;

pub use asked::{Asked, Asking, described, typed};
pub use refusal::Refusal;
pub use reverse::reverse;
pub use spelling::Scalar;

/// A change of one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// A truth value that decides something: only a plain `true` or `false` is changed, and keeps the
    /// letters in which it is written (`True`, `TRUE`).
    Flag { key: Key, to: bool },
    /// A single value.
    Set { key: Key, to: Scalar },
    /// The field goes, with its value.
    Remove { key: Key },
    /// One more entry of a list.
    Add { key: Key, item: String },
    /// One entry less of a list.
    Take { key: Key, item: String },
}

impl Wish {
    /// The field that it is about.
    pub fn key(&self) -> &Key {
        match self {
            Wish::Flag { key, .. }
            | Wish::Set { key, .. }
            | Wish::Remove { key }
            | Wish::Add { key, .. }
            | Wish::Take { key, .. } => key,
        }
    }
}

/// The names by which a file may call a field; the first that is there is meant, and where none is,
/// the first of all is added. Case, `-` and `_` do not matter; a dot leads into fields of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    names: Vec<String>,
}

impl Key {
    pub fn new(name: &str) -> Self {
        Self::any([name])
    }

    /// # Panics
    /// Without a name.
    pub fn any<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
        assert!(!names.is_empty(), "a field has a name");
        Self { names }
    }

    /// The name under which it is added.
    pub fn name(&self) -> &str {
        &self.names[0]
    }

    fn names(&self) -> &[String] {
        &self.names
    }
}

/// A change of some bytes of a file, and how to show it to a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes of the file that are replaced; none where something is added.
    pub range: Range<usize>,
    /// What comes in their place.
    pub replacement: String,
    /// The line, counted from 1, from which on lines change.
    pub line: u32,
    /// Those lines without their ends.
    pub old: Vec<String>,
    /// What they are afterwards.
    pub new: Vec<String>,
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

/// The edit that does what is wished; `None` where the file says so already.
///
/// Only the bytes of that field change. Where it is missing, a line with it is added: before the
/// closing fence, at the end of a YAML file without one, in TOML before the first table.
///
/// # Errors
/// When the value is not such that it can be changed, or it is not certain that nothing else would
/// change.
pub fn edit(bytes: &[u8], container: Container, wish: &Wish) -> Result<Option<Edit>, Refusal> {
    let file = File::read(bytes, container)?;
    if let Some(at) = conflict(&bytes[..file.body_start()]) {
        return Err(Refusal::Conflict {
            line: file.line_at(at),
        });
    }
    let before = file.fields()?;
    let unsure = || Refusal::Unsure {
        key: wish.key().name().to_owned(),
    };
    match place::plan(&file, wish)? {
        Plan::Unchanged(path) => {
            let flag = match wish {
                Wish::Flag { to, .. } => Some(Value::from(*to)),
                Wish::Set { .. } | Wish::Remove { .. } | Wish::Add { .. } | Wish::Take { .. } => {
                    None
                }
            };
            let is_sure = flag.is_none() || file::at(&before, &path) == flag.as_ref();
            is_sure.then_some(None).ok_or_else(unsure)
        }
        Plan::Drafts(drafts) => {
            let mut proved = drafts
                .iter()
                .filter_map(|it| prove(&file, container, &before, it));
            proved.next().map(Some).ok_or_else(unsure)
        }
    }
}

/// What the fields of a front matter say, in their order.
///
/// # Errors
/// When the front matter cannot be read.
pub fn fields(bytes: &[u8], container: Container) -> Result<Vec<(String, Value)>, Refusal> {
    File::read(bytes, container)?.fields()
}

/// Reads the file again as it would be, and compares the fences, the body and every field.
fn prove(
    file: &File<'_>,
    container: Container,
    before: &[(String, Value)],
    draft: &Draft,
) -> Option<Edit> {
    let edit = file.edit(draft.range.clone(), &draft.replacement);
    let bytes = edit.apply(file.bytes());
    let after = File::read(&bytes, container).ok()?;
    let fields = after.fields().ok()?;
    let same_parts = after.syntax() == file.syntax() && after.body() == file.body();
    let mut expected = before.to_vec();
    file::put(&mut expected, &draft.path, &draft.put)?;
    (same_parts && file::alike(&expected, &fields)).then_some(edit)
}

/// Whether the front matter of a file ends within these first bytes of it, with more to follow.
pub fn ends_within(bytes: &[u8], container: Container) -> bool {
    match locate(bytes, container) {
        Located::Front(_, parts) => parts.body.start < bytes.len(),
        Located::Nothing(_) | Located::Script => true,
        Located::Unclosed => false,
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

/// A name as it is compared: without regard to case, `-` and `_`.
fn folded(name: &str) -> String {
    let plain = name.chars().filter(|sign| !matches!(sign, '-' | '_'));
    plain.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests;
