//! Finds the front matter of a file, and which syntax it uses.
//!
//! Blank lines before the opening fence are allowed, as in Hugo and Zola.

use serde::de::IgnoredAny;

use super::fence::{self, BOM, Container, Parts, Split, is_fence, line_end};
use super::keys::{header, keys};

/// The syntax of a front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// Between `---`; or only ended by it, as in Hexo.
    Yaml,
    /// Between `+++`, or after `---toml`.
    Toml,
    /// In braces, after `---json`, or between Hexo's `;;;`.
    Json,
    /// Pelican's and MultiMarkdown's `Title: …`, ended by a blank line.
    Headers,
}

/// What was found at the start of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Located {
    Front(Syntax, Parts),
    /// Nothing: the file is text, from this byte on.
    Nothing(usize),
    /// There is an opening fence but no closing one.
    Unclosed,
    /// A program in JavaScript, which is not run.
    Script,
}

/// Maximum number of lines searched for front matter without an opening fence.
const UNFENCED_LINES: usize = 200;

/// Finds the front matter in the bytes of a file.
pub fn locate(bytes: &[u8], container: Container) -> Located {
    if container == Container::Yaml {
        return by_dashes(bytes, container);
    }
    let start = if bytes.starts_with(BOM) { BOM.len() } else { 0 };
    let first = first_line(bytes, start);
    let end = line_end(bytes, first);
    let line = bytes[first..end].trim_ascii_end();
    let fenced = |syntax, fence: &[u8]| between(bytes, end, syntax, fence);
    match line {
        b"---" | b"---yaml" | b"---yml" => fenced(Syntax::Yaml, b"---"),
        b"+++" => fenced(Syntax::Toml, b"+++"),
        b"---toml" => fenced(Syntax::Toml, b"---"),
        b";;;" => fenced(Syntax::Json, b";;;"),
        b"---json" => fenced(Syntax::Json, b"---"),
        b"---js" | b"---javascript" => Located::Script,
        _ if container != Container::Markdown => Located::Nothing(first),
        [b'{', ..] => in_braces(bytes, first),
        _ => unfenced(bytes, first),
    }
}

/// The body of a file that is an article, as [`read`](super::read) finds it but without parsing the
/// front matter. `None` if there cannot be one.
pub fn body_of<'a>(name: &str, bytes: &'a [u8]) -> Option<&'a [u8]> {
    match locate(bytes, Container::from_name(name)?) {
        Located::Front(_, parts) => bytes.get(parts.body),
        Located::Nothing(text) => bytes.get(text..),
        Located::Unclosed | Located::Script => None,
    }
}

/// The line on which the text below the front matter starts, counted from 1, not counting blank
/// lines before it. The first line if there is no text.
pub fn body_line(bytes: &[u8], container: Container) -> u32 {
    let start = match locate(bytes, container) {
        Located::Front(_, parts) => parts.body.start,
        Located::Nothing(start) => start,
        Located::Unclosed | Located::Script => 0,
    };
    let text = first_line(bytes, start);
    if text == bytes.len() {
        return 1;
    }
    line_at(bytes, text)
}

/// YAML with optional fences.
fn by_dashes(bytes: &[u8], container: Container) -> Located {
    match fence::split(bytes, container) {
        Split::Parts(parts) => Located::Front(Syntax::Yaml, parts),
        Split::NoFrontMatter => Located::Nothing(0),
        Split::Unclosed => Located::Unclosed,
    }
}

/// The start of the first line that is not blank; the end if there is none.
fn first_line(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    while at < bytes.len() {
        let end = line_end(bytes, at);
        if !bytes[at..end].trim_ascii().is_empty() {
            return at;
        }
        at = end;
    }
    at
}

/// From the line at `start` to the next fence.
fn between(bytes: &[u8], start: usize, syntax: Syntax, fence: &[u8]) -> Located {
    let mut at = start;
    while at < bytes.len() {
        let end = line_end(bytes, at);
        let line = &bytes[at..end];
        if is_fence(line, fence) || (syntax == Syntax::Yaml && is_fence(line, b"...")) {
            return Located::Front(
                syntax,
                Parts {
                    front: start..at,
                    front_line: line_at(bytes, start),
                    body: end..bytes.len(),
                },
            );
        }
        at = end;
    }
    Located::Unclosed
}

/// A JSON object at the top; `{%` and `{{` belong to templates.
fn in_braces(bytes: &[u8], start: usize) -> Located {
    let inside = bytes[start + 1..].trim_ascii_start();
    if !matches!(inside.first(), Some(b'"' | b'}')) {
        return Located::Nothing(start);
    }
    let mut values =
        serde_json::Deserializer::from_slice(&bytes[start..]).into_iter::<IgnoredAny>();
    let end = match values.next() {
        Some(Ok(_)) => start + values.byte_offset(),
        // The parser says what is wrong.
        _ => bytes.len(),
    };
    Located::Front(
        Syntax::Json,
        Parts {
            front: start..end,
            front_line: line_at(bytes, start),
            body: end..bytes.len(),
        },
    )
}

/// Fields without an opening fence: Hexo's YAML, ended by `---`, or headers, ended by a blank line.
/// Both need a title or a date, otherwise they are prose.
fn unfenced(bytes: &[u8], start: usize) -> Located {
    let mut at = start;
    let mut has_blank = None;
    for _ in 0..UNFENCED_LINES {
        if at >= bytes.len() {
            break;
        }
        let end = line_end(bytes, at);
        let line = &bytes[at..end];
        if is_fence(line, b"---") {
            return told(bytes, start, at, end, Syntax::Yaml);
        }
        let Ok(text) = std::str::from_utf8(line.trim_ascii_end()) else {
            break;
        };
        if text.is_empty() {
            has_blank = Some((at, end));
            break;
        }
        if header(text).is_none() && !text.starts_with([' ', '\t', '-', '#']) {
            return Located::Nothing(start);
        }
        at = end;
    }
    let (at, end) = has_blank.unwrap_or((at, at));
    told(bytes, start, at, end, Syntax::Headers)
}

fn told(bytes: &[u8], start: usize, end: usize, body: usize, syntax: Syntax) -> Located {
    let front = std::str::from_utf8(&bytes[start..end]).unwrap_or_default();
    let mut lines = front.lines();
    let starts_with_a_field = lines.next().is_some_and(|line| header(line).is_some());
    let tells = |name: &str| {
        ["title", "date"]
            .iter()
            .any(|it| name.eq_ignore_ascii_case(it))
    };
    let mut found = keys(front).filter(|key| key.column == 1 && tells(key.name));
    if !starts_with_a_field || found.next().is_none() {
        return Located::Nothing(start);
    }
    Located::Front(
        syntax,
        Parts {
            front: start..end,
            front_line: line_at(bytes, start),
            body: body..bytes.len(),
        },
    )
}

/// The line, counted from 1, that starts at a byte.
fn line_at(bytes: &[u8], at: usize) -> u32 {
    let mut line = 1;
    let mut from = 0;
    while from < at {
        from = line_end(bytes, from);
        line += 1;
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<(Syntax, &str, &str, u32)> {
        match locate(text.as_bytes(), Container::Markdown) {
            Located::Front(syntax, parts) => {
                let line = parts.front_line;
                Some((syntax, &text[parts.front], &text[parts.body], line))
            }
            _ => None,
        }
    }

    #[test]
    fn the_text_begins_where_an_editor_is_to_show_it() {
        for (text, line) in [
            ("---\na: 1\n---\n\n\nText.\n", 6),
            ("+++\r\na = 1\r\n+++\r\nText.", 4),
            ("Text.\n\nMore.\n", 1),
            ("---\na: 1\n---\n", 1),
            ("---\nnever: closed\n", 1),
        ] {
            let found = body_line(text.as_bytes(), Container::Markdown);
            assert_eq!(found, line, "{text:?}");
        }
    }

    #[test]
    fn every_syntax_is_told_by_its_first_line() {
        for (text, expected) in [
            ("---\na: 1\n---\nb", (Syntax::Yaml, "a: 1\n", "b", 2)),
            ("\n \n---\na: 1\n---\nb", (Syntax::Yaml, "a: 1\n", "b", 4)),
            (
                "\u{feff}\r\n---\r\na: 1\r\n---\r\nb",
                (Syntax::Yaml, "a: 1\r\n", "b", 3),
            ),
            ("---\na: 1\n...\nb", (Syntax::Yaml, "a: 1\n", "b", 2)),
            ("+++\na = 1\n+++\nb", (Syntax::Toml, "a = 1\n", "b", 2)),
            ("---toml\na = 1\n---\nb", (Syntax::Toml, "a = 1\n", "b", 2)),
            (
                "---json\n{\"a\": 1}\n---\nb",
                (Syntax::Json, "{\"a\": 1}\n", "b", 2),
            ),
            (
                ";;;\n\"a\": 1\n;;;\nb",
                (Syntax::Json, "\"a\": 1\n", "b", 2),
            ),
            (
                "{\"a\": \"}\"}\nb",
                (Syntax::Json, "{\"a\": \"}\"}", "\nb", 1),
            ),
            (
                "title: x\ntags:\n- a\n---\nb",
                (Syntax::Yaml, "title: x\ntags:\n- a\n", "b", 1),
            ),
            (
                "Title: x\nDate: 2021-01-01\n\nb",
                (Syntax::Headers, "Title: x\nDate: 2021-01-01\n", "b", 1),
            ),
            (
                "Title: x\nSummary: a\n  b\n",
                (Syntax::Headers, "Title: x\nSummary: a\n  b\n", "", 1),
            ),
        ] {
            assert_eq!(found(text), Some(expected), "{text:?}");
        }
    }

    #[test]
    fn prose_templates_and_scripts_are_no_front_matter() {
        for text in [
            "",
            "# A heading\n\ntext",
            "{% if x %}\n",
            "{{ page.title }}\n",
            "{ not json }\n",
            "Note: this is prose.\n\nMore",
            "Dear all,\n\nTitle: x\n",
            "A heading\n---\ntext",
            "- a\n- b\n---\n",
        ] {
            assert!(
                matches!(
                    locate(text.as_bytes(), Container::Markdown),
                    Located::Nothing(_)
                ),
                "{text:?}"
            );
        }
        let located = |text: &str, container| locate(text.as_bytes(), container);
        assert_eq!(
            located("---js\n{}\n---\n", Container::Markdown),
            Located::Script
        );
        assert_eq!(
            located("---\na: 1\n", Container::Markdown),
            Located::Unclosed
        );
        assert_eq!(
            located("Title: x\n\ny", Container::Html),
            Located::Nothing(0)
        );
    }
}
