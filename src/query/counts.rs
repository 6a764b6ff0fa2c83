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
        self.make_room_from(month);
        increase(&mut self.counts, month - self.first);
    }

    /// Makes sure that the first month is this one or an earlier one.
    fn make_room_from(&mut self, month: usize) {
        if self.counts.is_empty() {
            self.first = month;
        }
        if month < self.first {
            let missing = self.first - month;
            self.counts.splice(0..0, std::iter::repeat_n(0, missing));
            self.first = month;
        }
    }

    fn add(&mut self, other: &Self) {
        if other.counts.is_empty() {
            return;
        }
        self.make_room_from(other.first);
        add(&mut self.counts, &other.counts, other.first - self.first);
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
        let columns = segment.columns();
        for row in rows {
            let at = (row - segment.first) as usize;
            for topic in columns.topics(at) {
                increase(&mut self.topics, *topic as usize);
            }
            increase(&mut self.providers, columns.providers[at] as usize);
            increase(&mut self.kinds, columns.kinds[at] as usize);
            increase(&mut self.folders, columns.folders[at] as usize);
            if columns.months[at] != NO_MONTH {
                self.months.increase(columns.months[at] as usize);
            }
        }
    }

    /// Adds the counts of other rows.
    pub fn add(&mut self, other: &Self) {
        for (counts, more) in [
            (&mut self.topics, &other.topics),
            (&mut self.providers, &other.providers),
            (&mut self.kinds, &other.kinds),
            (&mut self.folders, &other.folders),
        ] {
            add(counts, more, 0);
        }
        self.months.add(&other.months);
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

/// Adds counts to those from a number on.
fn add(counts: &mut Vec<u32>, more: &[u32], from: usize) {
    if counts.len() < from + more.len() {
        counts.resize(from + more.len(), 0);
    }
    for (count, more) in counts[from..].iter_mut().zip(more) {
        *count += more;
    }
}

/// Increments the count of a number.
pub fn increase(counts: &mut Vec<u32>, number: usize) {
    if number >= counts.len() {
        counts.resize(number + 1, 0);
    }
    counts[number] += 1;
}
