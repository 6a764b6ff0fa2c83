//! Words in folded text: where they start, and how text is matched. Regular expressions do not use
//! this: they see the text as written.

use std::ops::Range;

use memchr::memmem::Finder;

use super::expr::{Pattern, Regex};
use crate::format::fold::{fold, fold_into};
use crate::format::script::is_unspaced;

/// Longer words are indexed by their beginning, cut to this many bytes.
pub const MAX_TOKEN: usize = 64;

fn is_word(sign: char) -> bool {
    sign.is_alphanumeric()
}

/// Whether a word starts at `at` in a folded text.
fn word_begins(folded: &str, at: usize) -> bool {
    let Some(sign) = folded[at..].chars().next() else {
        return false;
    };
    let before = folded[..at].chars().next_back();
    is_unspaced(sign) || before.is_none_or(|before| !is_word(before) || is_unspaced(before))
}

/// A part of a folded text by which it is indexed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextToken<'a> {
    /// A word; or, in a script without spaces, two adjacent characters, and the last one of a run
    /// on its own.
    pub text: &'a str,
    /// Where it starts.
    pub at: usize,
    pub script: Script,
}

/// How a token was cut from the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    Spaced,
    Unspaced,
}

/// The tokens of a folded text, in order.
pub fn tokens(folded: &str) -> impl Iterator<Item = TextToken<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        at += folded[at..].find(is_word)?;
        let rest = &folded[at..];
        let first = rest.chars().next()?;
        let (text, step, script) = if is_unspaced(first) {
            let second = rest[first.len_utf8()..]
                .chars()
                .next()
                .filter(|sign| is_word(*sign) && is_unspaced(*sign));
            let length = first.len_utf8() + second.map_or(0, char::len_utf8);
            (&rest[..length], first.len_utf8(), Script::Unspaced)
        } else {
            let length = rest
                .find(|sign| !is_word(sign) || is_unspaced(sign))
                .unwrap_or(rest.len());
            (&rest[..length], length, Script::Spaced)
        };
        let token = TextToken { text, at, script };
        at += step;
        Some(token)
    })
}

/// A token as indexed.
pub fn cut(token: &str) -> &str {
    &token[..token.floor_char_boundary(MAX_TOKEN)]
}

/// Whether a text is a single word, for which similar ones can be found.
pub fn is_one_word(text: &str) -> bool {
    let folded = fold(text);
    let mut tokens = tokens(&folded);
    tokens
        .next()
        .is_some_and(|token| token.script == Script::Spaced && token.text.len() == folded.len())
        && folded.len() <= MAX_TOKEN
}

/// A folded text to search for in others.
#[derive(Clone, Debug)]
pub struct Needle {
    pub text: String,
    pub from: Anchor,
    finder: Finder<'static>,
}

/// Where a needle may occur.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// At the start of a word, if it starts like one.
    Word,
    Anywhere,
}

impl Needle {
    pub fn new(text: &str, from: Anchor) -> Self {
        let text = fold(text);
        let starts_word = text.starts_with(is_word);
        Self {
            from: if starts_word { from } else { Anchor::Anywhere },
            finder: Finder::new(text.as_bytes()).into_owned(),
            text,
        }
    }

    /// Whether it occurs in a folded text.
    pub fn is_in(&self, folded: &str) -> bool {
        self.places(folded).next().is_some()
    }

    /// Where it occurs in a folded text.
    pub fn places<'a>(&'a self, folded: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        self.finder
            .find_iter(folded.as_bytes())
            .filter(move |at| match self.from {
                Anchor::Anywhere => true,
                Anchor::Word => word_begins(folded, *at),
            })
            .map(|at| at..at + self.text.len())
    }
}

/// A word for which similar ones are wanted.
#[derive(Clone, Debug)]
pub struct Alike {
    word: String,
    signs: u64,
    most: usize,
}

impl Alike {
    /// A word of up to three letters must match exactly, one of up to seven may differ by one
    /// letter, a longer one by two; swapped letters count as one.
    pub fn new(word: &str) -> Self {
        let word = fold(word);
        let most = match word.chars().count() {
            0..=3 => 0,
            4..=7 => 1,
            _ => 2,
        };
        Self {
            signs: signs(&word),
            word,
            most,
        }
    }

    /// Whether a token is similar.
    pub fn is_like(&self, token: &str) -> bool {
        // Each differing letter changes at most two bits of the signature: a cheap test that nearly
        // always suffices to tell two words apart.
        token.len().abs_diff(self.word.len()) <= self.most * 4
            && (signs(token) ^ self.signs).count_ones() as usize <= self.most * 2
            && strsim::osa_distance(token, &self.word) <= self.most
    }
}

fn signs(word: &str) -> u64 {
    word.chars()
        .fold(0, |signs, sign| signs | 1 << (u32::from(sign) % 64))
}

/// A pattern prepared for matching many texts.
#[derive(Clone, Debug)]
pub enum Matcher {
    Needle(Box<Needle>),
    Regex(Regex),
    Alike(Alike),
    /// A whole value, folded.
    Whole(String),
}

impl Matcher {
    pub fn new(pattern: &Pattern) -> Self {
        match pattern {
            Pattern::Word(text) => Self::Needle(Box::new(Needle::new(text, Anchor::Word))),
            Pattern::Phrase(text) => Self::Needle(Box::new(Needle::new(text, Anchor::Anywhere))),
            Pattern::Regex(regex) => Self::Regex(regex.clone()),
            Pattern::Fuzzy(text) => Self::Alike(Alike::new(text)),
            Pattern::Exact(text) => Self::Whole(fold(text.trim())),
        }
    }

    /// Whether a text matches. `folded` is a buffer to fold it in.
    pub fn matches(&self, text: &str, folded: &mut String) -> bool {
        if let Self::Regex(regex) = self {
            return regex.compiled.is_match(text);
        }
        fold_into(text, folded);
        self.matches_folded(text, folded)
    }

    /// The same for a text that is folded already.
    pub fn matches_folded(&self, text: &str, folded: &str) -> bool {
        match self {
            Self::Regex(regex) => regex.compiled.is_match(text),
            Self::Needle(needle) => needle.is_in(folded),
            Self::Alike(alike) => tokens(folded)
                .any(|token| token.script == Script::Spaced && alike.is_like(cut(token.text))),
            Self::Whole(whole) => folded.trim() == whole,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(folded: &str) -> Vec<&str> {
        tokens(folded).map(|token| token.text).collect()
    }

    #[test]
    fn words_and_characters_are_tokens() {
        assert_eq!(texts("gpt-4 isn't (new)"), ["gpt", "4", "isn", "t", "new"]);
        assert_eq!(
            texts("机器学习ai 好"),
            ["机器", "器学", "学习", "习", "ai", "好"]
        );
        assert_eq!(texts("...!"), [""; 0]);
    }

    #[test]
    fn a_word_is_found_where_one_begins() {
        let word = |needle: &str, text: &str| Needle::new(needle, Anchor::Word).is_in(&fold(text));
        assert!(word("lid", "The Lidar"));
        assert!(!word("dar", "The Lidar"));
        assert!(word("c++", "about C++20"));
        assert!(word("++", "about C++20"));
        assert!(word("gpt-4", "(GPT-4)"));
        assert!(word("学习", "机器学习"));
        assert!(word("ท่วม", "น้ำท่วมใหญ่"));
        assert!(word("น้ำ", "บ้านน้ำท่วม"));
        assert!(word("ព្រះ", "កាសែតព្រះ"));
        assert!(word("々木", "佐々木"));
        assert!(word("resume", "Résumés"));
        assert!(Needle::new("dar", Anchor::Anywhere).is_in("lidar"));
    }

    #[test]
    fn words_that_are_like_another() {
        let alike = |a: &str, b: &str| Alike::new(a).is_like(b);
        assert!(alike("lidr", "lidar"));
        assert!(alike("ldiar", "lidar"));
        assert!(!alike("ldr", "lidar"));
        assert!(alike("resarch", "research"));
        assert!(alike("quantm", "quantum"));
        assert!(!alike("quantum", "phantom"));
    }
}
