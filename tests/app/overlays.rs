//! Overlays: the help, the links, the diagnostics.

use newsdesk::app::Event;
use newsdesk::config::Config;

use crate::session::{Configured, MEDIUM, NARROW, Session, WIDE, article, size};

#[test]
fn help_narrows_while_typing_and_escape_closes_it() {
    for size in [WIDE, MEDIUM, NARROW, size(40, 12)] {
        let mut session = Session::sample(size);
        session.press("j?browser");
        let picture = session.picture();
        assert!(picture.contains("find: browser"), "{picture}");
        assert!(picture.contains("Open the"), "{picture}");
        assert!(!picture.contains("Move down one row"), "{picture}");
        session
            .press("<Backspace><Backspace><Backspace><Backspace><Backspace><Backspace><Backspace>");
        assert!(session.picture().contains("Move down one row"));
        session.press("<Esc>");
        assert!(!session.has_overlay());
        assert_eq!(
            session.app.list().cursor().at,
            1,
            "what was typed moved nothing"
        );
    }
}

#[test]
fn letters_that_are_keys_elsewhere_are_typed_into_the_help() {
    let mut session = Session::sample(WIDE);
    session.press("?qjQogg");
    assert!(session.picture().contains("find: qjQogg"));
    assert!(session.picture().contains("No match."));
    assert_eq!(session.take_outside(), []);
}

#[test]
fn text_is_pasted_into_the_help_and_nowhere_else() {
    let mut session = Session::sample(WIDE);
    session.tell(Event::Paste("jjQ".to_owned()));
    assert_eq!(
        (session.app.list().cursor().at, session.take_outside()),
        (0, vec![])
    );
    session.press("?");
    session.tell(Event::Paste("next\u{1b}[2J\nunread".to_owned()));
    assert!(session.picture().contains("find: next[2J unread"));
}

#[test]
fn help_scrolls_to_its_end_and_no_further() {
    for size in [WIDE, NARROW, size(40, 12)] {
        let mut session = Session::sample(size);
        session.press("?<End>");
        let end = session.picture();
        assert!(end.contains("sort:"), "{end}");
        session.press("<Down><PgDn>");
        assert_eq!(session.picture(), end);
        session.press("<Home>");
        assert!(session.picture().contains("Moving"));
    }
}

#[test]
fn diagnostics_say_what_where_and_what_to_do() {
    let broken = "---\ntitle: Robots: a love story\n---\n";
    for size in [WIDE, MEDIUM, NARROW] {
        let mut session = Session::of(&[("bad.md", broken)], size);
        assert!(session.picture().contains("! 1 error"));
        session.press("!");
        let picture = session.picture();
        for words in ["bad.md:2:", "error: ", "put the value of title in quotes"] {
            assert!(picture.contains(words), "{words} is not in\n{picture}");
        }
        session.press("!");
        assert!(!session.has_overlay(), "the same key hides them");
    }
}

#[test]
fn without_diagnostics_that_is_said() {
    let mut session = Session::sample(WIDE);
    session.press("!");
    assert!(
        session
            .picture()
            .contains("There are no problems in the files.")
    );
}

#[test]
fn a_new_size_keeps_the_place_in_the_diagnostics() {
    let files: Vec<(String, String)> = (0..40)
        .map(|at| (format!("{at:02}.md"), format!("---\ntitle: {at}: b\n---\n")))
        .collect();
    let files: Vec<_> = files
        .iter()
        .map(|(name, text)| (&**name, &**text))
        .collect();
    let mut session = Session::of(&files, WIDE);
    session.press("!<PgDn>");
    let before = session.picture();
    session.resize(MEDIUM).resize(WIDE);
    assert_eq!(session.picture(), before);
}

#[test]
fn links_that_cannot_be_opened_say_why_in_the_picker() {
    let more = "webUrl: javascript:alert(1)";
    let mut session = Session::of(&[("one.md", &article("One", 1, more))], WIDE);
    session.press("Oj");
    assert!(session.picture().contains("only http and https"));
    session.press("<Enter>");
    assert_eq!(session.take_outside(), []);
    assert!(
        session.error().starts_with("Not opened: "),
        "{}",
        session.error()
    );
}

#[test]
fn however_many_links_the_one_under_the_cursor_is_seen_whole() {
    let links: String = (0..60)
        .map(|at| format!("[{at}](https://a.example/{at}/end) "))
        .collect();
    let text = format!("{}{links}", article("Full of links", 1, ""));
    for size in [WIDE, MEDIUM, NARROW] {
        let mut session = Session::of(&[("one.md", &text)], size);
        session.press("O<End>");
        let whole = "https://a.example/59/end";
        assert_eq!(
            session.picture().matches(whole).count(),
            1,
            "below the rows\n{}",
            session.picture()
        );
    }
}

#[test]
fn an_overlay_takes_no_keys_of_the_panes() {
    let mut session = Session::sample(WIDE);
    let titles = session.titles();
    for open in ["O", "!"] {
        session.press(open).press("rRzt#");
        assert_eq!(session.selected(), titles[0]);
        assert_eq!(session.app.unread_count(), 70);
        assert_eq!(session.take_outside(), []);
        session.press("<Esc>");
    }
}

#[test]
fn a_command_is_found_by_its_letters_and_run() {
    let mut session = Session::sample(WIDE);
    session.press("j<Ctrl-p>");
    assert!(session.picture().contains("COMMANDS"));
    session.press("togstar");
    let picture = session.picture();
    assert!(picture.contains("toggle star"), "{picture}");
    session.press("<Enter>");
    assert!(!session.has_overlay());
    assert!(session.said().starts_with("starred: "));
}

#[test]
fn the_latest_command_stands_first_and_only_what_runs_here_is_offered() {
    let mut session = Session::sample(WIDE);
    session.press("<Ctrl-p>sort<Enter><Esc><Ctrl-p>");
    let picture = session.picture();
    let at = |words: &str| picture.find(words).expect(words);
    assert!(at("Sort the list") < at("Move down one row"), "{picture}");
    session.press("complete");
    assert!(
        session.picture().contains("No command has these letters"),
        "a line's own keys mean nothing in the list"
    );
    session.press("<Esc>");
    assert!(!session.has_overlay());
}

#[test]
fn what_is_wrong_with_the_configuration_is_shown_and_stops_nothing() {
    let trouble = "config.toml, line 2: unknown field `libary`; did you mean `library`?";
    let config = Configured {
        config: Config {
            troubles: vec![trouble.to_owned()],
            ..Config::default()
        },
        ..Configured::default()
    };
    let mut session = Session::configured(&[("1.md", &article("One", 1, ""))], WIDE, config);
    let top = session.top_line();
    assert!(top.contains("! configuration: 1 wrong, ! shows"), "{top}");
    session.press("!");
    assert!(session.picture().contains(trouble), "{}", session.picture());
}
