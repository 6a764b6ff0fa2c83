//! Finds the pairs of near-duplicates. Only articles close in time to a change are compared again.

use xxhash_rust::xxh3::Xxh3Default;

use super::super::parallel::{on_all_processors, shares};
use super::super::{ArticleId, ArticleKey, ArticleRef, Articles};
use super::alike::alike;
use super::candidates::{Near, StoryCandidate};
use super::pairs::{Compared, Pair, Pairs};
use super::told::ArticleWords;

/// Near-duplicates further apart than this, in days, count as different news.
const WINDOW: i32 = 14;

const DAY: i64 = 24 * 60 * 60;

/// The same in seconds.
pub(super) const WINDOW_SECONDS: i64 = WINDOW as i64 * DAY;

/// Articles compared between two checks for cancellation.
const RUN: usize = 1_024;

/// At least so many articles are compared with later ones at a time. What is known of each meanwhile takes
/// some 1,300 bytes.
const SLAB: usize = 1 << 15;

/// An article that has a date.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Dated {
    /// Seconds since 1970.
    second: i64,
    /// Orders articles of the same second independently of loading.
    key: ArticleKey,
    row: u32,
}

/// The pairs among these articles; `None` if `cancelled`. Keeps pairs of an earlier state where nothing
/// near them has changed.
pub(super) fn pairs(
    articles: &Articles,
    earlier: &Pairs,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<Pairs> {
    let rows: Vec<u32> = (0..articles.len() as u32).collect();
    let compared = |rows: &&[u32]| -> Vec<Compared> {
        let rows = rows.iter();
        rows.map(|row| as_compared(articles, ArticleId(*row)))
            .collect()
    };
    let compared = on_all_processors(&shares(&rows), compared, cancelled)?.concat();
    let changed = Changed::between(&earlier.compared, &compared);
    let is_same = |first: &Compared| first.is_there() && !changed.is_compared_with_later(first.day);
    let is_kept = |pair: &&Pair| compared.get(pair.earlier as usize).is_some_and(is_same);
    let mut found: Vec<Pair> = earlier.found.iter().filter(is_kept).copied().collect();
    found.extend(compare(articles, &compared, &changed, cancelled)?);
    found.sort_unstable();
    found.shrink_to_fit();
    Some(Pairs { compared, found })
}

/// The form in which an article is compared now.
fn as_compared(articles: &Articles, id: ArticleId) -> Compared {
    let article = articles.article(id);
    let Some(second) = second(article).filter(|_| !articles.is_gone(id)) else {
        return Compared::default();
    };
    let mut hash = Xxh3Default::new();
    hash.update(&article.key().0.to_le_bytes());
    hash.update(&second.to_le_bytes());
    for text in [
        &article.title(),
        &article.excerpt(),
        article.provider(),
        article.domain(),
    ] {
        hash.update(text.as_bytes());
        hash.update(&[0]);
    }
    Compared {
        hash: (hash.digest() as u32).max(1),
        day: second.div_euclid(DAY) as i32,
    }
}

/// The days of articles that were added, removed or changed, in order.
struct Changed(Vec<i32>);

impl Changed {
    fn between(before: &[Compared], now: &[Compared]) -> Self {
        let rows = 0..before.len().max(now.len());
        let at = |list: &[Compared], row: usize| list.get(row).copied().unwrap_or_default();
        let mut days: Vec<i32> = rows
            .map(|row| [at(before, row), at(now, row)])
            .filter(|[before, now]| before != now)
            .flatten()
            .filter(Compared::is_there)
            .map(|it| it.day)
            .collect();
        days.sort_unstable();
        days.dedup();
        Self(days)
    }

    /// Whether one of them is within these days, first and last included.
    fn is_within(&self, first: i32, last: i32) -> bool {
        let next = self.0.partition_point(|day| *day < first);
        self.0.get(next).is_some_and(|day| *day <= last)
    }

    /// Whether an article of this day has to be compared with later ones again.
    fn is_compared_with_later(&self, day: i32) -> bool {
        self.is_within(day, day + WINDOW)
    }

    /// Whether that involves an article of this day, as the earlier or the later one.
    fn is_compared(&self, day: i32) -> bool {
        self.is_within(day - WINDOW, day + WINDOW)
    }
}

/// The pairs whose earlier article is near a change; `None` if `cancelled`.
fn compare(
    articles: &Articles,
    compared: &[Compared],
    changed: &Changed,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<Pair>> {
    let is_needed = |it: &Compared| it.is_there() && changed.is_compared(it.day);
    let rows = (0..).zip(compared).filter(|(_, it)| is_needed(it));
    let mut dated: Vec<Dated> = rows
        .filter_map(|(row, _)| Dated::new(articles, row))
        .collect();
    dated.sort_unstable();
    let is_first = |it: &Dated| changed.is_compared_with_later(compared[it.row as usize].day);
    let mut found = Vec::new();
    for slab in slabs(&dated, SLAB) {
        found.extend(compare_slab(articles, &slab, &is_first, cancelled)?);
    }
    Some(found)
}

/// Articles in order of time.
struct Slab<'a> {
    /// So many of them are compared with later ones.
    firsts: usize,
    /// Those, and all later ones that any of them is compared with.
    dated: &'a [Dated],
}

/// Articles in order of time as slabs of at least `least` firsts; of more where many are near each other,
/// so that few are looked at more than twice.
fn slabs(mut dated: &[Dated], least: usize) -> Vec<Slab<'_>> {
    let mut slabs = Vec::new();
    while !dated.is_empty() {
        let end = |firsts: usize| {
            let last = dated[firsts - 1].second;
            let near = |it: &Dated| it.second.saturating_sub(last) <= WINDOW_SECONDS;
            firsts + dated[firsts..].partition_point(near)
        };
        let firsts = least.min(dated.len());
        let others = end(firsts) - firsts;
        let firsts = firsts.max(others).min(dated.len());
        slabs.push(Slab {
            firsts,
            dated: &dated[..end(firsts)],
        });
        dated = &dated[firsts..];
    }
    slabs
}

/// The pairs whose earlier article is one of the slab's firsts, if it `is_first`; `None` if `cancelled`.
fn compare_slab(
    articles: &Articles,
    slab: &Slab<'_>,
    is_first: &(dyn Fn(&Dated) -> bool + Sync),
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<Pair>> {
    let dated = slab.dated;
    let candidate = |it: &Dated| StoryCandidate {
        told: ArticleWords::from_article(articles.article(ArticleId(it.row))),
        second: it.second,
    };
    let many = |some: &&[Dated]| some.iter().map(candidate).collect();
    let runs: Vec<&[Dated]> = dated.chunks(RUN).collect();
    let candidates: Vec<Vec<StoryCandidate>> = on_all_processors(&runs, many, cancelled)?;
    let candidates: Vec<StoryCandidate> = candidates.into_iter().flatten().collect();
    let near = Near::new(&candidates, cancelled)?;
    let judge = |one: u32, other: u32| {
        let row = |at: u32| dated[at as usize].row;
        let told = |at: u32| &candidates[at as usize].told;
        let share = alike(told(one), told(other))?;
        let article = |at| articles.article(ArticleId(row(at)));
        (!same_provider(article(one), article(other))).then(|| Pair {
            earlier: row(one),
            later: row(other),
            percent: (share * 100.0) as u8,
        })
    };
    let pairs = |some: &Vec<u32>| -> Vec<Pair> {
        let pairs = some.iter().flat_map(|one| {
            let others = near.after(*one, WINDOW_SECONDS).into_iter();
            others.filter_map(|other| judge(*one, other))
        });
        pairs.collect()
    };
    let firsts = (0..slab.firsts as u32).filter(|at| is_first(&dated[*at as usize]));
    let firsts: Vec<u32> = firsts.collect();
    let runs: Vec<Vec<u32>> = firsts.chunks(RUN).map(<[u32]>::to_vec).collect();
    Some(on_all_processors(&runs, pairs, cancelled)?.concat())
}

impl Dated {
    fn new(articles: &Articles, row: u32) -> Option<Self> {
        let article = articles.article(ArticleId(row));
        Some(Self {
            second: second(article)?,
            key: article.key(),
            row,
        })
    }
}

/// When an article was published, in seconds since 1970.
pub(super) fn second(article: ArticleRef<'_>) -> Option<i64> {
    Some(article.published_at()?.at.as_second())
}

/// Whether two articles have the same provider, or none that distinguishes them.
pub(super) fn same_provider(a: ArticleRef<'_>, b: ArticleRef<'_>) -> bool {
    let same_name = a.provider_number() == b.provider_number();
    let same_domain = a.domain_number() == b.domain_number();
    match (a.provider().is_empty(), a.domain().is_empty()) {
        (false, false) => same_name || same_domain,
        (false, true) => same_name,
        (true, _) => same_domain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All that an article is compared with is in its slab, and it is in one slab as a first.
    #[test]
    fn slabs_have_all_that_is_near() {
        let at = |day: i64, row| Dated {
            second: day * DAY,
            key: ArticleKey(0),
            row,
        };
        let days = [
            0, 1, 2, 20, 21, 22, 23, 24, 25, 60, 61, 200, 200, 200, 214, 228,
        ];
        let dated: Vec<Dated> = days
            .into_iter()
            .zip(0..)
            .map(|(day, row)| at(day, row))
            .collect();
        for least in [1, 2, 3, 5, 16, 100] {
            let slabs = slabs(&dated, least);
            let mut from = 0;
            for slab in &slabs {
                assert!(slab.firsts >= least.min(dated.len() - from), "{least}");
                for first in 0..slab.firsts {
                    let near = dated[from + first..]
                        .iter()
                        .filter(|it| it.second - dated[from + first].second <= WINDOW_SECONDS);
                    assert!(first + near.count() <= slab.dated.len(), "{least}");
                }
                assert!(
                    slab.dated.len() <= 2 * slab.firsts.max(WINDOW as usize),
                    "{least}"
                );
                from += slab.firsts;
            }
            assert_eq!(from, dated.len(), "{least}");
        }
        assert!(slabs(&[], 5).is_empty());
    }
}
