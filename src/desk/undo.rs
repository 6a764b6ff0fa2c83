//! Undo and redo. Nothing is ever removed from the journal: an undo is a transaction with before
//! and after swapped that names the one it undoes, and a redo is the undo of an undo.
//!
//! A decision holds unless there is an undo of it that was not redone. Undoing an earlier decision
//! never overwrites what a later one that holds has set.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::commit::{Current, after, append, fields_of};
use super::scope::Scope;
use super::stop::Stop;
use super::trouble::DeskError;
use super::{JournalEntry, TransactionState, UndoTarget, Undone, decode, read};
use crate::model::{MarkChange, Transaction, TransactionId};

/// What `UndoTarget::Last` chooses from: made on this machine, and not by another program meanwhile.
const OWN: &str = "machine = ?1 AND (session = ?2 OR number <= ?3)";

/// The transaction was not undone, or was redone.
const HOLDS: &str = "
    NOT EXISTS (SELECT 1 FROM transactions AS undo WHERE undo.undoes = it.id
        AND NOT EXISTS (SELECT 1 FROM transactions AS redo WHERE redo.undoes = undo.id))";

pub(super) fn undo(
    desk: &Connection,
    scope: &Scope,
    which: UndoTarget,
    id: TransactionId,
    now: Timestamp,
) -> Result<Undone, Stop> {
    let target = match which {
        UndoTarget::Last => last_decision(desk, scope)?.ok_or(DeskError::NothingToUndo)?,
        UndoTarget::Id(named) => decision_of(desk, named)?,
    };
    let undone = take_back(desk, scope, target, id, now)?;
    if let (UndoTarget::Id(_), Some(touched)) = (which, &undone.touched)
        && undone.answer.transaction.changes.is_empty()
    {
        // Saying that it is undone would be wrong, and would make undoing it impossible later.
        return Err(touched.clone().into());
    }
    Ok(undone.answer)
}

pub(super) fn redo(
    desk: &Connection,
    scope: &Scope,
    id: TransactionId,
    now: Timestamp,
) -> Result<Undone, Stop> {
    let target = last_undo(desk, scope)?.ok_or(DeskError::NothingToRedo)?;
    Ok(take_back(desk, scope, target, id, now)?.answer)
}

/// The decision to undo for a named transaction: a redo stands for the decision it restored.
fn decision_of(desk: &Connection, named: TransactionId) -> Result<JournalEntry, Stop> {
    let find = |id| -> Result<JournalEntry, Stop> {
        Ok(read::entry(desk, id)?.ok_or(DeskError::NoSuch(id))?)
    };
    let entry = find(named)?;
    let Some(undone) = entry.transaction.undoes else {
        return Ok(entry);
    };
    match find(undone)?.transaction.undoes {
        Some(decision) => find(decision),
        None => Ok(entry),
    }
}

fn last_decision(desk: &Connection, scope: &Scope) -> Result<Option<JournalEntry>, Stop> {
    last(
        desk,
        scope,
        &format!(
            "SELECT id FROM transactions AS it WHERE undoes IS NULL AND {OWN} AND {HOLDS}
             ORDER BY number DESC LIMIT 1"
        ),
    )
}

/// The last undo that was not redone, unless a decision was made after it.
fn last_undo(desk: &Connection, scope: &Scope) -> Result<Option<JournalEntry>, Stop> {
    last(
        desk,
        scope,
        &format!(
            "SELECT id FROM transactions AS it WHERE {OWN} AND {HOLDS}
             AND undoes IN (SELECT id FROM transactions WHERE undoes IS NULL)
             AND number > (SELECT coalesce(max(number), 0) FROM transactions
                           WHERE undoes IS NULL AND {OWN})
             ORDER BY number DESC LIMIT 1"
        ),
    )
}

fn last(desk: &Connection, scope: &Scope, statement: &str) -> Result<Option<JournalEntry>, Stop> {
    let machine = format!("{:016x}", scope.origin.machine);
    let session = format!("{:016x}", scope.origin.session);
    let found: Option<String> = desk
        .prepare_cached(statement)?
        .query_row(params![machine, session, scope.opened_after], |row| {
            row.get(0)
        })
        .optional()?;
    match found {
        Some(id) => read::entry(desk, id.parse().map_err(|_| Stop::Unreadable("name"))?),
        None => Ok(None),
    }
}

struct TakenBack {
    answer: Undone,
    /// Why something was left, if anything was.
    touched: Option<DeskError>,
}

fn take_back(
    desk: &Connection,
    scope: &Scope,
    target: JournalEntry,
    id: TransactionId,
    now: Timestamp,
) -> Result<TakenBack, Stop> {
    let label = label(desk, &target)?;
    if target.standing == TransactionState::TakenBack {
        return Err(DeskError::TakenBack(target.transaction.label).into());
    }
    let mut when = decode::micros(now);
    let (mut changes, mut left, mut touched) = (Vec::new(), Vec::new(), None);
    let changed = &target.transaction.changes;
    for of_one in changed.chunk_by(|one, next| one.article == next.article) {
        let marked = fields_of(desk, of_one[0].article)?;
        for change in of_one {
            let current = marked.of(&change.field)?;
            // The mark's value comes from the last change of the field, which is nearly always the one
            // to undo.
            let is_last = |it: &Current| it.stamp.transaction == target.transaction.id;
            let by = match current.as_ref().is_some_and(is_last) {
                true => None,
                false => touched_by(desk, &target.transaction, change)?,
            };
            match current {
                Some(current) if by.is_none() && current.value == change.after => {
                    when = when.max(after(current.stamp));
                    changes.push(change.clone().swapped());
                }
                _ => {
                    touched = Some(DeskError::Touched {
                        label: target.transaction.label.clone(),
                        by: by.unwrap_or_else(|| "another machine".to_owned()),
                    });
                    left.push(change.clone());
                }
            }
        }
    }
    let transaction = Transaction {
        id,
        label,
        when: decode::time(when).ok_or(Stop::Unreadable("time"))?,
        origin: scope.origin,
        undoes: Some(target.transaction.id),
        changes,
    };
    append(desk, &transaction)?;
    let answer = Undone { transaction, left };
    Ok(TakenBack { answer, touched })
}

/// `undo: done`, and `redo: done` for undoing that.
fn label(desk: &Connection, target: &JournalEntry) -> Result<String, Stop> {
    let Some(undone) = target.transaction.undoes else {
        return Ok(format!("undo: {}", target.transaction.label));
    };
    let decision = read::entry(desk, undone)?.ok_or(DeskError::NoSuch(undone))?;
    Ok(format!("redo: {}", decision.transaction.label))
}

/// The label of the last decision after `target` that has changed the same field and holds there. A
/// decision that was only partly undone still holds in what was left.
fn touched_by(
    desk: &Connection,
    target: &Transaction,
    change: &MarkChange,
) -> Result<Option<String>, Stop> {
    let later = "SELECT label FROM journal JOIN transactions AS it ON it.number = tx
         WHERE article = ?1 AND field = ?2 AND undoes IS NULL AND (at, id) > (?3, ?4)
         AND NOT EXISTS (
             SELECT 1 FROM transactions AS undo
             JOIN journal AS restored ON restored.tx = undo.number
             WHERE undo.undoes = it.id AND restored.article = ?1 AND restored.field = ?2
             AND NOT EXISTS (SELECT 1 FROM transactions AS redo WHERE redo.undoes = undo.id))
         ORDER BY at DESC, id DESC LIMIT 1";
    Ok(desk
        .prepare_cached(later)?
        .query_row(
            params![
                change.article.0.cast_signed(),
                change.field.to_string(),
                decode::micros(target.when),
                target.id.to_string(),
            ],
            |row| row.get(0),
        )
        .optional()?)
}
