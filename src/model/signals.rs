//! What a front matter says that may decide its publication, whoever reads it. Not for what decides:
//! that is the rule of the generator.

use super::Moment;

/// The fields of a front matter that some generator or other obeys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signals {
    pub published: Signal,
    /// There is a field called `published`, also where it is a date.
    pub names_published: bool,
    pub draft: Signal,
    pub publish: Signal,
    pub unlisted: Signal,
    /// Whether a page is made of it: `build.render`, `permalink: false`.
    pub rendered: Signal,
    /// A word that is Pelican's.
    pub status: Signal,
    /// `publishDate` and its like.
    pub publish_at: Option<Moment>,
    /// `expiryDate` and its like.
    pub expire_at: Option<Moment>,
}

/// What a field says that should be a truth value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Signal {
    #[default]
    Absent,
    Yes,
    No,
    /// A truth value to lenient readers only, such as `yes` or `"false"`.
    Loosely(bool),
    /// Something else.
    Other,
}

impl Signal {
    pub fn is_there(self) -> bool {
        self != Self::Absent
    }

    /// What everybody agrees that it says.
    pub fn strictly(self) -> Option<bool> {
        match self {
            Self::Yes => Some(true),
            Self::No => Some(false),
            Self::Absent | Self::Loosely(_) | Self::Other => None,
        }
    }

    /// What a lenient reader makes of it.
    pub fn leniently(self) -> Option<bool> {
        match self {
            Self::Loosely(flag) => Some(flag),
            other @ (Self::Absent | Self::Yes | Self::No | Self::Other) => other.strictly(),
        }
    }
}
