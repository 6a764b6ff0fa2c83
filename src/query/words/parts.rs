//! What a text must have of words to contain a needle.

use crate::query::text::{Anchor, Needle, Script, TextToken, cut, tokens};

/// Where a part of a needle is in a word.
#[derive(Clone, Copy)]
pub enum Part {
    Whole,
    Beginning,
    End,
    Inside,
}

impl Needle {
    /// The words of its text, and where each must be in a word of a text that contains it.
    pub(super) fn parts(&self) -> Vec<(Part, TextToken<'_>)> {
        let words: Vec<_> = tokens(&self.text).collect();
        let count = words.len();
        let end = words.last().map_or(0, |last| last.at + last.text.len());
        let is_end = end == self.text.len();
        let place = |at: usize, word: &TextToken<'_>| {
            let begins = at > 0 || word.at > 0 || self.from == Anchor::Word;
            let ends = at + 1 < count || !is_end;
            match (word.script, begins, ends) {
                // Two characters are adjacent however the run continues around them.
                (Script::Unspaced, ..) | (_, true, false) => Part::Beginning,
                (_, true, true) => Part::Whole,
                (_, false, true) => Part::End,
                (_, false, false) => Part::Inside,
            }
        };
        let words = words.into_iter().enumerate();
        words.map(|(at, word)| (place(at, &word), word)).collect()
    }

    /// What the words begin with that tell where it occurs; `None` if any other word may.
    pub(super) fn beginnings(&self) -> Option<Vec<&str>> {
        let parts = self.parts().into_iter();
        let beginnings = parts.map(|(place, part)| match place {
            Part::Whole | Part::Beginning => Some(cut(part.text)),
            Part::End | Part::Inside => None,
        });
        beginnings.collect()
    }
}
