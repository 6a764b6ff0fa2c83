//! Changes fields in the bytes of a front matter, and nothing else. `desk::publish` reads and
//! writes the files.
//!
//! One parser finds the place, as byte positions, and another proves every edit: it parses the
//! front matter before and after, and only that field may differ, as wished. So the parser that
//! finds the place need not be trusted: if changing exactly those bytes changed exactly that value,
//! they were its bytes. Anything doubtful is refused.

mod asked;
mod draft;
mod edited;
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
use file::File;

pub use asked::{Asking, RequestedEdit, Restoration, described, typed};
pub use edited::EditedFile;
pub use refusal::EditRefusal;
pub use reverse::Reversible;
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
/// # Errors
/// If the value cannot be changed, or it is not certain that nothing else would change.
pub fn edit(bytes: &[u8], container: Container, wish: &Wish) -> Result<Option<Edit>, EditRefusal> {
    EditedFile::new(bytes.to_vec(), container).edit(wish)
}

/// The fields of a front matter, in order.
///
/// # Errors
/// If the front matter cannot be read.
pub fn fields(bytes: &[u8], container: Container) -> Result<Vec<(String, Value)>, EditRefusal> {
    Ok(File::read(bytes.to_vec(), container)?.fields()?.to_vec())
}

/// Whether a file's front matter ends within these first bytes of it, with more to follow.
pub fn ends_within(bytes: &[u8], container: Container) -> bool {
    match locate(bytes, container) {
        Located::Front(_, parts) => parts.body.start < bytes.len(),
        Located::Nothing(_) | Located::Script => true,
        Located::Unclosed => false,
    }
}

/// A name for comparison, ignoring case, `-` and `_`.
fn folded(name: &str) -> String {
    let plain = name.chars().filter(|sign| !matches!(sign, '-' | '_'));
    plain.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests;
