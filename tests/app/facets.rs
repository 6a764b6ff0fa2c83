//! Filtering by topics: what is listed, counted and said, and that nothing else moves.

use newsdesk::app::geometry::Pane;
use newsdesk::query::{FacetField, Pick};

use crate::picture::text;
use crate::session::{MEDIUM, NARROW, Session, WIDE, article};

/// Five articles with the topics a, b and c in various combinations.
fn mixtures() -> Session {
    let of = |title: &str, day, topics: &str| article(title, day, &format!("topics: [{topics}]"));
    let files = [
        ("1.md", of("only a", 1, "a")),
        ("2.md", of("a and b", 2, "a, b")),
        ("3.md", of("a, b and c", 3, "a, b, c")),
        ("4.md", of("only c", 4, "c")),
        ("5.md", of("nothing", 5, "")),
    ];
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    Session::of(&files, WIDE)
}

#[test]
fn included_excluded_and_taken_back() {
    let mut session = mixtures();
    session.topic("b").press("<Space>");
    assert_eq!(session.titles(), ["a, b and c", "a and b"]);
    session.topic("c").press("-");
    assert_eq!(session.titles(), ["a and b"]);
    session.press("-");
    assert_eq!(session.titles(), ["a, b and c", "a and b"]);
    session.press("<Space>");
    assert_eq!(session.titles(), ["only c", "a, b and c", "a and b"]);
    session.press("<Space>").topic("b").press("<Space>");
    assert_eq!(session.titles().len(), 5);
}

#[test]
fn any_and_all() {
    let mut session = mixtures();
    session
        .topic("b")
        .press("<Space>")
        .topic("c")
        .press("<Space>");
    assert_eq!(session.titles(), ["only c", "a, b and c", "a and b"]);
    session.press("a");
    assert_eq!(session.titles(), ["a, b and c"]);
    assert_eq!(session.said(), "Articles need all of the included values.");
    session.press("a");
    assert_eq!(session.titles().len(), 3);
    assert_eq!(session.said(), "Articles need any of the included values.");
}

#[test]
fn only_this_forgets_the_rest_and_goes_to_the_list() {
    let mut session = mixtures();
    session
        .topic("b")
        .press("<Space>")
        .topic("a")
        .press("-")
        .topic("c")
        .press("<Enter>");
    assert_eq!(session.titles(), ["only c", "a, b and c"]);
    assert_eq!(session.focus(), Pane::List);
}

#[test]
fn escape_clears_from_the_topics_and_then_leaves_them() {
    for size in [WIDE, MEDIUM, NARROW] {
        let mut session = Session::sample(size);
        session.topic("Robotics").press("<Space><Esc>");
        assert!(session.app.cx().in_force.is_empty());
        assert_eq!(session.focus(), Pane::Facets);
        session.press("<Esc>");
        assert_eq!(session.focus(), Pane::List);
    }
}

#[test]
fn counts_are_under_what_is_otherwise_filtered() {
    let mut session = mixtures();
    let counts = |session: &Session| ["a", "b", "c"].map(|topic| session.count_of(topic));
    assert_eq!(counts(&session), [Some(3), Some(2), Some(2)]);
    session.topic("b").press("<Space>");
    assert_eq!(
        counts(&session),
        [Some(3), Some(2), Some(2)],
        "one more would add its own"
    );
    session.topic("c").press("<Space>a");
    assert_eq!(
        counts(&session),
        [Some(1), Some(1), Some(1)],
        "one more would narrow"
    );
    session.press("a<Space>").topic("b").press("<Space>");
    session.topic("c").press("-");
    assert_eq!(counts(&session), [Some(2), Some(1), Some(0)]);
}

#[test]
fn picking_topics_moves_none_of_them() {
    let mut session = Session::sample(WIDE);
    let names = |session: &Session| -> Vec<String> {
        let values = session.values(FacetField::Topic).into_iter();
        values.map(|row| row.value).collect()
    };
    let before = names(&session);
    session.topic("AI").press("-");
    let after = names(&session);
    let kept: Vec<_> = before
        .iter()
        .filter(|name| after.contains(name))
        .cloned()
        .collect();
    assert_eq!(after, kept);
    let current = session.app.facets().current().expect("a topic");
    assert_eq!(
        (current.value.as_str(), current.pick),
        ("AI", Some(Pick::Exclude))
    );
}

#[test]
fn the_selection_stays_with_its_article() {
    let mut session = mixtures();
    session.select("a and b").topic("a").press("<Space>");
    assert_eq!(
        (session.selected(), session.shown()),
        ("a and b", "a and b")
    );
    session.press("<Esc>");
    assert_eq!(session.selected(), "a and b");
}

#[test]
fn the_row_stays_where_it_is_on_the_screen() {
    let mut session = Session::sample(NARROW);
    session.press("<Ctrl-f><Ctrl-f>kkkk");
    let before = (session.selected().to_owned(), session.cursor_on_screen());
    assert!(before.1 > 5);
    for keys in ["-", "<Esc>"] {
        session.topic("Semiconductors").press(keys);
        let after = (session.selected().to_owned(), session.cursor_on_screen());
        assert_eq!(after, before, "after {keys}");
    }
}

#[test]
fn an_article_that_is_filtered_out_makes_room_for_the_one_after_it() {
    let mut session = mixtures();
    session.select("only c").topic("b").press("<Space>");
    assert_eq!(
        (session.selected(), session.shown()),
        ("a, b and c", "a, b and c")
    );
}

#[test]
fn a_filter_that_selects_nothing_says_so_and_how_to_get_rid_of_it() {
    let mut session = mixtures();
    session.topic("b").press("<Space>").topic("a").press("-");
    assert_eq!(session.titles(), [""; 0]);
    assert_eq!((session.selected(), session.shown()), ("", ""));
    let picture = text(&session.app);
    assert!(
        picture.contains("None of the 5 articles matches topic:=b -topic:=a."),
        "{picture}"
    );
    assert!(picture.contains("Esc shows them all again."), "{picture}");
    session.press("<Esc>");
    assert_eq!(session.titles().len(), 5);
    assert_eq!(session.selected(), "nothing", "the first one again");
}

#[test]
fn what_is_filtered_is_visible_in_every_pane_and_size() {
    for size in [WIDE, MEDIUM, NARROW] {
        for keys in ["", "l", "ll", "z", "?"] {
            let mut session = Session::sample(size);
            session.topic("Robotics").press("<Space>t").press(keys);
            let picture = text(&session.app);
            let top = picture.lines().next().unwrap_or_default();
            assert!(
                top.contains("topic:=Robotics") && top.contains("Esc clears"),
                "{top}"
            );
        }
    }
}

#[test]
fn months_stand_newest_first_and_years_fold_them() {
    let months = [
        "2019-05", "2021-12", "2021-11", "2021-12", "2020-01", "2020-02",
    ];
    let file = |(at, month): (usize, &&str)| {
        let text = article(&format!("No {at}"), 1, "");
        let text = text.replace("2021-12-01", &format!("{month}-01"));
        (format!("{at}.md"), text)
    };
    let files: Vec<(String, String)> = months.iter().enumerate().map(file).collect();
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (&**name, &**text))
        .collect();
    let mut session = Session::of(&files, WIDE);
    let months = |session: &Session| -> Vec<String> {
        let values = session.values(FacetField::Month).into_iter();
        values.map(|row| row.value).collect()
    };
    assert_eq!(
        months(&session),
        ["2021-12", "2021-11"],
        "those of the newest year"
    );
    session.value(FacetField::Year, "2020").press("<Space>");
    assert_eq!(months(&session), ["2020-02", "2020-01"]);
    session.press("<Space>");
    session
        .value(FacetField::Month, "2021-11")
        .press("j<Enter>");
    let all = ["2021-12", "2021-11", "2020-02", "2020-01", "2019-05"];
    assert_eq!(months(&session), all, "the others unfold");
}

#[test]
fn the_only_value_of_a_facet_is_on_its_heading_and_can_be_picked() {
    let (video, note) = (
        article("a video", 1, "type: video"),
        article("a note", 2, ""),
    );
    let mut session = Session::of(&[("1.md", &video), ("2.md", &note)], WIDE);
    assert!(
        session.picture().contains("KINDS  video"),
        "{}",
        session.picture()
    );
    session.value(FacetField::Kind, "video").press("-");
    assert_eq!(session.titles(), ["a note"]);
    // Among what is picked it has a row like any other, with its sign.
    assert!(
        !session.picture().contains("KINDS  video"),
        "{}",
        session.picture()
    );
    let picks: Vec<Option<Pick>> = session
        .values(FacetField::Kind)
        .iter()
        .map(|it| it.pick)
        .collect();
    assert_eq!(picks, [Some(Pick::Exclude)]);
}
