//! Entries of feeds.

use std::path::PathBuf;

use super::*;
use crate::desk::{Arrival, SourceHashes};

fn arrival(guid: &str, page: Option<u64>) -> Arrival {
    Arrival {
        feed: "https://a.example/feed".into(),
        guid: guid.into(),
        old_guid: None,
        page,
        path: PathBuf::from(format!("/news/{guid}.md")),
        said: SourceHashes {
            title: u64::MAX,
            body: 7,
            ..SourceHashes::default()
        },
    }
}

#[test]
fn an_entry_is_known_by_its_guid_and_else_by_its_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.db");
    let mut desk = opened(&path);
    let (one, two) = (arrival("1", Some(u64::MAX)), arrival("2", None));
    desk.note_arrivals(&[one.clone(), two.clone()])
        .expect("kept");
    drop(desk);
    let mut desk = opened(&path);
    let mut known = |guid, page| {
        let found = desk
            .arrivals("https://a.example/feed", &[(guid, page)])
            .expect("an answer");
        found.into_iter().flatten().next()
    };
    assert_eq!(known("1", None), Some(one.clone()));
    assert_eq!(known("2", Some(u64::MAX)), Some(two));
    assert_eq!(known("changed", Some(u64::MAX)), Some(one));
    assert_eq!(known("changed", None), None);
    assert_eq!(known("changed", Some(3)), None);
    let other = desk.arrivals("https://b.example/feed", &[("1", None)]);
    assert_eq!(other.expect("an answer"), [[]]);
    let guids = desk.guids_of_feed("https://a.example/feed");
    let both = ["1", "2"].map(str::to_owned);
    assert_eq!(guids, Ok(both.into()));
    let guids = desk.guids_of_feed("https://b.example/feed");
    assert_eq!(guids, Ok([].into()));
}

#[test]
fn a_feed_keeps_its_entries_at_another_address() {
    let mut desk = SqliteDesk::in_memory().expect("a desk");
    let mut entry = arrival("1", None);
    desk.note_arrivals(std::slice::from_ref(&entry))
        .expect("kept");
    entry.said.body = 8;
    desk.note_arrivals(std::slice::from_ref(&entry))
        .expect("kept");
    desk.readdress_feed("https://a.example/feed", "https://a.example/new")
        .expect("kept");
    let found = desk
        .arrivals("https://a.example/new", &[("1", None)])
        .expect("an answer");
    assert_eq!(found[0].first().map(|it| it.said.body), Some(8));
    let paths = desk
        .paths_of_feed("https://a.example/new")
        .expect("an answer");
    assert_eq!(paths, [PathBuf::from("/news/1.md")]);
}

#[test]
fn an_entry_is_not_known_by_a_guid_that_it_has_no_more() {
    let mut desk = SqliteDesk::in_memory().expect("a desk");
    let (old, other) = (arrival("1", Some(5)), arrival("2", Some(5)));
    desk.note_arrivals(&[old.clone(), other.clone()])
        .expect("kept");
    let renamed = Arrival {
        guid: "new".into(),
        old_guid: Some("1".into()),
        ..old
    };
    desk.note_arrivals(std::slice::from_ref(&renamed))
        .expect("kept");
    let found = desk
        .arrivals(&other.feed, &[("1", None), ("new", None), ("3", Some(5))])
        .expect("an answer");
    let renamed = Arrival {
        old_guid: None,
        ..renamed
    };
    assert_eq!(found[0], []);
    assert_eq!(found[1], std::slice::from_ref(&renamed));
    assert_eq!(found[2], [other, renamed]);
}

#[test]
fn an_entry_of_two_feeds_is_found_by_its_page_and_moves_for_both() {
    let mut desk = SqliteDesk::in_memory().expect("a desk");
    let own = arrival("1", Some(5));
    let other = Arrival {
        feed: "https://0.example/feed".into(),
        ..own.clone()
    };
    // The page alone does not tell: the file of this one is elsewhere.
    let apart = Arrival {
        guid: "2".into(),
        path: "/news/apart.md".into(),
        ..other.clone()
    };
    desk.note_arrivals(&[other.clone(), apart.clone(), own.clone()])
        .expect("kept");
    let mut found = |feed: &str| {
        let found = desk.arrivals(feed, &[("new", Some(5))]).expect("an answer");
        found.into_iter().flatten().collect::<Vec<_>>()
    };
    assert_eq!(
        found(&own.feed),
        [own.clone(), other.clone(), apart.clone()]
    );
    let to = PathBuf::from("/news/_archive/1.md");
    let moved = [(own.path.clone(), to.clone())];
    desk.note_moved_arrivals(&own.feed, &moved).expect("kept");
    let mut paths = desk.paths_of_feed(&other.feed).expect("paths");
    paths.sort();
    assert_eq!(paths, [to.clone(), apart.path]);
    assert_eq!(desk.paths_of_feed(&own.feed).expect("paths"), [to]);
}
