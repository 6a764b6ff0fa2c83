//! Changing fields in files: a change is made from one version of a file, shown to a person, and
//! written over that version only. `format::edit` decides which bytes change.
//!
//! A refused change leaves the file as it was, and can stay staged.

mod attributes;
mod lease;
mod leftover;
mod original;
mod planned;
mod refusal;
mod replace;
mod seal;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::format::Container;
use crate::format::edit::{self, Asking, Edit, EditedFile, Wish};
use original::{New, Original, Rest};
use replace::{Disk, System};
use seal::Seal;

pub use leftover::{VersionAtPath, remove_leftovers, version_at};
pub use original::{FileStamp, Versions};
pub use planned::{ChangePlan, Planner};
pub use refusal::{FailedStep, WriteRefusal};

/// A change of fields in one file, to be reviewed and then written.
#[derive(Clone, Debug)]
pub struct StagedChange {
    path: PathBuf,
    root: PathBuf,
    /// The version it was made from.
    stamp: FileStamp,
    versions: Versions,
    wishes: Vec<Wish>,
    /// The bytes that the edits were proved for.
    seal: Seal,
    /// Applied in order; each is made for what the one before leaves.
    edits: Vec<Edit>,
    /// `None` if what follows the front matter stays.
    body: Option<NewBody>,
    /// What undoes the changes of the requested fields, once written.
    back: BTreeMap<String, Vec<Asking>>,
}

/// A new text below a front matter.
#[derive(Clone, Debug)]
struct NewBody {
    /// Where it starts, in bytes of the file with its edits.
    start: usize,
    text: String,
}

/// Changed lines, for review. The texts are the file's own: sanitise them before showing them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Diff<'a> {
    /// Counted from 1.
    pub line: u32,
    /// Empty if lines are added.
    pub old: &'a [String],
    pub new: &'a [String],
}

impl StagedChange {
    /// Reads the file at `path`, which belongs to the library folder or file `root`, and works out
    /// which changes give it the wanted values. `None`: it has them already.
    ///
    /// With `expected`, the file must still be that version.
    ///
    /// # Errors
    /// If the file, or the way to it, must not be changed.
    pub fn new(
        path: &Path,
        root: &Path,
        wishes: Vec<Wish>,
        expected: Option<FileStamp>,
    ) -> Result<Option<Self>, WriteRefusal> {
        let original = Original::read(path, root)?;
        if expected.is_some_and(|expected| expected != original.stamp) {
            return Err(WriteRefusal::Changed);
        }
        Self::of_version(path, root, original, wishes, None)
    }

    /// Like [`new`](Self::new), also with another text below the front matter.
    ///
    /// # Errors
    /// If the file, or the way to it, must not be changed.
    pub fn with_body(
        path: &Path,
        root: &Path,
        wishes: Vec<Wish>,
        body: Option<String>,
    ) -> Result<Option<Self>, WriteRefusal> {
        Self::of_version(path, root, Original::read(path, root)?, wishes, body)
    }

    fn of_version(
        path: &Path,
        root: &Path,
        original: Original,
        wishes: Vec<Wish>,
        body: Option<String>,
    ) -> Result<Option<Self>, WriteRefusal> {
        let mut file = editable(&original, path)?;
        let edits = carried_out(&mut file, &wishes)?;
        let start = |text| -> Result<NewBody, WriteRefusal> {
            let start = file.body_start()?;
            Ok(NewBody { start, text })
        };
        let body = body.map(start).transpose()?;
        Self::of_edits(path, root, original, wishes, edits, body)
    }

    /// The change with these edits, which carry out the wishes on exactly this version.
    fn of_edits(
        path: &Path,
        root: &Path,
        original: Original,
        wishes: Vec<Wish>,
        edits: Vec<Edit>,
        body: Option<NewBody>,
    ) -> Result<Option<Self>, WriteRefusal> {
        if edits.is_empty() && body.is_none() {
            return Ok(None);
        }
        let versions = original.versions(&new(&original.head, &edits, body.as_ref()))?;
        Ok(Some(Self {
            path: path.to_path_buf(),
            root: root.to_path_buf(),
            stamp: original.stamp,
            versions,
            wishes,
            seal: Seal::of(&original.head),
            edits,
            body,
            back: BTreeMap::new(),
        }))
    }

    fn with_ways_back(self, back: BTreeMap<String, Vec<Asking>>) -> Self {
        Self { back, ..self }
    }

    /// What undoes the change of each field, once written.
    pub fn ways_back(&self) -> &BTreeMap<String, Vec<Asking>> {
        &self.back
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The changed lines.
    pub fn diffs(&self) -> impl Iterator<Item = Diff<'_>> {
        self.edits.iter().map(|edit| Diff {
            line: edit.line,
            old: &edit.old,
            new: &edit.new,
        })
    }

    /// The file before and after.
    pub fn versions(&self) -> Versions {
        self.versions
    }

    /// Writes the change into the file, and returns the stamp of the new version; `None` if the system
    /// cannot read it again.
    ///
    /// # Errors
    /// If the file is no longer what the change was made from, or cannot be replaced. It is then
    /// left as it is; only [`WriteRefusal::Kept`] leaves a second file beside it.
    pub fn write(&self) -> Result<Option<FileStamp>, WriteRefusal> {
        self.write_on(&Disk)
    }

    fn write_on(&self, system: &dyn System) -> Result<Option<FileStamp>, WriteRefusal> {
        let original = Original::read(&self.path, &self.root)?;
        if original.stamp != self.stamp || !self.seal.is_of(&original.head) {
            return Err(WriteRefusal::Changed);
        }
        let new = new(&original.head, &self.edits, self.body.as_ref());
        if original.versions(&new)? != self.versions {
            return Err(WriteRefusal::Changed);
        }
        replace::replace(system, &original, &new, self.versions)?;
        let written = match system.read_back(&self.path, &self.root) {
            Ok(written) => written,
            // It was written and synced, whatever has become of the disk since.
            Err(WriteRefusal::Io { .. }) => return Ok(None),
            Err(_) => return Err(WriteRefusal::Overwritten),
        };
        // Another program may have continued from what was written; that is fine.
        let says_so = || {
            let left = editable(&written, &self.path)
                .and_then(|mut file| carried_out(&mut file, &self.wishes));
            self.body.is_none() && left.is_ok_and(|edits| edits.is_empty())
        };
        match written.look_at(&written.path, self.versions.new) {
            Ok(false) if !says_so() => Err(WriteRefusal::Overwritten),
            Ok(_) => Ok(Some(written.stamp)),
            Err(_) => Ok(None),
        }
    }
}

/// A file to carry out wishes on.
fn editable(original: &Original, path: &Path) -> Result<EditedFile, WriteRefusal> {
    let container = container(path)?;
    let head = &original.head;
    let is_cut = original.stamp.size() > head.len() as u64;
    if is_cut && !edit::ends_within(head, container) {
        return Err(WriteRefusal::LongFrontMatter);
    }
    Ok(EditedFile::new(head.clone(), container))
}

/// Carries out wishes, and returns the edits that did it, in order.
fn carried_out(file: &mut EditedFile, wishes: &[Wish]) -> Result<Vec<Edit>, WriteRefusal> {
    let mut edits = Vec::new();
    for wish in wishes {
        edits.extend(file.edit(wish)?);
    }
    Ok(edits)
}

/// The contents of a file with these edits. Without a new body, the rest of the file is not
/// involved.
fn new(head: &[u8], edits: &[Edit], body: Option<&NewBody>) -> New {
    let edited = |head: Vec<u8>, edit: &Edit| edit.apply(&head);
    let mut head = edits.iter().fold(head.to_vec(), edited);
    let Some(NewBody { start, text }) = body else {
        return New {
            head,
            rest: Rest::Kept,
        };
    };
    head.truncate(*start);
    head.extend_from_slice(text.as_bytes());
    New {
        head,
        rest: Rest::Replaced,
    }
}

/// Why the file at `path`, below the folder or file `root`, is no article any more.
pub fn no_article(path: &Path, root: &Path) -> WriteRefusal {
    let read = || -> Result<(), WriteRefusal> {
        let original = Original::read(path, root)?;
        edit::fields(&original.head, container(path)?)?;
        Ok(())
    };
    match read() {
        Err(refusal) => refusal,
        Ok(()) => WriteRefusal::NoArticle,
    }
}

fn container(path: &Path) -> Result<Container, WriteRefusal> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Container::from_name(&name).ok_or(WriteRefusal::OtherKind)
}

#[cfg(test)]
mod tests;
