//! Why a run could not do what was asked for, in one sentence each.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use crate::config::ConfigError;
use crate::desk::until::UntilError;
use crate::desk::{DeskError, NoPlace};
use crate::library::RootError;
use crate::query::{Cancelled, QueryError};

/// What kept a run from being carried out.
#[derive(Debug, Error)]
pub enum Failure {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Root(#[from] RootError),
    #[error("{error}; it is in the library of {}", .config.display())]
    ConfiguredRoot { error: RootError, config: PathBuf },
    #[error("{error}")]
    Query { text: String, error: QueryError },
    #[error("there is no view “{0}”; those of your own are in the configuration under [views]")]
    NoView(String),
    #[error(transparent)]
    NoDesk(#[from] NoPlace),
    #[error(transparent)]
    Desk(#[from] DeskError),
    #[error(transparent)]
    Until(#[from] UntilError),
    #[error("the journal has no decision {0}; `newsdesk journal` prints those it has")]
    NoEntry(i64),
    /// A file that was named: of an export or import, or to be explained.
    #[error("{}: {error}", .path.display())]
    Exchange { path: PathBuf, error: io::Error },
    #[error(
        "the sample library is built into the program and has no files to write; \
         name a folder of articles"
    )]
    SampleIsFixed,
    #[error("{0}")]
    Terminal(&'static str),
    #[error("Ctrl-C cannot be watched for: {0}")]
    Signals(io::Error),
    #[error("interrupted")]
    Interrupted,
    #[error("the output cannot be written: {0}")]
    Output(#[from] io::Error),
}

impl From<Cancelled> for Failure {
    /// Nothing but Ctrl-C cancels a search of the command line.
    fn from(_: Cancelled) -> Self {
        Self::Interrupted
    }
}

impl Failure {
    /// Whether it is only that who reads the output has read enough.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}
