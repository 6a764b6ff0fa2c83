//! Front matter fields that may decide publication. Which of them do is up to the generator's rule.

use super::Moment;

/// The fields that one generator or another obeys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signals {
    pub published: Signal,
    /// There is a field called `published`, even if it is a date.
    pub names_published: bool,
    pub draft: Signal,
    pub publish: Signal,
    pub unlisted: Signal,
    /// Whether the generator makes a page of it: `build.render`, `permalink: false`.
    pub rendered: Signal,
    /// Pelican's status.
    pub status: Signal,
    /// `publishDate` and the like.
    pub publish_at: Option<Moment>,
    /// `expiryDate` and the like.
    pub expire_at: Option<Moment>,
}

/// The value of a field that should be a boolean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Signal {
    #[default]
    Absent,
    Yes,
    No,
    /// A boolean only to lenient parsers, such as `yes` or `"false"`.
    Loosely(bool),
    /// Something else.
    Other,
}

impl Signal {
    pub fn is_there(self) -> bool {
        self != Self::Absent
    }

    /// The value that every parser agrees on.
    pub fn strictly(self) -> Option<bool> {
        match self {
            Self::Yes => Some(true),
            Self::No => Some(false),
            Self::Absent | Self::Loosely(_) | Self::Other => None,
        }
    }

    /// The value that a lenient parser sees.
    pub fn leniently(self) -> Option<bool> {
        match self {
            Self::Loosely(flag) => Some(flag),
            other @ (Self::Absent | Self::Yes | Self::No | Self::Other) => other.strictly(),
        }
    }
}
