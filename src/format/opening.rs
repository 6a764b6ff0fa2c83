//! How the text of an article opens: a heading, a paragraph, the part before `<!--more-->`. Showing
//! the body is elsewhere.

use std::path::Path;

use super::block::Block;
use super::body::{Markup, before_more, body};
use super::caps;

/// How much of a body is searched, in bytes.
const BYTES: usize = 16 * 1024;

/// The heading at the very start of a text; one further down is not a title.
pub fn heading(path: &Path, text: &str) -> Option<String> {
    let first = blocks(path, start(text)).into_iter().next()?;
    first.heading().filter(|it| !it.trim().is_empty())
}

/// The first paragraph.
pub fn paragraph(path: &Path, text: &str) -> Option<String> {
    blocks(path, start(text)).iter().find_map(Block::paragraph)
}

/// The paragraphs before `<!--more-->` and the like, on one line.
pub fn before_cut(path: &Path, text: &str) -> Option<String> {
    let blocks = blocks(path, before_more(text)?);
    let paragraphs = blocks.iter().filter_map(Block::paragraph);
    let excerpt = paragraphs.collect::<Vec<_>>().join(" ");
    (!excerpt.trim().is_empty()).then_some(excerpt)
}

/// Whether a text is nothing but template tags, with markup around them.
pub fn is_template(text: &str) -> bool {
    let mut rest = start(text);
    if !rest.contains('{') {
        return false;
    }
    let mut left = String::new();
    let mut has_tags = false;
    while let Some(at) = rest.find(['{', '<']) {
        left.push_str(&rest[..at]);
        rest = &rest[at..];
        let close = match rest.get(..2) {
            Some("{{") => "}}",
            Some("{%") => "%}",
            _ if rest.starts_with('<') => ">",
            _ => {
                left.push('{');
                rest = &rest[1..];
                continue;
            }
        };
        has_tags |= close != ">";
        rest = rest
            .find(close)
            .map_or("", |end| &rest[end + close.len()..]);
    }
    left.push_str(rest);
    has_tags && left.trim().is_empty()
}

fn blocks(path: &Path, text: &str) -> Vec<Block> {
    body(Markup::from_path(path), text).blocks
}

fn start(text: &str) -> &str {
    &text[..text.floor_char_boundary(BYTES)]
}

/// Whether a front matter that cannot be read belongs to a template, such as Hugo's archetypes: one
/// of its values is nothing but a tag.
pub fn is_template_front(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(caps::FRONT_MATTER_BYTES)];
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines();
    let fence = lines.next().unwrap_or_default().trim_end();
    let is_tag = |value: &str| {
        let value = value.trim().trim_matches(['"', '\'', ',']);
        value.starts_with("{{") && value.ends_with("}}")
    };
    lines
        .take_while(|line| line.trim_end() != fence)
        .filter_map(|line| line.split_once([':', '=']))
        .any(|(_, value)| is_tag(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_leads_or_is_no_title() {
        let md = Path::new("a.md");
        assert_eq!(heading(md, "\n# T *x*\n\nb").as_deref(), Some("T x"));
        assert_eq!(heading(md, "T\n===\n\nb").as_deref(), Some("T"));
        assert_eq!(heading(md, "b\n\n# T\n"), None);
        assert_eq!(heading(md, "```\n# T\n```\n"), None);
        assert_eq!(
            heading(Path::new("a.html"), "<h1>T</h1>").as_deref(),
            Some("T")
        );
    }

    #[test]
    fn what_stands_before_the_cut() {
        let md = Path::new("a.md");
        let text = "One *a*.\n\nTwo.\n\n<!--more-->\n\nThree.\n";
        assert_eq!(before_cut(md, text).as_deref(), Some("One a. Two."));
        assert_eq!(before_cut(md, "One.\n"), None);
        assert_eq!(
            paragraph(md, "# T\n\nOne.\n\nTwo.").as_deref(),
            Some("One.")
        );
    }

    #[test]
    fn templates_hold_tags_only() {
        assert!(is_template(
            "<h1>{{ page.title }}</h1>\n{% for a in b %}<p>{{ a }}</p>{% endfor %}"
        ));
        for text in [
            "",
            "<p></p>",
            "{{ x }} words",
            "{ x }",
            "{% if %} x {% endif %}",
        ] {
            assert!(!is_template(text), "{text}");
        }
    }
}
