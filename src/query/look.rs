//! Testing rows one by one: in a column of the index, or on the articles that it does not know.

use std::ops::Range;
use std::thread;

use roaring::RoaringBitmap;

use super::bits::Bits;
use super::error::Cancelled;
use super::search::Search;
use super::segment::Segment;
use crate::library::{ArticleId, ArticleRef};

/// How many articles to test between two checks for cancellation.
const CHUNK: usize = 1024;
/// Number of articles from which several threads are worthwhile.
const MANY: u64 = 8 * 1024;

/// The rows of `within` for which a test of a column holds. If the index has no such column, or
/// does not know a row, the article is tested.
pub fn by_column(
    search: &Search<'_>,
    within: &RoaringBitmap,
    column: impl Fn(&Segment, usize) -> Option<bool>,
    article: impl Fn(ArticleRef<'_>) -> bool + Sync,
) -> Result<RoaringBitmap, Cancelled> {
    let mut found = Bits::new(search.articles.len());
    let is_kept = search
        .index
        .segments()
        .first()
        .is_some_and(|first| column(first, 0).is_some());
    let known = if is_kept { search.index.len() } else { 0 };
    let is_most = within.len() > search.articles.len() as u64 / 8;
    for segment in search.index.segments().iter().filter(|_| is_kept) {
        search.go_on()?;
        let rows = segment.rows();
        let mut look = |row: u32| {
            if column(segment, (row - segment.first) as usize) == Some(true) {
                found.set(row);
            }
        };
        if is_most {
            rows.for_each(&mut look);
        } else {
            within.range(rows).for_each(&mut look);
        }
    }
    by_article(search, within, known, &mut found, |it, _| article(it))?;
    Ok(found.into_set() & within)
}

/// Sets the rows of `within` from `first` on for which a test of the article holds; the test gets a
/// buffer to fold text in. Many rows are tested on all processors.
pub fn by_article(
    search: &Search<'_>,
    within: &RoaringBitmap,
    first: usize,
    found: &mut Bits,
    test: impl Fn(ArticleRef<'_>, &mut String) -> bool + Sync,
) -> Result<(), Cancelled> {
    let end = search.articles.len() as u32;
    let first = end.min(first as u32);
    let look_at = |rows: Range<u32>| {
        let mut holds = Vec::new();
        let mut folded = String::new();
        for (count, row) in within.range(rows).enumerate() {
            if count % CHUNK == 0 {
                search.go_on()?;
            }
            if test(
                search.articles.article(ArticleId::from_row(row)),
                &mut folded,
            ) {
                holds.push(row);
            }
        }
        Ok(holds)
    };
    for part in in_parts(within, first..end, &look_at)? {
        for row in part {
            found.set(row);
        }
    }
    Ok(())
}

/// Runs `work` on the rows of a range, on all processors if that is worthwhile.
fn in_parts<T: Send>(
    within: &RoaringBitmap,
    rows: Range<u32>,
    work: &(impl Fn(Range<u32>) -> Result<T, Cancelled> + Sync),
) -> Result<Vec<T>, Cancelled> {
    let processors = thread::available_parallelism().map_or(1, usize::from) as u32;
    if processors < 2 || rows.is_empty() || within.range_cardinality(rows.clone()) < MANY {
        return Ok(vec![work(rows)?]);
    }
    let step = (rows.end - rows.start).div_ceil(processors).max(1);
    thread::scope(|scope| {
        let threads: Vec<_> = rows
            .clone()
            .step_by(step as usize)
            .map(|start| scope.spawn(move || work(start..rows.end.min(start.saturating_add(step)))))
            .collect();
        threads
            .into_iter()
            .map(|thread| match thread.join() {
                Ok(done) => done,
                Err(panic) => std::panic::resume_unwind(panic),
            })
            .collect()
    })
}

/// What the index knows of a set, completed by testing the articles it does not know.
pub fn by_file(
    search: &Search<'_>,
    known: Option<&RoaringBitmap>,
    within: &RoaringBitmap,
    test: impl Fn(ArticleRef<'_>) -> bool + Sync,
) -> Result<RoaringBitmap, Cancelled> {
    let mut later = Bits::new(search.articles.len());
    by_article(search, within, search.index.len(), &mut later, |it, _| {
        test(it)
    })?;
    let later = later.into_set();
    Ok(match known {
        Some(known) => (known & within) | later,
        None => later,
    })
}
