//! Counts articles by the values of a field: what `facets` lists and `stats` draws.

use roaring::RoaringBitmap;
use serde::Serialize;

use super::CommandFailure;
use super::args::CountBy;
use super::ask::MarksNeeded;
use crate::query::{FacetField, Query, Search, ValueCount, ValueCounts};

/// A value as printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Counted {
    pub value: String,
    pub count: u64,
}

/// How a field's values are counted.
enum Counting {
    Facet(FacetField),
    Tags,
}

impl CountBy {
    fn counting(self) -> Counting {
        match self {
            Self::Topic => Counting::Facet(FacetField::Topic),
            Self::Provider => Counting::Facet(FacetField::Provider),
            Self::Author => Counting::Facet(FacetField::Author),
            Self::Category => Counting::Facet(FacetField::Category),
            Self::Folder => Counting::Facet(FacetField::Folder),
            Self::Language => Counting::Facet(FacetField::Language),
            Self::Year => Counting::Facet(FacetField::Year),
            Self::Kind => Counting::Facet(FacetField::Kind),
            Self::Feed => Counting::Facet(FacetField::Feed),
            Self::Month => Counting::Facet(FacetField::Month),
            Self::Publication => Counting::Facet(FacetField::Publication),
            Self::Mark => Counting::Facet(FacetField::Mark),
            Self::Tag => Counting::Tags,
        }
    }

    /// The name as typed.
    pub fn name(self) -> &'static str {
        match self.counting() {
            Counting::Facet(facet) => facet.row().name,
            Counting::Tags => "tag",
        }
    }

    /// Whether the values come from the desk, even if the query does not need it.
    pub fn marks(self) -> MarksNeeded {
        match self {
            Self::Publication | Self::Mark | Self::Tag => MarksNeeded::Always,
            Self::Topic
            | Self::Provider
            | Self::Author
            | Self::Category
            | Self::Kind
            | Self::Feed
            | Self::Folder
            | Self::Language
            | Self::Year
            | Self::Month => MarksNeeded::IfAskedFor,
        }
    }

    /// Counts the values among the articles found, most frequent first.
    pub fn count(
        self,
        search: &Search<'_>,
        found: &RoaringBitmap,
    ) -> Result<Vec<Counted>, CommandFailure> {
        let counted = |tally: ValueCount<'_>| Counted {
            value: tally.value.into_owned(),
            count: tally.count,
        };
        Ok(match self.counting() {
            Counting::Facet(facet) => {
                // With the query's picks, a facet would count what one more pick would give. Here
                // we want what is among the articles found.
                let facets = search.facets(&Query::default(), found)?;
                let tallies = facets
                    .tallies(facet)
                    .into_iter()
                    .flat_map(ValueCounts::iter);
                tallies.map(counted).collect()
            }
            Counting::Tags => search.tags(found).into_iter().map(counted).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum;

    use super::*;

    #[test]
    fn a_field_is_called_by_its_name() {
        for by in CountBy::value_variants() {
            let value = by.to_possible_value().expect("a value");
            assert_eq!(value.get_name(), by.name());
        }
    }
}
