//! `newsdesk publish` and `unpublish`: publishes or unpublishes all articles that a query selects.

use super::args::PublishArgs;
use super::round::{self, Aim, RunMode};
use crate::cli::desk_file::DeskFile;
use crate::cli::{CommandFailure, Exit, Streams, Surroundings, ask};

/// Publishes the selected articles, or unpublishes them, as `to` says.
pub fn run(
    args: &PublishArgs,
    to: bool,
    place: &DeskFile,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<Exit, CommandFailure> {
    let query = ask::query(Some(&args.query))?;
    let way = RunMode::new(args.dry_run, args.yes);
    let aim = Aim::Publication(to);
    round::run(&query, &args.paths, &aim, way, place, surroundings, streams)
}
