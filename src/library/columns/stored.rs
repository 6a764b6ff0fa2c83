//! Converts a chunk of articles to bytes and back: rows, lists and symbols as little-endian numbers,
//! texts as they are in the arena. Where the bytes are stored is decided elsewhere.

use super::symbols::{LONGEST, Symbols};
use super::{Chunk, Columns, Row, Shared, TEXTS, Text};
use crate::library::key::ArticleKey;
use crate::library::lazy::Lazy;
use crate::library::parallel::{on_all_processors, shares};
use crate::model::{Has, ListedName, ListedNumber};

/// Bytes per row. The starts of texts and lists are not stored: they follow one another.
const ROW: usize = NUMBERS + ListedNumber::COUNT * 4;
/// Where the listed names and numbers start, after what every row has.
const NAMES: usize = 6 * 8 + TEXTS * 2 + 6 * 4 + 3 * 2 + 7;
const NUMBERS: usize = NAMES + ListedName::COUNT * 4;

/// Articles being packed for a file, one after another.
#[derive(Debug, Default)]
pub struct Packing(Chunk);

/// The limits that the numbers in a chunk must stay below to be valid.
#[derive(Clone, Copy, Debug)]
pub struct Fitting {
    pub folders: u32,
    pub topics: u32,
    pub authors: u32,
    pub categories: u32,
}

impl Packing {
    /// Adds an article of `columns` under a key.
    pub fn add(&mut self, columns: &Columns, row: u32, key: ArticleKey) {
        let (chunk, row) = columns.row(row);
        let row = Row {
            key: key.0,
            ..row.clone()
        };
        // An uncompressed text always fits.
        let _ = self.0.copy(chunk, &row, None);
    }

    /// The numbers and the texts.
    pub fn finish(mut self) -> (Vec<u8>, Vec<u8>) {
        self.0.compact();
        self.0.into_bytes()
    }
}

impl Columns {
    /// Columns with `len` articles in chunks that are full except for the last.
    pub fn from_chunks(chunks: Vec<Lazy<Chunk>>, len: usize) -> Self {
        Self { chunks, len }
    }

    /// Loads everything into memory, on all processors.
    pub fn bring_in(&self) {
        let bring_in = |chunks: &&[Lazy<Chunk>]| {
            for chunk in *chunks {
                chunk.get();
            }
        };
        on_all_processors(&shares(&self.chunks), bring_in, &|| false);
    }
}

impl Chunk {
    /// Its numbers and its texts.
    fn into_bytes(self) -> (Vec<u8>, Vec<u8>) {
        let mut numbers = Vec::new();
        for row in &self.rows {
            row.write(self.shared(row), &mut numbers);
        }
        numbers.extend(self.topics.iter().flat_map(|topic| topic.to_le_bytes()));
        numbers.extend(self.pages.iter().flat_map(|page| page.to_le_bytes()));
        numbers.push(u8::from(self.symbols.is_some()));
        if let Some(symbols) = &self.symbols {
            symbols.write(&mut numbers);
        }
        (numbers, self.text)
    }

    /// A chunk of `count` articles from the output of a [`Packing`]; `None` if it is not valid.
    pub fn unpack(numbers: &[u8], text: Vec<u8>, count: usize, fitting: Fitting) -> Option<Self> {
        let (rows, lists) = numbers.split_at_checked(count * ROW)?;
        let mut chunk = Self::default();
        let starts = chunk.take_rows(rows.as_chunks().0);
        let (topics, rest) = lists.split_at_checked(starts.topics as usize * 4)?;
        let (pages, rest) = rest.split_at_checked(starts.pages as usize * 8)?;
        let symbols = match rest.split_first()? {
            (0, []) => None,
            (1, symbols) => Some(Symbols::read(symbols)?),
            _ => return None,
        };
        let chunk = Self {
            topics: numbers_in(topics, u32::from_le_bytes),
            pages: numbers_in(pages, u64::from_le_bytes),
            text,
            symbols,
            ..chunk
        };
        let fits = chunk.text.len() == starts.text as usize
            && chunk.rows.iter().all(|row| chunk.row_fits(row, fitting));
        fits.then_some(chunk)
    }

    /// Whether the numbers of a row are valid.
    fn row_fits(&self, row: &Row, fitting: Fitting) -> bool {
        let names = &self.topics[row.topics_start as usize..row.names_end()];
        let (topics, rest) = names.split_at(usize::from(row.topics));
        let (authors, categories) = rest.split_at(usize::from(row.authors));
        // Most are too short to exceed the limit, whatever their symbols.
        let short = usize::from(u16::MAX) / LONGEST;
        let text_fits = |text: &Text| {
            row.range(*text).len() <= short || u16::try_from(self.bytes(row, *text).len()).is_ok()
        };
        Text::ALL.iter().all(text_fits)
            && row.folder < fitting.folders
            && topics.iter().all(|topic| *topic < fitting.topics)
            && authors.iter().all(|author| *author < fitting.authors)
            && categories.iter().all(|it| *it < fitting.categories)
    }

    /// Blank articles that stand in for a damaged part of the file until the damage is reported.
    pub fn blank(count: usize) -> Self {
        let mut chunk = Self::default();
        chunk.take_rows(&vec![[0; ROW]; count]);
        chunk
    }

    /// Reads the rows of a file, and returns where their texts and lists end.
    fn take_rows(&mut self, rows: &[[u8; ROW]]) -> Starts {
        let mut starts = Starts::default();
        self.rows.reserve_exact(rows.len());
        for bytes in rows {
            let (mut row, shared) = starts.read(bytes);
            row.shared = self.share(shared);
            self.rows.push(row);
        }
        self.shared.shrink_to_fit();
        starts
    }
}

fn numbers_in<const N: usize, T>(bytes: &[u8], read: fn([u8; N]) -> T) -> Vec<T> {
    bytes
        .as_chunks::<N>()
        .0
        .iter()
        .map(|bytes| read(*bytes))
        .collect()
}

impl Row {
    fn write(&self, shared: &Shared, out: &mut Vec<u8>) {
        for number in [self.key, self.stamp] {
            out.extend_from_slice(&number.to_le_bytes());
        }
        let shown = [shared.shown_from, shared.shown_until];
        for second in [self.published_at, shared.updated_at]
            .into_iter()
            .chain(shown)
        {
            out.extend_from_slice(&second.to_le_bytes());
        }
        for length in self.text_lengths {
            out.extend_from_slice(&length.to_le_bytes());
        }
        let names = [self.provider, self.domain, shared.keys, self.folder];
        for number in names.into_iter().chain([shared.length, self.body]) {
            out.extend_from_slice(&number.to_le_bytes());
        }
        for number in [self.has.bits(), shared.rating, self.related] {
            out.extend_from_slice(&number.to_le_bytes());
        }
        let counts = [self.topics, self.pages, self.authors, self.categories];
        out.extend(
            counts
                .into_iter()
                .chain([self.flags, self.days, self.retold]),
        );
        for name in shared.names {
            out.extend_from_slice(&name.to_le_bytes());
        }
        for number in self.numbers {
            out.extend_from_slice(&number.to_le_bytes());
        }
    }
}

/// Where the texts and lists of the next row start.
#[derive(Default)]
struct Starts {
    text: u32,
    topics: u32,
    pages: u32,
}

impl Starts {
    /// A row, and its shared values.
    fn read(&mut self, bytes: &[u8; ROW]) -> (Row, Shared) {
        let long = |at: usize| u64::from_le_bytes(part(bytes, at));
        let number = |at: usize| u32::from_le_bytes(part(bytes, at));
        let short = |at: usize| u16::from_le_bytes(part(bytes, at));
        let text_lengths = std::array::from_fn(|at| short(48 + at * 2));
        let [topics, pages, authors, categories, flags, days, retold] = part(bytes, 86);
        let shared = Shared {
            updated_at: long(24).cast_signed(),
            shown_from: long(32).cast_signed(),
            shown_until: long(40).cast_signed(),
            names: std::array::from_fn(|at| number(NAMES + at * 4)),
            keys: number(64),
            length: number(72),
            rating: short(82),
        };
        let row = Row {
            key: long(0),
            stamp: long(8),
            published_at: long(16).cast_signed(),
            text_start: self.text,
            topics_start: self.topics,
            pages_start: self.pages,
            text_lengths,
            provider: number(56),
            domain: number(60),
            folder: number(68),
            body: number(76),
            has: Has::from_bits(short(80)),
            shared: 0,
            related: short(84),
            topics,
            pages,
            retold,
            authors,
            categories,
            flags,
            days,
            numbers: std::array::from_fn(|at| number(NUMBERS + at * 4).cast_signed()),
        };
        // A chunk has 1,024 rows: none of these comes close to overflowing 32 bits.
        self.text += text_lengths.iter().copied().map(u32::from).sum::<u32>();
        self.topics += [topics, authors, categories]
            .map(u32::from)
            .iter()
            .sum::<u32>();
        self.pages += u32::from(pages) + u32::from(retold);
        (row, shared)
    }
}

/// `N` bytes of a row.
fn part<const N: usize>(bytes: &[u8; ROW], at: usize) -> [u8; N] {
    bytes[at..].first_chunk().copied().unwrap_or([0; N])
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;

    use super::super::{Packed, RowNumbers};
    use super::*;
    use crate::format::Headline;
    use crate::library::{Stamp, sample_library};
    use crate::model::ListedFlag;

    const FITTING: Fitting = Fitting {
        folders: 100,
        topics: 100,
        authors: 100,
        categories: 100,
    };

    fn packed() -> (Vec<u8>, Vec<u8>, usize) {
        let library = sample_library();
        let mut packing = Packing::default();
        for id in library.ids() {
            let columns = &library.articles().columns;
            packing.add(columns, id.row(), columns.key(id.row()));
        }
        let (numbers, text) = packing.finish();
        (numbers, text, library.len())
    }

    #[test]
    fn articles_come_back_in_order() {
        let library = sample_library();
        let (numbers, text, count) = packed();
        let chunk = Chunk::unpack(&numbers, text, count, FITTING).expect("what was packed");
        let back = Columns::from_chunks(vec![Lazy::new(chunk)], count);
        assert_eq!(count, library.len());
        let columns = &library.articles().columns;
        for id in library.ids() {
            let row = id.row();
            assert_eq!(back.title(row), columns.title(row));
            assert_eq!(back.file_name(row), columns.file_name(row));
            assert_eq!(back.topics(row), columns.topics(row));
            assert_eq!(back.pages(row), columns.pages(row));
            assert_eq!(back.retold(row), columns.retold(row));
            for flag in ListedFlag::ALL {
                assert_eq!(back.flag(row, flag), columns.flag(row, flag));
            }
            for number in ListedNumber::ALL {
                assert_eq!(back.number(row, number), columns.number(row, number));
            }
            for name in ListedName::ALL {
                assert_eq!(back.name(row, name), columns.name(row, name));
            }
            assert_eq!(back.publication(row), columns.publication(row));
            assert_eq!(back.authors(row), columns.authors(row));
            assert_eq!(back.categories(row), columns.categories(row));
            assert_eq!(back.keys(row), columns.keys(row));
            assert_eq!(back.has(row), columns.has(row));
            assert_eq!(back.length(row), columns.length(row));
            assert_eq!(back.rating(row), columns.rating(row));
            assert_eq!(back.related(row), columns.related(row));
            assert_eq!(back.updated_at(row), columns.updated_at(row));
            assert_eq!(back.stamp(row), columns.stamp(row));
        }
    }

    #[test]
    fn bytes_of_another_length_are_refused() {
        let (numbers, text, count) = packed();
        let unpack = |numbers: &[u8], text: &[u8], count| {
            Chunk::unpack(numbers, text.to_vec(), count, FITTING).is_some()
        };
        assert!(unpack(&numbers, &text, count));
        assert!(!unpack(&numbers[..numbers.len() - 1], &text, count));
        assert!(!unpack(&numbers, &text[1..], count));
        assert!(!unpack(&numbers, &text, count + 1));
        assert!(!unpack(&numbers, &text, count - 1));
    }

    #[test]
    fn symbols_that_make_a_text_too_long_for_a_row_are_refused() {
        let letter = |at: u32| char::from(b'a' + (at.wrapping_mul(2_654_435_761) >> 24) as u8 % 26);
        let headline = Headline {
            excerpt: (0..60_000).map(letter).collect(),
            ..Headline::default()
        };
        let mut columns = Columns::default();
        let row = columns.push(&Packed {
            key: ArticleKey(1),
            stamp: Stamp(1),
            headline: &headline,
            file_name: OsStr::new("x.md"),
            numbers: &RowNumbers::default(),
        });
        let mut packing = Packing::default();
        packing.add(&columns, row, ArticleKey(1));
        let (mut numbers, text) = packing.finish();
        assert!(Chunk::unpack(&numbers, text.clone(), 1, FITTING).is_some());
        // Without lists, the table follows the row: the length of each symbol, then its bytes.
        for symbol in numbers[ROW + 1..].chunks_mut(1 + LONGEST) {
            symbol[0] = LONGEST as u8;
        }
        assert!(Chunk::unpack(&numbers, text, 1, FITTING).is_none());
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_a_chunk_that_panics(
            numbers in proptest::collection::vec(0_u8..4, ROW..ROW * 3),
            text in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..40),
        ) {
            if let Some(chunk) = Chunk::unpack(&numbers, text, 1, FITTING) {
                let columns = Columns::from_chunks(vec![Lazy::new(chunk)], 1);
                let _ = (columns.title(0), columns.excerpt(0), columns.file_name(0));
                let _ = (columns.topics(0), columns.pages(0), columns.retold(0));
                let _ = columns.updated_at(0);
            }
        }
    }
}
