//! Changes of fields, carried out on files: a change is made from one version of a file, shown to a
//! person, and written over that version only. Not for which bytes change: `format::edit` knows.
//!
//! A refused change leaves the file as it was, and can stay staged.

mod attributes;
mod lease;
mod original;
mod planned;
mod refusal;
mod replace;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::format::Container;
use crate::format::edit::{self, Edit, Wish};
use original::Original;
use replace::{Disk, System};

pub use original::Stamp;
pub use planned::{Planned, Planner};
pub use refusal::{Refusal, Step};

/// A change of fields of one file, ready to be looked at and then written.
#[derive(Clone, Debug)]
pub struct Change {
    path: PathBuf,
    root: PathBuf,
    seen: Seen,
    wishes: Vec<Wish>,
    /// One after the other, each made for what the one before it leaves.
    edits: Vec<Edit>,
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

/// Changed lines, for review. The texts are the file's own: clean them before showing them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Diff<'a> {
    /// Counted from 1.
    pub line: u32,
    /// None where lines are added.
    pub old: &'a [String],
    pub new: &'a [String],
}

impl Change {
    /// Reads the file at `path`, which belongs to the library folder or file `root`, and works out
    /// what to change for it to say what is wished. `None`: it says so already.
    ///
    /// Where `expected` is given, the file must still be that version.
    ///
    /// # Errors
    /// When the file, or the way to it, is such that it is not to be changed.
    pub fn of(
        path: &Path,
        root: &Path,
        wishes: Vec<Wish>,
        expected: Option<Stamp>,
    ) -> Result<Option<Self>, Refusal> {
        let original = Original::read(path, root)?;
        if expected.is_some_and(|expected| expected != original.stamp) {
            return Err(Refusal::Changed);
        }
        Self::of_version(path, root, original, wishes)
    }

    fn of_version(
        path: &Path,
        root: &Path,
        original: Original,
        wishes: Vec<Wish>,
    ) -> Result<Option<Self>, Refusal> {
        let (edits, _) = edited(original.bytes.clone(), container(path)?, &wishes)?;
        Ok((!edits.is_empty()).then(|| Self {
            path: path.to_path_buf(),
            root: root.to_path_buf(),
            seen: Seen::of(&original),
            wishes,
            edits,
        }))
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What is shown of it.
    pub fn diffs(&self) -> impl Iterator<Item = Diff<'_>> {
        self.edits.iter().map(|edit| Diff {
            line: edit.line,
            old: &edit.old,
            new: &edit.new,
        })
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
        let (edits, new) = edited(original.bytes.clone(), container, &self.wishes)?;
        if edits != self.edits {
            return Err(Refusal::Changed);
        }
        replace::replace(system, &original, &new)?;
        let written = Original::read(&self.path, &self.root)?;
        // Another program may have gone on from what was written; that is no concern of ours.
        let says_so = || {
            let left = edited(written.bytes.clone(), container, &self.wishes);
            left.is_ok_and(|(edits, _)| edits.is_empty())
        };
        if written.bytes == new || says_so() {
            Ok(written.stamp)
        } else {
            Err(Refusal::Overwritten)
        }
    }
}

/// The edits that do what is wished one after the other, and the bytes that they leave.
fn edited(
    mut bytes: Vec<u8>,
    container: Container,
    wishes: &[Wish],
) -> Result<(Vec<Edit>, Vec<u8>), edit::Refusal> {
    let mut edits = Vec::new();
    for wish in wishes {
        if let Some(edit) = edit::edit(&bytes, container, wish)? {
            bytes = edit.apply(&bytes);
            edits.push(edit);
        }
    }
    Ok((edits, bytes))
}

fn container(path: &Path) -> Result<Container, Refusal> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Container::of(&name).ok_or(Refusal::OtherKind)
}

#[cfg(test)]
mod tests;
