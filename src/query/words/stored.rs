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

    /// The words of these blocks, which may leave out others; `None` if they are not valid for `rows` rows, or
    /// not in order. `cut` are the rows with words that were cut.
    pub fn from_blocks(
        blocks: impl Iterator<Item = Option<Vec<u8>>>,
        rows: usize,
        cut: Vec<u16>,
    ) -> Option<Self> {
        let mut all = Self {
            text: String::from(char::from(SEPARATOR)),
            starts: vec![1],
            row_starts: vec![0],
            cut,
            ..Self::default()
        };
        for block in blocks {
            all.append(&block?, rows)?;
        }
        all.text.shrink_to_fit();
        all.starts.shrink_to_fit();
        all.rows.shrink_to_fit();
        all.row_starts.shrink_to_fit();
        Some(all)
    }

    /// Appends the words of a block; `None` if they are not valid for `rows` rows, or do not follow.
    fn append(&mut self, mut bytes: &[u8], rows: usize) -> Option<()> {
        let bytes = &mut bytes;
        let lengths = numbers(taken(bytes, LENGTHS * 4)?, u32::from_le_bytes);
        let [text, words, row_count] = lengths.collect::<Vec<_>>().try_into().ok()?;
        let starts = (words as usize).checked_add(1)?.checked_mul(4)?;
        let text = std::str::from_utf8(taken(bytes, text as usize)?).ok()?;
        let (starts, row_starts) = (taken(bytes, starts)?, taken(bytes, starts)?);
        let block_rows = taken(bytes, (row_count as usize).checked_mul(2)?)?;
        if !bytes.is_empty() || words == 0 {
            return None;
        }
        let known = self.len();
        // It begins with the separator, the start and the place that are there already.
        let before = *self.starts.last()? - 1;
        let rows_before = *self.row_starts.last()?;
        let text = text.strip_prefix(char::from(SEPARATOR))?;
        self.text.push_str(text);
        let starts = numbers(starts, u32::from_le_bytes).map(|it| it.wrapping_add(before));
        self.starts.extend(starts.skip(1));
        let row_starts = numbers(row_starts, u32::from_le_bytes);
        let row_starts = row_starts.map(|it| it.wrapping_add(rows_before));
        self.row_starts.extend(row_starts.skip(1));
        self.rows.extend(numbers(block_rows, u16::from_le_bytes));
        let new_rows = &self.rows[rows_before as usize..];
        let is_valid = new_rows.iter().all(|row| usize::from(*row) < rows)
            // None is inside a word.
            && memchr::memchr_iter(SEPARATOR, text.as_bytes()).count() == words as usize
            && self.are_valid(known);
        is_valid.then_some(())
    }

    /// Whether the words from this one on are where they are said to be, and in order.
    fn are_valid(&self, from: usize) -> bool {
        let text = self.text.as_bytes();
        let word = |word: &[u32]| {
            let end = (word[1] as usize).checked_sub(1)?;
            let word = text.get(word[0] as usize..end)?;
            (text.get(end) == Some(&SEPARATOR)).then_some(word)
        };
        let mut last = from
            .checked_sub(1)
            .and_then(|last| word(&self.starts[last..]));
        let in_order = |bounds: &[u32]| {
            let word = word(bounds);
            word.is_some() && std::mem::replace(&mut last, word) < word
        };
        let ends_at = |starts: &[u32], end: usize| {
            starts.is_sorted() && starts.last().is_some_and(|last| *last as usize == end)
        };
        ends_at(&self.starts[from..], text.len())
            && ends_at(&self.row_starts[from..], self.rows.len())
            && self.starts[from..].windows(2).all(in_order)
    }

    /// The same words, which are not all, of rows with these lengths.
    pub fn with_lengths(self, lengths: Lengths) -> Self {
        Self {
            lengths: OnceLock::from(lengths),
            ..self
        }
    }
}

/// The next bytes.
fn taken<'a>(bytes: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (taken, left) = bytes.split_at_checked(length)?;
    *bytes = left;
    Some(taken)
}

fn numbers<const N: usize, T>(
    bytes: &[u8],
    read: fn([u8; N]) -> T,
) -> impl Iterator<Item = T> + use<'_, N, T> {
    bytes.as_chunks::<N>().0.iter().map(move |it| read(*it))
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
        let blocks = words.blocks().map(|(first, bytes)| {
            let block = one(&bytes, rows)?;
            assert_eq!(block.word(0), first);
            Some(bytes)
        });
        Words::from_blocks(blocks, rows, words.cut.clone())
    }

    fn one(block: &[u8], rows: usize) -> Option<Words> {
        Words::from_blocks([Some(block.to_vec())].into_iter(), rows, Vec::new())
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
        assert!(one(bytes, 4).is_none(), "a row too high");
        assert!(one(&[bytes, &b"x"[..]].concat(), 5).is_none());
        for end in 0..bytes.len() {
            assert!(one(&bytes[..end], 5).is_none(), "cut off at {end}");
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
        let mut blocks: Vec<Vec<u8>> = words.blocks().map(|it| it.1).collect();
        assert!(blocks.len() > 10, "{}", blocks.len());
        let last = blocks.pop().expect("a block");
        let mut ends = [blocks.swap_remove(0), last];
        let joined = |blocks: &[Vec<u8>]| {
            let blocks = blocks.iter().cloned().map(Some);
            Words::from_blocks(blocks, 9_000, Vec::new())
        };
        let some = joined(&ends).expect("in order");
        assert_eq!(some.rows_with("all").len(), 9_000);
        assert_eq!(some.rows_with("w08999"), [8_999]);
        assert!(some.rows_with("w04000").is_empty());
        ends.reverse();
        assert!(joined(&ends).is_none(), "out of order");
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
            if let Some(words) = one(&bytes, 5) {
                let lengths = (0..words.len()).map(|word| words.word(word).len());
                proptest::prop_assert!(lengths.sum::<usize>() <= words.text.len());
                let rows = (0..words.len()).map(|word| words.rows_with(words.word(word)).len());
                proptest::prop_assert_eq!(rows.sum::<usize>(), words.rows.len());
                proptest::prop_assert!(back(&words, 5).is_some());
            }
        }
    }
}
