//! A set of rows as plain bits, for collecting many rows quickly. Sets that are kept are roaring
//! bitmaps.

use roaring::RoaringBitmap;

/// A set of rows below some number.
#[derive(Clone, Debug)]
pub struct Bits {
    words: Vec<u64>,
    len: usize,
}

impl Bits {
    /// An empty set of rows below `len`.
    pub fn new(len: usize) -> Self {
        Self {
            words: vec![0; len.div_ceil(64)],
            len,
        }
    }

    /// The rows for whose values a test holds.
    pub fn of<T: Copy>(values: &[T], holds: impl Fn(T) -> bool) -> Self {
        let word = |values: &[T]| {
            let values = values.iter().enumerate();
            values.fold(0, |word, (at, value)| word | u64::from(holds(*value)) << at)
        };
        Self {
            words: values.chunks(64).map(word).collect(),
            len: values.len(),
        }
    }

    /// The number that all rows are below.
    pub fn len(&self) -> usize {
        self.len
    }

    #[inline]
    pub fn set(&mut self, row: u32) {
        if let Some(word) = self.words.get_mut(row as usize / 64) {
            *word |= 1 << (row % 64);
        }
    }

    pub fn unset(&mut self, row: u32) {
        if let Some(word) = self.words.get_mut(row as usize / 64) {
            *word &= !(1 << (row % 64));
        }
    }

    #[inline]
    pub fn contains(&self, row: u32) -> bool {
        self.words
            .get(row as usize / 64)
            .is_some_and(|word| word >> (row % 64) & 1 != 0)
    }

    pub fn and(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= other;
        }
    }

    pub fn or(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word |= other;
        }
    }

    /// Adds the rows of another set, each shifted down by `first`.
    pub fn or_from(&mut self, first: u32, other: &Self) {
        let (start, shift) = (first as usize / 64, first % 64);
        for (at, word) in other.words.iter().enumerate() {
            if let Some(low) = self.words.get_mut(start + at) {
                *low |= word << shift;
            }
            if shift > 0
                && let Some(high) = self.words.get_mut(start + at + 1)
            {
                *high |= word >> (64 - shift);
            }
        }
    }

    /// Converts the set for keeping.
    pub fn into_set(self) -> RoaringBitmap {
        self.into_set_from(0)
    }

    /// The same, with each row shifted up by `first`, which must be a multiple of 8.
    pub fn into_set_from(self, first: u32) -> RoaringBitmap {
        let mut bytes = Vec::with_capacity(self.words.len() * size_of::<u64>());
        for word in self.words {
            bytes.extend_from_slice(&word.to_le_bytes());
        }
        RoaringBitmap::from_lsb0_bytes(first, &bytes)
    }
}

impl From<&RoaringBitmap> for Bits {
    fn from(set: &RoaringBitmap) -> Self {
        let len = set.max().map_or(0, |most| most as usize + 1);
        let mut bits = Self::new(len);
        for row in set {
            bits.set(row);
        }
        bits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_go_in_and_come_out() {
        let rows = [0, 7, 63, 64, 70_000];
        let mut bits = Bits::new(70_001);
        for row in rows {
            bits.set(row);
        }
        assert!(bits.contains(64) && !bits.contains(65) && !bits.contains(1_000_000));
        let set = bits.clone().into_set();
        assert_eq!(set.iter().collect::<Vec<_>>(), rows);
        for first in [0, 64, 67] {
            let mut moved = Bits::new(140_000);
            moved.or_from(first, &bits);
            let moved: Vec<u32> = moved.into_set().iter().collect();
            assert_eq!(moved, rows.map(|row| row + first));
        }
        let moved = bits.clone().into_set_from(8).iter().collect::<Vec<_>>();
        assert_eq!(moved, rows.map(|row| row + 8));
        let is_row: Vec<bool> = (0..70_001).map(|row| rows.contains(&row)).collect();
        assert_eq!(Bits::of(&is_row, |it| it).into_set(), set);
        let mut other = Bits::from(&set);
        other.and(&bits);
        assert_eq!(other.into_set(), set);
    }
}
