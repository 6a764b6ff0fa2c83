//! The library loading and being scanned again: it can be used meanwhile, and nothing jumps.

use newsdesk::app::{Event, Loading, Reply, RequestId};
use newsdesk::config::Config;
use newsdesk::library::ReadError;

use crate::picture::text;
use crate::session::{NARROW, Session, WIDE, article, size};

/// Numbered articles, the newest with the highest number.
fn numbered(numbers: std::ops::RangeInclusive<u8>) -> Vec<(String, String)> {
    numbers
        .map(|day| {
            (
                format!("{day:02}.md"),
                article(&format!("No {day}"), day, "topics: [t]"),
            )
        })
        .collect()
}

fn session(numbers: std::ops::RangeInclusive<u8>) -> Session {
    let files = numbered(numbers);
    let files: Vec<_> = files
        .iter()
        .map(|(name, text)| (&**name, &**text))
        .collect();
    Session::of(&files, NARROW)
}

#[test]
fn the_first_minute_says_the_ways_to_a_library_of_ones_own() {
    let without = Config {
        // One that does not exist.
        default_library: Some("mine".to_owned()),
        ..Config::default()
    };
    for size in [WIDE, NARROW] {
        let mut session = Session::sample_with(size, without.clone());
        session.wait(60);
        let shown = text(&session.app);
        for way in [
            "newsdesk init",
            "newsdesk feeds add URL",
            "feeds import FILE.opml",
        ] {
            let words = shown.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(words.contains(way), "{way}: {shown}");
        }
        session.press("j");
        assert!(!text(&session.app).contains("newsdesk init"));
    }
    assert!(
        Session::sample(WIDE).app.message().is_none(),
        "there is a library"
    );
}

#[test]
fn while_it_comes_in_the_count_rises_and_the_list_can_be_used() {
    let mut session = Session::waiting(&[], WIDE);
    assert!(session.picture().contains("Reading articles …"));
    for (name, text) in numbered(1..=3) {
        session.write(&name, &text);
    }
    session.notice_changes();
    assert!(session.picture().contains("3 articles · reading"));
    assert_eq!(session.shown(), "No 3");
    session.press("jo");
    assert_eq!(session.opened(), ["https://news.example/2"]);
    for (name, text) in numbered(4..=9) {
        session.write(&name, &text);
    }
    session.notice_changes();
    let picture = session.picture();
    assert!(
        picture.contains("9 articles · 8 unread · reading"),
        "{picture}"
    );
    assert_eq!((session.selected(), session.shown()), ("No 2", "No 2"));
    session.tell(Event::Loaded);
    assert!(!session.picture().contains("reading"));
    assert_eq!(session.app.cx().catalog.loading(), Loading::Ready);
}

#[test]
fn the_first_article_of_an_empty_library_is_listed_at_once() {
    let mut session = Session::of(&[], WIDE);
    session.press("j");
    session.write("01.md", &article("No 1", 1, ""));
    session.notice_changes();
    assert_eq!(session.titles(), ["No 1"]);
    assert_eq!(session.shown(), "No 1");
}

#[test]
fn a_search_without_its_answer_has_no_number() {
    let mut session = session(1..=5);
    session.resize(WIDE);
    session.hold().press("/3<Enter>");
    let picture = session.picture();
    assert!(picture.contains("searching…"), "{picture}");
    assert!(!picture.contains("5 of 5"), "{picture}");
    session.deliver();
    let picture = session.picture();
    assert!(
        picture.contains("1 of 5") && !picture.contains("searching"),
        "{picture}"
    );
}

#[test]
fn as_long_as_nobody_has_moved_the_newest_is_selected() {
    let mut session = Session::waiting(&[], WIDE);
    for batch in [3..=4, 8..=9, 1..=2] {
        for (name, text) in numbered(batch) {
            session.write(&name, &text);
        }
        session.notice_changes();
        let newest = session.titles()[0].clone();
        assert_eq!((session.selected(), session.shown()), (&*newest, &*newest));
        assert_eq!(session.app.list().cursor().at, 0);
    }
}

#[test]
fn the_selected_row_stays_where_it_is_on_the_screen_while_others_come() {
    let mut session = Session::waiting(&[], size(60, 10));
    for (name, text) in numbered(5..=20) {
        session.write(&name, &text);
    }
    session.notice_changes();
    session.press("jjjj");
    let row = session.cursor_on_screen();
    for (name, text) in numbered(21..=28) {
        session.write(&name, &text);
    }
    session.notice_changes();
    assert_eq!(
        (session.selected(), session.cursor_on_screen()),
        ("No 16", row)
    );
}

#[test]
fn looked_at_again_the_selection_and_the_place_in_the_text_stay() {
    let mut session = session(1..=20);
    let long = format!("{}\n{}", article("No 12", 12, ""), "Line.\n\n".repeat(80));
    session.write("12.md", &long);
    session
        .press("R")
        .select("No 12")
        .press("<Enter><Ctrl-d>jjq");
    let before = (session.app.detail().scroll(), session.cursor_on_screen());
    assert!(before.0 > 0 && before.1 > 0);
    for (name, text) in numbered(21..=23) {
        session.write(&name, &text);
    }
    session.remove("01.md");
    session.press("R");
    assert_eq!((session.selected(), session.shown()), ("No 12", "No 12"));
    assert_eq!(
        (session.app.detail().scroll(), session.cursor_on_screen()),
        before
    );
    assert_eq!(session.titles().len(), 22);
    assert!(session.said().contains("22 articles"), "{}", session.said());
}

#[test]
fn the_selected_file_goes_and_the_next_one_takes_its_place() {
    let mut session = session(1..=9);
    session.select("No 5");
    session.remove("05.md");
    session.press("R");
    assert_eq!((session.selected(), session.shown()), ("No 4", "No 4"));
    session.press("G");
    session.remove("01.md");
    session.press("R");
    assert_eq!(
        (session.selected(), session.shown()),
        ("No 2", "No 2"),
        "there is none after it"
    );
}

#[test]
fn a_library_can_become_empty_and_full_again() {
    let mut session = session(1..=1);
    session.press("r");
    session.remove("01.md");
    session.press("R");
    assert_eq!(
        (
            session.selected(),
            session.shown(),
            session.app.unread_count()
        ),
        ("", "", 0)
    );
    assert!(
        session
            .picture()
            .contains("There are no articles in articles.")
    );
    let (name, text) = numbered(1..=1).remove(0);
    session.write(&name, &text);
    session.notice_changes();
    assert_eq!(
        session.titles(),
        ["No 1"],
        "an empty list takes it in at once"
    );
    session.press("R");
    assert_eq!(
        (
            session.selected(),
            session.shown(),
            session.app.unread_count()
        ),
        ("No 1", "No 1", 0)
    );
}

#[test]
fn what_comes_while_somebody_reads_waits_for_the_next_refresh() {
    let mut session = session(1..=9);
    session.select("No 5");
    let before = session.titles();
    for (name, text) in numbered(10..=11) {
        session.write(&name, &text);
    }
    session.remove("03.md");
    session.notice_changes();
    assert_eq!(session.titles(), before);
    assert!(session.picture().contains("2 new, R to show"));
    session.press("R");
    let after = session.titles();
    assert_eq!(&after[..2], ["No 11", "No 10"]);
    assert!(!after.contains(&"No 3".to_owned()));
    assert_eq!(session.selected(), "No 5");
}

#[test]
fn a_refresh_while_the_library_comes_in_says_so() {
    let mut session = Session::waiting(&[], WIDE);
    session.hold().begin();
    session.press("R");
    assert_eq!(session.said(), "The library is still being read.");
}

#[test]
fn a_refresh_of_files_that_are_out_of_reach_does_not_say_that_it_was_done() {
    let mut session = session(1..=3);
    session.hold().press("R");
    let reason = "/news: there is no such folder";
    session.tell(Event::Trouble(Some(reason.to_owned())));
    session.tell(Event::NotScanned);
    assert_eq!(session.said(), format!("Not reloaded: {reason}"));
    assert_eq!(session.selected(), "No 3");
    session.tell(Event::Trouble(None));
    session.hold().press("R");
    session.tell(Event::Loaded);
    assert_eq!(session.said(), "Reloaded: 3 articles.");
}

#[test]
fn what_went_wrong_with_watching_is_seen() {
    let mut session = Session::sample(WIDE);
    session.tell(Event::Trouble(Some("the folder is gone".to_owned())));
    assert!(session.picture().contains("! the folder is gone"));
    session.tell(Event::Trouble(None));
    assert!(!session.picture().contains("the folder is gone"));
}

#[test]
fn the_answer_for_an_article_that_is_not_shown_any_more_is_dropped() {
    let mut session = session(1..=9);
    session.hold().press("jj");
    let mut answers = session.take_held();
    assert_eq!(answers.len(), 2);
    let (newest, stale) = (answers.remove(1), answers.remove(0));
    session.tell(newest);
    assert!(session.page().contains(&"The body of No 7.".to_owned()));
    session.tell(stale);
    assert!(
        session.page().contains(&"The body of No 7.".to_owned()),
        "{:?}",
        session.page()
    );
    session.tell(Event::Reply {
        id: RequestId(0),
        reply: Reply::Read(Err(ReadError::Io("late".to_owned()))),
    });
    assert!(session.page().contains(&"The body of No 7.".to_owned()));
}

#[test]
fn a_row_whose_file_is_gone_does_not_count() {
    let mut session = session(1..=3);
    session.press("j");
    session.remove("01.md");
    session.write("04.md", &article("No 4", 4, "topics: [t]"));
    session.notice_changes();
    let picture = session.picture();
    assert!(picture.contains("2 articles"), "{picture}");
    assert!(!picture.contains("unread"), "{picture}");
    assert_eq!(session.app.arrived(), 1);
    let row = |title| {
        let mut lines = picture.lines();
        let line = lines.find(|line| line.contains(title)).expect(title);
        line.split(title).next().unwrap_or_default().to_owned()
    };
    assert!(row("No 2").contains('●'), "{picture}");
    assert!(!row("No 1").contains('●'), "{picture}");
}
