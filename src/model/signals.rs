//! Front matter fields that may decide publication. Which of them do is up to the generator's rule.

use super::Moment;

/// The fields that one generator or another obeys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signals {
    pub published: Signal,
    /// Only its name in lower case: some generators know no other.
    pub published_in_lower_case: Signal,
    /// There is a field called `published`, even if it is a date.
    pub names_published: bool,
    pub draft: Signal,
    /// `isDraft`, which some sites use instead.
    pub is_draft: Signal,
    pub publish: Signal,
    pub unlisted: Signal,
    /// Whether the generator makes a page of it: `build.render`, `permalink: false`.
    pub rendered: Signal,
    /// Pelican's status.
    pub status: Signal,
    /// `date`, in any letter case.
    pub date: Option<Moment>,
    /// `date`, in lower case.
    pub date_in_lower_case: Option<Moment>,
    /// Hugo's `publishDate` and the other names that it has for it.
    pub publish_at: Option<Moment>,
    /// Hugo's `expiryDate` and `unpublishDate`.
    pub expire_at: Option<Moment>,
}

/// The value of a field that should be a boolean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Signal {
    #[default]
    Absent,
    /// There without a value.
    Empty,
    Yes,
    No,
    /// A boolean only to lenient parsers, such as `yes` or `"false"`.
    Loosely(bool),
    /// Something else.
    Other,
}

impl Signal {
    pub fn is_there(self) -> bool {
        !matches!(self, Self::Absent | Self::Empty)
    }

    /// The value that every parser agrees on.
    pub fn strictly(self) -> Option<bool> {
        match self {
            Self::Yes => Some(true),
            Self::No => Some(false),
            Self::Absent | Self::Empty | Self::Loosely(_) | Self::Other => None,
        }
    }

    /// The value that a lenient parser sees.
    pub fn leniently(self) -> Option<bool> {
        match self {
            Self::Loosely(flag) => Some(flag),
            other @ (Self::Absent | Self::Empty | Self::Yes | Self::No | Self::Other) => {
                other.strictly()
            }
        }
    }
}
