//! Limits on single tags. The tokenizer recurses for each attribute in double quotes and would
//! overflow the stack on a tag with thousands of them; and it keeps all attributes of a tag.

use std::borrow::Cow;

use memchr::memchr;

use super::super::block::MAX_ATTRIBUTES;

/// Maximum number of control characters left to the tokenizer; a page of text has none.
const MAX_CONTROLS: usize = 1_000;

/// The text with tags cut off after the attributes that are read.
///
/// Where a tag starts depends on what comes before it (comments, scripts, quotes), which only the
/// tokenizer knows for certain. So each `<` followed by a letter is taken for the start of a tag,
/// whatever else is open, and the attributes that any of these tags can have are counted.
pub(super) fn bounded(html: &str) -> Cow<'_, str> {
    let mut kept = String::new();
    let mut rest = html;
    while let Some((full, place)) = full_tag(rest) {
        let (read, unread) = rest.split_at(full);
        kept.push_str(read);
        rest = &unread[end_of_tag(unread, place)..];
    }
    if kept.is_empty() {
        return Cow::Borrowed(html);
    }
    kept.push_str(rest);
    Cow::Owned(kept)
}

/// Removes control characters if there are many: the tokenizer keeps an error for each.
pub(super) fn without_many_controls(html: &str) -> Cow<'_, str> {
    let is_bad = |c: char| {
        c.is_control() && !c.is_ascii_whitespace()
            || matches!(c, '\u{FDD0}'..='\u{FDEF}')
            || u32::from(c) & 0xFFFE == 0xFFFE
    };
    if html.chars().filter(|c| is_bad(*c)).count() <= MAX_CONTROLS {
        return Cow::Borrowed(html);
    }
    Cow::Owned(html.replace(is_bad, ""))
}

/// Positions inside a tag: the states of the HTML standard's tokenizer (13.2.5.8 to 13.2.5.40).
#[derive(Clone, Copy)]
enum TagState {
    TagName,
    BeforeName,
    Name,
    AfterName,
    BeforeValue,
    DoubleQuoted,
    SingleQuoted,
    Unquoted,
}

const PLACES: [TagState; 8] = [
    TagState::TagName,
    TagState::BeforeName,
    TagState::Name,
    TagState::AfterName,
    TagState::BeforeValue,
    TagState::DoubleQuoted,
    TagState::SingleQuoted,
    TagState::Unquoted,
];

impl TagState {
    /// The position after a byte; `None` if it ends the tag.
    fn after(self, byte: u8) -> Option<Self> {
        let blank = matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0C');
        Some(match (self, byte) {
            (Self::DoubleQuoted, b'"') | (Self::SingleQuoted, b'\'') => Self::BeforeName,
            (Self::DoubleQuoted | Self::SingleQuoted, _) => self,
            (_, b'>') => return None,
            (Self::BeforeValue, b'"') => Self::DoubleQuoted,
            (Self::BeforeValue, b'\'') => Self::SingleQuoted,
            (Self::BeforeValue, _) if blank => self,
            (Self::BeforeValue, _) => Self::Unquoted,
            (Self::Unquoted, _) if !blank => self,
            (Self::Name, _) if blank => Self::AfterName,
            (Self::AfterName, _) if blank => self,
            (Self::Name | Self::AfterName, b'=') => Self::BeforeValue,
            (_, b'/') => Self::BeforeName,
            _ if blank => Self::BeforeName,
            (Self::TagName, _) => self,
            (Self::BeforeName | Self::Name | Self::AfterName | Self::Unquoted, _) => Self::Name,
        })
    }
}

/// Where a tag ends, from a position inside it.
fn end_of_tag(html: &str, place: TagState) -> usize {
    let mut place = Some(place);
    let is_end = |byte: u8| {
        place = place.and_then(|place| place.after(byte));
        place.is_none()
    };
    html.bytes().position(is_end).unwrap_or(html.len())
}

/// Where the first tag with too many attributes reaches the limit, and the position in it there.
fn full_tag(html: &str) -> Option<(usize, TagState)> {
    let bytes = html.as_bytes();
    // For each position, the most attributes that a tag now there can have.
    let mut tags: [Option<u16>; PLACES.len()] = Default::default();
    let mut at = 0;
    while at < bytes.len() {
        if tags.iter().all(Option::is_none) {
            at += memchr(b'<', &bytes[at..])?;
        }
        let byte = bytes[at];
        let mut next: [Option<u16>; PLACES.len()] = Default::default();
        for place in PLACES {
            let Some(attributes) = tags[place as usize] else {
                continue;
            };
            let Some(then) = place.after(byte) else {
                continue;
            };
            let begins = matches!(then, TagState::Name) && !matches!(place, TagState::Name);
            let attributes = attributes + u16::from(begins);
            if attributes > MAX_ATTRIBUTES {
                return Some((at, place));
            }
            let most = &mut next[then as usize];
            *most = (*most).max(Some(attributes));
        }
        let is_tag = byte == b'<'
            && matches!(bytes[at + 1..], [b'/', letter, ..] | [letter, ..] if letter.is_ascii_alphabetic());
        if is_tag {
            let most = &mut next[TagState::TagName as usize];
            *most = (*most).max(Some(0));
        }
        tags = next;
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(attributes: &str) -> String {
        format!("<p {}>text", attributes.repeat(20_000))
    }

    #[test]
    fn tags_of_many_attributes_end_early() {
        for attribute in [
            "a=\"v\" ",
            "a = \">\"\n",
            "a='\"' ",
            "a=v ",
            "a ",
            "a/",
            "a=\"v\"",
            "/=\"<b\"",
            "=\"v\"",
        ] {
            for start in ["", "<!-- <b c=\" -->", "<script>\"<a b='</script>"] {
                let html = start.to_owned() + &tag(attribute);
                let bounded = bounded(&html);
                assert!(
                    bounded.len() < 5_000,
                    "{start} {attribute} {}",
                    bounded.len()
                );
                assert!(bounded.ends_with(">text"), "{attribute}");
            }
        }
    }

    #[test]
    fn other_text_stays_as_it_is() {
        let full = format!("<p {}>", "a=\"v\" ".repeat(64));
        for html in [
            full.as_str(),
            "1 < 2 and a = \"b\" ".repeat(1_000).as_str(),
            "<p a=\"v\">\"x\"</p>".repeat(1_000).as_str(),
            "",
        ] {
            assert!(matches!(bounded(html), Cow::Borrowed(same) if same == html));
        }
    }

    #[test]
    fn a_cut_keeps_letters_whole() {
        let html = format!("<p {}ä", "ä=\"ö\" ".repeat(300));
        assert_eq!(bounded(&html), format!("<p {}", "ä=\"ö\" ".repeat(64)));
    }
}
