//! Merging another desk, and rebuilding the marks from the journal. Both follow one rule: of a
//! field's changes, the one with the greatest time and id prevails.

use rusqlite::{Connection, params};

use super::stop::Stop;
use super::{KnownArticle, Merged, Records, commit, decode};
use crate::model::TransactionId;

pub(super) fn merge(desk: &Connection, records: &Records) -> Result<Merged, Stop> {
    for known in &records.articles {
        take_in(desk, known)?;
    }
    let mut merged = Merged::default();
    for transaction in &records.transactions {
        if is_known(desk, transaction.id)? {
            merged.known += 1;
        } else {
            commit::append(desk, transaction)?;
            merged.new += 1;
        }
    }
    Ok(merged)
}

fn is_known(desk: &Connection, id: TransactionId) -> Result<bool, Stop> {
    Ok(desk
        .prepare_cached("SELECT 1 FROM transactions WHERE id = ?1")?
        .exists([id.to_string()])?)
}

/// The later record prevails, and of simultaneous ones the one with greater values, so that the
/// order of merging does not matter. A root stays known while the path stays the same.
fn take_in(desk: &Connection, known: &KnownArticle) -> Result<(), Stop> {
    desk.prepare_cached(
        "INSERT INTO articles (subject, root, path, page, fingerprint, seen, noted)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (subject) DO UPDATE SET
             root = CASE
                 WHEN excluded.root <> '' THEN excluded.root
                 WHEN excluded.path = path THEN root
                 ELSE '' END,
             path = excluded.path, page = excluded.page,
             fingerprint = excluded.fingerprint, seen = excluded.seen, noted = excluded.noted,
             version = NULL
         WHERE (noted, path, coalesce(page, 0), coalesce(fingerprint, 0), coalesce(seen, 0))
             < (excluded.noted, excluded.path, coalesce(excluded.page, 0),
                coalesce(excluded.fingerprint, 0), coalesce(excluded.seen, 0))",
    )?
    .execute(params![
        known.subject.0.cast_signed(),
        known.identity.root,
        known.identity.path,
        known.identity.page.map(u64::cast_signed),
        known.identity.fingerprint.map(|it| it.0.cast_signed()),
        known.seen.map(|it| it.0.cast_signed()),
        decode::micros(known.noted),
    ])?;
    Ok(())
}

/// Returns how many fields of marks were wrong, missing or superfluous.
pub(super) fn rebuild(desk: &Connection) -> Result<usize, Stop> {
    desk.execute_batch(
        "CREATE TEMP TABLE anew AS
             SELECT article, field, after AS value, tx FROM (
                 SELECT article, field, after, tx,
                        row_number() OVER (
                            PARTITION BY article, field ORDER BY at DESC, id DESC) AS place
                 FROM journal JOIN transactions ON number = tx)
             WHERE place = 1",
    )?;
    let corrected: i64 = desk.query_row(
        "SELECT count(*) FROM (
             SELECT article, field FROM
                 (SELECT article, field, value, tx FROM main.marks
                  EXCEPT SELECT article, field, value, tx FROM temp.anew)
             UNION
             SELECT article, field FROM
                 (SELECT article, field, value, tx FROM temp.anew
                  EXCEPT SELECT article, field, value, tx FROM main.marks))",
        [],
        |row| row.get(0),
    )?;
    desk.execute_batch(
        "DELETE FROM marks;
         INSERT INTO marks (article, field, value, tx) SELECT article, field, value, tx FROM anew;
         DROP TABLE anew",
    )?;
    Ok(usize::try_from(corrected).unwrap_or_default())
}
