//! What is staged: publication and fields of files, reviewed, written and taken back.

use newsdesk::config::MarkRead;
use newsdesk::model::ListedFlag;

use crate::five::{done, id, marking_read, titles};
use crate::session::{Session, WIDE, article};

/// A file of a Hugo site: what comes before the closing fence, and a text.
fn post(title: &str, day: u8, more: &str) -> String {
    format!("---\ntitle: {title}\ndate: 2021-12-{day:02}\n{more}---\nText.\n")
}

#[test]
fn what_is_so_already_is_only_handled_and_said() {
    let mut session = marking_read(MarkRead::Never);
    session.press("H");
    assert_eq!(session.said(), "unpublished already: done: five");
    assert_eq!(titles(&session, |marks| &marks.staged), [""; 0]);
    assert_eq!(done(&session), ["five"]);
}

#[test]
fn a_bulk_publication_leaves_out_what_is_rejected_and_says_so() {
    let mut session = marking_read(MarkRead::Never);
    session.press("bd:publish t<Enter>");
    let picture = session.picture();
    assert!(
        picture.contains("publish: staged: 2 articles?"),
        "{picture}"
    );
    session.press("<Esc>b:publish t<Enter>");
    let picture = session.picture();
    assert!(picture.contains("publish: staged: 1 article?"), "{picture}");
    assert!(
        picture.contains("2 match; left out: 1 rejected"),
        "{picture}"
    );
    session.press("<Esc>:publish t is:rejected<Enter>");
    assert!(
        session.picture().contains("1 article?"),
        "named, they are taken"
    );
}

#[test]
fn publication_is_staged_reviewed_and_written() {
    let mut session = marking_read(MarkRead::Never);
    let before = std::fs::read_to_string(session.path("five.md")).expect("a file");
    session.press("P");
    assert_eq!(titles(&session, |marks| &marks.staged), ["five"]);
    assert_eq!(
        std::fs::read_to_string(session.path("five.md")).expect("a file"),
        before
    );
    session.press("$");
    let picture = session.picture();
    assert!(picture.contains("REVIEW: publish 1"), "{picture}");
    assert!(picture.contains("- published: false") && picture.contains("+ published: true"));
    session.press("<Esc>");
    assert_eq!(
        std::fs::read_to_string(session.path("five.md")).expect("a file"),
        before
    );
    session.press("$<Enter>");
    assert_eq!(session.said(), "written 1, unchanged 0, refused 0");
    let after = std::fs::read_to_string(session.path("five.md")).expect("a file");
    assert_eq!(after, before.replace("published: false", "published: true"));
    assert_eq!(titles(&session, |marks| &marks.staged), [""; 0]);
    session.notice_changes();
    let published = session
        .app
        .cx()
        .catalog
        .library()
        .article(id(&session, "five"))
        .flag(ListedFlag::Published);
    assert_eq!(published, Some(true));
    assert_eq!(
        titles(&session, |marks| &marks.changed),
        [""; 0],
        "it says what it said"
    );
    session.press("u");
    assert_eq!(
        titles(&session, |marks| &marks.staged),
        ["five"],
        "undone as itself: staged again"
    );
}

#[test]
fn what_is_dropped_from_the_review_is_unstaged_and_back_in_the_inbox() {
    let mut session = marking_read(MarkRead::Never);
    session.press("PP$");
    assert!(
        session.picture().contains("REVIEW: publish 2"),
        "{}",
        session.picture()
    );
    session.press("jx");
    assert!(
        session.picture().contains("REVIEW: publish 1"),
        "{}",
        session.picture()
    );
    assert_eq!(titles(&session, |marks| &marks.staged), ["five"]);
    assert_eq!(done(&session), ["five"]);
    session.press("x");
    assert!(!session.has_overlay(), "nothing is left to be reviewed");
    assert_eq!(titles(&session, |marks| &marks.staged), [""; 0]);
}

#[test]
fn a_file_that_cannot_be_written_stays_staged() {
    let mut session = marking_read(MarkRead::Never);
    session.press("P");
    session.write("five.md", &article("five", 5, "published: \"false\""));
    session.notice_changes();
    session.press("$");
    assert!(
        session.picture().contains("refused 1"),
        "{}",
        session.picture()
    );
    session.press("<Enter>");
    assert_eq!(titles(&session, |marks| &marks.staged), ["five"]);
    session.press("<Esc>jP$<Enter>");
    let said = session.error();
    assert!(
        said.starts_with("written 1, unchanged 0, refused 1. "),
        "{said}"
    );
    assert_eq!(titles(&session, |marks| &marks.staged), ["five"]);
    let mut session = Session::sample(WIDE);
    session.press("H$");
    assert!(
        session
            .picture()
            .contains("the sample library is part of the program")
    );
}

#[test]
fn what_is_published_is_for_the_site_to_say() {
    let live = post("live", 4, "");
    let wip = post("wip", 3, "draft: true\n");
    let soon = post("soon", 2, "publishDate: 2099-01-01\n");
    let files = [
        ("hugo.toml", "baseURL = 'https://a.example'\n"),
        ("content/live.md", &live),
        ("content/wip.md", &wip),
        ("content/soon.md", &soon),
    ];
    let mut session = Session::of(&files, WIDE);
    session.press("ggP");
    let picture = session.picture();
    assert!(picture.contains("its date is in the future"), "{picture}");
    assert_eq!(done(&session), [""; 0]);
    session.press("ggj");
    assert!(session.picture().contains("published · Hugo: by default"));
    session.press("P");
    assert!(session.picture().contains("published already: done"));
    assert!(session.picture().contains("unpublished · Hugo: draft"));
    session.press("H");
    assert_eq!(titles(&session, |marks| &marks.staged), [""; 0]);
    assert_eq!(done(&session), ["live", "wip"]);
    session.press("P");
    assert_eq!(titles(&session, |marks| &marks.staged), ["wip"]);
}

#[test]
fn fields_that_contradict_each_other_are_named_at_once() {
    let both = post("both", 1, "published: true\ndraft: true\n");
    let mut session = Session::of(&[("both.md", both.as_str())], WIDE);
    session.press("P");
    let picture = session.picture();
    assert!(
        picture.contains("published and draft contradict each other"),
        "{picture}"
    );
    assert_eq!(titles(&session, |marks| &marks.staged), [""; 0]);
    assert_eq!(done(&session), [""; 0]);
}

#[test]
fn a_field_is_edited_reviewed_written_and_taken_back() {
    let text = article("one", 1, "quality: 60").replace("---\ntitle", "---\nmood: calm\ntitle");
    let mut session = Session::of(&[("a.md", &text)], WIDE);
    session.press("Equality 70<Enter>Emood -<Enter>");
    assert!(
        session.picture().contains("± staged: mood -, quality = 70"),
        "{}",
        session.picture()
    );
    session.press("$");
    let picture = session.picture();
    assert!(picture.contains("REVIEW: edit 1"), "{picture}");
    assert!(
        picture.contains("- quality: 60") && picture.contains("+ quality: 70"),
        "{picture}"
    );
    assert!(picture.contains("- mood: calm"), "{picture}");
    session.press("<Enter>");
    assert_eq!(session.said(), "written 1, unchanged 0, refused 0");
    assert!(!session.picture().contains("staged: quality"));
    session.press("u$");
    let picture = session.picture();
    assert!(
        picture.contains("+ quality: 60") && picture.contains("+ mood: calm"),
        "{picture}"
    );
    session.press("x");
    assert!(!session.has_overlay(), "nothing is staged any more");
}

#[test]
fn entries_of_one_field_come_together_until_they_are_written() {
    let text = article("one", 1, "");
    let mut session = Session::of(&[("a.md", &text)], WIDE);
    session.press("Etopics +ai<Enter>Etopics +sea -ai<Enter>");
    assert!(
        session.picture().contains("staged: topics +sea -ai"),
        "{}",
        session.picture()
    );
    session.press("Etopics<Enter>");
    assert!(
        session.picture().contains("type its new value"),
        "{}",
        session.picture()
    );
}

#[test]
fn what_was_refused_is_named_with_its_reason() {
    let text = article("One", 1, "quality: 50");
    let mut session = Session::of(&[("one.md", &text)], WIDE);
    session.press("Equality 70<Enter>$");
    session.write("one.md", &article("One", 1, "quality: 60"));
    session.press("<Enter>");
    let said = session.error();
    assert!(
        said.starts_with("written 0, unchanged 0, refused 1. "),
        "{said}"
    );
    assert!(said.contains("one.md: "), "{said}");
    assert!(said.ends_with(" What was refused stays staged."), "{said}");
}

#[test]
fn what_goes_back_to_the_inbox_is_not_staged() {
    let text = article("One", 1, "published: false");
    let mut session = Session::of(&[("one.md", &text)], WIDE);
    session.press("P");
    assert_eq!(session.app.cx().marks.sets().staged.len(), 1);
    session.press("gu");
    assert_eq!(session.app.cx().marks.sets().staged.len(), 0);
    assert_eq!(session.said(), "back in the Inbox: One");
}
