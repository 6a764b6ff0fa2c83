//! Finds values by a hash of what they belong to: rows by key or page, files by path. Nearly all of them
//! are sorted, as in a snapshot, and take no more memory than hash and value; what has changed since is
//! kept in a hash table, which is merged in when it has grown.

use std::sync::Arc;

use super::ArticleId;
use super::hashed::HashedMap;
use super::lazy::Lazy;

/// Fewer changes than this are not merged in by themselves.
const FEW: usize = 1024;
/// More changes are, once they are one part in this many: everything is copied then.
const PART: usize = 8;

/// Values by hash. Clones share what is sorted.
#[derive(Clone, Debug)]
pub struct RowIndex<V> {
    sorted: Lazy<Sorted<V>>,
    /// Of the sorted hashes, while much is added.
    filter: HashFilter,
    /// Changes relative to `sorted`; `None` for a removed entry.
    changed: HashedMap<u64, Option<V>>,
}

/// Hashes in order, and the value of each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sorted<V> {
    hashes: Vec<u64>,
    values: Vec<V>,
}

impl<V: Copy> RowIndex<V> {
    /// Starts from entries that are already sorted.
    pub fn new(sorted: Lazy<Sorted<V>>) -> Self {
        Self {
            sorted,
            filter: HashFilter::default(),
            changed: HashedMap::default(),
        }
    }

    pub fn get(&self, hash: u64) -> Option<V> {
        match self.changed.get(&hash) {
            Some(changed) => *changed,
            None if self.filter.may_have(hash) => self.sorted.get().get(hash),
            None => None,
        }
    }

    /// The value, to be changed where it is.
    pub fn get_mut(&mut self, hash: u64) -> Option<&mut V> {
        match self.changed.get_mut(&hash) {
            Some(changed) => changed.as_mut(),
            None if self.filter.may_have(hash) => self.sorted.make_mut().get_mut(hash),
            None => None,
        }
    }

    pub fn insert(&mut self, hash: u64, value: V) {
        self.changed.insert(hash, Some(value));
        if self.changed.len() >= FEW.max(self.sorted.get().hashes.len() / PART) {
            // Without giving the memory back, which is soon needed again.
            let changed = self.changed.drain();
            self.sorted = Lazy::new(self.sorted.get().with(changed));
            self.filter = HashFilter::of(&self.sorted.get().hashes);
        }
    }

    pub fn remove(&mut self, hash: u64) {
        if self.sorted.get().get(hash).is_some() {
            self.changed.insert(hash, None);
        } else {
            self.changed.remove(&hash);
        }
    }

    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// All entries, in no particular order.
    pub fn iter(&self) -> impl Iterator<Item = (u64, V)> + '_ {
        let Sorted { hashes, values } = self.sorted.get();
        let sorted = hashes.iter().copied().zip(values.iter().copied());
        let unchanged = sorted.filter(|(hash, _)| !self.changed.contains_key(hash));
        let changed = self.changed.iter();
        unchanged.chain(changed.filter_map(|(hash, value)| Some((*hash, (*value)?))))
    }

    /// Changes all values where they are.
    pub fn for_each_mut(&mut self, change: impl FnMut(&mut V)) {
        let sorted = self.sorted.make_mut().values.iter_mut();
        let changed = self.changed.values_mut().flatten();
        sorted.chain(changed).for_each(change);
    }

    /// Sorts everything in, so that it takes as little memory as possible.
    pub fn merge(&mut self) {
        self.filter = HashFilter::default();
        let changed = std::mem::take(&mut self.changed);
        if !changed.is_empty() {
            self.sorted = Lazy::new(self.sorted.get().with(changed.into_iter()));
        }
    }

    /// Loads everything into memory.
    pub fn bring_in(&self) {
        self.sorted.get();
    }
}

impl<V: Copy> Default for RowIndex<V> {
    fn default() -> Self {
        Self::new(Lazy::default())
    }
}

/// How many places the filter has for each hash, or up to twice as many.
const PLACES: usize = 8;

/// Tells that a hash is not there, nearly always if it is not, from a small part of the memory that the
/// hashes take: all files are new to a library that is loaded for the first time.
#[derive(Clone, Debug, Default)]
struct HashFilter {
    /// A bit for each place. If there are none, any hash may be there.
    bits: Arc<[u64]>,
    /// The bits of a hash below those that give its place.
    below: u32,
}

impl HashFilter {
    fn of(hashes: &[u64]) -> Self {
        let places = (hashes.len() * PLACES).next_power_of_two().max(64);
        let below = u64::BITS - places.ilog2();
        let mut bits = vec![0; places / 64];
        for place in hashes.iter().map(|hash| hash >> below) {
            bits[(place / 64) as usize] |= 1 << (place % 64);
        }
        Self {
            bits: bits.into(),
            below,
        }
    }

    fn may_have(&self, hash: u64) -> bool {
        let place = hash >> self.below;
        let bits = self.bits.get((place / 64) as usize);
        bits.is_none_or(|bits| bits >> (place % 64) & 1 != 0)
    }
}

impl<V: Copy> Sorted<V> {
    /// Sorts the pairs. Of pairs with the same hash, the first is kept.
    pub fn from_pairs(mut pairs: Vec<(u64, V)>) -> Self {
        pairs.sort_by_key(|(hash, _)| *hash);
        pairs.dedup_by_key(|(hash, _)| *hash);
        let (hashes, values) = pairs.into_iter().unzip();
        Self { hashes, values }
    }

    fn get(&self, hash: u64) -> Option<V> {
        let at = place(&self.hashes, hash)?;
        self.values.get(at).copied()
    }

    fn get_mut(&mut self, hash: u64) -> Option<&mut V> {
        let at = place(&self.hashes, hash)?;
        self.values.get_mut(at)
    }

    /// The same with these changes.
    fn with(&self, changes: impl Iterator<Item = (u64, Option<V>)>) -> Self {
        let mut changes: Vec<(u64, Option<V>)> = changes.collect();
        changes.sort_unstable_by_key(|(hash, _)| *hash);
        let most = self.hashes.len() + changes.len();
        let mut merged = Self {
            hashes: Vec::with_capacity(most),
            values: Vec::with_capacity(most),
        };
        let mut start = 0;
        for (hash, value) in changes {
            // Changes are many, so the next one is near; if they are few, copying takes longer.
            let near = self.hashes[start..].iter().take_while(|it| **it < hash);
            let end = start + near.count();
            merged.extend_from(self, start..end);
            start = end + usize::from(self.hashes.get(end) == Some(&hash));
            if let Some(value) = value {
                merged.hashes.push(hash);
                merged.values.push(value);
            }
        }
        merged.extend_from(self, start..self.hashes.len());
        merged.hashes.shrink_to_fit();
        merged.values.shrink_to_fit();
        merged
    }

    fn extend_from(&mut self, other: &Self, entries: std::ops::Range<usize>) {
        self.hashes
            .extend_from_slice(&other.hashes[entries.clone()]);
        self.values.extend_from_slice(&other.values[entries]);
    }
}

/// How many steps from its estimated place a hash is looked for before the rest is halved.
const NEAR: usize = 64;

/// The place of a hash among hashes in order. Since they are spread evenly, it is estimated from the
/// hash, and again from the hash found there; a few steps lead from there to the place, to memory that is
/// next to each other, and so take less time than halving.
fn place(hashes: &[u64], hash: u64) -> Option<usize> {
    let last = hashes.len().checked_sub(1)?;
    let density = hashes.len() as f64 / u64::MAX as f64;
    let places = |difference: u64| (difference as f64 * density) as usize;
    let first = places(hash).min(last);
    let at = match hash.checked_sub(hashes[first]) {
        Some(above) => first.saturating_add(places(above)).min(last),
        None => first.saturating_sub(places(hashes[first] - hash)),
    };
    if hashes[at] < hash {
        let above = &hashes[at..];
        let near = above.iter().take(NEAR).position(|it| *it >= hash);
        let found = near.map_or_else(|| above.binary_search(&hash).ok(), Some)?;
        (above[found] == hash).then_some(at + found)
    } else {
        let below = &hashes[..=at];
        let near = below.iter().rev().take(NEAR).position(|it| *it <= hash);
        let found =
            near.map_or_else(|| below.binary_search(&hash).ok(), |steps| Some(at - steps))?;
        (below[found] == hash).then_some(found)
    }
}

impl<V> Default for Sorted<V> {
    fn default() -> Self {
        Self {
            hashes: Vec::new(),
            values: Vec::new(),
        }
    }
}

impl Sorted<ArticleId> {
    /// All hashes, then all rows, little-endian.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.hashes.len() * 12);
        bytes.extend(self.hashes.iter().flat_map(|hash| hash.to_le_bytes()));
        bytes.extend(self.values.iter().flat_map(|id| id.0.to_le_bytes()));
        bytes
    }

    /// Parses the output of [`Self::to_bytes`]; `None` if it is not valid for a library of
    /// `articles` rows.
    pub fn from_bytes(bytes: &[u8], articles: u32) -> Option<Self> {
        if !bytes.len().is_multiple_of(12) {
            return None;
        }
        let (hashes, rows) = bytes.split_at(bytes.len() / 12 * 8);
        let sorted = Self {
            hashes: hashes
                .as_chunks()
                .0
                .iter()
                .map(|hash| u64::from_le_bytes(*hash))
                .collect(),
            values: rows
                .as_chunks()
                .0
                .iter()
                .map(|row| ArticleId(u32::from_le_bytes(*row)))
                .collect(),
        };
        let fits = sorted.values.iter().all(|id| id.0 < articles) && sorted.hashes.is_sorted();
        fits.then_some(sorted)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::collection::vec;
    use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};

    use super::*;

    fn sorted(pairs: &[(u64, u32)]) -> Sorted<ArticleId> {
        Sorted::from_pairs(pairs.iter().map(|it| (it.0, ArticleId(it.1))).collect())
    }

    #[test]
    fn what_has_changed_hides_what_is_sorted() {
        let mut index = RowIndex::new(Lazy::new(sorted(&[(9, 0), (3, 1), (9, 2)])));
        assert_eq!(index.get(9), Some(ArticleId(0)));
        index.insert(9, ArticleId(7));
        index.insert(4, ArticleId(8));
        index.remove(3);
        let found = [3, 4, 9].map(|hash| index.get(hash));
        assert_eq!(found, [None, Some(ArticleId(8)), Some(ArticleId(7))]);
        index.remove(9);
        index.remove(4);
        assert_eq!([4, 9].map(|hash| index.get(hash)), [None, None]);
        assert!(index.is_empty());
    }

    #[test]
    fn most_of_many_entries_are_sorted() {
        let mut index = RowIndex::default();
        for hash in 0..100_000_u64 {
            index.insert(hash.wrapping_mul(0x9e37_79b9_7f4a_7c15), hash);
        }
        assert!(index.changed.len() <= 100_000 / PART);
        let others = (100_000..200_000_u64).map(|hash| hash.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let possible = others.filter(|hash| index.filter.may_have(*hash));
        assert!(possible.count() <= 100_000 / PLACES);
        index.merge();
        assert_eq!((index.changed.len(), index.iter().count()), (0, 100_000));
    }

    proptest! {
        #[test]
        fn it_is_a_map(steps in vec((0..40_u64, any::<u8>(), 0..5_u8), 0..300)) {
            let mut index = RowIndex::default();
            let mut map = BTreeMap::new();
            for (hash, value, step) in steps {
                match step {
                    0 | 1 => {
                        index.insert(hash, value);
                        map.insert(hash, value);
                    }
                    2 => {
                        index.remove(hash);
                        map.remove(&hash);
                    }
                    3 => {
                        let both = (index.get_mut(hash), map.get_mut(&hash));
                        prop_assert_eq!(both.0.is_some(), both.1.is_some());
                        if let (Some(one), Some(other)) = both {
                            (*one, *other) = (value, value);
                        }
                    }
                    _ => index.merge(),
                }
                prop_assert_eq!(index.get(hash), map.get(&hash).copied());
            }
            let entries: BTreeMap<u64, u8> = index.iter().collect();
            prop_assert_eq!(&entries, &map);
            index.merge();
            prop_assert!(index.sorted.get().hashes.is_sorted());
            let merged: BTreeMap<u64, u8> = index.iter().collect();
            prop_assert_eq!(merged, map);
        }
    }

    #[test]
    fn a_hash_is_found_however_hashes_are_spread() {
        let even = |at: u64| at.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let spreads: [fn(u64) -> u64; 4] = [
            |at| at.wrapping_mul(0x9e37_79b9_7f4a_7c15),
            |at| at,
            |at| u64::MAX - at,
            |at| if at % 2 == 0 { at } else { u64::MAX - at * 3 },
        ];
        for spread in spreads {
            for count in [0, 1, 2, 17, 1000] {
                let pairs = (0..count).map(|at| (spread(at), at)).collect();
                let sorted = Sorted::from_pairs(pairs);
                for at in 0..count {
                    assert_eq!(sorted.get(spread(at)), Some(at));
                }
                let others = (count..count + 100).map(|at| spread(at) ^ even(1));
                let absent = others.filter(|hash| !sorted.hashes.contains(hash));
                assert!(absent.map(|hash| sorted.get(hash)).all(|it| it.is_none()));
            }
        }
    }

    #[test]
    fn bytes_come_back_and_wrong_ones_do_not() {
        let sorted = sorted(&[(u64::MAX, 1), (3, 0)]);
        let bytes = sorted.to_bytes();
        assert_eq!(Sorted::from_bytes(&bytes, 2), Some(sorted));
        assert_eq!(Sorted::from_bytes(&bytes, 1), None, "a row too high");
        assert_eq!(Sorted::from_bytes(&bytes[1..], 2), None, "cut off");
        let unsorted: Vec<u8> = bytes[8..16].iter().chain(&bytes[..8]).copied().collect();
        let unsorted = [&unsorted[..], &bytes[16..]].concat();
        assert_eq!(Sorted::from_bytes(&unsorted, 2), None, "out of order");
    }
}
