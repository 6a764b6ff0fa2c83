//! Why a query has no answer: an error in it, worded for the person typing it, or cancellation.

use std::fmt;
use std::ops::Range;

/// An invalid query: where, why, and what would be valid.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct QueryError {
    /// The bytes to underline; empty, at the place where something is missing.
    pub at: Range<usize>,
    /// What is wrong, in one line.
    pub reason: String,
    /// What to do about it.
    pub hint: Option<String>,
}

/// A search stopped because it was no longer wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the search was cancelled")]
pub struct Cancelled;

impl QueryError {
    /// The reason may quote what was typed, with its line ends: these become blanks.
    pub(super) fn new(at: Range<usize>, reason: impl Into<String>) -> Self {
        Self {
            at,
            reason: reason.into().replace(['\n', '\r'], " "),
            hint: None,
        }
    }

    pub(super) fn hint(self, hint: impl Into<String>) -> Self {
        Self {
            hint: Some(hint.into()),
            ..self
        }
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)?;
        match &self.hint {
            Some(hint) => write!(f, "; {hint}"),
            None => Ok(()),
        }
    }
}
