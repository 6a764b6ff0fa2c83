//! `newsdesk facets`: the values of a facet among the articles that a query selects, with the
//! number of articles for each, most frequent first.

use roaring::RoaringBitmap;
use serde::Serialize;

use super::args::{By, FacetsArgs, FacetsFormat};
use super::ask::{Marks, ask};
use super::{Exit, Failure, Streams, Surroundings, grid, json};
use crate::query::{FacetField, Query, Search, Tallies, Tally};

/// Prints the values.
pub fn run(
    args: &FacetsArgs,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<Exit, Failure> {
    let asked = ask(
        &args.selection,
        args.by.marks(),
        surroundings,
        streams.err,
        |search, _, found| tallies(args.by, search, found),
    )?;
    let tallies = &asked.answer;
    match args.format {
        FacetsFormat::Table => {
            let heading = args.by.name().to_uppercase();
            let line = |tally: &Counted| vec![tally.count.to_string(), tally.value.clone()];
            let lines: Vec<_> = tallies.iter().map(line).collect();
            grid::write(
                &["COUNT", &heading],
                &lines,
                surroundings.stdout,
                streams.out,
            )?;
        }
        FacetsFormat::Json => json::array(tallies.iter(), streams.out)?,
    }
    asked.end(tallies.is_empty(), streams)
}

/// A value as printed.
#[derive(Serialize)]
struct Counted {
    value: String,
    count: u64,
}

/// How a field's values are counted.
enum Counting {
    Facet(FacetField),
    Tags,
}

impl By {
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
            Self::Month => Counting::Facet(FacetField::Month),
            Self::Publication => Counting::Facet(FacetField::Publication),
            Self::Mark => Counting::Facet(FacetField::Mark),
            Self::Tag => Counting::Tags,
        }
    }

    fn name(self) -> &'static str {
        match self.counting() {
            Counting::Facet(facet) => facet.row().name,
            Counting::Tags => "tag",
        }
    }

    /// Whether the values come from the desk, even if the query does not need it.
    fn marks(self) -> Marks {
        match self {
            Self::Publication | Self::Mark | Self::Tag => Marks::Always,
            Self::Topic
            | Self::Provider
            | Self::Author
            | Self::Category
            | Self::Kind
            | Self::Folder
            | Self::Language
            | Self::Year
            | Self::Month => Marks::IfAskedFor,
        }
    }
}

/// Counts the values among the articles found.
fn tallies(by: By, search: &Search<'_>, found: &RoaringBitmap) -> Result<Vec<Counted>, Failure> {
    let counted = |tally: Tally<'_>| Counted {
        value: tally.value.into_owned(),
        count: tally.count,
    };
    Ok(match by.counting() {
        Counting::Facet(facet) => {
            // With the query's picks, a facet would count what one more pick would give. Here we
            // want what is among the articles found.
            let facets = search.facets(&Query::default(), found)?;
            let tallies = facets.tallies(facet).into_iter().flat_map(Tallies::iter);
            tallies.map(counted).collect()
        }
        Counting::Tags => search.tags(found).into_iter().map(counted).collect(),
    })
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum;

    use super::*;

    #[test]
    fn a_field_is_called_by_its_name() {
        for by in By::value_variants() {
            let value = by.to_possible_value().expect("a value");
            assert_eq!(value.get_name(), by.name());
        }
    }
}
