//! Publishing what somebody has published already, and who tells a story late.

use super::*;

/// The bridge, published by the Gazette.
fn published() -> Session {
    let mut files = files();
    files[1].1 = files[1].1.replacen("---\n", "---\npublished: true\n", 1);
    files[0].1 = files[0].1.replacen("---\n", "---\npublished: false\n", 1);
    Session::of(&borrowed(&files), WIDE)
}

#[test]
fn publishing_what_is_published_already_asks_first() {
    let mut session = published();
    session.select(B).press("+jjP");
    assert_eq!(session.selected(), A);
    assert!(session.has_overlay());
    let picture = session.picture();
    assert!(picture.contains("publish: staged: 1 article?"), "{picture}");
    assert!(
        picture.contains("The same story is published already: Harbour bridge"),
        "{picture}"
    );
    session.press("<Esc>");
    assert_eq!(staged(&session), 0);
    session.press("Py");
    assert_eq!(staged(&session), 1);
    session.press("u.").press("<Enter>");
    assert_eq!(staged(&session), 1, "repeating it asks as well");
    session.select(B).press("P");
    assert!(
        !session.has_overlay(),
        "it tells nothing twice: {}",
        session.picture()
    );
}

#[test]
fn publishing_two_of_a_story_at_once_asks_first() {
    let mut session = session(WIDE);
    session.select(D).press("+xxP");
    assert!(
        session.picture().contains("is to be published already"),
        "{}",
        session.picture()
    );
    session.press("y");
    assert_eq!(staged(&session), 2);
}

fn staged(session: &Session) -> u64 {
    session.app.cx().marks.sets().staged.len()
}

#[test]
fn a_new_article_of_a_story_that_is_done_comes_in_as_done() {
    let mut session = session(WIDE);
    session.select(B).press("D");
    let late = |provider, day| told("Harbour bridge closes for repairs", provider, day, BRIDGE);
    session.write("late.md", &late("Northgate Ledger", 25));
    session.write("later.md", &late("Copperwire", 26));
    session.notice_changes();
    session.wait(6);
    assert_eq!(
        session.said(),
        "2 new articles done, like their stories: 2 articles"
    );
    assert_eq!(done(&session).len(), 5);
    session.press("u");
    assert_eq!(done(&session).len(), 3, "it is undone like anything");
    session.wait(60);
    assert_eq!(done(&session).len(), 3, "and not done again");
}

#[test]
fn what_is_being_decided_counts_for_its_story() {
    let mut session = session(WIDE);
    session.select(B).press("+j").hold().press("b");
    session.select(B).press("D");
    session.deliver();
    assert_eq!(done(&session), [A, B], "what was rejected stays so");

    let late = told("Harbour bridge closes for repairs", "Ledger", 25, BRIDGE);
    for (keys, is_done) in [("D", true), ("Du", false)] {
        let mut session = self::session(WIDE);
        session.write("late.md", &late);
        session.select(B).hold();
        session.notice_changes();
        session.wait(6);
        session.press(keys);
        session.deliver();
        let expected = if is_done { 4 } else { 0 };
        assert_eq!(done(&session).len(), expected, "{keys}");
    }
}

#[test]
fn what_comes_back_with_a_mark_of_its_own_is_not_late() {
    let late = told("Harbour bridge closes for repairs", "Ledger", 25, BRIDGE);
    let mut session = session(WIDE);
    session.write("late.md", &late);
    session.notice_changes();
    session.wait(6);
    session.press("R").select(B).press("+");
    session
        .select("Harbour bridge closes for repairs")
        .press("s");
    session.remove("late.md");
    session.notice_changes();
    session.wait(60);
    session.press("R").select(B).press("D");
    session.write("late.md", &late);
    session.hold();
    session.notice_changes();
    session.wait(60);
    let (mut marks, others): (Vec<_>, Vec<_>) = session
        .take_held()
        .into_iter()
        .partition(|event| matches!(event, Event::Desk(_)));
    session.hold();
    for event in others {
        session.happen(event);
    }
    marks.drain(..).for_each(|event| session.happen(event));
    session.deliver();
    assert_eq!(done(&session), [C, A, B]);
}

#[test]
fn a_new_article_comes_into_the_inbox_where_its_story_waits_or_if_so_configured() {
    let late = told("Harbour bridge closes for repairs", "Ledger", 25, BRIDGE);
    let mut waits = session(WIDE);
    waits.select(B).press("d");
    waits.write("late.md", &late);
    waits.notice_changes();
    waits.wait(6);
    assert_eq!(done(&waits), [B]);
    let mut told_not_to = Session::configured(
        &borrowed(&files()),
        WIDE,
        Configured {
            config: Config {
                late_tellers: LateTellers::Inbox,
                ..Config::default()
            },
            ..Configured::default()
        },
    );
    told_not_to.select(B).press("D");
    told_not_to.write("late.md", &late);
    told_not_to.notice_changes();
    told_not_to.wait(6);
    assert_eq!(done(&told_not_to).len(), 3);
}
