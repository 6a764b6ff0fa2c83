//! Opening the desk in a file: creating it, migrating an older one, and reporting what is wrong
//! with one that cannot be used. Nothing is ever overwritten here. `damage` finds out whether a
//! desk is damaged.

use std::fs;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::checked::DeskVersion;
use super::copy::{DeskCopy, beside};
use super::damage::{self, OnDamage};
use super::place::folder_of;
use super::schema;
use super::sqlite::{Access, SqliteDesk, leave_as_it_is};
use super::stop::Stop;
use super::trouble::{DeskError, Trouble};

/// The result of opening a desk.
#[derive(Debug)]
pub enum Opening {
    /// It can be used. The notices are to be shown.
    Opened {
        desk: SqliteDesk,
        notice: Option<Notice>,
    },
    /// Marks can be read but not written.
    ReadOnly { desk: SqliteDesk, why: Trouble },
    /// Not even that.
    Unusable { why: Trouble },
}

/// What to say about a desk that can be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Notice {
    /// It replaces a damaged one: shown for as long as that one is there.
    #[error(
        "an earlier desk was damaged and is kept as {}; move it away once you no longer need it",
        .0.display()
    )]
    Damaged(PathBuf),
    #[error("the desk was converted to the current format; the old one is kept as {}", .0.display())]
    Migrated(PathBuf),
    /// A publication had not finished.
    #[error("{}", settled(*written, *waiting, kept))]
    Settled {
        /// Number of articles whose files were written.
        written: usize,
        /// Number of articles whose files were not.
        waiting: usize,
        /// Files beside them that may be another program's.
        kept: Vec<PathBuf>,
    },
}

fn settled(written: usize, waiting: usize, kept: &[PathBuf]) -> String {
    let mut said = format!(
        "a publication was interrupted: of {} files, {written} were written and are in the journal \
         now, and {waiting} wait: publish or unpublish with `-q is:staged` writes them, `newsdesk \
         undo` undoes all of it",
        written + waiting
    );
    for path in kept {
        said.push_str(&format!(
            "; {} may be another program's version: compare it",
            path.display()
        ));
    }
    said
}

/// Opens the desk at `path`, creating it and its folder if necessary.
///
/// `patience` is how long to wait for another program that holds it, now and at every later
/// request. A desk that the system merely fails to read is never taken for damaged.
pub fn open(path: &Path, patience: Duration, on_damage: OnDamage) -> Opening {
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    match open_writable(path, patience) {
        Ok((desk, migrated)) => Opening::Opened {
            desk,
            notice: put_aside_at(path).or(migrated.map(Notice::Migrated)),
        },
        Err(Trouble::Broken { what, .. }) => {
            let is_sound = |copy: &Path| writable(copy, copy, patience).map(drop);
            Opening::Unusable {
                why: match damage::prove(path, &what, is_sound) {
                    Ok(what) => damage::deal_with(path, what, on_damage),
                    Err(unread) => unread,
                },
            }
        }
        Err(why @ (Trouble::ReadOnly(_) | Trouble::Unreachable { .. } | Trouble::Full(_))) => {
            match open_readable(path, patience) {
                Ok(desk) => Opening::ReadOnly {
                    desk,
                    why: if matches!(why, Trouble::Full(_)) {
                        why
                    } else {
                        Trouble::ReadOnly(path.clone())
                    },
                },
                Err(_) => Opening::Unusable { why },
            }
        }
        Err(why) => Opening::Unusable { why },
    }
}

/// A notice about a desk that was moved aside at `path`, for as long as it is there.
pub fn put_aside_at(path: &Path) -> Option<Notice> {
    damage::put_aside_at(path).map(Notice::Damaged)
}

fn open_writable(
    path: &Path,
    patience: Duration,
) -> Result<(SqliteDesk, Option<PathBuf>), Trouble> {
    if path.symlink_metadata().is_err() {
        make(path)?;
    }
    writable(path, path, patience)
}

/// Opens the file `at`, which messages call `path`.
fn writable(
    at: &Path,
    path: &Path,
    patience: Duration,
) -> Result<(SqliteDesk, Option<PathBuf>), Trouble> {
    look_at_file(at)?;
    let attempt = || -> Result<_, Stop> {
        let mut connection = connect(at, OpenFlags::SQLITE_OPEN_READ_WRITE, patience)?;
        if connection.is_readonly("main")? {
            return Err(Trouble::ReadOnly(path.to_path_buf()).into());
        }
        look_into(&connection, path)?;
        let migrated = schema::migrate(&mut connection, at, schema::STEPS)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
        Ok((SqliteDesk::over(connection, path, Access::Write)?, migrated))
    };
    attempt().map_err(|stop| trouble(stop, path))
}

/// Opens a desk read-only: where it is, or else a copy.
fn open_readable(path: &Path, patience: Duration) -> Result<SqliteDesk, Trouble> {
    let attempt = |name: &Path, flags| -> Result<_, Stop> {
        let connection = connect(name, flags, patience)?;
        look_into(&connection, path)?;
        if schema::version(&connection)? < schema::STEPS.len() as i64 {
            return Err(Trouble::Unexpected("it has an older format".to_owned()).into());
        }
        SqliteDesk::over(connection, path, Access::Read)
    };
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    let is_refused = |stop: &Stop| {
        matches!(stop, Stop::Sqlite(error)
            if matches!(error.sqlite_error_code(), Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly)))
    };
    let direct = match attempt(path, flags) {
        // SQLite wants to create its files beside the desk and must not. Without a log it does not
        // need them, since nobody writes where nobody may.
        Err(stop) if is_refused(&stop) && !has_log(path) => {
            let immutable = immutable(path);
            attempt(&immutable, flags | OpenFlags::SQLITE_OPEN_URI)
        }
        other => other,
    };
    match direct {
        Ok(desk) => Ok(desk),
        Err(stop) => {
            let why = trouble(stop, path);
            if matches!(why, Trouble::Broken { .. }) {
                return Err(why);
            }
            open_copy(path, patience).ok_or(why)
        }
    }
}

/// Whatever is wrong with the place of a desk, a copy elsewhere shows its marks.
fn open_copy(path: &Path, patience: Duration) -> Option<SqliteDesk> {
    let copy = DeskCopy::new(path).ok()?;
    let (mut desk, _) = writable(&copy.path(), path, patience).ok()?;
    desk.read_only(copy);
    Some(desk)
}

fn connect(path: &Path, flags: OpenFlags, patience: Duration) -> Result<Connection, Stop> {
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(patience)?;
    // Until it is known to be sound.
    leave_as_it_is(&connection);
    schema::prepare(&connection)?;
    Ok(connection)
}

/// The URI by which SQLite opens a file that will not change.
fn immutable(path: &Path) -> PathBuf {
    let escaped: String = path
        .to_string_lossy()
        .chars()
        .flat_map(|sign| match sign {
            '%' => "%25".chars().collect::<Vec<_>>(),
            '?' => "%3f".chars().collect(),
            '#' => "%23".chars().collect(),
            sign => vec![sign],
        })
        .collect();
    PathBuf::from(format!("file:{escaped}?immutable=1"))
}

fn has_log(path: &Path) -> bool {
    fs::metadata(beside(path, "-wal")).is_ok_and(|log| log.len() > 0)
}

fn trouble(stop: Stop, path: &Path) -> Trouble {
    match stop.at(path) {
        DeskError::Trouble(trouble) => trouble,
        other @ (DeskError::NothingToUndo
        | DeskError::NothingToRedo
        | DeskError::NoSuch(_)
        | DeskError::TakenBack(_)
        | DeskError::Touched { .. }
        | DeskError::NoIdentity(_)
        | DeskError::WrongValue(_)
        | DeskError::Import { .. }
        | DeskError::Export(_)) => Trouble::Unexpected(other.to_string()),
    }
}

/// Creates a desk under another name first, so that a file with this name is always a whole desk,
/// and an empty one is known to be damaged.
fn make(path: &Path) -> Result<(), Trouble> {
    let folder = folder_of(path);
    let refused = |error: std::io::Error| Trouble::of_file(&error, path);
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(refused)?;
    let fresh = tempfile::NamedTempFile::new_in(folder).map_err(refused)?;
    let filled = || -> Result<(), Stop> {
        let mut connection = Connection::open(fresh.path())?;
        schema::prepare(&connection)?;
        schema::create(&mut connection, schema::STEPS)?;
        let mode: String =
            connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
        if mode != "wal" {
            return Err(Trouble::Unexpected(format!("no write-ahead log, but {mode}")).into());
        }
        connection.close().map_err(|(_, error)| error)?;
        Ok(())
    };
    filled().map_err(|stop| trouble(stop, path))?;
    fresh.as_file().sync_all().map_err(refused)?;
    match fresh.persist_noclobber(path) {
        Ok(_) => {}
        // Another program was faster.
        Err(error) if error.error.kind() == std::io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(refused(error.error)),
    }
    fs::File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(refused)
}

/// Checks what can be told without SQLite, which would take an empty file for a new database.
fn look_at_file(path: &Path) -> Result<(), Trouble> {
    let file = fs::metadata(path).map_err(|error| Trouble::of_file(&error, path))?;
    if !file.is_file() {
        return Err(Trouble::NotADesk(path.to_path_buf()));
    }
    if file.len() == 0 {
        return Err(Trouble::Broken {
            path: path.to_path_buf(),
            what: "it is empty".to_owned(),
        });
    }
    Ok(())
}

/// Checks that a desk can be used. `path` is the desk itself, even if a copy of it is checked.
fn look_into(connection: &Connection, path: &Path) -> Result<(), Stop> {
    schema::identify(connection, path)?;
    let (version, now) = (DeskVersion::of(path), Timestamp::now());
    if version.as_ref().is_some_and(|it| it.is_sound(path, now)) {
        return Ok(());
    }
    let verdict: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if verdict != "ok" {
        return Err(Trouble::Broken {
            path: path.to_path_buf(),
            what: verdict,
        }
        .into());
    }
    if let Some(version) = version.filter(|it| DeskVersion::of(path).as_ref() == Some(it)) {
        version.note_sound(path, now);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::Desk;
    use super::*;

    #[test]
    fn an_older_desk_that_may_not_be_written_is_read_in_a_copy() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("desk.db");
        let mut older = Connection::open(&path).expect("a database");
        schema::create(&mut older, &schema::STEPS[..2]).expect("a desk");
        let mut desk = open_readable(&path, Duration::ZERO).expect("a copy");
        assert!(!desk.is_writable());
        assert_eq!(desk.all(), Ok(Vec::new()));
        assert_eq!(schema::version(&older).ok(), Some(2));
    }
}
