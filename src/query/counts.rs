//! Counts how many rows have each value, by number, and adds and subtracts the counts. `facets`
//! decides which rows to count.

use super::segment::{NO_MONTH, Segment};

/// How many rows have each value, by its number.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    pub topics: Vec<u32>,
    pub providers: Vec<u32>,
    pub kinds: Vec<u32>,
    /// By [`ArticleRef::own_folder_number`](crate::library::ArticleRef::own_folder_number).
    pub folders: Vec<u32>,
    pub months: Months,
}

/// How many rows each month has, starting with the first month that has any.
#[derive(Clone, Debug, Default)]
pub struct Months {
    pub first: usize,
    pub counts: Vec<u32>,
}

impl Months {
    pub fn increase(&mut self, month: usize) {
        if self.counts.is_empty() {
            self.first = month;
        }
        if month < self.first {
            let missing = self.first - month;
            self.counts.splice(0..0, std::iter::repeat_n(0, missing));
            self.first = month;
        }
        increase(&mut self.counts, month - self.first);
    }

    /// The same months, with zero counts.
    pub fn emptied(&self) -> Self {
        Self {
            first: self.first,
            counts: vec![0; self.counts.len()],
        }
    }
}

impl Counts {
    /// The same size, with zero counts.
    pub fn emptied(&self) -> Self {
        Self {
            topics: vec![0; self.topics.len()],
            providers: vec![0; self.providers.len()],
            kinds: vec![0; self.kinds.len()],
            folders: vec![0; self.folders.len()],
            months: self.months.emptied(),
        }
    }

    /// Counts rows of a segment.
    pub fn add_rows(&mut self, segment: &Segment, rows: impl Iterator<Item = u32>) {
        for row in rows {
            let at = (row - segment.first) as usize;
            for topic in segment.topics(at) {
                increase(&mut self.topics, *topic as usize);
            }
            increase(&mut self.providers, segment.providers[at] as usize);
            increase(&mut self.kinds, segment.kinds[at] as usize);
            increase(&mut self.folders, segment.folders[at] as usize);
            if segment.months[at] != NO_MONTH {
                self.months.increase(segment.months[at] as usize);
            }
        }
    }

    /// Subtracts other counts.
    pub fn subtract(&mut self, other: &Self) {
        for (counts, less) in [
            (&mut self.topics, &other.topics),
            (&mut self.providers, &other.providers),
            (&mut self.kinds, &other.kinds),
            (&mut self.folders, &other.folders),
            (&mut self.months.counts, &other.months.counts),
        ] {
            for (count, less) in counts.iter_mut().zip(less) {
                *count -= less;
            }
        }
    }
}

/// Increments the count of a number.
pub fn increase(counts: &mut Vec<u32>, number: usize) {
    if number >= counts.len() {
        counts.resize(number + 1, 0);
    }
    counts[number] += 1;
}
