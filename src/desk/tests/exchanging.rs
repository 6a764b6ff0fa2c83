//! Export, import, and merging the desks of several machines.

use super::*;

fn imported(exports: &[&str]) -> SqliteDesk {
    let mut desk = SqliteDesk::in_memory().expect("a desk");
    for text in exports {
        import(&mut desk, &mut text.as_bytes()).expect("an import");
    }
    desk
}

#[test]
fn an_export_holds_everything_but_folders() {
    let mut desk = SqliteDesk::in_memory().expect("a desk");
    let wanted = [
        (1, MarkField::Done, MarkValue::Flag(true)),
        (1, MarkField::Later, MarkValue::Until(Some(at(9)))),
        (2, MarkField::Note, note("\u{1b}[31m\u{2028}")),
        (2, MarkField::Publication, MarkValue::Staged(Some(true))),
    ];
    decide(&mut desk, &wanted, now()).expect("kept");
    undo(&mut desk, UndoTarget::Last).expect("taken back");
    redo(&mut desk).expect("restored");
    let text = exported(&mut desk);
    assert!(!text.contains("/site"), "{text}");
    assert!(text.starts_with("{\"newsdesk\":2}\n"), "{text}");
    let mut copy = imported(&[&text]);
    assert_eq!(exported(&mut copy), text);
    assert_eq!(said(&mut copy), said(&mut desk));
    assert_eq!(copy.rebuild(), Ok(0));
}

#[test]
fn what_was_last_seen_of_an_article_is_exported_where_it_is_not_what_was_decided_on() {
    let mut desk = SqliteDesk::in_memory().expect("a desk");
    decide_done(&mut desk, 1).expect("kept");
    assert!(!exported(&mut desk).contains("\"seen\""));
    let rewritten = Identity {
        fingerprint: Some(Fingerprint(9)),
        ..identity(1)
    };
    desk.renew(&[(Subject(1), rewritten)], now()).expect("kept");
    let mut copy = imported(&[&exported(&mut desk)]);
    assert_eq!(copy.all().expect("marks")[0].seen, Some(Fingerprint(9)));
}

#[test]
fn two_machines_come_to_the_same_marks_in_either_order() {
    let (mut one, mut two) = (
        SqliteDesk::in_memory().expect("a desk"),
        SqliteDesk::in_memory().expect("a desk"),
    );
    let tag = |name: &str| MarkField::Tag(name.to_owned());
    decide(&mut one, &[(1, MarkField::Note, note("one"))], at(1)).expect("kept");
    decide(&mut two, &[(1, MarkField::Note, note("two"))], at(2)).expect("kept");
    decide(&mut one, &[(1, tag("a"), MarkValue::Flag(true))], at(3)).expect("kept");
    decide(&mut two, &[(1, tag("b"), MarkValue::Flag(true))], at(3)).expect("kept");
    decide(
        &mut two,
        &[(2, MarkField::Done, MarkValue::Flag(true))],
        at(4),
    )
    .expect("kept");
    // At the same moment: the id decides.
    decide(&mut one, &[(3, MarkField::Note, note("x"))], at(5)).expect("kept");
    decide(&mut two, &[(3, MarkField::Note, note("y"))], at(5)).expect("kept");
    let (first, second) = (exported(&mut one), exported(&mut two));
    let mut forth = imported(&[&first, &second, &first]);
    let mut back = imported(&[&second, &first, &second]);
    assert_eq!(exported(&mut forth), exported(&mut back));
    assert_eq!(forth.all(), back.all());
    let merged = mark(&mut forth, 1);
    assert_eq!(merged.note, "two");
    assert_eq!(merged.tags.len(), 2);
    assert!(mark(&mut forth, 2).done);
    import(&mut one, &mut second.as_bytes()).expect("an import");
    assert_eq!(said(&mut one), said(&mut forth));
}

#[test]
fn of_two_machines_the_later_handling_holds_and_the_earlier_does_not_come_back() {
    let (mut one, mut two) = (
        SqliteDesk::in_memory().expect("a desk"),
        SqliteDesk::in_memory().expect("a desk"),
    );
    decide(
        &mut one,
        &[(1, MarkField::Done, MarkValue::Flag(true))],
        at(1),
    )
    .expect("kept");
    decide(
        &mut two,
        &[(1, MarkField::Rejected, MarkValue::Flag(true))],
        at(2),
    )
    .expect("kept");
    let (first, second) = (exported(&mut one), exported(&mut two));
    let mut forth = imported(&[&first, &second]);
    let mut back = imported(&[&second, &first]);
    for desk in [&mut forth, &mut back] {
        let merged = mark(desk, 1);
        assert!(merged.rejected && !merged.done, "{merged:?}");
        let unhandled = [
            (1, MarkField::Rejected, MarkValue::Flag(false)),
            (1, MarkField::Done, MarkValue::Flag(false)),
        ];
        decide(desk, &unhandled, at(3)).expect("kept");
        assert!(mark(desk, 1).is_in_inbox(at(4)));
    }
}

#[test]
fn an_import_says_what_was_new() {
    let mut desk = SqliteDesk::in_memory().expect("a desk");
    decide_done(&mut desk, 1).expect("kept");
    decide_done(&mut desk, 2).expect("kept");
    let text = exported(&mut desk);
    let twice = format!("{text}\n{text}");
    let mut other = SqliteDesk::in_memory().expect("a desk");
    let merged = import(&mut other, &mut twice.as_bytes());
    assert_eq!(merged, Ok(Merged { new: 2, known: 2 }));
}

#[test]
fn a_line_that_is_not_understood_spoils_the_whole_import() {
    let mut desk = SqliteDesk::in_memory().expect("a desk");
    decide_done(&mut desk, 1).expect("kept");
    let text = exported(&mut desk);
    for (from, to) in [
        ("\"done\"", "\"done\"oops"),
        ("\"done\"", "\"colour\""),
        ("\"after\":true", "\"after\":\"yes\""),
        ("{\"newsdesk\":2}", "{\"newsdesk\":3}"),
        ("{\"newsdesk\":2}", "{\"olddesk\":2}"),
        ("0000000000000001", "first"),
    ] {
        let broken = text.replace(from, to);
        assert_ne!(broken, text, "{from}");
        let mut other = SqliteDesk::in_memory().expect("a desk");
        let error = import(&mut other, &mut broken.as_bytes()).expect_err(to);
        assert!(!error.to_string().contains("at line 1"), "{error}");
        assert!(
            matches!(error, DeskError::Import { line: 1..=3, .. }),
            "{to}: {error}"
        );
        assert_eq!(other.records(), Ok(Records::default()), "{to}");
        if to == "first" {
            assert!(error.to_string().contains("“first”"), "{error}");
        }
    }
}

#[test]
fn what_was_imported_is_news_to_the_others() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.db");
    let (mut here, mut there) = (opened(&path), opened(&path));
    let mut elsewhere = SqliteDesk::in_memory().expect("a desk");
    decide_done(&mut elsewhere, 5).expect("kept");
    let text = exported(&mut elsewhere);
    import(&mut there, &mut text.as_bytes()).expect("an import");
    let news = here.news().expect("the news");
    assert_eq!(news.len(), 1);
    assert!(news[0].mark.done && news[0].subject == Subject(5));
    // Decided on another machine, so `u` does not undo it here.
    assert_eq!(
        undo(&mut there, UndoTarget::Last),
        Err(DeskError::NothingToUndo)
    );
}
