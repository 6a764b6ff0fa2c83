//! Stories in the list: one row each, opened and closed in place, decided on by their lead or as a
//! whole.

mod binding;
mod publishing;
mod regrouped;

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
    assert_eq!(session.said(), "No other article tells it.");
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
        "1 more tells it, but the query leaves it out."
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
    assert_eq!(session.selected(), B, "back on the row of the first story");
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
    assert_eq!(session.said(), "One row per story: 7 articles, 4 rows.");
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
        page.contains("Courier") && page.contains("nearly the same words, 100%"),
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
