//! A line of text with part of it underlined, as compilers show errors.

use std::io::{self, Write};
use std::ops::Range;

use crate::format::clean::Clean;

/// Maximum characters shown before the part, and terminal columns shown of it and after it.
const MOST: usize = 30;

/// Writes the text around the bytes `at`, and a line of `^` below them; a single `^` if the range
/// is empty.
pub fn write(text: &str, at: &Range<usize>, out: &mut dyn Write) -> io::Result<()> {
    let start = text.floor_char_boundary(at.start);
    let end = text.ceil_char_boundary(at.end).max(start);
    let before = Clean::new(&ending(&text[..start]));
    let part = Clean::new(&text[start..end]).cut(MOST);
    let after = Clean::new(&text[end..]).cut(MOST);
    let (blanks, signs) = (before.width(), "^".repeat(part.width().max(1)));
    writeln!(out, "  {before}{part}{after}")?;
    writeln!(out, "  {:blanks$}{signs}", "")
}

/// The text, or its end after `…` if it is too long.
fn ending(text: &str) -> String {
    match text.char_indices().rev().nth(MOST) {
        None => text.to_owned(),
        Some((cut, _)) => format!("…{}", &text[text.ceil_char_boundary(cut + 1)..]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, at: Range<usize>) -> [String; 2] {
        let mut out = Vec::new();
        write(text, &at, &mut out).expect("a vector takes everything");
        let text = String::from_utf8(out).expect("UTF-8");
        let mut lines = text.lines().map(str::to_owned);
        [(); 2].map(|()| lines.next().expect("two lines"))
    }

    #[test]
    fn the_part_is_underlined_where_it_stands() {
        assert_eq!(lines("a foo:b c", 2..5), ["  a foo:b c", "    ^^^"]);
        assert_eq!(lines("日本 foo:b", 7..10)[1], "       ^^^");
    }

    #[test]
    fn where_something_is_missing_one_sign_stands() {
        assert_eq!(lines("a OR", 4..4), ["  a OR", "      ^"]);
    }

    #[test]
    fn of_a_long_text_the_part_around_it_is_shown() {
        let text = format!("{}foo:b{}", "a ".repeat(1000), " c".repeat(1000));
        let [shown, signs] = lines(&text, 2000..2003);
        assert!(shown.starts_with("  …") && shown.ends_with('…'), "{shown}");
        assert!(Clean::new(&shown).width() < 80);
        let column = signs.find('^').expect("a sign");
        let under: String = shown.chars().skip(column).take(3).collect();
        assert_eq!((under.as_str(), signs.trim()), ("foo", "^^^"));
    }

    #[test]
    fn what_steers_a_terminal_is_shown_instead() {
        let [shown, signs] = lines("\u{1b}[2J foo:b", 5..8);
        assert!(!shown.contains('\u{1b}'));
        assert_eq!(signs, "       ^^^");
    }
}
