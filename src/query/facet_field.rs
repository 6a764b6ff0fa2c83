//! The table of facets: the fields whose values can be picked, one row each. Parser, drawer,
//! command line and docs use it. `facets` counts the values, and `edit` picks them.

use super::fields::{IsFact, TextField};
use crate::model::ListedName;

/// A field whose values can be picked: a row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FacetField {
    Topic,
    Provider,
    Author,
    Category,
    Kind,
    Feed,
    Folder,
    Language,
    Year,
    Month,
    Publication,
    Mark,
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct FacetRow {
    pub field: FacetField,
    /// Its name on the command line.
    pub name: &'static str,
    /// Its heading in the drawer.
    pub title: &'static str,
    /// How many values the drawer shows until it is unfolded.
    pub shown: usize,
    pub values: FacetKind,
}

/// What a facet's values are, and thus how a query asks for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FacetKind {
    /// The names in a column of the articles, asked for with a text field.
    Names(NameColumn, TextField),
    /// The folders below the root.
    Folders,
    /// The years of the publication date.
    Years,
    /// The months of the publication date.
    Months,
    /// Words of `is:`.
    Facts(&'static [IsFact]),
}

/// A column of names; an article can have any number of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameColumn {
    Topics,
    Providers,
    Authors,
    Categories,
    Listed(ListedName),
}

/// All facets, in the order of the drawer.
pub const FACETS: [FacetRow; 12] = [
    FacetRow {
        field: FacetField::Topic,
        name: "topic",
        title: "TOPICS",
        shown: 12,
        values: FacetKind::Names(NameColumn::Topics, TextField::Topic),
    },
    FacetRow {
        field: FacetField::Provider,
        name: "provider",
        title: "PROVIDERS",
        shown: 8,
        values: FacetKind::Names(NameColumn::Providers, TextField::Provider),
    },
    FacetRow {
        field: FacetField::Author,
        name: "author",
        title: "AUTHORS",
        shown: 5,
        values: FacetKind::Names(NameColumn::Authors, TextField::Author),
    },
    FacetRow {
        field: FacetField::Category,
        name: "category",
        title: "CATEGORIES",
        shown: 5,
        values: FacetKind::Names(NameColumn::Categories, TextField::Category),
    },
    FacetRow {
        field: FacetField::Kind,
        name: "kind",
        title: "KINDS",
        shown: 5,
        values: FacetKind::Names(
            NameColumn::Listed(ListedName::Kind),
            TextField::Named(ListedName::Kind),
        ),
    },
    FacetRow {
        field: FacetField::Feed,
        name: "feed",
        title: "FEEDS",
        shown: 8,
        values: FacetKind::Names(
            NameColumn::Listed(ListedName::Feed),
            TextField::Named(ListedName::Feed),
        ),
    },
    FacetRow {
        field: FacetField::Folder,
        name: "folder",
        title: "FOLDERS",
        shown: 5,
        values: FacetKind::Folders,
    },
    FacetRow {
        field: FacetField::Language,
        name: "language",
        title: "LANGUAGES",
        shown: 5,
        values: FacetKind::Names(
            NameColumn::Listed(ListedName::Language),
            TextField::Named(ListedName::Language),
        ),
    },
    FacetRow {
        field: FacetField::Year,
        name: "year",
        title: "YEARS",
        shown: 5,
        values: FacetKind::Years,
    },
    FacetRow {
        field: FacetField::Month,
        name: "month",
        title: "MONTHS",
        shown: 6,
        values: FacetKind::Months,
    },
    FacetRow {
        field: FacetField::Publication,
        name: "publication",
        title: "PUBLICATION",
        shown: usize::MAX,
        values: FacetKind::Facts(&[
            IsFact::Published,
            IsFact::Unpublished,
            IsFact::Scheduled,
            IsFact::Expired,
            IsFact::Unsaid,
            IsFact::Draft,
            IsFact::Staged,
            IsFact::Removed,
        ]),
    },
    FacetRow {
        field: FacetField::Mark,
        name: "mark",
        title: "MARKS",
        shown: usize::MAX,
        values: FacetKind::Facts(&[
            IsFact::Unread,
            IsFact::Read,
            IsFact::Inbox,
            IsFact::Starred,
            IsFact::Later,
            IsFact::Done,
            IsFact::Rejected,
            IsFact::Changed,
        ]),
    },
];

impl FacetField {
    /// All facets, in the order of the drawer.
    pub fn all() -> impl Iterator<Item = Self> {
        FACETS.iter().map(|row| row.field)
    }

    /// Its row in the table.
    pub fn row(self) -> &'static FacetRow {
        &FACETS[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_facet_finds_its_own_row() {
        for row in &FACETS {
            assert_eq!(row.field.row().name, row.name);
        }
    }
}
