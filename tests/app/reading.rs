//! Reading: the text and what surrounds it, searching in it, and going back to the same place.

use std::fmt::Write as _;

use newsdesk::app::geometry::{Pane, Size};
use newsdesk::config::PaneSizes;

use crate::session::{Deed, MEDIUM, NARROW, Session, WIDE, article, size};

/// An article with this many paragraphs; the tenth says `needle`, and every fifth `straw`.
fn long(title: &str, day: u8) -> String {
    let mut text = article(title, day, "topics: [t]");
    for number in 1..=60 {
        let straw = if number % 5 == 0 { " straw" } else { "" };
        let needle = if number == 10 { " needle" } else { "" };
        let _ = write!(text, "\nParagraph {number}{straw}{needle}.\n");
    }
    text
}

fn two_long(size: Size) -> Session {
    let files = [("1.md", long("First", 2)), ("2.md", long("Second", 1))];
    let files = files.each_ref().map(|(name, text)| (*name, text.as_str()));
    Session::of(&files, size)
}

/// The header of the text.
fn header(session: &Session) -> String {
    let picture = session.picture();
    let line = picture.lines().find(|line| line.contains("ARTICLE "));
    line.unwrap_or_default().to_owned()
}

#[test]
fn below_110_columns_related_stands_at_the_end_of_the_text() {
    let mut session = two_long(size(80, 24));
    session.press("<Enter>");
    assert!(!session.picture().contains("RELATED"));
    session.press("G");
    let picture = session.picture();
    assert!(
        picture.contains("Paragraph 60") && picture.contains("RELATED"),
        "{picture}"
    );
    assert!(picture.contains("Second"), "{picture}");
    session.press("gg<Enter>");
    assert_eq!(session.focus(), Pane::Related);
    assert!(session.picture().contains("RELATED"));
    session.press("<Esc>");
    assert_eq!(
        (session.focus(), session.app.detail().scroll()),
        (Pane::Detail, 0)
    );
}

#[test]
fn related_takes_the_room_that_a_short_text_leaves() {
    let rows = |text: &str| {
        let session = Session::of(&[("1.md", text)], WIDE);
        session.app.panes().related.map_or(0, |area| area.rows)
    };
    let (short, long) = (rows(&article("Short", 1, "")), rows(&long("Long", 1)));
    assert!(short > 25 && long < 14, "{short} {long}");
}

#[test]
fn the_panes_stay_while_the_next_text_comes_in() {
    let mut session = two_long(WIDE);
    let before = session.app.panes();
    session.hold().press("j");
    assert_eq!(session.app.panes(), before);
}

#[test]
fn panes_change_their_sizes_by_keys_and_are_kept() {
    let mut session = two_long(WIDE);
    let columns = |session: &Session| session.app.panes().list.map_or(0, |area| area.columns);
    let before = columns(&session);
    session.press(">");
    let sizes = PaneSizes {
        list: 57,
        ..PaneSizes::default()
    };
    assert!(columns(&session) > before);
    assert_eq!(session.take_outside(), [Deed::KeepPanes(sizes)]);
    session.press("<Enter>>");
    assert_eq!(
        columns(&session),
        before,
        "what the text gets the list gives"
    );
    session.press_at_once("<lt><lt>");
    assert!(columns(&session) > before);
    for _ in 0..40 {
        session.press(">");
    }
    assert_eq!(session.said(), "It cannot be resized any further.");
    session.resize(NARROW).press(">");
    assert!(session.said().starts_with("One pane fills the screen"));
    session.resize(WIDE);
    session.keeping(Err("config.toml: it is read-only".to_owned()));
    session.press("<lt>");
    assert_eq!(session.error(), "config.toml: it is read-only");
}

#[test]
fn what_only_machines_want_is_folded_at_the_end() {
    let more = "ampWebUrl: https://news.example/amp\nodd: 5\nimages:\n- url: /i.png\n  width: 640\n  height: 480\n";
    let text = article("One", 1, more);
    let mut session = Session::of(&[("1.md", &text)], WIDE);
    let page = session.page().join("\n");
    assert!(page.ends_with("▸ More fields: 3"), "{page}");
    assert!(!page.contains("640") && !page.contains("/amp"), "{page}");
    session.press("M");
    let page = session.page().join("\n");
    assert!(page.contains("▾ More fields: 3"), "{page}");
    for said in ["news.example/amp", "640 x 480", "odd          5"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    session.press("M");
    assert!(session.page().join("\n").ends_with("▸ More fields: 3"));
}

#[test]
fn searching_in_the_text_counts_and_goes_round_the_matches() {
    let mut session = two_long(MEDIUM);
    session.press("<Enter>/straw");
    assert!(
        header(&session).contains("match 1/12"),
        "{}",
        header(&session)
    );
    session.press("<Enter>n");
    assert!(
        header(&session).contains("match 2/12"),
        "{}",
        header(&session)
    );
    session.press("nnN");
    assert!(
        header(&session).contains("match 3/12"),
        "{}",
        header(&session)
    );
    session.press("NN");
    session.press("N");
    assert_eq!(session.said(), "That was the last match in this text.");
    session.press("/needle<Enter>");
    assert!(header(&session).contains("match 1/1"));
    assert!(session.picture().contains("needle"));
}

#[test]
fn what_the_text_does_not_have_is_said() {
    let mut session = two_long(MEDIUM);
    session.press("<Enter>/zzzz");
    assert!(
        header(&session).contains("no match"),
        "{}",
        header(&session)
    );
    session.press("<Enter>");
    assert_eq!(session.said(), "No match for zzzz.");
    session.press("n");
    assert_eq!(session.said(), "No match for zzzz.");
}

#[test]
fn a_text_is_looked_through_outside_and_the_newest_search_counts() {
    let mut session = two_long(MEDIUM);
    session.press("<Enter>").hold().press("/str");
    assert_eq!(session.app.detail().found(), None, "nobody has looked yet");
    session.press("aw<Enter>n");
    session.deliver();
    assert_eq!(session.app.detail().found(), Some((1, 12)));
}

#[test]
fn matches_are_found_again_on_a_screen_of_another_width() {
    let mut session = two_long(MEDIUM);
    session.press("<Enter>/straw<Enter>nn").resize(size(60, 20));
    assert_eq!(session.app.detail().found(), Some((3, 12)));
    session.press("n");
    assert_eq!(session.app.detail().found(), Some((4, 12)));
}

#[test]
fn going_to_the_next_article_and_back_comes_back_to_the_place() {
    for size in [WIDE, NARROW] {
        let mut session = two_long(size);
        session.press("<Enter><Ctrl-d><Ctrl-d>");
        let place = (session.shown().to_owned(), session.first_line());
        session.press("J");
        assert_eq!(
            (session.shown(), session.app.detail().scroll()),
            ("Second", 0)
        );
        session.press("jjjK");
        assert_eq!((session.shown().to_owned(), session.first_line()), place);
        session.press("J");
        assert_eq!(session.app.detail().scroll(), 3);
    }
}

#[test]
fn a_text_that_was_scrolled_to_its_end_is_read() {
    let mut session = two_long(WIDE);
    session.press("JJ");
    assert_eq!(session.app.unread_count(), 2);
    for _ in 0..150 {
        session.press("J");
    }
    assert_eq!(session.app.unread_count(), 1);
}

#[test]
fn both_dates_stand_in_the_head_of_the_text() {
    let session = Session::of(&[("1.md", &article("One", 29, ""))], WIDE);
    let page = session.page().join(" ");
    assert!(page.contains("Wed 29 Dec 2021 08:00"), "{page}");
    assert!(page.contains("2 days ago"), "{page}");
}

#[test]
fn an_article_of_the_library_is_gone_to_from_the_links() {
    let mut text = article("One", 2, "");
    text.push_str(
        "\nSee [the second one](https://news.example/1) and [another](https://far.example/).\n",
    );
    let files = [("1.md", text), ("2.md", article("Two", 1, ""))];
    let files = files.each_ref().map(|(name, text)| (*name, text.as_str()));
    let mut session = Session::of(&files, WIDE);
    session.press("O");
    let picture = session.picture();
    let row = |words: &str| {
        let row = picture.lines().find(|line| line.contains(words));
        row.unwrap_or_default().to_owned()
    };
    assert!(
        row("the second one").contains("in this library"),
        "{picture}"
    );
    assert!(row("another").contains("far.example"), "{picture}");
    session.press("j<Enter>");
    assert_eq!(session.take_outside(), []);
    assert_eq!(session.shown(), "Two");
    session.press("<Backspace>");
    assert_eq!(session.shown(), "One");
}

#[test]
fn links_are_narrowed_while_typing() {
    let mut text = article("One", 2, "");
    text.push_str("\n[Tides](https://a.example/) [Winds](https://b.example/)\n");
    let mut session = Session::of(&[("1.md", &text)], WIDE);
    session.press("O/win");
    let picture = session.picture();
    assert!(
        picture.contains("Winds") && !picture.contains("Tides   "),
        "{picture}"
    );
    session.press("<Enter>");
    assert_eq!(session.opened(), ["https://b.example/"]);
    session.press("O/zzz");
    assert!(session.picture().contains("No link contains these words."));
    session.press("<Enter><Esc>");
    assert!(session.has_overlay(), "Esc ends the narrowing first");
    session.press("<Esc>");
    assert!(!session.has_overlay());
}
