//! `newsdesk undo` and `newsdesk redo`: take back decisions, those of earlier runs too.

use std::collections::HashSet;
use std::io::{self, Write};

use jiff::Timestamp;

use super::args::{NamedDecision, UndoArgs};
use crate::cli::desk_file::DeskFile;
use crate::cli::{CommandFailure, Exit, Streams};
use crate::desk::{Desk, UndoTarget, Undone, draw};
use crate::format::clean::Clean;
use crate::model::{MarkChange, MarkField, MarkValue, Subject};

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

/// Says what was undone or redone, which is kept even if that cannot be said.
fn say(undone: &Undone, out: &mut dyn Write) -> Result<Exit, CommandFailure> {
    let printed = print(undone, out).and_then(|()| out.flush());
    let kept = || format!("restored {}", undone.transaction.changes.len());
    printed.map_err(|error| CommandFailure::untold(kept(), error))?;
    Ok(Exit::Clean)
}

/// Prints one line each for what was restored, what was not, and what is staged again.
fn print(undone: &Undone, out: &mut dyn Write) -> io::Result<()> {
    let Undone { transaction, left } = undone;
    let restored = transaction.changes.len();
    let label = Clean::new(&transaction.label);
    writeln!(out, "{label}: restored {restored}, left {}", left.len())?;
    let is_staged = |change: &&MarkChange| match &change.after {
        MarkValue::Staged(staged) => staged.is_some(),
        MarkValue::Text(asked) => matches!(change.field, MarkField::Edit(_)) && !asked.is_empty(),
        MarkValue::Flag(_) | MarkValue::Until(_) | MarkValue::Bond(_) => false,
    };
    let staged = transaction.changes.iter().filter(is_staged);
    let articles: HashSet<Subject> = staged.map(|it| it.article).collect();
    if !articles.is_empty() {
        writeln!(
            out,
            "staged {}: the files are unchanged; `newsdesk write` shows what it would write into \
             them",
            articles.len()
        )?;
    }
    Ok(())
}
