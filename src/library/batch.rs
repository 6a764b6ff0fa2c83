//! A batch of scan results: articles, errors and skips for all files that were met and have
//! changed, and the files that are gone.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

use super::compact::CompactHeadline;
use super::file_index::{FileKey, Stamp};
use super::key::ArticleKey;
use crate::format::{Headline, SiteOverrides};
use crate::model::{Diagnostic, Skip};

/// A folder of a root.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RootFolder {
    /// A path that works from where the program was started.
    pub path: PathBuf,
    /// The same, relative to its root.
    pub relative: PathBuf,
    /// What the person configured about the library.
    pub overrides: Arc<SiteOverrides>,
}

/// A file that is an article.
#[derive(Clone, Debug)]
pub struct FoundArticle {
    pub folder: Arc<RootFolder>,
    pub name: OsString,
    pub key: ArticleKey,
    pub stamp: Stamp,
    pub headline: CompactHeadline,
    pub warnings: Vec<Diagnostic>,
}

impl FoundArticle {
    /// The article of the file `name` in `folder`.
    pub fn new(folder: Arc<RootFolder>, name: OsString, stamp: Stamp, headline: Headline) -> Self {
        let key = ArticleKey::new(&folder.relative, &name);
        Self {
            key,
            folder,
            name,
            stamp,
            headline: headline.into(),
            warnings: Vec::new(),
        }
    }
}

/// A file that is not an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NonArticle {
    pub path: PathBuf,
    pub stamp: Stamp,
    pub note: NonArticleReason,
}

/// Why a file is not an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NonArticleReason {
    Error(Diagnostic),
    Skip(Skip),
}

/// Part of a scan's results.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// Number of files met for the first time, counted before they are classified.
    pub files: usize,
    /// Boxed because they move from batch to batch, and to keep batches small: the allocator gives
    /// a large one pages of its own and then keeps them.
    pub found: Vec<Box<FoundArticle>>,
    pub noted: Vec<NonArticle>,
    pub gone: Vec<FileKey>,
}

impl Batch {
    pub fn is_empty(&self) -> bool {
        self.files == 0 && self.found.is_empty() && self.noted.is_empty() && self.gone.is_empty()
    }

    /// Adds the contents of another batch.
    pub fn append(&mut self, other: Self) {
        self.files += other.files;
        self.found.extend(other.found);
        self.noted.extend(other.noted);
        self.gone.extend(other.gone);
    }
}
