//! Pages that are wrapped elsewhere: the first screen, the rest, and those that come too late.

use crate::session::{MEDIUM, Session, WIDE, article};

/// A long article, and a short one below it.
fn long_and_short() -> Session {
    let body: String = (0..400).map(|at| format!("Paragraph {at}.\n\n")).collect();
    let long = format!("{}{body}The end.\n", article("Long", 2, ""));
    let short = article("Short", 1, "");
    Session::of(&[("long.md", &long), ("short.md", &short)], WIDE)
}

#[test]
fn the_first_screen_of_a_long_text_comes_before_the_rest() {
    let mut session = long_and_short();
    session.press("j").hold().press("k");
    let mut replies = session.take_held().into_iter();
    let page = |session: &Session| session.page().join("\n");
    session.tell(replies.next().expect("the beginning"));
    assert!(page(&session).contains("Paragraph 40."));
    assert!(!page(&session).contains("The end."));
    session.press("<Enter><Ctrl-d>");
    let first = session.first_line();
    session.tell(replies.next().expect("all of it"));
    assert!(page(&session).contains("The end."));
    assert_eq!(
        session.first_line(),
        first,
        "nothing moves under the reader"
    );
}

#[test]
fn a_page_that_comes_late_is_not_shown() {
    let mut session = long_and_short();
    session.press("j").hold().press("kj");
    for reply in session.take_held().into_iter().rev() {
        session.tell(reply);
    }
    assert_eq!(session.shown(), "Short");
    assert!(!session.page().join("\n").contains("Paragraph"));
}

#[test]
fn a_page_is_wrapped_elsewhere_when_the_width_changes() {
    let mut session = long_and_short();
    let columns = session.app.detail().columns();
    session.hold().resize(MEDIUM);
    assert_eq!(session.app.detail().columns(), columns, "the old one stays");
    session.deliver();
    assert_ne!(session.app.detail().columns(), columns);
}
