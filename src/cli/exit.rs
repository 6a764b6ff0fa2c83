//! With what code the program ends.

use std::process::ExitCode;

/// How a run ended, as other programs are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: it did what was asked for, and nothing is to be said about it.
    Clean,
    /// 1: it did what was asked for; `check` has found something, `publish` has refused to write a
    /// file, the others have found no article.
    Notable,
    /// 2: it could not do what was asked for, and has said why on stderr.
    CouldNotRun,
    /// 130: Ctrl-C, as shells count it.
    Interrupted,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Clean => 0,
            Exit::Notable => 1,
            Exit::CouldNotRun => 2,
            Exit::Interrupted => 130,
        })
    }
}
