//! Finds rows by the hash of an article's key or of a page. The part that does not change is
//! sorted, as in a snapshot; later changes are kept separately.

use super::ArticleId;
use super::hashed::HashedMap;
use super::lazy::Lazy;

/// Rows by hash.
#[derive(Clone, Debug, Default)]
pub struct Index {
    sorted: Lazy<Sorted>,
    /// Changes relative to `sorted`; `None` for a removed entry.
    changed: HashedMap<u64, Option<ArticleId>>,
}

/// Hashes in order, and the row of each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sorted {
    hashes: Vec<u64>,
    rows: Vec<u32>,
}

impl Index {
    /// Starts from entries that are already sorted.
    pub fn new(sorted: Lazy<Sorted>) -> Self {
        Self {
            sorted,
            changed: HashedMap::default(),
        }
    }

    pub fn get(&self, hash: u64) -> Option<ArticleId> {
        match self.changed.get(&hash) {
            Some(changed) => *changed,
            None => self.sorted.get().row(hash).map(ArticleId),
        }
    }

    pub fn insert(&mut self, hash: u64, id: ArticleId) {
        self.changed.insert(hash, Some(id));
    }

    pub fn remove(&mut self, hash: u64) {
        if self.sorted.get().row(hash).is_some() {
            self.changed.insert(hash, None);
        } else {
            self.changed.remove(&hash);
        }
    }

    /// Loads everything into memory.
    pub fn bring_in(&self) {
        self.sorted.get();
    }
}

impl Sorted {
    /// Sorts the pairs. Of pairs with the same hash, the first is kept.
    pub fn from_pairs(mut pairs: Vec<(u64, u32)>) -> Self {
        pairs.sort_by_key(|(hash, _)| *hash);
        pairs.dedup_by_key(|(hash, _)| *hash);
        let (hashes, rows) = pairs.into_iter().unzip();
        Self { hashes, rows }
    }

    fn row(&self, hash: u64) -> Option<u32> {
        let at = self.hashes.binary_search(&hash).ok()?;
        self.rows.get(at).copied()
    }

    /// All hashes, then all rows, little-endian.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.hashes.len() * 12);
        bytes.extend(self.hashes.iter().flat_map(|hash| hash.to_le_bytes()));
        bytes.extend(self.rows.iter().flat_map(|row| row.to_le_bytes()));
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
            rows: rows
                .as_chunks()
                .0
                .iter()
                .map(|row| u32::from_le_bytes(*row))
                .collect(),
        };
        let fits = sorted.rows.iter().all(|row| *row < articles) && sorted.hashes.is_sorted();
        fits.then_some(sorted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_changed_hides_what_is_sorted() {
        let sorted = Sorted::from_pairs(vec![(9, 0), (3, 1), (9, 2)]);
        let mut index = Index::new(Lazy::new(sorted));
        assert_eq!(index.get(9), Some(ArticleId(0)));
        index.insert(9, ArticleId(7));
        index.insert(4, ArticleId(8));
        index.remove(3);
        let found = [3, 4, 9].map(|hash| index.get(hash));
        assert_eq!(found, [None, Some(ArticleId(8)), Some(ArticleId(7))]);
        index.remove(9);
        index.remove(4);
        assert_eq!([4, 9].map(|hash| index.get(hash)), [None, None]);
    }

    #[test]
    fn bytes_come_back_and_wrong_ones_do_not() {
        let sorted = Sorted::from_pairs(vec![(u64::MAX, 1), (3, 0)]);
        let bytes = sorted.to_bytes();
        assert_eq!(Sorted::from_bytes(&bytes, 2), Some(sorted));
        assert_eq!(Sorted::from_bytes(&bytes, 1), None, "a row too high");
        assert_eq!(Sorted::from_bytes(&bytes[1..], 2), None, "cut off");
        let unsorted: Vec<u8> = bytes[8..16].iter().chain(&bytes[..8]).copied().collect();
        let unsorted = [&unsorted[..], &bytes[16..]].concat();
        assert_eq!(Sorted::from_bytes(&unsorted, 2), None, "out of order");
    }
}
