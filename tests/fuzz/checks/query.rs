//! Queries: errors point into the text; a valid query can be printed and parsed to the same query;
//! results do not depend on the index; a condition and its opposite split the library in two.

use std::sync::OnceLock;

use jiff::tz::TimeZone;
use newsdesk::library::{Library, sample_library};
use newsdesk::query::{Clock, Expr, Index, Marks, Query, Search, parse};
use roaring::RoaringBitmap;

/// Parses the bytes as a query, and runs it on the sample library.
///
/// # Panics
/// If one of the promises above is broken.
pub fn check(bytes: &[u8]) {
    let text = super::text(bytes);
    let query = match parse(&text) {
        Ok(query) => query,
        Err(error) => {
            assert!(
                text.get(error.at.clone()).is_some(),
                "{error:?} of {text:?}"
            );
            assert!(!error.reason.is_empty() && !error.reason.contains('\n'));
            return;
        }
    };
    let written = query.to_string();
    match parse(&written) {
        Ok(again) => assert_eq!(again, query, "{written:?} is another query"),
        Err(error) => panic!("{written:?} is no query: {error:?}"),
    }

    let world = World::get();
    let plain = Index::default();
    let found = world.find(&query, &world.index);
    assert_eq!(
        found,
        world.find(&query, &plain),
        "the index changes {written:?}"
    );
    if let Some(expr) = query.expr {
        let opposite = Query {
            expr: Some(Expr::Not(Box::new(expr))),
            sort: query.sort,
        };
        let rest = world.find(&opposite, &world.index);
        let all = world.library.articles().rows();
        assert!(found.0.is_disjoint(&rest.0), "{written:?} and its opposite");
        assert_eq!(
            &found.0 | &found.1,
            &all - &rest.0,
            "{written:?} and its opposite"
        );
    }
}

/// The sample library and its index, built once.
struct World {
    library: Library,
    index: Index,
    marks: Marks,
    clock: Clock,
}

impl World {
    fn get() -> &'static Self {
        static WORLD: OnceLock<World> = OnceLock::new();
        WORLD.get_or_init(|| {
            let library = sample_library();
            let clock = Clock {
                now: "2021-12-30T12:00:00Z".parse().expect("a time"),
                zone: TimeZone::UTC,
            };
            let index = Index::default()
                .extended(library.articles(), &|| false)
                .expect("nobody cancels");
            let marks = Marks {
                read: (0..20).collect(),
                starred: (10..30).collect(),
                done: [1, 3, 5].into_iter().collect(),
                tags: vec![("ai".to_owned(), (4..9).collect())],
                marked: (0..30).map(|row| (row, 1_640_000_000)).collect(),
                ..Marks::default()
            };
            Self {
                library,
                index,
                marks,
                clock,
            }
        })
    }

    /// What is selected for certain, and what the files would have to decide.
    fn find(&self, query: &Query, index: &Index) -> (RoaringBitmap, RoaringBitmap) {
        let search = Search {
            articles: self.library.articles(),
            index,
            marks: &self.marks,
            clock: &self.clock,
            cancelled: &|| false,
        };
        let found = search.find(query).expect("nobody cancels");
        let open = found.open.map(|open| open.candidates).unwrap_or_default();
        (found.certain, open)
    }
}
