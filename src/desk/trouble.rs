//! What can be wrong with a desk, worded for people: what happened, what to do, and where. The path
//! comes last, since a line that shows it may cut it.

use std::path::{Path, PathBuf};

use rusqlite::{ErrorCode, ffi};
use thiserror::Error;

use super::place::NoPlace;
use crate::model::{MarkField, Subject, TransactionId};

/// Why a desk cannot be used, or not now.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Trouble {
    /// Another program has held it for longer than we wait.
    #[error("the desk is locked by another program; close that one, or wait for it ({})", .0.display())]
    Locked(PathBuf),
    #[error(
        "the desk cannot be written; give yourself permission to write it and its folder ({})",
        .0.display()
    )]
    ReadOnly(PathBuf),
    #[error("there is no space left for the desk; free some on its disk ({})", .0.display())]
    Full(PathBuf),
    #[error(
        "the desk {} was damaged ({what}) and is kept as {}; if you have a copy of it, put that in \
         its place",
        path.display(), aside.display()
    )]
    Damaged {
        path: PathBuf,
        what: String,
        /// What it is called now.
        aside: PathBuf,
    },
    #[error(
        "the desk {} is damaged ({what}); nothing is written to it: put a copy in its place, or \
         move it away to start a new one",
        path.display()
    )]
    Broken { path: PathBuf, what: String },
    #[error(
        "the desk {} was made by a newer newsdesk (format {found}, this one knows {known}); \
         use that one, or name another desk with --desk",
        path.display()
    )]
    Newer {
        path: PathBuf,
        found: i64,
        known: i64,
    },
    #[error("{} is not a desk; name another file with --desk", .0.display())]
    NotADesk(PathBuf),
    /// A write or a sync has failed. The state of the disk is unknown now, so the same file is not
    /// tried again.
    #[error(
        "writing to the desk failed ({what}); nothing more is written to it: check its disk and \
         start newsdesk again ({})",
        path.display()
    )]
    Failed { path: PathBuf, what: String },
    /// A read has failed: its marks are unknown, but nothing is known to be wrong with them.
    #[error(
        "the desk cannot be read ({what}); it was left as it is: check its disk and try again ({})",
        path.display()
    )]
    Unread { path: PathBuf, what: String },
    /// The file at its path is no longer the one that was opened.
    #[error(
        "the desk was moved, replaced or removed while it was open; put it back, or start newsdesk \
         again to use what is there now ({})",
        .0.display()
    )]
    Moved(PathBuf),
    #[error("the desk {} cannot be opened: {what}", path.display())]
    Unreachable { path: PathBuf, what: String },
    /// Nothing that a person could fix, about this desk.
    #[error("the desk {} does not work: {what}", path.display())]
    Unexplained { path: PathBuf, what: String },
    /// There never was a desk.
    #[error(transparent)]
    NoPlace(#[from] NoPlace),
    /// Nothing that a person could fix.
    #[error("the desk does not work: {0}")]
    Unexpected(String),
}

impl Trouble {
    /// Interprets an SQLite error about the file at `path`.
    pub(super) fn from_sqlite(error: &rusqlite::Error, path: &Path) -> Self {
        let what = error.to_string();
        let path = path.to_path_buf();
        if let Some(unreadable) = unreadable(error) {
            let what = format!("unreadable {unreadable}");
            return Self::Broken { path, what };
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked(path),
            Some(ErrorCode::ReadOnly) => Self::ReadOnly(path),
            Some(ErrorCode::DiskFull) => Self::Full(path),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Broken { path, what }
            }
            Some(ErrorCode::SystemIoFailure) => Self::of_io(error, path, what),
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Self::Unreachable { path, what }
            }
            _ => Self::Unexplained { path, what },
        }
    }

    /// Interprets an I/O error from SQLite.
    fn of_io(error: &rusqlite::Error, path: PathBuf, what: String) -> Self {
        match error.sqlite_error().map(|it| it.extended_code) {
            Some(
                ffi::SQLITE_IOERR_READ
                | ffi::SQLITE_IOERR_SHORT_READ
                | ffi::SQLITE_IOERR_FSTAT
                | ffi::SQLITE_IOERR_ACCESS
                | ffi::SQLITE_IOERR_RDLOCK
                | ffi::SQLITE_IOERR_LOCK
                | ffi::SQLITE_IOERR_CORRUPTFS
                | ffi::SQLITE_IOERR_DATA
                | ffi::SQLITE_IOERR_SHMOPEN
                | ffi::SQLITE_IOERR_SHMMAP,
            ) => Self::Unread { path, what },
            // There is no room for the memory that programs share about the log.
            Some(ffi::SQLITE_IOERR_SHMSIZE) if has_no_room(&path) => Self::Full(path),
            Some(ffi::SQLITE_IOERR_SHMSIZE) => Self::Unread { path, what },
            _ => Self::Failed { path, what },
        }
    }

    /// Interprets a system error about the file at `path`.
    #[expect(clippy::wildcard_enum_match_arm, reason = "the enum is not ours")]
    pub(super) fn of_file(error: &std::io::Error, path: &Path) -> Self {
        let path = path.to_path_buf();
        match error.kind() {
            std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
                Self::ReadOnly(path)
            }
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::Full(path),
            _ => Self::Unreachable {
                path,
                what: error.to_string(),
            },
        }
    }

    /// Whether nothing may be written to this desk any more in this run.
    pub fn is_final(&self) -> bool {
        !matches!(
            self,
            Self::Locked(_)
                | Self::Full(_)
                | Self::ReadOnly(_)
                | Self::Unread { .. }
                | Self::Moved(_)
        )
    }

    /// Whether it may pass without a person doing anything in this program.
    pub fn passes(&self) -> bool {
        matches!(
            self,
            Self::Locked(_) | Self::Full(_) | Self::Unread { .. } | Self::Moved(_)
        )
    }
}

/// What a column holds that no desk writes there.
#[expect(clippy::wildcard_enum_match_arm, reason = "the enum is not ours")]
fn unreadable(error: &rusqlite::Error) -> Option<&'static str> {
    match error {
        rusqlite::Error::Utf8Error(..) => Some("text"),
        rusqlite::Error::FromSqlConversionFailure(..) | rusqlite::Error::InvalidColumnType(..) => {
            Some("value")
        }
        rusqlite::Error::IntegralValueOutOfRange(..) => Some("number"),
        _ => None,
    }
}

/// Whether a file's disk is as good as full.
fn has_no_room(path: &Path) -> bool {
    /// What SQLite needs for a file beside the desk.
    const LEAST: u64 = 1 << 16;
    rustix::fs::statvfs(path).is_ok_and(|disk| disk.f_bavail.saturating_mul(disk.f_frsize) < LEAST)
}

/// Why a desk did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DeskError {
    #[error(transparent)]
    Trouble(#[from] Trouble),
    #[error("there is nothing to undo")]
    NothingToUndo,
    #[error("there is nothing to redo")]
    NothingToRedo,
    #[error("the journal has no decision {0}")]
    NoSuch(TransactionId),
    #[error("“{0}” is undone already")]
    TakenBack(String),
    #[error("“{label}” cannot be undone: all of it has changed since, last by “{by}”")]
    Touched { label: String, by: String },
    #[error("the desk does not know the article {0}, and the decision does not describe it")]
    NoIdentity(Subject),
    #[error("“{}” cannot hold this value", .0.to_string().escape_default())]
    WrongValue(MarkField),
    #[error("nothing was imported: line {line}: {reason}")]
    Import { line: usize, reason: String },
    #[error("the export could not be written: {0}")]
    Export(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trouble(code: i32) -> Trouble {
        let error = rusqlite::Error::SqliteFailure(ffi::Error::new(code), None);
        Trouble::from_sqlite(&error, Path::new("/d/desk.db"))
    }

    #[test]
    fn what_sqlite_says_is_told_apart() {
        let path = PathBuf::from("/d/desk.db");
        assert_eq!(trouble(ffi::SQLITE_BUSY), Trouble::Locked(path.clone()));
        assert_eq!(
            trouble(ffi::SQLITE_READONLY_DIRECTORY),
            Trouble::ReadOnly(path.clone())
        );
        assert_eq!(trouble(ffi::SQLITE_FULL), Trouble::Full(path));
        for code in [
            ffi::SQLITE_IOERR_FSYNC,
            ffi::SQLITE_IOERR_WRITE,
            ffi::SQLITE_IOERR,
        ] {
            assert!(matches!(trouble(code), Trouble::Failed { .. }));
        }
        for code in [ffi::SQLITE_NOTADB, ffi::SQLITE_CORRUPT] {
            assert!(matches!(trouble(code), Trouble::Broken { .. }));
        }
        for code in [ffi::SQLITE_CANTOPEN, ffi::SQLITE_PERM] {
            assert!(matches!(trouble(code), Trouble::Unreachable { .. }));
        }
        assert!(matches!(
            trouble(ffi::SQLITE_IOERR_SHMSIZE),
            Trouble::Unread { .. }
        ));
    }

    #[test]
    fn a_column_that_cannot_be_read_is_damage() {
        let desk = rusqlite::Connection::open_in_memory().expect("a database");
        for (select, what) in [
            ("SELECT CAST(X'ff' AS TEXT)", "unreadable text"),
            ("SELECT X'ff'", "unreadable value"),
        ] {
            let read = desk.query_row(select, [], |row| row.get::<_, String>(0));
            let path = PathBuf::from("/d/desk.db");
            let trouble = Trouble::from_sqlite(&read.expect_err(select), &path);
            let what = what.to_owned();
            assert_eq!(trouble, Trouble::Broken { path, what }, "{select}");
        }
        let read = desk.query_row("SELECT 300", [], |row| row.get::<_, u8>(0));
        let trouble = Trouble::from_sqlite(&read.expect_err("too large"), Path::new("d"));
        assert!(
            trouble
                .to_string()
                .contains("d is damaged (unreadable number)")
        );
    }

    #[test]
    fn what_the_system_says_is_told_apart() {
        use std::io::ErrorKind;
        let path = Path::new("/d/desk.db");
        let trouble = |kind: ErrorKind| Trouble::of_file(&kind.into(), path);
        for kind in [ErrorKind::PermissionDenied, ErrorKind::ReadOnlyFilesystem] {
            assert_eq!(trouble(kind), Trouble::ReadOnly(path.into()));
        }
        for kind in [ErrorKind::StorageFull, ErrorKind::QuotaExceeded] {
            assert_eq!(trouble(kind), Trouble::Full(path.into()));
        }
        let other = trouble(ErrorKind::NotADirectory);
        assert!(matches!(other, Trouble::Unreachable { .. }));
    }

    #[test]
    fn a_disk_without_room_is_full() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(!has_no_room(folder.path()));
        // The files of this system take no room, and it has none.
        if cfg!(target_os = "linux") {
            let path = Path::new("/proc/self");
            assert!(has_no_room(path));
            let no_memory = ffi::Error::new(ffi::SQLITE_IOERR_SHMSIZE);
            let error = rusqlite::Error::SqliteFailure(no_memory, None);
            let trouble = Trouble::from_sqlite(&error, path);
            assert_eq!(trouble, Trouble::Full(path.into()));
        }
    }

    #[test]
    fn only_what_passes_is_tried_again() {
        for passes in [
            ffi::SQLITE_BUSY,
            ffi::SQLITE_FULL,
            ffi::SQLITE_READONLY,
            ffi::SQLITE_IOERR_READ,
            ffi::SQLITE_IOERR_SHORT_READ,
        ] {
            assert!(!trouble(passes).is_final());
        }
        for lasts in [
            ffi::SQLITE_IOERR_FSYNC,
            ffi::SQLITE_CORRUPT,
            ffi::SQLITE_MISUSE,
        ] {
            assert!(trouble(lasts).is_final());
        }
    }
}
