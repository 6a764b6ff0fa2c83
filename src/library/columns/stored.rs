//! Converts a chunk of articles to bytes and back: its tables, its pages as little-endian numbers, and its
//! texts as they are in the arena. Where the bytes are stored is decided elsewhere.

use std::sync::Arc;

use super::rows::{Field, Names, Row, Rows};
use super::spelling::{Spellers, Spelling};
use super::table::Table;
use super::{CHUNK, Chunk, Columns, Text};
use crate::library::key::ArticleKey;
use crate::library::lazy::Lazy;
use crate::library::parallel::{on_all_processors, shares};

/// Articles being packed for a file, one after another.
#[derive(Debug, Default)]
pub struct Packing(Chunk);

/// A chunk as bytes.
pub struct PackedChunk {
    pub numbers: Vec<u8>,
    pub text: Vec<u8>,
    /// How its texts are written; chunks share it.
    pub spelling: Arc<Spelling>,
}

/// Maximum length of a text in symbols: that of a text of 65,535 bytes, none of which has a symbol.
const LONGEST_TEXT: usize = 2 * u16::MAX as usize;
/// Maximum number of topics, authors, categories or pages of a row.
const LONGEST_LIST: usize = u8::MAX as usize;

/// Where the texts and lists of a row end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Ends {
    text: usize,
    topics: usize,
    pages: usize,
}

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
        let (chunk, from) = columns.row(row);
        let mut row = chunk.rows.row(from);
        row.set(Field::KEY, key.0.cast_signed());
        self.0.copy(chunk, from, row, None);
    }

    /// The chunk, in symbols from `spellers`.
    pub fn finish(mut self, spellers: &mut Spellers) -> PackedChunk {
        self.0.compact(spellers);
        let mut numbers = Vec::new();
        if let (Rows::Packed(rows), Names::Packed(topics)) = (&self.0.rows, &self.0.topics) {
            rows.write(&mut numbers);
            topics.write(&mut numbers);
        }
        numbers.extend(self.0.pages.iter().flat_map(|page| page.to_le_bytes()));
        PackedChunk {
            numbers,
            text: self.0.text,
            spelling: self.0.spelling.unwrap_or_default(),
        }
    }
}

impl Columns {
    /// Columns with `len` articles in chunks that are full except for the last.
    pub fn from_chunks(chunks: Vec<Lazy<Chunk>>, len: usize) -> Self {
        Self {
            chunks,
            len,
            spellers: Spellers::default(),
        }
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
    /// A chunk of `count` articles from the numbers and the texts of a [`PackedChunk`]; `None` if it is not
    /// valid.
    pub fn unpack(
        numbers: &[u8],
        text: Vec<u8>,
        spelling: Arc<Spelling>,
        count: usize,
        fitting: Fitting,
    ) -> Option<Self> {
        let (rows, rest) = Table::read(numbers, Field::COUNT)?;
        let (topics, rest) = Table::read(rest, 1)?;
        let (pages, rest) = rest.as_chunks();
        let chunk = Self {
            rows: Rows::Packed(rows),
            text,
            spelling: Some(spelling),
            topics: Names::Packed(topics),
            pages: pages.iter().map(|page| u64::from_le_bytes(*page)).collect(),
            waste: 0,
        };
        if !rest.is_empty() || chunk.rows.len() != count {
            return None;
        }
        let mut ends = Ends::default();
        for row in 0..count {
            ends = chunk.row_ends(row, ends, fitting)?;
        }
        let whole = Ends {
            text: chunk.text.len(),
            topics: chunk.topics.len(),
            pages: chunk.pages.len(),
        };
        (ends == whole).then_some(chunk)
    }

    /// Where a row's texts and lists end; `None` if its numbers are not valid. They begin where those of
    /// the row before end, so that what a file takes to be unpacked grows with its size only.
    fn row_ends(&self, row: usize, before: Ends, fitting: Fitting) -> Option<Ends> {
        let end = |from: usize, start: Field, lengths: &[Field], most: usize| {
            let number = |field| usize::try_from(self.rows.get(row, field)).ok();
            let begins_there = number(start)? == from;
            let end = lengths.iter().try_fold(from, |sum, field| {
                let length = number(*field).filter(|it| *it <= most)?;
                sum.checked_add(length)
            })?;
            begins_there.then_some(end)
        };
        let topics = [Field::TOPICS, Field::AUTHORS, Field::CATEGORIES];
        let texts = Text::ALL.map(Field::bytes_of);
        let pages = [Field::PAGES, Field::RETOLD];
        let ends = Ends {
            text: end(before.text, Field::TEXT_START, &texts, LONGEST_TEXT)?,
            topics: end(before.topics, Field::TOPICS_START, &topics, LONGEST_LIST)?,
            pages: end(before.pages, Field::PAGES_START, &pages, LONGEST_LIST)?,
        };
        let fits = ends.text <= self.text.len()
            && ends.topics <= self.topics.len()
            && ends.pages <= self.pages.len()
            && (0..i64::from(fitting.folders)).contains(&self.rows.get(row, Field::FOLDER));
        let limits = [fitting.topics, fitting.authors, fitting.categories];
        let are_known = |(names, limit): (Field, u32)| self.names(row, names).all(|it| it < limit);
        (fits && topics.into_iter().zip(limits).all(are_known)).then_some(ends)
    }

    /// Blank articles that stand in for a damaged part of the file until the damage is reported.
    pub fn blank(count: usize) -> Self {
        Self {
            rows: Rows::Open(vec![Row::default(); count.min(CHUNK)]),
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::collection::vec;
    use proptest::prelude::any;

    use super::*;
    use crate::library::sample_library;
    use crate::model::{ListedFlag, ListedName, ListedNumber};

    const FITTING: Fitting = Fitting {
        folders: 100,
        topics: 100,
        authors: 100,
        categories: 100,
    };

    fn packed() -> (PackedChunk, usize) {
        let library = sample_library();
        let mut packing = Packing::default();
        for id in library.ids() {
            let columns = &library.articles().columns;
            packing.add(columns, id.row(), columns.key(id.row()));
        }
        (packing.finish(&mut Spellers::default()), library.len())
    }

    /// Unpacks what was packed, with one number of its second row replaced.
    fn forged(field: Field, number: i64) -> Option<Chunk> {
        let (packed, count) = packed();
        let unpack = |numbers: &[u8]| {
            let (text, spelling) = (packed.text.clone(), Arc::clone(&packed.spelling));
            Chunk::unpack(numbers, text, spelling, count, FITTING)
        };
        let mut chunk = unpack(&packed.numbers).expect("what was packed");
        chunk.rows.set(1, field, number);
        let mut numbers = Vec::new();
        if let (Rows::Packed(rows), Names::Packed(topics)) = (&chunk.rows, &chunk.topics) {
            rows.write(&mut numbers);
            topics.write(&mut numbers);
        }
        numbers.extend(chunk.pages.iter().flat_map(|page| page.to_le_bytes()));
        unpack(&numbers)
    }

    #[test]
    fn rows_that_share_texts_or_have_endless_lists_are_refused() {
        assert!(forged(Field::BODY, 7).is_some());
        for (field, number) in [
            (Field::TEXT_START, 0),
            (Field::TOPICS_START, 0),
            (Field::PAGES_START, 0),
            (Field::bytes_of(Text::Title), 1 << 20),
            (Field::TOPICS, i64::from(u32::MAX)),
            (Field::AUTHORS, -1),
            (Field::FOLDER, 100),
        ] {
            assert!(forged(field, number).is_none(), "{field:?}: {number}");
        }
    }

    #[test]
    fn articles_come_back_in_order() {
        let library = sample_library();
        let (packed, count) = packed();
        let PackedChunk {
            numbers,
            text,
            spelling,
        } = packed;
        let chunk = Chunk::unpack(&numbers, text, spelling, count, FITTING);
        let chunk = chunk.expect("what was packed");
        let back = Columns::from_chunks(vec![Lazy::new(chunk)], count);
        assert_eq!(count, library.len());
        let columns = &library.articles().columns;
        for id in library.ids() {
            let row = id.row();
            assert_eq!(back.title(row), columns.title(row));
            assert_eq!(back.file_name(row), columns.file_name(row));
            assert!(back.topics(row).eq(columns.topics(row)));
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
            assert!(back.authors(row).eq(columns.authors(row)));
            assert!(back.categories(row).eq(columns.categories(row)));
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
        let (packed, count) = packed();
        let unpack = |numbers: &[u8], text: &[u8], count| {
            let spelling = Arc::clone(&packed.spelling);
            Chunk::unpack(numbers, text.to_vec(), spelling, count, FITTING).is_some()
        };
        let (numbers, text) = (&packed.numbers[..], &packed.text[..]);
        assert!(unpack(numbers, text, count));
        assert!(!unpack(&numbers[..numbers.len() - 1], text, count));
        assert!(!unpack(numbers, &text[1..], count));
        assert!(!unpack(numbers, text, count + 1));
        assert!(!unpack(numbers, text, count - 1));
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_a_chunk_that_panics(
            changes in vec((any::<usize>(), any::<u8>()), 0..6),
            rest in any::<usize>(),
        ) {
            static PACKED: LazyLock<(PackedChunk, usize)> = LazyLock::new(packed);
            let (packed, count) = &*PACKED;
            let (mut numbers, text, count) = (packed.numbers.clone(), &packed.text, *count);
            let spelling = Arc::clone(&packed.spelling);
            for (at, byte) in changes {
                let at = at % numbers.len();
                numbers[at] = byte;
            }
            let text = text[..text.len() - rest % 3].to_vec();
            if let Some(chunk) = Chunk::unpack(&numbers, text, spelling, count, FITTING) {
                let columns = Columns::from_chunks(vec![Lazy::new(chunk)], count);
                for row in 0..count as u32 {
                    let _ = (columns.title(row), columns.excerpt(row), columns.file_name(row));
                    let _ = (columns.topics(row).count(), columns.authors(row).count());
                    let _ = (columns.pages(row), columns.retold(row));
                    let _ = (columns.updated_at(row), columns.publication(row));
                }
            }
        }
    }
}
