//! `newsdesk count`: how many articles a query selects, a number alone.

use super::args::CountArgs;
use super::ask::{ask, find, query};
use super::work::Work;
use super::{Exit, Failure, Streams, Surroundings, desk, library};
use crate::library::Depth;

/// Prints the number.
pub fn run(
    args: &CountArgs,
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
    let count = ask(&marked, &work, |search| {
        Ok(find(search, &query, &work)?.len())
    })?;
    drop(work);
    writeln!(streams.out, "{count}")?;
    streams.out.flush()?;
    library::say_what_is_missing(&library, streams.err)?;
    Ok(if count == 0 {
        Exit::Notable
    } else {
        Exit::Clean
    })
}
