//! Changes fields in the bytes of a front matter, and nothing else. `desk::publish` reads and
//! writes the files.
//!
//! One parser finds the place, as byte positions, and another proves every edit: it parses the
//! front matter before and after, and only that field may differ, as wished. So the parser that
//! finds the place need not be trusted: if changing exactly those bytes changed exactly that value,
//! they were its bytes. Anything doubtful is refused.

mod asked;
mod draft;
mod file;
mod headers;
mod json;
mod layout;
mod lists;
mod place;
mod refusal;
mod restore;
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
use draft::{EditDraft, EditPlan, Put};
use file::File;

pub use asked::{Asking, RequestedEdit, Restoration, described, typed};
pub use refusal::EditRefusal;
pub use reverse::{Reversible, reversible};
pub use spelling::NewScalar;
pub(super) use spelling::{double, is_plain};

/// A change to one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Sets a boolean that decides something: only a plain `true` or `false` is changed, and keeps
    /// its letter case (`True`, `TRUE`).
    Flag { key: FieldNames, to: bool },
    /// Sets a single value.
    Set { key: FieldNames, to: NewScalar },
    /// Removes the field.
    Remove { key: FieldNames },
    /// Adds an entry to a list.
    Add { key: FieldNames, item: String },
    /// Removes an entry from a list.
    Take { key: FieldNames, item: String },
    /// Puts the field back as it was written.
    Restore { key: FieldNames, to: Restoration },
}

impl Wish {
    /// The field to change.
    pub fn key(&self) -> &FieldNames {
        match self {
            Wish::Flag { key, .. }
            | Wish::Set { key, .. }
            | Wish::Remove { key }
            | Wish::Add { key, .. }
            | Wish::Take { key, .. }
            | Wish::Restore { key, .. } => key,
        }
    }
}

/// The names a file may use for a field. The first one present is used; if there is none, the field
/// is added under the first name. Case, `-` and `_` are ignored; a dot leads into a nested field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldNames {
    names: Vec<String>,
}

impl FieldNames {
    pub fn new(name: &str) -> Self {
        Self::any([name])
    }

    /// # Panics
    /// If there are no names.
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
    /// The bytes of the file to replace; empty if something is added.
    pub range: Range<usize>,
    /// The replacement.
    pub replacement: String,
    /// The first line that changes, counted from 1.
    pub line: u32,
    /// The changed lines before, without line ends.
    pub old: Vec<String>,
    /// The changed lines after.
    pub new: Vec<String>,
}

impl Edit {
    /// Applies the edit to the bytes of the file.
    ///
    /// # Panics
    /// If `bytes` are not those that the edit was made for, and end before its range.
    pub fn apply(&self, bytes: &[u8]) -> Vec<u8> {
        let (before, after) = (&bytes[..self.range.start], &bytes[self.range.end..]);
        [before, self.replacement.as_bytes(), after].concat()
    }
}

/// Returns the edit that carries out a wish; `None` if the file says so already.
///
/// Only the bytes of that field change. If it is missing, a line with it is added: before the
/// closing fence, at the end of a YAML file without one, in TOML before the first table.
///
/// # Errors
/// If the value cannot be changed, or it is not certain that nothing else would change.
pub fn edit(bytes: &[u8], container: Container, wish: &Wish) -> Result<Option<Edit>, EditRefusal> {
    edit_in(&File::read(bytes, container)?, container, wish)
}

fn edit_in(
    file: &File<'_>,
    container: Container,
    wish: &Wish,
) -> Result<Option<Edit>, EditRefusal> {
    let bytes = file.bytes();
    if let Some(at) = conflict(&bytes[..file.body_start()]) {
        return Err(EditRefusal::Conflict {
            line: file.line_at(at),
        });
    }
    let before = file.fields()?;
    let unsure = || EditRefusal::Unsure {
        key: wish.key().name().to_owned(),
    };
    match place::plan(file, wish)? {
        EditPlan::Unchanged(path) => {
            let flag = match wish {
                Wish::Flag { to, .. } => Some(Value::from(*to)),
                Wish::Set { .. }
                | Wish::Remove { .. }
                | Wish::Add { .. }
                | Wish::Take { .. }
                | Wish::Restore { .. } => None,
            };
            let is_sure = flag.is_none() || file::at(before, &path) == flag.as_ref();
            is_sure.then_some(None).ok_or_else(unsure)
        }
        EditPlan::Drafts(drafts) => {
            let mut proved = drafts
                .iter()
                .filter_map(|it| prove(file, container, before, it));
            proved.next().map(Some).ok_or_else(unsure)
        }
    }
}

/// The fields of a front matter, in order.
///
/// # Errors
/// If the front matter cannot be read.
pub fn fields(bytes: &[u8], container: Container) -> Result<Vec<(String, Value)>, EditRefusal> {
    Ok(File::read(bytes, container)?.fields()?.to_vec())
}

/// Where the text below a front matter starts, in bytes.
///
/// # Errors
/// If the front matter cannot be read.
pub fn body_start(bytes: &[u8], container: Container) -> Result<usize, EditRefusal> {
    Ok(File::read(bytes, container)?.body_start())
}

/// Parses the file as edited, and compares the fences, the body and every field.
fn prove(
    file: &File<'_>,
    container: Container,
    before: &[(String, Value)],
    draft: &EditDraft,
) -> Option<Edit> {
    let edit = file.edit(draft.range.clone(), &draft.replacement);
    let bytes = edit.apply(file.bytes());
    let after = File::read(&bytes, container).ok()?;
    let fields = after.fields().ok()?;
    let same_parts = after.syntax() == file.syntax() && after.body() == file.body();
    let mut expected = before.to_vec();
    let put = match &draft.put {
        Put::AsWritten => match file::at(fields, &draft.path) {
            Some(value) => Put::Value(value.clone()),
            None => Put::Nothing,
        },
        put @ (Put::Value(_) | Put::Nothing) => put.clone(),
    };
    file::put(&mut expected, &draft.path, &put)?;
    // What is written must be found again, to be changed back.
    let is_found = expected.is_empty() || after.tree().is_some();
    (same_parts && is_found && file::alike(&expected, fields)).then_some(edit)
}

/// Whether a file's front matter ends within these first bytes of it, with more to follow.
pub fn ends_within(bytes: &[u8], container: Container) -> bool {
    match locate(bytes, container) {
        Located::Front(_, parts) => parts.body.start < bytes.len(),
        Located::Nothing(_) | Located::Script => true,
        Located::Unclosed => false,
    }
}

/// The position of a merge conflict marker as written by git: seven characters at the start of a
/// line, then a space or nothing. Not `=======`, which underlines headings.
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

/// A name for comparison, ignoring case, `-` and `_`.
fn folded(name: &str) -> String {
    let plain = name.chars().filter(|sign| !matches!(sign, '-' | '_'));
    plain.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests;
