//! Why a command could not run, in one sentence each.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::config::{ConfigEditError, ConfigError, SetError};
use crate::desk::until::UntilError;
use crate::desk::{DeskError, NoPlace};
use crate::feeds::ListError;
use crate::feeds::adding::{AddError, TypedError};
use crate::feeds::place::NoFolder;
use crate::feeds::session::NoSession;
use crate::format::system::system_words;
use crate::library::RootError;
use crate::query::{Cancelled, QueryError};

/// Why a command could not run.
#[derive(Debug, Error)]
pub enum CommandFailure {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Root(#[from] RootError),
    #[error("{error}; it is set as the library in {}", .config.display())]
    ConfiguredRoot { error: RootError, config: PathBuf },
    #[error("{error}")]
    Query { text: String, error: QueryError },
    #[error("there is no view “{0}”; your own views are under [views] in the configuration")]
    NoView(String),
    #[error("there is no command “{0}”; `newsdesk --help` lists them")]
    NoCommand(String),
    #[error("{0}")]
    Theme(String),
    #[error(
        "there are no completions for the shell “{0}”; `newsdesk help completions` lists the \
         supported shells"
    )]
    NoShell(String),
    #[error("{}: the file exists already; --force replaces it", .0.display())]
    Exists(PathBuf),
    #[error("{}: the file exists already; name a new one", .0.display())]
    Taken(PathBuf),
    #[error("--{option} does not go with --format {format}; {hint}")]
    Unfit {
        option: &'static str,
        format: String,
        hint: &'static str,
    },
    #[error(transparent)]
    Set(#[from] SetError),
    #[error(transparent)]
    Edit(#[from] ConfigEditError),
    #[error("there is no library “{name}”; the configuration has {}", known(.names))]
    NoLibrary { name: String, names: Vec<String> },
    #[error(
        "the library “{0}” has no roots; list its folders in `roots` under [libraries.{0}] in the \
         configuration"
    )]
    NoRoots(String),
    #[error("give paths or a library with -l, not both")]
    PathsAndLibrary,
    #[error("{}: there is a configuration already; `newsdesk config edit` changes it", .0.display())]
    Initialised(PathBuf),
    #[error("there is no terminal to ask on; use `{0}`")]
    NothingToAsk(&'static str),
    #[error(transparent)]
    NoDesk(#[from] NoPlace),
    #[error(transparent)]
    Desk(#[from] DeskError),
    #[error(transparent)]
    Until(#[from] UntilError),
    #[error("the journal has no decision {0}; `newsdesk journal` lists them")]
    NoEntry(i64),
    /// A file named in the arguments: to export, import or explain.
    #[error("{}: {}", .path.display(), system_words(.error))]
    Exchange { path: PathBuf, error: io::Error },
    #[error(
        "the sample library is built into the program and has no files to write; \
         name a folder of articles"
    )]
    SampleIsFixed,
    #[error(transparent)]
    Feeds(#[from] ListError),
    #[error("there are no feeds yet; `newsdesk feeds add URL` adds one")]
    NoFeeds,
    #[error(transparent)]
    NoFolder(#[from] NoFolder),
    #[error(transparent)]
    Add(#[from] AddError),
    #[error(transparent)]
    Typed(#[from] TypedError),
    #[error("a feed needs a name; `newsdesk feeds rename` takes the new one")]
    NoName,
    #[error("no new address is known for “{0}”; give one")]
    NotMoved(String),
    #[error(transparent)]
    NoSession(#[from] NoSession),
    #[error("“{name}” was not moved: sending its password and headers to {host} was not confirmed")]
    NotConfirmed { name: String, host: String },
    #[error("{0}")]
    Terminal(&'static str),
    #[error("cannot listen for Ctrl-C: {}", system_words(.0))]
    Signals(io::Error),
    /// Stopped by the signal with this number.
    #[error("stopped by signal {0}")]
    Stopped(u8),
    /// A search ended early because the work it belongs to was stopped.
    #[error("search cancelled")]
    Cancelled,
    #[error("cannot write the output: {}", system_words(.0))]
    Output(#[from] io::Error),
    /// Only the output failed: what was asked for is kept.
    #[error("cannot write the output: {}; it is kept all the same: {kept}", system_words(.error))]
    Untold { kept: String, error: io::Error },
}

fn known(names: &[String]) -> String {
    match names {
        [] => "none under [libraries]".to_owned(),
        names => names.join(", "),
    }
}

impl From<Cancelled> for CommandFailure {
    fn from(_: Cancelled) -> Self {
        Self::Cancelled
    }
}

impl CommandFailure {
    /// A file named in the arguments that was to be new and was not written.
    pub fn unwritten(path: &Path, error: io::Error) -> Self {
        let path = path.to_path_buf();
        if error.kind() == io::ErrorKind::AlreadyExists {
            Self::Taken(path)
        } else {
            Self::Exchange { path, error }
        }
    }

    /// The output failed after something was kept.
    pub fn untold(kept: impl Into<String>, error: io::Error) -> Self {
        let kept = kept.into();
        Self::Untold { kept, error }
    }

    /// Whether it failed only because the reader of the output has stopped reading.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Output(error) | Self::Untold { error, .. } if error.kind() == io::ErrorKind::BrokenPipe)
    }
}
