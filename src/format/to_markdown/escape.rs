//! Text and addresses in Markdown, with everything that could be markup in its place escaped.

use crate::format::dialect::formula;
use crate::format::link::LinkTarget;

/// Where a text will stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextPosition {
    /// At the start of a line: what begins a list, a heading or a directive is escaped as well.
    LineStart,
    Inside,
}

/// A text on one line, for any place in a document.
pub fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + text.len() / 8);
    push(&mut written, text.trim(), TextPosition::LineStart);
    written
}

/// Appends a text. Drops control characters, and turns newlines into spaces.
pub(super) fn push(written: &mut String, text: &str, place: TextPosition) {
    let opening = match place {
        TextPosition::LineStart => opening(text),
        TextPosition::Inside => 0,
    };
    let mut before = written.chars().next_back().unwrap_or(' ');
    let mut signs = text.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        let after = signs.peek().map_or(' ', |(_, after)| *after);
        match sign {
            '\n' | '\t' => written.push(' '),
            _ if sign.is_control() => {}
            _ if at < opening => push_entity(written, sign),
            // Site generators replace it even where Markdown shows it.
            '{' => push_entity(written, sign),
            '$' if formula::may_begin(&text[at..]) => written.push_str("\\$"),
            // After a reference to a footnote it would begin the footnote.
            ':' if written.ends_with(']') && !written.ends_with("\\]") => {
                push_entity(written, sign);
            }
            _ => {
                if is_markup(before, sign, after) {
                    written.push('\\');
                }
                written.push(sign);
            }
        }
        before = sign;
    }
}

/// The number of bytes of what would begin a block or a directive at the start of a line.
fn opening(text: &str) -> usize {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let is_number = (1..10).contains(&digits) && text[digits..].starts_with(['.', ')']);
    match text.as_bytes() {
        [
            b'#' | b'+' | b'-' | b'=' | b':' | b'$' | b'!' | b'?' | b'|' | b'>',
            ..,
        ] => 1,
        _ if text.starts_with("import ") => 1,
        _ if is_number => digits + 1,
        _ => 0,
    }
}

fn is_markup(before: char, sign: char, after: char) -> bool {
    match sign {
        '\\' | '`' | '*' | '[' | ']' | '~' | '|' => true,
        // Within a word it is a letter.
        '_' => !(before.is_alphanumeric() && after.is_alphanumeric()),
        '<' => after.is_ascii_alphabetic() || matches!(after, '/' | '!' | '?'),
        '&' => after.is_ascii_alphanumeric() || after == '#',
        // Hashes at the end of a heading are not part of its text.
        '#' => before == '#' || before == ' ',
        '!' => after == '[',
        _ => false,
    }
}

fn push_entity(written: &mut String, sign: char) {
    written.push_str(&format!("&#{};", u32::from(sign)));
}

/// A link's destination as written in Markdown, if it is one that can be followed: a web page, or
/// a path beside the article.
pub fn destination(url: &str) -> Option<String> {
    let url = match LinkTarget::parse(url) {
        LinkTarget::Page(link) => link.as_str().to_owned(),
        LinkTarget::File(_) => url.trim().to_owned(),
        LinkTarget::Unfit(_) => return None,
    };
    let mut written = String::with_capacity(url.len() + 2);
    for sign in url.chars() {
        match sign {
            '&' => written.push_str("&amp;"),
            '\\' | '<' | '>' | '{' | '}' | '|' | '`' => percent(sign, &mut written),
            _ if sign.is_control() => percent(sign, &mut written),
            _ => written.push(sign),
        }
    }
    if written.contains(|sign: char| sign.is_whitespace() || "()*_~[]!".contains(sign)) {
        written = format!("<{written}>");
    }
    Some(written)
}

/// Writes the bytes of a character as in RFC 3986, section 2.1.
fn percent(sign: char, written: &mut String) {
    for byte in sign.encode_utf8(&mut [0; 4]).bytes() {
        written.push_str(&format!("%{byte:02X}"));
    }
}
