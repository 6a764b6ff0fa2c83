//! Pairs of articles that may tell the same thing, found without comparing each with each: MinHash
//! signatures in bands (locality-sensitive hashing), and a window of time.

use std::ops::Range;

use super::super::parallel::{on_all_processors, shares};
use super::told::{Told, Word};

/// Hashes of a title: twelve bands of three find 99 of 100 pairs of Jaccard similarity 0.7.
const TITLE: Bands = Bands { count: 12, rows: 3 };
/// Hashes of title and excerpt: ten bands of four find 94 of them.
const TEXT: Bands = Bands { count: 10, rows: 4 };

/// Most later articles that one is compared with in a band, so that a library of nothing but equal
/// titles costs no more than another.
const MOST: usize = 64;

#[derive(Clone, Copy)]
struct Bands {
    count: usize,
    rows: usize,
}

/// An article to be compared.
pub(super) struct Candidate {
    pub told: Told,
    /// Seconds since 1970.
    pub second: i64,
}

/// Pairs of positions at most `seconds` apart that share a band. `candidates` are in the order of
/// their time. Each pair comes once, the earlier first, in order. `None` if it is `cancelled`.
pub(super) fn pairs(
    candidates: &[Candidate],
    seconds: i64,
    cancelled: &dyn Fn() -> bool,
) -> Option<Vec<(u32, u32)>> {
    let signatures = signatures(candidates, cancelled)?;
    let bands = TITLE.count + TEXT.count;
    let mut pairs = Vec::new();
    for band in 0..bands {
        if cancelled() {
            return None;
        }
        let mut entries: Vec<(u64, u32)> = (0..candidates.len() as u32)
            .map(|at| (signatures[at as usize * bands + band], at))
            .filter(|(hash, _)| *hash != 0)
            .collect();
        entries.sort_unstable();
        for bucket in entries.chunk_by(|a, b| a.0 == b.0) {
            for (start, (_, first)) in bucket.iter().enumerate() {
                let since = candidates[*first as usize].second;
                let later = bucket[start + 1..].iter().take(MOST);
                let near = later.take_while(|(_, at)| {
                    candidates[*at as usize].second.saturating_sub(since) <= seconds
                });
                pairs.extend(near.map(|(_, second)| (*first, *second)));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
    }
    Some(pairs)
}

/// One hash for each band of each candidate, one candidate after the other; 0 where there are no
/// words.
fn signatures(candidates: &[Candidate], cancelled: &dyn Fn() -> bool) -> Option<Vec<u64>> {
    let sign = |part: &&[Candidate]| {
        let mut hashes = Vec::with_capacity(part.len() * (TITLE.count + TEXT.count));
        for candidate in *part {
            sign(&candidate.told, &mut hashes);
        }
        hashes
    };
    let parts = on_all_processors(&shares(candidates), sign, cancelled)?;
    Some(parts.concat())
}

fn sign(told: &Told, hashes: &mut Vec<u64>) {
    let title = &told.title;
    let all: Vec<Word> = title.iter().chain(&told.excerpt).copied().collect();
    bands(title, TITLE, 0, hashes);
    // Without an excerpt it would be the title again.
    let text = if told.excerpt.is_empty() {
        &[][..]
    } else {
        &all
    };
    bands(text, TEXT, TITLE.count * TITLE.rows, hashes);
}

/// Appends a hash for each band: of the least of its words under each of its functions.
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
