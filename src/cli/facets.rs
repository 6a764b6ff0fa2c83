//! `newsdesk facets`: the values of a facet among what a query selects, each with its articles
//! counted, most first.

use serde::Serialize;

use super::args::{FacetsArgs, FacetsFormat};
use super::ask::{ask, find, query};
use super::work::Work;
use super::{Exit, Failure, Streams, Surroundings, desk, grid, json, library};
use crate::library::Depth;
use crate::query::{Query, Tallies, Tally};

/// Prints the values.
pub fn run(
    args: &FacetsArgs,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<Exit, Failure> {
    let query = query(args.query.as_deref())?;
    let work = Work::begin(surroundings)?;
    let library = library::load(&args.paths, Depth::List, surroundings, &work)?;
    let source = library::source(&args.paths, surroundings)?;
    let marked = desk::marked(
        &library,
        &source,
        args.query.as_deref(),
        surroundings,
        streams.err,
    )?;
    let facets = ask(&marked, &work, |search| {
        let found = find(search, &query, &work)?;
        // Counted under a query with picks, a facet says what one pick more would give. Here it is to
        // say what there is among what was found.
        Ok(search.facets(&Query::default(), &found)?)
    })?;
    drop(work);
    let tallies: Vec<Tally<'_>> = facets
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
    streams.out.flush()?;
    library::say_what_is_missing(&library, streams.err)?;
    Ok(if tallies.is_empty() {
        Exit::Notable
    } else {
        Exit::Clean
    })
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
