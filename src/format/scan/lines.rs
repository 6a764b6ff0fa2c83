//! The plain subset of YAML, one line at a time: `key: value` with the value on the same line,
//! plain or quoted, or as a block scalar below it, and mappings and lists by indentation. What the keys
//! mean is known elsewhere.
//!
//! Every function returns `None` for what it does not know or is not sure of. So it must never
//! accept what YAML rejects, and never read a value differently; how much it rejects is only a
//! matter of speed. Not supported are, among others: flow mappings, bracketed lists over several
//! lines, other multi-line values, anchors, tags, comments after a value, quoted keys,
//! tabs, escapes other than `\"`, `\\`, `\n`, `\r` and `\t`, and duplicate keys.

use memchr::{memchr, memchr_iter, memchr3, memchr3_iter};

use super::block;
use super::rows::{Rows, ScannedList, ScannedValue};
use super::scalar::{Form, ScannedScalar, is_typed_word};

/// Deepest nesting of mappings and lists; articles need five.
const DEPTH: usize = 12;
/// Longest key, in bytes.
const LONGEST: usize = 64;
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

/// The keys that a mapping has so far.
struct KeysBefore {
    /// The first of them among all that are kept.
    first: usize,
    /// The bits of all of them: two keys with different bits are different.
    bits: u64,
}

impl KeysBefore {
    /// Whether they may be followed by `key`, which is then one of them.
    #[inline(always)]
    fn are_others(&mut self, key: &str, kept: &[&str]) -> bool {
        let bytes = key.as_bytes();
        let sum = |byte: Option<&u8>| byte.map_or(0, |byte| usize::from(*byte));
        let bit = 1 << ((bytes.len() + sum(bytes.first()) * 5 + sum(bytes.last()) * 11) % 64);
        let before = &kept[self.first..];
        let is_other = self.bits & bit == 0 || !before.contains(&key);
        self.bits |= bit;
        is_other && before.len() < KEYS
    }
}

/// The indent at the end of the front matter: everything is deeper.
const END: isize = -1;

/// Front matter and the current position.
pub struct Lines<'a> {
    front: &'a str,
    /// What to read next: the first character of a line that is neither empty nor a comment, or a
    /// character further on in that line.
    at: usize,
    /// The column of that character; [`END`] at the end.
    indent: isize,
    /// The key that starts there, if it has been read already.
    key: Option<Key<'a>>,
    /// The keys of the open mappings, outermost first.
    keys: Vec<&'a str>,
    depth: usize,
}

/// A key, and where its value starts.
type Key<'a> = (&'a str, usize);

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
            indent: END,
            key: None,
            keys: Vec::with_capacity(48),
            depth: 0,
        };
        lines.go_to(0);
        (lines.indent == 0).then_some(lines)
    }

    /// Reads the field that starts here, unless it has the key of one before it.
    ///
    /// All that makes up a line is inlined here: calls would take longer than what they do.
    fn field(&mut self, before: &mut KeysBefore) -> Option<(&'a str, ScannedValue<'a>)> {
        let (indent, key) = (self.indent, self.key.take());
        let (key, behind) = match key {
            Some(key) => key,
            None => self.key()?,
        };
        if !before.are_others(key, &self.keys) {
            return None;
        }
        self.keys.push(key);
        Some((key, self.value(indent, behind)?))
    }

    /// Reads the list item that starts here, up to where its own fields start if it is a mapping.
    fn item(&mut self) -> Option<ScannedValue<'a>> {
        let bytes = self.front.as_bytes();
        let dash = self.at;
        self.at = behind_blanks(bytes, dash + 1);
        self.key = self.key();
        if self.key.is_some() {
            self.indent += (self.at - dash) as isize;
            return Some(ScannedValue::Mapping);
        }
        let first = *bytes.get(self.at)?;
        self.scalar(first).map(ScannedValue::from_scalar)
    }

    /// The value that starts at `behind`, for a key at `indent`.
    #[inline(always)]
    fn value(&mut self, indent: isize, behind: usize) -> Option<ScannedValue<'a>> {
        match self.front.as_bytes().get(behind) {
            None | Some(b'\n' | b'\r') => Some(self.value_below(indent, behind)),
            Some(b'[') => {
                self.at = behind;
                Some(ScannedValue::List(ScannedList::Flow))
            }
            Some(b'|' | b'>') => {
                let (block, below) = block::scalar(self.front, behind, indent)?;
                self.go_to(below);
                Some(ScannedValue::Scalar(block))
            }
            Some(first) => {
                self.at = behind;
                self.scalar(*first).map(ScannedValue::from_scalar)
            }
        }
    }

    /// The value that starts on a line below the key, whose own line ends at `end`.
    fn value_below(&mut self, indent: isize, end: usize) -> ScannedValue<'a> {
        self.go_to(end);
        if self.indent < indent {
            ScannedValue::Nothing
        } else if self.is_item() {
            ScannedValue::List(if self.indent > indent {
                ScannedList::Deeper
            } else {
                ScannedList::Flush
            })
        } else if self.indent > indent {
            ScannedValue::Mapping
        } else {
            ScannedValue::Nothing
        }
    }

    /// Reads a bracketed list that starts here and fills the line.
    fn flow(
        &mut self,
        mut take: impl FnMut(&mut Self, ScannedValue<'a>) -> Option<()>,
    ) -> Option<()> {
        let mut at = self.at + 1;
        loop {
            at = behind_blanks(self.front.as_bytes(), at);
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
                    ScannedScalar::plain(item)
                }
            };
            take(self, ScannedValue::from_scalar(scalar))?;
            at = behind_blanks(self.front.as_bytes(), at);
            match self.front.as_bytes().get(at)? {
                b',' => at += 1,
                b']' => break,
                _ => return None,
            }
        }
        self.end_line(at + 1)
    }

    fn deeper(&mut self) -> Option<()> {
        self.depth += 1;
        (self.depth <= DEPTH).then_some(())
    }

    /// The key that starts here, if it is a name that YAML takes for text.
    #[inline(always)]
    fn key(&self) -> Option<Key<'a>> {
        let bytes = self.front.as_bytes();
        let mut colon = self.at;
        while IN_KEY[usize::from(*bytes.get(colon)?)] {
            colon += 1;
        }
        if !bytes[self.at].is_ascii_alphabetic()
            || bytes[colon] != b':'
            || colon - self.at > LONGEST
        {
            return None;
        }
        let key = &self.front[self.at..colon];
        if is_typed_word(key) {
            return None;
        }
        match bytes.get(colon + 1) {
            None | Some(b'\n' | b'\r') => Some((key, colon + 1)),
            Some(b' ') => Some((key, behind_blanks(bytes, colon + 2))),
            Some(_) => None,
        }
    }

    /// The scalar that starts here with `first`, and fills the line.
    #[inline(always)]
    fn scalar(&mut self, first: u8) -> Option<ScannedScalar<'a>> {
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
        self.end_line(end)?;
        Some(scalar)
    }

    /// Plain text up to the end of the line, unless it contains something that ends such text or
    /// starts a comment; and where it ends.
    #[inline(always)]
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
        Some((ScannedScalar::plain(&self.front[self.at..end]), end))
    }

    /// The text between quotes on this line, if every escape in it is known; and where the closing
    /// quote ends.
    #[inline(always)]
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
                let form = match (escaped, quote) {
                    (false, _) => Form::Quoted,
                    (true, b'\'') => Form::SingleQuoted,
                    (true, _) => Form::DoubleQuoted,
                };
                return Some((ScannedScalar { inside, form }, at + 1));
            }
            escaped = true;
            at += 2;
        }
    }

    /// Whether a list item starts here.
    #[inline]
    fn is_item(&self) -> bool {
        matches!(self.front.as_bytes()[self.at..], [b'-', b' ', ..])
    }

    /// Moves on to the next line, if there is nothing but blanks from `at` to the end of this one.
    #[inline(always)]
    fn end_line(&mut self, at: usize) -> Option<()> {
        let at = behind_blanks(self.front.as_bytes(), at);
        let is_end = matches!(self.front.as_bytes().get(at), None | Some(b'\n' | b'\r'));
        is_end.then(|| self.go_to(at))
    }

    /// Moves to the first line that is neither empty nor a comment, from the blanks or the end of a
    /// line at `start` on.
    #[inline(always)]
    fn go_to(&mut self, mut start: usize) {
        let bytes = self.front.as_bytes();
        loop {
            let at = behind_blanks(bytes, start);
            start = match bytes.get(at) {
                Some(b'\n') => at + 1,
                Some(b'\r') => at + 2,
                Some(b'#') => memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |end| at + end + 1),
                Some(_) => {
                    (self.at, self.indent) = (at, (at - start) as isize);
                    return;
                }
                None => {
                    (self.at, self.indent) = (bytes.len(), END);
                    return;
                }
            };
        }
    }
}

/// The first place from `at` on that is no blank.
#[inline(always)]
fn behind_blanks(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at) == Some(&b' ') {
        at += 1;
    }
    at
}

impl<'a> Rows<'a> for Lines<'a> {
    fn end(&self) -> Option<()> {
        (self.indent == END).then_some(())
    }

    fn mapping(
        &mut self,
        mut take: impl FnMut(&mut Self, &'a str, ScannedValue<'a>) -> Option<()>,
    ) -> Option<()> {
        let indent = self.indent;
        let mut before = KeysBefore {
            first: self.keys.len(),
            bits: 0,
        };
        self.deeper()?;
        while self.indent == indent {
            let (key, value) = self.field(&mut before)?;
            take(self, key, value)?;
        }
        self.depth -= 1;
        self.keys.truncate(before.first);
        (self.indent < indent).then_some(())
    }

    fn list(
        &mut self,
        list: ScannedList,
        mut take: impl FnMut(&mut Self, ScannedValue<'a>) -> Option<()>,
    ) -> Option<()> {
        if let ScannedList::Flow = list {
            return self.flow(take);
        }
        let indent = self.indent;
        self.deeper()?;
        while self.indent == indent && self.is_item() {
            let value = self.item()?;
            take(self, value)?;
        }
        self.depth -= 1;
        let ends = match list {
            ScannedList::Deeper => self.indent < indent,
            ScannedList::Flush | ScannedList::Flow => self.indent <= indent,
        };
        ends.then_some(())
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
    // Without early exits, the loops check many bytes at once. Most front matter needs no more than the
    // first: the byte above the last one of ASCII is the only one that is no longer ASCII.
    let (mut has_control, mut above) = (false, 0);
    for byte in bytes {
        has_control |= (*byte < b' ') & (*byte != b'\n');
        above |= byte | byte.wrapping_add(1);
    }
    if !has_control && above.is_ascii() {
        return true;
    }
    let is_control = |byte: u8| (byte < b' ') & (byte != b'\n') & (byte != b'\r') | (byte == 0x7f);
    if bytes
        .iter()
        .fold(false, |found, byte| found | is_control(*byte))
    {
        return false;
    }
    let line_ends = memchr_iter(b'\r', bytes).all(|at| bytes.get(at + 1) == Some(&b'\n'));
    if bytes.is_ascii() {
        return line_ends;
    }
    let odd = |at: usize| match bytes[at] {
        0xc2 => bytes[at + 1] < 0xa0,
        0xe2 => bytes[at + 1] == 0x80 && matches!(bytes[at + 2], 0xa8 | 0xa9),
        _ => matches!(bytes[at + 1], 0xbb | 0xbf) && matches!(bytes[at + 2], 0xbe | 0xbf),
    };
    line_ends && !memchr3_iter(0xc2, 0xe2, 0xef, bytes).any(odd)
}
