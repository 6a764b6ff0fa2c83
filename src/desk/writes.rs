//! The table of unfinished publications: what is to be written into which file, and what was.
//! Everything here runs inside one SQLite transaction. When a publication is finished, an entry in
//! the journal replaces its rows.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::PathBuf;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::commit::{after, append, fields_of, note};
use super::decode;
use super::intent::{EditIntent, Intent, Staged, State};
use super::publish::Versions;
use super::stop::Stop;
use crate::format::number;
use crate::model::{
    Identity, MarkChange, MarkField, MarkValue, Subject, Transaction, TransactionId,
    TransactionOrigin,
};

/// A row of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WriteRow {
    pub(super) publication: TransactionId,
    pub(super) article: Subject,
    pub(super) path: PathBuf,
    /// The publication that was staged before.
    pub(super) staged: Option<bool>,
    /// What the file will say of publication, if that is part of it.
    pub(super) says: Option<bool>,
    /// The other fields that will change.
    pub(super) edits: BTreeMap<String, EditRow>,
    /// Before and after writing; `None` if it is not to be written.
    pub(super) versions: Option<Versions>,
    pub(super) state: State,
}

impl WriteRow {
    /// Whether changes of fields were asked for, apart from what a publication changes.
    fn is_edited(&self) -> bool {
        self.edits.values().any(|it| !it.intent.asked.is_empty())
    }
}

/// A field of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct EditRow {
    /// What was staged before, as in a mark.
    staged: String,
    #[serde(flatten)]
    intent: EditIntent,
}

/// Records what is about to be written.
pub(super) fn begin(
    desk: &Connection,
    id: TransactionId,
    intents: &[Intent],
    now: Timestamp,
) -> Result<(), Stop> {
    let mut row = desk.prepare_cached(
        "INSERT INTO writes (publication, article, path, staged, says, edits, old, new, state)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING",
    )?;
    for intent in intents {
        for (subject, staged) in &intent.subjects {
            if intent.state == State::SaysSo && *staged == Staged::default() {
                continue;
            }
            let edits = edits(intent, staged);
            note(desk, *subject, &intent.identity, decode::micros(now))?;
            row.execute(params![
                id.to_string(),
                subject.0.cast_signed(),
                intent.path.as_os_str().as_bytes(),
                staged.publication,
                intent.says,
                serde_json::to_string(&edits).map_err(|_| Stop::Unreadable("edits"))?,
                intent.versions.map(|it| it.old.to_be_bytes()),
                intent.versions.map(|it| it.new.to_be_bytes()),
                word(intent.state),
            ])?;
        }
    }
    Ok(())
}

fn edits(intent: &Intent, staged: &Staged) -> BTreeMap<String, EditRow> {
    let row = |(field, intent): (&String, &EditIntent)| {
        let row = EditRow {
            staged: staged.edits.get(field).cloned().unwrap_or_default(),
            intent: intent.clone(),
        };
        (field.clone(), row)
    };
    intent.edits.iter().map(row).collect()
}

/// Records that files were written, and what each article is from then on, if that has changed.
pub(super) fn written(
    desk: &Connection,
    id: TransactionId,
    files: &[(&Intent, Option<Identity>)],
    now: Timestamp,
) -> Result<(), Stop> {
    let mut done = desk.prepare_cached(
        "UPDATE writes SET state = 'written' WHERE publication = ?1 AND article = ?2",
    )?;
    let id = id.to_string();
    for (intent, identity) in files {
        for (subject, _) in &intent.subjects {
            if let Some(identity) = identity {
                note(desk, *subject, identity, decode::micros(now))?;
            }
            done.execute(params![id, subject.0.cast_signed()])?;
        }
    }
    Ok(())
}

/// All rows, grouped by publication.
pub(super) fn all(desk: &Connection) -> Result<Vec<WriteRow>, Stop> {
    let mut statement = desk.prepare_cached(
        "SELECT publication, article, path, staged, says, old, new, state, edits FROM writes
         ORDER BY publication, article",
    )?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let name: String = row.get(0)?;
        let state: String = row.get(7)?;
        let versions = (row.get::<_, Option<[u8; 16]>>(5)?, row.get(6)?);
        found.push(WriteRow {
            publication: name.parse().map_err(|_| Stop::Unreadable("name"))?,
            article: Subject(row.get::<_, i64>(1)?.cast_unsigned()),
            path: PathBuf::from(OsString::from_vec(row.get(2)?)),
            staged: row.get(3)?,
            says: row.get(4)?,
            edits: serde_json::from_str(&row.get::<_, String>(8)?)
                .map_err(|_| Stop::Unreadable("edits"))?,
            versions: match versions {
                (Some(old), Some(new)) => Some(Versions {
                    old: u128::from_be_bytes(old),
                    new: u128::from_be_bytes(new),
                }),
                _ => None,
            },
            state: [State::Waits, State::Written, State::SaysSo]
                .into_iter()
                .find(|it| word(*it) == state)
                .ok_or(Stop::Unreadable("state"))?,
        });
    }
    Ok(found)
}

/// Finishes a publication, given its rows with their outcome: one entry in the journal says what
/// was written and what still waits. `None` if nothing has changed, or another program has finished
/// it.
///
/// In that entry, a written file said the opposite before, and nothing is staged for it after:
/// undoing stages the opposite, to be reviewed and written again. What is still to be written is
/// staged after it, and not once that is undone.
pub(super) fn end(
    desk: &Connection,
    origin: TransactionOrigin,
    id: TransactionId,
    rows: &[WriteRow],
    now: Timestamp,
) -> Result<Option<Transaction>, Stop> {
    let was_open = desk.execute(
        "DELETE FROM writes WHERE publication = ?1",
        [id.to_string()],
    )?;
    let changes: Vec<MarkChange> = rows.iter().flat_map(changes).collect();
    if was_open == 0 || changes.is_empty() || is_known(desk, id)? {
        return Ok(None);
    }
    let mut when = decode::micros(now);
    for change in &changes {
        if let Some(current) = fields_of(desk, change.article)?.of(&change.field)? {
            when = when.max(after(current.stamp));
        }
    }
    let transaction = Transaction {
        id,
        label: label(rows),
        when: decode::time(when).ok_or(Stop::Unreadable("time"))?,
        origin,
        undoes: None,
        changes,
    };
    append(desk, &transaction)?;
    Ok(Some(transaction))
}

fn is_known(desk: &Connection, id: TransactionId) -> Result<bool, Stop> {
    let found: Option<i64> = desk
        .prepare_cached("SELECT number FROM transactions WHERE id = ?1")?
        .query_row([id.to_string()], |row| row.get(0))
        .optional()?;
    Ok(found.is_some())
}

fn changes(row: &WriteRow) -> Vec<MarkChange> {
    let publication = row.says.map(|says| {
        let (before, after) = match row.state {
            State::Written => (Some(!says), None),
            State::Waits => (row.staged, Some(says)),
            State::SaysSo => (row.staged, None),
        };
        let (before, after) = (MarkValue::Staged(before), MarkValue::Staged(after));
        (MarkField::Publication, before, after)
    });
    let edits = row.edits.iter().map(|(field, edit)| {
        let (before, after) = match row.state {
            State::Written => (edit.intent.back.clone(), String::new()),
            State::Waits => (edit.staged.clone(), edit.intent.asked.clone()),
            State::SaysSo => (edit.staged.clone(), String::new()),
        };
        let (before, after) = (MarkValue::Text(before), MarkValue::Text(after));
        (MarkField::Edit(field.clone()), before, after)
    });
    let changes = publication.into_iter().chain(edits);
    let changes = changes.filter(|(_, before, after)| before != after);
    changes
        .map(|(field, before, after)| MarkChange {
            article: row.article,
            field,
            before,
            after,
        })
        .collect()
}

/// `publish: written, 12 articles, 3 left`.
fn label(rows: &[WriteRow]) -> String {
    let count = |state| {
        let mut paths: Vec<_> = rows
            .iter()
            .filter(|it| it.state == state)
            .map(|it| &it.path)
            .collect();
        paths.sort_unstable();
        paths.dedup();
        paths.len()
    };
    let says = |says| rows.iter().any(|it| it.says == Some(says));
    let words: Vec<&str> = [
        ("publish", says(true)),
        ("unpublish", says(false)),
        ("edit", rows.iter().any(WriteRow::is_edited)),
    ]
    .into_iter()
    .filter_map(|(word, is_there)| is_there.then_some(word))
    .collect();
    let word = words.join(" and ");
    match (count(State::Written), count(State::Waits)) {
        (0, 0) => format!(
            "{word}: not staged, {}",
            number::articles(count(State::SaysSo))
        ),
        (0, waiting) => format!("{word}: staged, {}", number::articles(waiting)),
        (written, 0) => format!("{word}: written, {}", number::articles(written)),
        (written, waiting) => {
            format!(
                "{word}: written, {}, {waiting} still staged",
                number::articles(written)
            )
        }
    }
}

fn word(state: State) -> &'static str {
    match state {
        State::Waits => "waits",
        State::Written => "written",
        State::SaysSo => "says so",
    }
}
