//! Block scalars of YAML: a text on lines of its own below a key, after `|` or `>`. Only those that leave
//! no doubt: all their lines have the same indent, and none of them is empty.

use memchr::memchr;

use super::scalar::{Form, ScannedScalar};

/// The block scalar whose `|` or `>` is at `start`, for a key at `indent`, and where the line below it
/// starts.
pub fn scalar(front: &str, start: usize, indent: isize) -> Option<(ScannedScalar<'_>, usize)> {
    let bytes = front.as_bytes();
    let (form, keeps_end, header) = match bytes.get(start..)? {
        [b'>', b'-', b'\n', ..] => (Form::Folded, false, 3),
        [b'>', b'\n', ..] => (Form::Folded, true, 2),
        [b'|', b'-', b'\n', ..] => (Form::Literal, false, 3),
        [b'|', b'\n', ..] => (Form::Literal, true, 2),
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
    let inside = front.get(first + column..end)?;
    Some((ScannedScalar { inside, form }, line))
}

/// The number of blanks at the start of a line.
fn blanks(line: &[u8]) -> usize {
    line.iter().take_while(|byte| **byte == b' ').count()
}
