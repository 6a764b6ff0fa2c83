//! What holds for any sequence of decisions.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::model::Bond;

const ARTICLES: u64 = 4;

fn bond() -> impl Strategy<Value = MarkValue> {
    let bonds = [None, Some(Bond::Together), Some(Bond::Apart)];
    prop::sample::select(bonds.to_vec()).prop_map(MarkValue::Bond)
}

fn wanted() -> impl Strategy<Value = (u64, MarkField, MarkValue)> {
    let flag = any::<bool>().prop_map(MarkValue::Flag);
    let fields = prop_oneof![
        (Just(MarkField::Read), flag.clone()),
        (Just(MarkField::Done), flag.clone()),
        (Just(MarkField::Rejected), flag.clone()),
        ("[a-c]".prop_map(MarkField::Tag), flag),
        (Just(MarkField::Note), "[ab]{0,2}".prop_map(MarkValue::Text)),
        (
            (0..ARTICLES).prop_map(|other| MarkField::Story(Subject(other))),
            bond()
        ),
        (
            Just(MarkField::Later),
            prop::option::of(0_i64..3).prop_map(|day| MarkValue::Until(day.map(at)))
        ),
        (
            Just(MarkField::Publication),
            any::<Option<bool>>().prop_map(MarkValue::Staged)
        ),
    ];
    (0..ARTICLES, fields).prop_map(|(article, (field, value))| (article, field, value))
}

/// Decisions, each on up to five fields at once, as the program makes them: handling an article one
/// way ends the other ways.
fn decisions() -> impl Strategy<Value = Vec<Vec<(u64, MarkField, MarkValue)>>> {
    let decision = prop::collection::vec(wanted(), 1..5).prop_map(completed);
    prop::collection::vec(decision, 1..10)
}

fn completed(wanted: Vec<(u64, MarkField, MarkValue)>) -> Vec<(u64, MarkField, MarkValue)> {
    let mut of_each: BTreeMap<u64, Vec<FieldWish>> = BTreeMap::new();
    for (article, field, value) in wanted {
        of_each.entry(article).or_default().push((field, value));
    }
    let each = of_each.into_iter().flat_map(|(article, wishes)| {
        let wishes = complete(wishes).into_iter();
        wishes.map(move |(field, value)| (article, field, value))
    });
    each.collect()
}

/// Makes all decisions, a second apart, and returns the marks before each one that counted.
fn decide_all(
    desk: &mut dyn Desk,
    all: &[Vec<(u64, MarkField, MarkValue)>],
) -> Vec<Vec<(u64, Mark)>> {
    let mut states = Vec::new();
    for (second, wanted) in (0..).zip(all) {
        let before = said(desk);
        if decide(desk, wanted, at(second)).expect("kept").is_some() {
            states.push(before);
        }
    }
    states
}

/// What people do.
#[derive(Clone, Debug)]
enum Deed {
    Decide(Vec<(u64, MarkField, MarkValue)>),
    Undo,
    Redo,
    /// Undo this entry of the journal, counted from the newest.
    UndoEntry(usize),
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![
        3 => prop::collection::vec(wanted(), 1..4).prop_map(Deed::Decide),
        2 => Just(Deed::Undo),
        1 => Just(Deed::Redo),
        1 => (0_usize..6).prop_map(Deed::UndoEntry),
    ];
    prop::collection::vec(deed, 1..16)
}

fn act(desk: &mut dyn Desk, deed: &Deed, second: i64) {
    let name = draw().expect("a name");
    // A refusal is fine too: the test looks at what is left.
    match deed {
        Deed::Decide(wanted) => {
            decide(desk, wanted, at(second)).expect("kept");
        }
        Deed::Undo => drop(desk.undo(UndoTarget::Last, name, at(second))),
        Deed::Redo => drop(desk.redo(name, at(second))),
        Deed::UndoEntry(place) => {
            let journal = desk.journal(None, 6).expect("the journal");
            if let Some(entry) = journal.get(*place) {
                drop(desk.undo(UndoTarget::Id(entry.transaction.id), name, at(second)));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn decisions_undone_one_by_one_go_back_through_every_state(all in decisions()) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("desk.db");
        let mut states = decide_all(&mut opened(&path), &all);
        let mut desk = opened(&path);
        let last = said(&mut desk);
        let count = states.len();
        while let Some(state) = states.pop() {
            let undone = undo(&mut desk, UndoTarget::Last).expect("one more");
            prop_assert_eq!(undone.left, vec![]);
            prop_assert_eq!(said(&mut desk), state);
        }
        prop_assert_eq!(undo(&mut desk, UndoTarget::Last), Err(DeskError::NothingToUndo));
        prop_assert_eq!(said(&mut desk), vec![]);
        let mut desk = opened(&path);
        for _ in 0..count {
            redo(&mut desk).expect("one more");
        }
        prop_assert_eq!(said(&mut desk), last);
    }

    #[test]
    fn the_journal_always_gives_the_marks(deeds in deeds()) {
        let mut desk = SqliteDesk::in_memory().expect("a desk");
        for (second, deed) in (0..).zip(&deeds) {
            act(&mut desk, deed, second);
        }
        let marks = desk.all();
        prop_assert_eq!(desk.rebuild(), Ok(0));
        prop_assert_eq!(desk.all(), marks);
    }

    /// Whatever two machines do, even if their clocks give the same times.
    #[test]
    fn exports_merge_to_the_same_in_any_order(here in deeds(), there in deeds()) {
        let mut desks = [
            SqliteDesk::in_memory().expect("a desk"),
            SqliteDesk::in_memory().expect("a desk"),
        ];
        for (desk, deeds) in desks.iter_mut().zip([&here, &there]) {
            for (second, deed) in (0..).zip(deeds) {
                act(desk, deed, second);
            }
        }
        let exports = desks.each_mut().map(|desk| exported(desk));
        let mut merged: Vec<SqliteDesk> = Vec::new();
        for order in [&[0, 1][..], &[1, 0], &[0, 1, 0, 1]] {
            let mut desk = SqliteDesk::in_memory().expect("a desk");
            for which in order {
                import(&mut desk, &mut exports[*which].as_bytes()).expect("an import");
            }
            merged.push(desk);
        }
        let [own, other] = &mut desks;
        let first = exported(&mut merged[0]);
        for desk in &mut merged {
            prop_assert_eq!(exported(desk), first.clone());
            prop_assert_eq!(desk.rebuild(), Ok(0));
        }
        import(own, &mut exports[1].as_bytes()).expect("an import");
        import(other, &mut exports[0].as_bytes()).expect("an import");
        prop_assert_eq!(said(own), said(other));
        prop_assert_eq!(said(own), said(&mut merged[0]));
    }
}
