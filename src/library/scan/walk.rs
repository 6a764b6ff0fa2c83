//! The walk: finds every file below a root and classifies it by name and type, without opening it.
//!
//! The walk covers everything in the folder and ignores `.gitignore` and the like.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use super::super::batch::RootFolder;
use super::super::read::unreadable;
use super::super::roots::undotted;
use super::super::skips::{self, FoundPath, LinkKind, Root};
use crate::model::{Diagnostic, Skip};

/// Something found by the walk.
pub enum WalkItem {
    /// A file that may be an article, and its folder.
    File(PathBuf, Arc<RootFolder>),
    /// A folder, which is entered next.
    Folder(PathBuf),
    /// A link that is followed: its target comes next.
    Link(PathBuf),
    Skip(PathBuf, Skip),
    Error(Diagnostic),
}

/// Whether to continue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    On,
    Stop,
}

/// Walks a root, and passes everything it finds to `meet`, until `meet` says to stop.
///
/// One thread walks while others read: listing a folder of 100,000 files takes a tenth of a second,
/// while a queue of all its files, as parallel walkers would build it, takes tens of megabytes.
pub fn walk(root: Root<'_>, mut meet: impl FnMut(WalkItem) -> Flow) {
    let mut folders = Folders::new(root);
    let mut entries = WalkDir::new(root.named).follow_links(true).into_iter();
    while let Some(entry) = entries.next() {
        let met = match entry {
            Ok(entry) => {
                let item = item(&entry);
                let (link, is_dir) = (item.link, item.kind.is_dir());
                match item.skip(root) {
                    Some(skip) => {
                        if is_dir {
                            entries.skip_current_dir();
                        }
                        WalkItem::Skip(own(entry), skip)
                    }
                    None => {
                        let folder = (!is_dir).then(|| folders.folder(entry.path()));
                        let path = own(entry);
                        if link == LinkKind::Symbolic
                            && meet(WalkItem::Link(path.clone())) == Flow::Stop
                        {
                            return;
                        }
                        match folder {
                            Some(folder) => WalkItem::File(path, folder),
                            None => WalkItem::Folder(path),
                        }
                    }
                }
            }
            Err(error) => refused(root.named, &error),
        };
        if meet(met) == Flow::Stop {
            return;
        }
    }
}

/// The path of an entry, in the memory that it has.
fn own(entry: DirEntry) -> PathBuf {
    let path = entry.into_path();
    let own = undotted(&path);
    if own.as_os_str().len() == path.as_os_str().len() {
        path
    } else {
        own.to_path_buf()
    }
}

fn item(entry: &DirEntry) -> FoundPath<'_> {
    let link = if entry.path_is_symlink() {
        LinkKind::Symbolic
    } else {
        LinkKind::No
    };
    FoundPath {
        path: entry.path(),
        name: match entry.depth() {
            0 => entry.file_name(),
            _ => split(entry.path()).1,
        },
        kind: entry.file_type(),
        link,
    }
}

/// The folders of a root.
pub struct Folders<'a> {
    root: Root<'a>,
    /// The folder of the last file, and the path up to its name: the files of a folder come one
    /// after another.
    last: Option<(OsString, Arc<RootFolder>)>,
}

impl<'a> Folders<'a> {
    pub fn new(root: Root<'a>) -> Self {
        Self { root, last: None }
    }

    /// The folder that contains a file.
    pub fn folder(&mut self, file: &Path) -> Arc<RootFolder> {
        let (before, _) = split(file);
        match &self.last {
            Some((last, folder)) if last == before => Arc::clone(folder),
            _ => {
                let parent = file.parent().unwrap_or(Path::new(""));
                let relative = parent
                    .strip_prefix(self.root.named)
                    .unwrap_or(Path::new(""));
                let path = undotted(file).parent().unwrap_or(Path::new(""));
                let folder = Arc::new(RootFolder {
                    path: path.to_path_buf(),
                    relative: relative.to_path_buf(),
                    overrides: Arc::clone(self.root.overrides),
                });
                self.last = Some((before.to_owned(), Arc::clone(&folder)));
                folder
            }
        }
    }
}

/// The path up to the name of a file, and the name: much faster than splitting it into components.
pub fn split(file: &Path) -> (&OsStr, &OsStr) {
    let bytes = file.as_os_str().as_bytes();
    let end = memchr::memrchr(b'/', bytes).map_or(0, |at| at + 1);
    let (before, name) = bytes.split_at(end);
    (OsStr::from_bytes(before), OsStr::from_bytes(name))
}

/// Something the walk could not enter.
fn refused(root: &Path, error: &walkdir::Error) -> WalkItem {
    let path = undotted(error.path().unwrap_or(root)).to_path_buf();
    match error.io_error() {
        Some(io) if io.kind() == std::io::ErrorKind::NotFound => {
            WalkItem::Skip(path, Skip::LinkBroken)
        }
        Some(io) if skips::is_loop(io) => WalkItem::Skip(path, Skip::LinkLoop),
        Some(io) => WalkItem::Error(unreadable(&path, io)),
        None => WalkItem::Skip(path, Skip::LinkLoop),
    }
}
