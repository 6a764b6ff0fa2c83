//! Reading marks and the journal from the tables.

use std::collections::HashMap;

use rusqlite::{Connection, Params, Row, params};

use super::stop::Stop;
use super::{JournalEntry, KnownArticle, Marked, Records, TransactionState, decode};
use crate::model::{
    ChangeStamp, FileVersion, Fingerprint, Identity, Mark, MarkChange, MarkField, Subject,
    Transaction, TransactionId, TransactionOrigin,
};

const MARKS: &str = "
    SELECT subject, root, path, page, fingerprint, version, seen, field, value, tx
    FROM articles JOIN marks ON article = subject";

const TRANSACTIONS: &str = "
    SELECT number, id, label, at, machine, session, undoes, taken_back
    FROM (SELECT *, EXISTS (
        SELECT 1 FROM transactions AS undo WHERE undo.undoes = transactions.id AND NOT EXISTS (
            SELECT 1 FROM transactions AS redo WHERE redo.undoes = undo.id)
    ) AS taken_back FROM transactions)";

pub(super) fn all(desk: &Connection) -> Result<Vec<Marked>, Stop> {
    marks(desk, &format!("{MARKS} ORDER BY subject, field"), [])
}

/// The marks of the articles in the rows of the journal after `row`.
pub(super) fn changed_since(desk: &Connection, row: i64) -> Result<Vec<Marked>, Stop> {
    let changed = "WHERE subject IN (SELECT article FROM journal WHERE row > ?1)";
    marks(
        desk,
        &format!("{MARKS} {changed} ORDER BY subject, field"),
        [row],
    )
}

/// Collects the rows of a statement, which must be ordered by subject.
fn marks(desk: &Connection, statement: &str, values: impl Params) -> Result<Vec<Marked>, Stop> {
    let mut statement = desk.prepare_cached(statement)?;
    let mut rows = statement.query(values)?;
    let mut stamps = Stamps::new(desk);
    let mut found: Vec<Marked> = Vec::new();
    while let Some(row) = rows.next()? {
        let subject = Subject(row.get::<_, i64>(0)?.cast_unsigned());
        if found.last().is_none_or(|last| last.subject != subject) {
            found.push(Marked {
                subject,
                identity: identity(row)?,
                seen: words(row, 6)?,
                mark: Mark::default(),
                // Most marks say one thing, and there are many.
                stamps: Vec::with_capacity(1),
            });
        }
        let (field, value) = (row.get_ref(7)?.as_str(), row.get_ref(8)?.as_str());
        let field: MarkField = text(field)?
            .parse()
            .map_err(|_| Stop::Unreadable("field"))?;
        let value = decode::value_in(&field, text(value)?).ok_or(Stop::Unreadable("mark"))?;
        let stamp = stamps.of(row.get(9)?)?;
        if let Some(marked) = found.last_mut() {
            marked.mark.set(&field, &value);
            marked.stamps.push((field, stamp));
        }
    }
    for marked in &mut found {
        marked.keep_last_handling();
    }
    Ok(found)
}

/// The stamps of transactions, each read once: a transaction may have changed 100,000 marks.
struct Stamps<'a> {
    desk: &'a Connection,
    known: HashMap<i64, ChangeStamp>,
}

impl<'a> Stamps<'a> {
    fn new(desk: &'a Connection) -> Self {
        Self {
            desk,
            known: HashMap::new(),
        }
    }

    /// The stamp of the transaction with this number.
    fn of(&mut self, number: i64) -> Result<ChangeStamp, Stop> {
        if let Some(stamp) = self.known.get(&number) {
            return Ok(*stamp);
        }
        let mut statement = self
            .desk
            .prepare_cached("SELECT at, id FROM transactions WHERE number = ?1")?;
        let mut rows = statement.query([number])?;
        let row = rows.next()?.ok_or(Stop::Unreadable("transaction"))?;
        let stamp = ChangeStamp {
            when: decode::time(row.get(0)?).ok_or(Stop::Unreadable("time"))?,
            transaction: name(row, 1)?,
        };
        self.known.insert(number, stamp);
        Ok(stamp)
    }
}

/// Reads the columns that follow the subject.
fn identity(row: &Row<'_>) -> Result<Identity, Stop> {
    Ok(Identity {
        root: row.get(1)?,
        path: row.get(2)?,
        page: row.get::<_, Option<i64>>(3)?.map(i64::cast_unsigned),
        fingerprint: words(row, 4)?,
        version: row
            .get::<_, Option<i64>>(5)?
            .map(|version| FileVersion(version.cast_unsigned())),
    })
}

fn words(row: &Row<'_>, column: usize) -> Result<Option<Fingerprint>, Stop> {
    let hash: Option<i64> = row.get(column)?;
    Ok(hash.map(|it| Fingerprint(it.cast_unsigned())))
}

fn text(column: Result<&str, rusqlite::types::FromSqlError>) -> Result<&str, Stop> {
    column.map_err(|_| Stop::Unreadable("text"))
}

fn name(row: &Row<'_>, column: usize) -> Result<TransactionId, Stop> {
    text(row.get_ref(column)?.as_str())?
        .parse()
        .map_err(|_| Stop::Unreadable("name"))
}

fn number(row: &Row<'_>, column: usize) -> Result<u64, Stop> {
    u64::from_str_radix(text(row.get_ref(column)?.as_str())?, 16)
        .map_err(|_| Stop::Unreadable("origin"))
}

pub(super) fn journal(
    desk: &Connection,
    before: Option<i64>,
    most: usize,
) -> Result<Vec<JournalEntry>, Stop> {
    let statement = format!("{TRANSACTIONS} WHERE number < ?1 ORDER BY number DESC LIMIT ?2");
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    entries(desk, &statement, params![before.unwrap_or(i64::MAX), most])
}

/// The transaction with this id.
pub(super) fn entry(desk: &Connection, id: TransactionId) -> Result<Option<JournalEntry>, Stop> {
    let statement = format!("{TRANSACTIONS} WHERE id = ?1");
    Ok(entries(desk, &statement, [id.to_string()])?.pop())
}

fn entries(
    desk: &Connection,
    statement: &str,
    values: impl Params,
) -> Result<Vec<JournalEntry>, Stop> {
    let mut statement = desk.prepare_cached(statement)?;
    let mut rows = statement.query(values)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let at: i64 = row.get(0)?;
        let undoes: Option<String> = row.get(6)?;
        let transaction = Transaction {
            id: name(row, 1)?,
            label: row.get(2)?,
            when: decode::time(row.get(3)?).ok_or(Stop::Unreadable("time"))?,
            origin: TransactionOrigin {
                machine: number(row, 4)?,
                session: number(row, 5)?,
            },
            undoes: undoes
                .map(|it| it.parse().map_err(|_| Stop::Unreadable("name")))
                .transpose()?,
            changes: changes(desk, at)?,
        };
        found.push(JournalEntry {
            number: at,
            transaction,
            standing: if row.get(7)? {
                TransactionState::TakenBack
            } else {
                TransactionState::Holds
            },
        });
    }
    Ok(found)
}

/// The changes of the transaction with this number.
fn changes(desk: &Connection, number: i64) -> Result<Vec<MarkChange>, Stop> {
    let mut statement = desk.prepare_cached(
        "SELECT article, field, before, after FROM journal WHERE tx = ?1 ORDER BY row",
    )?;
    let mut rows = statement.query([number])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let field: MarkField = text(row.get_ref(1)?.as_str())?
            .parse()
            .map_err(|_| Stop::Unreadable("field"))?;
        let value = |column| {
            decode::value_in(&field, text(row.get_ref(column)?.as_str())?)
                .ok_or(Stop::Unreadable("change"))
        };
        let (before, after) = (value(2)?, value(3)?);
        found.push(MarkChange {
            article: Subject(row.get::<_, i64>(0)?.cast_unsigned()),
            field,
            before,
            after,
        });
    }
    Ok(found)
}

pub(super) fn records(desk: &Connection) -> Result<Records, Stop> {
    // One snapshot of the desk, even while others write.
    let desk = desk.unchecked_transaction()?;
    let statement = format!("{TRANSACTIONS} ORDER BY at, id");
    let transactions = entries(&desk, &statement, [])?
        .into_iter()
        .map(|entry| entry.transaction)
        .collect();
    let mut statement = desk.prepare_cached(
        "SELECT subject, root, path, page, fingerprint, version, seen, noted
         FROM articles ORDER BY subject",
    )?;
    let mut rows = statement.query([])?;
    let mut articles = Vec::new();
    while let Some(row) = rows.next()? {
        articles.push(KnownArticle {
            subject: Subject(row.get::<_, i64>(0)?.cast_unsigned()),
            identity: identity(row)?,
            seen: words(row, 6)?,
            noted: decode::time(row.get(7)?).ok_or(Stop::Unreadable("time"))?,
        });
    }
    Ok(Records {
        articles,
        transactions,
    })
}
