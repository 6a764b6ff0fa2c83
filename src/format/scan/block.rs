//! Block scalars of YAML: a text on lines of its own below a key, after `|` or `>`. Only those that leave
//! no doubt: all their lines have the same indent, and none of them is empty.

use std::borrow::Cow;

use memchr::memchr;

/// The lines of a block scalar.
#[derive(Clone, Copy)]
pub struct Block<'a> {
    /// From the first letter on; with the last line end, if the text has it too.
    lines: &'a str,
    /// What takes the place of other line ends.
    joint: char,
}

impl<'a> Block<'a> {
    /// The block scalar whose `|` or `>` is at `start`, for a key at `indent`, and where the line below it
    /// starts.
    pub fn at(front: &'a str, start: usize, indent: isize) -> Option<(Self, usize)> {
        let bytes = front.as_bytes();
        let (joint, keeps_end, header) = match bytes.get(start..)? {
            [b'>', b'-', b'\n', ..] => (' ', false, 3),
            [b'>', b'\n', ..] => (' ', true, 2),
            [b'|', b'-', b'\n', ..] => ('\n', false, 3),
            [b'|', b'\n', ..] => ('\n', true, 2),
            _ => return None,
        };
        let first = start + header;
        let column = blanks(&bytes[first..]);
        if column as isize <= indent {
            return None;
        }
        let mut line = first;
        loop {
            let before = blanks(&bytes[line..]);
            match bytes.get(line + before) {
                None => break,
                Some(b'\n' | b'\r' | b'#') => return None,
                Some(_) if before == column => {}
                Some(_) if before as isize <= indent => break,
                Some(_) => return None,
            }
            let end = line + memchr(b'\n', &bytes[line..])?;
            if matches!(bytes[end - 1], b' ' | b'\r') {
                return None;
            }
            line = end + 1;
        }
        let end = if keeps_end { line } else { line - 1 };
        let lines = front.get(first + column..end)?;
        Some((Self { lines, joint }, line))
    }

    /// The text, its lines joined.
    pub fn text(self) -> Cow<'a, str> {
        let (lines, end) = match self.lines.strip_suffix('\n') {
            Some(lines) => (lines, "\n"),
            None => (self.lines, ""),
        };
        let Some((first, others)) = lines.split_once('\n') else {
            return Cow::Borrowed(self.lines);
        };
        let mut text = String::with_capacity(self.lines.len());
        text.push_str(first);
        for line in others.split('\n') {
            text.push(self.joint);
            text.push_str(line.trim_start_matches(' '));
        }
        text.push_str(end);
        Cow::Owned(text)
    }
}

/// The number of blanks at the start of a line.
fn blanks(line: &[u8]) -> usize {
    line.iter().take_while(|byte| **byte == b' ').count()
}
