//! Tests of counting under a query; that every count is right is tested with evaluation.

use jiff::tz::TimeZone;

use super::*;
use crate::library::{Library, sample_library};
use crate::query::{Clock, Index, Marks, parse};

fn counts(library: &Library, text: &str, field: FacetField) -> Vec<(String, u64)> {
    let clock = Clock {
        now: "2026-01-01T00:00:00Z".parse().expect("a time"),
        zone: TimeZone::UTC,
    };
    let index = Index::default()
        .extended(library.articles(), &clock, &|| false)
        .expect("nobody cancels");
    let search = Search {
        articles: library.articles(),
        index: &index,
        marks: &Marks::default(),
        clock: &clock,
        cancelled: &|| false,
    };
    let query = parse(text).expect(text);
    let set = search.find(&query).expect("nobody cancels").certain;
    let facets = search.facets(&query, &set).expect("nobody cancels");
    let tallies = facets.tallies(field).expect("every facet is counted");
    tallies
        .iter()
        .map(|tally| (tally.value.to_string(), tally.count))
        .collect()
}

#[test]
fn picking_one_of_several_leaves_the_others_countable() {
    let library = sample_library();
    let all = counts(&library, "", FacetField::Kind);
    assert!(all.len() > 1);
    assert_eq!(counts(&library, "kind:=video", FacetField::Kind), all);
    assert_eq!(counts(&library, "kind:video", FacetField::Kind).len(), 1);
    let topics = counts(&library, "kind:=video", FacetField::Topic);
    let total: u64 = all.iter().filter(|it| it.0 == "video").map(|it| it.1).sum();
    assert!(topics.iter().all(|(_, count)| *count <= total));
}

#[test]
fn marks_and_publication_are_counted() {
    let library = sample_library();
    let marks = counts(&library, "", FacetField::Mark);
    let all = library.len() as u64;
    assert_eq!(
        marks,
        [("unread".to_owned(), all), ("inbox".to_owned(), all)]
    );
    let published = counts(&library, "is:published", FacetField::Publication);
    assert!(published.iter().any(|(word, _)| word == "unpublished"));
    let months = counts(&library, "", FacetField::Month);
    assert!(months.iter().all(|(month, _)| month.len() == 7));
}
