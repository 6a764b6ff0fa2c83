//! The scalars that stand in one line: their text, and whether YAML takes it for nothing. Not for
//! where they begin and end: `lines` knows that.

use std::borrow::Cow;

/// A scalar on one line, by how it is written.
#[derive(Clone, Copy)]
pub enum Scalar<'a> {
    /// Not empty.
    Plain(&'a str),
    Quoted(Quoted<'a>),
}

/// What stands between two quotes.
#[derive(Clone, Copy)]
pub struct Quoted<'a> {
    pub inside: &'a str,
    /// `"` or `'`.
    pub quote: u8,
    /// Whether there is anything to undo.
    pub escaped: bool,
}

impl<'a> Quoted<'a> {
    /// What the quotes hold, escapes undone.
    pub fn text(self) -> Cow<'a, str> {
        if !self.escaped {
            return Cow::Borrowed(self.inside);
        }
        if self.quote == b'\'' {
            return Cow::Owned(self.inside.replace("''", "'"));
        }
        let mut text = String::with_capacity(self.inside.len());
        let mut signs = self.inside.chars();
        while let Some(sign) = signs.next() {
            text.push(match sign {
                '\\' => match signs.next() {
                    Some('n') => '\n',
                    Some('r') => '\r',
                    Some('t') => '\t',
                    Some(escaped) => escaped,
                    None => break,
                },
                _ => sign,
            });
        }
        Cow::Owned(text)
    }
}

/// Whether plain text is nothing to YAML.
pub fn is_null(plain: &str) -> bool {
    matches!(plain, "~" | "null" | "Null" | "NULL")
}

/// Whether plain text is nothing or a truth value to YAML, or may be for its looks.
pub fn is_typed_word(plain: &str) -> bool {
    const WORDS: [&str; 3] = ["null", "true", "false"];
    (4..=5).contains(&plain.len()) && WORDS.iter().any(|word| plain.eq_ignore_ascii_case(word))
}
