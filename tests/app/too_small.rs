//! A screen without room: nobody can see what a key would do, so only the ways out work.

use crate::five::{done, library, titles};
use crate::session::{Deed, Session, WIDE, size};

/// Too small for anything but saying so.
const TINY: newsdesk::app::geometry::Size = size(20, 5);
/// Large enough for a list, not for what a question is about.
const LOW: newsdesk::app::geometry::Size = size(20, 6);

fn is_written(session: &Session) -> bool {
    let text = std::fs::read_to_string(session.path("four.md")).expect("a file");
    text.contains("published: true")
}

#[test]
fn a_question_that_was_not_shown_is_not_answered() {
    for low in [TINY, LOW] {
        let mut session = library();
        session.press("jP").resize(low);
        session.press("$");
        session.wait(1);
        session.press("<Enter>y");
        assert!(!is_written(&session), "{low:?}");
        session.resize(WIDE);
        session.press("gg<Esc><Esc>").resize(low);
        session.press("A");
        session.wait(1);
        session.press("<Enter>y");
        assert_eq!(done(&session), ["four"], "{low:?}");
    }
}

#[test]
fn a_question_can_be_answered_once_there_is_room_for_it() {
    let mut session = library();
    session.press("jP$").resize(TINY);
    session.wait(1);
    session.press("<Enter>");
    assert!(!is_written(&session));
    session.resize(WIDE);
    session.press("<Enter>");
    assert!(is_written(&session));
}

#[test]
fn only_the_ways_out_work_while_nothing_is_shown() {
    let mut session = library();
    session.resize(TINY);
    session.press("dsPjj:done<Enter>ge");
    session.resize(WIDE);
    assert!(!session.has_overlay() && !session.has_prompt());
    assert_eq!(done(&session), [""; 0]);
    assert_eq!(titles(&session, |marks| &marks.starred), [""; 0]);
    assert_eq!(session.selected(), "five");
    for key in ["q", "Q"] {
        let mut session = library();
        session.resize(TINY);
        session.press(key);
        assert_eq!(session.take_outside(), [Deed::Quit], "{key}");
    }
    session.resize(TINY);
    session.press("<Ctrl-z>");
    assert_eq!(session.take_outside(), [Deed::Suspend]);
}
