//! Decisions are kept, whatever happens to the desk.

use std::fs;

use rusqlite::Connection;

use super::*;

fn done(article: u64) -> Request {
    Request::Commit(decision(
        "done",
        &[(article, MarkField::Done, MarkValue::Flag(true))],
    ))
}

fn kept(answer: DeskAnswer) -> Kept {
    match answer {
        DeskAnswer::Committed { kept, .. } | DeskAnswer::Undone { kept, .. } => kept,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_desk_that_works_keeps_and_tells() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.db");
    let mut here = FallbackDesk::open(&path, now()).expect("a desk");
    let mut there = FallbackDesk::open(&path, now()).expect("a desk");
    assert_eq!(here.trouble(), None);
    assert_eq!(here.take_notices(), []);
    assert_eq!(kept(here.handle(done(1), now())), Kept::OnDesk);
    let Some(DeskAnswer::News(news)) = there.poll(now()) else {
        panic!("no news");
    };
    assert!(news[0].mark.done);
    assert_eq!(there.poll(now()), None);
    assert_eq!(
        kept(here.handle(Request::Undo(UndoTarget::Last), now())),
        Kept::OnDesk
    );
    let page = Request::Journal {
        before: None,
        most: 1,
    };
    let DeskAnswer::Journal(page) = there.handle(page, now()) else {
        panic!("no journal");
    };
    assert_eq!(page[0].transaction.label, "undo: done");
    assert_eq!(kept(here.handle(Request::Redo, now())), Kept::OnDesk);
    assert!(!here.holds_something().expect("memory"));
    let nothing = there.handle(Request::Redo, now());
    assert_eq!(nothing, DeskAnswer::Refused(DeskError::NothingToRedo));
    let marks = there.all().expect("the marks");
    assert!(marks.len() == 1 && marks[0].mark.done);
}

#[test]
fn what_is_decided_without_a_desk_is_kept_in_memory_and_can_be_saved() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.db");
    fs::write(&path, "nothing that a desk would hold").expect("damage");
    let mut desk = FallbackDesk::open(&path, now()).expect("a desk");
    assert!(matches!(desk.trouble(), Some(Trouble::Damaged { .. })));
    for article in 1..=3 {
        let kept = kept(desk.handle(done(article), now()));
        assert!(matches!(kept, Kept::InMemory(Trouble::Damaged { .. })));
    }
    desk.handle(Request::Undo(UndoTarget::Last), now());
    assert!(desk.holds_something().expect("memory"));
    assert_eq!(desk.poll(now()), None);
    assert!(!path.exists(), "a new desk was made in silence");

    let saved = folder.path().join("saved.jsonl");
    let answer = desk.handle(Request::SaveElsewhere(saved.clone()), now());
    assert_eq!(answer, DeskAnswer::Saved(saved.clone()));
    let again = desk.handle(Request::SaveElsewhere(saved.clone()), now());
    assert!(matches!(again, DeskAnswer::Refused(DeskError::Export(_))));
    let mut next = FallbackDesk::open(&path, now()).expect("a desk");
    assert_eq!(next.trouble(), None);
    assert!(matches!(next.take_notices()[..], [Notice::Damaged(_)]));
    assert_eq!(next.take_notices(), []);
    let mut desk = opened(&folder.path().join("new.db"));
    let text = fs::read(&saved).expect("the file");
    import(&mut desk, &mut text.as_slice()).expect("an import");
    assert_eq!(said(&mut desk).len(), 2);
}

#[test]
fn what_was_kept_in_memory_goes_onto_the_desk_when_it_is_free_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.db");
    let mut desk = FallbackDesk::open(&path, now()).expect("a desk");
    desk.handle(done(1), now());
    desk.set_patience(PATIENCE);
    let holder = Connection::open(&path).expect("the file");
    holder.execute_batch("BEGIN IMMEDIATE").expect("the lock");
    for article in 2..=3 {
        let kept = kept(desk.handle(done(article), now()));
        assert!(matches!(kept, Kept::InMemory(Trouble::Locked(_))));
    }
    assert_eq!(desk.poll(now()), None);
    assert!(matches!(desk.trouble(), Some(Trouble::Locked(_))));
    holder.execute_batch("COMMIT").expect("let go");
    assert_eq!(desk.poll(now()), Some(DeskAnswer::Settled));
    assert_eq!(desk.trouble(), None);
    assert!(!desk.holds_something().expect("memory"));
    assert_eq!(said(&mut opened(&path)).len(), 3);
    // They are this run's own, so they can be undone here.
    assert_eq!(
        kept(desk.handle(Request::Undo(UndoTarget::Last), now())),
        Kept::OnDesk
    );
    assert_eq!(said(&mut opened(&path)).len(), 2);
}

#[test]
fn what_was_decided_before_the_desk_could_be_opened_goes_onto_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.db");
    opened(&path);
    let holder = Connection::open(&path).expect("the file");
    let alone = "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE";
    holder.execute_batch(alone).expect("the lock");
    let mut desk = FallbackDesk::open_within(&path, PATIENCE, now()).expect("a desk");
    assert!(matches!(desk.trouble(), Some(Trouble::Locked(_))));
    let kept = kept(desk.handle(done(1), now()));
    assert!(matches!(kept, Kept::InMemory(Trouble::Locked(_))));
    drop(holder);
    assert_eq!(desk.poll(now()), Some(DeskAnswer::Settled));
    assert_eq!(said(&mut opened(&path)).len(), 1);
}

#[test]
fn with_a_desk_in_trouble_only_what_was_decided_since_is_taken_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.db");
    let mut desk = FallbackDesk::open(&path, now()).expect("a desk");
    desk.handle(done(1), now());
    desk.set_patience(PATIENCE);
    let holder = Connection::open(&path).expect("the file");
    holder.execute_batch("BEGIN IMMEDIATE").expect("the lock");
    desk.handle(done(2), now());
    let undone = kept(desk.handle(Request::Undo(UndoTarget::Last), now()));
    assert!(matches!(undone, Kept::InMemory(_)));
    let nothing = desk.handle(Request::Undo(UndoTarget::Last), now());
    let DeskAnswer::Refused(DeskError::Trouble(Trouble::Locked(_))) = nothing else {
        panic!("{nothing:?}");
    };
    let page = Request::Journal {
        before: None,
        most: 9,
    };
    let DeskAnswer::Journal(page) = desk.handle(page, now()) else {
        panic!("no journal");
    };
    let labels: Vec<&str> = page.iter().map(|it| &*it.transaction.label).collect();
    assert_eq!(
        labels,
        ["undo: done", "done"],
        "only what was decided since"
    );
    let memory = desk.for_publication(now()).expect("memory");
    assert_eq!(memory.path(), Path::new("in memory"));
    holder.execute_batch("COMMIT").expect("let go");
    assert_eq!(desk.poll(now()), Some(DeskAnswer::Settled));
    assert_eq!(said(&mut opened(&path)).len(), 1);
}

#[test]
fn a_desk_that_is_moved_away_is_told_of_and_takes_what_was_decided_when_it_is_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.db");
    let away = folder.path().join("away.db");
    let mut desk = FallbackDesk::open(&path, now()).expect("a desk");
    desk.handle(done(1), now());
    fs::rename(&path, &away).expect("our file");
    assert_eq!(desk.poll(now()), None);
    assert!(matches!(desk.trouble(), Some(Trouble::Moved(_))));
    let kept = kept(desk.handle(done(2), now()));
    assert!(matches!(kept, Kept::InMemory(Trouble::Moved(_))));
    assert_eq!(desk.poll(now()), None);
    assert!(!path.exists(), "a new desk was made in silence");
    fs::rename(&away, &path).expect("our file");
    assert_eq!(desk.poll(now()), Some(DeskAnswer::Settled));
    assert_eq!(desk.trouble(), None);
    assert_eq!(said(&mut opened(&path)).len(), 2);
}

#[test]
fn without_a_place_for_a_desk_decisions_are_kept_in_memory_and_can_be_saved() {
    let mut desk = FallbackDesk::without_place().expect("memory");
    assert!(matches!(
        kept(desk.handle(done(1), now())),
        Kept::InMemory(Trouble::NoPlace(_))
    ));
    assert_eq!(desk.poll(now()), None);
    assert!(desk.holds_something().expect("memory"));
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("rescued.jsonl");
    let saved = desk.handle(Request::SaveElsewhere(path.clone()), now());
    assert_eq!(saved, DeskAnswer::Saved(path.clone()));
    let text = fs::read_to_string(&path).expect("an export");
    assert!(text.contains("1.md"), "{text}");
}

#[test]
fn what_is_rescued_from_a_desk_that_was_removed_is_all_of_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.db");
    let mut desk = FallbackDesk::open(&path, now()).expect("a desk");
    assert_eq!(kept(desk.handle(done(1), now())), Kept::OnDesk);
    fs::remove_file(&path).expect("the desk");
    assert!(matches!(
        kept(desk.handle(done(2), now())),
        Kept::InMemory(Trouble::Moved(_))
    ));
    let rescue = folder.path().join("rescued.jsonl");
    let saved = desk.handle(Request::SaveElsewhere(rescue.clone()), now());
    assert_eq!(saved, DeskAnswer::Saved(rescue.clone()));
    let text = fs::read_to_string(&rescue).expect("an export");
    assert!(text.contains("/1.md") && text.contains("/2.md"), "{text}");
}
