//! Publication, carried out on files: a change is made from one version of a file, shown to a
//! person, and written over that version only. Not for which bytes change: `format::edit` knows.
//!
//! A refused change leaves the file as it was, and can stay staged.

mod attributes;
mod lease;
mod original;
mod refusal;
mod replace;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::format::Container;
use crate::format::edit::{self, Edit};
use original::Original;
use replace::{Disk, System};

pub use original::Stamp;
pub use refusal::{Refusal, Step};

/// A change of the publication of one file, ready to be looked at and then written.
#[derive(Clone, Debug)]
pub struct Change {
    path: PathBuf,
    root: PathBuf,
    to: bool,
    seen: Seen,
    edit: Edit,
}

/// A version of a file, kept while a person looks at what will change in it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    stamp: Stamp,
    hash: u64,
}

impl Seen {
    fn of(original: &Original) -> Self {
        let mut hasher = DefaultHasher::new();
        original.bytes.hash(&mut hasher);
        Self {
            stamp: original.stamp,
            hash: hasher.finish(),
        }
    }
}

/// One changed line, for review. The texts are the file's own: clean them before showing them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Diff<'a> {
    pub path: &'a Path,
    /// Counted from 1.
    pub line: u32,
    /// `None` where the line is added.
    pub old: Option<&'a str>,
    pub new: &'a str,
}

impl Change {
    /// Reads the file at `path`, which belongs to the library folder or file `root`, and works out
    /// what to change for it to say that it is published, or not. `None`: it says so already.
    ///
    /// Where `expected` is given, the file must still be that version.
    ///
    /// # Errors
    /// When the file, or the way to it, is such that it is not to be changed.
    pub fn of(
        path: &Path,
        root: &Path,
        to: bool,
        expected: Option<Stamp>,
    ) -> Result<Option<Self>, Refusal> {
        let container = container(path)?;
        let original = Original::read(path, root)?;
        if expected.is_some_and(|expected| expected != original.stamp) {
            return Err(Refusal::Changed);
        }
        let edit = edit::publish(&original.bytes, container, to)?;
        Ok(edit.map(|edit| Self {
            path: path.to_path_buf(),
            root: root.to_path_buf(),
            to,
            seen: Seen::of(&original),
            edit,
        }))
    }

    /// What is shown of it.
    pub fn diff(&self) -> Diff<'_> {
        Diff {
            path: &self.path,
            line: self.edit.line,
            old: self.edit.old.as_deref(),
            new: &self.edit.new,
        }
    }

    /// What the file will say.
    pub fn to(&self) -> bool {
        self.to
    }

    /// Writes the change into the file, and answers what the file is from now on.
    ///
    /// # Errors
    /// When the file is no longer what the change was made from, or cannot be replaced. It is then
    /// left as it is; [`Refusal::Kept`] alone leaves a second file beside it.
    pub fn write(&self) -> Result<Stamp, Refusal> {
        self.write_on(&Disk)
    }

    fn write_on(&self, system: &dyn System) -> Result<Stamp, Refusal> {
        let container = container(&self.path)?;
        let original = Original::read(&self.path, &self.root)?;
        if Seen::of(&original) != self.seen {
            return Err(Refusal::Changed);
        }
        // Made again rather than kept, so that it is right for these bytes whatever the hash says.
        let edit = edit::publish(&original.bytes, container, self.to)?;
        if edit.as_ref() != Some(&self.edit) {
            return Err(Refusal::Changed);
        }
        let new = self.edit.apply(&original.bytes);
        replace::replace(system, &original, &new)?;
        let written = Original::read(&self.path, &self.root)?;
        // Another program may have gone on from what was written; that is no concern of ours.
        let says_so = || edit::publish(&written.bytes, container, self.to) == Ok(None);
        if written.bytes == new || says_so() {
            Ok(written.stamp)
        } else {
            Err(Refusal::Overwritten)
        }
    }
}

fn container(path: &Path) -> Result<Container, Refusal> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Container::of(&name).ok_or(Refusal::OtherKind)
}

#[cfg(test)]
mod tests;
