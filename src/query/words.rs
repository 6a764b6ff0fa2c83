//! An inverted index of one text of some articles: for each word the rows that have it. Words lie
//! sorted in one string, rows in one list, so that it is small and its beginnings are ranges.

use std::collections::HashMap;
use std::ops::Range;

use memchr::memmem;

use super::bits::Bits;
use super::text::{Alike, Anchor, MAX_TOKEN, Needle, Script, cut, tokens};

/// Most rows of an index: they are kept in 16 bits, counted from its first.
pub const MAX_ROWS: usize = 1 << 16;

/// What stands between words, and in no word.
const SEPARATOR: u8 = b'\n';

/// The words of one text.
#[derive(Debug, Default)]
pub struct Words {
    /// `\nword\nword\n`.
    text: String,
    /// Where each word begins in it, and its end.
    starts: Vec<u32>,
    /// The rows of all words, one after the other.
    rows: Vec<u16>,
    /// Where those of each word begin, and the end.
    row_starts: Vec<u32>,
    /// Rows with words that were cut, of which the index does not know all.
    cut: Vec<u16>,
}

/// What an index says of the rows it gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// These and no others.
    Exact,
    /// None but these; their texts have to be looked at.
    Candidates,
    /// Nothing is known: all texts have to be looked at.
    Unknown,
}

/// Where a part of a needle stands in a word.
#[derive(Clone, Copy)]
enum Part {
    Whole,
    Beginning,
    End,
    Inside,
}

/// Gathers words, row by row.
#[derive(Default)]
pub struct Builder {
    numbers: HashMap<Box<str>, u32>,
    /// The last row of each word, so that a word that stands twice in a text is noted once.
    last: Vec<u16>,
    counts: Vec<u32>,
    pairs: Vec<(u32, u16)>,
    cut: Vec<u16>,
}

impl Builder {
    /// Notes the words of a folded text. Rows come in ascending order.
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

    /// The index of all that was noted.
    pub fn finish(self) -> Words {
        let mut sorted: Vec<(Box<str>, u32)> = self.numbers.into_iter().collect();
        sorted.sort_unstable();
        let mut words = Words {
            text: String::from(char::from(SEPARATOR)),
            starts: Vec::with_capacity(sorted.len() + 1),
            rows: vec![0; self.pairs.len()],
            row_starts: Vec::with_capacity(sorted.len() + 1),
            cut: self.cut,
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
    /// Bytes of memory that it takes.
    pub fn bytes(&self) -> usize {
        let numbers = self.starts.len() + self.row_starts.len();
        self.text.len() + numbers * size_of::<u32>() + self.rows.len() * size_of::<u16>()
    }

    /// Sets the rows in which a needle may stand, counted from `first`.
    pub fn find(&self, needle: &Needle, first: u32, found: &mut Bits) -> Answer {
        let parts: Vec<_> = tokens(&needle.text).collect();
        let Some(last) = parts.last() else {
            return Answer::Unknown;
        };
        let is_end = last.at + last.text.len() == needle.text.len();
        if let ([part], Anchor::Word, true) = (parts.as_slice(), needle.from, is_end)
            && part.text.len() == needle.text.len()
        {
            self.set(self.part(Part::Beginning, cut(part.text)), first, found);
            return match part.text.len() < MAX_TOKEN {
                true => Answer::Exact,
                false => Answer::Candidates,
            };
        }
        let mut common: Option<Bits> = None;
        for (at, part) in parts.iter().enumerate() {
            let begins = at > 0 || part.at > 0 || needle.from == Anchor::Word;
            let ends = at + 1 < parts.len() || !is_end;
            let place = match (part.script, begins, ends) {
                // Two characters stand together however the run goes on around them.
                (Script::Unspaced, ..) | (_, true, false) => Part::Beginning,
                (_, true, true) => Part::Whole,
                (_, false, true) => Part::End,
                (_, false, false) => Part::Inside,
            };
            let mut rows = Bits::new(found.len());
            self.set(self.part(place, cut(part.text)), first, &mut rows);
            self.set_rows(&self.cut, first, &mut rows);
            match &mut common {
                None => common = Some(rows),
                Some(common) => common.and(&rows),
            }
        }
        if let Some(common) = common {
            found.or(&common);
        }
        Answer::Candidates
    }

    /// Sets the rows that have a word which is like another.
    pub fn find_alike(&self, alike: &Alike, first: u32, found: &mut Bits) {
        let alike = (0..self.len()).filter(|word| alike.is_like(self.word(*word)));
        self.set(alike.map(|word| word..word + 1).collect(), first, found);
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
                    // Of all words that begin so, the word itself comes first.
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
            let start = self.row_starts.get(range.start).copied().unwrap_or(0) as usize;
            let end = self.row_starts.get(range.end).copied().unwrap_or(0) as usize;
            if range.start < range.end {
                self.set_rows(&self.rows[start..end], first, found);
            }
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

    use super::super::text::fold;
    use super::*;

    fn index(texts: &[&str]) -> Words {
        let mut builder = Builder::default();
        for (row, text) in texts.iter().enumerate() {
            builder.add(row as u16, &fold(text));
        }
        builder.finish()
    }

    fn found(words: &Words, texts: usize, needle: &Needle) -> (Answer, Vec<u32>) {
        let mut bits = Bits::new(texts);
        let answer = words.find(needle, 0, &mut bits);
        (answer, bits.into_set().into_iter().collect())
    }

    #[test]
    fn beginnings_of_words_are_exact() {
        let words = index(&["Lidar or cameras", "lid", "solid", "", "机器学习"]);
        let word = |text| found(&words, 5, &Needle::new(text, Anchor::Word));
        assert_eq!(word("lid"), (Answer::Exact, vec![0, 1]));
        assert_eq!(word("lidar"), (Answer::Exact, vec![0]));
        assert_eq!(word("学"), (Answer::Exact, vec![4]));
        assert_eq!(word("习"), (Answer::Exact, vec![4]));
        assert_eq!(word("器学习").1, [4]);
        assert_eq!(word("zebra"), (Answer::Exact, vec![]));
        assert_eq!(word("+").0, Answer::Unknown);
    }

    #[test]
    fn an_empty_index_finds_nothing() {
        let words = index(&[]);
        assert_eq!(found(&words, 0, &Needle::new("x", Anchor::Word)).1, [0; 0]);
        assert_eq!(
            found(&words, 0, &Needle::new("x", Anchor::Anywhere)).1,
            [0; 0]
        );
        assert_eq!(
            found(&words, 0, &Needle::new("x y", Anchor::Anywhere)).1,
            [0; 0]
        );
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
            let (answer, rows) = found(&words, texts.len(), &needle);
            let expected: Vec<u32> = texts
                .iter()
                .enumerate()
                .filter(|(_, text)| needle.is_in(&fold(text)))
                .map(|(row, _)| row as u32)
                .collect();
            match answer {
                Answer::Exact => prop_assert_eq!(rows, expected),
                Answer::Candidates => {
                    prop_assert!(expected.iter().all(|row| rows.contains(row)));
                }
                Answer::Unknown => prop_assert!(tokens(&needle.text).next().is_none()),
            }
        }
    }
}
