//! The entries of feeds that have become files, so that none becomes a second one, and a file that a
//! person has deleted or moved stays so. They are as safe as marks, and know nothing of them.

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
    /// What the feed calls the entry.
    pub guid: String,
    /// The page that it leads to, as `format::link` identifies pages.
    pub page: Option<u64>,
    /// Where its file was written.
    pub path: PathBuf,
    pub said: Said,
}

/// What the source of an article said when its file was last written: a hash for each field that
/// follows the source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Said {
    pub title: u64,
    pub excerpt: u64,
    pub updated: u64,
    pub body: u64,
}

/// The entry of a feed by the feed's own name for it.
pub(super) fn by_guid(desk: &Connection, feed: &str, guid: &str) -> Result<Option<Arrival>, Stop> {
    Ok(desk
        .prepare_cached(
            "SELECT feed, guid, page, path, title, excerpt, updated, body FROM arrivals
             WHERE feed = ?1 AND guid = ?2",
        )?
        .query_row([feed, guid], read)
        .optional()?)
}

/// The entry of a feed that leads to a page; the last one noted, if there are several.
pub(super) fn by_page(desk: &Connection, feed: &str, page: u64) -> Result<Option<Arrival>, Stop> {
    Ok(desk
        .prepare_cached(
            "SELECT feed, guid, page, path, title, excerpt, updated, body FROM arrivals
             WHERE feed = ?1 AND page = ?2 ORDER BY guid LIMIT 1",
        )?
        .query_row(params![feed, page.cast_signed()], read)
        .optional()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Arrival> {
    let hash = |at| row.get(at).map(i64::cast_unsigned);
    let page: Option<i64> = row.get(2)?;
    Ok(Arrival {
        feed: row.get(0)?,
        guid: row.get(1)?,
        page: page.map(i64::cast_unsigned),
        path: PathBuf::from(OsString::from_vec(row.get(3)?)),
        said: Said {
            title: hash(4)?,
            excerpt: hash(5)?,
            updated: hash(6)?,
            body: hash(7)?,
        },
    })
}

/// Notes entries, or what is new about them.
pub(super) fn note(desk: &Connection, arrivals: &[Arrival]) -> Result<(), Stop> {
    let mut statement = desk.prepare_cached(
        "INSERT INTO arrivals (feed, guid, page, path, title, excerpt, updated, body)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT (feed, guid) DO UPDATE SET
             page = excluded.page, path = excluded.path, title = excluded.title,
             excerpt = excluded.excerpt, updated = excluded.updated, body = excluded.body",
    )?;
    for arrival in arrivals {
        let Said {
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

/// Notes that a feed has another address from now on.
pub(super) fn readdress(desk: &Connection, from: &str, to: &str) -> Result<(), Stop> {
    desk.execute(
        "UPDATE OR IGNORE arrivals SET feed = ?2 WHERE feed = ?1",
        [from, to],
    )?;
    Ok(())
}
