//! Writing decisions into the journal and the marks. Everything here runs inside one SQLite
//! transaction.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::stop::Stop;
use super::trouble::DeskError;
use super::{NewDecision, decode};
use crate::model::{
    ChangeStamp, Identity, MarkChange, MarkField, MarkValue, Subject, Transaction, TransactionId,
    TransactionOrigin,
};

/// The value of a mark's field, and since when.
pub(super) struct Current {
    pub(super) value: MarkValue,
    pub(super) stamp: ChangeStamp,
}

pub(super) fn commit(
    desk: &Connection,
    origin: TransactionOrigin,
    decision: &NewDecision,
    id: TransactionId,
    now: Timestamp,
) -> Result<Option<Transaction>, Stop> {
    let mut when = decode::micros(now);
    let mut changes = Vec::new();
    for wanted in last_of_each_field(&decision.changes) {
        let current = current(desk, wanted.article, &wanted.field)?;
        if let Some(current) = &current {
            when = when.max(after(current.stamp));
        }
        let before = current.map_or_else(|| wanted.before.clone(), |current| current.value);
        if before != wanted.after {
            changes.push(MarkChange {
                before,
                ..wanted.clone()
            });
        }
    }
    if changes.is_empty() {
        return Ok(None);
    }
    let decided: HashSet<Subject> = changes.iter().map(|change| change.article).collect();
    let mut articles: Vec<_> = decision.articles.iter().collect();
    articles.sort_by_key(|(subject, _)| in_tables(*subject));
    for (subject, identity) in articles {
        if decided.contains(subject) {
            note(desk, *subject, identity, when)?;
        }
    }
    let transaction = Transaction {
        id,
        label: decision.label.clone(),
        when: decode::time(when).ok_or(Stop::Unreadable("time"))?,
        origin,
        undoes: None,
        changes,
    };
    append(desk, &transaction)?;
    Ok(Some(transaction))
}

/// In table order, and for each article in the order in which its fields were first named: writing
/// a table in order is several times as fast.
fn last_of_each_field(changes: &[MarkChange]) -> Vec<&MarkChange> {
    let mut places: HashMap<(Subject, &MarkField), usize> = HashMap::new();
    let mut kept: Vec<&MarkChange> = Vec::new();
    for change in changes {
        match places.get(&(change.article, &change.field)) {
            Some(place) => kept[*place] = change,
            None => {
                places.insert((change.article, &change.field), kept.len());
                kept.push(change);
            }
        }
    }
    kept.sort_by_key(|change| in_tables(change.article));
    kept
}

/// The number by which articles are ordered in the tables.
fn in_tables(subject: Subject) -> i64 {
    subject.0.cast_signed()
}

/// The first microsecond after a change.
pub(super) fn after(stamp: ChangeStamp) -> i64 {
    decode::micros(stamp.when) + 1
}

pub(super) fn current(
    desk: &Connection,
    article: Subject,
    field: &MarkField,
) -> Result<Option<Current>, Stop> {
    let found: Option<(String, i64, String)> = desk
        .prepare_cached(
            "SELECT value, at, id FROM marks JOIN transactions ON number = tx
             WHERE article = ?1 AND field = ?2",
        )?
        .query_row(params![article.0.cast_signed(), field.to_string()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .optional()?;
    let Some((value, at, id)) = found else {
        return Ok(None);
    };
    Ok(Some(Current {
        value: decode::value_in(field, &value).ok_or(Stop::Unreadable("mark"))?,
        stamp: ChangeStamp {
            when: decode::time(at).ok_or(Stop::Unreadable("time"))?,
            transaction: id.parse().map_err(|_| Stop::Unreadable("name"))?,
        },
    }))
}

/// Appends a transaction to the journal, and applies those of its changes that are later than the
/// marks.
pub(super) fn append(desk: &Connection, transaction: &Transaction) -> Result<(), Stop> {
    let (at, id) = (decode::micros(transaction.when), transaction.id.to_string());
    desk.prepare_cached(
        "INSERT INTO transactions (id, label, at, machine, session, undoes)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        id,
        transaction.label,
        at,
        format!("{:016x}", transaction.origin.machine),
        format!("{:016x}", transaction.origin.session),
        transaction.undoes.map(|it| it.to_string()),
    ])?;
    let number = desk.last_insert_rowid();
    let mut entry = desk.prepare_cached(
        "INSERT INTO journal (tx, article, field, before, after) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    let mut mark = desk.prepare_cached(
        "INSERT INTO marks (article, field, value, tx) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (article, field) DO UPDATE SET value = excluded.value, tx = excluded.tx
         WHERE (SELECT at, id FROM transactions WHERE number = marks.tx) < (?5, ?6)",
    )?;
    let mut known = None;
    for change in &transaction.changes {
        if known != Some(change.article) && !knows(desk, change.article)? {
            return Err(DeskError::NoIdentity(change.article).into());
        }
        known = Some(change.article);
        let MarkChange {
            before,
            after,
            field,
            ..
        } = change;
        if !field.admits(before) || !field.admits(after) {
            return Err(DeskError::WrongValue(field.clone()).into());
        }
        let article = change.article.0.cast_signed();
        let field = field.to_string();
        let before = decode::json(before).to_string();
        let after = decode::json(after).to_string();
        entry.execute(params![number, article, field, before, after])?;
        mark.execute(params![article, field, after, number, at, id])?;
    }
    Ok(())
}

fn knows(desk: &Connection, article: Subject) -> Result<bool, Stop> {
    Ok(desk
        .prepare_cached("SELECT 1 FROM articles WHERE subject = ?1")?
        .exists([article.0.cast_signed()])?)
}

/// Records what an article is at the moment of a decision. An unknown fingerprint leaves the
/// previous one in place.
pub(super) fn note(
    desk: &Connection,
    subject: Subject,
    identity: &Identity,
    at: i64,
) -> Result<(), Stop> {
    desk.prepare_cached(
        "INSERT INTO articles (subject, root, path, page, fingerprint, seen, noted, version)
         VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6, ?7)
         ON CONFLICT (subject) DO UPDATE SET
             root = excluded.root, path = excluded.path, page = excluded.page,
             fingerprint = coalesce(excluded.fingerprint, fingerprint),
             seen = coalesce(excluded.seen, seen), noted = excluded.noted,
             version = excluded.version",
    )?
    .execute(params![
        subject.0.cast_signed(),
        identity.root,
        identity.path,
        identity.page.map(u64::cast_signed),
        identity.fingerprint.map(|it| it.0.cast_signed()),
        at,
        identity.version.map(|it| it.0.cast_signed()),
    ])?;
    Ok(())
}

pub(super) fn renew(
    desk: &Connection,
    seen: &[(Subject, Identity)],
    now: Timestamp,
) -> Result<(), Stop> {
    let mut statement = desk.prepare_cached(
        "UPDATE articles SET root = ?2, path = ?3, page = ?4, seen = coalesce(?5, seen),
             noted = max(?6, noted + 1), version = ?7
         WHERE subject = ?1",
    )?;
    for (subject, identity) in seen {
        statement.execute(params![
            subject.0.cast_signed(),
            identity.root,
            identity.path,
            identity.page.map(u64::cast_signed),
            identity.fingerprint.map(|it| it.0.cast_signed()),
            decode::micros(now),
            identity.version.map(|it| it.0.cast_signed()),
        ])?;
    }
    Ok(())
}
