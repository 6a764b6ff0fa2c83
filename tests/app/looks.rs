//! Themes: choosing one, and what follows from the terminal's own colours.

use std::sync::Arc;

use newsdesk::app::geometry::Size;
use newsdesk::app::{Canvas, Configured as Configuration, Event, GlyphSet};
use newsdesk::command::Keymap;
use newsdesk::config::Config;
use newsdesk::theme::{Rgb, Slot, Terminal, ThemeBase, ThemeChoice, base, bases};
use ratatui::style::{Color, Modifier};

use crate::picture::{buffer, looks, seen, text};
use crate::session::{Configured, Deed, MEDIUM, Session, WIDE};

/// The background of the screen's first cell.
fn paper(session: &Session) -> Color {
    buffer(&session.app)[(0, 0)].bg
}

fn on(theme: &str, size: Size) -> Session {
    let config = Config {
        theme: ThemeChoice {
            start: ThemeBase::Bundled(base(theme).expect(theme)),
            own: Vec::new(),
        },
        ..Config::default()
    };
    let config = Configured {
        config,
        ..Configured::default()
    };
    Session::configured(&[], size, config)
}

#[test]
fn the_screen_shows_the_theme_under_the_cursor_until_it_is_left_or_kept() {
    let mut session = Session::sample(WIDE);
    assert_eq!(paper(&session), Color::Reset);
    session.press("gc");
    assert_eq!(paper(&session), Color::Reset, "nothing has been chosen yet");
    session.press("G");
    assert_eq!(paper(&session), Color::Rgb(0x1a, 0x1b, 0x26));
    assert!(text(&session.app).contains("tokyo-night-dark"));
    session.press("<Esc>");
    assert_eq!(paper(&session), Color::Reset);
    assert_eq!(session.take_outside(), []);
    session.press("gcGk<Enter>");
    assert_eq!(paper(&session), Color::Rgb(0xe1, 0xe2, 0xe7));
    let kept = Deed::KeepTheme(base("tokyo-night-light").expect("a theme"));
    assert_eq!(session.take_outside(), [kept]);
    assert_eq!(
        session.said(),
        "The theme is tokyo-night-light, saved in the configuration."
    );
}

#[test]
fn a_theme_that_cannot_be_kept_holds_and_this_is_told() {
    let mut session = Session::sample(WIDE);
    session.keeping(Err("config.toml: it is read-only".to_owned()));
    session.press("gcG<Enter>");
    assert_ne!(paper(&session), Color::Reset);
    assert_eq!(
        session.error(),
        "The theme lasts until you quit: config.toml: it is read-only"
    );
}

#[test]
fn a_pair_follows_the_background_that_the_terminal_tells() {
    let mut session = on("solarized", WIDE);
    assert_eq!(paper(&session), Color::Rgb(0x00, 0x2b, 0x36));
    session.tell(Event::Colour(Slot::Background, Rgb(0xff, 0xff, 0xee)));
    assert_eq!(paper(&session), Color::Rgb(0xfd, 0xf6, 0xe3));
    session.tell(Event::Colour(Slot::Background, Rgb(0x11, 0x11, 0x11)));
    assert_eq!(paper(&session), Color::Rgb(0x00, 0x2b, 0x36));
}

#[test]
fn what_is_secondary_is_dim_until_the_terminal_tells_its_colours() {
    let mut session = Session::sample(WIDE);
    let line = |session: &Session| {
        let area = session.app.panes().list.expect("a list");
        buffer(&session.app)[(area.x - 1, area.y)].clone()
    };
    assert!(line(&session).modifier.contains(Modifier::DIM));
    session.tell(Event::Colour(Slot::Text, Rgb(0x65, 0x7b, 0x83)));
    assert!(line(&session).modifier.contains(Modifier::DIM));
    session.tell(Event::Colour(Slot::Background, Rgb(0xfd, 0xf6, 0xe3)));
    let Color::Rgb(red, green, blue) = line(&session).fg else {
        panic!("{:?}", line(&session));
    };
    let had = Rgb(red, green, blue).contrast(Rgb(0xfd, 0xf6, 0xe3));
    assert!((3.0..3.3).contains(&had), "{had}");
    assert!(!line(&session).modifier.contains(Modifier::DIM));
}

#[test]
fn every_theme_draws_every_cell_in_its_own_colours() {
    let mut session = Session::sample(MEDIUM);
    session.press("rjj/robot<Enter>?");
    for base in bases().into_iter().filter(|it| !it.is_pair()) {
        session.press("<Esc>gc");
        let list = bases();
        let steps = list.iter().position(|it| *it == base).unwrap_or_default();
        session.press(&format!("gg{}<Enter>?", "j".repeat(steps)));
        let screen = buffer(&session.app);
        let is_terminal = matches!(base.name(), "terminal" | "monochrome");
        for cell in seen(&screen) {
            let own = matches!(cell.bg, Color::Rgb(..)) && matches!(cell.fg, Color::Rgb(..));
            let default = !matches!(cell.bg, Color::Rgb(..));
            assert!(
                if is_terminal { default } else { own },
                "{}: {cell:?}",
                base.name()
            );
        }
    }
}

#[test]
fn a_theme_that_the_configuration_names_holds_at_once() {
    let mut session = Session::sample(WIDE);
    let config = Config {
        theme: ThemeChoice {
            start: ThemeBase::Bundled(base("nord").expect("a theme")),
            own: Vec::new(),
        },
        ..Config::default()
    };
    session.tell(Event::Configured(Ok(Box::new(Configuration {
        config: Arc::new(config),
        keymap: Keymap::default(),
        glyphs: GlyphSet::Unicode,
        terminal: Terminal::default(),
        canvas: Canvas::default(),
        zone: jiff::tz::TimeZone::UTC,
    }))));
    assert_eq!(paper(&session), Color::Rgb(0x2e, 0x34, 0x40));
}

#[test]
fn choosing_a_theme() {
    let mut session = Session::sample(MEDIUM);
    session.press("gcjj");
    insta::assert_snapshot!("choosing_a_theme", text(&session.app));
    session.press("<Esc>");
    assert_eq!(looks(&session.app), looks(&Session::sample(MEDIUM).app));
}
