//! The pairs of near-duplicates, kept from one grouping to the next: only articles near in time to
//! what has changed are compared again.

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3Default;

use super::super::parallel::on_all_processors;
use super::super::{ArticleId, ArticleKey, ArticleRef, Articles};
use super::alike::alike;
use super::candidates::{Candidate, Near};
use super::told::Told;

/// Near-duplicates further apart than this tell something new, in days.
const WINDOW: i32 = 14;

const DAY: i64 = 24 * 60 * 60;

/// The same in seconds.
pub(super) const WINDOW_SECONDS: i64 = WINDOW as i64 * DAY;

/// Articles between two looks at whether somebody still waits.
const RUN: usize = 1_024;

/// All pairs of near-duplicates among some articles, and what these said then.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Pairs {
    /// By row.
    compared: Vec<Compared>,
    found: Vec<Pair>,
}

/// Two near-duplicates by different providers, as rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Pair {
    pub earlier: u32,
    pub later: u32,
    /// How alike they are.
    pub percent: u8,
}

/// What an article was compared as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Compared {
    /// A hash of all that matters; 0 if there is nothing to compare.
    hash: u32,
    /// Days since 1970.
    day: i32,
}

/// An article that has a date.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Dated {
    /// Seconds since 1970.
    second: i64,
    /// Puts articles of the same second in an order that does not depend on loading.
    key: ArticleKey,
    row: u32,
}

impl Pairs {
    /// The pairs among these articles; `None` if the comparison is `cancelled`. Pairs of an earlier
    /// state are kept where nothing near them has changed.
    pub(super) fn new(
        articles: &Articles,
        earlier: &Self,
        cancelled: &dyn Fn() -> bool,
    ) -> Option<Self> {
        let compared: Vec<Compared> = (0..articles.len() as u32)
            .map(|row| Compared::new(articles, ArticleId(row)))
            .collect();
        let changed = Changed::between(&earlier.compared, &compared);
        let is_kept = |pair: &&Pair| {
            let first = &compared[pair.earlier as usize];
            first.is_there() && !changed.is_compared_with_later(first.day)
        };
        let mut found: Vec<Pair> = earlier.found.iter().filter(is_kept).copied().collect();
        found.extend(compare(articles, &compared, &changed, cancelled)?);
        found.sort_unstable();
        found.shrink_to_fit();
        Some(Self { compared, found })
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Pair> + '_ {
        self.found.iter().copied()
    }

    /// The same with one more.
    #[cfg(test)]
    pub(super) fn with(&self, pair: Pair) -> Self {
        let mut pairs = self.clone();
        pairs.found.push(pair);
        pairs
    }

    /// The memory that they take, in bytes.
    pub(super) fn bytes(&self) -> usize {
        self.compared.capacity() * size_of::<Compared>() + self.found.capacity() * size_of::<Pair>()
    }

    /// The same with other row numbers; without the articles that have none.
    pub(super) fn renumbered(&self, new_row: impl Fn(u32) -> Option<u32>) -> Self {
        let mut compared = Vec::new();
        for (row, it) in (0..).zip(&self.compared) {
            let Some(new) = new_row(row) else { continue };
            let new = new as usize;
            compared.resize(compared.len().max(new + 1), Compared::default());
            compared[new] = *it;
        }
        let pair = |pair: &Pair| {
            Some(Pair {
                earlier: new_row(pair.earlier)?,
                later: new_row(pair.later)?,
                ..*pair
            })
        };
        let mut found: Vec<Pair> = self.found.iter().filter_map(pair).collect();
        found.sort_unstable();
        Self { compared, found }
    }

    /// Whether all rows are among as many articles.
    pub(super) fn fits(&self, articles: u32) -> bool {
        let has = |row: u32| (row as usize) < self.compared.len();
        self.compared.len() <= articles as usize
            && self.found.iter().all(|it| has(it.earlier) && has(it.later))
    }
}

impl Compared {
    fn new(articles: &Articles, id: ArticleId) -> Self {
        let article = articles.article(id);
        let Some(second) = second(article).filter(|_| !articles.is_gone(id)) else {
            return Self::default();
        };
        let mut hash = Xxh3Default::new();
        hash.update(&article.key().0.to_le_bytes());
        hash.update(&second.to_le_bytes());
        for text in [
            article.title(),
            &article.excerpt(),
            article.provider(),
            article.domain(),
        ] {
            hash.update(text.as_bytes());
            hash.update(&[0]);
        }
        Self {
            hash: (hash.digest() as u32).max(1),
            day: second.div_euclid(DAY) as i32,
        }
    }

    fn is_there(&self) -> bool {
        self.hash != 0
    }
}

/// The days of articles that have come, gone or changed, in order.
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

    /// Whether one of them is of these days, first and last included.
    fn is_within(&self, first: i32, last: i32) -> bool {
        let next = self.0.partition_point(|day| *day < first);
        self.0.get(next).is_some_and(|day| *day <= last)
    }

    /// Whether an article of this day is to be compared with later ones again.
    fn is_compared_with_later(&self, day: i32) -> bool {
        self.is_within(day, day + WINDOW)
    }

    /// Whether that takes an article of this day, be it the earlier or the later one.
    fn is_compared(&self, day: i32) -> bool {
        self.is_within(day - WINDOW, day + WINDOW)
    }
}

/// The pairs whose earlier article is near what has changed; `None` if that is cancelled.
fn compare(
    articles: &Articles,
    compared: &[Compared],
    changed: &Changed,
    cancelled: &dyn Fn() -> bool,
) -> Option<Vec<Pair>> {
    let is_needed = |it: &Compared| it.is_there() && changed.is_compared(it.day);
    let rows = (0..).zip(compared).filter(|(_, it)| is_needed(it));
    let mut dated: Vec<Dated> = rows
        .filter_map(|(row, _)| Dated::new(articles, row))
        .collect();
    dated.sort_unstable();
    let candidate = |it: &Dated| Candidate {
        told: Told::from_article(articles.article(ArticleId(it.row))),
        second: it.second,
    };
    let many = |some: &&[Dated]| some.iter().map(candidate).collect();
    let runs: Vec<&[Dated]> = dated.chunks(RUN).collect();
    let candidates: Vec<Vec<Candidate>> = on_all_processors(&runs, many, cancelled)?;
    let candidates: Vec<Candidate> = candidates.into_iter().flatten().collect();
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
    let is_first =
        |at: &u32| changed.is_compared_with_later(compared[dated[*at as usize].row as usize].day);
    let firsts: Vec<u32> = (0..dated.len() as u32).filter(is_first).collect();
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

/// Whether two articles have the same provider, or none that tells them apart.
pub(super) fn same_provider(a: ArticleRef<'_>, b: ArticleRef<'_>) -> bool {
    let same_name = a.provider_number() == b.provider_number();
    let same_domain = a.domain_number() == b.domain_number();
    match (a.provider().is_empty(), a.domain().is_empty()) {
        (false, false) => same_name || same_domain,
        (false, true) => same_name,
        (true, _) => same_domain,
    }
}
