//! Opens a link in a browser: one checked URL as one argument, never through a shell.
//!
//! [`plan`] decides from the environment what to run, and runs nothing; [`Opening`] carries out the
//! plan. Neither fetches anything itself.

mod opening;
mod plan;

use std::process::ExitStatus;

use thiserror::Error;

pub use opening::{OpenOutcome, Opening};
pub use plan::{Attempt, Environment, RunsIn, plan};

/// Why no browser shows the link. Copying the link always remains possible.
#[derive(Debug, Error)]
pub enum OpenError {
    /// There is no desktop to open a browser on: a remote session or a bare console.
    #[error("no browser here: copy the link with `y y`, or set $BROWSER")]
    NoBrowser,
    /// A command in `$BROWSER` has an unclosed quote.
    #[error("$BROWSER: a quote is not closed in `{0}`; correct it, or copy the link with `y y`")]
    OpenQuote(String),
    /// None of the programs is installed.
    #[error("no browser found (tried {0}): set $BROWSER, or copy the link with `y y`")]
    NotFound(String),
    /// The program exists but cannot be started.
    #[error("{program} could not be started ({reason}): set $BROWSER, or copy the link with `y y`")]
    NotStarted {
        program: String,
        reason: std::io::Error,
    },
    /// The program failed right away.
    #[error("{program} failed ({status}): set $BROWSER, or copy the link with `y y`")]
    Failed { program: String, status: ExitStatus },
}
