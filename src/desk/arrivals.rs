//! The entries of feeds that have become files, so that none becomes a second one, and a file that
//! a person deleted or moved stays so. They are as safe as marks, but independent of them.

use std::collections::HashSet;
use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::PathBuf;

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::stop::Stop;

/// An entry of a feed, and the file that it has become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// The address of the feed.
    pub feed: String,
    /// The feed's guid for the entry.
    pub guid: String,
    /// Its previous guid, if that has changed: the entry is no longer known by it.
    pub old_guid: Option<String>,
    /// The page that it links to, as `format::link` identifies pages.
    pub page: Option<u64>,
    /// Where its file was written.
    pub path: PathBuf,
    pub said: SourceHashes,
}

/// What the source of an article said when its file was last written: a hash for each field that
/// follows the source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SourceHashes {
    pub title: u64,
    pub excerpt: u64,
    pub updated: u64,
    pub body: u64,
}

/// The entry of a feed with this guid.
pub(super) fn by_guid(desk: &Connection, feed: &str, guid: &str) -> Result<Option<Arrival>, Stop> {
    Ok(desk
        .prepare_cached(
            "SELECT feed, guid, page, path, title, excerpt, updated, body FROM arrivals
             WHERE feed = ?1 AND guid = ?2",
        )?
        .query_row([feed, guid], read)
        .optional()?)
}

/// The entries that link to a page: first the feed's own, then those of others.
pub(super) fn by_page(desk: &Connection, feed: &str, page: u64) -> Result<Vec<Arrival>, Stop> {
    let mut statement = desk.prepare_cached(
        "SELECT feed, guid, page, path, title, excerpt, updated, body FROM arrivals
         WHERE page = ?2 ORDER BY feed <> ?1, feed, guid",
    )?;
    let found = statement.query_map(params![feed, page.cast_signed()], read)?;
    Ok(found.collect::<Result<_, _>>()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Arrival> {
    let hash = |at| row.get(at).map(i64::cast_unsigned);
    let page: Option<i64> = row.get(2)?;
    Ok(Arrival {
        feed: row.get(0)?,
        guid: row.get(1)?,
        old_guid: None,
        page: page.map(i64::cast_unsigned),
        path: PathBuf::from(OsString::from_vec(row.get(3)?)),
        said: SourceHashes {
            title: hash(4)?,
            excerpt: hash(5)?,
            updated: hash(6)?,
            body: hash(7)?,
        },
    })
}

/// Records entries, or what is new about them.
pub(super) fn note(desk: &Connection, arrivals: &[Arrival]) -> Result<(), Stop> {
    let mut statement = desk.prepare_cached(
        "INSERT INTO arrivals (feed, guid, page, path, title, excerpt, updated, body)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT (feed, guid) DO UPDATE SET
             page = excluded.page, path = excluded.path, title = excluded.title,
             excerpt = excluded.excerpt, updated = excluded.updated, body = excluded.body",
    )?;
    let mut forget = desk.prepare_cached("DELETE FROM arrivals WHERE feed = ?1 AND guid = ?2")?;
    for arrival in arrivals {
        if let Some(old) = &arrival.old_guid {
            forget.execute([&arrival.feed, old])?;
        }
        let SourceHashes {
            title,
            excerpt,
            updated,
            body,
        } = arrival.said;
        statement.execute(params![
            arrival.feed,
            arrival.guid,
            arrival.page.map(u64::cast_signed),
            arrival.path.as_os_str().as_bytes(),
            title.cast_signed(),
            excerpt.cast_signed(),
            updated.cast_signed(),
            body.cast_signed(),
        ])?;
    }
    Ok(())
}

/// The guids of a feed's entries.
pub(super) fn guids(desk: &Connection, feed: &str) -> Result<HashSet<String>, Stop> {
    let mut statement = desk.prepare_cached("SELECT guid FROM arrivals WHERE feed = ?1")?;
    let rows = statement.query_map([feed], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The files of a feed.
pub(super) fn paths(desk: &Connection, feed: &str) -> Result<Vec<PathBuf>, Stop> {
    let mut statement = desk.prepare_cached("SELECT path FROM arrivals WHERE feed = ?1")?;
    let rows = statement.query_map([feed], |row| row.get(0).map(OsString::from_vec))?;
    let mut paths = Vec::new();
    for row in rows {
        paths.push(PathBuf::from(row?));
    }
    Ok(paths)
}

/// Records where files of a feed were moved, from and to. Another feed may have the same entry.
pub(super) fn moved(
    desk: &Connection,
    feed: &str,
    moved: &[(PathBuf, PathBuf)],
) -> Result<(), Stop> {
    let mut others = desk.prepare_cached(
        "UPDATE arrivals SET path = ?3 WHERE path = ?2 AND page IN
         (SELECT page FROM arrivals WHERE feed = ?1 AND path = ?2)",
    )?;
    let mut own =
        desk.prepare_cached("UPDATE arrivals SET path = ?3 WHERE feed = ?1 AND path = ?2")?;
    for (from, to) in moved {
        let [from, to] = [from, to].map(|path| path.as_os_str().as_bytes());
        others.execute(params![feed, from, to])?;
        own.execute(params![feed, from, to])?;
    }
    Ok(())
}

/// Records the new address of a feed.
pub(super) fn readdress(desk: &Connection, from: &str, to: &str) -> Result<(), Stop> {
    desk.execute(
        "UPDATE OR IGNORE arrivals SET feed = ?2 WHERE feed = ?1",
        [from, to],
    )?;
    Ok(())
}
