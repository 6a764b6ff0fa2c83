//! Publication, carried out on files: a change is made from one version of a file, shown to a
//! person, and written over that version only. Not for which bytes change: `format::edit` knows.
//!
//! A refused change leaves the file as it was, and can stay staged.

mod attributes;
mod lease;
mod leftover;
mod original;
mod refusal;
mod replace;

use std::path::{Path, PathBuf};

use crate::format::Container;
use crate::format::edit::{self, Edit};
use original::Original;
use replace::{Disk, New, System};

pub use leftover::{Version, remove_leftovers, version_at};
pub use original::{Stamp, Versions};
pub use refusal::{Refusal, Step};

/// A change of the publication of one file, ready to be looked at and then written.
#[derive(Clone, Debug)]
pub struct Change {
    path: PathBuf,
    root: PathBuf,
    to: bool,
    /// The version that it was made from.
    stamp: Stamp,
    versions: Versions,
    edit: Edit,
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
        let edit = planned(&original, container, to)?;
        let versions = original.versions(edit.as_ref())?;
        Ok(edit.map(|edit| Self {
            path: path.to_path_buf(),
            root: root.to_path_buf(),
            to,
            stamp: original.stamp,
            versions,
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

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The file before and after.
    pub fn versions(&self) -> Versions {
        self.versions
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
        if original.stamp != self.stamp || original.versions(Some(&self.edit))? != self.versions {
            return Err(Refusal::Changed);
        }
        // Made again rather than kept, so that it is right for these bytes whatever the hash says.
        let edit = planned(&original, container, self.to)?;
        if edit.as_ref() != Some(&self.edit) {
            return Err(Refusal::Changed);
        }
        let new = New {
            head: self.edit.apply(&original.head),
            versions: self.versions,
        };
        replace::replace(system, &original, &new)?;
        let written = Original::read(&self.path, &self.root)?;
        // Another program may have gone on from what was written; that is no concern of ours.
        let says_so = || matches!(planned(&written, container, self.to), Ok(None));
        if written.is_at(&written.path, self.versions.new) || says_so() {
            Ok(written.stamp)
        } else {
            Err(Refusal::Overwritten)
        }
    }
}

/// The edit of the head of a file. The rest has no part in it.
fn planned(original: &Original, container: Container, to: bool) -> Result<Option<Edit>, Refusal> {
    let head = &original.head;
    let is_cut = original.stamp.size() > head.len() as u64;
    if is_cut && !edit::ends_within(head, container) {
        return Err(Refusal::LongFrontMatter);
    }
    Ok(edit::publish(head, container, to)?)
}

fn container(path: &Path) -> Result<Container, Refusal> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Container::of(&name).ok_or(Refusal::OtherKind)
}

#[cfg(test)]
mod tests;
