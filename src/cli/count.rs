//! `newsdesk count`: prints how many articles a query selects, as a bare number.

use super::args::CountArgs;
use super::ask::count;
use super::{CommandFailure, Exit, Streams, Surroundings};

/// Prints the number.
pub fn run(
    args: &CountArgs,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<Exit, CommandFailure> {
    let asked = count(&args.selection, surroundings, streams.err)?;
    writeln!(streams.out, "{}", asked.answer)?;
    asked.end(asked.answer == 0, streams)
}
