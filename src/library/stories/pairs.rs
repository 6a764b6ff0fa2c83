//! Pairs of near-duplicates, kept from one grouping to the next.

use serde::{Deserialize, Serialize};

/// All pairs of near-duplicates among some articles, and what these articles said at the time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Pairs {
    /// By row.
    pub compared: Vec<Compared>,
    pub found: Vec<Pair>,
}

/// Two near-duplicates by different providers, as rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Pair {
    pub earlier: u32,
    pub later: u32,
    /// How alike they are.
    pub percent: u8,
}

/// The form in which an article was compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Compared {
    /// A hash of everything that matters; 0 if there is nothing to compare.
    pub hash: u32,
    /// Days since 1970.
    pub day: i32,
}

impl Pairs {
    pub(super) fn iter(&self) -> impl Iterator<Item = Pair> + '_ {
        self.found.iter().copied()
    }

    /// The same with one more pair.
    #[cfg(test)]
    pub(super) fn with(&self, pair: Pair) -> Self {
        let mut pairs = self.clone();
        pairs.found.push(pair);
        pairs
    }

    /// The memory they take, in bytes.
    pub(super) fn bytes(&self) -> usize {
        self.compared.capacity() * size_of::<Compared>() + self.found.capacity() * size_of::<Pair>()
    }

    /// The same with other row numbers, without the articles that have no new row.
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

    /// Whether all rows are below `articles`.
    pub(super) fn fits(&self, articles: u32) -> bool {
        let has = |row: u32| (row as usize) < self.compared.len();
        self.compared.len() <= articles as usize
            && self.found.iter().all(|it| has(it.earlier) && has(it.later))
    }
}

impl Compared {
    /// Whether there was anything to compare.
    pub(super) fn is_there(&self) -> bool {
        self.hash != 0
    }
}
