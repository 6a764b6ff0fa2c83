//! The scalars that stand in one line: their text, and whether YAML takes it for a text. Not for where
//! they begin and end: `lines` knows that.

use std::borrow::Cow;

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

/// Whether plain text may be anything but a text to YAML: nothing, a truth value, a number.
pub fn may_be_typed(plain: &str) -> bool {
    match plain.as_bytes().first() {
        None | Some(b'.') => true,
        Some(b'0'..=b'9' | b'+' | b'-') => plain
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit() || b"+-._xo".contains(&byte)),
        Some(_) => is_typed_word(plain),
    }
}

/// Whether plain text is nothing or a truth value to YAML, or may be for its looks.
pub fn is_typed_word(plain: &str) -> bool {
    const WORDS: [&str; 3] = ["null", "true", "false"];
    (4..=5).contains(&plain.len()) && WORDS.iter().any(|word| plain.eq_ignore_ascii_case(word))
}
