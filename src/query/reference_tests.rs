//! Compares evaluation with a naive one that was written from the description of the language and
//! shares only the folding with it; and a table with a query for each form.

mod examples;
mod generated;
mod naive;

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::tz::TimeZone;
use proptest::prelude::*;
use roaring::RoaringBitmap;

use super::fields::SortBy;
use super::{Clock, FacetField, Index, Marks, Query, Search, ValueCount, parse};
use crate::format::Headline;
use crate::format::fold::fold;
use crate::library::{ArticleId, ArticleRef, Batch, FoundArticle, Library, RootFolder, Stamp};
use crate::model::{ListedFields, ListedNumber, Says, SitePublication};
use generated::{headline, marks, query_text};
use naive::{body_of, naive, naive_text};

/// Thursday noon.
fn clock() -> Clock {
    Clock {
        now: "2021-12-30T12:00:00Z".parse().expect("a time"),
        zone: TimeZone::get("Europe/Berlin").expect("a zone"),
    }
}

fn add(library: &mut Library, headlines: Vec<Headline>) {
    let folder = Arc::new(RootFolder {
        path: PathBuf::from("x"),
        relative: PathBuf::from("_news"),
        overrides: Arc::default(),
    });
    let first = library.len();
    let found = headlines.into_iter().enumerate().map(|(at, headline)| {
        let name = OsString::from(format!("{}.md", first + at));
        Box::new(FoundArticle::new(
            Arc::clone(&folder),
            name,
            Stamp::default(),
            headline,
        ))
    });
    let found: Vec<Box<FoundArticle>> = found.collect();
    library.apply(Batch {
        files: found.len(),
        found,
        ..Batch::default()
    });
}

/// Gives some articles other contents.
fn change(library: &mut Library, contents: Vec<(proptest::sample::Index, Headline)>) {
    for (which, headline) in contents {
        if library.is_empty() {
            return;
        }
        let id = ArticleId::from_row(which.index(library.len()) as u32);
        rewrite(library, id, headline);
    }
}

fn rewrite(library: &mut Library, id: ArticleId, headline: Headline) {
    let article = library.article(id);
    let folder = Arc::new(article.folder().clone());
    let name = article.file_name().into_owned();
    let found = FoundArticle::new(folder, name, Stamp::default(), headline);
    library.apply(Batch {
        found: vec![Box::new(found)],
        ..Batch::default()
    });
}

fn indexed(library: &Library) -> Index {
    Index::default()
        .extended(library.articles(), &|| false)
        .expect("nobody cancels")
}

/// What a query finds, with bodies read.
fn found(search: &Search<'_>, query: &Query) -> Vec<u32> {
    let found = search.find(query).expect("nobody cancels");
    let mut rows = found.certain;
    if let Some(open) = found.open {
        assert!(open.candidates.is_disjoint(&rows));
        for row in &open.candidates {
            if open.decide(row, &body_of(row)) {
                rows.insert(row);
            }
        }
    }
    rows.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn evaluation_agrees_with_a_naive_one(
        first in proptest::collection::vec(headline(), 0..24),
        second in proptest::collection::vec(headline(), 0..6),
        third in proptest::collection::vec((any::<proptest::sample::Index>(), headline()), 0..6),
        text in query_text(),
        is_used in any::<bool>(),
    ) {
        let query = parse(&text).expect("a query");
        let mut library = Library::default();
        add(&mut library, first);
        let part = indexed(&library);
        add(&mut library, second);
        let clock = clock();
        let before = library.articles().clone();
        let unchanged = part.extended(&before, &|| false).expect("nobody cancels");
        let marks = marks(library.len() as u32);
        if is_used {
            // What an index knows is made when it is first needed, and taken along when articles change.
            unchanged.bring_in(&before, &clock);
            let search = Search {
                articles: &before,
                index: &unchanged,
                marks: &marks,
                clock: &clock,
                cancelled: &|| false,
            };
            check_order(&search, &query)?;
            check_order(&search, &Query::default())?;
            check_facets(&search, &Query::default())?;
        }
        change(&mut library, third);
        let part = part.patched(&before, library.articles(), &clock).expect("few have changed");
        let patched = unchanged.patched(&before, library.articles(), &clock);
        let patched = patched.expect("few have changed");
        let expected: Vec<u32> = library
            .ids()
            .filter(|id| {
                let article = library.article(*id);
                query.expr.as_ref().is_none_or(|expr| naive(expr, article, &marks))
            })
            .map(ArticleId::row)
            .collect();
        let whole = part
            .extended(library.articles(), &|| false)
            .expect("nobody cancels");
        let ready = indexed(&library);
        ready.bring_in(library.articles(), &clock);
        for index in [&Index::default(), &part, &patched, &whole, &ready] {
            let search = Search {
                articles: library.articles(),
                index,
                marks: &marks,
                clock: &clock,
                cancelled: &|| false,
            };
            prop_assert_eq!(&found(&search, &query), &expected, "{} rows known", index.len());
            check_order(&search, &query)?;
            check_facets(&search, &query)?;
        }
    }
}

/// The first page is the beginning of the whole, and the whole is in order.
fn check_order(search: &Search<'_>, query: &Query) -> Result<(), TestCaseError> {
    let set = search.find(query).expect("nobody cancels").certain;
    for sort in [
        "",
        "sort:-date",
        "sort:date",
        "sort:-quality,title",
        "sort:provider",
        "sort:relevance,length",
    ] {
        let sorted = Query {
            sort: parse(sort).expect(sort).sort,
            ..query.clone()
        };
        let all = search.sorted(&sorted, &set).expect("nobody cancels");
        let page = search.first(&sorted, &set, 3).expect("nobody cancels");
        prop_assert_eq!(&page[..], &all[..page.len()], "{}", sort);
        prop_assert_eq!(page.len(), all.len().min(3));
        let again: RoaringBitmap = all.iter().map(|id| id.row()).collect();
        prop_assert_eq!(&again, &set);
        for pair in all.windows(2) {
            let [a, b] = [pair[0], pair[1]].map(|id| search.articles.article(id));
            let newest = [a, b].map(|it| search.articles.newest_first(it.id()));
            match sorted.sort.first().map(|key| key.by) {
                Some(SortBy::Quality) => {
                    let key = |it: ArticleRef<'_>| it.quality().map_or(i64::MAX, |it| -it);
                    let keys = (key(a), fold(&a.title())) <= (key(b), fold(&b.title()));
                    prop_assert!(keys);
                }
                Some(SortBy::Provider) => {
                    let key = |it: ArticleRef<'_>| (it.provider().is_empty(), fold(it.provider()));
                    prop_assert!(key(a) <= key(b));
                }
                Some(SortBy::Date) if sort == "sort:-date" => prop_assert!(newest[0] < newest[1]),
                Some(SortBy::Date) => {
                    let key = |it: ArticleRef<'_>| {
                        it.published_at().map_or(i64::MAX, |it| it.at.as_second())
                    };
                    prop_assert!(key(a) <= key(b));
                }
                None | Some(_) => {
                    let wanted = query.wanted();
                    let in_title = |it: ArticleRef<'_>| {
                        let count = wanted
                            .iter()
                            .filter(|word| naive_text(word, &it.title()))
                            .count();
                        match count {
                            count if count == wanted.len() => 0,
                            0 => 2,
                            _ => 1,
                        }
                    };
                    prop_assert!(in_title(a) <= in_title(b));
                    if in_title(a) == in_title(b) && sort.is_empty() {
                        prop_assert!(newest[0] < newest[1]);
                    }
                }
            }
        }
    }
    Ok(())
}

/// Picking a value finds as many articles as were counted for it.
fn check_facets(search: &Search<'_>, query: &Query) -> Result<(), TestCaseError> {
    let found = search.find(query).expect("nobody cancels");
    if found.open.is_some() {
        return Ok(());
    }
    let facets = search
        .facets(query, &found.certain)
        .expect("nobody cancels");
    for field in FacetField::all() {
        if !super::edit::picks(query, field).is_empty() {
            continue;
        }
        let tallies = facets.tallies(field).expect("every facet is counted");
        for ValueCount { value, count } in tallies.iter() {
            let mut picked = query.clone();
            super::edit::only(&mut picked, field, &value);
            let again = search.find(&picked).expect("nobody cancels").certain;
            prop_assert_eq!(again.len(), count, "{}", picked);
        }
        let counts: Vec<u64> = tallies.iter().map(|tally| tally.count).collect();
        prop_assert!(counts.iter().rev().is_sorted());
    }
    Ok(())
}
