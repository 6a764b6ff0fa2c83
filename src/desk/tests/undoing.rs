//! Undo and redo, and what they leave alone.

use super::*;

fn done(desk: &mut dyn Desk) -> Vec<u64> {
    said(desk)
        .into_iter()
        .filter(|(_, mark)| mark.done)
        .map(|(article, _)| article)
        .collect()
}

#[test]
fn decisions_are_taken_back_and_restored_one_by_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.db");
    let mut desk = opened(&path);
    for article in 1..=3 {
        decide_done(&mut desk, article).expect("kept");
    }
    undo(&mut desk, UndoTarget::Last).expect("the third");
    assert_eq!(done(&mut desk), [1, 2]);
    // The program is started again.
    let mut desk = opened(&path);
    let undone = undo(&mut desk, UndoTarget::Last).expect("the second");
    assert_eq!(undone.transaction.label, "undo: decided");
    assert_eq!(done(&mut desk), [1]);
    let mut desk = opened(&path);
    let redone = redo(&mut desk).expect("the second");
    assert_eq!(redone.transaction.label, "redo: decided");
    assert_eq!(done(&mut desk), [1, 2]);
    redo(&mut desk).expect("the third");
    assert_eq!(done(&mut desk), [1, 2, 3]);
    assert_eq!(redo(&mut desk), Err(DeskError::NothingToRedo));
    for _ in 0..3 {
        undo(&mut desk, UndoTarget::Last).expect("one each");
    }
    assert_eq!(
        undo(&mut desk, UndoTarget::Last),
        Err(DeskError::NothingToUndo)
    );
    assert_eq!(done(&mut desk), [0_u64; 0]);
    assert_eq!(desk.rebuild(), Ok(0));
}

#[test]
fn a_decision_after_an_undo_ends_the_redoing() {
    let mut desk = SqliteDesk::in_memory().expect("a desk");
    decide_done(&mut desk, 1).expect("kept");
    undo(&mut desk, UndoTarget::Last).expect("taken back");
    decide_done(&mut desk, 2).expect("kept");
    assert_eq!(redo(&mut desk), Err(DeskError::NothingToRedo));
    assert_eq!(done(&mut desk), [2]);
}

#[test]
fn a_field_that_a_later_decision_has_changed_is_left() {
    let mut desk = SqliteDesk::in_memory().expect("a desk");
    let all: Vec<_> = (1..=3)
        .map(|article| (article, MarkField::Note, note("bulk")))
        .collect();
    let bulk = decide(&mut desk, &all, now()).expect("kept").expect("new");
    let one = [(2, MarkField::Note, note("own"))];
    let own = decide(&mut desk, &one, now()).expect("kept").expect("new");
    let undone = undo(&mut desk, UndoTarget::Id(bulk.id)).expect("taken back in part");
    assert_eq!(undone.transaction.changes.len(), 2);
    assert_eq!(undone.left.len(), 1);
    assert_eq!(undone.left[0].article, Subject(2));
    assert_eq!(mark(&mut desk, 2).note, "own");
    assert_eq!(mark(&mut desk, 1).note, "");
    assert_eq!(
        undo(&mut desk, UndoTarget::Id(bulk.id)),
        Err(DeskError::TakenBack("decided".into()))
    );
    undo(&mut desk, UndoTarget::Id(own.id)).expect("taken back");
    assert_eq!(mark(&mut desk, 2).note, "bulk");
}

#[test]
fn a_transaction_of_which_all_was_changed_since_is_refused_until_that_is_taken_back() {
    let mut desk = SqliteDesk::in_memory().expect("a desk");
    let write = |desk: &mut SqliteDesk, text: &str| {
        let wanted = [(1, MarkField::Note, note(text))];
        decide(desk, &wanted, now()).expect("kept").expect("new").id
    };
    let (first, second) = (write(&mut desk, "one"), write(&mut desk, "two"));
    let refused = undo(&mut desk, UndoTarget::Id(first)).expect_err("changed since");
    assert_eq!(
        refused.to_string(),
        "“decided” cannot be undone: all of it has changed since, last by “decided”"
    );
    undo(&mut desk, UndoTarget::Id(second)).expect("nothing is later");
    undo(&mut desk, UndoTarget::Id(first)).expect("nothing later holds");
    assert_eq!(mark(&mut desk, 1).note, "");
}

#[test]
fn what_was_decided_again_is_not_taken_back_with_the_first_time() {
    let mut desk = SqliteDesk::in_memory().expect("a desk");
    let texts = ["one", "two", "one"];
    let ids = texts.map(|text| {
        let wanted = [(1, MarkField::Note, note(text))];
        decide(&mut desk, &wanted, now())
            .expect("kept")
            .expect("new")
            .id
    });
    let refused = undo(&mut desk, UndoTarget::Id(ids[0]));
    assert!(
        matches!(refused, Err(DeskError::Touched { .. })),
        "{refused:?}"
    );
    assert_eq!(mark(&mut desk, 1).note, "one");
}

#[test]
fn an_entry_of_the_journal_is_taken_back_whatever_it_is() {
    let mut desk = SqliteDesk::in_memory().expect("a desk");
    let decided = decide_done(&mut desk, 1).expect("kept").expect("new").id;
    let undone = undo(&mut desk, UndoTarget::Id(decided)).expect("an undo");
    let redone = undo(&mut desk, UndoTarget::Id(undone.transaction.id)).expect("a redo");
    assert_eq!(redone.transaction.label, "redo: decided");
    assert_eq!(done(&mut desk), [1]);
    let again = undo(&mut desk, UndoTarget::Id(redone.transaction.id)).expect("an undo");
    assert_eq!(again.transaction.undoes, Some(decided));
    assert_eq!(done(&mut desk), [0_u64; 0]);
    let standings: Vec<_> = desk
        .journal(None, 10)
        .expect("the journal")
        .iter()
        .map(|entry| (entry.number, entry.standing))
        .collect();
    assert_eq!(
        standings,
        [
            (4, TransactionState::Holds),
            (3, TransactionState::Holds),
            (2, TransactionState::TakenBack),
            (1, TransactionState::TakenBack)
        ]
    );
    let unknown = id(77);
    assert_eq!(
        undo(&mut desk, UndoTarget::Id(unknown)),
        Err(DeskError::NoSuch(unknown))
    );
}

#[test]
fn undo_takes_back_what_was_decided_here_and_not_meanwhile_elsewhere() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.db");
    decide_done(&mut opened(&path), 1).expect("kept");
    let (mut here, mut there) = (opened(&path), opened(&path));
    decide_done(&mut here, 2).expect("kept");
    decide_done(&mut there, 3).expect("kept");
    undo(&mut here, UndoTarget::Last).expect("the second");
    assert_eq!(done(&mut here), [1, 3]);
    undo(&mut here, UndoTarget::Last).expect("what was there before");
    assert_eq!(done(&mut here), [3]);
    assert_eq!(
        undo(&mut here, UndoTarget::Last),
        Err(DeskError::NothingToUndo)
    );
    undo(&mut there, UndoTarget::Last).expect("the third");
    assert_eq!(done(&mut here), [0_u64; 0]);
}

#[test]
fn undo_goes_on_past_what_another_program_has_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.db");
    let (mut here, mut there) = (opened(&path), opened(&path));
    decide_done(&mut here, 1).expect("kept");
    decide_done(&mut here, 2).expect("kept");
    let not = [(2, MarkField::Done, MarkValue::Flag(false))];
    decide(&mut there, &not, now()).expect("kept");
    let undone = undo(&mut here, UndoTarget::Last).expect("nothing to restore");
    assert_eq!(
        (undone.transaction.changes.len(), undone.left.len()),
        (0, 1)
    );
    undo(&mut here, UndoTarget::Last).expect("the first");
    assert_eq!(done(&mut here), [0_u64; 0]);
}
