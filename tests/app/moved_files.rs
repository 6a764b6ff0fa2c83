//! Deciding on articles whose files are moved, or gone.

use newsdesk::config::MarkRead;

use crate::five::{id, marking_read, titles};
use crate::session::Session;

#[test]
fn a_mark_follows_its_file() {
    let mut session = marking_read(MarkRead::Never);
    session.press("s");
    let text = std::fs::read_to_string(session.path("five.md")).expect("a file");
    session.remove("five.md");
    session.write("_archive/five.md", &text);
    session.notice_changes();
    session.press("R");
    assert_eq!(titles(&session, |marks| &marks.starred), ["five"]);
}

/// Renames the file of the article `name`, as the watch notices it.
fn rename(session: &mut Session, name: &str) {
    let text = std::fs::read_to_string(session.path(&format!("{name}.md"))).expect("a file");
    session.remove(&format!("{name}.md"));
    session.write(&format!("_archive/{name}-moved.md"), &text);
    session.notice_changes();
}

#[test]
fn a_row_whose_file_was_renamed_stays_and_is_decided_on() {
    let mut session = marking_read(MarkRead::Never);
    session.press("jbk");
    rename(&mut session, "four");
    assert_eq!(session.titles(), ["five", "four", "three", "two", "one"]);
    assert_eq!((session.selected(), session.shown()), ("four", "four"));
    assert_eq!(session.app.arrived(), 0);
    assert_eq!(titles(&session, |marks| &marks.rejected), ["four"]);
    session.press("gg");
    rename(&mut session, "five");
    session.press("s");
    assert_eq!(session.said(), "starred: five");
    session.press("R");
    assert_eq!(titles(&session, |marks| &marks.starred), ["five"]);
    let marks = session.marks_on_desk();
    assert!(marks[&id(&session, "five")].starred, "{marks:?}");
}

#[test]
fn a_prompt_and_a_selection_are_about_files_wherever_they_are() {
    let mut session = marking_read(MarkRead::Never);
    session.press("#");
    rename(&mut session, "five");
    session.press("kept<Enter>");
    assert_eq!(session.said(), "tag +kept: five");
    session.press("X");
    rename(&mut session, "three");
    session.press("s");
    assert_eq!(session.said(), "starred: 5 articles");
    session.press("R");
    assert_eq!(titles(&session, |marks| &marks.starred).len(), 5);
    let marks = session.marks_on_desk();
    assert_eq!(marks[&id(&session, "five")].tags.len(), 1, "{marks:?}");
}

#[test]
fn nothing_is_decided_on_a_file_that_is_gone() {
    let mut session = marking_read(MarkRead::Never);
    session.press("j");
    session.remove("four.md");
    session.notice_changes();
    session.press("s");
    assert_eq!(
        session.error(),
        "Nothing is decided: the file of “four” is gone."
    );
    session.press("d");
    assert_eq!(session.selected(), "four", "nothing was done to go on from");
    assert!(session.marks_on_desk().is_empty());
    assert_eq!(session.app.progress(), None);
    session.press("kd");
    assert_eq!(session.app.progress(), Some((1, 3)), "one of five is gone");
}
