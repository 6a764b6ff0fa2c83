//! Moving in the panes and between them, and what stays in place meanwhile.

use newsdesk::app::geometry::{Pane, Zoom};

use crate::session::{Deed, MEDIUM, NARROW, Session, WIDE, size};

#[test]
fn rows_pages_and_ends_of_the_list() {
    let mut session = Session::sample(NARROW);
    let titles = session.titles();
    let height = 17;
    for (keys, at) in [
        ("j", 1),
        ("<down>j", 3),
        ("k", 2),
        ("<up>kkkk", 0),
        ("<Ctrl-f>", height - 1),
        ("<PgDn>", 2 * (height - 1)),
        ("<Ctrl-b>", height - 1),
        ("<PgUp>", 0),
        ("<Ctrl-d>", height / 2),
        ("<Ctrl-d><Ctrl-u>", height / 2),
        ("G", titles.len() - 1),
        ("j<Ctrl-d>", titles.len() - 1),
        ("gg", 0),
        ("<End>", titles.len() - 1),
        ("<Home>", 0),
    ] {
        session.press(keys);
        assert_eq!(session.selected(), titles[at], "after {keys}");
        assert_eq!(session.shown(), titles[at], "the text after {keys}");
    }
}

#[test]
fn the_text_scrolls_to_its_end_and_no_further() {
    let mut session = Session::sample(MEDIUM);
    session.press("<Enter>G");
    let last = session.app.detail().last_scroll();
    assert!(last > 10);
    assert_eq!(session.app.detail().scroll(), last);
    session.press("jjj<Ctrl-f>");
    assert_eq!(session.app.detail().scroll(), last);
    session.press("gg");
    assert_eq!(session.app.detail().scroll(), 0);
}

#[test]
fn the_text_scrolls_without_leaving_the_list() {
    let mut session = Session::sample(WIDE);
    let selected = session.selected().to_owned();
    session.press("JJJK");
    assert_eq!(session.app.detail().scroll(), 2);
    assert_eq!(
        (session.selected(), session.focus()),
        (&*selected, Pane::List)
    );
}

#[test]
fn space_reads_on_and_at_the_end_shows_the_next_article() {
    let mut session = Session::sample(MEDIUM);
    let titles = session.titles();
    session.press("<Enter>");
    let mut presses = 0;
    while session.shown() == titles[0] {
        let before = session.app.detail().scroll();
        session.press("<Space>");
        presses += 1;
        let moved = session.app.detail().scroll() > before || session.shown() != titles[0];
        assert!(moved && presses < 100, "stuck at {before}");
    }
    assert!(presses > 1, "the text is longer than a page");
    assert_eq!(
        (session.shown(), session.app.detail().scroll()),
        (&*titles[1], 0)
    );
    assert_eq!(
        (session.selected(), session.focus()),
        (&*titles[1], Pane::Detail)
    );
}

#[test]
fn space_says_when_there_is_no_next_article() {
    let mut session = Session::sample(WIDE);
    session.press("G<Enter>G");
    let last = session.shown().to_owned();
    session.press("<Space><Space>");
    assert_eq!(session.shown(), last);
    assert_eq!(session.said(), "That was the last article in the list.");
}

#[test]
fn the_next_article_from_within_the_text() {
    let mut session = Session::sample(WIDE);
    let titles = session.titles();
    session.press("<Enter>jjJ");
    assert_eq!(
        (session.shown(), session.app.detail().scroll()),
        (&*titles[1], 0)
    );
    session.press("K");
    assert_eq!(
        (session.shown(), session.focus()),
        (&*titles[0], Pane::Detail)
    );
}

#[test]
fn tab_goes_round_and_arrows_stop_at_the_sides() {
    let mut session = Session::sample(WIDE);
    let mut seen = Vec::new();
    for _ in 0..4 {
        session.press("<Tab>");
        seen.push(session.focus());
    }
    assert_eq!(
        seen,
        [Pane::Detail, Pane::Related, Pane::Facets, Pane::List]
    );
    session.press("<Shift-Tab>");
    assert_eq!(session.focus(), Pane::Facets);
    session.press("h");
    assert_eq!(session.focus(), Pane::Facets);
    session.press("ll<Right><Right>");
    assert_eq!(session.focus(), Pane::Related);
    session.press("<Left>");
    assert_eq!(session.focus(), Pane::Detail);
}

#[test]
fn enter_goes_further_in_and_q_comes_out_pane_by_pane() {
    for at in [NARROW, size(40, 12)] {
        let mut session = Session::sample(at);
        session.press("j<Enter>");
        assert_eq!(session.focus(), Pane::Detail);
        session.press("<Enter>");
        assert_eq!(session.focus(), Pane::Related);
        session.press("q");
        assert_eq!(session.focus(), Pane::Detail);
        session.press("q");
        assert_eq!(session.focus(), Pane::List);
        assert_eq!(session.take_outside(), []);
        session.press("q");
        assert_eq!(session.take_outside(), [Deed::Quit]);
    }
}

#[test]
fn capital_q_quits_from_anywhere() {
    for keys in ["", "t", "<Enter>", "<Enter><Enter>", "z", "O", "!"] {
        let mut session = Session::sample(WIDE);
        session.press(keys).press("Q");
        assert_eq!(session.take_outside(), [Deed::Quit], "after {keys:?}");
    }
}

#[test]
fn escape_takes_one_step_at_a_time() {
    let mut session = Session::sample(WIDE);
    session.press("t<Space>lz?");
    session.press("<Esc>");
    assert!(!session.has_overlay(), "first what lies over");
    assert_eq!(session.app.zoom(), Zoom::TextAlone);
    session.press("<Esc>");
    assert_eq!(session.app.zoom(), Zoom::Panes, "then the zoom");
    session.press("<Enter>");
    assert_eq!(session.focus(), Pane::Detail);
    session.press("<Esc>");
    assert_eq!(session.focus(), Pane::List, "then the pane");
    assert!(!session.app.cx().in_force.is_empty());
    session.press("<Esc>");
    assert!(
        session.app.cx().in_force.is_empty(),
        "then what is filtered"
    );
    session.press("<Esc><Esc>");
    assert_eq!(session.take_outside(), [], "and never the program");
}

#[test]
fn the_list_is_where_it_was_after_a_look_at_something_else() {
    for at in [WIDE, MEDIUM, NARROW] {
        for away_and_back in ["<Enter>q", "zz", "zJJz", "t<Esc>", "<Enter><Enter>jqq"] {
            let mut session = Session::sample(at);
            session.press("<Ctrl-f><Ctrl-f>kkk");
            let before = (session.selected().to_owned(), session.cursor_on_screen());
            assert!(before.1 > 3);
            session.press(away_and_back);
            if session.focus() != Pane::List {
                session.press("q");
            }
            let after = (session.selected().to_owned(), session.cursor_on_screen());
            if away_and_back == "zJJz" {
                assert_eq!(after.1, before.1 + 2, "{at:?} {away_and_back}");
            } else {
                assert_eq!(after, before, "{at:?} {away_and_back}");
            }
        }
    }
}

#[test]
fn a_new_size_keeps_the_words_at_the_top_of_the_text() {
    let mut session = Session::sample(WIDE);
    session.press("<Enter><Ctrl-d><Ctrl-d>");
    let first = session.first_line();
    let word = first.split_whitespace().next().expect("a line of words");
    let before = session.app.detail().scroll();
    for other in [
        MEDIUM,
        NARROW,
        size(40, 12),
        size(20, 6),
        size(10, 3),
        size(200, 60),
    ] {
        session.resize(other);
        let seen = session.first_line();
        let too_small_or_short = other.columns < 20 || session.app.detail().last_scroll() < before;
        assert!(
            too_small_or_short || seen.contains(word),
            "{other:?}: {seen:?} has no {word:?}"
        );
        session.resize(WIDE);
        assert_eq!(session.app.detail().scroll(), before, "back from {other:?}");
    }
}

#[test]
fn zooming_there_and_back_does_not_drift() {
    let mut session = Session::sample(MEDIUM);
    session.press("<Enter><Ctrl-d>jjj");
    let before = session.first_line();
    session.press("zzzzzzzz");
    assert_eq!(session.first_line(), before);
}

#[test]
fn a_new_size_keeps_the_selection() {
    let mut session = Session::sample(WIDE);
    session.press("<Ctrl-f>jjj");
    let before = session.selected().to_owned();
    for other in [NARROW, size(20, 6), size(3, 2), size(0, 0), MEDIUM, WIDE] {
        session.resize(other);
        assert_eq!((session.selected(), session.shown()), (&*before, &*before));
    }
}

#[test]
fn what_is_begun_shows_what_can_follow_and_escape_forgets_it() {
    let mut session = Session::sample(WIDE);
    session.press("jjg");
    let ways = session
        .app
        .cx()
        .env
        .keymap
        .continuations(session.app.context(), session.app.pending());
    assert!(!ways.is_empty());
    session.wait(1);
    assert!(crate::picture::text(&session.app).contains("g first"));
    session.press("<Esc>");
    assert!(session.app.pending().is_empty());
    assert_eq!((session.said(), session.app.list().cursor().at), ("", 2));
    session.press("g");
    assert_eq!(
        session.app.list().cursor().at,
        2,
        "the first g was forgotten"
    );
}

#[test]
fn a_key_without_a_meaning_says_so() {
    let mut session = Session::sample(WIDE);
    session.press("Z");
    assert_eq!(session.said(), "Z does nothing here; ? shows all keys.");
    session.press("gX");
    assert_eq!(session.said(), "g X does nothing here; ? shows all keys.");
    session.press("OX");
    assert_eq!(session.said(), "X does nothing here; Esc closes this.");
}

#[test]
fn the_terminal_is_asked_for() {
    let mut session = Session::sample(WIDE);
    session.press("<Ctrl-z><Ctrl-l>");
    assert_eq!(session.take_outside(), [Deed::Suspend, Deed::Redraw]);
}
