//! The tables of a desk in SQLite, and their migrations.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, TransactionBehavior};

use super::stop::Stop;
use super::trouble::Trouble;

/// Step `n` makes version `n + 1` out of version `n`, starting from nothing. A released step is
/// never changed: another one is added.
pub(super) const STEPS: &[&str] = &[FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH, SEVENTH, EIGHTH];

/// `desk` in ASCII: distinguishes a desk from other programs' databases.
const APPLICATION: i64 = 0x6465_736b;

/// `journal` and `transactions` are the source of truth, and only ever grow. `marks` is derived
/// from them: for each field, the change with the greatest time and id.
const FIRST: &str = "
    CREATE TABLE desk (
        machine TEXT NOT NULL
    ) STRICT;
    INSERT INTO desk VALUES (lower(hex(randomblob(8))));

    CREATE TABLE articles (
        subject     INTEGER PRIMARY KEY,
        root        TEXT NOT NULL,
        path        TEXT NOT NULL,
        page        INTEGER,
        fingerprint INTEGER,
        noted       INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE transactions (
        number  INTEGER PRIMARY KEY,
        id      TEXT NOT NULL UNIQUE,
        label   TEXT NOT NULL,
        at      INTEGER NOT NULL,
        machine TEXT NOT NULL,
        session TEXT NOT NULL,
        undoes  TEXT
    ) STRICT;
    CREATE INDEX transactions_by_undone ON transactions (undoes) WHERE undoes IS NOT NULL;

    CREATE TABLE journal (
        row     INTEGER PRIMARY KEY,
        tx      INTEGER NOT NULL REFERENCES transactions (number),
        article INTEGER NOT NULL REFERENCES articles (subject),
        field   TEXT NOT NULL,
        before  TEXT NOT NULL,
        after   TEXT NOT NULL,
        UNIQUE (tx, article, field)
    ) STRICT;
    CREATE INDEX journal_by_field ON journal (article, field);

    CREATE TABLE marks (
        article INTEGER NOT NULL REFERENCES articles (subject),
        field   TEXT NOT NULL,
        value   TEXT NOT NULL,
        tx      INTEGER NOT NULL REFERENCES transactions (number),
        PRIMARY KEY (article, field)
    ) STRICT, WITHOUT ROWID;

    CREATE TRIGGER journal_is_not_changed BEFORE UPDATE ON journal
        BEGIN SELECT raise(ABORT, 'the journal only grows'); END;
    CREATE TRIGGER journal_is_not_cut BEFORE DELETE ON journal
        BEGIN SELECT raise(ABORT, 'the journal only grows'); END;
    CREATE TRIGGER transactions_are_not_changed BEFORE UPDATE ON transactions
        BEGIN SELECT raise(ABORT, 'the journal only grows'); END;
    CREATE TRIGGER transactions_are_not_cut BEFORE DELETE ON transactions
        BEGIN SELECT raise(ABORT, 'the journal only grows'); END;
";

/// `articles.fingerprint` is from when an article was decided on, `seen` from when it was last
/// seen. `writes` holds the files of unfinished publications: it is not history, since their
/// outcome goes into the journal.
const SECOND: &str = "
    ALTER TABLE articles ADD COLUMN seen INTEGER;
    UPDATE articles SET seen = fingerprint;

    CREATE TABLE writes (
        publication TEXT NOT NULL,
        article     INTEGER NOT NULL REFERENCES articles (subject),
        path        BLOB NOT NULL,
        staged      INTEGER,
        says        INTEGER NOT NULL,
        old         BLOB,
        new         BLOB,
        state       TEXT NOT NULL,
        PRIMARY KEY (publication, article)
    ) STRICT, WITHOUT ROWID;
";

/// `articles.version` is the version of its file in which an article was last seen: while the file
/// is unchanged, it need not be read to know what it says.
const THIRD: &str = "ALTER TABLE articles ADD COLUMN version INTEGER;";

/// Other fields are written like publication, alone or together with it. Publications during which
/// a program was killed stay recorded.
const FOURTH: &str = "
    CREATE TABLE writing (
        publication TEXT NOT NULL,
        article     INTEGER NOT NULL REFERENCES articles (subject),
        path        BLOB NOT NULL,
        staged      INTEGER,
        says        INTEGER,
        edits       TEXT NOT NULL,
        old         BLOB,
        new         BLOB,
        state       TEXT NOT NULL,
        PRIMARY KEY (publication, article)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO writing
        SELECT publication, article, path, staged, says, '{}', old, new, state FROM writes;
    DROP TABLE writes;
    ALTER TABLE writing RENAME TO writes;
";

/// The entries of feeds that have become files; the hashes are those of what the source said.
const FIFTH: &str = "
    CREATE TABLE arrivals (
        feed    TEXT NOT NULL,
        guid    TEXT NOT NULL,
        page    INTEGER,
        path    BLOB NOT NULL,
        title   INTEGER NOT NULL,
        excerpt INTEGER NOT NULL,
        updated INTEGER NOT NULL,
        body    INTEGER NOT NULL,
        PRIMARY KEY (feed, guid)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX arrivals_by_page ON arrivals (feed, page) WHERE page IS NOT NULL;
";

/// Marks may record whether another article tells the same story (`story:` and its subject). The
/// tables stay as they are, but a program that does not know this part of a mark could read none of
/// it, and must leave the desk alone.
const SIXTH: &str = "";

/// An entry that several feeds have is found by its page.
const SEVENTH: &str = "
    DROP INDEX arrivals_by_page;
    CREATE INDEX arrivals_by_page ON arrivals (page) WHERE page IS NOT NULL;
";

/// A mark's staged changes of fields may be to put one back as it was written (`restore`). As with
/// the sixth step, older programs must leave the desk alone: they would drop such a change.
const EIGHTH: &str = "";

/// Makes an empty database a desk of the format that these steps lead to.
pub(super) fn create(connection: &mut Connection, steps: &[&str]) -> Result<(), Stop> {
    connection.pragma_update(None, "application_id", APPLICATION)?;
    step_up(connection, steps)
}

/// Sets what applies to a connection rather than the file.
pub(super) fn prepare(connection: &Connection) -> Result<(), Stop> {
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    // Otherwise SQLite compiles statements again whenever a value that could change its plan is
    // bound: for each mark of a decision.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

/// Rejects what is not a desk, or has a version that this program does not know.
pub(super) fn identify(connection: &Connection, path: &Path) -> Result<(), Stop> {
    let application: i64 =
        connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if application != APPLICATION {
        return Err(Trouble::NotADesk(path.to_path_buf()).into());
    }
    let found = version(connection)?;
    let known = STEPS.len() as i64;
    if found > known {
        return Err(Trouble::Newer {
            path: path.to_path_buf(),
            found,
            known,
        }
        .into());
    }
    Ok(())
}

pub(super) fn version(connection: &Connection) -> Result<i64, Stop> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Migrates the desk at `path` to the last of `steps`, and returns the path of the backup. `None`
/// if there was nothing to do.
///
/// Another program may do this at the same time: whoever comes second finds nothing to do.
pub(super) fn migrate(
    connection: &mut Connection,
    path: &Path,
    steps: &[&str],
) -> Result<Option<PathBuf>, Stop> {
    let found = version(connection)?;
    if found >= steps.len() as i64 {
        return Ok(None);
    }
    let copy = reserved(path, &format!("v{found}-backup"))?;
    let done = keep_copy(connection, &copy).and_then(|()| step_up(connection, steps));
    if let Err(stop) = done {
        // The next attempt makes another copy: this one is of no use while the desk is as it was.
        if version(connection).is_ok_and(|it| it == found) {
            let _ = std::fs::remove_file(&copy);
        }
        return Err(stop);
    }
    Ok(Some(copy))
}

fn step_up(connection: &mut Connection, steps: &[&str]) -> Result<(), Stop> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found = usize::try_from(version(&transaction)?).unwrap_or(0);
    for step in steps.iter().skip(found) {
        // SQLite's own message repeats the whole step.
        transaction.execute_batch(step).map_err(without_text)?;
    }
    transaction.pragma_update(None, "user_version", steps.len() as i64)?;
    Ok(transaction.commit()?)
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the enum is not ours")]
fn without_text(error: rusqlite::Error) -> rusqlite::Error {
    match error {
        rusqlite::Error::SqlInputError { error, msg, .. } => {
            rusqlite::Error::SqliteFailure(error, Some(msg))
        }
        other => other,
    }
}

/// A new empty file beside the desk, which no other program will take for its own copy.
fn reserved(path: &Path, suffix: &str) -> Result<PathBuf, Trouble> {
    loop {
        let copy = unused(path, suffix);
        match std::fs::File::create_new(&copy) {
            Ok(_) => return Ok(copy),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(Trouble::of_file(&error, &copy)),
        }
    }
}

/// Backs up the desk into an empty file.
fn keep_copy(connection: &Connection, copy: &Path) -> Result<(), Stop> {
    let named = copy
        .to_str()
        .ok_or_else(|| Trouble::Unexpected("its path is not Unicode".to_owned()))?;
    connection.execute("VACUUM INTO ?1", [named])?;
    std::fs::File::open(copy)
        .and_then(|file| file.sync_all())
        .map_err(|error| Trouble::of_file(&error, copy))?;
    Ok(())
}

/// A path beside the desk: `desk.db.SUFFIX`, with a number if that exists.
pub(super) fn unused(path: &Path, suffix: &str) -> PathBuf {
    let with = |ending: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(".");
        name.push(ending);
        PathBuf::from(name)
    };
    let numbered = (2..).map(|number| with(&format!("{suffix}-{number}")));
    std::iter::once(with(suffix))
        .chain(numbered)
        .find(|candidate| candidate.symlink_metadata().is_err())
        .unwrap_or_else(|| with(suffix))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A desk as the first version made it.
    fn first(path: &Path) -> Connection {
        let mut connection = Connection::open(path).expect("a database");
        create(&mut connection, &[FIRST]).expect("a desk");
        connection
    }

    #[test]
    fn what_the_first_version_knew_was_last_seen_when_it_was_decided_on() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("desk.db");
        let mut connection = first(&path);
        let article = "INSERT INTO articles VALUES (1, '/site', 'a.md', 7, 42, 0)";
        connection.execute_batch(article).expect("an article");
        migrate(&mut connection, &path, STEPS).expect("a step up");
        let seen = "SELECT seen FROM articles";
        assert_eq!(connection.query_row(seen, [], |row| row.get(0)), Ok(42));
    }

    #[test]
    fn what_the_second_version_knew_is_read_again_before_it_is_believed() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("desk.db");
        let mut connection = first(&path);
        step_up(&mut connection, &[FIRST, SECOND]).expect("its tables");
        let article = "INSERT INTO articles VALUES (1, '/site', 'a.md', 7, 42, 0, 43)";
        connection.execute_batch(article).expect("an article");
        let copy = migrate(&mut connection, &path, STEPS).expect("a step up");
        assert_eq!(copy, Some(folder.path().join("desk.db.v2-backup")));
        let seen = "SELECT seen, version FROM articles";
        let seen = connection.query_row(seen, [], |row| Ok((row.get(0)?, row.get(1)?)));
        assert_eq!(seen, Ok((43, None::<i64>)));
    }

    #[test]
    fn what_the_fifth_version_holds_stays_and_says_nothing_of_stories() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("desk.db");
        let mut connection = first(&path);
        step_up(&mut connection, &STEPS[..5]).expect("its tables");
        connection
            .execute_batch(
                "INSERT INTO articles VALUES (1, '/site', 'a.md', 7, 42, 0, 43, NULL);
                 INSERT INTO transactions VALUES (1, 'a', 'done', 0, '', '', NULL);
                 INSERT INTO journal VALUES (1, 1, 1, 'done', 'false', 'true');
                 INSERT INTO marks VALUES (1, 'done', 'true', 1);",
            )
            .expect("a mark");
        let copy = migrate(&mut connection, &path, STEPS).expect("a step up");
        assert_eq!(copy, Some(folder.path().join("desk.db.v5-backup")));
        assert_eq!(version(&connection).ok(), Some(STEPS.len() as i64));
        let mark = "SELECT field, value FROM marks";
        let mark = connection.query_row(mark, [], |row| Ok((row.get(0)?, row.get(1)?)));
        assert_eq!(mark, Ok(("done".to_owned(), "true".to_owned())));
    }

    #[test]
    fn an_older_desk_is_brought_up_and_its_copy_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("desk.db");
        let mut connection = first(&path);
        let steps = [FIRST, "ALTER TABLE articles ADD COLUMN colour TEXT;"];

        let copy = migrate(&mut connection, &path, &steps).expect("a step up");
        assert_eq!(copy, Some(folder.path().join("desk.db.v1-backup")));
        assert_eq!(version(&connection).ok(), Some(2));
        assert!(connection.prepare("SELECT colour FROM articles").is_ok());

        let kept = Connection::open(copy.expect("a copy")).expect("the copy");
        assert_eq!(version(&kept).ok(), Some(1));
        assert!(kept.prepare("SELECT colour FROM articles").is_err());
        assert!(kept.prepare("SELECT path FROM articles").is_ok());
        assert!(identify(&kept, &path).is_ok());

        let again = migrate(&mut connection, &path, &steps).expect("nothing to do");
        assert_eq!(again, None);
    }

    #[test]
    fn a_step_that_fails_leaves_the_desk_as_it_was() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("desk.db");
        let mut connection = first(&path);
        let steps = [
            FIRST,
            "CREATE TABLE more (x); ALTER TABLE nowhere ADD COLUMN y;",
        ];
        let stop = migrate(&mut connection, &path, &steps).expect_err("a failure");
        let said = stop.at(&path).to_string();
        assert_eq!(
            said,
            format!(
                "the desk {} does not work: no such table: nowhere",
                path.display()
            )
        );
        assert_eq!(version(&connection).ok(), Some(1));
        let place = folder.path().join("desk.db.v1-backup");
        assert!(
            !place.exists(),
            "a copy at each attempt would fill the disk"
        );
        assert!(connection.prepare("SELECT x FROM more").is_err());

        let copy = migrate(&mut connection, &path, &[FIRST, ""]).expect("a step up");
        assert_eq!(copy, Some(place));
    }

    #[test]
    fn the_journal_only_grows() {
        let mut connection = Connection::open_in_memory().expect("a database");
        create(&mut connection, STEPS).expect("a desk");
        connection
            .execute_batch(
                "INSERT INTO transactions VALUES (1, 'a', 'done', 0, '', '', NULL);
                 INSERT INTO articles VALUES (1, '', '', NULL, NULL, 0, NULL, NULL);
                 INSERT INTO journal VALUES (1, 1, 1, 'done', 'false', 'true');",
            )
            .expect("an entry");
        for change in [
            "UPDATE journal SET after = 'false'",
            "DELETE FROM journal",
            "UPDATE transactions SET label = ''",
            "DELETE FROM transactions",
        ] {
            let error = connection.execute_batch(change).expect_err(change);
            assert_eq!(error.to_string(), "the journal only grows");
        }
    }
}
