//! Work under way: keys faster than replies, late replies, and leaving.

use std::time::Duration;

use newsdesk::app::{AppRequest, Effect, Event, KeyPress};
use newsdesk::command::{Key, Keymap};
use newsdesk::library::ArticleId;

use crate::five::{configured, library};
use crate::session::{Configured, Deed, Session};

fn count(session: &Session, of: fn(&newsdesk::query::Marks) -> &roaring::RoaringBitmap) -> u64 {
    of(session.app.cx().marks.sets()).len()
}

fn starred(session: &Session) -> u64 {
    count(session, |marks| &marks.starred)
}

fn done(session: &Session) -> u64 {
    count(session, |marks| &marks.done)
}

fn staged(session: &Session) -> u64 {
    count(session, |marks| &marks.staged)
}

#[test]
fn keys_in_one_packet_do_what_they_do_one_by_one() {
    for keys in [
        "s", "ss", "sss", "ssss", "rr", "PP", "PPP", "dkd", "dkdd", "su", "sus",
    ] {
        let mut single = library();
        single.press(keys);
        let mut packet = library();
        packet.press_at_once(keys);
        let state = |session: &Session| {
            let read = count(session, |marks| &marks.read);
            let all = [starred(session), done(session), staged(session), read];
            (all, session.selected().to_owned())
        };
        assert_eq!(state(&packet), state(&single), "{keys}");
    }
}

#[test]
fn what_is_under_way_counts_where_something_is_asked_about() {
    let mut session = library();
    session.hold().press("ione<Enter>i");
    assert_eq!(session.typed(), "one");
    session.press("<Esc>ddA");
    let picture = session.picture();
    assert!(picture.contains("done: 3 articles?"), "{picture}");
    session.press("<Esc>bA");
    let picture = session.picture();
    assert!(picture.contains("done: 2 articles?"), "{picture}");
}

#[test]
fn an_undo_that_comes_late_moves_no_cursor_that_was_moved_since() {
    let mut session = library();
    session.press("d");
    session.hold().press("ujj");
    assert_eq!(session.selected(), "two");
    session.deliver();
    assert_eq!(done(&session), 0);
    assert_eq!((session.selected(), session.shown()), ("two", "two"));
    assert_eq!(session.said(), "undo: done: five");
}

#[test]
fn undo_goes_back_to_each_article_however_fast_the_keys() {
    let mut session = library();
    session.press_at_once("ddd").press_at_once("uuu");
    assert_eq!(done(&session), 0);
    assert_eq!((session.selected(), session.shown()), ("five", "five"));
}

#[test]
fn undo_goes_back_to_what_it_took_back_of_many() {
    let mut session = library();
    session.press("xxd");
    session.press("Gu");
    assert_eq!((session.selected(), session.shown()), ("five", "five"));
    session.press("jA<Enter>u");
    assert_eq!(session.selected(), "four", "it is one of them already");
}

#[test]
fn what_is_taken_back_is_listed_again() {
    let mut session = library();
    session.press("1jdR");
    assert_eq!(session.titles(), ["five", "three", "two", "one"]);
    session.press("u");
    assert_eq!(session.titles().len(), 5);
    assert_eq!((session.selected(), session.shown()), ("four", "four"));
    // The list of another query does not get it.
    session.press("dgv/one<Enter>u");
    assert_eq!(session.titles(), ["one"]);
}

#[test]
fn leaving_waits_until_all_is_kept() {
    let mut session = library();
    session.press_at_once("ddsq");
    assert_eq!((done(&session), starred(&session)), (2, 1));
    assert_eq!(session.take_outside(), [Deed::Quit]);

    for keys in ["dq", "suQ", "$<Esc>dq"] {
        let mut session = library();
        session.hold().press(keys);
        let left = session.take_outside();
        assert!(!left.contains(&Deed::Quit), "{keys}");
        session.deliver();
        session.press("q");
        let left = session.take_outside();
        assert!(
            left.contains(&Deed::Quit),
            "{keys} {left:?}\n{}",
            session.picture()
        );
    }
}

#[test]
fn leaving_that_takes_long_asks_and_the_same_key_does_not_skip_that() {
    for again in ["q", "Q"] {
        let mut session = library();
        session.hold().press("dq");
        assert!(session.picture().contains("Leaving after saving 1…"));
        session.wait(2);
        session.press(again).press(again);
        assert!(session.picture().contains("LEAVE NOW?"));
        assert_eq!(session.take_outside(), []);
        session.press("y");
        assert_eq!(session.take_outside(), [Deed::Quit]);
    }
}

#[test]
fn leaving_goes_on_by_itself_and_can_be_called_off() {
    let mut session = library();
    session.hold().press("dq");
    session.wait(2);
    session.deliver();
    assert_eq!(session.take_outside(), [Deed::Quit]);

    let mut session = library();
    session.hold().press("dq");
    session.wait(2);
    session.press("<Esc>");
    session.deliver();
    assert_eq!(session.take_outside(), []);
    assert!(!session.has_overlay());
}

#[test]
fn what_takes_long_is_told() {
    let mut session = library();
    session.hold().press("XAy");
    assert!(!session.picture().contains("saving"), "not at once");
    session.wait(1);
    assert!(session.picture().contains("saving 5…"));
    session.deliver();
    assert!(!session.picture().contains("saving"));
}

#[test]
fn a_command_waits_for_its_articles_whatever_is_pressed() {
    for keys in ["F", "ga", ":", "S"] {
        let mut session = library();
        session.hold().press(":done t<Enter>").press(keys);
        session.deliver();
        let picture = session.picture();
        assert!(picture.contains("done: 2 articles?"), "{keys}\n{picture}");
        session.press("y");
        assert_eq!(done(&session), 2, "{keys}");
    }
}

#[test]
fn a_question_is_not_answered_before_it_was_seen() {
    for keys in [
        ":done t<Enter>y",
        ":done t<Enter><Enter>",
        "Ay",
        "A<Enter>",
        "P$<Enter>",
        "sU<Enter>",
    ] {
        let mut session = library();
        session.press_at_once(keys);
        let handled = u64::from(keys.starts_with('P'));
        assert_eq!(done(&session), handled, "{keys}");
        let is_written = std::fs::read_to_string(session.path("five.md")).expect("a file");
        assert!(is_written.contains("published: false"), "{keys}");
        assert!(session.has_overlay(), "{keys}");
        let said = "That key came before you could read the question";
        assert!(
            session.said().starts_with(said),
            "{keys}: {}",
            session.said()
        );
    }
}

#[test]
fn a_question_takes_a_moment_to_read() {
    let mut session = library();
    let mut press = |key: &str, at: u64| {
        let key = Key::parse(key).expect("a key");
        let at = Duration::from_millis(at);
        session.tell(Event::Key(KeyPress { key, at }));
        session.tell(Event::Drawn(at + Duration::from_millis(5)));
        done(&session)
    };
    assert_eq!(press("A", 1000), 0);
    assert_eq!(press("y", 1150), 0);
    assert_eq!(press("y", 1160), 5);
}

#[test]
fn a_question_that_changes_has_to_be_seen_anew() {
    let mut session = library();
    session.hold().press(":done t<Enter>yy");
    assert_eq!(done(&session), 0, "there is nothing to answer yet");
    for reply in session.take_held() {
        session.tell(reply);
    }
    session.press_at_once("y");
    assert_eq!(done(&session), 0);
    session.press("y");
    assert_eq!(done(&session), 2);
}

#[test]
fn a_late_answer_replaces_nothing_and_is_told() {
    for (keys, title, said) in [
        ("$<Esc>S", "SORT", "The review was closed before it came"),
        ("U<Esc>F", "VIEWS", "The journal was closed before it came"),
        (
            ":done t<Enter><Esc>S",
            "SORT",
            "The question about a command was closed",
        ),
    ] {
        let mut session = library();
        session.press("P");
        session.hold().press(keys);
        session.deliver();
        assert!(session.picture().contains(title), "{}", session.picture());
        assert!(session.said().starts_with(said), "{}", session.said());
        session.press("<Enter>");
        let text = std::fs::read_to_string(session.path("five.md")).expect("a file");
        assert!(text.contains("published: false"), "nothing was written");
        assert_eq!(done(&session), 1, "the one that is staged");
    }
}

#[test]
fn what_is_given_up_says_so() {
    let mut session = library();
    session.hold().press(":done body:the<Enter><Esc>");
    assert_eq!(session.said(), "Cancelled: nothing was done.");
    assert!(session.take_outside().contains(&Deed::GiveUp));
}

#[test]
fn a_reply_counts_once() {
    let mut session = library();
    session.hold().press("s");
    let replies = session.take_held();
    let [Event::Reply { id, .. }] = &replies[..] else {
        panic!("one reply: {replies:?}");
    };
    let id = *id;
    for reply in replies {
        session.tell(reply);
    }
    let refused = newsdesk::desk::DeskEvent::Refused("late".to_owned());
    let reply = newsdesk::app::Reply::Desk(vec![refused]);
    session.tell(Event::Reply { id, reply });
    assert_eq!(session.said(), "starred: five");
}

#[test]
fn only_the_newest_counts_within_a_kind_and_only_there() {
    let mut session = library();
    session.hold().press("Fjgg<Esc>gafi");
    session.press("<Esc>");
    session.press(":star five<Enter>");
    session.deliver();
    session.press("y");
    assert_eq!(starred(&session), 1);
}

#[test]
fn sentences_name_the_keys_that_a_person_has() {
    let keymap = Keymap::with_overrides([
        ("everywhere", "?", "none"),
        ("everywhere", "ctrl-g", "help"),
        ("everywhere", "esc", "none"),
        ("everywhere", "ctrl-x", "cancel"),
        ("article", "P", "none"),
        ("article", "p", "publish"),
        ("everywhere", "F", "none"),
        ("everywhere", "enter", "none"),
        ("everywhere", "ctrl-j", "enter"),
        ("article", "y y", "none"),
        ("article", "Y", "copy-link"),
        ("everywhere", "u", "none"),
    ]);
    let mut session = configured(Configured {
        keymap: keymap.expect("keys"),
        ..Configured::default()
    });
    session.press("Z");
    assert_eq!(
        session.said(),
        "Z does nothing here; Ctrl-g shows all keys."
    );
    session.press("$");
    assert!(
        session.said().contains("p stages publishing"),
        "{}",
        session.said()
    );
    session.press("9");
    assert!(
        session.said().contains("`show-views` (no key)"),
        "{}",
        session.said()
    );
    for (keys, said) in [
        (
            "A",
            "Ctrl-j does it, Ctrl-x cancels; `undo` (no key) undoes it later",
        ),
        ("O", "Ctrl-j opens, / narrows, Y copies, Ctrl-x closes"),
        (
            "S",
            "Ctrl-j sorts, again reverses; Backspace resets, Ctrl-x closes",
        ),
        ("/five<Enter>", "Ctrl-x clears"),
    ] {
        session.press(keys);
        assert!(
            session.picture().contains(said),
            "{keys}\n{}",
            session.picture()
        );
        session.press("<Ctrl-x>");
    }
}

#[test]
fn a_date_that_moves_is_asked_again_as_time_passes() {
    let mut session = library();
    session.press("/date:12h<Enter>");
    assert_eq!(searches_after(&mut session, 59, 59), 0);
    assert_eq!(searches_after(&mut session, 1, 1), 1);
    let mut session = library();
    session.press("/five<Enter>");
    assert_eq!(
        searches_after(&mut session, 3600, 3600),
        0,
        "it does not move"
    );
}

/// How many searches begin once this many seconds have passed, while the clock shows a different
/// number.
fn searches_after(session: &mut Session, seconds: u64, by_the_clock: i64) -> usize {
    let env = &session.app.cx().env;
    let tick = Event::Tick {
        now: env.now + jiff::SignedDuration::from_secs(by_the_clock),
        uptime: env.uptime + Duration::from_secs(seconds),
    };
    let effects = session.app.update(tick);
    let is_search = |it: &&Effect| {
        matches!(
            it,
            Effect::Ask {
                request: AppRequest::Search(_),
                ..
            }
        )
    };
    effects.iter().filter(is_search).count()
}

#[test]
fn a_clock_set_back_holds_nothing_up() {
    let mut session = library();
    session.press("s");
    assert_eq!(session.said(), "starred: five");
    session.hold().press("/date:12h<Enter>");
    session.deliver();
    assert_eq!(searches_after(&mut session, 61, -7_200), 1);
    assert_eq!(session.said(), "", "a notice goes after its time");
    // What is decided now is newer than what was decided before, whatever the clock says.
    session.press("<Esc>gg").press("s");
    assert_eq!(starred(&session), 0);
    session.press("u");
    assert_eq!(starred(&session), 1);
}

#[test]
fn what_is_under_way_is_known_to_whoever_has_to_end_the_program() {
    let mut session = library();
    session.hold().press("XAyu");
    let work: Vec<String> = session.app.under_way().map(|it| it.to_string()).collect();
    assert_eq!(
        work,
        ["saving “done” for 5 articles", "undoing the last decision"]
    );
    session.deliver();
    assert_eq!(session.app.under_way().count(), 0);
}

#[test]
fn keys_in_one_packet_with_a_view_act_on_that_view() {
    let mut session = library();
    session.press("Gj");
    session.press_at_once("1dd");
    let done = &session.app.cx().marks.sets().done;
    let titles: Vec<String> = done
        .iter()
        .map(|row| {
            session
                .app
                .cx()
                .title(ArticleId::from_row(row))
                .into_owned()
        })
        .collect();
    assert_eq!(titles.len(), 2, "{titles:?}");
    assert!(
        ["five", "four"]
            .iter()
            .all(|it| titles.iter().any(|title| title == it)),
        "{titles:?}"
    );
    assert_eq!(session.selected(), "three", "the late list moves nothing");
}

#[test]
fn escape_drops_the_keys_that_wait_for_a_list() {
    let mut session = library();
    session.hold();
    session.press_at_once("2d<Esc>");
    session.deliver();
    assert_eq!(done(&session), 0);
    assert!(session.said().contains("dropped"), "{}", session.said());
}
