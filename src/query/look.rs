//! Testing rows one by one: in a column of the index, or on the articles that it does not know.

use std::ops::Range;

use roaring::RoaringBitmap;

use super::bits::Bits;
use super::error::Cancelled;
use super::search::Search;
use super::segment::Segment;
use crate::library::{ArticleId, ArticleRef, on_threads, processors};

/// How many articles to test between two checks for cancellation.
const CHUNK: usize = 1024;
/// Number of articles from which several threads are worthwhile.
const MANY: u64 = 8 * 1024;

/// The rows of `within` for whose values in a column a test holds. Of rows that the index does not
/// know, the article is tested.
pub fn by_column<T: Copy>(
    search: &Search<'_>,
    within: &RoaringBitmap,
    column: impl Fn(&Segment) -> &[T],
    holds: impl Fn(T) -> bool,
    article: impl Fn(ArticleRef<'_>) -> bool + Sync,
) -> Result<RoaringBitmap, Cancelled> {
    let mut found = Bits::new(search.articles.len());
    let is_most = within.len() > search.articles.len() as u64 / 8;
    for segment in search.index.segments() {
        search.go_on()?;
        let values = column(segment);
        if is_most {
            found.or_from(segment.first, &Bits::of(values, &holds));
            continue;
        }
        for row in within.range(segment.rows()) {
            if holds(values[(row - segment.first) as usize]) {
                found.set(row);
            }
        }
    }
    let known = search.index.len();
    by_article(search, within, known, &mut found, |it, _| article(it))?;
    Ok(found.into_set() & within)
}

/// The rows of `within` for whose articles a test holds.
pub fn by_test(
    search: &Search<'_>,
    within: &RoaringBitmap,
    test: impl Fn(ArticleRef<'_>) -> bool + Sync,
) -> Result<RoaringBitmap, Cancelled> {
    let mut found = Bits::new(search.articles.len());
    by_article(search, within, 0, &mut found, |it, _| test(it))?;
    Ok(found.into_set())
}

/// Buffers for reading and folding the texts of many articles.
#[derive(Debug, Default)]
pub struct TextBuffers {
    pub text: String,
    pub folded: String,
}

/// Sets the rows of `within` from `first` on for which a test of the article holds. Many rows are tested on all processors.
pub fn by_article(
    search: &Search<'_>,
    within: &RoaringBitmap,
    first: usize,
    found: &mut Bits,
    test: impl Fn(ArticleRef<'_>, &mut TextBuffers) -> bool + Sync,
) -> Result<(), Cancelled> {
    let end = search.articles.len() as u32;
    let first = end.min(first as u32);
    if within.range_cardinality(first..end) == 0 {
        return Ok(());
    }
    let look_at = |rows: Range<u32>| {
        let mut holds = Vec::new();
        let mut buffers = TextBuffers::default();
        for (count, row) in within.range(rows).enumerate() {
            if count % CHUNK == 0 {
                search.go_on()?;
            }
            if test(
                search.articles.article(ArticleId::from_row(row)),
                &mut buffers,
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
    // Asking for the number of processors takes longer than most keystrokes' work on a few rows.
    if within.range_cardinality(rows.clone()) < MANY {
        return Ok(vec![work(rows)?]);
    }
    let step = (rows.end - rows.start).div_ceil(processors() as u32).max(1);
    let starts = rows.clone().step_by(step as usize);
    let parts: Vec<_> = starts
        .map(|start| start..rows.end.min(start.saturating_add(step)))
        .collect();
    let done = on_threads(processors(), &parts, |part| work(part.clone()));
    done.into_iter().collect()
}

/// What the index knows of a set, completed by testing the articles it does not know.
pub fn by_file(
    search: &Search<'_>,
    known: Option<&RoaringBitmap>,
    within: &RoaringBitmap,
    test: impl Fn(ArticleRef<'_>) -> bool + Sync,
) -> Result<RoaringBitmap, Cancelled> {
    let found = known.map_or_else(RoaringBitmap::new, |known| known & within);
    let first = search.index.len();
    if within.range_cardinality(first as u32..) == 0 {
        return Ok(found);
    }
    let mut later = Bits::new(search.articles.len());
    by_article(search, within, first, &mut later, |it, _| test(it))?;
    Ok(found | later.into_set())
}
