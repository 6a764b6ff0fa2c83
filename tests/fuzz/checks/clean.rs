//! The sanitiser: nothing passes that controls a terminal, sanitising twice changes nothing more,
//! and letters stay.

use newsdesk::format::clean::Clean;

/// Sanitises the bytes, and cuts them.
///
/// # Panics
/// If something passes that must not, or something is lost that should stay.
pub fn check(bytes: &[u8]) {
    let text = super::text(bytes);
    let clean = Clean::new(&text);
    assert!(clean.as_str().chars().all(is_harmless), "{clean:?}");
    assert_eq!(Clean::new(clean.as_str()), clean, "twice is not once");
    assert_eq!(clean.is_empty(), text.is_empty());
    let printable =
        |text: &str| -> String { text.chars().filter(char::is_ascii_graphic).collect() };
    assert_eq!(
        printable(clean.as_str()),
        printable(&text),
        "letters are lost"
    );

    let columns = bytes.len() % 40;
    let cut = clean.cut(columns);
    assert!(cut.width() <= columns, "{cut:?} in {columns} columns");
    assert!(cut.as_str().chars().all(is_harmless), "{cut:?}");
    assert_eq!(Clean::new(cut.as_str()), cut, "a cut is not clean");
    if clean.width() <= columns {
        assert_eq!(cut, clean, "what fits was cut");
    }
    let padded = format!("{clean:columns$}");
    assert_eq!(Clean::new(&padded).width(), clean.width().max(columns));
}

/// Whether a terminal shows a character and does nothing else: no control (C0, C1, DEL), no line
/// end, nothing bidirectional, nothing invisible except joiners and selectors, no tag, no private
/// use.
pub fn is_harmless(sign: char) -> bool {
    let hidden = matches!(sign,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{e000}'..='\u{f8ff}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}' | '\u{f0000}'..='\u{10ffff}');
    !sign.is_control() && !hidden
}
