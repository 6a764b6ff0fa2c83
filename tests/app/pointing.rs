//! The pointer: each test draws the screen, points at what is on it, and looks at the state.

use std::time::Duration;

use newsdesk::app::geometry::Pane;
use newsdesk::app::{Event, Gesture, PointerEvent, PointerTarget};
use newsdesk::config::PaneSizes;

use crate::picture::place_of;
use crate::session::{Deed, Session, WIDE, article, on_its_own};

/// A library of fifty articles, the newest first.
fn fifty() -> Session {
    let texts: Vec<(String, String)> = (0..50)
        .map(|at| {
            let text = article(&format!("Number {at:02}"), 1 + at % 28, "");
            let text = on_its_own(&text, usize::from(at));
            (format!("{at}.md"), text)
        })
        .collect();
    let files: Vec<(&str, &str)> = texts
        .iter()
        .map(|(a, b)| (a.as_str(), b.as_str()))
        .collect();
    Session::of(&files, WIDE)
}

#[test]
fn a_click_selects_and_a_double_click_opens() {
    let mut session = fifty();
    let other = session.titles()[7].to_string();
    session.click(&other);
    assert_eq!(session.selected(), other);
    assert_eq!(session.app.focus(), Pane::List);
    let (x, y) = place_of(&session.app, &other);
    session.double_click(x, y);
    assert_eq!(session.selected(), other);
    assert_eq!(session.app.focus(), Pane::Detail);
}

#[test]
fn two_clicks_apart_are_no_double_click() {
    let mut session = fifty();
    let other = session.titles()[3].to_string();
    let (x, y) = place_of(&session.app, &other);
    session.point(Gesture::Press, x, y);
    session.press("<Ctrl-l><Ctrl-l>");
    session.point(Gesture::Press, x, y);
    assert_eq!(session.selected(), other);
    assert_eq!(session.app.focus(), Pane::List);
}

#[test]
fn the_wheel_scrolls_the_list_and_neither_shows_nor_marks_anything() {
    let mut session = fifty();
    let before = session.selected().to_owned();
    for _ in 0..5 {
        session.point(Gesture::WheelDown, 60, 10);
    }
    assert!(session.app.list().cursor().top > session.app.list().cursor().at);
    assert_eq!(session.selected(), before);
    assert_eq!(session.app.detail().article(), session.app.list().current());
    assert_eq!(session.take_outside(), []);
    session.press("j");
    let cursor = session.app.list().cursor();
    assert!(
        cursor.top <= cursor.at,
        "the cursor is in view again: {cursor:?}"
    );
}

#[test]
fn the_wheel_in_a_text_reads_no_article_to_its_end() {
    let body = "A paragraph.\n\n".repeat(60);
    let long = format!("{}\n{body}", article("Long", 9, ""));
    let mut session = Session::of(&[("1.md", long.as_str())], WIDE);
    let id = session.app.detail().article().expect("an article");
    for _ in 0..60 {
        session.point(Gesture::WheelDown, 140, 8);
    }
    assert_eq!(
        session.app.detail().scroll(),
        session.app.detail().last_scroll()
    );
    assert!(!session.app.cx().marks.is_read(id));
}

#[test]
fn a_click_on_a_facet_value_includes_it_and_again_takes_it_back() {
    let mut session = Session::sample(WIDE);
    let (x, y) = place_of(&session.app, "Robotics");
    session.point(Gesture::Press, x, y);
    assert_eq!(session.app.cx().in_force.text(), "topic:=Robotics");
    session.press("<Ctrl-l><Ctrl-l>");
    session.point(Gesture::Press, x, y);
    assert!(session.app.cx().in_force.is_empty());
}

#[test]
fn a_click_on_a_hint_runs_its_command() {
    let mut session = Session::sample(WIDE);
    session.click("? keys");
    assert!(
        session
            .app
            .panel()
            .is_some_and(|it| it.title.as_str().contains("KEYS"))
    );
}

#[test]
fn a_click_on_a_link_opens_it_and_one_on_other_words_does_not() {
    let text = article("One", 1, "originalUrl: https://news.example/one\n");
    let mut session = Session::of(&[("1.md", text.as_str())], WIDE);
    session.click("news.example/one");
    let outside = session.take_outside();
    assert!(
        matches!(&outside[..], [Deed::Open(link)] if link.as_str() == "https://news.example/one"),
        "{outside:?}"
    );
    session.click("RELATED");
    assert_eq!(session.take_outside(), []);
}

#[test]
fn rows_of_an_overlay_are_clicked_and_a_question_is_not_answered_by_clicking() {
    let mut session = fifty();
    session.press("F");
    let (x, y) = place_of(&session.app, "Starred");
    session.double_click(x, y);
    assert_eq!(session.app.view_in_force(), Some("Starred"));

    let mut session = fifty();
    session.press("A");
    for _ in 0..2 {
        session.double_click(60, 20);
    }
    assert!(session.app.panel().is_some(), "the question is still there");
    assert!(session.take_outside().is_empty());
}

#[test]
fn a_hint_that_confirms_is_no_answer_to_a_question() {
    let mut session = fifty();
    session.press("A").wait(1);
    let question = session.picture();
    assert!(question.contains("y yes"), "{question}");
    session.click("y yes").wait(1);
    assert!(session.has_overlay(), "it waits for a key");
    assert_eq!(session.error(), "");
    session.press("y");
    assert!(!session.has_overlay());
}

#[test]
fn a_press_ends_a_drag_whose_release_was_lost() {
    let mut session = Session::sample(WIDE);
    let border = session.app.panes().list.expect("a list").x - 1;
    let before = session.app.cx().env.panes;
    session.point(Gesture::Press, border, 12);
    session.point(Gesture::Press, 60, 12);
    session.point(Gesture::Drag, 80, 12);
    assert_eq!(session.app.cx().env.panes, before);
}

#[test]
fn what_lies_under_an_overlay_is_out_of_reach() {
    let mut session = fifty();
    let before = session.selected().to_owned();
    session.press("?");
    session.point(Gesture::Press, 2, 4);
    assert_eq!(session.selected(), before);
    assert_eq!(session.app.focus(), Pane::List);
    assert!(session.app.panel().is_some());
}

#[test]
fn a_border_follows_the_pointer_and_its_place_is_kept_once() {
    let mut session = fifty();
    let border = session.app.panes().detail.expect("a text").x - 1;
    session.point(Gesture::Press, border, 12);
    for x in [border - 3, border - 12, border - 20] {
        session.point(Gesture::Drag, x, 12);
        let now = session.app.panes().detail.expect("a text").x - 1;
        assert!(now.abs_diff(x) <= 1, "{now} is not at {x}");
    }
    assert_eq!(session.take_outside(), []);
    session.point(Gesture::Release, border - 20, 12);
    let sizes = session.app.cx().env.panes;
    assert_ne!(sizes, PaneSizes::default());
    assert_eq!(session.take_outside(), [Deed::KeepPanes(sizes)]);
    session.point(Gesture::Drag, 100, 12);
    assert_eq!(
        session.app.cx().env.panes,
        sizes,
        "nothing is dragged any more"
    );
}

#[test]
fn a_target_that_is_gone_does_nothing() {
    let mut session = Session::sample(WIDE);
    for target in [
        PointerTarget::Facet(9_999),
        PointerTarget::Related(9_999),
        PointerTarget::PanelRow(9_999),
    ] {
        session.tell(Event::Pointer(PointerEvent {
            gesture: Gesture::Press,
            x: 0,
            y: 0,
            target,
            at: Duration::ZERO,
        }));
    }
    assert_eq!(session.take_outside(), []);
}
