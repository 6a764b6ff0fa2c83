//! Stories in the list: one row each, opened and closed in place, decided on by their lead or as a
//! whole.

use newsdesk::app::{Event, StoryRow};
use newsdesk::config::{Config, LateTellers, MarkRead, RowFor};

use crate::five::{done, id};
use crate::session::{Configured, Session, WIDE, size};

/// An article of a provider; the same words in the excerpt make it the same story.
fn told(title: &str, provider: &str, day: u8, more: &str) -> String {
    format!(
        "---\ntitle: \"{title}\"\npublishedDateTime: 2021-12-{day:02}T08:00:00Z\n\
         provider:\n  name: {provider}\n{more}\n---\n\nThe body of {title}.\n"
    )
}

const BRIDGE: &str = "excerpt: Engineers found hairline cracks in two supports of the harbour bridge \
                      during a routine inspection, and traffic will be diverted for weeks.";
const FERRY: &str = "excerpt: Bluewave, which runs ferries to six islands, said bookings had collapsed \
                     after the engine fire last summer and its lenders had lost patience.";

/// Two stories among others: a bridge told by three, a ferry told by two.
pub fn files() -> Vec<(&'static str, String)> {
    let bridge = |title, provider, day, quality| {
        told(
            title,
            provider,
            day,
            &format!("{BRIDGE}\nquality: {quality}"),
        )
    };
    let ferry = |title, provider, day| told(title, provider, day, FERRY);
    vec![
        (
            "a.md",
            bridge(
                "Harbour bridge closes after cracks found",
                "Courier",
                20,
                60,
            ),
        ),
        (
            "b.md",
            bridge(
                "Harbour bridge closes for repairs after cracks found",
                "Gazette",
                22,
                90,
            ),
        ),
        (
            "c.md",
            bridge(
                "Cracks found: harbour bridge closes for repairs",
                "Tideline",
                24,
                50,
            ),
        ),
        (
            "d.md",
            ferry(
                "Ferry operator Bluewave files for insolvency",
                "Courier",
                21,
            ),
        ),
        (
            "e.md",
            ferry(
                "Ferry operator Bluewave files for insolvency - Gazette",
                "Gazette",
                23,
            ),
        ),
        (
            "f.md",
            told(
                "A seed bank puts its catalogue online",
                "Fieldnotes",
                25,
                "",
            ),
        ),
        (
            "g.md",
            told("The river that is measured by its fish", "Tideline", 19, ""),
        ),
    ]
}

const A: &str = "Harbour bridge closes after cracks found";
const B: &str = "Harbour bridge closes for repairs after cracks found";
const C: &str = "Cracks found: harbour bridge closes for repairs";
const D: &str = "Ferry operator Bluewave files for insolvency";
const E: &str = "Ferry operator Bluewave files for insolvency - Gazette";
const F: &str = "A seed bank puts its catalogue online";
const G: &str = "The river that is measured by its fish";

fn borrowed<'a>(files: &'a [(&'a str, String)]) -> Vec<(&'a str, &'a str)> {
    let each = files.iter().map(|(name, text)| (*name, text.as_str()));
    each.collect()
}

pub fn session(size: newsdesk::app::geometry::Size) -> Session {
    Session::configured(
        &borrowed(&files()),
        size,
        Configured {
            config: Config {
                mark_read: MarkRead::Never,
                ..Config::default()
            },
            ..Configured::default()
        },
    )
}

#[test]
fn a_story_is_one_row_where_its_newest_article_is() {
    let session = session(WIDE);
    assert_eq!(session.titles(), [F, B, D, G]);
    let row = |title| session.app.list().story_row(id(&session, title));
    let newest = id(&session, C);
    assert_eq!(
        row(B),
        Some(StoryRow::Folded {
            articles: 3,
            newest
        })
    );
    assert_eq!(row(F), None);
    let picture = session.picture();
    assert!(picture.contains("7 articles · 4 stories"), "{picture}");
    assert!(picture.contains("▸×3"), "{picture}");
    assert_eq!(session.app.selected_count(), 7, "counts are of articles");
}

#[test]
fn it_opens_and_closes_in_place() {
    let mut session = session(WIDE);
    session.select(B).press("+");
    assert_eq!(session.titles(), [F, B, C, A, D, G]);
    assert_eq!(session.selected(), B);
    session.press("j");
    assert_eq!((session.selected(), session.shown()), (C, C));
    session.press("+");
    assert_eq!(session.titles(), [F, B, D, G]);
    assert_eq!((session.selected(), session.shown()), (B, B), "its lead");
    session.press("j+j");
    assert_eq!((session.titles().len(), session.selected()), (5, E));
    session.press("gg+");
    assert_eq!(session.said(), "Nobody else tells it.");
}

#[test]
fn the_query_chooses_the_lead_and_whom_it_is_told_by() {
    let mut session = session(WIDE);
    session.press("/-provider:gazette<Enter>");
    assert_eq!(session.titles(), [F, A, D, G]);
    let newest = id(&session, C);
    let row = session.app.list().story_row(id(&session, A));
    assert_eq!(
        row,
        Some(StoryRow::Folded {
            articles: 2,
            newest
        })
    );
    session.select(D).press("+");
    assert_eq!(
        session.said(),
        "1 more tell it, and the query leaves them out."
    );
}

#[test]
fn a_decision_on_a_folded_row_is_about_its_lead() {
    let mut session = session(WIDE);
    session.select(B).press("d");
    assert_eq!(done(&session), [B]);
    assert!(
        session
            .said()
            .ends_with("; the 2 others of its story stay (D: all done)"),
        "{}",
        session.said()
    );
    assert_eq!(session.selected(), D);
    session.press("ks");
    assert!(!session.said().contains("stay"), "{}", session.said());
    session.press("1R");
    assert_eq!(session.titles(), [F, A, D, G], "the others still wait");
}

#[test]
fn the_whole_story_is_done_and_undone_as_one() {
    let mut session = session(WIDE);
    session.select(B).press("D");
    assert_eq!(done(&session), [C, A, B]);
    assert_eq!(session.selected(), D);
    session.press(".");
    assert_eq!(done(&session).len(), 5, "the ferry as well");
    assert_eq!(session.selected(), G);
    session.press("uu");
    assert_eq!(done(&session), [""; 0]);
}

#[test]
fn of_an_open_story_the_whole_is_gone_past() {
    let mut session = session(WIDE);
    session.select(B).press("+jD");
    assert_eq!(done(&session).len(), 3);
    assert_eq!(session.selected(), D);
}

#[test]
fn what_was_rejected_stays_so_when_its_story_is_done() {
    let mut session = session(WIDE);
    session.select(B).press("+j").press("b");
    session.select(B).press("D");
    assert_eq!(done(&session), [A, B]);
}

#[test]
fn grouping_is_switched_off_and_on() {
    let mut session = session(WIDE);
    session.select(D).press("gd");
    assert_eq!(session.titles(), [F, C, E, B, D, A, G]);
    assert_eq!(session.selected(), D);
    assert!(!session.picture().contains("stories"));
    session.select(E).press("gd");
    assert_eq!((session.titles().len(), session.selected()), (4, D));
    assert_eq!(session.said(), "One row a story: 7 articles, 4 rows.");
    let off = Configured {
        config: Config {
            row_for: RowFor::Article,
            ..Config::default()
        },
        ..Configured::default()
    };
    let session = Session::configured(&borrowed(&files()), WIDE, off);
    assert_eq!(session.titles().len(), 7);
}

#[test]
fn until_they_are_grouped_every_article_has_its_row_and_the_cursor_stays_on_its_own() {
    let files = files();
    let mut session = Session::waiting(&borrowed(&files), WIDE);
    session.hold();
    session.begin();
    let (grouped, others): (Vec<_>, Vec<_>) = loop {
        let events = session.take_held();
        session.hold();
        let is_grouped = |event: &Event| format!("{event:?}").contains("Grouped(");
        let (grouped, others): (Vec<_>, Vec<_>) = events.into_iter().partition(is_grouped);
        if !grouped.is_empty() {
            break (grouped, others);
        }
        for event in others {
            session.happen(event);
        }
    };
    for event in others {
        session.happen(event);
    }
    assert_eq!(session.titles(), [F, C, E, B, D, A, G]);
    session.press("jjjjjx");
    assert_eq!(session.selected(), G);
    session.press("kk");
    assert_eq!(
        (session.selected(), session.app.list().selection().len()),
        (D, 1)
    );
    for event in grouped {
        session.happen(event);
    }
    assert_eq!(
        session.titles(),
        [F, B, C, A, D, G],
        "the selected one keeps its row"
    );
    assert_eq!(session.selected(), D);
    assert_eq!(session.app.list().selection().len(), 1);
}

#[test]
fn what_is_hidden_is_shown_when_somebody_goes_there() {
    let mut session = session(WIDE);
    session.press("gaTideline cracks<Enter>");
    assert_eq!(session.selected(), C);
    assert_eq!(session.titles(), [F, B, C, A, D, G]);
}

#[test]
fn selecting_is_by_rows_and_all_done_is_everything() {
    let mut session = session(WIDE);
    session.press("X");
    assert_eq!(session.said(), "4 articles selected.");
    session.press("d");
    assert_eq!(done(&session), [F, D, B, G]);
    assert!(
        session
            .said()
            .ends_with("; 3 others of their stories stay (D: all done)"),
        "{}",
        session.said()
    );
    session.press("uA").press("y");
    assert_eq!(done(&session).len(), 7);
}

#[test]
fn a_range_and_the_selection_hold_what_has_a_row() {
    let mut session = session(WIDE);
    session.select(B).press("+jx");
    assert_eq!(session.app.list().selection().len(), 1);
    session.press("+");
    assert!(
        session.app.list().selection().is_empty(),
        "it has no row any more"
    );
}

#[test]
fn the_page_says_who_else_tells_it() {
    let mut session = session(WIDE);
    session.select(B);
    let page = session.page().join("\n");
    assert!(page.contains("Also told by 2"), "{page}");
    assert!(
        page.contains("Courier") && page.contains("near-same words"),
        "{page}"
    );
    session.select(F);
    assert!(!session.page().join("\n").contains("Also told"));
}

#[test]
fn the_pictures_of_a_folded_and_of_an_open_story() {
    for (name, keys) in [("story_folded", "j"), ("story_open", "j+j")] {
        let pictures = [size(160, 45), size(80, 24)].map(|size| {
            let mut session = session(size);
            session.press(keys);
            format!("{} x {}\n{}", size.columns, size.rows, session.picture())
        });
        insta::assert_snapshot!(name, pictures.join("\n\n"));
    }
}

#[test]
fn one_is_split_off_for_good_and_the_split_undone() {
    let mut session = session(WIDE);
    session.select(B).press("&");
    assert!(
        session.said().starts_with("+ opens the story"),
        "{}",
        session.said()
    );
    session.press("+j&");
    assert_eq!(session.titles(), [F, C, D, B, A, G]);
    assert_eq!(session.selected(), C);
    assert_eq!(session.said(), format!("split off its story: {C}"));
    // The files are looked at again, and nothing is joined by it.
    session.press("R");
    assert_eq!(session.titles(), [F, C, D, B, A, G]);
    session.press("u");
    assert_eq!(session.titles(), [F, B, C, A, D, G]);
    session.press("<Ctrl-r>");
    assert_eq!(session.titles(), [F, C, D, B, A, G]);
    assert!(
        session
            .press("U")
            .picture()
            .contains(&format!("split off its story: {}", &C[..20])),
        "{}",
        session.picture()
    );
}

#[test]
fn the_lead_leaves_and_the_others_stay_together() {
    let mut session = session(WIDE);
    session.select(B).press("+&");
    assert_eq!(session.titles(), [F, A, D, B, G], "{}", session.picture());
}

#[test]
fn what_is_selected_is_joined_with_what_is_under_the_cursor() {
    let mut session = session(WIDE);
    session.select(F).press("x").select(G).press("&");
    assert_eq!(session.said(), "joined into one story: 2 articles");
    assert_eq!(session.titles(), [G, B, D], "the earlier one leads");
    assert_eq!(session.selected(), G);
    assert!(
        session.page().join("\n").contains("joined by you"),
        "{:?}",
        session.page()
    );
    session.press("u");
    assert_eq!(session.titles(), [F, B, D, G]);
}

#[test]
fn two_stories_are_joined_with_all_they_have() {
    let mut session = session(WIDE);
    session.select(B).press("x").select(D).press("&");
    assert_eq!(session.said(), "joined into one story: 5 articles");
    assert_eq!(tellers(&session, D), 5);
    assert_eq!(session.selected(), D, "its story is open");
    // The one that all are held together through goes, and the others stay as they are.
    session.select(B).press("&");
    assert_eq!((tellers(&session, B), tellers(&session, D)), (1, 4));
    session.press("uu");
    assert_eq!((tellers(&session, B), tellers(&session, D)), (3, 2));
}

/// How many tell the story of an article.
fn tellers(session: &Session, title: &str) -> usize {
    let story = session.app.cx().grouping.story(id(session, title));
    story.map_or(1, |story| story.len())
}

#[test]
fn alone_it_says_how_to_join() {
    let mut session = session(WIDE);
    session.select(F).press("&");
    assert!(
        session.said().starts_with("Nobody else tells it. Select"),
        "{}",
        session.said()
    );
}

#[test]
fn those_selected_of_one_story_are_split_off_it() {
    let mut session = session(WIDE);
    session.select(B).press("+jxx");
    assert_eq!(session.app.list().selection().len(), 2);
    session.press("&");
    assert_eq!(
        session.titles(),
        [F, A, D, B, G],
        "the two that left still tell the same"
    );
    let mut session = self::session(WIDE);
    session.select(B).press("+xxx&");
    assert!(
        session.said().starts_with("That is the whole story"),
        "{}",
        session.said()
    );
}

/// The bridge, published by the Gazette.
fn published() -> Session {
    let mut files = files();
    files[1].1 = files[1].1.replacen("---\n", "---\npublished: true\n", 1);
    files[0].1 = files[0].1.replacen("---\n", "---\npublished: false\n", 1);
    Session::of(&borrowed(&files), WIDE)
}

#[test]
fn publishing_what_is_published_already_asks_first() {
    let mut session = published();
    session.select(B).press("+jjP");
    assert_eq!(session.selected(), A);
    assert!(session.has_overlay());
    let picture = session.picture();
    assert!(picture.contains("publish: staged: 1 article?"), "{picture}");
    assert!(
        picture.contains("The same story is published already: Harbour bridge"),
        "{picture}"
    );
    session.press("<Esc>");
    assert_eq!(staged(&session), 0);
    session.press("Py");
    assert_eq!(staged(&session), 1);
    session.press("u.").press("<Enter>");
    assert_eq!(staged(&session), 1, "repeating it asks as well");
    session.select(B).press("P");
    assert!(
        !session.has_overlay(),
        "it tells nothing twice: {}",
        session.picture()
    );
}

#[test]
fn publishing_two_of_a_story_at_once_asks_first() {
    let mut session = session(WIDE);
    session.select(D).press("+xxP");
    assert!(
        session.picture().contains("is to be published already"),
        "{}",
        session.picture()
    );
    session.press("y");
    assert_eq!(staged(&session), 2);
}

fn staged(session: &Session) -> u64 {
    session.app.cx().marks.sets().staged.len()
}

#[test]
fn a_new_article_of_a_story_that_is_done_comes_in_as_done() {
    let mut session = session(WIDE);
    session.select(B).press("D");
    let late = |provider, day| told("Harbour bridge closes for repairs", provider, day, BRIDGE);
    session.write("late.md", &late("Northgate Ledger", 25));
    session.write("later.md", &late("Copperwire", 26));
    session.notice_changes();
    session.wait(6);
    assert_eq!(
        session.said(),
        "2 more tell it, done like their stories: 2 articles"
    );
    assert_eq!(done(&session).len(), 5);
    session.press("u");
    assert_eq!(done(&session).len(), 3, "it is undone like anything");
    session.wait(60);
    assert_eq!(done(&session).len(), 3, "and not done again");
}

#[test]
fn a_new_article_comes_into_the_inbox_where_its_story_waits_or_if_so_configured() {
    let late = told("Harbour bridge closes for repairs", "Ledger", 25, BRIDGE);
    let mut waits = session(WIDE);
    waits.select(B).press("d");
    waits.write("late.md", &late);
    waits.notice_changes();
    waits.wait(6);
    assert_eq!(done(&waits), [B]);
    let mut told_not_to = Session::configured(
        &borrowed(&files()),
        WIDE,
        Configured {
            config: Config {
                late_tellers: LateTellers::Inbox,
                ..Config::default()
            },
            ..Configured::default()
        },
    );
    told_not_to.select(B).press("D");
    told_not_to.write("late.md", &late);
    told_not_to.notice_changes();
    told_not_to.wait(6);
    assert_eq!(done(&told_not_to).len(), 3);
}
