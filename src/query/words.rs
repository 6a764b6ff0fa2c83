//! An inverted index of one text of some articles: for each word, the rows that contain it. All
//! words are in one sorted string and all rows in one list, so that it is small and prefixes are
//! ranges.

mod late;
mod parts;
mod stored;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use memchr::memmem;

use super::bits::Bits;
use super::text::{Alike, Anchor, MAX_TOKEN, Needle, cut, tokens};
use parts::Part;

pub use late::{KeepsWords, LateWords};

/// Maximum number of rows in an index: they are stored in 16 bits, counted from its first.
pub const MAX_ROWS: usize = 1 << 16;

/// From this many rows on, the rows of a first character are kept ready.
const MANY: usize = 4096;

/// Between words; occurs in no word.
const SEPARATOR: u8 = b'\n';

/// The words of one text.
#[derive(Debug, Default)]
pub struct Words {
    /// `\nword\nword\n`.
    text: String,
    /// Where each word starts in it, and the end.
    starts: Vec<u32>,
    /// The rows of all words, concatenated.
    rows: Vec<u16>,
    /// Where the rows of each word start, and the end.
    row_starts: Vec<u32>,
    /// The characters that the words of many rows start with. Listed on first use.
    heads: OnceLock<Vec<Head>>,
    /// Rows with words that were cut, which the index does not know completely.
    cut: Vec<u16>,
    /// Counted on first use.
    lengths: OnceLock<Lengths>,
}

/// A character that the words of many rows start with: the first keystroke of a search asks for these.
#[derive(Debug)]
struct Head {
    sign: String,
    /// The words that start with it.
    words: Range<usize>,
    /// Collected on first use.
    rows: OnceLock<Bits>,
}

/// How many different words the rows have.
#[derive(Debug)]
pub struct Lengths {
    /// Of each row.
    pub of: Vec<u16>,
    /// On average, at least 1.
    pub mean: f32,
}

impl Lengths {
    pub fn new(of: Vec<u16>) -> Self {
        let all: u64 = of.iter().copied().map(u64::from).sum();
        let mean = all as f32 / of.len().max(1) as f32;
        Self {
            of,
            mean: mean.max(1.0),
        }
    }
}

/// What an index says about a needle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coverage {
    /// Exactly the rows that were set.
    Known,
    /// Nothing: all texts have to be searched.
    Unknown,
}

/// Rows found in an index.
#[derive(Clone, Debug)]
pub struct FoundRows {
    /// The needle occurs.
    pub sure: Bits,
    /// The texts have to be searched.
    pub maybe: Bits,
}

impl FoundRows {
    /// No rows, out of `len`.
    pub fn new(len: usize) -> Self {
        Self {
            sure: Bits::new(len),
            maybe: Bits::new(len),
        }
    }
}

/// Collects words, row by row.
#[derive(Default)]
pub struct WordsBuilder {
    numbers: HashMap<Box<str>, u32>,
    /// The last row of each word, so that a word that occurs twice in a text is recorded once.
    last: Vec<u16>,
    counts: Vec<u32>,
    pairs: Vec<(u32, u16)>,
    cut: Vec<u16>,
}

impl WordsBuilder {
    /// Adds the words of a folded text. Rows must come in ascending order.
    pub fn add(&mut self, row: u16, folded: &str) {
        for token in tokens(folded) {
            if token.text.len() >= MAX_TOKEN && self.cut.last() != Some(&row) {
                self.cut.push(row);
            }
            self.note(row, cut(token.text));
        }
    }

    fn note(&mut self, row: u16, word: &str) {
        let number = match self.numbers.get(word) {
            Some(number) if self.last[*number as usize] == row => return,
            Some(number) => *number,
            None => {
                let number = self.counts.len() as u32;
                self.numbers.insert(word.into(), number);
                self.counts.push(0);
                self.last.push(row);
                number
            }
        };
        self.last[number as usize] = row;
        self.counts[number as usize] += 1;
        self.pairs.push((number, row));
    }

    /// Builds the index.
    pub fn finish(self) -> Words {
        let mut sorted: Vec<(Box<str>, u32)> = self.numbers.into_iter().collect();
        sorted.sort_unstable();
        let mut words = Words {
            text: String::from(char::from(SEPARATOR)),
            starts: Vec::with_capacity(sorted.len() + 1),
            rows: vec![0; self.pairs.len()],
            row_starts: Vec::with_capacity(sorted.len() + 1),
            heads: OnceLock::new(),
            cut: self.cut,
            lengths: OnceLock::new(),
        };
        let mut next = vec![0; self.counts.len()];
        let mut end = 0;
        for (word, number) in &sorted {
            words.starts.push(words.text.len() as u32);
            words.text.push_str(word);
            words.text.push(char::from(SEPARATOR));
            words.row_starts.push(end);
            next[*number as usize] = end as usize;
            end += self.counts[*number as usize];
        }
        words.starts.push(words.text.len() as u32);
        words.row_starts.push(end);
        for (number, row) in self.pairs {
            words.rows[next[number as usize]] = row;
            next[number as usize] += 1;
        }
        words.text.shrink_to_fit();
        words
    }
}

impl Words {
    /// Memory in bytes.
    pub fn bytes(&self) -> usize {
        let numbers = self.starts.len() + self.row_starts.len();
        let heads = self.heads.get().into_iter().flatten();
        let heads = heads.filter_map(|head| head.rows.get());
        let heads: usize = heads.map(|rows| rows.len() / 8).sum();
        self.text.len() + numbers * size_of::<u32>() + self.rows.len() * size_of::<u16>() + heads
    }

    /// The rows of all words that start with a character, if there are many.
    fn head(&self, text: &str) -> Option<&Bits> {
        let is_one = text.chars().nth(1).is_none();
        let heads = is_one.then(|| self.heads.get_or_init(|| self.heads()))?;
        let head = heads.iter().find(|head| head.sign == text)?;
        Some(head.rows.get_or_init(|| {
            let mut rows = Bits::new(MAX_ROWS);
            self.set_rows(&self.rows[self.rows_of(&head.words)], 0, &mut rows);
            rows
        }))
    }

    /// The first characters of many rows.
    fn heads(&self) -> Vec<Head> {
        let mut heads = Vec::new();
        let mut word = 0;
        while let Some(sign) = (word < self.len())
            .then(|| self.word(word).chars().next())
            .flatten()
        {
            let sign = sign.to_string();
            let words = self.beginning_with(&sign);
            word = words.end;
            if self.rows_of(&words).len() >= MANY {
                heads.push(Head {
                    sign,
                    words,
                    rows: OnceLock::new(),
                });
            }
        }
        heads
    }

    fn rows_of(&self, words: &Range<usize>) -> Range<usize> {
        if words.is_empty() {
            return 0..0;
        }
        self.row_starts[words.start] as usize..self.row_starts[words.end] as usize
    }

    /// Sets the rows in which a needle occurs or may occur, counted from `first`.
    pub fn find(&self, needle: &Needle, first: u32, found: &mut FoundRows) -> Coverage {
        let parts = needle.parts();
        if parts.is_empty() {
            return Coverage::Unknown;
        }
        if let [(place, part)] = parts.as_slice()
            && part.text.len() == needle.text.len()
            && part.text.len() < MAX_TOKEN
        {
            match (place, self.head(part.text)) {
                (Part::Beginning, Some(rows)) => found.sure.or_from(first, rows),
                _ => self.set(self.part(*place, part.text), first, &mut found.sure),
            }
            if needle.from == Anchor::Anywhere {
                self.set_rows(&self.cut, first, &mut found.maybe);
            }
            return Coverage::Known;
        }
        let mut common: Option<Bits> = None;
        for (place, part) in &parts {
            let mut rows = Bits::new(found.maybe.len());
            let words = self.part(*place, cut(part.text));
            self.set(words, first, &mut rows);
            self.set_rows(&self.cut, first, &mut rows);
            match &mut common {
                None => common = Some(rows),
                Some(common) => common.and(&rows),
            }
        }
        if let Some(common) = common {
            found.maybe.or(&common);
        }
        Coverage::Known
    }

    /// Sets the rows that have a word similar to another.
    pub fn find_alike(&self, alike: &Alike, first: u32, found: &mut Bits) {
        let alike = (0..self.len()).filter(|word| alike.is_like(self.word(*word)));
        self.set(alike.map(|word| word..word + 1).collect(), first, found);
    }

    /// The rows that have a word, given as indexed.
    pub fn rows_with(&self, word: &str) -> &[u16] {
        let found = self.part(Part::Whole, word);
        found
            .first()
            .map_or(&[], |words| &self.rows[self.rows_of(words)])
    }

    /// Rows with words that were cut.
    pub fn cut(&self) -> &[u16] {
        &self.cut
    }

    /// How many different words each of `rows` rows has.
    pub fn lengths(&self, rows: usize) -> &Lengths {
        self.lengths.get_or_init(|| {
            let mut of = vec![0_u16; rows];
            for row in &self.rows {
                let length = &mut of[usize::from(*row)];
                *length = length.saturating_add(1);
            }
            Lengths::new(of)
        })
    }

    fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    fn word(&self, word: usize) -> &str {
        let end = self.starts[word + 1] as usize - 1;
        &self.text[self.starts[word] as usize..end]
    }

    /// The words that have `text` in a place.
    fn part(&self, part: Part, text: &str) -> Vec<Range<usize>> {
        let wanted = match part {
            Part::Whole | Part::Beginning => {
                let mut range = self.beginning_with(text);
                if let Part::Whole = part {
                    // Of all words with this prefix, the word itself comes first.
                    let is_there = !range.is_empty() && self.word(range.start) == text;
                    range.end = range.start + usize::from(is_there);
                }
                return vec![range];
            }
            Part::End => format!("{text}{}", char::from(SEPARATOR)),
            Part::Inside => text.to_owned(),
        };
        let mut found: Vec<Range<usize>> = Vec::new();
        for at in memmem::find_iter(self.text.as_bytes(), wanted.as_bytes()) {
            let word = self.starts.partition_point(|start| *start as usize <= at) - 1;
            if found.last().is_none_or(|range| range.start != word) {
                found.push(word..word + 1);
            }
        }
        found
    }

    fn beginning_with(&self, text: &str) -> Range<usize> {
        let numbers = 0..self.len();
        let start = partition(numbers.clone(), |word| self.word(word) < text);
        let end = partition(start..numbers.end, |word| self.word(word).starts_with(text));
        start..end
    }

    fn set(&self, words: Vec<Range<usize>>, first: u32, found: &mut Bits) {
        for range in words {
            self.set_rows(&self.rows[self.rows_of(&range)], first, found);
        }
    }

    fn set_rows(&self, rows: &[u16], first: u32, found: &mut Bits) {
        for row in rows {
            found.set(first + u32::from(*row));
        }
    }
}

/// The first number of a range for which `is_before` does not hold.
fn partition(range: Range<usize>, is_before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (range.start, range.end);
    while low < high {
        let middle = low + (high - low) / 2;
        if is_before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::format::fold::fold;

    fn index(texts: &[&str]) -> Words {
        let mut builder = WordsBuilder::default();
        for (row, text) in texts.iter().enumerate() {
            builder.add(row as u16, &fold(text));
        }
        builder.finish()
    }

    /// The rows that are sure, and those that are not.
    fn found(words: &Words, texts: usize, needle: &Needle) -> (Coverage, Vec<u32>, Vec<u32>) {
        let mut rows = FoundRows::new(texts);
        let answer = words.find(needle, 0, &mut rows);
        let [sure, maybe] = [rows.sure, rows.maybe].map(|it| it.into_set().iter().collect());
        (answer, sure, maybe)
    }

    #[test]
    fn beginnings_of_words_are_exact() {
        let words = index(&["Lidar or cameras", "lid", "solid", "", "机器学习"]);
        let word = |text| found(&words, 5, &Needle::new(text, Anchor::Word));
        let sure = |text| (word(text).1, word(text).2);
        assert_eq!(sure("lid"), (vec![0, 1], vec![]));
        assert_eq!(sure("lidar"), (vec![0], vec![]));
        assert_eq!(sure("学"), (vec![4], vec![]));
        assert_eq!(sure("习"), (vec![4], vec![]));
        assert_eq!(sure("器学习"), (vec![], vec![4]));
        assert_eq!(sure("zebra"), (vec![], vec![]));
        assert_eq!(word("+").0, Coverage::Unknown);
        let inside = found(&words, 5, &Needle::new("lid", Anchor::Anywhere));
        assert_eq!(inside, (Coverage::Known, vec![0, 1, 2], vec![]));
    }

    #[test]
    fn an_empty_index_finds_nothing() {
        let words = index(&[]);
        for (text, from) in [
            ("x", Anchor::Word),
            ("x", Anchor::Anywhere),
            ("x y", Anchor::Anywhere),
        ] {
            let (_, sure, maybe) = found(&words, 0, &Needle::new(text, from));
            assert_eq!((sure, maybe), (vec![], vec![]));
        }
    }

    fn text() -> impl Strategy<Value = String> {
        let part = prop_oneof![
            "[abc]{1,3}",
            "[ .+-]",
            Just(" ".to_owned()),
            "[机器学]{1,3}",
            Just("ab".repeat(40)),
        ];
        proptest::collection::vec(part, 0..8).prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn what_is_there_is_never_left_out(
            texts in proptest::collection::vec(text(), 0..12),
            needle in text(),
            at_word in any::<bool>(),
        ) {
            let from = if at_word { Anchor::Word } else { Anchor::Anywhere };
            let needle = Needle::new(&needle, from);
            let words = index(&texts.iter().map(String::as_str).collect::<Vec<_>>());
            let (answer, sure, maybe) = found(&words, texts.len(), &needle);
            let expected: Vec<u32> = texts
                .iter()
                .enumerate()
                .filter(|(_, text)| needle.is_in(&fold(text)))
                .map(|(row, _)| row as u32)
                .collect();
            prop_assert!(sure.iter().all(|row| expected.contains(row)));
            match answer {
                Coverage::Known => {
                    let is_given = |row| sure.contains(row) || maybe.contains(row);
                    prop_assert!(expected.iter().all(is_given));
                }
                Coverage::Unknown => prop_assert!(tokens(&needle.text).next().is_none()),
            }
        }
    }
}
