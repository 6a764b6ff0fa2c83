//! Whole lines of a front matter, and entries between brackets: how to add or remove something
//! together with its separators.

use std::ops::Range;

use super::file::File;

/// The text that adds a line at a place where one starts, or after a last line without a line end.
pub fn own_line(file: &File, at: usize, line: &str) -> String {
    let before = &file.front()[..at];
    let end = file.line_end();
    if before.is_empty() || before.ends_with(['\n', '\r']) {
        format!("{line}{end}")
    } else {
        format!("{end}{line}")
    }
}

/// The start of the line that contains a byte.
pub fn line_start(front: &str, at: usize) -> usize {
    front[..at].rfind(['\n', '\r']).map_or(0, |end| end + 1)
}

/// The end of the line in which a range ends, past its line end; a range that ends with a line has
/// ended there.
pub fn line_end(front: &str, at: usize) -> usize {
    if front[..at].ends_with(['\n', '\r']) {
        return at;
    }
    match front[at..].find(['\n', '\r']) {
        None => front.len(),
        Some(offset) if front[at + offset..].starts_with("\r\n") => at + offset + 2,
        Some(offset) => at + offset + 1,
    }
}

/// The whole lines of a range.
pub fn lines_of(front: &str, range: &Range<usize>) -> Range<usize> {
    line_start(front, range.start)..line_end(front, range.end)
}

/// Where to add an entry between brackets or braces, separated like the last two.
pub fn one_more(
    front: &str,
    brackets: &Range<usize>,
    items: &[Range<usize>],
    spelled: &str,
) -> (usize, String) {
    let Some(last) = items.last() else {
        return (brackets.start + 1, spelled.to_owned());
    };
    let before = match items {
        [.., second, last] => front.get(second.end..last.start).map(str::to_owned),
        _ => {
            let gap = front
                .get(brackets.start + 1..last.start)
                .unwrap_or_default();
            gap.contains(['\n', '\r']).then(|| format!(",{gap}"))
        }
    };
    let is_clear = |gap: &String| gap.trim() == ",";
    let separator = before.filter(is_clear).unwrap_or_else(|| ", ".to_owned());
    (last.end, format!("{separator}{spelled}"))
}

/// What to remove with an entry between brackets or braces: the entry, and what separates it from
/// the next one or, if it is the last, from the one before.
pub fn gap(items: &[Range<usize>], at: usize) -> Range<usize> {
    match (at.checked_sub(1), items.get(at + 1)) {
        (_, Some(next)) => items[at].start..next.start,
        (Some(before), None) => items[before].end..items[at].end,
        (None, None) => items[at].clone(),
    }
}
