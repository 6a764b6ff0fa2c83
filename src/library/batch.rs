//! What a scan hands over at a time: articles, errors and skips, together all files that it met and
//! that are not as they were; and which are gone.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

use super::key::ArticleKey;
use super::ledger::{FileKey, Stamp};
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
    pub found: Vec<Found>,
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
