//! Stories that differ from those the list was folded with: it shows them with the next list.

use super::*;

/// Files of the library get other texts, and the articles are grouped again.
fn retold(session: &mut Session, files: &[(&str, String)]) {
    for (name, text) in files {
        session.write(name, text);
    }
    session.notice_changes();
    session.wait(6);
}

/// The article of a file, in words of its own.
fn alone(name: &'static str, title: &str, day: u8) -> (&'static str, String) {
    (
        name,
        told(title, "Elsewhere", day, "excerpt: Nobody else says so."),
    )
}

/// All articles about the bridge now tell something else.
fn split(session: &mut Session) {
    let files = [
        alone("a.md", "Bread of rye", 20),
        alone("b.md", "A lighthouse is painted", 22),
        alone("c.md", "Snow in the valleys", 24),
    ];
    retold(session, &files);
}

/// The articles without a story now tell of the bridge.
fn joined(session: &mut Session) {
    let bridge = |name, title, provider, day| (name, told(title, provider, day, BRIDGE));
    let files = [
        bridge(
            "f.md",
            "Harbour bridge closes after cracks were found",
            "Fieldnotes",
            25,
        ),
        bridge(
            "g.md",
            "The harbour bridge closes after cracks found",
            "Herald",
            19,
        ),
    ];
    retold(session, &files);
}

#[test]
fn stories_are_counted_as_they_were_when_the_list_was_made() {
    let mut session = session(WIDE);
    session.press("1/harbour<Enter>gg");
    assert_eq!(session.app.story_count(), Some(1));
    split(&mut session);
    session.press("A").press("y");
    assert_eq!(session.app.selected_count(), 0);
    assert_eq!(session.app.story_count(), Some(0));
}

#[test]
fn an_open_story_stays_open_when_its_lead_leaves() {
    let mut session = session(WIDE);
    session
        .press("1")
        .select(B)
        .press("+d")
        .select(G)
        .press("R");
    assert_eq!(session.titles(), [F, A, C, D, G]);
}

#[test]
fn what_the_cursor_is_on_or_is_selected_keeps_its_row_in_the_next_list() {
    let mut session = session(WIDE);
    session.select(F).press("x").select(G);
    joined(&mut session);
    assert_eq!(session.titles().len(), 4, "not under the reader's finger");
    let on = session.app.list().current();
    session.press("R");
    assert_eq!(session.app.list().current(), on);
    assert_eq!(session.app.list().selection().len(), 1);
    assert_eq!(
        session.titles().len(),
        6,
        "the bridge is open: {:?}",
        session.titles()
    );
}

#[test]
fn the_list_comes_back_with_the_cursor_on_its_article() {
    let mut session = session(WIDE);
    session.select(G).press("/seed");
    assert_eq!(session.titles(), [F]);
    split(&mut session);
    session.press("<Esc>");
    assert_eq!((session.selected(), session.titles().len()), (G, 6));
}

#[test]
fn a_row_that_is_no_story_any_more_becomes_one_of_an_article() {
    for keys in ["+", ""] {
        let mut session = session(WIDE);
        session.select(B).press(keys);
        split(&mut session);
        session.press("+");
        assert_eq!(session.titles().len(), 6, "{keys}");
        assert_eq!(session.said(), "No other article tells it.");
    }
}

#[test]
fn a_row_that_has_become_one_of_a_story_opens() {
    let mut session = session(WIDE);
    session.select(F);
    joined(&mut session);
    session.press("+");
    assert_eq!(session.titles().len(), 6, "{:?}", session.titles());
}

#[test]
fn who_else_tells_it_may_not_be_listed_yet() {
    let mut session = session(WIDE);
    session.select(F);
    session.write("h.md", &told(F, "Herald", 26, ""));
    session.notice_changes();
    session.wait(6);
    session.press("+");
    assert_eq!(session.said(), "1 more tells it; R lists it.");
    session.press("R+");
    assert_eq!(session.titles().len(), 5, "{:?}", session.titles());
}

/// The ferry's story has one more teller, listed before anybody knows that it is one.
#[test]
fn what_a_refresh_lists_joins_its_story_without_another_one() {
    let mut session = session(WIDE);
    session.select(G);
    session.write("h.md", &told(D, "Herald", 26, FERRY));
    session.notice_changes();
    session.press("R");
    session.wait(6);
    assert_eq!(session.titles(), [D, F, B, G]);
    assert!(session.picture().contains("8 articles · 4 stories"));
}

#[test]
fn what_goes_and_comes_back_is_in_its_story_again() {
    let mut session = session(WIDE);
    let (_, text) = files().remove(4);
    session.wait(10);
    session.remove("e.md");
    session.notice_changes();
    session.wait(10);
    assert_eq!(session.titles(), [F, B, D, G]);
    session.write("e.md", &text);
    session.notice_changes();
    session.wait(10);
    assert_eq!(session.titles(), [F, B, D, G]);
    assert!(session.picture().contains("7 articles · 4 stories"));
}
