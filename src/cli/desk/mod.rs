//! Commands that use the desk: marking, journal, undo, export and publication, one per file.

mod after;
pub mod args;
mod changes;
mod edit;
mod exchange;
mod journal;
mod mark;
mod publish;
mod round;
mod undo;
mod wish;
mod write;

use super::desk_file::DeskFile;
use super::{CommandFailure, Exit, Streams, Surroundings};
use crate::desk::NoPlace;

use args::Command;

/// Runs a command on the desk named by the surroundings.
pub fn run(
    command: &Command,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<Exit, CommandFailure> {
    let place = &DeskFile::new(surroundings.desk.clone().ok_or(NoPlace)?);
    match command {
        Command::Mark(args) => mark::run(args, place, surroundings, streams),
        Command::Journal(args) => journal::run(args, place, surroundings, streams),
        Command::Undo(args) => undo::undo(args, place, streams),
        Command::Redo => undo::redo(place, streams),
        Command::Desk(args) => exchange::run(args, place, streams),
        Command::Publish(args) => publish::run(args, true, place, surroundings, streams),
        Command::Write(args) => write::run(args, place, surroundings, streams),
        Command::Edit(args) => edit::run(args, place, surroundings, streams),
        Command::Unpublish(args) => publish::run(args, false, place, surroundings, streams),
    }
}
