//! The walk: every file below a root, told apart by name and kind. Not for what stands in them.
//!
//! What is walked is what lies in the folder: no ignore files are heeded.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use super::super::batch::Folder;
use super::super::read::unreadable;
use super::skips::{self, Item, Link, Root};
use crate::model::{Diagnostic, Skip};

/// What lies at a place of the walk.
pub enum Met {
    /// A file that may be an article, and its folder.
    File(PathBuf, Arc<Folder>),
    /// A folder, which is entered next.
    Folder(PathBuf),
    /// A link that is followed: what it leads to comes next.
    Link(PathBuf),
    Skip(PathBuf, Skip),
    Error(Diagnostic),
}

/// Whether to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    On,
    Stop,
}

/// Walks a root, and gives each file and each thing that is passed over to `meet`, until that says
/// to stop.
///
/// One thread walks, and other threads read: listing a folder of 100,000 files takes a tenth of a
/// second, and a queue of all its files, as parallel walkers make it, takes tens of megabytes.
pub fn walk(root: Root<'_>, mut meet: impl FnMut(Met) -> Flow) {
    let mut folders = Folders::new(root);
    let mut entries = WalkDir::new(root.named).follow_links(true).into_iter();
    while let Some(entry) = entries.next() {
        let met = match entry {
            Ok(entry) => {
                let item = item(&entry);
                let (path, is_dir) = (shown(entry.path()).to_path_buf(), item.kind.is_dir());
                match item.skip(root) {
                    Some(skip) => {
                        if is_dir {
                            entries.skip_current_dir();
                        }
                        Met::Skip(path, skip)
                    }
                    None => {
                        if item.link == Link::Symbolic
                            && meet(Met::Link(path.clone())) == Flow::Stop
                        {
                            return;
                        }
                        if is_dir {
                            Met::Folder(path)
                        } else {
                            Met::File(path, folders.folder(entry.path()))
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

fn item(entry: &DirEntry) -> Item<'_> {
    let link = if entry.path_is_symlink() {
        Link::Symbolic
    } else {
        Link::No
    };
    Item {
        path: entry.path(),
        name: entry.file_name(),
        kind: entry.file_type(),
        link,
    }
}

/// The folders of a root.
pub struct Folders<'a> {
    root: Root<'a>,
    /// The folder of the last file: files of a folder come one after the other.
    last: Option<(PathBuf, Arc<Folder>)>,
}

impl<'a> Folders<'a> {
    pub fn new(root: Root<'a>) -> Self {
        Self { root, last: None }
    }

    /// The folder that a file lies in.
    pub fn folder(&mut self, file: &Path) -> Arc<Folder> {
        let parent = file.parent().unwrap_or(Path::new(""));
        match &self.last {
            Some((path, folder)) if path == parent => Arc::clone(folder),
            _ => {
                let relative = parent
                    .strip_prefix(self.root.named)
                    .unwrap_or(Path::new(""));
                let path = shown(file).parent().unwrap_or(Path::new(""));
                let folder = Arc::new(Folder {
                    path: path.to_path_buf(),
                    relative: relative.to_path_buf(),
                });
                self.last = Some((parent.to_path_buf(), Arc::clone(&folder)));
                folder
            }
        }
    }
}

/// What the walk could not enter.
fn refused(root: &Path, error: &walkdir::Error) -> Met {
    let path = shown(error.path().unwrap_or(root)).to_path_buf();
    match error.io_error() {
        Some(io) if io.kind() == std::io::ErrorKind::NotFound => Met::Skip(path, Skip::LinkBroken),
        Some(io) if skips::is_loop(io) => Met::Skip(path, Skip::LinkLoop),
        Some(io) => Met::Error(unreadable(&path, io)),
        None => Met::Skip(path, Skip::LinkLoop),
    }
}

/// A path without the `./` that walking `.` puts before it.
pub fn shown(path: &Path) -> &Path {
    path.strip_prefix("./").unwrap_or(path)
}
