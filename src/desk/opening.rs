//! Opening the desk in a file: making it where there is none, bringing an older one up to date, and
//! telling what is wrong with one that cannot be used. Nothing is ever overwritten here.

use std::fs;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::schema;
use super::sqlite::{SqliteDesk, leave_as_it_is};
use super::stop::Stop;
use super::trouble::{DeskError, Trouble};

/// What has come of opening a desk.
#[derive(Debug)]
pub enum Opening {
    /// It can be used. A notice is to be shown.
    Opened {
        desk: SqliteDesk,
        notice: Option<Notice>,
    },
    /// Marks can be read, and none kept.
    ReadOnly { desk: SqliteDesk, why: Trouble },
    /// Not even that.
    Unusable { why: Trouble },
}

/// What to tell about a desk that can be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Notice {
    /// It is not the one that there was: this is told as long as that one lies there.
    #[error(
        "an earlier desk was damaged and is kept as {}; move it away when you need it no more",
        .0.display()
    )]
    Damaged(PathBuf),
    #[error("the desk was brought up to date; as it was, it is kept as {}", .0.display())]
    Migrated(PathBuf),
}

/// The mark of a database in the name of its file. A file without is not put aside when it turns
/// out to be none: somebody has named an article with `--desk`.
const EXTENSION: &str = "db";

/// What the name of a damaged desk goes on with.
const DAMAGED: &str = "damaged-";

/// What SQLite keeps beside a database.
const COMPANIONS: [&str; 2] = ["-wal", "-shm"];

/// Opens the desk at `path`, or makes it, and its folder, where there is none.
///
/// `patience` is how long to wait for another program that holds it, now and at every later
/// request. A damaged desk is put aside as `desk.db.damaged-DATE`, dated `now`, with what SQLite
/// keeps beside it; no new one is made in the same run.
pub fn open(path: &Path, patience: Duration, now: Timestamp) -> Opening {
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    match open_writable(path, patience) {
        Ok((desk, migrated)) => Opening::Opened {
            desk,
            notice: damaged_beside(path)
                .map(Notice::Damaged)
                .or(migrated.map(Notice::Migrated)),
        },
        Err(Trouble::Broken { what, .. }) => Opening::Unusable {
            why: put_aside(path, what, now),
        },
        Err(why @ (Trouble::ReadOnly(_) | Trouble::Unreachable { .. })) => {
            match open_readable(path, patience) {
                Ok(desk) => Opening::ReadOnly {
                    desk,
                    why: Trouble::ReadOnly(path.clone()),
                },
                Err(_) => Opening::Unusable { why },
            }
        }
        Err(why) => Opening::Unusable { why },
    }
}

fn open_writable(
    path: &Path,
    patience: Duration,
) -> Result<(SqliteDesk, Option<PathBuf>), Trouble> {
    if path.symlink_metadata().is_err() {
        make(path)?;
    }
    look_at_file(path)?;
    let attempt = || -> Result<_, Stop> {
        let mut connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE, patience)?;
        if connection.is_readonly("main")? {
            return Err(Trouble::ReadOnly(path.to_path_buf()).into());
        }
        look_into(&connection, path)?;
        let migrated = schema::migrate(&mut connection, path, schema::STEPS)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
        Ok((SqliteDesk::over(connection, path)?, migrated))
    };
    attempt().map_err(|stop| trouble(stop, path))
}

fn open_readable(path: &Path, patience: Duration) -> Result<SqliteDesk, Trouble> {
    let attempt = |name: &Path, flags| -> Result<_, Stop> {
        let connection = connect(name, flags, patience)?;
        look_into(&connection, path)?;
        SqliteDesk::over(connection, path)
    };
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    let is_refused = |stop: &Stop| {
        matches!(stop, Stop::Sqlite(error)
            if matches!(error.sqlite_error_code(), Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly)))
    };
    match attempt(path, flags) {
        // SQLite wants to make its files beside the desk and must not. Without a log, what it would
        // keep in them is not needed, as nobody writes where nobody may.
        Err(stop) if is_refused(&stop) && !has_log(path) => {
            let immutable = immutable(path);
            attempt(&immutable, flags | OpenFlags::SQLITE_OPEN_URI)
        }
        other => other,
    }
    .map_err(|stop| trouble(stop, path))
}

fn connect(path: &Path, flags: OpenFlags, patience: Duration) -> Result<Connection, Stop> {
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(patience)?;
    // Until it is known to be sound.
    leave_as_it_is(&connection);
    schema::prepare(&connection)?;
    Ok(connection)
}

/// The name by which SQLite opens a file that is not going to change.
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
        other => Trouble::Unexpected(other.to_string()),
    }
}

/// Makes a desk under another name first: a file of this name is a whole desk at any moment, and an
/// empty one is known to have been damaged.
fn make(path: &Path) -> Result<(), Trouble> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
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
        schema::create(&mut connection)?;
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

/// What can be told without SQLite, which would take an empty file for a new database.
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

fn look_into(connection: &Connection, path: &Path) -> Result<(), Stop> {
    schema::identify(connection, path)?;
    let verdict: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if verdict != "ok" {
        return Err(Trouble::Broken {
            path: path.to_path_buf(),
            what: verdict,
        }
        .into());
    }
    Ok(())
}

/// Gives a damaged desk another name, and says which.
fn put_aside(path: &Path, what: String, now: Timestamp) -> Trouble {
    if path.extension().is_none_or(|it| it != EXTENSION) {
        return Trouble::NotADesk(path.to_path_buf());
    }
    let aside = schema::unused(
        path,
        &format!("{DAMAGED}{}", now.strftime("%Y-%m-%dT%H%M%SZ")),
    );
    if let Err(error) = fs::rename(path, &aside) {
        return Trouble::of_file(&error, path);
    }
    for companion in COMPANIONS {
        let from = beside(path, companion);
        if from.exists()
            && let Err(error) = fs::rename(&from, beside(&aside, companion))
        {
            return Trouble::of_file(&error, &from);
        }
    }
    Trouble::Damaged {
        path: path.to_path_buf(),
        what,
        aside,
    }
}

fn beside(path: &Path, companion: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(companion);
    PathBuf::from(name)
}

/// The last desk that was put aside here and not taken away.
fn damaged_beside(path: &Path) -> Option<PathBuf> {
    let start = format!("{}.{DAMAGED}", path.file_name()?.to_str()?);
    let is_desk = |name: &str| {
        name.starts_with(&start) && !COMPANIONS.iter().any(|companion| name.ends_with(companion))
    };
    fs::read_dir(path.parent()?)
        .ok()?
        .filter_map(Result::ok)
        .filter(|entry| entry.file_name().to_str().is_some_and(is_desk))
        .map(|entry| entry.path())
        .max()
}
