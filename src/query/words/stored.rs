//! The words of a text as bytes and back. Where the bytes are stored is decided elsewhere.

use std::sync::OnceLock;

use super::{SEPARATOR, Words};

/// Numbers before the parts: how long each is.
const LENGTHS: usize = 5;

impl Words {
    /// Appends it to bytes.
    pub fn write(&self, out: &mut Vec<u8>) {
        let lengths: [usize; LENGTHS] = [
            self.text.len(),
            self.starts.len(),
            self.rows.len(),
            self.row_starts.len(),
            self.cut.len(),
        ];
        out.extend(lengths.iter().flat_map(|it| (*it as u32).to_le_bytes()));
        out.extend_from_slice(self.text.as_bytes());
        out.extend(self.starts.iter().flat_map(|it| it.to_le_bytes()));
        out.extend(self.rows.iter().flat_map(|it| it.to_le_bytes()));
        out.extend(self.row_starts.iter().flat_map(|it| it.to_le_bytes()));
        out.extend(self.cut.iter().flat_map(|it| it.to_le_bytes()));
    }

    /// Takes from `bytes` what [`Self::write`] has written; `None` if it is not valid for `rows`
    /// rows.
    pub fn read(bytes: &mut &[u8], rows: usize) -> Option<Self> {
        let lengths = taken(bytes, LENGTHS * 4)?;
        let lengths = numbers(lengths, |it| u32::from_le_bytes(it) as usize);
        let [text, starts, row_count, row_starts, cut] = lengths[..].try_into().ok()?;
        let text = taken(bytes, text)?;
        let words = Self {
            text: std::str::from_utf8(text).ok()?.to_owned(),
            starts: numbers(taken(bytes, starts.checked_mul(4)?)?, u32::from_le_bytes),
            rows: numbers(taken(bytes, row_count.checked_mul(2)?)?, u16::from_le_bytes),
            row_starts: numbers(
                taken(bytes, row_starts.checked_mul(4)?)?,
                u32::from_le_bytes,
            ),
            heads: OnceLock::new(),
            cut: numbers(taken(bytes, cut.checked_mul(2)?)?, u16::from_le_bytes),
            lengths: OnceLock::new(),
        };
        words.is_valid(rows).then_some(words)
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
            && self.cut.iter().all(is_row)
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

    #[test]
    fn words_come_back_and_what_follows_is_left() {
        let words = words();
        let mut bytes = Vec::new();
        words.write(&mut bytes);
        bytes.push(7);
        let mut left = bytes.as_slice();
        let back = Words::read(&mut left, 5).expect("what was written");
        assert_eq!(format!("{back:?}"), format!("{words:?}"));
        assert_eq!(left, [7]);
        assert!(Words::read(&mut &bytes[..], 4).is_none(), "a row too high");
        for end in 0..bytes.len() - 1 {
            assert!(
                Words::read(&mut &bytes[..end], 5).is_none(),
                "cut off at {end}"
            );
        }
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_words_that_panic(at in 0_usize..200, byte in proptest::prelude::any::<u8>()) {
            let mut bytes = Vec::new();
            words().write(&mut bytes);
            let at = at % bytes.len();
            bytes[at] = byte;
            if let Some(words) = Words::read(&mut &bytes[..], 5) {
                let lengths = (0..words.len()).map(|word| words.word(word).len());
                proptest::prop_assert!(lengths.sum::<usize>() <= words.text.len());
            }
        }
    }
}
