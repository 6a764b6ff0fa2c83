//! Bytes of a feed or page to text, whatever encoding they claim to have.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// The text. `declared` is the charset of the `Content-Type` header.
///
/// Bytes that are UTF-8 count as UTF-8 whatever is declared, since servers declare Latin-1 by
/// default; only encodings that look like ASCII, such as ISO-2022-JP, are believed first.
/// Characters that XML does not allow are left out.
pub fn text(bytes: &[u8], declared: Option<&str>) -> String {
    let (encoding, skip) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, length),
        None => (encoding(bytes, declared), 0),
    };
    let (text, _) = encoding.decode_without_bom_handling(&bytes[skip..]);
    let is_bad = |sign: char| sign.is_control() && !matches!(sign, '\t' | '\n' | '\r');
    if text.contains(is_bad) {
        text.replace(is_bad, "")
    } else {
        text.into_owned()
    }
}

fn encoding(bytes: &[u8], declared: Option<&str>) -> &'static Encoding {
    let start = &bytes[..bytes.len().min(2_048)];
    if let Some(encoding) = without_mark(start) {
        return encoding;
    }
    let named = |label: &str| Encoding::for_label(label.trim().as_bytes());
    let inside = charset_inside(start);
    let said = declared.and_then(named).or_else(|| named(&inside?));
    match said {
        Some(encoding) if !encoding.is_ascii_compatible() && !looks_single(start) => encoding,
        Some(encoding) if encoding == encoding_rs::ISO_2022_JP => encoding,
        _ if std::str::from_utf8(bytes).is_ok() => UTF_8,
        Some(encoding) if encoding != UTF_8 && encoding.is_ascii_compatible() => encoding,
        // Cut off within a character, or UTF-8 with a few wrong bytes.
        _ if is_mostly_utf8(bytes) => UTF_8,
        _ => WINDOWS_1252,
    }
}

/// UTF-16 without a byte order mark shows in its first characters.
fn without_mark(start: &[u8]) -> Option<&'static Encoding> {
    match start {
        [b'<', 0, _, 0, ..] => Some(encoding_rs::UTF_16LE),
        [0, b'<', 0, _, ..] => Some(encoding_rs::UTF_16BE),
        _ => None,
    }
}

fn looks_single(start: &[u8]) -> bool {
    !start.contains(&0)
}

fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    let mut chunks = bytes.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        good += chunk
            .valid()
            .chars()
            .filter(|sign| !sign.is_ascii())
            .count();
        // The end may be cut within a character.
        bad += usize::from(!chunk.invalid().is_empty() && chunks.peek().is_some());
    }
    good > bad
}

/// The charset named by an XML declaration or by a `meta` tag.
fn charset_inside(start: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(start).to_ascii_lowercase();
    let after = ["encoding=", "charset="]
        .into_iter()
        .find_map(|key| text.split_once(key))?
        .1;
    let name = after.trim_start_matches(['"', '\'', ' ']);
    let end = name.find(|sign: char| !sign.is_ascii_alphanumeric() && !"-_:.".contains(sign));
    Some(name[..end.unwrap_or(name.len())].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_declared_wrongly_is_read_all_the_same() {
        let latin = b"<?xml version='1.0' encoding='iso-8859-1'?><a>caf\xe9</a>";
        let wrong = b"<?xml version='1.0' encoding='utf-8'?><a>caf\xe9</a>";
        let none = b"<a>caf\xe9 \x93so\x94</a>";
        assert!(text(latin, None).ends_with("<a>café</a>"));
        assert!(text(wrong, None).ends_with("<a>café</a>"));
        assert_eq!(text(none, None), "<a>café “so”</a>");
        let utf8 = "<?xml version='1.0' encoding='iso-8859-1'?><a>café 日本</a>";
        assert_eq!(text(utf8.as_bytes(), Some("iso-8859-1")), utf8);
        assert_eq!(text("<a>x</a>".as_bytes(), Some("utf-16")), "<a>x</a>");
        assert_eq!(text("<a>x</a>".as_bytes(), Some("no such")), "<a>x</a>");
    }

    #[test]
    fn other_alphabets_and_wide_characters_are_read() {
        let cyrillic = b"<?xml version=\"1.0\" encoding=\"windows-1251\"?><a>\xcf\xf0\xe8</a>";
        assert!(text(cyrillic, None).ends_with("<a>При</a>"));
        assert_eq!(text(b"<a>\xcf</a>", Some("windows-1251")), "<a>П</a>");
        let japanese = b"<a>\x1b$B$\"\x1b(B</a>";
        assert_eq!(text(japanese, Some("iso-2022-jp")), "<a>あ</a>");
        let wide: Vec<u8> = "<a>é</a>"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(text(&wide, None), "<a>é</a>");
        let marked = [&[0xFF, 0xFE][..], &wide].concat();
        assert_eq!(text(&marked, Some("utf-8")), "<a>é</a>");
    }

    #[test]
    fn control_characters_and_cut_letters_do_no_harm() {
        assert_eq!(
            text(b"\xef\xbb\xbf<a>\x00\x1b[2J\x0b</a>", None),
            "<a>[2J</a>"
        );
        let cut = &"<a>日本".as_bytes()[..8];
        assert_eq!(text(cut, None), "<a>日\u{fffd}");
    }
}
