//! A finding about something on a person's machine, and what to do about it.

use std::fmt;

/// The state of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingState {
    Ok,
    /// Something is missing or unusual; everything else works.
    Warn,
    /// It does not work.
    Bad,
}

/// The result of one check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is about, in one word.
    pub about: &'static str,
    pub verdict: FindingState,
    pub says: String,
    /// What to do.
    pub hint: Option<String>,
}

impl Finding {
    pub fn ok(about: &'static str, says: impl Into<String>) -> Self {
        Self {
            about,
            verdict: FindingState::Ok,
            says: says.into(),
            hint: None,
        }
    }

    pub fn warn(about: &'static str, says: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            verdict: FindingState::Warn,
            hint: Some(hint.into()),
            ..Self::ok(about, says)
        }
    }

    pub fn bad(about: &'static str, says: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            verdict: FindingState::Bad,
            ..Self::warn(about, says, hint)
        }
    }
}

impl fmt::Display for FindingState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Bad => "bad",
        })
    }
}
