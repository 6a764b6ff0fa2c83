//! What becomes of a mark: it is changed, takes over another, and follows its article.

use super::*;
use crate::model::FileVersion;

/// A mark whose fields were set at these seconds.
fn marked(fields: &[(MarkField, MarkValue, i64)]) -> Marked {
    let mut marked = Marked::untouched(Subject(1));
    for (field, value, second) in fields {
        marked.mark.set(field, value);
        let stamp = ChangeStamp {
            when: at(*second),
            transaction: id(1),
        };
        marked.stamps.push((field.clone(), stamp));
    }
    marked
}

/// When each field was set, by field.
fn seconds(marked: &Marked) -> Vec<(MarkField, Timestamp)> {
    let stamps = marked.stamps.iter();
    let mut seconds: Vec<_> = stamps.map(|(field, it)| (field.clone(), it.when)).collect();
    seconds.sort();
    seconds
}

#[test]
fn of_two_marks_the_later_value_of_each_field_holds() {
    let on = || MarkValue::Flag(true);
    let one = marked(&[
        (MarkField::Note, note("old"), 1),
        (MarkField::Starred, on(), 4),
    ]);
    let other = marked(&[
        (MarkField::Note, note("new"), 2),
        (MarkField::Starred, MarkValue::Flag(false), 3),
        (MarkField::Read, on(), 1),
    ]);
    for (mut one, other) in [(one.clone(), &other), (other.clone(), &one)] {
        one.absorb(other);
        let expected = Mark {
            note: "new".to_owned(),
            starred: true,
            read: true,
            ..Mark::default()
        };
        assert_eq!(one.mark, expected);
        let mut when = [
            (MarkField::Note, at(2)),
            (MarkField::Starred, at(4)),
            (MarkField::Read, at(1)),
        ];
        when.sort();
        assert_eq!(seconds(&one), when);
    }
}

#[test]
fn a_change_takes_the_place_of_the_one_before() {
    let mut it = marked(&[
        (MarkField::Note, note("old"), 1),
        (MarkField::Starred, MarkValue::Flag(true), 2),
    ]);
    let change = MarkChange {
        article: it.subject,
        field: MarkField::Note,
        before: note("old"),
        after: note("new"),
    };
    let transaction = Transaction {
        id: id(7),
        label: String::new(),
        when: at(9),
        origin: TransactionOrigin {
            machine: 1,
            session: 1,
        },
        undoes: None,
        changes: Vec::new(),
    };
    it.apply(&change, &transaction);
    assert_eq!(it.mark.note, "new");
    let mut when = [(MarkField::Note, at(9)), (MarkField::Starred, at(2))];
    when.sort();
    assert_eq!(seconds(&it), when);
    assert_eq!(it.latest().map(|it| it.transaction), Some(id(7)));
}

#[test]
fn a_mark_knows_its_article_as_it_was_decided_on_and_as_it_was_seen_last() {
    let decided = Identity {
        version: Some(FileVersion(1)),
        ..identity(1)
    };
    let mut marked = Marked {
        seen: decided.fingerprint,
        identity: decided.clone(),
        ..Marked::untouched(Subject(1))
    };
    assert!(!marked.renew(&decided), "it is as it was");

    let rewritten = Identity {
        fingerprint: Some(Fingerprint(9)),
        version: Some(FileVersion(2)),
        ..decided.clone()
    };
    assert!(marked.renew(&rewritten));
    let known = Identity {
        fingerprint: decided.fingerprint,
        ..rewritten
    };
    assert_eq!(marked.identity, known);
    assert_eq!(marked.seen, Some(Fingerprint(9)));

    // It has another page, and its words cannot be read.
    let unread = Identity {
        page: Some(7),
        fingerprint: None,
        version: None,
        ..decided
    };
    assert!(marked.renew(&unread));
    let known = Identity {
        page: Some(7),
        ..known
    };
    assert_eq!(marked.identity, known);
    assert_eq!(marked.seen, Some(Fingerprint(9)));
}
