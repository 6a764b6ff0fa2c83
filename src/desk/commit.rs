//! Writing decisions into the journal and the marks. Everything here runs inside one SQLite
//! transaction.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use jiff::Timestamp;
use rusqlite::{Connection, params};

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
    let wanted = last_of_each_field(&decision.changes);
    for of_one in wanted.chunk_by(|one, next| one.article == next.article) {
        let kept = fields_of(desk, of_one[0].article)?;
        for wanted in of_one {
            let current = kept.of(&wanted.field)?;
            if let Some(current) = &current {
                when = when.max(after(current.stamp));
            }
            let before = current.map_or_else(|| wanted.before.clone(), |current| current.value);
            if before != wanted.after {
                changes.push(MarkChange {
                    article: wanted.article,
                    field: wanted.field.clone(),
                    before,
                    after: wanted.after.clone(),
                });
            }
        }
    }
    if changes.is_empty() {
        return Ok(None);
    }
    note_decided(desk, &decision.articles, &changes, when)?;
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

/// Notes the articles that changes are about. Changes are in table order.
fn note_decided(
    desk: &Connection,
    articles: &[(Subject, Identity)],
    changes: &[MarkChange],
    when: i64,
) -> Result<(), Stop> {
    let mut decided = changes
        .iter()
        .map(|change| in_tables(change.article))
        .peekable();
    for (number, at) in table_order(articles.iter().map(|(subject, _)| *subject)) {
        while decided.next_if(|it| *it < number).is_some() {}
        if decided.peek() == Some(&number) {
            let (subject, identity) = &articles[at];
            note(desk, *subject, identity, when)?;
        }
    }
    Ok(())
}

/// In table order, and for each article in the order in which its fields were first named: writing
/// a table in order is several times as fast.
fn last_of_each_field(changes: &[MarkChange]) -> Vec<&MarkChange> {
    let mut kept: Vec<&MarkChange> = Vec::with_capacity(changes.len());
    // Where the fields of one article are kept.
    let mut places: HashMap<&MarkField, usize> = HashMap::new();
    for (_, at) in table_order(changes.iter().map(|change| change.article)) {
        let change = &changes[at];
        if kept.last().is_some_and(|it| it.article != change.article) {
            places.clear();
        }
        match places.entry(&change.field) {
            Entry::Occupied(place) => kept[*place.get()] = change,
            Entry::Vacant(place) => {
                place.insert(kept.len());
                kept.push(change);
            }
        }
    }
    kept
}

/// The numbers of articles in table order, each with its place in what is ordered. Those of one article
/// stay as they were.
fn table_order(articles: impl Iterator<Item = Subject>) -> Vec<(i64, usize)> {
    let mut order: Vec<(i64, usize)> = articles
        .enumerate()
        .map(|(at, subject)| (in_tables(subject), at))
        .collect();
    order.sort_unstable();
    order
}

/// The number by which articles are ordered in the tables.
fn in_tables(subject: Subject) -> i64 {
    subject.0.cast_signed()
}

/// The first microsecond after a change.
pub(super) fn after(stamp: ChangeStamp) -> i64 {
    decode::micros(stamp.when) + 1
}

/// The fields of an article's mark, as they are in the tables.
pub(super) struct Fields(Vec<(String, String, i64, String)>);

impl Fields {
    /// `None` if the field was never decided on.
    pub(super) fn of(&self, field: &MarkField) -> Result<Option<Current>, Stop> {
        if self.0.is_empty() {
            return Ok(None);
        }
        let name = field.to_string();
        let Some((_, value, at, id)) = self.0.iter().find(|(it, ..)| *it == name) else {
            return Ok(None);
        };
        Ok(Some(Current {
            value: decode::value_in(field, value).ok_or(Stop::Unreadable("mark"))?,
            stamp: ChangeStamp {
                when: decode::time(*at).ok_or(Stop::Unreadable("time"))?,
                transaction: id.parse().map_err(|_| Stop::Unreadable("name"))?,
            },
        }))
    }
}

pub(super) fn fields_of(desk: &Connection, article: Subject) -> Result<Fields, Stop> {
    let mut statement = desk.prepare_cached(
        "SELECT field, value, at, id FROM marks JOIN transactions ON number = tx WHERE article = ?1",
    )?;
    let fields = statement.query_map([in_tables(article)], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
    })?;
    Ok(Fields(fields.collect::<Result<_, _>>()?))
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
    // As one statement SQLite would keep what it is about to change of each page.
    let mut new = desk.prepare_cached(
        "INSERT INTO marks (article, field, value, tx) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (article, field) DO NOTHING",
    )?;
    let mut later = desk.prepare_cached(
        "UPDATE marks SET value = ?3, tx = ?4 WHERE article = ?1 AND field = ?2
         AND (SELECT at, id FROM transactions WHERE number = marks.tx) < (?5, ?6)",
    )?;
    let (mut known, mut is_marked) = (None, false);
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
        let article = in_tables(change.article);
        let field = field.to_string();
        let before = decode::json(before).to_string();
        let after = decode::json(after).to_string();
        entry.execute(params![number, article, field, before, after])?;
        // What the last one was, this one is likely to be.
        is_marked = if is_marked {
            later.execute(params![article, field, after, number, at, id])? == 1
                || new.execute(params![article, field, after, number])? == 0
        } else {
            new.execute(params![article, field, after, number])? == 0 && {
                later.execute(params![article, field, after, number, at, id])?;
                true
            }
        };
    }
    Ok(())
}

fn knows(desk: &Connection, article: Subject) -> Result<bool, Stop> {
    Ok(desk
        .prepare_cached("SELECT 1 FROM articles WHERE subject = ?1")?
        .exists([in_tables(article)])?)
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
