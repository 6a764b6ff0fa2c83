//! Desks that cannot be used, or not as they are.

use std::fs;

use rusqlite::Connection;

use super::*;

fn unusable(path: &Path) -> Trouble {
    match open(path, PATIENCE, OnDamage::PutAside(now())) {
        Opening::Unusable { why } => why,
        other => panic!("{other:?}"),
    }
}

/// A desk with a decision in it.
fn filled(path: &Path) {
    decide_done(&mut opened(path), 1).expect("kept");
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}

#[test]
fn a_damaged_desk_is_put_aside_as_it_is_and_told_of() {
    let ways: [fn(&mut Vec<u8>); 4] = [
        |bytes| bytes.clear(),
        |bytes| bytes.truncate(5_000),
        |bytes| bytes[..100].fill(b'x'),
        |bytes| bytes[4_096..].fill(0xff),
    ];
    for (number, damage) in ways.into_iter().enumerate() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("desk.db");
        filled(&path);
        let mut bytes = fs::read(&path).expect("the desk");
        damage(&mut bytes);
        fs::write(&path, &bytes).expect("damage");
        fs::write(folder.path().join("desk.db-wal"), b"log").expect("a log");

        let why = unusable(&path);
        let aside = folder.path().join("desk.db.damaged-2021-12-20T113320Z");
        let Trouble::Damaged { aside: named, .. } = &why else {
            panic!("way {number}: {why}");
        };
        assert_eq!(*named, fs::canonicalize(&aside).expect("it is there"));
        assert_eq!(fs::read(&aside).expect("the desk"), bytes, "way {number}");
        assert!(!path.exists(), "way {number}: a new desk in the same run");
        let name = |path: &Path| path.file_name().map(|it| it.to_string_lossy().into_owned());
        let start = name(&aside).expect("a name");
        assert!(names(folder.path()).iter().all(|it| it.starts_with(&start)));
        let log = folder.path().join(format!("{start}-wal"));
        assert_eq!(fs::read(log).expect("the log"), b"log", "way {number}");

        match open(&path, PATIENCE, OnDamage::PutAside(now())) {
            Opening::Opened { notice, .. } => {
                assert_eq!(notice, Some(Notice::Damaged(named.clone())));
            }
            other => panic!("way {number}: {other:?}"),
        }
        fs::remove_file(&aside).expect("moved away");
        match open(&path, PATIENCE, OnDamage::PutAside(now())) {
            Opening::Opened { notice, .. } => assert_eq!(notice, None),
            other => panic!("way {number}: {other:?}"),
        }
    }
}

#[test]
fn two_damaged_desks_of_one_second_are_both_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.db");
    for text in ["one, long enough to be read", "two, long enough to be read"] {
        fs::write(&path, text).expect("damage");
        assert!(matches!(unusable(&path), Trouble::Damaged { .. }));
    }
    let name = "desk.db.damaged-2021-12-20T113320Z";
    assert_eq!(names(folder.path()), [name.to_owned(), format!("{name}-2")]);
}

#[test]
fn a_desk_of_a_newer_program_is_refused_untouched() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.db");
    filled(&path);
    let mut open_before = opened(&path);
    let other = Connection::open(&path).expect("the file");
    other.pragma_update(None, "user_version", 9).expect("newer");
    let why = unusable(&path);
    let text = why.to_string();
    assert!(
        text.contains("newer newsdesk (format 9, this one knows 8)"),
        "{text}"
    );
    // Nor does a program that already has it open continue writing.
    let refused = decide_done(&mut open_before, 2);
    assert_eq!(refused, Err(DeskError::Trouble(why)));
    let count = "SELECT count(*) FROM transactions";
    assert_eq!(other.query_row(count, [], |row| row.get(0)), Ok(1));
}

#[test]
fn what_is_no_desk_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let article = folder.path().join("article.md");
    fs::write(&article, "---\ntitle: A desk of oak\n---\nLong enough.\n").expect("a file");
    let database = folder.path().join("places.db");
    let other = Connection::open(&database).expect("a database");
    other
        .execute_batch("CREATE TABLE places (url)")
        .expect("a table");
    drop(other);
    let before = names(folder.path());
    for path in [&article, &database, &folder.path().to_path_buf()] {
        let bytes = fs::read(path).ok();
        assert!(
            matches!(unusable(path), Trouble::NotADesk(_)),
            "{}",
            path.display()
        );
        assert_eq!(fs::read(path).ok(), bytes);
    }
    assert_eq!(names(folder.path()), before);
}

#[test]
fn a_desk_that_another_program_holds_can_be_read_and_is_waited_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.db");
    filled(&path);
    let holder = Connection::open(&path).expect("the file");
    holder.execute_batch("BEGIN IMMEDIATE").expect("the lock");
    let mut desk = opened(&path);
    assert!(mark(&mut desk, 1).done);
    let started = std::time::Instant::now();
    let refused = decide_done(&mut desk, 2);
    assert!(started.elapsed() >= PATIENCE);
    assert!(matches!(
        refused,
        Err(DeskError::Trouble(Trouble::Locked(_)))
    ));
    holder.execute_batch("COMMIT").expect("let go");
    assert!(decide_done(&mut desk, 2).is_ok());
}

#[test]
fn a_full_desk_says_so_keeps_what_it_has_and_goes_on_when_there_is_room() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.db");
    let mut desk = opened(&path);
    decide_done(&mut desk, 1).expect("kept");
    desk.limit_pages(20);
    let long = "x".repeat(100_000);
    let refused = decide(&mut desk, &[(2, MarkField::Note, note(&long))], now());
    let trouble = refused.expect_err("there is no room");
    assert!(
        matches!(&trouble, DeskError::Trouble(Trouble::Full(_))),
        "{trouble}"
    );
    assert_eq!(said(&mut desk).len(), 1);
    desk.limit_pages(10_000);
    decide(&mut desk, &[(2, MarkField::Note, note(&long))], now()).expect("there is room");
    assert_eq!(mark(&mut opened(&path), 2).note, long);
}

#[test]
fn two_programs_make_one_desk() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("new/desk.db");
    std::thread::scope(|threads| {
        for article in 0..8 {
            let path = &path;
            threads.spawn(move || {
                let Opening::Opened { mut desk, .. } =
                    open(path, Duration::from_secs(20), OnDamage::PutAside(now()))
                else {
                    panic!("not opened");
                };
                decide_done(&mut desk, article).expect("kept");
            });
        }
    });
    assert_eq!(said(&mut opened(&path)).len(), 8);
    assert!(
        names(&folder.path().join("new"))
            .iter()
            .all(|it| it.starts_with("desk.db"))
    );
}

#[test]
fn only_its_owner_may_read_a_desk() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("new/desk.db");
    let desk = opened(&path);
    let mode = |path: &Path| {
        fs::metadata(path)
            .expect("it is there")
            .permissions()
            .mode()
            & 0o777
    };
    assert_eq!(mode(&path), 0o600);
    assert_eq!(mode(&folder.path().join("new")), 0o700);
    drop(desk);
}

#[test]
fn a_desk_that_only_could_not_be_read_is_not_damaged() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.db");
    filled(&path);
    let broken = |path: &Path| Trouble::Broken {
        path: path.to_path_buf(),
        what: "unable to get the page".to_owned(),
    };
    let sound = damage::prove(&path, "unable to get the page", |_| Ok(()));
    assert!(matches!(sound, Err(Trouble::Unread { .. })), "{sound:?}");
    let failing = damage::prove(&path, "malformed", |copy| {
        Err(Trouble::Unread {
            path: copy.to_path_buf(),
            what: "disk I/O error".to_owned(),
        })
    });
    assert!(
        matches!(failing, Err(Trouble::Unread { .. })),
        "{failing:?}"
    );
    let gone = damage::prove(&folder.path().join("gone.db"), "malformed", |_| Ok(()));
    assert!(matches!(gone, Err(Trouble::Unread { .. })), "{gone:?}");
    // Somebody writes it meanwhile, so that no two readings are alike.
    let changing = damage::prove(&path, "malformed", |copy| {
        let number = draw().expect("a number").to_string();
        fs::write(&path, number).expect("a change");
        Err(broken(copy))
    });
    assert!(
        matches!(changing, Err(Trouble::Unread { .. })),
        "{changing:?}"
    );
    let damaged = damage::prove(&path, "malformed", |copy| Err(broken(copy)));
    assert_eq!(damaged.as_deref(), Ok("unable to get the page"));
}

#[test]
fn a_command_leaves_a_damaged_desk_where_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.db");
    fs::write(&path, "nothing that a desk would hold").expect("damage");
    let Opening::Unusable { why } = open(&path, PATIENCE, OnDamage::Leave) else {
        panic!("opened");
    };
    assert!(matches!(why, Trouble::Broken { .. }), "{why}");
    assert_eq!(names(folder.path()), ["desk.db"]);
}

#[test]
fn a_desk_whose_file_is_no_longer_at_its_path_promises_nothing() {
    type Act = fn(&Path);
    let acts: [(&str, Act); 3] = [
        ("moved", |path| {
            fs::rename(path, path.with_extension("old")).expect("our file");
        }),
        ("replaced", |path| {
            let other = path.with_extension("new.db");
            filled(&other);
            fs::rename(other, path).expect("our file");
        }),
        ("removed", |path| fs::remove_file(path).expect("our file")),
    ];
    for (what, act) in acts {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("desk.db");
        let mut desk = opened(&path);
        decide_done(&mut desk, 1).expect("kept");
        act(&path);
        for _ in 0..2 {
            let refused = decide_done(&mut desk, 2).map(drop);
            let moved = DeskError::Trouble(Trouble::Moved(desk.path().to_path_buf()));
            assert_eq!(refused, Err(moved.clone()), "{what}");
            assert_eq!(desk.news().map(drop), Err(moved), "{what}");
        }
    }
}
