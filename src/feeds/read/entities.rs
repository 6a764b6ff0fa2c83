//! References in XML that is not well-formed: a bare `&`, and HTML's entities, which XML does not
//! have.

use html_escape::decode_html_entities;
use quick_xml::escape::partial_escape;

/// Text or an attribute's value as XML: keeps references that XML has, replaces HTML's with their
/// characters, and escapes any other `&`.
pub fn mended(text: &str) -> String {
    let mut mended = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"']) {
        mended.push_str(&rest[..at]);
        rest = &rest[at..];
        if !rest.starts_with('&') {
            mended.push_str(match &rest[..1] {
                "<" => "&lt;",
                ">" => "&gt;",
                _ => "&quot;",
            });
            rest = &rest[1..];
            continue;
        }
        match name(rest) {
            Some(name) => {
                mended.push_str(&reference(name));
                rest = &rest[name.len() + 2..];
            }
            None => {
                mended.push_str("&amp;");
                rest = &rest[1..];
            }
        }
    }
    mended.push_str(rest);
    mended
}

/// The reference `&name;` as XML.
pub fn reference(name: &str) -> String {
    if matches!(name, "amp" | "lt" | "gt" | "quot" | "apos") {
        return format!("&{name};");
    }
    let written = format!("&{name};");
    let decoded = decode_html_entities(&written);
    let is_text = |sign: char| !sign.is_control() || matches!(sign, '\t' | '\n' | '\r');
    if decoded == written {
        format!("&amp;{name};")
    } else {
        let text: String = decoded.chars().filter(|sign| is_text(*sign)).collect();
        partial_escape(text).into_owned()
    }
}

/// The name between `&` and `;`.
fn name(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('&')?;
    let end = inner.find(';').filter(|end| (1..=32).contains(end))?;
    let name = &inner[..end];
    let is_name = name
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'#');
    is_name.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_those_of_xml_afterwards() {
        for (text, xml) in [
            ("R&D & AT&T; a", "R&amp;D &amp; AT&amp;T; a"),
            ("a&nbsp;b &eacute;&copy;", "a\u{a0}b é©"),
            ("&amp;&lt;&#233;&#x41;&#0;", "&amp;&lt;éA&amp;#0;"),
            ("?a=1&b=2", "?a=1&amp;b=2"),
            ("&bomb;", "&amp;bomb;"),
            ("a < b", "a &lt; b"),
        ] {
            assert_eq!(mended(text), xml, "{text}");
        }
    }
}
