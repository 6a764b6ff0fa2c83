//! Counts how many rows have each value of a column, by number, and adds and subtracts the counts. `facets`
//! decides which rows to count.

use super::dates::Clock;
use super::segment::{NO_MONTH, Origin, Segment, month};
use crate::library::ArticleRef;

/// A column whose values are counted row by row. The values of other facets are kept as sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountedColumn {
    Topics,
    Providers,
    /// By [`ArticleRef::own_folder_number`].
    Folders,
    /// Months since the year 0.
    Months,
}

impl CountedColumn {
    pub const ALL: [Self; 4] = [Self::Topics, Self::Providers, Self::Folders, Self::Months];
    /// Those whose values have no sets that could be counted instead.
    pub const WITHOUT_SETS: [Self; 2] = [Self::Folders, Self::Months];
}

/// How many rows have each value of each column.
#[derive(Clone, Debug, Default)]
pub struct Counts([ColumnCounts; CountedColumn::ALL.len()]);

/// How many rows have each value of a column, by its number.
#[derive(Clone, Debug, Default)]
pub struct ColumnCounts {
    /// The number of the first count: months start late.
    first: usize,
    counts: Vec<u32>,
}

impl Counts {
    pub fn of(&self, column: CountedColumn) -> &ColumnCounts {
        &self.0[column as usize]
    }

    /// The same size, with zero counts.
    pub fn emptied(&self) -> Self {
        Self(self.0.each_ref().map(ColumnCounts::emptied))
    }

    /// Counts the values of columns in rows of a segment.
    pub fn add_rows(
        &mut self,
        columns: &[CountedColumn],
        segment: &Segment,
        rows: &[u32],
        from: Origin<'_>,
    ) {
        let places = || rows.iter().map(|row| (row - segment.first) as usize);
        for column in columns {
            let counts = &mut self.0[*column as usize];
            match column {
                CountedColumn::Topics => {
                    let topics = segment.topics(from);
                    places().for_each(|at| {
                        let topics = topics.of(at).iter();
                        topics.for_each(|topic| counts.increase(*topic, 1));
                    });
                }
                CountedColumn::Providers => {
                    let providers = segment.providers(from);
                    counts.add_runs(places().map(|at| providers[at]));
                }
                CountedColumn::Folders => {
                    let folders = segment.folders(from);
                    counts.add_runs(places().map(|at| folders[at]));
                }
                CountedColumn::Months => {
                    let months = segment.months(from);
                    let months = places().map(|at| months[at]);
                    counts.add_runs(months.filter(|month| *month != NO_MONTH));
                }
            }
        }
    }

    /// Counts an article that is in no segment.
    pub fn add_article(&mut self, article: ArticleRef<'_>, clock: &Clock) {
        let mut increase = |column, number| self.0[column as usize].increase(number, 1);
        for topic in article.topic_numbers() {
            increase(CountedColumn::Topics, topic);
        }
        increase(CountedColumn::Providers, article.provider_number());
        increase(CountedColumn::Folders, article.own_folder_number());
        let month = month(article.published_at(), clock);
        if month != NO_MONTH {
            increase(CountedColumn::Months, month);
        }
    }

    /// Adds the counts of other rows.
    pub fn add(&mut self, other: &Self) {
        for (counts, more) in self.0.iter_mut().zip(&other.0) {
            counts.add(more);
        }
    }

    /// Subtracts the counts of rows that it includes.
    pub fn subtract(&mut self, other: &Self) {
        for (counts, less) in self.0.iter_mut().zip(&other.0) {
            counts.subtract(less);
        }
    }
}

impl ColumnCounts {
    /// The values that occur, each by its number and with its count.
    pub fn iter(&self) -> impl Iterator<Item = (u32, u32)> {
        let counts = self.counts.iter().zip(self.first as u32..);
        counts
            .filter(|(count, _)| **count > 0)
            .map(|(count, number)| (number, *count))
    }

    fn emptied(&self) -> Self {
        Self {
            first: self.first,
            counts: vec![0; self.counts.len()],
        }
    }

    /// Counts numbers. Neighbours are often the same, and increasing the same count again has to wait
    /// until it has been stored.
    fn add_runs(&mut self, mut numbers: impl Iterator<Item = u32>) {
        let Some(mut last) = numbers.next() else {
            return;
        };
        let mut run = 1;
        for number in numbers {
            if number == last {
                run += 1;
            } else {
                self.increase(last, run);
                (last, run) = (number, 1);
            }
        }
        self.increase(last, run);
    }

    #[inline]
    fn increase(&mut self, number: u32, by: u32) {
        let number = number as usize;
        match self.counts.get_mut(number.wrapping_sub(self.first)) {
            Some(count) => *count += by,
            None => self.room(number, 1)[0] += by,
        }
    }

    /// The counts of some numbers, with room made for them.
    #[cold]
    fn room(&mut self, from: usize, length: usize) -> &mut [u32] {
        if self.counts.is_empty() {
            self.first = from;
        }
        if from < self.first {
            // Twice the room, since numbers may come in falling order.
            let missing = (self.first - from).max(self.counts.len().min(self.first));
            self.counts.splice(0..0, std::iter::repeat_n(0, missing));
            self.first -= missing;
        }
        let start = from - self.first;
        if self.counts.len() < start + length {
            self.counts.resize(start + length, 0);
        }
        &mut self.counts[start..start + length]
    }

    fn add(&mut self, other: &Self) {
        if other.counts.is_empty() {
            return;
        }
        let counts = self.room(other.first, other.counts.len());
        for (count, more) in counts.iter_mut().zip(&other.counts) {
            *count += more;
        }
    }

    fn subtract(&mut self, other: &Self) {
        if other.counts.is_empty() {
            return;
        }
        let counts = self.room(other.first, other.counts.len());
        for (count, less) in counts.iter_mut().zip(&other.counts) {
            *count -= less;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(numbers: &[u32]) -> ColumnCounts {
        let mut counts = ColumnCounts::default();
        counts.add_runs(numbers.iter().copied());
        counts
    }

    #[test]
    fn numbers_are_counted_in_any_order_and_counts_are_added_and_subtracted() {
        let mut counts = counted(&[7, 7, 9, 5, 7, 5, 5]);
        let values = |counts: &ColumnCounts| counts.iter().collect::<Vec<_>>();
        assert_eq!(values(&counts), [(5, 3), (7, 3), (9, 1)]);
        counts.add(&counted(&[3, 12, 12]));
        counts.subtract(&counted(&[5, 9]));
        assert_eq!(values(&counts), [(3, 1), (5, 2), (7, 3), (12, 2)]);
        assert_eq!(values(&counts.emptied()), []);
        counts.add(&counted(&[]));
        counts.subtract(&counted(&[]));
        assert_eq!(values(&counts), [(3, 1), (5, 2), (7, 3), (12, 2)]);
    }
}
