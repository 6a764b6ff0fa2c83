//! Feeds, fetched with a key.

use newsdesk::feeds::outcome::Totals;

use crate::session::{Session, WIDE};
use crate::world::Deed;

/// What the reader says after a fetch.
fn said(fetched: Result<Totals, String>) -> String {
    let mut session = Session::sample(WIDE);
    session.world.fetches = fetched;
    session.press("gr");
    assert!(session.world.deeds.contains(&Deed::FetchFeeds));
    session.said().to_owned()
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
            "3 new, 1 updated, R to show; 2 failed: `newsdesk feeds list` says why.",
        ),
    ] {
        assert_eq!(said(Ok(totals)), sentence);
    }
    assert_eq!(said(Err("no".into())), "Not fetched: no");
}
