//! `newsdesk undo` and `newsdesk redo`: take back decisions, those of earlier runs too.

use std::io::Write;

use jiff::Timestamp;

use super::args::{NamedDecision, UndoArgs};
use crate::cli::desk_file::DeskFile;
use crate::cli::{CommandFailure, Exit, Streams};
use crate::desk::{Desk, UndoTarget, Undone, draw};
use crate::format::clean::Clean;
use crate::model::MarkValue;

/// Undoes a decision.
pub fn undo(
    args: &UndoArgs,
    place: &DeskFile,
    streams: &mut Streams<'_>,
) -> Result<Exit, CommandFailure> {
    let mut desk = place.writable(streams.err)?;
    let which = match args.named {
        None => UndoTarget::Last,
        Some(NamedDecision::Id(id)) => UndoTarget::Id(id),
        Some(NamedDecision::Number(number)) => {
            let page = desk.journal(number.checked_add(1), 1)?;
            let entry = page.into_iter().find(|entry| entry.number == number);
            UndoTarget::Id(entry.ok_or(CommandFailure::NoEntry(number))?.transaction.id)
        }
    };
    let undone = desk.undo(which, draw()?, Timestamp::now())?;
    say(&undone, streams.out)
}

/// Redoes the last undo.
pub fn redo(place: &DeskFile, streams: &mut Streams<'_>) -> Result<Exit, CommandFailure> {
    let mut desk = place.writable(streams.err)?;
    let undone = desk.redo(draw()?, Timestamp::now())?;
    say(&undone, streams.out)
}

/// Prints one line each for what was restored, what was not, and what is staged again.
fn say(undone: &Undone, out: &mut dyn Write) -> Result<Exit, CommandFailure> {
    let Undone { transaction, left } = undone;
    let restored = transaction.changes.len();
    let label = Clean::new(&transaction.label);
    writeln!(out, "{label}: restored {restored}, left {}", left.len())?;
    for (value, command) in [(true, "publish"), (false, "unpublish")] {
        let staged = MarkValue::Staged(Some(value));
        let count = transaction.changes.iter().filter(|it| it.after == staged);
        match count.count() {
            0 => {}
            count => writeln!(
                out,
                "staged {count}: the files are unchanged; \
                 `newsdesk {command} -q is:staged` shows what it would write into them"
            )?,
        }
    }
    Ok(Exit::Clean)
}
