//! Splitting and joining stories.

use super::*;

#[test]
fn one_is_split_off_for_good_and_the_split_undone() {
    let mut session = session(WIDE);
    session.select(B).press("&");
    assert!(
        session.said().starts_with("+ opens the story"),
        "{}",
        session.said()
    );
    session.press("+j&");
    assert_eq!(session.titles(), [F, C, D, B, A, G]);
    assert_eq!(session.selected(), C);
    assert_eq!(session.said(), format!("split off its story: {C}"));
    // The files are read again, which joins nothing.
    session.press("R");
    assert_eq!(session.titles(), [F, C, D, B, A, G]);
    session.press("u");
    assert_eq!(session.titles(), [F, B, C, A, D, G]);
    session.press("<Ctrl-r>");
    assert_eq!(session.titles(), [F, C, D, B, A, G]);
    assert!(
        session
            .press("U")
            .picture()
            .contains(&format!("split off its story: {}", &C[..20])),
        "{}",
        session.picture()
    );
}

#[test]
fn the_lead_leaves_and_the_others_stay_together() {
    let mut session = session(WIDE);
    session.select(B).press("+&");
    assert_eq!(session.titles(), [F, A, D, B, G], "{}", session.picture());
}

#[test]
fn what_is_selected_is_joined_with_what_is_under_the_cursor() {
    let mut session = session(WIDE);
    session.select(F).press("x").select(G).press("&");
    assert_eq!(session.said(), "joined into one story: 2 articles");
    assert_eq!(session.titles(), [G, B, D], "the earlier one leads");
    assert_eq!(session.selected(), G);
    assert!(
        session.page().join("\n").contains("joined by you"),
        "{:?}",
        session.page()
    );
    session.press("u");
    assert_eq!(session.titles(), [F, B, D, G]);
}

#[test]
fn two_stories_are_joined_with_all_they_have() {
    let mut session = session(WIDE);
    session.select(B).press("x").select(D).press("&");
    assert_eq!(session.said(), "joined into one story: 5 articles");
    assert_eq!(tellers(&session, D), 5);
    assert_eq!(session.selected(), D, "its story is open");
    // The article that holds them all together leaves, and the others stay as they are.
    session.select(B).press("&");
    assert_eq!((tellers(&session, B), tellers(&session, D)), (1, 4));
    session.press("uu");
    assert_eq!((tellers(&session, B), tellers(&session, D)), (3, 2));
}

/// How many tell the story of an article.
fn tellers(session: &Session, title: &str) -> usize {
    let story = session.app.cx().grouping.story(id(session, title));
    story.map_or(1, |story| story.len())
}

#[test]
fn alone_it_says_how_to_join() {
    let mut session = session(WIDE);
    session.select(F).press("&");
    assert!(
        session
            .said()
            .starts_with("No other article tells it. Select"),
        "{}",
        session.said()
    );
}

#[test]
fn those_selected_of_one_story_are_split_off_it() {
    let mut session = session(WIDE);
    session.select(B).press("+jxx");
    assert_eq!(session.app.list().selection().len(), 2);
    session.press("&");
    assert_eq!(
        session.titles(),
        [F, A, D, B, G],
        "the two that left still tell the same"
    );
    let mut session = self::session(WIDE);
    session.select(B).press("+xxx&");
    assert!(
        session.said().starts_with("That is the whole story"),
        "{}",
        session.said()
    );
}
