//! HTML entities in plain fields such as titles and excerpts. Bodies are decoded by their parsers.

use std::borrow::Cow;

use html_escape::decode_html_entities;

/// Decodes HTML entities, and again if they were escaped twice (`&amp;quot;`), as in feeds that
/// have passed through several hands.
///
/// Only what ends in `;` is an entity, so `AT&T` and the `&copy=1` of a URL stay.
pub fn decode_entities(text: &str) -> Cow<'_, str> {
    match decode_html_entities(text) {
        Cow::Borrowed(plain) => Cow::Borrowed(plain),
        Cow::Owned(once) => Cow::Owned(decode_html_entities(&once).into_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_decoded_once_or_twice() {
        for (from, to) in [
            ("It&#39;s &quot;new&quot;", "It's \"new\""),
            ("It&amp;#39;s &amp;quot;new&amp;quot;", "It's \"new\""),
            ("caf&eacute; &#x1F600;", "café 😀"),
            ("a&nbsp;b", "a\u{a0}b"),
            ("R&amp;D", "R&D"),
        ] {
            assert_eq!(decode_entities(from), to);
        }
    }

    #[test]
    fn ampersands_of_names_and_urls_stay() {
        for text in ["AT&T", "a & b", "?a=1&copy=2", "&;", "&unknown;", ""] {
            assert!(matches!(decode_entities(text), Cow::Borrowed(same) if same == text));
        }
    }
}
