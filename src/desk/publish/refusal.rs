//! Why a file was not changed, worded to follow its path. `format::edit` words what is wrong with
//! its text.

use std::fmt;
use std::io;
use std::path::PathBuf;

use thiserror::Error;

use crate::format::edit;
use crate::format::system::system_words;

/// Why a change was not written. The file is unchanged, except for [`WriteRefusal::Kept`].
#[derive(Debug, Error)]
pub enum WriteRefusal {
    #[error("the file no longer exists")]
    Missing,
    #[error("the file is not read as an article any more; look at it")]
    NoArticle,
    #[error("a link out of the library; change the file where it is")]
    LinkOutside,
    #[error("not a regular file")]
    NotRegular,
    #[error("not a Markdown, HTML, YAML or text file")]
    OtherKind,
    /// Replacing it would give its names different contents.
    #[error(
        "the file has {0} names (hard links), which writing would separate; replace it with a copy \
         first"
    )]
    HardLinks(u64),
    #[error("the file is read-only; give yourself permission to write it")]
    ReadOnlyFile,
    #[error("its folder is read-only; give yourself permission to write there")]
    ReadOnlyFolder,
    #[error("the file has {mebibytes} MiB, and only up to {most} are written; change it by hand")]
    TooLarge { mebibytes: u64, most: u64 },
    #[error("its front matter does not end within the first 256 KiB; change it by hand")]
    LongFrontMatter,
    #[error("the file has changed since it was read; look at the change again")]
    Changed,
    #[error("another program has the file open for writing; close it there and try again")]
    InUse,
    #[error(transparent)]
    Edit(#[from] edit::EditRefusal),
    /// Something other than a field of the file decides.
    #[error("{0}")]
    Rule(String),
    #[error("{step}: {}; the file is unchanged", system_words(.error))]
    Io { step: FailedStep, error: io::Error },
    /// The one case that leaves two versions: neither may be thrown away.
    #[error(
        "another program changed the file just as it was replaced; the other version is kept in \
         {}: compare the two",
        .0.display()
    )]
    Kept(PathBuf),
    #[error("it was written, but another program has changed it again since; look at the file")]
    Overwritten,
    /// Only if two files cannot be exchanged, and so not exchanged back either.
    #[error("it was written, but the system could not confirm that it is safe on disk: {}", system_words(.0))]
    Unconfirmed(io::Error),
}

/// What was being done when the system failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailedStep {
    Read,
    Create,
    Write,
    Attributes,
    Sync,
    Replace,
    SyncFolder,
}

impl fmt::Display for FailedStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            FailedStep::Read => "the file cannot be read",
            FailedStep::Create => "no file can be created in its folder",
            FailedStep::Write => "the new version cannot be written",
            FailedStep::Attributes => "its owner, permissions and attributes cannot be kept",
            FailedStep::Sync => "the new version cannot be synced to disk",
            FailedStep::Replace => "the file cannot be replaced",
            FailedStep::SyncFolder => "its folder cannot be synced to disk",
        })
    }
}

impl FailedStep {
    /// Turns a system error at this step into a refusal.
    pub(super) fn refused(self, error: impl Into<io::Error>) -> WriteRefusal {
        WriteRefusal::Io {
            step: self,
            error: error.into(),
        }
    }
}
