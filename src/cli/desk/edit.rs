//! `newsdesk edit`: changes fields in the files of all articles that a query selects.

use std::collections::BTreeMap;

use super::args::{EditArgs, Removal};
use super::round::{self, Aim, RunMode};
use crate::cli::desk_file::DeskFile;
use crate::cli::{CommandFailure, Exit, Streams, Surroundings, ask};
use crate::format::edit::Asking;

/// Changes fields of the selected articles.
pub fn run(
    args: &EditArgs,
    place: &DeskFile,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<Exit, CommandFailure> {
    let query = ask::query(Some(&args.query))?;
    let way = RunMode::new(args.dry_run, args.yes);
    let aim = Aim::Fields(asked(args));
    round::run(&query, &args.paths, &aim, way, place, surroundings, streams)
}

/// The changes that the arguments ask for, by field.
fn asked(args: &EditArgs) -> BTreeMap<String, Vec<Asking>> {
    let set = args.set.iter();
    let set = set.map(|it| (&it.field, Asking::Set(it.value.clone())));
    let added = args.add.iter();
    let added = added.map(|it| (&it.field, Asking::Add(it.value.clone())));
    let removed = args.remove.iter().map(|removal| match removal {
        Removal::Field(field) => (field, Asking::Remove),
        Removal::Entry(entry) => (&entry.field, Asking::Take(entry.value.clone())),
    });
    let mut asked: BTreeMap<String, Vec<Asking>> = BTreeMap::new();
    for (field, asking) in set.chain(added).chain(removed) {
        asked.entry(field.clone()).or_default().push(asking);
    }
    asked
}
