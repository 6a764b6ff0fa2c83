//! What a scan hands over at a time: articles, errors and skips, together all files that it met.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

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
    pub headline: Headline,
    pub warnings: Vec<Diagnostic>,
}

/// A part of a scan.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// Files met, counted before it was known what they are.
    pub files: usize,
    /// Boxed, as they are moved from batch to batch; and so that no batch is large enough for the
    /// allocator to give it pages of its own and then to keep them.
    pub found: Vec<Box<Found>>,
    pub errors: Vec<Diagnostic>,
    pub skipped: Vec<(PathBuf, Skip)>,
}

impl Batch {
    /// Adds what another batch holds.
    pub fn append(&mut self, other: Self) {
        self.files += other.files;
        self.found.extend(other.found);
        self.errors.extend(other.errors);
        self.skipped.extend(other.skipped);
    }

    /// Files that have been told apart.
    pub fn accounted(&self) -> usize {
        self.found.len() + self.errors.len() + self.skipped.len()
    }
}
