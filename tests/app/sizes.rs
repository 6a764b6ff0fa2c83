//! Every command in every context and at every size, and any keys in any order: nothing breaks, and
//! the invariants hold.

use newsdesk::app::Event;
use newsdesk::app::geometry::Size;
use newsdesk::command::{Key, TABLE};
use proptest::prelude::*;

use crate::picture::text;
use crate::session::{Deed, NARROW, Session, size};

/// How to get to each context.
const PLACES: [&str; 8] = ["", "t", "<Enter>", "<Enter><Enter>", "z", "?", "O", "!"];

/// What must always hold.
pub fn check(session: &Session) {
    let app = &session.app;
    let within = |at: usize, count: usize| at < count.max(1);
    assert!(
        within(app.list().cursor().at, app.list().rows().len()),
        "the cursor of the list"
    );
    assert!(
        within(app.facets().cursor().at, app.facets().rows().len()),
        "the cursor of the topics"
    );
    let related = app.related();
    assert!(
        within(related.cursor().at, related.entries().len()),
        "the cursor of the related"
    );
    assert!(
        app.detail().scroll() <= app.detail().last_scroll(),
        "the scroll of the text"
    );
    assert!(
        app.list().cursor().top <= app.list().cursor().at,
        "the window of the list"
    );
    let library = app.cx().catalog.library();
    let known = |id| library.is_gone(id) || library.ids().any(|other| other == id);
    assert!(
        app.detail().article().is_none_or(known),
        "the article that is shown"
    );
    assert!(
        app.list().rows().iter().all(|id| known(*id)),
        "the articles that are listed"
    );
    for panel in app.panels() {
        let cursor = panel.cursor.unwrap_or_default();
        assert!(within(cursor, panel.body.len()), "the cursor of {panel:?}");
    }
    text(app);
}

/// Every pair of a command and a place, and of a command and a size; all triples would take minutes.
#[test]
fn every_command_in_every_place_and_at_every_size() {
    let sizes = [size(130, 10), size(80, 7), NARROW, size(20, 6)];
    for (at, place) in PLACES.iter().enumerate() {
        for (row, next) in TABLE.iter().zip(at..) {
            let mut session = Session::few(sizes[next % sizes.len()]);
            session.press(place);
            session.run(row.command);
            check(&session);
        }
    }
}

#[test]
fn every_size_can_be_drawn() {
    for place in PLACES {
        let mut session = Session::few(size(130, 30));
        session.press(place);
        for columns in [0, 1, 5, 19, 20, 21, 40, 79, 80, 129, 130] {
            for rows in [0, 1, 5, 6, 7, 12] {
                session.resize(size(columns, rows));
                check(&session);
            }
        }
    }
}

/// Something that happens to the program.
#[derive(Clone, Debug)]
enum Happening {
    Key(Key),
    Resize(Size),
    Paste(String),
    Tick(i64),
    LookAgain,
}

fn happening() -> impl Strategy<Value = Happening> {
    let keys: Vec<Key> = TABLE
        .iter()
        .flat_map(|row| row.keys)
        .flat_map(|(_, sequences)| *sequences)
        .flat_map(|sequence| Key::parse_sequence(sequence).expect("keys of the table"))
        .collect();
    prop_oneof![
        20 => proptest::sample::select(keys).prop_map(Happening::Key),
        2 => any::<char>().prop_filter_map("a key", |letter| {
            Key::parse(&letter.to_string()).ok().map(Happening::Key)
        }),
        2 => (0_u16..140, 0_u16..30).prop_map(|(columns, rows)| Happening::Resize(size(columns, rows))),
        1 => any::<String>().prop_map(Happening::Paste),
        1 => (0_i64..100_000_000).prop_map(Happening::Tick),
        1 => Just(Happening::LookAgain),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_nothing_breaks(happenings in proptest::collection::vec(happening(), 0..60)) {
        let mut session = Session::few(NARROW);
        for happening in happenings {
            match happening {
                Happening::Key(key) => session.press_key(key),
                Happening::Resize(size) => session.tell(Event::Resize(size)),
                Happening::Paste(text) => session.tell(Event::Paste(text)),
                Happening::Tick(seconds) => session.wait(seconds),
                Happening::LookAgain => session.notice_changes(),
            }
            check(&session);
            if session.take_outside().contains(&Deed::Quit) {
                break;
            }
        }
    }
}
