//! What a scan hands over at a time: articles, errors and skips, together all files that it met and
//! that are not as they were; and which are gone.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

use super::file_index::{FileKey, Stamp};
use super::key::ArticleKey;
use crate::format::Headline;
use crate::model::{Diagnostic, Skip};

/// A folder of a root.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Folder {
    /// As it can be opened from where the program was started.
    pub path: PathBuf,
    /// The same, seen from its root.
    pub relative: PathBuf,
}

/// A file that is an article.
#[derive(Clone, Debug)]
pub struct Found {
    pub folder: Arc<Folder>,
    pub name: OsString,
    pub key: ArticleKey,
    pub stamp: Stamp,
    pub headline: Headline,
    pub warnings: Vec<Diagnostic>,
}

impl Found {
    /// The article of the file called `name` in `folder`.
    pub fn new(folder: Arc<Folder>, name: OsString, stamp: Stamp, headline: Headline) -> Self {
        let key = ArticleKey::new(&folder.relative, &name);
        Self {
            key,
            folder,
            name,
            stamp,
            headline,
            warnings: Vec::new(),
        }
    }
}

/// A file that is no article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    pub path: PathBuf,
    pub stamp: Stamp,
    pub note: Note,
}

/// Why a file is no article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    Error(Diagnostic),
    Skip(Skip),
}

/// A part of a scan.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// Files met that were not known before, counted before it was known what they are.
    pub files: usize,
    /// Boxed, as they are moved from batch to batch; and so that no batch is large enough for the
    /// allocator to give it pages of its own and then to keep them.
    pub found: Vec<Box<Found>>,
    pub noted: Vec<Noted>,
    pub gone: Vec<FileKey>,
}

impl Batch {
    pub fn is_empty(&self) -> bool {
        self.files == 0 && self.found.is_empty() && self.noted.is_empty() && self.gone.is_empty()
    }

    /// Adds what another batch holds.
    pub fn append(&mut self, other: Self) {
        self.files += other.files;
        self.found.extend(other.found);
        self.noted.extend(other.noted);
        self.gone.extend(other.gone);
    }
}
