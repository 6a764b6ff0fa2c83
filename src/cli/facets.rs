//! `newsdesk facets`: the values of a facet among what a query selects, each with its articles
//! counted, most first.

use serde::Serialize;

use super::args::{FacetsArgs, FacetsFormat};
use super::ask::ask;
use super::{Exit, Failure, Streams, Surroundings, grid, json};
use crate::query::{Query, Tallies, Tally};

/// Prints the values.
pub fn run(
    args: &FacetsArgs,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<Exit, Failure> {
    let asked = ask(
        &args.selection,
        surroundings,
        streams.err,
        |search, _, found| {
            // Counted under a query with picks, a facet says what one pick more would give. Here it is
            // to say what there is among what was found.
            Ok(search.facets(&Query::default(), found)?)
        },
    )?;
    let tallies: Vec<Tally<'_>> = asked
        .answer
        .of(args.by.field())
        .into_iter()
        .flat_map(Tallies::iter)
        .collect();
    match args.format {
        FacetsFormat::Table => {
            let heading = args.by.field().name().to_uppercase();
            let line = |tally: &Tally<'_>| vec![tally.count.to_string(), tally.value.to_string()];
            let lines: Vec<_> = tallies.iter().map(line).collect();
            grid::write(
                &["COUNT", &heading],
                &lines,
                surroundings.stdout,
                streams.out,
            )?;
        }
        FacetsFormat::Json => json::array(tallies.iter().map(Entry::of), streams.out)?,
    }
    asked.end(tallies.is_empty(), streams)
}

/// A value as it is printed.
#[derive(Serialize)]
struct Entry<'a> {
    value: &'a str,
    count: u64,
}

impl<'a> Entry<'a> {
    fn of(tally: &'a Tally<'_>) -> Self {
        Self {
            value: &tally.value,
            count: tally.count,
        }
    }
}
