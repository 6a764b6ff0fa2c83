//! Finds pairs of articles that may tell the same thing without comparing each with each: MinHash
//! signatures in bands (locality-sensitive hashing), and a window of time.

use std::iter::successors;
use std::ops::Range;

use super::super::parallel::{on_all_processors, shares};
use super::told::{ArticleWords, Word};

/// Hashes of a title: twelve bands of three find 99 of 100 pairs of Jaccard similarity 0.7.
const TITLE: Bands = Bands { count: 12, rows: 3 };
/// Hashes of title and excerpt: ten bands of four find 94 of them.
const TEXT: Bands = Bands { count: 10, rows: 4 };

/// Most later articles that one is compared with per band, so that a library of identical titles costs
/// no more than another.
const MOST: usize = 64;

#[derive(Clone, Copy)]
struct Bands {
    count: usize,
    rows: usize,
}

/// An article to be compared.
pub(super) struct StoryCandidate {
    pub told: ArticleWords,
    /// Seconds since 1970.
    pub second: i64,
}

/// Knows which candidates share a band. Pairs are not listed: there may be a hundred times as many as
/// articles.
pub(super) struct Near<'a> {
    candidates: &'a [StoryCandidate],
    /// For each band of each candidate, the next candidate with the same hash; [`NONE`] after the last.
    next: Vec<u32>,
}

/// No candidate.
const NONE: u32 = u32::MAX;
const BANDS: usize = TITLE.count + TEXT.count;

impl<'a> Near<'a> {
    /// `candidates` are in order of time. `None` if `cancelled`.
    pub(super) fn new(
        candidates: &'a [StoryCandidate],
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Option<Self> {
        let signatures = signatures(candidates, cancelled)?;
        let mut next = vec![NONE; candidates.len() * BANDS];
        for band in 0..BANDS {
            if cancelled() {
                return None;
            }
            let mut entries: Vec<(u64, u32)> = (0..candidates.len() as u32)
                .map(|at| (signatures[at as usize * BANDS + band], at))
                .filter(|(hash, _)| *hash != 0)
                .collect();
            entries.sort_unstable();
            for two in entries.windows(2).filter(|two| two[0].0 == two[1].0) {
                next[two[0].1 as usize * BANDS + band] = two[1].1;
            }
        }
        Some(Self { candidates, next })
    }

    /// The later candidates, at most `seconds` after this one, that share a band with it, in order,
    /// each once.
    pub(super) fn after(&self, first: u32, seconds: i64) -> Vec<u32> {
        let since = self.candidates[first as usize].second;
        let is_near =
            |at: &u32| self.candidates[*at as usize].second.saturating_sub(since) <= seconds;
        let mut near: Vec<u32> = (0..BANDS)
            .flat_map(|band| {
                let next = move |at: &u32| {
                    Some(self.next[*at as usize * BANDS + band]).filter(|at| *at != NONE)
                };
                successors(next(&first), next)
                    .take(MOST)
                    .take_while(is_near)
            })
            .collect();
        near.sort_unstable();
        near.dedup();
        near
    }
}

/// One hash for each band of each candidate, candidate by candidate; 0 if there are no words.
fn signatures(
    candidates: &[StoryCandidate],
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<u64>> {
    let sign = |part: &&[StoryCandidate]| {
        let mut hashes = Vec::with_capacity(part.len() * BANDS);
        for candidate in *part {
            sign(&candidate.told, &mut hashes);
        }
        hashes
    };
    let parts = on_all_processors(&shares(candidates), sign, cancelled)?;
    Some(parts.concat())
}

fn sign(told: &ArticleWords, hashes: &mut Vec<u64>) {
    let title = &told.title;
    let all: Vec<Word> = title.iter().chain(&told.excerpt).copied().collect();
    bands(title, TITLE, 0, hashes);
    // Without an excerpt it would repeat the title.
    let text = if told.excerpt.is_empty() {
        &[][..]
    } else {
        &all
    };
    bands(text, TEXT, TITLE.count * TITLE.rows, hashes);
}

/// Appends a hash for each band, made from the smallest word under each of its hash functions.
fn bands(words: &[Word], shape: Bands, from: usize, hashes: &mut Vec<u64>) {
    for band in 0..shape.count {
        let rows: Range<usize> = from + band * shape.rows..from + (band + 1) * shape.rows;
        let mut hash = band as u64 + 1;
        for row in rows {
            let factor = factor(row as u64);
            let least = words.iter().map(|word| word.wrapping_mul(factor)).min();
            hash = (hash ^ least.unwrap_or_default()).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            hash ^= hash >> 29;
        }
        hashes.push(if words.is_empty() { 0 } else { hash.max(1) });
    }
}

/// An odd number for each hash function (SplitMix64): multiplying by it permutes all words.
fn factor(row: u64) -> u64 {
    let mut mixed = (row + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (mixed ^ (mixed >> 31)) | 1
}
