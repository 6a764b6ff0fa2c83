//! The configuration changes while the program runs.

use std::path::Path;
use std::sync::Arc;

use jiff::tz::TimeZone;
use newsdesk::app::{Canvas, Configured, Event, GlyphSet};
use newsdesk::command::Keymap;
use newsdesk::config::{Config, XdgEnvironment};
use newsdesk::theme::Terminal;

use crate::session::{Session, WIDE};

/// The configuration file says this now.
fn change(session: &mut Session, text: &str) {
    let parsed = Config::parse(text, Path::new("config.toml"), &XdgEnvironment::default());
    let configured = match parsed {
        Ok(config) => Ok(Box::new(Configured {
            keymap: Keymap::with_overrides(config.keys.clone()).expect("keys"),
            config: Arc::new(config),
            glyphs: GlyphSet::Ascii,
            terminal: Terminal::default(),
            canvas: Canvas::default(),
            zone: TimeZone::UTC,
        })),
        Err(error) => Err(vec![error.to_string()]),
    };
    session.tell(Event::Configured(configured));
    session.draw();
}

#[test]
fn keys_views_panes_and_signs_hold_at_once() {
    let mut session = Session::sample(WIDE);
    change(
        &mut session,
        "[keys.list]\n\"g q\" = \"sort quality\"\n[views]\nSpace = \"topic:space\"\n[panes]\nfacets = 40\n",
    );
    assert_eq!(session.said(), "The changed configuration is now in force.");
    assert_eq!(session.app.cx().env.panes.facets, 40);
    assert!(session.picture().is_ascii() || !session.picture().contains('●'));
    session.press("gq");
    assert_eq!(session.app.cx().in_force.text(), "sort:-quality");
    session.press(":view space<Enter>");
    assert_eq!(session.app.cx().in_force.text(), "topic:space");
}

#[test]
fn columns_dates_and_the_width_of_the_text_hold_at_once() {
    let mut session = Session::sample(WIDE);
    change(
        &mut session,
        "date_style = \"iso\"\ntext_width = 40\n[list]\ncolumns = [\"kind\", \"age\", \"heat\"]\n",
    );
    let picture = session.picture();
    let row = picture
        .lines()
        .find(|line| line.contains("Three Radio Amateurs"));
    let row = row.expect("a row");
    assert!(
        row.contains("2021-12-31   127") && !row.contains("article"),
        "{row}"
    );
    assert!(
        session.page().iter().all(|line| line.chars().count() <= 40),
        "{picture}"
    );
}

#[test]
fn the_view_in_force_is_listed_again_when_its_query_changes() {
    let mut session = Session::sample(WIDE);
    change(&mut session, "[views]\nMine = \"topic:space\"\n");
    session.press(":view mine<Enter>");
    let before = session.titles().len();
    change(
        &mut session,
        "[views]\nMine = \"topic:space OR topic:robotics\"\n",
    );
    assert!(session.titles().len() > before);
    session.press("/lidar<Enter>");
    let narrowed = session.app.cx().in_force.text().to_owned();
    change(&mut session, "[views]\nMine = \"topic:ai\"\n");
    assert_eq!(
        session.app.cx().in_force.text(),
        narrowed,
        "what was typed stays"
    );
}

#[test]
fn an_error_is_shown_and_changes_nothing() {
    let mut session = Session::sample(WIDE);
    change(&mut session, "[keys.list]\n\"g q\" = \"sort quality\"\n");
    change(
        &mut session,
        "[keys.list]\n\"g q\" = \"zoom\"\n[panes]\nlist = 5\n",
    );
    assert_eq!(
        session.error(),
        "The configuration was not reloaded: config.toml, line 4, column 8: expected a number from \
         10 to 90"
    );
    session.press("!");
    assert!(
        session.picture().contains("line 4, column 8"),
        "{}",
        session.picture()
    );
    session.press("!gq");
    assert_eq!(session.app.cx().in_force.text(), "sort:-quality");
    change(&mut session, "");
    session.press("!");
    assert!(
        !session.picture().contains("line 4, column 8"),
        "{}",
        session.picture()
    );
}

#[test]
fn a_sequence_begun_with_keys_that_are_gone_is_dropped() {
    let mut session = Session::sample(WIDE);
    session.press("g");
    change(&mut session, "[keys.list]\n\"g\" = \"zoom\"\n");
    assert_eq!(session.app.pending(), &[]);
}
