//! Whole numbers of many rows, column by column, in as few bits as they need. A line is kept of each
//! column, and of each row only how far its number lies above that line: what is the same in all rows
//! takes nothing, and what grows evenly, as dates and places do, next to nothing.

use std::ops::Range;

/// Steps of a line are counted in this many parts, as a power of two.
const PARTS: u32 = 10;
/// Numbers that span more than this are kept above a level line, so that nothing overflows.
const MOST_SLOPED: u64 = 1 << 50;
/// Widest number that can start within a byte and be read at once; anything wider takes all 64 bits.
const MOST_BITS: u8 = 57;
/// Bytes behind the last number, so that any number can be read at once.
const SPARE: usize = 8;
/// Bytes of a column's line in a file.
const LINE: usize = 8 + 8 + 1;

/// The numbers. Columns and rows that do not exist must not be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    rows: u32,
    columns: Box<[Column]>,
    bytes: Box<[u8]>,
}

/// A line, and where the numbers above it are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Column {
    base: i64,
    /// How much the line rises with each row, in parts.
    step: i64,
    /// The first byte of its numbers.
    start: u32,
    /// Bits of each number.
    width: u8,
}

impl Table {
    /// A table of these numbers, by column and row.
    pub fn new(columns: usize, rows: usize, number: impl Fn(usize, usize) -> i64) -> Self {
        // The numbers of a column are far apart where they come from, and looked at several times.
        let mut numbers = Vec::with_capacity(rows);
        let fetch = |numbers: &mut Vec<i64>, column| {
            numbers.clear();
            numbers.extend((0..rows).map(|row| number(column, row)));
        };
        let lines = (0..columns).map(|column| {
            fetch(&mut numbers, column);
            Column::fitting(&numbers)
        });
        let (columns, length) = laid_out(lines.collect(), rows);
        let mut table = Self {
            rows: rows as u32,
            columns,
            bytes: vec![0; length].into(),
        };
        for column in 0..table.columns.len() {
            if table.columns[column].width > 0 {
                fetch(&mut numbers, column);
                for (row, number) in numbers.iter().enumerate() {
                    table.put(column, row, *number);
                }
            }
        }
        table
    }

    pub fn rows(&self) -> usize {
        self.rows as usize
    }

    pub fn get(&self, column: usize, row: usize) -> i64 {
        self.number(self.columns[column], row)
    }

    /// The number that all rows have in a column; `None` if they may differ.
    pub fn same(&self, column: usize) -> Option<i64> {
        let column = self.columns[column];
        (column.width == 0 && column.step == 0).then_some(column.base)
    }

    /// The numbers of some rows in a column.
    pub fn numbers(&self, column: usize, rows: Range<usize>) -> impl Iterator<Item = i64> {
        let column = self.columns[column];
        rows.map(move |row| self.number(column, row))
    }

    #[inline]
    fn number(&self, column: Column, row: usize) -> i64 {
        let (at, shift) = column.place(row);
        let read = self.bytes[at..].first_chunk().copied();
        let above = u64::from_le_bytes(read.unwrap_or_default()) >> shift & column.mask();
        column.line(row).wrapping_add(above.cast_signed())
    }

    /// Replaces a number; returns whether it fits into its column.
    pub fn set(&mut self, column: usize, row: usize, number: i64) -> bool {
        let line = self.columns[column];
        let above = number.wrapping_sub(line.line(row)).cast_unsigned();
        let fits = above <= line.mask();
        if fits {
            self.put(column, row, number);
        }
        fits
    }

    fn put(&mut self, column: usize, row: usize, number: i64) {
        let column = self.columns[column];
        let (at, shift) = column.place(row);
        let above = number.wrapping_sub(column.line(row)).cast_unsigned() & column.mask();
        if let Some(place) = self.bytes[at..].first_chunk_mut() {
            let others = u64::from_le_bytes(*place) & !(column.mask() << shift);
            *place = (others | above << shift).to_le_bytes();
        }
    }

    /// Appends the table to a file.
    pub fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.rows.to_le_bytes());
        for column in &self.columns {
            out.extend_from_slice(&column.base.to_le_bytes());
            out.extend_from_slice(&column.step.to_le_bytes());
            out.push(column.width);
        }
        out.extend_from_slice(&self.bytes);
    }

    /// Reads a table of so many columns, and returns what follows it; `None` if it is not valid.
    pub fn read(bytes: &[u8], columns: usize) -> Option<(Self, &[u8])> {
        let (rows, rest) = bytes.split_first_chunk()?;
        let rows = u32::from_le_bytes(*rows);
        let (lines, rest) = rest.split_at_checked(columns * LINE)?;
        let lines: Vec<Column> = lines.as_chunks().0.iter().map(Column::read).collect();
        let are_valid = lines
            .iter()
            .all(|it| it.width <= MOST_BITS || it.width == 64);
        let most = rest.len().checked_mul(8)?;
        let fits = |line: &Column| {
            let bits = (rows as usize).checked_mul(line.width.into());
            bits.is_some_and(|bits| bits <= most)
        };
        if !are_valid || !lines.iter().all(fits) {
            return None;
        }
        let (columns, length) = laid_out(lines, rows as usize);
        let (bytes, rest) = rest.split_at_checked(length)?;
        let table = Self {
            rows,
            columns,
            bytes: bytes.into(),
        };
        Some((table, rest))
    }
}

/// Says where each column starts, and how many bytes they take together.
fn laid_out(mut columns: Vec<Column>, rows: usize) -> (Box<[Column]>, usize) {
    let mut start = 0;
    for column in &mut columns {
        column.start = start as u32;
        start += (rows * usize::from(column.width)).div_ceil(8);
    }
    (columns.into(), start + SPARE)
}

/// The least and the greatest number; 0 if there are none.
fn ends(mut numbers: impl Iterator<Item = i64>) -> (i64, i64) {
    let first = numbers.next().unwrap_or(0);
    numbers.fold((first, first), |(low, high), number| {
        (low.min(number), high.max(number))
    })
}

impl Column {
    /// The line that leaves the fewest bits to be kept.
    fn fitting(numbers: &[i64]) -> Self {
        let (low, high) = ends(numbers.iter().copied());
        let span = high.wrapping_sub(low).cast_unsigned();
        let level = Self::above(low, 0, span);
        if span == 0 || span > MOST_SLOPED {
            return level;
        }
        let [first, .., last] = numbers else {
            return level;
        };
        let rise = (last - first) << PARTS;
        let sloped = Self::above(low, rise / (numbers.len() as i64 - 1), 0);
        let above = numbers.iter().zip(0..);
        let (lowest, highest) =
            ends(above.map(|(number, row)| number.wrapping_sub(sloped.line(row))));
        let span = (highest - lowest).cast_unsigned();
        let sloped = Self::above(low.wrapping_add(lowest), sloped.step, span);
        std::cmp::min_by_key(level, sloped, |it| it.width)
    }

    fn above(base: i64, step: i64, span: u64) -> Self {
        let width = (u64::BITS - span.leading_zeros()) as u8;
        Self {
            base,
            step,
            start: 0,
            width: if width > MOST_BITS { 64 } else { width },
        }
    }

    fn read(bytes: &[u8; LINE]) -> Self {
        let number = |at: usize| bytes[at..].first_chunk().copied().unwrap_or_default();
        Self {
            base: i64::from_le_bytes(number(0)),
            step: i64::from_le_bytes(number(8)),
            start: 0,
            width: bytes[LINE - 1],
        }
    }

    /// The line at a row.
    fn line(self, row: usize) -> i64 {
        let rise = self.step.wrapping_mul(row as i64) >> PARTS;
        self.base.wrapping_add(rise)
    }

    /// The first byte of a row's number, and the bit at which it starts there.
    fn place(self, row: usize) -> (usize, usize) {
        let bit = row * usize::from(self.width);
        (self.start as usize + bit / 8, bit % 8)
    }

    /// The bits of a number.
    fn mask(self) -> u64 {
        u64::MAX
            .checked_shr(u64::BITS - u32::from(self.width))
            .unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::{any, prop_assert_eq, proptest};

    use super::*;

    fn table(columns: &[Vec<i64>]) -> Table {
        let rows = columns.first().map_or(0, Vec::len);
        Table::new(columns.len(), rows, |column, row| columns[column][row])
    }

    #[test]
    fn what_is_the_same_or_grows_evenly_takes_no_room() {
        let same = vec![i64::MIN; 1000];
        let even = (0..1000).map(|row| 1_600_000_000 - row * 420).collect();
        let both = table(&[same, even]);
        assert_eq!(both.bytes.len(), SPARE);
        assert_eq!([both.same(0), both.same(1)], [Some(i64::MIN), None]);
        let bits = (0..1000).map(|row| row * 7 % 8).collect();
        assert_eq!(table(&[bits]).bytes.len(), 1000 * 3 / 8 + SPARE);
    }

    #[test]
    fn a_number_is_replaced_if_it_fits() {
        let mut table = table(&[vec![3, 10, 4], vec![i64::MIN, 0, i64::MAX]]);
        assert!(table.set(0, 1, 5) && table.set(1, 0, i64::MAX));
        assert!(!table.set(0, 2, 300));
        let numbers = |column| [0, 1, 2].map(|row| table.get(column, row));
        assert_eq!(numbers(0), [3, 5, 4]);
        assert_eq!(numbers(1), [i64::MAX, 0, i64::MAX]);
    }

    proptest! {
        #[test]
        fn every_number_comes_back(
            rows in vec((any::<i64>(), -9_i64..9, 0_i64..1 << 52, any::<bool>()), 0..70),
        ) {
            let columns: Vec<Vec<i64>> = vec![
                rows.iter().map(|it| it.0).collect(),
                rows.iter().map(|it| it.1).collect(),
                rows.iter().map(|it| it.2).collect(),
                (0..).zip(&rows).map(|(at, it)| at * -1_000_003 + it.1).collect(),
                rows.iter().map(|it| if it.3 { i64::MIN } else { it.1 }).collect(),
            ];
            let table = table(&columns);
            let mut bytes = Vec::new();
            table.write(&mut bytes);
            bytes.push(9);
            let (read, rest) = Table::read(&bytes, columns.len()).expect("what was written");
            prop_assert_eq!((&read, rest), (&table, &[9_u8][..]));
            for (at, column) in columns.iter().enumerate() {
                for (row, number) in column.iter().enumerate() {
                    prop_assert_eq!(read.get(at, row), *number);
                }
            }
        }

        #[test]
        fn no_bytes_make_a_table_that_panics(bytes in vec(any::<u8>(), 0..90), columns in 0..3_usize) {
            if let Some((table, _)) = Table::read(&bytes, columns) {
                let last = table.rows().checked_sub(1);
                for (column, row) in (0..columns).zip(last.into_iter().cycle()) {
                    table.get(column, row);
                }
            }
        }
    }
}
