//! Finds where a feed starts in a text, and removes what keeps the XML reader from getting there.

use std::borrow::Cow;

/// Where the root element of a feed starts, whatever comes before it.
pub fn root(text: &str) -> Option<usize> {
    let head = &text[..text.floor_char_boundary(64 << 10)];
    let lower = head.to_ascii_lowercase();
    let starts = ["<rss", "<feed", "<rdf:rdf", "<rdf", "<atom:feed", "<a:feed"];
    let found = starts.iter().filter_map(|start| {
        let at = lower.find(start)?;
        let after = lower[at + start.len()..].chars().next();
        after
            .is_none_or(|sign| !sign.is_alphanumeric() && sign != '-')
            .then_some(at)
    });
    let at = found.min()?;
    // A page may show a feed, in a script for example.
    let is_page = ["<html", "<!doctype html"]
        .iter()
        .any(|tag| lower[..at].contains(tag));
    (!is_page).then_some(at)
}

/// Escapes each `<` that starts nothing, outside CDATA.
pub fn without_stray_signs(text: &str) -> Cow<'_, str> {
    const CDATA: &str = "<![CDATA[";
    let is_stray = |at: usize| {
        let after = text[at + 1..].chars().next();
        after.is_none_or(|sign| !sign.is_alphabetic() && !matches!(sign, '/' | '!' | '?' | '_'))
    };
    let mut mended = String::new();
    let (mut kept, mut from) = (0, 0);
    while let Some(at) = text[from..].find('<').map(|at| from + at) {
        from = at + 1;
        if text[at..].starts_with(CDATA) {
            from = text[at..].find("]]>").map_or(text.len(), |end| at + end);
        } else if is_stray(at) {
            mended.push_str(&text[kept..at]);
            mended.push_str("&lt;");
            kept = from;
        }
    }
    match kept {
        0 => Cow::Borrowed(text),
        _ => Cow::Owned(mended + &text[kept..]),
    }
}

pub fn line_at(text: &str, at: usize) -> usize {
    let at = text.floor_char_boundary(at.min(text.len()));
    1 + text[..at].bytes().filter(|byte| *byte == b'\n').count()
}
