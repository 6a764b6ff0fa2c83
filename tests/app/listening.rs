//! The screen for somebody who hears it or feels it in braille.

use newsdesk::app::Loading;

use crate::picture::text;
use crate::session::{MEDIUM, NARROW, Session, WIDE};

/// Symbols that only the eye can read.
const DECORATION: &str = "│─┌┐└┘├▌┃━●★◷✓✗◆◇±▪▲△▽◌⊘↗▸▾•…·";

fn decoration(session: &Session) -> Vec<char> {
    let shown = text(&session.app);
    shown
        .chars()
        .filter(|it| DECORATION.contains(*it))
        .collect()
}

#[test]
fn what_is_on_a_row_is_said_in_words() {
    let mut session = Session::spoken(WIDE);
    session.press("sjvb");
    insta::assert_snapshot!("listening_list", session.picture());
}

#[test]
fn a_picked_value_is_said_in_words() {
    let mut session = Session::spoken(NARROW);
    session.press("tj<Space>");
    assert!(
        text(&session.app).contains("included "),
        "{}",
        text(&session.app)
    );
}

#[test]
fn one_pane_at_a_time_and_nothing_that_only_the_eye_understands() {
    for size in [WIDE, MEDIUM, NARROW] {
        // Signs, an overlay, the text, its related articles, the facets.
        for keys in [
            "sjdkL<Esc>",
            "?",
            ":",
            "<Enter>",
            "<Enter>G",
            "t",
            "gv",
            "<Ctrl-p>",
        ] {
            let mut session = Session::spoken(size);
            session.press(keys);
            let found = decoration(&session);
            assert!(found.is_empty(), "{keys}: {found:?}\n{}", session.picture());
        }
    }
}

#[test]
fn an_overlay_has_its_lines_for_itself() {
    let mut session = Session::spoken(WIDE);
    session.press("?");
    let shown = text(&session.app);
    assert!(shown.contains("KEYS"), "{shown}");
    assert!(!shown.contains("Three Radio Amateurs"), "{shown}");
}

#[test]
fn a_message_stays_until_the_next_key() {
    let mut session = Session::spoken(MEDIUM);
    session.press("s");
    let said = session.app.message().expect("a message").clone();
    session.wait(600);
    assert_eq!(session.app.message(), Some(&said));
    session.press("j");
    assert_ne!(session.app.message(), Some(&said));
}

#[test]
fn nothing_moves_while_the_library_loads() {
    let session = Session::spoken_waiting(MEDIUM);
    assert_ne!(session.app.cx().catalog.loading(), Loading::Ready);
    assert!(!session.app.is_moving());
}
