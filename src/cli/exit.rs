//! Exit codes.

use std::process::ExitCode;

/// How a run ended, for other programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: done, with nothing to report.
    Clean,
    /// 1: done, but `check` has found problems, `publish` has refused to write a file, a
    /// hook has failed, a decision was about a library that could not all be read, or the others
    /// have found no article.
    Notable,
    /// 2: it could not run, and stderr says why.
    CouldNotRun,
    /// 128 plus the number of the signal that stopped it, the code shells use: 130 for Ctrl-C, 143
    /// for `kill`.
    Stopped(u8),
}

/// Whether all of a library could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coverage {
    Complete,
    /// The system refused to read files or folders: what is in them is unknown.
    Partial,
}

impl Exit {
    /// The same, unless a decision was about a library that could not all be read: articles that
    /// it should have been about may be missing.
    #[must_use]
    pub fn after(self, coverage: Coverage) -> Self {
        match (self, coverage) {
            (Self::Clean, Coverage::Partial) => Self::Notable,
            (exit, _) => exit,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Clean => 0,
            Exit::Notable => 1,
            Exit::CouldNotRun => 2,
            Exit::Stopped(signal) => 128 + signal,
        })
    }
}
