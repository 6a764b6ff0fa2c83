//! Lines: typed after `:`, and bound to keys.

use newsdesk::app::Event;
use newsdesk::command::Keymap;
use newsdesk::config::{BoundText, KeyOverride, OutputUse, ProgramText};

use crate::session::{Configured, Deed, Session, WIDE};

const FILES: &[(&str, &str)] = &[
    (
        "a.md",
        "---\ntitle: One\nquality: 10\noriginalUrl: https://example.org/1\n\
         publishedDateTime: 2021-12-31T03:00:00Z\n---\nlidar\n",
    ),
    (
        "b.md",
        "---\ntitle: --two\nquality: 90\npublishedDateTime: 2021-12-31T02:00:00Z\n---\nradar\n",
    ),
    (
        "c.md",
        "---\ntitle: Three\nquality: 50\npublishedDateTime: 2021-12-31T01:00:00Z\n---\nsonar\n",
    ),
];

fn with(keys: Vec<KeyOverride>) -> Session {
    let keymap = Keymap::with_overrides(keys).expect("keys");
    let config = Configured {
        keymap,
        ..Configured::default()
    };
    Session::configured(FILES, WIDE, config)
}

fn lines(keys: &str, lines: &[&str]) -> KeyOverride {
    KeyOverride {
        context: "list".to_owned(),
        keys: keys.to_owned(),
        bound: BoundText::Lines(lines.iter().map(|it| (*it).to_owned()).collect()),
    }
}

fn program(keys: &str, run: &[&str], output: OutputUse) -> KeyOverride {
    let run = run.iter().map(|it| (*it).to_owned()).collect();
    KeyOverride {
        context: "article".to_owned(),
        keys: keys.to_owned(),
        bound: BoundText::Program(ProgramText { run, output }),
    }
}

/// The arguments of the programs run since the last call.
fn ran(session: &mut Session) -> Vec<Vec<String>> {
    let deeds = session.take_outside().into_iter();
    let ran = deeds.filter_map(|deed| match deed {
        Deed::Run(it) => Some(it),
        _ => None,
    });
    let words = |it: newsdesk::command::Invocation| {
        let arguments = it.arguments.into_iter();
        let arguments = arguments.map(|word| word.to_string_lossy().into_owned());
        [it.program].into_iter().chain(arguments).collect()
    };
    ran.map(words).collect()
}

#[test]
fn a_key_runs_what_can_be_typed() {
    for way in ["gq", ":sort quality<Enter>"] {
        let mut session = with(vec![lines("g q", &["sort quality"])]);
        session.press(way);
        assert_eq!(session.titles(), ["--two", "Three", "One"], "{way}");
    }
}

#[test]
fn what_several_lines_decide_is_one_decision() {
    let mut session = with(vec![lines("B", &["tag +b", "open", "done"])]);
    session.press("B");
    assert_eq!(session.opened(), ["https://example.org/1"]);
    assert_eq!(session.selected(), "--two", "done goes on");
    assert_eq!(session.said(), "tag +b, done: One");
    let marks = session.marks_on_desk();
    let mark = marks.values().find(|it| it.done).expect("a decision");
    assert!(mark.tags.iter().any(|tag| tag == "b"), "{mark:?}");
    // Opening has marked it as read, which was not the key's decision.
    session.press("u");
    let marks = session.marks_on_desk();
    assert!(
        marks.values().all(|it| !it.done && it.tags.is_empty()),
        "{marks:?}"
    );
}

#[test]
fn of_lines_that_contradict_each_other_the_later_one_holds() {
    let mut session = with(vec![lines("B", &["star", "unstar", "toggle-read"])]);
    session.press("B");
    let marks = session.marks_on_desk();
    assert!(marks.values().all(|it| !it.starred), "{marks:?}");
    assert_eq!(marks.values().filter(|it| it.read).count(), 1);
}

#[test]
fn a_line_with_a_query_asks_first() {
    let mut session = with(vec![lines("B", &["star", "done quality>20"])]);
    session.press("B");
    assert!(session.picture().contains("done: 2 articles?"));
    assert_eq!(session.marks_on_desk().len(), 1, "the star");
    session.press("<Enter>");
    assert_eq!(
        session
            .marks_on_desk()
            .values()
            .filter(|it| it.done)
            .count(),
        2
    );
}

#[test]
fn every_command_can_be_typed() {
    let mut session = with(vec![]);
    session.press(":zoom<Enter>");
    assert!(
        !session.picture().contains("ARTICLES"),
        "{}",
        session.picture()
    );
    session.press(":zoom<Enter>:query quality<lt>60<Enter>");
    assert_eq!(session.titles(), ["One", "Three"]);
    session.press(":search sonar<Enter>");
    assert_eq!(session.app.cx().in_force.text(), "quality<60 sonar");
    session.press(":view robotz<Enter>");
    assert_eq!(
        session.error(),
        "There is no view “robotz”; did you mean “Robots”?"
    );
    session.press(":view ROBOTS<Enter>");
    assert_eq!(
        session.app.cx().in_force.text(),
        "topic:Robotics sort:title"
    );
    session.press(":jump-to-article thr<Enter><Enter>");
    assert_eq!(session.selected(), "Three");
    session.press(":command-line tag +x<Enter>");
    assert_eq!(session.typed(), "tag +x");
    session.press("<Esc>:quit<Enter>");
    assert!(session.take_outside().contains(&Deed::Quit));
}

#[test]
fn what_is_wrong_with_a_line_is_underlined() {
    let mut session = with(vec![]);
    session.press(":sort qualty<Enter>");
    let (at, reason) = session.complaint().expect("a complaint");
    assert_eq!(at, 5..11);
    assert!(reason.contains("did you mean “quality”?"), "{reason}");
}

#[test]
fn lines_are_completed() {
    let mut session = with(vec![]);
    for (typed, completed) in [
        (":unpub", "unpublish "),
        (":sort -qual", "sort -quality"),
        (":view rob", "view Robots"),
        (":edit-fields qual", "edit-fields quality "),
        (":done is:inb", "done is:inbox"),
    ] {
        session.press(typed).press("<Tab>");
        assert_eq!(session.typed(), completed);
        session.press("<Esc>");
    }
}

#[test]
fn a_program_gets_what_the_article_says_as_arguments() {
    let notify = program(
        "Z",
        &["notify-send", "--", "{title}: {count}"],
        OutputUse::None,
    );
    let mut session = with(vec![
        notify,
        program("V", &["x", "{title}"], OutputUse::None),
    ]);
    session.press("Z");
    assert_eq!(ran(&mut session), [["notify-send", "--", "One: 1"]]);
    session.press("j").press("V");
    assert_eq!(
        session.error(),
        "Not run: “--two” would be taken for an option: put \"--\" before it"
    );
    assert_eq!(ran(&mut session), Vec::<Vec<String>>::new());
    session.press("Z");
    assert_eq!(ran(&mut session), [["notify-send", "--", "--two: 1"]]);
}

#[test]
fn a_program_gets_the_files_of_a_selection() {
    let mut session = with(vec![program(
        "Z",
        &["wc", "--", "{paths}"],
        OutputUse::None,
    )]);
    session.press("xx").press("Z");
    let ran = ran(&mut session);
    assert_eq!(ran[0].len(), 4, "{ran:?}");
    assert!(
        ran[0][2].ends_with("a.md") && ran[0][3].ends_with("b.md"),
        "{ran:?}"
    );
    session.press("<Esc>:run echo -- {url}<Enter>");
    assert_eq!(session.error(), "Not run: there is no {url} here");
}

#[test]
fn the_window_after_a_prefix_shows_lines() {
    let mut session = with(vec![lines("g q", &["sort quality"])]);
    session.press("g").wait(1);
    assert!(
        session.picture().contains("sort quality"),
        "{}",
        session.picture()
    );
    session.press("<Esc>?sort qual");
    assert!(
        session.picture().contains("Runs sort quality"),
        "{}",
        session.picture()
    );
}

#[test]
fn any_blank_parts_a_command_from_what_it_takes() {
    let mut session = with(Vec::new());
    for blank in [' ', '\u{a0}', '\u{2003}', '\u{3000}'] {
        session.press("<Esc>:");
        session.tell(Event::Paste(format!("view{blank}In")));
        session.press("<Tab>");
        assert_eq!(session.typed(), format!("view{blank}Inbox"));
        session.press("<Ctrl-u>");
        session.tell(Event::Paste(format!("edit-fields{blank}qual")));
        session.press("<Tab>");
        assert!(session.typed().ends_with("quality "), "{}", session.typed());
        session.press("<Esc>");
    }
}
