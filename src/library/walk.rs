//! The walk: every file below a root, told apart by name and kind. Not for what stands in them.
//!
//! What is walked is what lies in the folder: no ignore files are heeded. What is passed over, and
//! why, is listed in [`Skip`].

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use super::batch::Folder;
use super::read::unreadable;
use crate::format::Container;
use crate::model::{Diagnostic, Skip};

/// What lies at a place of the walk.
pub enum Met {
    /// A file that may be an article.
    File {
        folder: Arc<Folder>,
        name: OsString,
    },
    Skip(PathBuf, Skip),
    Error(Diagnostic),
}

/// Walks a root, and gives each file and each thing that is passed over to `meet`, until that says
/// to stop.
///
/// One thread walks, and other threads read: listing a folder of 100,000 files takes a tenth of a
/// second, and a queue of all its files, as parallel walkers make it, takes tens of megabytes.
pub fn walk(root: &Path, mut meet: impl FnMut(Met) -> Flow) {
    let mut walker = Walker {
        root,
        real_root: root.canonicalize().unwrap_or_else(|_| root.to_path_buf()),
        folder: None,
    };
    let mut entries = WalkDir::new(root).follow_links(true).into_iter();
    while let Some(entry) = entries.next() {
        let met = match entry {
            Ok(entry) => {
                let met = walker.met(&entry);
                if matches!(met, Some(Met::Skip(..))) && entry.file_type().is_dir() {
                    entries.skip_current_dir();
                }
                met
            }
            Err(error) => Some(refused(root, &error)),
        };
        if let Some(met) = met
            && meet(met) == Flow::Stop
        {
            return;
        }
    }
}

/// Whether to go on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    On,
    Stop,
}

struct Walker<'a> {
    root: &'a Path,
    real_root: PathBuf,
    /// The folder of the last file: files of a folder come one after the other.
    folder: Option<(PathBuf, Arc<Folder>)>,
}

impl Walker<'_> {
    fn met(&mut self, entry: &DirEntry) -> Option<Met> {
        let is_dir = entry.file_type().is_dir();
        if entry.depth() == 0 && is_dir {
            return None;
        }
        if let Some(skip) = self.skip(entry) {
            return Some(Met::Skip(shown(entry.path()).to_path_buf(), skip));
        }
        (!is_dir).then(|| Met::File {
            folder: self.folder(entry.path()),
            name: entry.file_name().to_owned(),
        })
    }

    /// Whether an entry is passed over by what it is and how it is called, before it is opened.
    fn skip(&self, entry: &DirEntry) -> Option<Skip> {
        let kind = entry.file_type();
        let name = entry.file_name();
        if entry.depth() > 0 {
            if let Some(skip) = skipped_by_name(name) {
                return Some(skip);
            }
            if entry.path_is_symlink()
                && let Some(skip) = self.skipped_link(entry.path(), kind.is_dir())
            {
                return Some(skip);
            }
        }
        let container = Container::of(&name.to_string_lossy());
        match (kind.is_dir(), kind.is_file()) {
            (true, _) => container.map(|_| Skip::NotRegular),
            (_, true) => container.is_none().then_some(Skip::OtherKind),
            _ => Some(Skip::NotRegular),
        }
    }

    /// Links are followed inside the root. A folder is not reached through two links, one inside
    /// the other: links to one another would multiply without end.
    fn skipped_link(&self, path: &Path, is_dir: bool) -> Option<Skip> {
        let Ok(target) = path.canonicalize() else {
            return Some(Skip::LinkBroken);
        };
        if !target.starts_with(&self.real_root) {
            return Some(Skip::LinkOutside);
        }
        let parent = path.parent()?;
        let below = parent.strip_prefix(self.root).ok()?;
        let through_a_link = parent.canonicalize().ok()? != self.real_root.join(below);
        (is_dir && through_a_link).then_some(Skip::LinkLoop)
    }

    fn folder(&mut self, file: &Path) -> Arc<Folder> {
        let parent = file.parent().unwrap_or(Path::new(""));
        match &self.folder {
            Some((path, folder)) if path == parent => Arc::clone(folder),
            _ => {
                let folder = Arc::new(Folder {
                    path: shown(parent).to_path_buf(),
                    relative: parent
                        .strip_prefix(self.root)
                        .unwrap_or(Path::new(""))
                        .to_path_buf(),
                });
                self.folder = Some((parent.to_path_buf(), Arc::clone(&folder)));
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
        Some(io) => Met::Error(unreadable(&path, io)),
        None => Met::Skip(path, Skip::LinkLoop),
    }
}

/// A path without the `./` that walking `.` puts before it.
fn shown(path: &Path) -> &Path {
    path.strip_prefix("./").unwrap_or(path)
}

/// Hidden files, and what editors leave behind (Emacs, Vim, and most others' `.tmp`).
fn skipped_by_name(name: &OsStr) -> Option<Skip> {
    let name = name.as_encoded_bytes();
    let temporary = name.ends_with(b"~")
        || name.ends_with(b".swp")
        || name.ends_with(b".swo")
        || name.ends_with(b".swx")
        || name.ends_with(b".tmp")
        || name == b"4913"
        || (name.len() > 1 && name.starts_with(b"#") && name.ends_with(b"#"));
    if temporary {
        Some(Skip::EditorTemporary)
    } else {
        name.starts_with(b".").then_some(Skip::Hidden)
    }
}
