//! Exit codes.

use std::process::ExitCode;

/// How a run ended, for other programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: done, with nothing to report.
    Clean,
    /// 1: done, but `check` has found problems, `publish` has refused to write a file, a
    /// hook has failed, or the others have found no article.
    Notable,
    /// 2: it could not run, and stderr says why.
    CouldNotRun,
    /// 128 plus the number of the signal that stopped it, the code shells use: 130 for Ctrl-C, 143
    /// for `kill`.
    Stopped(u8),
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
