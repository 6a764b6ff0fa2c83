//! The plain subset of YAML, a line at a time: `key: value` with the value on the same line, plain
//! or in quotes, and mappings and lists by indentation. Not for what the keys mean.
//!
//! Every function answers nothing for what it does not know or is not sure of. So it must never
//! take for well-formed what YAML refuses, and never read a value otherwise than YAML does; how
//! much it refuses is only a matter of speed. Not known are, among others: flow collections, block
//! scalars, values of several lines, anchors, tags, comments behind a value, quoted keys, tabs,
//! escapes other than `\"`, `\\`, `\n` and `\t`, and keys that are there twice.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter, memchr2, memchr2_iter, memchr3_iter};

/// The deepest that mappings and lists are followed; articles need five.
const DEPTH: usize = 12;
/// The longest number that is passed over: YAML refuses some that are too large for 64 bits.
const DIGITS: usize = 18;

/// Front matter and how far it has been read.
pub struct Lines<'a> {
    /// What follows the line that stands to be read.
    rest: &'a str,
    /// The line that stands to be read, or what of it follows a dash.
    line: Option<Line<'a>>,
    /// The keys of the mappings that are open, the outermost first.
    keys: Vec<&'a str>,
    depth: usize,
}

/// A line without the blanks around it, never empty.
#[derive(Clone, Copy)]
struct Line<'a> {
    indent: usize,
    text: &'a str,
}

/// A value as it stands behind a key or a dash. A mapping or list begins in the line that stands to
/// be read, and must be read or passed over by whoever gets the value.
#[derive(Clone, Copy)]
pub enum Value<'a> {
    Nothing,
    Scalar(Scalar<'a>),
    List(List),
    Mapping,
}

/// A list that is to be read.
#[derive(Clone, Copy)]
pub enum List {
    /// Its dashes lie deeper than the key it belongs to.
    Deeper,
    /// Its dashes lie below the first letter of the key it belongs to.
    Flush,
}

#[derive(Clone, Copy)]
pub enum Scalar<'a> {
    /// Not empty.
    Plain(&'a str),
    Quoted(Quoted<'a>),
}

/// What stands between two quotes.
#[derive(Clone, Copy)]
pub struct Quoted<'a> {
    inside: &'a str,
    quote: u8,
    escaped: bool,
}

impl<'a> Lines<'a> {
    /// Sets out to read `front`, unless it holds characters that YAML refuses or takes for the end
    /// of a line, or a tab.
    pub fn of(front: &'a str) -> Option<Self> {
        if !has_plain_characters(front) {
            return None;
        }
        let mut lines = Self {
            rest: front,
            line: None,
            keys: Vec::with_capacity(48),
            depth: 0,
        };
        lines.advance();
        lines
            .line
            .is_some_and(|line| line.indent == 0)
            .then_some(lines)
    }

    /// Makes sure that nothing is left.
    pub fn end(&self) -> Option<()> {
        self.line.is_none().then_some(())
    }

    /// Reads the mapping that begins in this line, and gives each key with its value to `take`.
    pub fn mapping(
        &mut self,
        mut take: impl FnMut(&mut Self, &'a str, Value<'a>) -> Option<()>,
    ) -> Option<()> {
        let indent = self.line?.indent;
        let first_key = self.keys.len();
        self.deeper()?;
        while let Some(line) = self.line
            && line.indent == indent
        {
            let (key, behind) = split_key(line.text)?;
            if self.keys[first_key..].contains(&key) {
                return None;
            }
            self.keys.push(key);
            let value = self.value(indent, behind)?;
            take(self, key, value)?;
        }
        self.depth -= 1;
        self.keys.truncate(first_key);
        self.line
            .is_none_or(|line| line.indent < indent)
            .then_some(())
    }

    /// Reads the list that begins in this line, and gives each item to `take`.
    pub fn list(
        &mut self,
        list: List,
        mut take: impl FnMut(&mut Self, Value<'a>) -> Option<()>,
    ) -> Option<()> {
        let indent = self.line?.indent;
        self.deeper()?;
        while let Some(line) = self.line
            && line.indent == indent
            && is_item(line.text)
        {
            let text = line.text[1..].trim_start_matches(' ');
            let value = if split_key(text).is_some() {
                let indent = indent + line.text.len() - text.len();
                self.line = Some(Line { indent, text });
                Value::Mapping
            } else {
                self.advance();
                Value::Scalar(scalar(text)?)
            };
            take(self, value)?;
        }
        self.depth -= 1;
        let ends = |line: Line<'_>| match list {
            List::Deeper => line.indent < indent,
            List::Flush => line.indent <= indent,
        };
        self.line.is_none_or(ends).then_some(())
    }

    /// Passes over a value of which nothing is wanted.
    pub fn pass(&mut self, value: Value<'a>) -> Option<()> {
        match value {
            Value::Nothing => Some(()),
            Value::Scalar(Scalar::Quoted(_)) => Some(()),
            Value::Scalar(Scalar::Plain(plain)) => {
                (plain.len() <= DIGITS || !may_be_typed(plain)).then_some(())
            }
            Value::Mapping => self.mapping(|lines, _, value| lines.pass(value)),
            Value::List(list) => self.list(list, |lines, item| lines.pass(item)),
        }
    }

    /// The value of a key at `indent`, which has `behind` after it in its line.
    fn value(&mut self, indent: usize, behind: &'a str) -> Option<Value<'a>> {
        self.advance();
        if !behind.is_empty() {
            return scalar(behind).map(Value::Scalar);
        }
        Some(match self.line {
            Some(line) if line.indent > indent && is_item(line.text) => Value::List(List::Deeper),
            Some(line) if line.indent > indent => Value::Mapping,
            Some(line) if line.indent == indent && is_item(line.text) => Value::List(List::Flush),
            _ => Value::Nothing,
        })
    }

    fn deeper(&mut self) -> Option<()> {
        self.depth += 1;
        (self.depth <= DEPTH).then_some(())
    }

    /// Goes to the next line that is neither empty nor a comment.
    fn advance(&mut self) {
        self.line = None;
        while self.line.is_none() && !self.rest.is_empty() {
            let end = memchr(b'\n', self.rest.as_bytes()).unwrap_or(self.rest.len());
            let whole = self.rest[..end].trim_end_matches([' ', '\r']);
            let text = whole.trim_start_matches(' ');
            if !text.is_empty() && !text.starts_with('#') {
                let indent = whole.len() - text.len();
                self.line = Some(Line { indent, text });
            }
            self.rest = self.rest.get(end + 1..).unwrap_or_default();
        }
    }
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

/// Whether there is none of the characters that YAML refuses (control characters and the like) or
/// takes for the end of a line (U+0085, U+2028, U+2029), no tab, and no `\r` but before `\n`.
fn has_plain_characters(front: &str) -> bool {
    let bytes = front.as_bytes();
    if bytes
        .iter()
        .any(|byte| (*byte < b' ' && !matches!(byte, b'\n' | b'\r')) || *byte == 0x7f)
    {
        return false;
    }
    let line_ends = memchr_iter(b'\r', bytes).all(|at| bytes.get(at + 1) == Some(&b'\n'));
    let odd = |at: usize| match bytes[at] {
        0xc2 => bytes[at + 1] < 0xa0,
        0xe2 => bytes[at + 1] == 0x80 && matches!(bytes[at + 2], 0xa8 | 0xa9),
        _ => matches!(bytes[at + 1], 0xbb | 0xbf) && matches!(bytes[at + 2], 0xbe | 0xbf),
    };
    line_ends && !memchr3_iter(0xc2, 0xe2, 0xef, bytes).any(odd)
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

fn is_typed_word(plain: &str) -> bool {
    const WORDS: [&str; 3] = ["null", "true", "false"];
    (4..=5).contains(&plain.len()) && WORDS.iter().any(|word| plain.eq_ignore_ascii_case(word))
}

fn is_item(text: &str) -> bool {
    text.strip_prefix('-')
        .is_some_and(|behind| behind.is_empty() || behind.starts_with(' '))
}

/// Splits `key: value` or `key:`, if the key is a name that YAML takes for a text.
fn split_key(text: &str) -> Option<(&str, &str)> {
    let end = text
        .bytes()
        .position(|byte| !byte.is_ascii_alphanumeric() && byte != b'_' && byte != b'-')?;
    let (key, behind) = text.split_at(end);
    let behind = behind.strip_prefix(':')?;
    let is_name =
        key.as_bytes().first()?.is_ascii_alphabetic() && key.len() <= 64 && !is_typed_word(key);
    let value = behind.trim_start_matches(' ');
    (is_name && (behind.is_empty() || value.len() < behind.len())).then_some((key, value))
}

fn scalar(text: &str) -> Option<Scalar<'_>> {
    match *text.as_bytes() {
        [quote @ (b'"' | b'\''), ..] => quoted(&text[1..], quote).map(Scalar::Quoted),
        [b'-', next, ..] if !next.is_ascii_alphanumeric() => None,
        [first, ..] if first.is_ascii_alphanumeric() || b"/_(.+-$".contains(&first) => plain(text),
        [first, ..] if !first.is_ascii() => plain(text),
        _ => None,
    }
}

/// Plain text, unless it holds what ends such a text or begins a comment.
fn plain(text: &str) -> Option<Scalar<'_>> {
    let bytes = text.as_bytes();
    let ends_here = |at: usize| match bytes[at] {
        b':' => bytes.get(at + 1).is_none_or(|next| *next == b' '),
        _ => at > 0 && bytes[at - 1] == b' ',
    };
    (!memchr2_iter(b':', b'#', bytes).any(ends_here)).then_some(Scalar::Plain(text))
}

/// What stands before the closing quote, if that ends the line and every escape is known.
fn quoted(text: &str, quote: u8) -> Option<Quoted<'_>> {
    let bytes = text.as_bytes();
    let mut escaped = false;
    let mut at = 0;
    loop {
        at += match quote {
            b'"' => memchr2(b'"', b'\\', &bytes[at..])?,
            _ => memchr(quote, &bytes[at..])?,
        };
        if at + 1 == bytes.len() {
            let closed = bytes[at] == quote;
            return closed.then_some(Quoted {
                inside: &text[..at],
                quote,
                escaped,
            });
        }
        let known = match bytes[at] {
            b'\\' => b"\"\\nt".contains(&bytes[at + 1]),
            _ => quote == b'\'' && bytes[at + 1] == quote,
        };
        if !known {
            return None;
        }
        escaped = true;
        at += 2;
    }
}
