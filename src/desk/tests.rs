//! What a desk promises, tried on desks in files and in memory. Tests that need other processes are
//! in `tests/desk/`.

mod arrivals;
mod binding;
mod exchanging;
mod keeping;
mod marks;
mod opening;
mod properties;
mod publishing;
mod undoing;

use std::path::Path;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::model::{Fingerprint, MarkValue, TransactionOrigin};

/// How long tests wait for a desk that is held.
const PATIENCE: Duration = Duration::from_millis(50);

pub(super) fn now() -> Timestamp {
    Timestamp::from_second(1_640_000_000).expect("a time")
}

/// This many seconds later.
fn at(second: i64) -> Timestamp {
    now() + SignedDuration::from_secs(second)
}

pub(super) fn id(number: u128) -> TransactionId {
    TransactionId(number)
}

/// A usable desk, created if there is none.
pub(super) fn opened(path: &Path) -> SqliteDesk {
    match open(path, PATIENCE, OnDamage::PutAside(now())) {
        Opening::Opened { desk, .. } => desk,
        other => panic!("the desk cannot be used: {other:?}"),
    }
}

fn identity(article: u64) -> Identity {
    Identity {
        root: "/site".into(),
        path: format!("_news/{article}.md"),
        page: Some(article),
        fingerprint: Some(Fingerprint(article)),
        version: None,
    }
}

/// A decision on fields of articles, whatever their values were before.
fn decision(label: &str, wanted: &[(u64, MarkField, MarkValue)]) -> NewDecision {
    NewDecision {
        label: label.to_owned(),
        changes: wanted
            .iter()
            .map(|(article, field, after)| MarkChange {
                article: Subject(*article),
                field: field.clone(),
                before: field.untouched(),
                after: after.clone(),
            })
            .collect(),
        articles: wanted
            .iter()
            .map(|(article, ..)| (Subject(*article), identity(*article)))
            .collect(),
    }
}

fn note(text: &str) -> MarkValue {
    MarkValue::Text(text.to_owned())
}

/// Decides with a random id.
fn decide(
    desk: &mut dyn Desk,
    wanted: &[(u64, MarkField, MarkValue)],
    when: Timestamp,
) -> Result<Option<Transaction>, DeskError> {
    desk.commit(&decision("decided", wanted), draw()?, when)
}

pub(super) fn decide_done(
    desk: &mut dyn Desk,
    article: u64,
) -> Result<Option<Transaction>, DeskError> {
    decide(
        desk,
        &[(article, MarkField::Done, MarkValue::Flag(true))],
        now(),
    )
}

fn undo(desk: &mut dyn Desk, which: UndoTarget) -> Result<Undone, DeskError> {
    desk.undo(which, draw()?, now())
}

fn redo(desk: &mut dyn Desk) -> Result<Undone, DeskError> {
    desk.redo(draw()?, now())
}

fn exported(desk: &mut dyn Desk) -> String {
    let mut bytes = Vec::new();
    export(desk, &mut bytes).expect("an export");
    String::from_utf8(bytes).expect("text")
}

/// The marks that are not untouched, without times.
fn said(desk: &mut dyn Desk) -> Vec<(u64, Mark)> {
    desk.all()
        .expect("the marks")
        .into_iter()
        .filter(|marked| marked.mark != Mark::default())
        .map(|marked| (marked.subject.0, marked.mark))
        .collect()
}

fn mark(desk: &mut dyn Desk, article: u64) -> Mark {
    said(desk)
        .into_iter()
        .find(|(it, _)| *it == article)
        .map(|(_, mark)| mark)
        .unwrap_or_default()
}

#[test]
fn a_decision_is_there_when_the_desk_is_opened_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("state/newsdesk/desk.db");
    let until = MarkValue::Until(Some(at(86_400)));
    let wanted = [
        (1, MarkField::Done, MarkValue::Flag(true)),
        (1, MarkField::Tag("to do".into()), MarkValue::Flag(true)),
        (2, MarkField::Later, until),
        (2, MarkField::Note, note("a \"quoted\"\n note")),
        (
            u64::MAX,
            MarkField::Publication,
            MarkValue::Staged(Some(false)),
        ),
    ];
    let kept = decide(&mut opened(&path), &wanted, now());
    let transaction = kept.expect("kept").expect("something new");
    let mut desk = opened(&path);
    let first = mark(&mut desk, 1);
    assert!(first.done && first.tags.contains("to do"));
    let second = mark(&mut desk, 2);
    assert_eq!(second.later, Some(at(86_400)));
    assert_eq!(second.note, "a \"quoted\"\n note");
    assert_eq!(mark(&mut desk, u64::MAX).publication, Some(false));
    let journal = desk.journal(None, 10).expect("the journal");
    assert_eq!(journal.len(), 1);
    assert_eq!(journal[0].transaction, transaction);
    let marks = desk.all().expect("the marks");
    assert_eq!(marks.len(), 3);
    for marked in marks {
        assert_eq!(marked.identity, identity(marked.subject.0));
        let when: Vec<_> = marked.stamps.iter().map(|(_, stamp)| stamp.when).collect();
        assert!(when.iter().all(|it| *it == now()), "{when:?}");
    }
}

#[test]
fn what_others_have_decided_already_is_not_decided_again() {
    let mut desk = SqliteDesk::in_memory().expect("a desk");
    decide_done(&mut desk, 1).expect("kept");
    assert_eq!(decide_done(&mut desk, 1), Ok(None));
    let both = [
        (1, MarkField::Done, MarkValue::Flag(true)),
        (1, MarkField::Starred, MarkValue::Flag(true)),
    ];
    let kept = decide(&mut desk, &both, now()).expect("kept");
    let fields: Vec<_> = kept
        .iter()
        .flat_map(|it| &it.changes)
        .map(|it| &it.field)
        .collect();
    assert_eq!(fields, [&MarkField::Starred]);
}

#[test]
fn the_newest_decision_holds_though_the_clock_is_behind() {
    let mut desk = SqliteDesk::in_memory().expect("a desk");
    decide(&mut desk, &[(1, MarkField::Note, note("first"))], at(1_000)).expect("kept");
    let second = decide(&mut desk, &[(1, MarkField::Note, note("second"))], at(0))
        .expect("kept")
        .expect("something new");
    assert!(second.when > at(1_000));
    assert_eq!(desk.rebuild(), Ok(0));
    assert_eq!(mark(&mut desk, 1).note, "second");
}

#[test]
fn of_two_changes_of_a_field_the_last_counts() {
    let mut desk = SqliteDesk::in_memory().expect("a desk");
    let wanted = [
        (1, MarkField::Note, note("first")),
        (1, MarkField::Note, note("last")),
    ];
    let kept = decide(&mut desk, &wanted, now()).expect("kept");
    assert_eq!(kept.map(|it| it.changes.len()), Some(1));
    assert_eq!(mark(&mut desk, 1).note, "last");
}

#[test]
fn what_cannot_be_kept_is_refused_whole() {
    let mut desk = SqliteDesk::in_memory().expect("a desk");
    let wanted = [
        (1, MarkField::Done, MarkValue::Flag(true)),
        (1, MarkField::Note, MarkValue::Flag(true)),
    ];
    let refused = decide(&mut desk, &wanted, now());
    assert_eq!(refused, Err(DeskError::WrongValue(MarkField::Note)));
    let mut stranger = decision("decided", &[(2, MarkField::Done, MarkValue::Flag(true))]);
    stranger.articles.clear();
    let refused = desk.commit(&stranger, id(1), now());
    assert_eq!(refused, Err(DeskError::NoIdentity(Subject(2))));
    assert_eq!(said(&mut desk), []);
    assert_eq!(desk.journal(None, 10), Ok(vec![]));
}

#[test]
fn two_programs_hear_of_each_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.db");
    let (mut first, mut second) = (opened(&path), opened(&path));
    decide_done(&mut first, 1).expect("kept");
    decide_done(&mut second, 2).expect("kept");
    decide_done(&mut second, 3).expect("kept");
    let heard = |desk: &mut SqliteDesk| -> Vec<u64> {
        let news = desk.news().expect("the news");
        news.iter()
            .filter(|it| it.mark.done)
            .map(|it| it.subject.0)
            .collect()
    };
    assert_eq!(heard(&mut first), [2, 3]);
    assert!(heard(&mut second).contains(&1));
    decide_done(&mut first, 4).expect("kept");
    assert_eq!(heard(&mut first), [0_u64; 0]);
    assert_eq!(heard(&mut second), [4]);
    assert_eq!(heard(&mut second), [0_u64; 0]);
}

#[test]
fn where_an_article_went_is_noted_and_what_it_said_is_not_forgotten() {
    let mut desk = SqliteDesk::in_memory().expect("a desk");
    decide_done(&mut desk, 1).expect("kept");
    let moved = Identity {
        path: "_archive/1.md".into(),
        page: Some(7),
        fingerprint: Some(Fingerprint(99)),
        ..identity(1)
    };
    desk.renew(&[(Subject(1), moved.clone())], at(5))
        .expect("noted");
    let marked = &desk.all().expect("the marks")[0];
    assert_eq!(marked.seen, Some(Fingerprint(99)));
    let known = &marked.identity;
    assert_eq!(known.path, moved.path);
    assert_eq!(known.page, moved.page);
    assert_eq!(known.fingerprint, identity(1).fingerprint);
}

#[test]
fn marks_are_made_anew_from_the_journal() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.db");
    let mut desk = opened(&path);
    for article in 1..=3 {
        decide_done(&mut desk, article).expect("kept");
    }
    undo(&mut desk, UndoTarget::Last).expect("taken back");
    let before = desk.all();
    let connection = rusqlite::Connection::open(&path).expect("the file");
    connection
        .execute_batch(
            "UPDATE marks SET value = 'false' WHERE article = 1;
             DELETE FROM marks WHERE article = 2;",
        )
        .expect("a mishap");
    assert_ne!(desk.all(), before);
    assert_eq!(desk.rebuild(), Ok(2));
    assert_eq!(desk.all(), before);
    assert_eq!(desk.rebuild(), Ok(0));
}
