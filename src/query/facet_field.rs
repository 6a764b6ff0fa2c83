//! The fields whose values can be picked. Not their values: `facets` counts those, and `edit` picks
//! them.

use super::fields::Fact;

/// A field whose values can be picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FacetField {
    Topic,
    Provider,
    Kind,
    Month,
    Publication,
    Mark,
}

impl FacetField {
    /// All of them, in the order of the drawer.
    pub const ALL: [Self; 6] = [
        Self::Topic,
        Self::Provider,
        Self::Kind,
        Self::Month,
        Self::Publication,
        Self::Mark,
    ];

    /// Its name, as the command line takes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Topic => "topic",
            Self::Provider => "provider",
            Self::Kind => "kind",
            Self::Month => "month",
            Self::Publication => "publication",
            Self::Mark => "mark",
        }
    }

    /// The facts that are its values, if its values are facts.
    pub fn facts(self) -> &'static [Fact] {
        match self {
            Self::Publication => &[
                Fact::Published,
                Fact::Unpublished,
                Fact::Scheduled,
                Fact::Expired,
                Fact::Unsaid,
                Fact::Draft,
                Fact::Staged,
                Fact::Removed,
            ],
            Self::Mark => &[
                Fact::Unread,
                Fact::Read,
                Fact::Inbox,
                Fact::Starred,
                Fact::Later,
                Fact::Done,
                Fact::Rejected,
                Fact::Changed,
            ],
            Self::Topic | Self::Provider | Self::Kind | Self::Month => &[],
        }
    }
}
