//! Feeds and pages of the web: fetched, listed, added, removed, saved and read in full by keys.

use std::path::PathBuf;
use std::time::Duration;

use newsdesk::config::{Config, NamedLibrary, Refresh};
use newsdesk::feeds::Remembered;
use newsdesk::feeds::outcome::Totals;
use newsdesk::feeds::service::{
    FeedSelection, FeedsReply, FeedsRequest, Listed, NewText, WantedText,
};
use newsdesk::feeds::text::TextResults;
use newsdesk::format::link::Link;

use crate::five;
use crate::session::{Configured, Session, WIDE, size};
use crate::world::Deed;

/// The requests about feeds so far.
fn asked(session: &Session) -> Vec<FeedsRequest> {
    let deeds = session.world.deeds.iter();
    let asked = deeds.filter_map(|deed| match deed {
        Deed::Feeds(request) => Some(request.clone()),
        _ => None,
    });
    asked.collect()
}

/// What the reader says after a fetch.
fn said(fetched: Result<Totals, String>) -> String {
    let mut session = five::library();
    session.world.feeds = [FeedsReply::Fetched(FeedSelection::All, fetched)].into();
    session.press("gr");
    assert_eq!(asked(&session), [FeedsRequest::Fetch(FeedSelection::All)]);
    session.said().to_owned()
}

fn feed(name: &str, error: Option<&str>) -> Listed {
    Listed {
        name: name.to_owned(),
        url: format!("https://{name}.example/feed"),
        last: Remembered {
            fetched: Some("2026-03-05T10:00:00Z".parse().expect("a time")),
            error: error.map(str::to_owned),
            new: 3,
            ..Remembered::default()
        },
    }
}

fn listed(feeds: Vec<Listed>) -> FeedsReply {
    FeedsReply::Listed(Ok((PathBuf::from("/feeds.toml"), feeds)))
}

#[test]
fn what_the_feeds_have_brought_is_said() {
    let totals = |new, updated, failed| Totals {
        feeds: 5,
        new,
        updated,
        failed,
        ..Totals::default()
    };
    for (totals, sentence) in [
        (totals(0, 0, 0), "Nothing new in the feeds."),
        (totals(1_200, 0, 0), "1,200 new, R to show."),
        (totals(0, 2, 0), "2 updated, R to show."),
        (
            totals(3, 1, 2),
            "3 new, 1 updated, R to show; 2 failed: g f says why.",
        ),
    ] {
        assert_eq!(said(Ok(totals)), sentence);
    }
    let noted = |notes| Totals {
        notes,
        ..totals(2, 0, 0)
    };
    assert_eq!(said(Ok(noted(1))), "2 new, R to show; g f shows a note.");
    assert_eq!(said(Ok(noted(4))), "2 new, R to show; g f shows 4 notes.");
    assert_eq!(said(Err("no".into())), "Not fetched: no");
    let mut sample = Session::sample(WIDE);
    let fetched = FeedsReply::Fetched(FeedSelection::All, Ok(totals(3, 0, 0)));
    sample.world.feeds = [fetched].into();
    sample.press("gr");
    assert_eq!(sample.said(), "3 new.", "not in the sample library");
}

#[test]
fn feeds_are_listed_with_what_failed_and_shown_by_their_articles() {
    let mut session = Session::sample(WIDE);
    session.world.feeds = [listed(vec![feed("a", None), feed("b", Some("no host"))])].into();
    session.press("gf");
    let screen = session.picture();
    assert!(
        screen.contains("FEEDS") && screen.contains("3 new"),
        "{screen}"
    );
    assert!(screen.contains("failed: no host"), "{screen}");
    session.press("j<Enter>");
    assert_eq!(session.app.cx().in_force.text(), "feed:=b");
}

#[test]
fn what_has_no_room_in_its_row_is_said_below_the_feeds() {
    let mut session = Session::sample(WIDE);
    let mut noted = feed("b", None);
    let sentences = [
        "kept: “A bridge opens” was changed here and at its source",
        "the end",
    ];
    noted.last.notes = sentences
        .iter()
        .map(|it| format!("{it}{}", " and so on".repeat(8)))
        .collect();
    session.world.feeds = [listed(vec![feed("a", Some("no host")), noted])].into();
    session.press("gf");
    let screen = session.picture();
    assert!(screen.contains("https://a.example/feed"), "{screen}");
    session.press("j");
    let screen = session.picture();
    assert!(screen.contains("https://b.example/feed"), "{screen}");
    assert!(screen.contains("  the end and so on"), "{screen}");
    // If there is little room, the feeds have all of it.
    let mut small = Session::sample(size(60, 14));
    small.world.feeds = [listed(vec![feed("a", Some("no host"))])].into();
    small.press("gf");
    assert!(!small.picture().contains("https://a.example/feed"));
}

#[test]
fn a_feed_is_added_by_its_address_and_removed_after_a_question() {
    let mut session = Session::sample(WIDE);
    session.world.feeds = [
        listed(vec![feed("a", None)]),
        FeedsReply::Added(Ok("C".into())),
        listed(vec![feed("a", None), feed("c", None)]),
        FeedsReply::Removed(Ok("a".into())),
        listed(vec![feed("c", None)]),
    ]
    .into();
    session.press("gf");
    session.press("a");
    session.press("c.example<Enter>xy");
    let asked = asked(&session);
    let list = FeedsRequest::List;
    assert_eq!(
        asked,
        [
            list.clone(),
            FeedsRequest::Add("c.example".into()),
            list.clone(),
            FeedsRequest::Remove("https://a.example/feed".into()),
            list,
        ]
    );
    let screen = session.picture();
    assert!(
        screen.contains("FEEDS") && screen.contains("1/1"),
        "{screen}"
    );
}

#[test]
fn a_text_that_is_there_is_replaced_only_after_a_review() {
    let mut sample = Session::sample(WIDE);
    sample.press("W");
    assert_eq!(asked(&sample), [], "the sample library has no files");
    let file = "---\ntitle: A\noriginalUrl: https://a.example/1\n---\nMine.\n";
    let mut session = Session::of(&[("a.md", file)], WIDE);
    let text = NewText {
        title: "A".into(),
        path: "/a.md".into(),
        old: "Mine.".into(),
        new: "Theirs.".into(),
    };
    let texts = FeedsReply::Texts(TextResults {
        differing: vec![text.clone()],
        ..TextResults::default()
    });
    session.world.feeds = [texts.clone(), texts].into();
    session.press("W").wait(1);
    let wanted = FeedsRequest::GetTexts(vec![WantedText {
        title: "A".into(),
        path: session.path("a.md"),
        url: "https://a.example/1".into(),
    }]);
    let screen = session.picture();
    assert!(
        screen.contains("- Mine.") && screen.contains("+ Theirs."),
        "{screen}"
    );
    session.press("<Esc>");
    assert_eq!(asked(&session), std::slice::from_ref(&wanted));
    session.press("W").wait(1);
    session.press("y");
    let written = FeedsRequest::WriteTexts(vec![text]);
    assert_eq!(asked(&session), [wanted.clone(), wanted, written]);
}

/// A library of one article, and the result of getting its text, twice: a different one from its
/// own.
fn with_another_text() -> Session {
    let file = "---\ntitle: A\noriginalUrl: https://a.example/1\n---\nMine.\n";
    let mut session = Session::of(&[("a.md", file)], WIDE);
    let texts = |new: &str| {
        FeedsReply::Texts(TextResults {
            differing: vec![NewText {
                title: "A".into(),
                path: "/a.md".into(),
                old: "Mine.".into(),
                new: new.into(),
            }],
            ..TextResults::default()
        })
    };
    session.world.feeds = [texts("Theirs."), texts("Others'.")].into();
    session
}

#[test]
fn a_text_that_comes_late_waits_until_nothing_is_open() {
    let mut session = with_another_text();
    session.hold().press("WW/a");
    session.deliver();
    assert_eq!(session.typed(), "a");
    assert_eq!(
        session.said(),
        "Full text: 1 differs from what is there, to review once this is closed."
    );
    session.press("<Esc><Esc>");
    assert!(!session.has_overlay(), "not under the next key");
    session.wait(1);
    let screen = session.picture();
    assert!(screen.contains("REPLACE THE TEXT? 1"), "{screen}");
    assert!(screen.contains("+ Others'."), "the newer one");
}

#[test]
fn a_text_that_comes_between_two_keys_waits_and_is_not_dropped_unseen() {
    let mut session = with_another_text();
    session.hold().press("Wg");
    session.deliver();
    session.wait(9);
    assert!(!session.has_overlay(), "{}", session.picture());
    session.press("g");
    let tick = session.later(1);
    session.happen(tick);
    session.press_at_once("x");
    assert!(session.picture().contains("+ Theirs."), "kept");
    session.press("x");
    assert!(!session.has_overlay(), "dropped once it was seen");
}

#[test]
fn leaving_waits_for_a_text_and_its_review() {
    let mut session = with_another_text();
    session.hold().press("WQ");
    session.deliver();
    assert!(!session.take_outside().contains(&Deed::Quit));
    assert_eq!(
        session.said(),
        "Fetched full text is waiting for review; Q leaves without it."
    );
    session.wait(1);
    assert!(session.picture().contains("+ Theirs."));
    session.press("Q");
    assert!(session.take_outside().contains(&Deed::Quit));
}

#[test]
fn what_failed_is_told_beside_what_did_not() {
    let file = "---\ntitle: A\noriginalUrl: https://a.example/1\n---\nMine.\n";
    let mut session = Session::of(&[("a.md", file)], WIDE);
    let texts = TextResults {
        written: 2,
        failed: vec!["“B”: no host".into(), "“C”: no host".into()],
        ..TextResults::default()
    };
    session.world.feeds = [FeedsReply::Texts(texts)].into();
    session.press("W");
    assert_eq!(
        session.said(),
        "Full text: 2 written, none for “B”: no host (and 1 more)"
    );
}

#[test]
fn a_related_entry_that_is_not_in_the_library_is_saved() {
    let file =
        "---\ntitle: A\nrelated:\n  - title: Out\n    webUrl: https://b.example/2\n---\nMine.\n";
    let mut session = Session::of(&[("a.md", file)], WIDE);
    session.world.feeds = [FeedsReply::Saved(Ok("Out".into()))].into();
    session.press("gs");
    let link = Link::parse("https://b.example/2").expect("a link");
    assert_eq!(asked(&session), [FeedsRequest::Save(link)]);
    assert_eq!(session.said(), "Saved “Out”, R to show.");
    let site = NamedLibrary {
        name: "Site".into(),
        roots: vec![PathBuf::from("/site")],
        ..NamedLibrary::default()
    };
    for (opened, said) in [
        (None, "Saved “Out” in /elsewhere."),
        (Some("Site"), "Saved “Out” in /site."),
    ] {
        let config = Config {
            library: vec![PathBuf::from("/elsewhere")],
            libraries: vec![site.clone()],
            opened: opened.map(str::to_owned),
            ..Config::default()
        };
        let config = Configured {
            config,
            ..Configured::default()
        };
        let mut session = Session::configured(&[("a.md", file)], WIDE, config);
        session.world.feeds = [FeedsReply::Saved(Ok("Out".into()))].into();
        session.press("gs");
        assert_eq!(session.said(), said);
    }
}

#[test]
fn feeds_are_fetched_by_themselves_only_where_that_is_configured() {
    let ticked = |refresh| {
        let config = Config {
            refresh,
            ..Config::default()
        };
        let mut session = five::configured(Configured {
            config,
            ..Configured::default()
        });
        let fetched = || FeedsReply::Fetched(FeedSelection::Due, Ok(Totals::default()));
        session.world.feeds = std::iter::repeat_with(fetched).take(9).collect();
        for minutes in [0, 1, 28, 2, 1] {
            session.wait(minutes * 60);
        }
        asked(&session)
    };
    assert_eq!(ticked(Refresh::Never), []);
    let due = FeedsRequest::Fetch(FeedSelection::Due);
    let every = Refresh::Every(Duration::from_secs(1_800));
    assert_eq!(ticked(every), [due.clone(), due]);
}

/// A session whose feeds are being fetched automatically, with the results of that and of fetching
/// all.
fn fetching_by_itself(due: Result<Totals, String>, all: Result<Totals, String>) -> Session {
    let config = Config {
        refresh: Refresh::Every(Duration::from_secs(1_800)),
        ..Config::default()
    };
    let mut session = five::configured(Configured {
        config,
        ..Configured::default()
    });
    session.world.feeds = [
        FeedsReply::Fetched(FeedSelection::Due, due),
        FeedsReply::Fetched(FeedSelection::All, all),
    ]
    .into();
    session.hold();
    session.wait(1);
    assert_eq!(asked(&session), [FeedsRequest::Fetch(FeedSelection::Due)]);
    session
}

#[test]
fn asking_for_the_feeds_while_some_are_fetched_by_themselves_is_answered() {
    let brought = |new| Totals {
        new,
        ..Totals::default()
    };
    let no = || Err("no network".to_owned());
    for (due, all, sentence) in [
        (Ok(brought(0)), Ok(brought(0)), "Nothing new in the feeds."),
        (Ok(brought(2)), Ok(brought(1)), "3 new, R to show."),
        (no(), Ok(brought(1)), "1 new, R to show."),
        (Ok(brought(0)), no(), "Not fetched: no network"),
    ] {
        let mut session = fetching_by_itself(due, all);
        session.press("grgr");
        assert_eq!(
            session.said(),
            "The due feeds are being fetched; the others follow."
        );
        session.deliver();
        assert_eq!(session.said(), sentence);
        let fetched = [FeedSelection::Due, FeedSelection::All].map(FeedsRequest::Fetch);
        assert_eq!(asked(&session), fetched);
    }
}

#[test]
fn the_feeds_that_were_asked_for_are_waited_for_behind_others() {
    let mut session = fetching_by_itself(Ok(Totals::default()), Ok(Totals::default()));
    session.press("gr");
    session.press("Q");
    assert!(!session.take_outside().contains(&Deed::Quit));
    session.deliver();
    assert!(session.take_outside().contains(&Deed::Quit));
}

#[test]
fn what_is_fetched_by_itself_keeps_nobody() {
    let mut session = fetching_by_itself(Ok(Totals::default()), Ok(Totals::default()));
    session.wait(1);
    assert!(!session.picture().contains("fetching"));
    session.press("Q");
    assert!(session.take_outside().contains(&Deed::Quit));
}
