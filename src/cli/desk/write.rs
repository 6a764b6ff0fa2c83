//! `newsdesk write`: writes everything staged into the files.

use super::args::WriteArgs;
use super::round::{self, Aim, RunMode};
use crate::cli::desk_file::DeskFile;
use crate::cli::{CommandFailure, Exit, Streams, Surroundings, ask};
use crate::query::{Expr, Query};

/// Shows or writes what is staged for the selected articles.
pub fn run(
    args: &WriteArgs,
    place: &DeskFile,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<Exit, CommandFailure> {
    let way = RunMode::new(!args.yes, args.yes);
    let staged = ask::query(Some("is:staged"))?;
    let asked = ask::query(args.query.as_deref())?;
    let query = Query {
        expr: Expr::and(staged.expr.into_iter().chain(asked.expr)),
        sort: asked.sort,
    };
    round::run(
        &query,
        &args.paths,
        &Aim::Staged,
        way,
        place,
        surroundings,
        streams,
    )
}
