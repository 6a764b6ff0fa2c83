//! The words of a text as bytes and back, in blocks that can each be read alone. Where the bytes are stored
//! is decided elsewhere.

use std::ops::Range;
use std::sync::OnceLock;

use super::{Lengths, SEPARATOR, Words};

/// Numbers before the parts of a block: how long each is.
const LENGTHS: usize = 3;
/// Most bytes of a block, unless a single word takes more.
const BLOCK: usize = 8 * 1024;

impl Words {
    /// Divides the words into blocks, in order. Each is given by its first word and its bytes.
    pub fn blocks(&self) -> impl Iterator<Item = (&str, Vec<u8>)> {
        let mut start = 0;
        std::iter::from_fn(move || {
            let first = start;
            if first == self.len() {
                return None;
            }
            start += 1;
            while start < self.len() && self.block_bytes(&(first..start + 1)) <= BLOCK {
                start += 1;
            }
            Some((self.word(first), self.block(&(first..start))))
        })
    }

    fn block_bytes(&self, words: &Range<usize>) -> usize {
        let text = self.starts[words.end] - self.starts[words.start];
        let numbers = LENGTHS + (words.len() + 1) * 2;
        text as usize + 1 + numbers * 4 + self.rows_of(words).len() * 2
    }

    /// Some words, at least one, as bytes.
    fn block(&self, words: &Range<usize>) -> Vec<u8> {
        let starts = &self.starts[words.start..=words.end];
        let row_starts = &self.row_starts[words.start..=words.end];
        // With the separator before the first word.
        let before = self.starts[words.start] - 1;
        let text = &self.text.as_bytes()[before as usize..self.starts[words.end] as usize];
        let rows = &self.rows[self.rows_of(words)];
        let lengths: [usize; LENGTHS] = [text.len(), words.len(), rows.len()];
        let mut out = Vec::with_capacity(self.block_bytes(words));
        out.extend(lengths.iter().flat_map(|it| (*it as u32).to_le_bytes()));
        out.extend_from_slice(text);
        out.extend(starts.iter().flat_map(|it| (it - before).to_le_bytes()));
        out.extend(
            row_starts
                .iter()
                .flat_map(|it| (it - row_starts[0]).to_le_bytes()),
        );
        out.extend(rows.iter().flat_map(|it| it.to_le_bytes()));
        out
    }

    /// The words of a block; `None` if it is not valid for `rows` rows.
    pub fn from_block(mut bytes: &[u8], rows: usize) -> Option<Self> {
        let bytes = &mut bytes;
        let lengths = taken(bytes, LENGTHS * 4)?;
        let lengths = numbers(lengths, |it| u32::from_le_bytes(it) as usize);
        let [text, words, row_count] = lengths[..].try_into().ok()?;
        let starts = words.checked_add(1)?.checked_mul(4)?;
        let text = taken(bytes, text)?;
        let words = Self {
            text: std::str::from_utf8(text).ok()?.to_owned(),
            starts: numbers(taken(bytes, starts)?, u32::from_le_bytes),
            row_starts: numbers(taken(bytes, starts)?, u32::from_le_bytes),
            rows: numbers(taken(bytes, row_count.checked_mul(2)?)?, u16::from_le_bytes),
            ..Self::default()
        };
        (bytes.is_empty() && words.len() > 0 && words.is_valid(rows)).then_some(words)
    }

    /// The words of these blocks, which may leave out others; `None` if they are not in order. `cut` are
    /// the rows with words that were cut.
    pub fn joined(blocks: &[Self], cut: Vec<u16>) -> Option<Self> {
        let follows = |pair: &[Self]| pair[0].word(pair[0].len() - 1) < pair[1].word(0);
        if !blocks.windows(2).all(follows) {
            return None;
        }
        let mut all = Self {
            text: String::from(char::from(SEPARATOR)),
            cut,
            ..Self::default()
        };
        all.text
            .reserve_exact(blocks.iter().map(|it| it.text.len()).sum());
        all.rows
            .reserve_exact(blocks.iter().map(|it| it.rows.len()).sum());
        let words: usize = blocks.iter().map(Self::len).sum();
        all.starts.reserve_exact(words + 1);
        all.row_starts.reserve_exact(words + 1);
        for block in blocks {
            // A block begins with the separator that is there already.
            let text = u32::try_from(all.text.len() - 1).ok()?;
            let rows = u32::try_from(all.rows.len()).ok()?;
            let words = ..block.len();
            all.starts
                .extend(block.starts[words].iter().map(|it| it + text));
            all.row_starts
                .extend(block.row_starts[words].iter().map(|it| it + rows));
            all.text.push_str(&block.text[1..]);
            all.rows.extend_from_slice(&block.rows);
        }
        all.starts.push(u32::try_from(all.text.len()).ok()?);
        all.row_starts.push(u32::try_from(all.rows.len()).ok()?);
        Some(all)
    }

    /// The same words, which are not all, of rows with these lengths.
    pub fn with_lengths(self, lengths: Lengths) -> Self {
        Self {
            lengths: OnceLock::from(lengths),
            ..self
        }
    }

    /// Whether everything is where it is said to be.
    fn is_valid(&self, rows: usize) -> bool {
        let text = self.text.as_bytes();
        let begins = |start: &u32| {
            let before = (*start as usize).checked_sub(1);
            before.and_then(|at| text.get(at)) == Some(&SEPARATOR)
        };
        let ends_at = |starts: &[u32], end: usize| {
            starts.is_sorted() && starts.last().is_some_and(|last| *last as usize == end)
        };
        let is_row = |row: &u16| usize::from(*row) < rows;
        let is_apart = self.starts.windows(2).all(|pair| pair[0] < pair[1]);
        let separators = memchr::memchr_iter(SEPARATOR, text).count();
        self.starts.len() == self.row_starts.len()
            && is_apart
            // None is inside a word.
            && separators == self.starts.len()
            && self.starts.iter().all(begins)
            && ends_at(&self.starts, text.len())
            && ends_at(&self.row_starts, self.rows.len())
            && self.rows.iter().all(is_row)
            && (1..self.len()).all(|next| self.word(next - 1) < self.word(next))
    }
}

/// The next bytes.
fn taken<'a>(bytes: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (taken, left) = bytes.split_at_checked(length)?;
    *bytes = left;
    Some(taken)
}

fn numbers<const N: usize, T>(bytes: &[u8], read: fn([u8; N]) -> T) -> Vec<T> {
    let parts = bytes.as_chunks::<N>().0;
    parts.iter().map(|bytes| read(*bytes)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Words, WordsBuilder};

    fn words() -> Words {
        let mut builder = WordsBuilder::default();
        for (row, text) in ["lidar on wheels", "boats", "die Lüge", "", "lidar"]
            .iter()
            .enumerate()
        {
            builder.add(row as u16, text);
        }
        builder.finish()
    }

    /// What the blocks of `words` hold, joined again.
    fn back(words: &Words, rows: usize) -> Option<Words> {
        let blocks = words.blocks();
        let blocks = blocks.map(|(first, bytes)| {
            let block = Words::from_block(&bytes, rows)?;
            assert_eq!(block.word(0), first);
            Some(block)
        });
        Words::joined(&blocks.collect::<Option<Vec<_>>>()?, words.cut.clone())
    }

    #[test]
    fn words_come_back_from_one_block() {
        let words = words();
        let bytes: Vec<Vec<u8>> = words.blocks().map(|it| it.1).collect();
        let [bytes] = bytes.as_slice() else {
            panic!("one block: {}", bytes.len());
        };
        let again = back(&words, 5).expect("what was written");
        assert_eq!(format!("{again:?}"), format!("{words:?}"));
        assert!(Words::from_block(bytes, 4).is_none(), "a row too high");
        assert!(Words::from_block(&[bytes, &b"x"[..]].concat(), 5).is_none());
        for end in 0..bytes.len() {
            assert!(
                Words::from_block(&bytes[..end], 5).is_none(),
                "cut off at {end}"
            );
        }
    }

    #[test]
    fn words_come_back_from_many_blocks_and_some_of_them_are_enough_for_some() {
        let mut builder = WordsBuilder::default();
        for row in 0..9_000_u16 {
            builder.add(row, &format!("all w{row:05} {}", "long".repeat(15)));
        }
        let words = builder.finish();
        let again = back(&words, 9_000).expect("what was written");
        assert_eq!(format!("{again:?}"), format!("{words:?}"));
        let mut blocks: Vec<Words> = words
            .blocks()
            .map(|(_, bytes)| Words::from_block(&bytes, 9_000).expect("a block"))
            .collect();
        assert!(blocks.len() > 10, "{}", blocks.len());
        let last = blocks.pop().expect("a block");
        let mut ends = [blocks.swap_remove(0), last];
        let some = Words::joined(&ends, Vec::new()).expect("in order");
        assert_eq!(some.rows_with("all").len(), 9_000);
        assert_eq!(some.rows_with("w08999"), [8_999]);
        assert!(some.rows_with("w04000").is_empty());
        ends.reverse();
        assert!(Words::joined(&ends, Vec::new()).is_none(), "out of order");
    }

    #[test]
    fn no_words_are_no_blocks() {
        let none = WordsBuilder::default().finish();
        let again = back(&none, 0).expect("nothing");
        assert_eq!(format!("{again:?}"), format!("{none:?}"));
        assert_eq!(Words::default().blocks().count(), 0);
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_words_that_panic(at in 0_usize..200, byte in proptest::prelude::any::<u8>()) {
            let (_, mut bytes) = words().blocks().next().expect("a block");
            let at = at % bytes.len();
            bytes[at] = byte;
            if let Some(words) = Words::from_block(&bytes, 5) {
                let lengths = (0..words.len()).map(|word| words.word(word).len());
                proptest::prop_assert!(lengths.sum::<usize>() <= words.text.len());
                proptest::prop_assert!(Words::joined(&[words], Vec::new()).is_some());
            }
        }
    }
}
