//! Views, orders and jumps: the ways to somewhere else in a few keys.

use newsdesk::app::NamedView;
use newsdesk::app::geometry::Pane;
use newsdesk::query::FacetField;

use crate::session::{Deed, NARROW, Session, WIDE};

#[test]
fn a_number_puts_its_view_in_force() {
    let mut session = Session::sample(WIDE);
    session.press("3");
    assert_eq!(
        session.app.cx().in_force.text(),
        "-is:published -is:rejected sort:-quality"
    );
    let quality: Vec<_> = session
        .app
        .list()
        .rows()
        .iter()
        .filter_map(|id| session.app.cx().catalog.library().article(*id).quality())
        .collect();
    assert!(quality.is_sorted_by(|a, b| a >= b), "{quality:?}");
    assert!(
        session
            .picture()
            .lines()
            .next()
            .is_some_and(|top| top.contains("Unpublished"))
    );
    session.press("6");
    assert!(
        session.app.cx().in_force.is_empty(),
        "the view of all articles"
    );
    session.press("9");
    assert_eq!(session.said(), "There is no view 9; F lists the views.");
}

#[test]
fn the_views_are_listed_with_their_counts() {
    let mut session = Session::sample(WIDE);
    session.press("F");
    let picture = session.picture();
    let row = |name: &str| {
        let row = picture.lines().find(|line| line.contains(name));
        row.unwrap_or_else(|| panic!("{name}: {picture}"))
            .to_owned()
    };
    assert!(row(" Inbox ").contains("is:inbox") && row(" Inbox ").contains("70"));
    assert!(
        row(" Robots ").contains("topic:Robotics sort:title") && row(" Robots ").contains("10")
    );
    session.press("ggjj<Enter>");
    assert_eq!(
        session.app.cx().in_force.text(),
        "-is:published -is:rejected sort:-quality"
    );
    session.press("F");
    assert_eq!(
        session.picture().matches("Unpublished").count(),
        2,
        "in the top line too"
    );
    session.press("<Esc>");
    assert!(!session.has_overlay());
}

#[test]
fn a_view_that_cannot_be_understood_says_so_and_costs_nothing_else() {
    let mut session = Session::sample(WIDE);
    session.press("F");
    assert!(
        session.picture().contains("qualiti>5: there is no field"),
        "{}",
        session.picture()
    );
    session.press("<Esc>8");
    assert!(
        session
            .error()
            .starts_with("The view Broken cannot be understood"),
        "{}",
        session.error()
    );
    assert!(session.app.cx().in_force.is_empty());
    session.press("7");
    assert_eq!(session.titles().len(), 10);
}

#[test]
fn the_query_in_force_is_kept_under_a_name() {
    let mut session = Session::sample(WIDE);
    session.press("/lid quality>50<Enter>Fa");
    for letter in "Mine".chars() {
        session.press(&letter.to_string());
    }
    session.press("<Enter>");
    let view = NamedView {
        name: "Mine".to_owned(),
        text: "lid quality>50".to_owned(),
    };
    let kept = Deed::KeepView(view);
    assert!(session.take_outside().contains(&kept));
    assert_eq!(session.said(), "Saved as Mine: 9 shows it.");
    session.press("<Esc><Esc>9");
    assert_eq!(session.app.cx().in_force.text(), "lid quality>50");
}

#[test]
fn nothing_is_kept_without_a_query_or_a_name() {
    let mut session = Session::sample(WIDE);
    session.press("Fa");
    assert!(!session.has_prompt());
    assert!(session.said().starts_with("Everything is listed"));
    session.press("<Esc>/robot<Enter>Fa<Enter>");
    assert_eq!(session.said(), "Not saved: it has no name.");
    session.keeping(Err("config.toml: it is read-only".to_owned()));
    session.press("aMine<Enter>");
    assert_eq!(session.error(), "config.toml: it is read-only");
}

#[test]
fn orders_are_picked_reversed_and_forgotten() {
    let mut session = Session::sample(WIDE);
    session.press("j");
    let first = session.selected().to_owned();
    session.press("Sj<Enter>");
    assert_eq!(
        session.app.cx().in_force.text(),
        "sort:-quality",
        "best first"
    );
    session.press("<Enter>");
    assert_eq!(session.app.cx().in_force.text(), "sort:quality");
    session.press("<Esc>");
    assert_eq!(session.titles().len(), 70);
    assert_eq!(
        session.selected(),
        first,
        "the selection stays with its article"
    );
    session.press("S<Backspace>");
    assert!(session.app.cx().in_force.is_empty());
    assert!(!session.has_overlay());
}

#[test]
fn a_few_letters_lead_to_an_article() {
    for size in [WIDE, NARROW] {
        let mut session = Session::sample(size);
        session.press("gapenguin count");
        assert!(session.picture().contains("Penguin Counter Notebook"));
        session.press("<Enter>");
        assert_eq!(session.selected(), session.shown());
        assert!(
            session.shown().to_lowercase().contains("penguin"),
            "{}",
            session.shown()
        );
    }
}

#[test]
fn an_article_that_is_not_listed_is_gone_to_all_the_same() {
    let mut session = Session::sample(WIDE);
    session.press("/robot<Enter>gapenguin counter<Enter>");
    assert_eq!(session.selected(), "Penguin Counter Notebook");
    assert_eq!(session.titles().len(), 70);
    assert_eq!(session.said(), "It was not listed; now everything is.");
}

#[test]
fn a_topic_and_a_provider_narrow_the_list() {
    let mut session = Session::sample(WIDE);
    session.press("gtrobotics<Enter>");
    assert_eq!(session.app.cx().in_force.text(), "topic:=Robotics");
    session.press("gptideline<Enter>");
    assert_eq!(
        session.app.cx().in_force.text(),
        "topic:=Robotics provider:=Tideline"
    );
    assert_eq!(session.focus(), Pane::List);
    assert!(
        session
            .values(FacetField::Provider)
            .iter()
            .any(|row| row.pick.is_some())
    );
    session.press("gtzzzz<Enter><Esc>");
    assert_eq!(
        session.app.cx().in_force.text(),
        "topic:=Robotics provider:=Tideline"
    );
}
