//! The plain subset of YAML, one line at a time: `key: value` with the value on the same line,
//! plain or quoted, and mappings and lists by indentation. What the keys mean is known elsewhere.
//!
//! Every function returns `None` for what it does not know or is not sure of. So it must never
//! accept what YAML rejects, and never read a value differently; how much it rejects is only a
//! matter of speed. Not supported are, among others: flow mappings, bracketed lists over several
//! lines, block scalars, multi-line values, anchors, tags, comments after a value, quoted keys,
//! tabs, escapes other than `\"`, `\\`, `\n`, `\r` and `\t`, and duplicate keys.

use memchr::{memchr, memchr_iter, memchr3, memchr3_iter};

use super::rows::{Rows, ScannedList, ScannedValue};
use super::scalar::{Quoted, ScannedScalar, is_typed_word};

/// Deepest nesting of mappings and lists; articles need five.
const DEPTH: usize = 12;
/// Maximum number of keys in a mapping: each is compared with all before it.
const KEYS: usize = 256;

/// The bytes of a key, by their value.
const IN_KEY: [bool; 256] = {
    let mut in_key = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        in_key[byte] =
            (byte as u8).is_ascii_alphanumeric() || byte as u8 == b'_' || byte as u8 == b'-';
        byte += 1;
    }
    in_key
};

/// A bit for a key: two keys with different bits are different.
fn bit_of(key: &str) -> u64 {
    let bytes = key.as_bytes();
    let sum = |byte: Option<&u8>| byte.map_or(0, |byte| usize::from(*byte));
    1 << ((bytes.len() + sum(bytes.first()) * 5 + sum(bytes.last()) * 11) % 64)
}

/// Front matter and the current position.
pub struct Lines<'a> {
    front: &'a str,
    /// What to read next: the first character of a line that is neither empty nor a comment, or a
    /// character further on in that line.
    at: usize,
    /// The column of that character; `None` at the end.
    indent: Option<usize>,
    /// The keys of the open mappings, outermost first.
    keys: Vec<&'a str>,
    depth: usize,
}

impl<'a> Lines<'a> {
    /// Starts reading `front`, unless it contains characters that YAML rejects or treats as a line
    /// end, or a tab.
    pub fn new(front: &'a str) -> Option<Self> {
        if !has_plain_characters(front) {
            return None;
        }
        let mut lines = Self {
            front,
            at: 0,
            indent: None,
            keys: Vec::with_capacity(48),
            depth: 0,
        };
        lines.go_to(0);
        (lines.indent == Some(0)).then_some(lines)
    }

    /// The value that starts at `behind`, for a key at `indent`.
    fn value(&mut self, indent: usize, behind: usize) -> Option<ScannedValue<'a>> {
        self.at = behind;
        let Some(next) = self.line_end(behind) else {
            if self.front.as_bytes()[behind] == b'[' {
                return Some(ScannedValue::List(ScannedList::Flow));
            }
            return self.scalar().map(ScannedValue::from_scalar);
        };
        self.go_to(next);
        Some(match self.indent {
            Some(next) if next > indent && self.is_item() => {
                ScannedValue::List(ScannedList::Deeper)
            }
            Some(next) if next > indent => ScannedValue::Mapping,
            Some(next) if next == indent && self.is_item() => {
                ScannedValue::List(ScannedList::Flush)
            }
            _ => ScannedValue::Nothing,
        })
    }

    /// Reads a bracketed list that starts here and fills the line.
    fn flow(
        &mut self,
        mut take: impl FnMut(&mut Self, ScannedValue<'a>) -> Option<()>,
    ) -> Option<()> {
        let mut at = self.at + 1;
        loop {
            at = self.behind_blanks(at);
            let scalar = match *self.front.as_bytes().get(at)? {
                b']' => break,
                quote @ (b'"' | b'\'') => {
                    self.at = at;
                    let (scalar, end) = self.quoted(quote)?;
                    at = end;
                    scalar
                }
                _ => {
                    let item = plain_item(&self.front[at..])?;
                    at += item.len();
                    ScannedScalar::Plain(item)
                }
            };
            take(self, ScannedValue::from_scalar(scalar))?;
            at = self.behind_blanks(at);
            match self.front.as_bytes().get(at)? {
                b',' => at += 1,
                b']' => break,
                _ => return None,
            }
        }
        let next = self.line_end(self.behind_blanks(at + 1))?;
        self.go_to(next);
        Some(())
    }

    fn deeper(&mut self) -> Option<()> {
        self.depth += 1;
        (self.depth <= DEPTH).then_some(())
    }

    /// The key that starts here, if it is a name that YAML takes for text, and where its value
    /// starts.
    fn key(&self) -> Option<(&'a str, usize)> {
        let bytes = self.front.as_bytes();
        let rest = &bytes[self.at..];
        let length = rest.iter().position(|byte| !IN_KEY[usize::from(*byte)])?;
        let colon = self.at + length;
        let is_name = rest[0].is_ascii_alphabetic() && length <= 64;
        if !is_name || bytes[colon] != b':' {
            return None;
        }
        let key = &self.front[self.at..colon];
        if is_typed_word(key) {
            return None;
        }
        let behind = self.behind_blanks(colon + 1);
        (behind > colon + 1 || self.line_end(behind).is_some()).then_some((key, behind))
    }

    /// The scalar that starts here and fills the line.
    fn scalar(&mut self) -> Option<ScannedScalar<'a>> {
        let first = *self.front.as_bytes().get(self.at)?;
        let (scalar, end) = match first {
            b'"' | b'\'' => self.quoted(first)?,
            b'-' => {
                let next = self.front.as_bytes().get(self.at + 1)?;
                next.is_ascii_alphanumeric().then(|| self.plain())??
            }
            b'/' | b'_' | b'(' | b'.' | b'+' | b'$' | b'~' => self.plain()?,
            _ if first.is_ascii_alphanumeric() || !first.is_ascii() => self.plain()?,
            _ => return None,
        };
        let next = self.line_end(self.behind_blanks(end))?;
        self.go_to(next);
        Some(scalar)
    }

    /// Plain text up to the end of the line, unless it contains something that ends such text or
    /// starts a comment; and where it ends.
    fn plain(&self) -> Option<(ScannedScalar<'a>, usize)> {
        let bytes = self.front.as_bytes();
        let mut end = self.at;
        loop {
            end += memchr3(b'\n', b':', b'#', &bytes[end..]).unwrap_or(bytes.len() - end);
            match bytes.get(end) {
                None | Some(b'\n') => break,
                Some(b':') if matches!(bytes.get(end + 1), None | Some(b' ' | b'\n' | b'\r')) => {
                    return None;
                }
                Some(b'#') if bytes[end - 1] == b' ' => return None,
                Some(_) => end += 1,
            }
        }
        while matches!(bytes[end - 1], b' ' | b'\r') {
            end -= 1;
        }
        Some((ScannedScalar::Plain(&self.front[self.at..end]), end))
    }

    /// The text between quotes on this line, if every escape in it is known; and where the closing
    /// quote ends.
    fn quoted(&self, quote: u8) -> Option<(ScannedScalar<'a>, usize)> {
        let bytes = self.front.as_bytes();
        let start = self.at + 1;
        let escape = if quote == b'"' { b'\\' } else { quote };
        let mut escaped = false;
        let mut at = start;
        loop {
            at += memchr3(quote, escape, b'\n', &bytes[at..])?;
            let next = bytes.get(at + 1);
            let is_escape = match bytes[at] {
                b'\\' => matches!(next, Some(b'"' | b'\\' | b'n' | b'r' | b't')).then_some(true)?,
                b'\n' => return None,
                _ => quote == b'\'' && next == Some(&quote),
            };
            if !is_escape {
                let inside = &self.front[start..at];
                let quoted = Quoted {
                    inside,
                    quote,
                    escaped,
                };
                return Some((ScannedScalar::Quoted(quoted), at + 1));
            }
            escaped = true;
            at += 2;
        }
    }

    fn is_item(&self) -> bool {
        let bytes = self.front.as_bytes();
        bytes[self.at] == b'-' && matches!(bytes.get(self.at + 1), Some(b' '))
    }

    /// Where the next line starts, if this one ends at `at`.
    fn line_end(&self, at: usize) -> Option<usize> {
        match self.front.as_bytes()[at..] {
            [] => Some(at),
            [b'\n', ..] => Some(at + 1),
            [b'\r', ..] => Some(at + 2),
            _ => None,
        }
    }

    fn behind_blanks(&self, mut at: usize) -> usize {
        while self.front.as_bytes().get(at) == Some(&b' ') {
            at += 1;
        }
        at
    }

    /// Moves to the first line from `start` on that is neither empty nor a comment.
    fn go_to(&mut self, mut start: usize) {
        let bytes = self.front.as_bytes();
        self.indent = None;
        while start < bytes.len() {
            let at = self.behind_blanks(start);
            if let Some(next) = self.line_end(at) {
                start = next;
            } else if bytes[at] == b'#' {
                start = memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |end| at + end + 1);
            } else {
                self.at = at;
                self.indent = Some(at - start);
                return;
            }
        }
    }
}

impl<'a> Rows<'a> for Lines<'a> {
    fn end(&self) -> Option<()> {
        self.indent.is_none().then_some(())
    }

    fn mapping(
        &mut self,
        mut take: impl FnMut(&mut Self, &'a str, ScannedValue<'a>) -> Option<()>,
    ) -> Option<()> {
        let indent = self.indent?;
        let first_key = self.keys.len();
        let mut bits = 0;
        self.deeper()?;
        while self.indent == Some(indent) {
            let (key, behind) = self.key()?;
            let before = &self.keys[first_key..];
            let bit = bit_of(key);
            if before.len() >= KEYS || (bits & bit != 0 && before.contains(&key)) {
                return None;
            }
            bits |= bit;
            self.keys.push(key);
            let value = self.value(indent, behind)?;
            take(self, key, value)?;
        }
        self.depth -= 1;
        self.keys.truncate(first_key);
        self.indent.is_none_or(|next| next < indent).then_some(())
    }

    fn list(
        &mut self,
        list: ScannedList,
        mut take: impl FnMut(&mut Self, ScannedValue<'a>) -> Option<()>,
    ) -> Option<()> {
        if let ScannedList::Flow = list {
            return self.flow(take);
        }
        let indent = self.indent?;
        self.deeper()?;
        while self.indent == Some(indent) && self.is_item() {
            let dash = self.at;
            self.at = self.behind_blanks(dash + 1);
            let value = if self.key().is_some() {
                self.indent = Some(indent + self.at - dash);
                ScannedValue::Mapping
            } else {
                self.scalar().map(ScannedValue::from_scalar)?
            };
            take(self, value)?;
        }
        self.depth -= 1;
        let ends = |next| match list {
            ScannedList::Deeper => next < indent,
            ScannedList::Flush | ScannedList::Flow => next <= indent,
        };
        self.indent.is_none_or(ends).then_some(())
    }

    fn pass(&mut self, value: ScannedValue<'a>) -> Option<()> {
        match value {
            ScannedValue::Nothing | ScannedValue::Scalar(_) => Some(()),
            ScannedValue::Mapping => self.mapping(|lines, _, value| lines.pass(value)),
            ScannedValue::List(list) => self.list(list, |lines, item| lines.pass(item)),
        }
    }
}

/// A plain item of a bracketed list, if it contains nothing that could have a meaning there.
fn plain_item(rest: &str) -> Option<&str> {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
    let bytes = rest.as_bytes();
    let length = bytes
        .iter()
        .take_while(|byte| is_letter(**byte) || b" _-./+()".contains(byte))
        .count();
    let item = rest[..length].trim_end_matches(' ');
    (is_letter(*bytes.first()?) && !item.is_empty()).then_some(item)
}

/// Whether the text has none of the characters that YAML rejects (control characters and the like)
/// or treats as a line end (U+0085, U+2028, U+2029), no tab, and no `\r` except before `\n`.
pub fn has_plain_characters(front: &str) -> bool {
    let bytes = front.as_bytes();
    let is_control = |byte: u8| (byte < b' ') & (byte != b'\n') & (byte != b'\r') | (byte == 0x7f);
    // Without early exits, the loop checks many bytes at once.
    let (mut has_control, mut has_return, mut all) = (false, false, 0);
    for byte in bytes {
        has_control |= is_control(*byte);
        has_return |= *byte == b'\r';
        all |= byte;
    }
    if has_control {
        return false;
    }
    let line_ends =
        !has_return || memchr_iter(b'\r', bytes).all(|at| bytes.get(at + 1) == Some(&b'\n'));
    if all.is_ascii() {
        return line_ends;
    }
    let odd = |at: usize| match bytes[at] {
        0xc2 => bytes[at + 1] < 0xa0,
        0xe2 => bytes[at + 1] == 0x80 && matches!(bytes[at + 2], 0xa8 | 0xa9),
        _ => matches!(bytes[at + 1], 0xbb | 0xbf) && matches!(bytes[at + 2], 0xbe | 0xbf),
    };
    line_ends && !memchr3_iter(0xc2, 0xe2, 0xef, bytes).any(odd)
}
