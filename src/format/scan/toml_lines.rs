//! The plain subset of TOML, one line at a time: `key = value` with a string, a boolean, a number,
//! a date or a list of strings on the same line; and tables with a plain name. As in `lines`, every
//! function returns `None` for what it does not know or is not sure of.

use memchr::memchr;

use super::lines::has_plain_characters;
use super::rows::{Rows, ScannedList, ScannedValue};
use super::scalar::{Form, ScannedScalar};
use crate::format::date;

/// Maximum number of keys in a table: each is compared with all before it.
const KEYS: usize = 256;
/// Longest number that is accepted without parsing it.
const DIGITS: usize = 18;

/// Front matter and the current position.
pub struct TomlLines<'a> {
    front: &'a str,
    /// What to read next: the first character of a line that is neither empty nor a comment, or a
    /// character further on in that line; the end if there is none.
    at: usize,
    /// The keys outside tables, and the names of tables.
    keys: Vec<&'a str>,
    is_in_table: bool,
}

impl<'a> TomlLines<'a> {
    /// Starts reading `front`.
    pub fn new(front: &'a str) -> Option<Self> {
        if !has_plain_characters(front) {
            return None;
        }
        let mut lines = Self {
            front,
            at: 0,
            keys: Vec::with_capacity(24),
            is_in_table: false,
        };
        lines.go_to(0);
        Some(lines)
    }

    fn bytes(&self) -> &'a [u8] {
        self.front.as_bytes()
    }

    /// Reads the fields up to the next table or the end.
    fn rows(
        &mut self,
        keys: &mut Vec<&'a str>,
        mut take: impl FnMut(&mut Self, &'a str, ScannedValue<'a>) -> Option<()>,
    ) -> Option<()> {
        while self.at < self.front.len() && self.bytes()[self.at] != b'[' {
            let (key, end) = self.name(self.at)?;
            note(keys, key)?;
            let equals = self.behind_blanks(end);
            if self.bytes().get(equals) != Some(&b'=') {
                return None;
            }
            self.at = self.behind_blanks(equals + 1);
            let value = self.value()?;
            take(self, key, value)?;
        }
        Some(())
    }

    /// A name without quotes and dots, and where it ends.
    fn name(&self, at: usize) -> Option<(&'a str, usize)> {
        let is_bare = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        let length = self.bytes()[at..]
            .iter()
            .take_while(|byte| is_bare(byte))
            .count();
        let end = at + length;
        (length > 0).then(|| (&self.front[at..end], end))
    }

    /// The value that starts here. Reads past it, unless it is a list.
    fn value(&mut self) -> Option<ScannedValue<'a>> {
        if self.bytes().get(self.at) == Some(&b'[') {
            return Some(ScannedValue::List(ScannedList::Flow));
        }
        let (scalar, end) = self.scalar(self.at)?;
        self.end_line(end)?;
        Some(ScannedValue::Scalar(scalar))
    }

    fn scalar(&self, at: usize) -> Option<(ScannedScalar<'a>, usize)> {
        match *self.bytes().get(at)? {
            quote @ (b'"' | b'\'') => self.string(quote, at),
            _ => {
                let rest = &self.front[at..];
                let end = rest.find(['\n', '\r', ',', ']', '#']).unwrap_or(rest.len());
                let plain = rest[..end].trim_end_matches(' ');
                is_plain(plain).then(|| (ScannedScalar::plain(plain), at + plain.len()))
            }
        }
    }

    /// The text between quotes on this line, if every escape in it is known; and where the closing
    /// quote ends.
    fn string(&self, quote: u8, at: usize) -> Option<(ScannedScalar<'a>, usize)> {
        let bytes = self.bytes();
        if bytes[at..].starts_with(&[quote; 3]) {
            return None;
        }
        let start = at + 1;
        let mut end = start;
        let mut escaped = false;
        loop {
            match *bytes.get(end)? {
                b'\n' => return None,
                b'\\' if quote == b'"' => {
                    if !matches!(bytes.get(end + 1), Some(b'"' | b'\\' | b'n' | b'r' | b't')) {
                        return None;
                    }
                    escaped = true;
                    end += 2;
                }
                byte if byte == quote => break,
                _ => end += 1,
            }
        }
        let inside = &self.front[start..end];
        let form = if escaped {
            Form::DoubleQuoted
        } else {
            Form::Quoted
        };
        Some((ScannedScalar { inside, form }, end + 1))
    }

    /// Moves to the next line, if nothing else is on this one.
    fn end_line(&mut self, at: usize) -> Option<()> {
        let at = self.behind_blanks(at);
        let next = match self.bytes()[at..] {
            [] => at,
            [b'\n', ..] => at + 1,
            [b'\r', ..] => at + 2,
            _ => return None,
        };
        self.go_to(next);
        Some(())
    }

    fn behind_blanks(&self, mut at: usize) -> usize {
        while self.bytes().get(at) == Some(&b' ') {
            at += 1;
        }
        at
    }

    /// Moves to the first line from `start` on that is neither empty nor a comment.
    fn go_to(&mut self, start: usize) {
        self.at = start;
        loop {
            self.at = self.behind_blanks(self.at);
            match self.bytes()[self.at..] {
                [b'\n', ..] => self.at += 1,
                [b'\r', ..] => self.at += 2,
                [b'#', ..] => {
                    let rest = &self.bytes()[self.at..];
                    self.at += memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
                }
                _ => return,
            }
        }
    }
}

impl<'a> Rows<'a> for TomlLines<'a> {
    fn mapping(
        &mut self,
        mut take: impl FnMut(&mut Self, &'a str, ScannedValue<'a>) -> Option<()>,
    ) -> Option<()> {
        if self.is_in_table {
            return self.rows(&mut Vec::with_capacity(8), take);
        }
        let mut keys = std::mem::take(&mut self.keys);
        self.rows(&mut keys, &mut take)?;
        while self.at < self.front.len() {
            let (name, end) = self.name(self.at + 1)?;
            if self.bytes().get(end) != Some(&b']') {
                return None;
            }
            note(&mut keys, name)?;
            self.end_line(end + 1)?;
            self.is_in_table = true;
            take(self, name, ScannedValue::Mapping)?;
            self.is_in_table = false;
        }
        Some(())
    }

    fn list(
        &mut self,
        _: ScannedList,
        mut take: impl FnMut(&mut Self, ScannedValue<'a>) -> Option<()>,
    ) -> Option<()> {
        let mut at = self.at + 1;
        loop {
            at = self.behind_blanks(at);
            if self.bytes().get(at)? == &b']' {
                break;
            }
            let (scalar, end) = self.scalar(at)?;
            take(self, ScannedValue::Scalar(scalar))?;
            at = self.behind_blanks(end);
            match self.bytes().get(at)? {
                b',' => at += 1,
                b']' => break,
                _ => return None,
            }
        }
        self.end_line(at + 1)
    }

    fn pass(&mut self, value: ScannedValue<'a>) -> Option<()> {
        match value {
            ScannedValue::Nothing | ScannedValue::Scalar(_) => Some(()),
            ScannedValue::List(list) => self.list(list, |_, _| Some(())),
            ScannedValue::Mapping => self.mapping(|lines, _, value| lines.pass(value)),
        }
    }

    fn end(&self) -> Option<()> {
        (self.at >= self.front.len()).then_some(())
    }
}

fn note<'a>(keys: &mut Vec<&'a str>, key: &'a str) -> Option<()> {
    if keys.len() >= KEYS || keys.contains(&key) {
        return None;
    }
    keys.push(key);
    Some(())
}

/// Whether unquoted text is certainly a boolean, a number or a date.
fn is_plain(plain: &str) -> bool {
    let is_digits = |text: &str| {
        !text.is_empty() && text.len() <= DIGITS && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_whole = |text: &str| is_digits(text) && (text.len() == 1 || !text.starts_with('0'));
    let unsigned = plain.strip_prefix('-').unwrap_or(plain);
    match unsigned.split_once('.') {
        _ if matches!(plain, "true" | "false") => true,
        _ if is_whole(unsigned) => true,
        Some((whole, fraction)) if is_whole(whole) && is_digits(fraction) => true,
        _ => is_moment(plain),
    }
}

/// Whether a text is a date, or a date with a time, as TOML writes them.
fn is_moment(plain: &str) -> bool {
    const SHAPE: &[u8] = b"dddd-dd-ddTdd:dd:dd";
    let fits = |text: &[u8], shape: &[u8]| {
        text.len() == shape.len()
            && text.iter().zip(shape).all(|(byte, sign)| match sign {
                b'd' => byte.is_ascii_digit(),
                sign => byte == sign,
            })
    };
    let bytes = plain.as_bytes();
    let shaped = match bytes.len() {
        10 => fits(bytes, &SHAPE[..10]),
        19.. => {
            let (moment, zone) = bytes.split_at(19);
            fits(moment, SHAPE)
                && (matches!(zone, b"" | b"Z") || fits(zone, b"+dd:dd") || fits(zone, b"-dd:dd"))
        }
        _ => false,
    };
    shaped && date::parse(plain).is_some()
}
