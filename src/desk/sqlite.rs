//! The desk in SQLite: one connection, and what keeps it safe. The statements are in `commit`,
//! `undo`, `merge` and `read`.

use std::collections::HashSet;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, Transaction as SqlTransaction, TransactionBehavior};

use super::arrivals::{self, Arrival};
use super::copy::DeskCopy;
use super::intent::Intent;
use super::scope::Scope;
use super::stop::Stop;
use super::trouble::{DeskError, Trouble};
use super::{
    Desk, JournalEntry, Marked, Merged, NewDecision, Records, UndoTarget, Undone, commit, merge,
    read, schema, undo, writes,
};
use crate::model::{Identity, Subject, Transaction, TransactionId, TransactionOrigin};

/// A desk in a file, or in memory for a run that has none better.
#[derive(Debug)]
pub struct SqliteDesk {
    connection: Connection,
    path: PathBuf,
    scope: Scope,
    /// The last row of the journal that this program knows.
    seen: i64,
    /// A counter that SQLite increments when another connection writes.
    data_version: i64,
    /// Why this desk must no longer be written.
    failed: Option<Trouble>,
    access: Access,
    /// The copy opened in place of the file; removed when dropped.
    _copy: Option<DeskCopy>,
    /// The file at `path` when it was opened; `None` for a desk in memory.
    file: Option<FileName>,
}

/// SQLite's cache size, in its own unit: kibibytes as a negative number.
const CACHE: i64 = -2_000;
/// The same while writing: a decision on 100,000 articles touches all pages of the tables.
const CACHE_WRITING: i64 = -65_536;

/// What may be done with an opened desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    Write,
    Read,
}

/// How the system identifies a file, whatever its path: device and inode.
type FileName = (u64, u64);

impl SqliteDesk {
    /// A desk that is lost when the program ends.
    ///
    /// # Errors
    /// If there is no memory, or no random number for it.
    pub fn in_memory() -> Result<Self, DeskError> {
        let path = Path::new("in memory");
        let fresh = || {
            let mut connection = Connection::open_in_memory()?;
            schema::prepare(&connection)?;
            schema::create(&mut connection, schema::STEPS)?;
            Self::over(connection, path, Access::Write)
        };
        fresh().map_err(|stop: Stop| stop.at(path))
    }

    /// The same with the origin of another desk, so that what is merged into that one later counts
    /// as its own.
    pub(super) fn in_memory_for(origin: TransactionOrigin) -> Result<Self, DeskError> {
        let mut desk = Self::in_memory()?;
        desk.scope.origin = origin;
        Ok(desk)
    }

    /// A desk on a connection whose file has been checked.
    pub(super) fn over(connection: Connection, path: &Path, access: Access) -> Result<Self, Stop> {
        let machine: String =
            connection.query_row("SELECT machine FROM desk", [], |row| row.get(0))?;
        let machine = u64::from_str_radix(&machine, 16).map_err(|_| Stop::Unreadable("machine"))?;
        let session = getrandom::u64().map_err(|error| Trouble::Unexpected(error.to_string()))?;
        let last = "SELECT coalesce(max(number), 0) FROM transactions";
        Ok(Self {
            scope: Scope {
                origin: TransactionOrigin { machine, session },
                opened_after: connection.query_row(last, [], |row| row.get(0))?,
            },
            seen: last_row(&connection)?,
            data_version: data_version(&connection)?,
            file: file_at(path),
            path: path.to_path_buf(),
            failed: None,
            access,
            _copy: None,
            connection,
        })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn origin(&self) -> TransactionOrigin {
        self.scope.origin
    }

    /// Whether decisions can be kept, if nothing is wrong.
    pub fn is_writable(&self) -> bool {
        self.access == Access::Write
    }

    /// Makes it the desk of a copy, which it keeps while it is open.
    pub(super) fn read_only(&mut self, copy: DeskCopy) {
        self.access = Access::Read;
        self._copy = Some(copy);
    }

    /// # Errors
    /// If the file at its path is no longer the one that was opened: nobody would find what is
    /// written now.
    pub(super) fn at_its_path(&self) -> Result<(), Trouble> {
        if self.file == file_at(&self.path) {
            Ok(())
        } else {
            Err(Trouble::Moved(self.path.clone()))
        }
    }

    /// How long to wait for another program that holds the desk.
    pub(super) fn set_patience(&mut self, patience: Duration) -> Result<(), DeskError> {
        self.reading(|connection| Ok(connection.busy_timeout(patience)?))
    }

    /// Makes the file seem to be on a full disk at this many pages.
    #[cfg(test)]
    pub(super) fn limit_pages(&mut self, pages: u32) {
        let set =
            self.connection
                .pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()));
        set.expect("a limit");
    }

    /// Records what a publication is about to write.
    pub(super) fn begin_writing(
        &mut self,
        id: TransactionId,
        intents: &[Intent],
        now: Timestamp,
    ) -> Result<(), DeskError> {
        self.writing(|desk, _| writes::begin(desk, id, intents, now))
    }

    pub(super) fn note_written(
        &mut self,
        id: TransactionId,
        files: &[(&Intent, Option<Identity>)],
        now: Timestamp,
    ) -> Result<(), DeskError> {
        self.writing(|desk, _| writes::written(desk, id, files, now))
    }

    pub(super) fn end_writing(
        &mut self,
        id: TransactionId,
        now: Timestamp,
    ) -> Result<Option<Transaction>, DeskError> {
        self.writing(|desk, scope| {
            let mut rows = writes::all(desk)?;
            rows.retain(|row| row.publication == id);
            writes::end(desk, scope.origin, id, &rows, now)
        })
    }

    /// What unfinished publications were about to write.
    pub(super) fn open_writes(&mut self) -> Result<Vec<writes::WriteRow>, DeskError> {
        self.reading(writes::all)
    }

    /// Finishes publications, given the outcome for their files.
    pub(super) fn settle_writes(
        &mut self,
        rows: &[writes::WriteRow],
        now: Timestamp,
    ) -> Result<(), DeskError> {
        self.writing(|desk, scope| {
            for rows in rows.chunk_by(|one, next| one.publication == next.publication) {
                writes::end(desk, scope.origin, rows[0].publication, rows, now)?;
            }
            Ok(())
        })
    }

    /// What is known of entries of a feed, each given by its guid and its page: the one with that
    /// guid, else those with that page, the feed's own first.
    ///
    /// # Errors
    /// If the desk cannot be read.
    pub fn arrivals(
        &mut self,
        feed: &str,
        entries: &[(&str, Option<u64>)],
    ) -> Result<Vec<Vec<Arrival>>, DeskError> {
        self.reading(|desk| {
            let known = entries.iter().map(|(guid, page)| {
                match (arrivals::by_guid(desk, feed, guid)?, page) {
                    (None, Some(page)) => arrivals::by_page(desk, feed, *page),
                    (found, _) => Ok(found.into_iter().collect()),
                }
            });
            known.collect()
        })
    }

    /// Records entries that have become files, or what is new about them.
    ///
    /// # Errors
    /// If they cannot be recorded; then none is.
    pub fn note_arrivals(&mut self, arrivals: &[Arrival]) -> Result<(), DeskError> {
        self.writing(|desk, _| arrivals::note(desk, arrivals))
    }

    /// The guids of a feed's known entries.
    ///
    /// # Errors
    /// If the desk cannot be read.
    pub fn guids_of_feed(&mut self, feed: &str) -> Result<HashSet<String>, DeskError> {
        self.reading(|desk| arrivals::guids(desk, feed))
    }

    /// Where the files of a feed were written.
    ///
    /// # Errors
    /// If the desk cannot be read.
    pub fn paths_of_feed(&mut self, feed: &str) -> Result<Vec<PathBuf>, DeskError> {
        self.reading(|desk| arrivals::paths(desk, feed))
    }

    /// Records where files of a feed were moved, from and to.
    ///
    /// # Errors
    /// If that cannot be recorded.
    pub fn note_moved_arrivals(
        &mut self,
        feed: &str,
        moved: &[(PathBuf, PathBuf)],
    ) -> Result<(), DeskError> {
        self.writing(|desk, _| arrivals::moved(desk, feed, moved))
    }

    /// Records the new address of a feed.
    ///
    /// # Errors
    /// If that cannot be recorded.
    pub fn readdress_feed(&mut self, from: &str, to: &str) -> Result<(), DeskError> {
        self.writing(|desk, _| arrivals::readdress(desk, from, to))
    }

    fn reading<T>(
        &mut self,
        work: impl FnOnce(&Connection) -> Result<T, Stop>,
    ) -> Result<T, DeskError> {
        let answer = work(&self.connection);
        self.settle(answer)
    }

    /// Does all of `work` or nothing, and returns once it is on disk.
    fn writing<T>(
        &mut self,
        work: impl FnOnce(&SqlTransaction<'_>, &Scope) -> Result<T, Stop>,
    ) -> Result<T, DeskError> {
        if let Some(trouble) = &self.failed {
            return Err(trouble.clone().into());
        }
        if !self.is_writable() {
            return Err(Trouble::ReadOnly(self.path.clone()).into());
        }
        self.at_its_path()?;
        let answer = write(&mut self.connection, &self.path, &self.scope, work);
        // Checked again: we promise durability only for a file that the next program will find.
        let answer = answer.and_then(|answer| Ok(self.at_its_path().map(|()| answer)?));
        let answer = answer.map(|(answer, rows)| {
            // Rows that others have added meanwhile are left for `news`.
            if rows.start == self.seen {
                self.seen = rows.end;
            }
            answer
        });
        self.settle(answer)
    }

    /// Turns the error into words, and gives up the file if it can no longer be trusted.
    fn settle<T>(&mut self, answer: Result<T, Stop>) -> Result<T, DeskError> {
        let error = match answer {
            Ok(answer) => return Ok(answer),
            Err(stop) => stop.at(&self.path),
        };
        if let DeskError::Trouble(trouble) = &error
            && trouble.is_final()
            && self.failed.is_none()
        {
            self.failed = Some(trouble.clone());
            leave_as_it_is(&self.connection);
        }
        Err(error)
    }
}

fn file_at(path: &Path) -> Option<FileName> {
    let metadata = std::fs::metadata(path).ok()?;
    Some((metadata.dev(), metadata.ino()))
}

/// Keeps the last connection from copying the log into a damaged file when it closes.
pub(super) fn leave_as_it_is(connection: &Connection) {
    // There is nothing else to do with a connection that refuses even this.
    let _ = connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
}

/// Returns the result of `work`, and the last row of the journal before and after.
fn write<T>(
    connection: &mut Connection,
    path: &Path,
    scope: &Scope,
    work: impl FnOnce(&SqlTransaction<'_>, &Scope) -> Result<T, Stop>,
) -> Result<(T, std::ops::Range<i64>), Stop> {
    connection.pragma_update(None, "cache_size", CACHE_WRITING)?;
    let written = write_all_or_nothing(connection, path, scope, work);
    connection.pragma_update(None, "cache_size", CACHE)?;
    written
}

fn write_all_or_nothing<T>(
    connection: &mut Connection,
    path: &Path,
    scope: &Scope,
    work: impl FnOnce(&SqlTransaction<'_>, &Scope) -> Result<T, Stop>,
) -> Result<(T, std::ops::Range<i64>), Stop> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // A newer program may have changed the tables since they were opened.
    schema::identify(&transaction, path)?;
    let before = last_row(&transaction)?;
    let answer = work(&transaction, scope)?;
    let after = last_row(&transaction)?;
    transaction.commit()?;
    Ok((answer, before..after))
}

fn last_row(connection: &Connection) -> Result<i64, Stop> {
    let last = "SELECT coalesce(max(row), 0) FROM journal";
    Ok(connection.query_row(last, [], |row| row.get(0))?)
}

fn data_version(connection: &Connection) -> Result<i64, Stop> {
    Ok(connection.pragma_query_value(None, "data_version", |row| row.get(0))?)
}

impl Desk for SqliteDesk {
    fn all(&mut self) -> Result<Vec<Marked>, DeskError> {
        self.reading(read::all)
    }

    fn news(&mut self) -> Result<Vec<Marked>, DeskError> {
        self.at_its_path()?;
        let (version, seen) = (self.data_version, self.seen);
        let (version, last, news) = self.reading(|connection| {
            let now = data_version(connection)?;
            if now == version {
                return Ok((now, seen, Vec::new()));
            }
            // Read before the marks: what happens in between is reported twice rather than never.
            let last = last_row(connection)?;
            Ok((now, last, read::changed_since(connection, seen)?))
        })?;
        (self.data_version, self.seen) = (version, last);
        Ok(news)
    }

    fn commit(
        &mut self,
        decision: &NewDecision,
        id: TransactionId,
        now: Timestamp,
    ) -> Result<Option<Transaction>, DeskError> {
        self.writing(|desk, scope| commit::commit(desk, scope.origin, decision, id, now))
    }

    fn undo(
        &mut self,
        which: UndoTarget,
        id: TransactionId,
        now: Timestamp,
    ) -> Result<Undone, DeskError> {
        self.writing(|desk, scope| undo::undo(desk, scope, which, id, now))
    }

    fn redo(&mut self, id: TransactionId, now: Timestamp) -> Result<Undone, DeskError> {
        self.writing(|desk, scope| undo::redo(desk, scope, id, now))
    }

    fn journal(
        &mut self,
        before: Option<i64>,
        most: usize,
    ) -> Result<Vec<JournalEntry>, DeskError> {
        self.reading(|connection| read::journal(connection, before, most))
    }

    fn renew(&mut self, seen: &[(Subject, Identity)], now: Timestamp) -> Result<(), DeskError> {
        self.writing(|desk, _| commit::renew(desk, seen, now))
    }

    fn records(&mut self) -> Result<Records, DeskError> {
        self.reading(read::records)
    }

    fn merge(&mut self, records: &Records) -> Result<Merged, DeskError> {
        self.writing(|desk, _| merge::merge(desk, records))
    }

    fn rebuild(&mut self) -> Result<usize, DeskError> {
        self.writing(|desk, _| merge::rebuild(desk))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::tests::{decide_done, id, now};
    use rusqlite::ffi;

    #[test]
    fn after_a_failed_sync_nothing_is_written_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("desk.db");
        let mut desk = crate::desk::tests::opened(&path);
        decide_done(&mut desk, 1).expect("kept");
        let failure = ffi::Error::new(ffi::SQLITE_IOERR_FSYNC);
        let failed: Result<(), _> =
            desk.writing(|_, _| Err(rusqlite::Error::SqliteFailure(failure, None).into()));
        let trouble = failed.expect_err("the sync has failed");
        assert!(matches!(
            &trouble,
            DeskError::Trouble(Trouble::Failed { .. })
        ));

        let before = std::fs::read(&path).expect("the desk");
        assert_eq!(decide_done(&mut desk, 2), Err(trouble.clone()));
        assert_eq!(desk.undo(UndoTarget::Last, id(9), now()), Err(trouble));
        drop(desk);
        assert_eq!(std::fs::read(&path).expect("the desk"), before);
    }
}
