//! Following related articles, coming back, and what cannot be followed.

use newsdesk::app::EntryOrigin;
use newsdesk::app::geometry::Pane;

use crate::picture::text;
use crate::session::{MEDIUM, NARROW, Session, WIDE, article};

/// Title, focus, first line of the text, related entry: where one is.
fn place(session: &Session) -> (String, Pane, String, usize) {
    (
        session.shown().to_owned(),
        session.focus(),
        session.first_line(),
        session.app.related().cursor().at,
    )
}

#[test]
fn there_and_back_to_the_same_place_several_deep() {
    for size in [WIDE, MEDIUM, NARROW] {
        let mut session = Session::sample(size);
        session.press("jj<Enter><Ctrl-d><Enter>]j");
        let first = place(&session);
        assert!(first.3 > 0 && session.app.detail().scroll() > 0);
        let to = session
            .app
            .related()
            .current()
            .expect("an entry")
            .title
            .clone();
        session.press("<Enter>");
        assert_eq!((session.shown(), session.focus()), (&*to, Pane::Detail));
        assert_eq!(session.app.detail().scroll(), 0);
        session.press("jj<Enter>j");
        let second = place(&session);
        session.press("<Enter>");
        assert_eq!(session.app.steps(), 2);
        session.press("<Backspace>");
        assert_eq!(place(&session), second, "{size:?}");
        session.press("<Backspace>");
        assert_eq!(place(&session), first, "{size:?}");
        assert_eq!(session.selected(), first.0);
        session.press("<Backspace>");
        assert_eq!(session.said(), "There is nothing to go back to.");
    }
}

#[test]
fn the_place_is_kept_until_a_slow_file_has_come() {
    let mut session = Session::sample(WIDE);
    session.press("jj<Enter><Ctrl-d><Enter>j");
    let before = place(&session);
    session.press("<Enter>");
    session.hold().press("<Backspace>");
    assert_eq!(
        (session.shown(), session.focus()),
        (&*before.0, Pane::Related)
    );
    session.deliver();
    assert_eq!(place(&session), before);
}

#[test]
fn one_comes_back_to_the_entry_wherever_it_is_by_then() {
    let one = told("Lidar firm plans a factory near Lyon", "Wire", 2, "");
    let fog = told("Fog and what lidar sees in it", "Ledger", 9, "");
    let mut session = Session::of(&[("1.md", &one), ("3.md", &fog)], WIDE);
    session.select("Lidar firm plans a factory near Lyon");
    session.press("<Enter><Enter>");
    let on = |session: &Session| {
        let entry = session.app.related().current().expect("an entry");
        entry.title.clone()
    };
    let entry = on(&session);
    session.press("<Enter>");
    session.write(
        "2.md",
        &told("Lidar firm plans factory near Lyon", "Paper", 3, ""),
    );
    session.notice_changes();
    session.wait(6);
    session.press("<Backspace>");
    assert_eq!(on(&session), entry);
    assert_eq!(session.app.related().cursor().at, 1, "below the story");
}

#[test]
fn the_place_is_the_same_on_a_screen_of_another_width() {
    let mut session = Session::sample(WIDE);
    session.press("jj<Enter><Ctrl-d><Ctrl-d><Enter>");
    let before = place(&session);
    session
        .press("<Enter>")
        .resize(NARROW)
        .press("<Backspace>")
        .resize(WIDE);
    assert_eq!(place(&session), before);
}

#[test]
fn an_entry_outside_the_library_opens_and_does_not_go_anywhere() {
    let more = "related:\n- title: Elsewhere\n  excerpt: Far away.\n  webUrl: https://far.example/x\n\
                - title: Nowhere\n";
    let mut session = Session::of(&[("one.md", &article("One", 1, more))], WIDE);
    session.press("<Enter><Enter>");
    let picture = text(&session.app);
    assert!(
        picture.contains("↗ Elsewhere") && picture.contains("Far away."),
        "{picture}"
    );
    session.press("<Enter>");
    assert_eq!(
        session.said(),
        "It is not in this library; o opens it in the browser."
    );
    assert_eq!((session.shown(), session.app.steps()), ("One", 0));
    session.press("o");
    assert_eq!(session.opened(), ["https://far.example/x"]);
    session.press("r");
    assert_eq!(
        session.said(),
        "It is not in this library, so it cannot be marked."
    );
    session.press("yp");
    assert_eq!(
        session.said(),
        "It is not in this library, so it has no path."
    );
    session.press("j<Enter>");
    assert_eq!(
        session.said(),
        "It is not in this library; it has no link either."
    );
    session.press("o");
    assert_eq!(session.said(), "It has no link.");
}

#[test]
fn brackets_pick_an_entry_from_the_list_and_from_the_text() {
    let mut session = Session::sample(WIDE);
    session.press("]]");
    assert_eq!(
        (session.app.related().cursor().at, session.focus()),
        (2, Pane::List)
    );
    session.press("<Enter>[");
    assert_eq!(
        (session.app.related().cursor().at, session.focus()),
        (1, Pane::Detail)
    );
    session.press("[[[");
    assert_eq!(session.app.related().cursor().at, 0);
}

#[test]
fn an_article_that_is_filtered_out_is_shown_all_the_same() {
    let more = "topics: [a]\nrelated:\n- {title: Two, webUrl: https://news.example/2}";
    let files = [
        ("one.md", article("One", 1, more)),
        ("two.md", article("Two", 2, "topics: [b]")),
    ];
    let files: Vec<_> = files
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    let mut session = Session::of(&files, WIDE);
    session.topic("a").press("<Enter><Enter><Enter><Enter>");
    assert_eq!((session.shown(), session.selected()), ("Two", "One"));
    assert_eq!(
        session.said(),
        "It is not in the list: the query leaves it out."
    );
    session.press("<Backspace>");
    assert_eq!(
        (session.shown(), session.selected(), session.said()),
        ("One", "One", "")
    );
}

#[test]
fn listed_entries_come_before_those_that_the_library_finds() {
    let session = Session::sample(WIDE);
    let origins: Vec<_> = session
        .app
        .related()
        .entries()
        .iter()
        .map(|it| it.origin)
        .collect();
    let listed = origins
        .iter()
        .take_while(|it| **it == EntryOrigin::Listed)
        .count();
    assert!(
        listed >= 3
            && origins[listed..]
                .iter()
                .all(|it| *it == EntryOrigin::Similar)
    );
    assert!(origins.len() > listed);
}

#[test]
fn the_items_of_a_collection_lead_to_their_articles() {
    let collection = "---\ntitle: A course\ntype: collection\nexcerpt: In order.\n\
                      items:\n- two\n- one\n- missing\n---\n";
    let files = [
        ("one.md", article("One", 1, "")),
        ("two.md", article("Two", 2, "")),
        ("course.md", collection.to_owned()),
    ];
    let files: Vec<_> = files
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    let mut session = Session::of(&files, WIDE);
    session.select("A course");
    let entries = session.app.related().entries();
    let titles: Vec<_> = entries.iter().map(|it| it.title.as_str()).collect();
    assert_eq!(titles, ["Two", "One", "missing"]);
    assert!(entries.iter().all(|it| it.origin == EntryOrigin::Item));
    session.press("<Enter><Enter>jj<Enter>");
    assert_eq!(session.shown(), "A course");
    session.press("k<Enter>");
    assert_eq!(session.shown(), "One");
}

#[test]
fn nothing_is_said_to_be_unrelated_before_the_file_has_come() {
    let mut session = Session::sample(WIDE);
    session.hold().press("j");
    assert!(!text(&session.app).contains("Nothing is related"));
    session.deliver();
    assert!(!session.app.related().entries().is_empty());
}

#[test]
fn entering_what_has_not_come_says_so() {
    let mut session = Session::sample(WIDE);
    session.press("gg").hold().press("jj<Tab><Tab><Enter>");
    assert_eq!(session.focus(), Pane::Related);
    assert_eq!(session.said(), "The related articles are not loaded yet.");
    session.deliver();
    session.press("<Enter>");
    assert_eq!(session.focus(), Pane::Detail, "it is there now");
}

#[test]
fn a_link_to_a_file_leads_to_its_article_and_back() {
    let first = "---\ntitle: first\ndate: 2021-12-02\n---\nSee [it](./second.md), [no](gone.md).\n";
    let second = "---\ntitle: second\ndate: 2021-12-01\n---\nText.\n";
    let mut session = Session::of(&[("a/first.md", first), ("a/second.md", second)], WIDE);
    session.press("ggO");
    let picture = session.picture();
    assert!(picture.contains("in this library"), "{picture}");
    assert!(picture.contains("leads to “second”"), "{picture}");
    session.press("<Enter>");
    assert_eq!(session.shown(), "second");
    session.press("<Backspace>");
    assert_eq!(session.shown(), "first");
    session.press("Oj");
    let picture = session.picture();
    assert!(
        picture.contains("this library has no article there"),
        "{picture}"
    );
}

/// The entries of the related pane: where each comes from, its title, and why it is there.
fn entries(session: &Session) -> Vec<(EntryOrigin, String, String)> {
    let entries = session.app.related().entries().iter();
    entries
        .map(|it| (it.origin, it.title.clone(), it.reason.clone()))
        .collect()
}

/// An article of a provider about lidar, or about something else.
fn told(title: &str, provider: &str, day: u8, more: &str) -> String {
    format!(
        "---\ntitle: {title}\nexcerpt: Perception by lidar in fog and rain on the road to market.\n\
         topics: [Sensors, Cars]\nprovider: {provider}\npublishedDateTime: 2021-12-{day:02}T08:00:00Z\n\
         {more}---\n"
    )
}

#[test]
fn what_is_listed_the_story_and_what_is_similar_are_apart_and_say_why() {
    let one = told(
        "Lidar firm plans a factory near Lyon",
        "Wire",
        2,
        "originalUrl: https://wire.example/1\nrelated:\n- title: Elsewhere\n  webUrl: \
         https://far.example/x\n",
    );
    let same = told(
        "Lidar firm plans factory near Lyon",
        "Paper",
        3,
        "originalUrl: https://wire.example/1?utm_source=p\n",
    );
    let similar = "---\ntitle: How lidar works\nexcerpt: A primer of perception.\ntopics: [Sensors, \
                   Cars]\npublishedDateTime: 2021-11-02T08:00:00Z\n---\n";
    let other = "---\ntitle: Bread\nexcerpt: Of rye.\ntopics: [Food]\n---\n";
    let files = [
        ("1.md", one.as_str()),
        ("2.md", &same),
        ("3.md", similar),
        ("4.md", other),
    ];
    let mut session = Session::of(&files, WIDE);
    session.select("Lidar firm plans a factory near Lyon");
    let found = entries(&session);
    let titles: Vec<(EntryOrigin, &str)> = found.iter().map(|it| (it.0, it.1.as_str())).collect();
    assert_eq!(
        titles,
        [
            (EntryOrigin::Listed, "Elsewhere"),
            (EntryOrigin::Story, "Lidar firm plans factory near Lyon"),
            (EntryOrigin::Similar, "How lidar works"),
        ]
    );
    assert_eq!(found[1].2, "the same page as this one");
    assert_eq!(found[2].2, "2 topics · lidar, perception");
    session.press("<Enter><Enter>jj");
    let picture = text(&session.app);
    assert!(picture.contains("the same story"), "{picture}");
    assert!(
        picture.contains("2 topics · lidar, perception"),
        "{picture}"
    );
    session
        .press("<Esc><Esc>gd")
        .select("Lidar firm plans factory near Lyon");
    assert_eq!(entries(&session)[0].2, "leads");
}

#[test]
fn the_story_is_the_one_that_the_list_has() {
    let files = [
        (
            "1.md",
            told("Lidar firm plans a factory near Lyon", "Wire", 2, ""),
        ),
        (
            "2.md",
            told("Lidar firm plans factory near Lyon", "Paper", 3, ""),
        ),
        (
            "3.md",
            told("Fog and what lidar sees in it", "Ledger", 9, ""),
        ),
    ];
    let files: Vec<_> = files
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    let mut session = Session::of(&files, WIDE);
    let origins = |session: &Session| -> Vec<(EntryOrigin, String)> {
        let found = entries(session).into_iter();
        found.map(|it| (it.0, it.1)).collect()
    };
    let of_story = |title: &str| (EntryOrigin::Story, title.to_owned());
    let similar = |title: &str| (EntryOrigin::Similar, title.to_owned());
    let (paper, fog) = (
        "Lidar firm plans factory near Lyon",
        "Fog and what lidar sees in it",
    );
    session
        .press("gd")
        .select("Lidar firm plans a factory near Lyon");
    assert_eq!(origins(&session), [of_story(paper), similar(fog)]);
    session.press("x").select(fog).press("&");
    session.select("Lidar firm plans a factory near Lyon");
    assert_eq!(origins(&session), [of_story(paper), of_story(fog)]);
    session.hold().press("u");
    assert_eq!(origins(&session), [of_story(paper), of_story(fog)]);
    session.deliver();
    assert_eq!(origins(&session), [of_story(paper), similar(fog)]);
}

#[test]
fn what_is_related_follows_the_library() {
    let one = told("One", "Wire", 2, "");
    let mut session = Session::of(&[("1.md", &one)], WIDE);
    assert_eq!(entries(&session), []);
    assert!(text(&session.app).contains("No related articles."));
    session.write("2.md", &told("Two", "Paper", 20, ""));
    session.notice_changes();
    let found = entries(&session);
    assert_eq!(
        (found[0].0, found[0].1.as_str()),
        (EntryOrigin::Similar, "Two")
    );
    session.remove("2.md");
    session.notice_changes();
    assert_eq!(entries(&session), []);
}

#[test]
fn moving_on_never_waits_for_what_is_related() {
    let (one, two) = (told("One", "Wire", 2, ""), told("Two", "Paper", 20, ""));
    let mut session = Session::of(&[("1.md", &one), ("2.md", &two)], WIDE);
    session.hold().press("j");
    assert_eq!((session.shown(), entries(&session)), ("One", vec![]));
    assert!(
        !text(&session.app).contains("No related articles."),
        "not yet known"
    );
    session.deliver();
    assert_eq!(entries(&session)[0].1, "Two");
}
