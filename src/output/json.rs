//! JSON that is safe to print: characters that must not reach a terminal are escaped, and parse
//! back to the same text. The output is the same for terminals and programs.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::Formatter;
use unicode_segmentation::UnicodeSegmentation;

use crate::format::clean::Clean;

/// Writes a value as JSON on one line, without a newline.
pub fn write(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let mut serializer = serde_json::Serializer::with_formatter(out, Printable);
    value.serialize(&mut serializer).map_err(io::Error::from)
}

/// Writes an array with one value per line, so that it works with line-based tools.
pub fn array(values: impl Iterator<Item = impl Serialize>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"[")?;
    for (index, value) in values.enumerate() {
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        write(&value, out)?;
    }
    out.write_all(b"\n]\n")
}

/// Writes one value per line.
pub fn lines(values: impl Iterator<Item = impl Serialize>, out: &mut dyn Write) -> io::Result<()> {
    for value in values {
        write(&value, out)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Escapes every non-ASCII character that the screen would not show as is.
struct Printable;

impl Formatter for Printable {
    fn write_string_fragment<W>(&mut self, out: &mut W, fragment: &str) -> io::Result<()>
    where
        W: ?Sized + Write,
    {
        if is_clean(fragment) {
            return out.write_all(fragment.as_bytes());
        }
        for grapheme in fragment.graphemes(true) {
            if is_clean(grapheme) {
                out.write_all(grapheme.as_bytes())?;
            } else {
                escape(grapheme, out)?;
            }
        }
        Ok(())
    }
}

fn is_clean(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~')) || Clean::new(text).as_str() == text
}

fn escape<W: ?Sized + Write>(grapheme: &str, out: &mut W) -> io::Result<()> {
    for character in grapheme.chars() {
        if matches!(character, ' '..='~') {
            write!(out, "{character}")?;
            continue;
        }
        for unit in character.encode_utf16(&mut [0; 2]) {
            write!(out, "\\u{unit:04x}")?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(text: &str) -> String {
        let mut out = Vec::new();
        write(&text, &mut out).expect("a vector takes everything");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn what_steers_a_terminal_or_hides_is_escaped() {
        assert_eq!(
            written("a\u{1b}[2J\u{7f}\u{9b}b\u{202e}c\u{2028}d\n"),
            r#""a\u001b[2J\u007f\u009bb\u202ec\u2028d\n""#
        );
        assert_eq!(written("\u{e0041}\u{feff}"), r#""\udb40\udc41\ufeff""#);
    }

    #[test]
    fn what_can_be_read_stays() {
        for text in ["日本語", "Crème brûlée", "👨‍👩‍👧", "עברית", "a & b"] {
            assert_eq!(written(text), format!("\"{text}\""));
        }
        assert_eq!(written("é \u{200b}"), r#""é \u200b""#);
    }

    proptest! {
        #[test]
        fn it_reads_back_as_the_same(text in any::<String>()) {
            let read: String = serde_json::from_str(&written(&text)).expect("JSON");
            prop_assert_eq!(read, text);
        }

        #[test]
        fn nothing_in_it_would_be_changed_for_a_screen(
            text in "[a\"\u{1b}\u{7f}-\u{9f}\u{200b}-\u{200f}\u{2028}-\u{202e}\u{2066}é👩\u{301}]{0,12}"
        ) {
            for character in written(&text).chars() {
                let hides = matches!(character, '\u{200b}' | '\u{200e}' | '\u{200f}'
                    | '\u{2028}'..='\u{202e}' | '\u{2066}');
                prop_assert!(!hides && !character.is_control(), "{:?}", character);
            }
        }
    }
}
