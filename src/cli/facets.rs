//! `newsdesk facets`: the values of a facet among the articles that a query selects, with the
//! number of articles for each, most frequent first.

use super::args::{FacetsArgs, FacetsFormat};
use super::ask::ask;
use super::counted::Counted;
use super::{CommandFailure, Exit, Streams, Surroundings, grid, json};

/// Prints the values.
pub fn run(
    args: &FacetsArgs,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<Exit, CommandFailure> {
    let asked = ask(
        &args.selection,
        args.by.marks(),
        surroundings,
        streams.err,
        |search, _, found| args.by.count(search, found),
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
