//! Scalars: their text, and whether YAML takes them for null. `lines` and `block` find where they start
//! and end.

use std::borrow::Cow;

use super::block::Block;

/// A scalar, by how it is written.
#[derive(Clone, Copy)]
pub enum ScannedScalar<'a> {
    /// Not empty.
    Plain(&'a str),
    Quoted(Quoted<'a>),
    Block(Block<'a>),
}

/// The text between two quotes.
#[derive(Clone, Copy)]
pub struct Quoted<'a> {
    pub inside: &'a str,
    /// `"` or `'`.
    pub quote: u8,
    /// Whether it contains escapes.
    pub escaped: bool,
}

impl<'a> Quoted<'a> {
    /// The text, with escapes resolved.
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

/// Whether plain text is null in YAML.
pub fn is_null(plain: &str) -> bool {
    matches!(plain, "~" | "null" | "Null" | "NULL")
}

/// Whether plain text is null or a boolean in YAML, or may look like one.
#[inline]
pub fn is_typed_word(plain: &str) -> bool {
    match plain.len() {
        4 => plain.eq_ignore_ascii_case("null") || plain.eq_ignore_ascii_case("true"),
        5 => plain.eq_ignore_ascii_case("false"),
        _ => false,
    }
}
