//! Finds where the front matter of a file starts and ends.
//!
//! The rules are Jekyll's, applied leniently: the first line is `---`, and the front matter ends
//! before the next line that is `---` or `...`. Blanks after either are allowed, and so are a byte
//! order mark before the first and any mix of line ends.

use std::ops::Range;

/// How a file is to be read, according to its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    /// Front matter, then a Markdown body.
    Markdown,
    /// Front matter, then an HTML body.
    Html,
    /// Only front matter; fences are optional.
    Yaml,
}

impl Container {
    /// By the file's extension, ignoring case; `None` if no article has it.
    pub fn from_name(name: &str) -> Option<Self> {
        let (stem, ending) = name.rsplit_once('.')?;
        if stem.is_empty() {
            return None;
        }
        let is_one_of = |endings: &[&str]| endings.iter().any(|it| ending.eq_ignore_ascii_case(it));
        if is_one_of(&["md", "markdown", "mkd", "mdown", "mdx", "qmd", "rmd", "txt"]) {
            Some(Container::Markdown)
        } else if is_one_of(&["html", "htm"]) {
            Some(Container::Html)
        } else if is_one_of(&["yaml", "yml"]) {
            Some(Container::Yaml)
        } else {
            None
        }
    }
}

/// The parts of a file, as byte ranges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// Between the fences, including the last line end.
    pub front: Range<usize>,
    /// The line of the file, counted from 1, on which `front` starts.
    pub front_line: u32,
    /// What follows the closing fence.
    pub body: Range<usize>,
}

/// The result of looking for fences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Split {
    Parts(Parts),
    /// The first line is not a fence.
    NoFrontMatter,
    /// There is an opening fence but no closing one.
    Unclosed,
}

/// The byte order mark that some editors put before UTF-8.
pub const BOM: &[u8] = b"\xef\xbb\xbf";

/// Finds the front matter and the body in the bytes of a file.
pub fn split(bytes: &[u8], container: Container) -> Split {
    let start = if bytes.starts_with(BOM) { BOM.len() } else { 0 };
    let first_end = line_end(bytes, start);
    if !is_fence(&bytes[start..first_end], b"---") {
        return match container {
            Container::Yaml => Split::Parts(Parts {
                front: start..bytes.len(),
                front_line: 1,
                body: bytes.len()..bytes.len(),
            }),
            Container::Markdown | Container::Html => Split::NoFrontMatter,
        };
    }
    let mut at = first_end;
    while at < bytes.len() {
        let end = line_end(bytes, at);
        let line = &bytes[at..end];
        if is_fence(line, b"---") || is_fence(line, b"...") {
            return Split::Parts(Parts {
                front: first_end..at,
                front_line: 2,
                body: end..bytes.len(),
            });
        }
        at = end;
    }
    match container {
        Container::Yaml => Split::Parts(Parts {
            front: first_end..bytes.len(),
            front_line: 2,
            body: bytes.len()..bytes.len(),
        }),
        Container::Markdown | Container::Html => Split::Unclosed,
    }
}

/// The end of the line that starts at `at`, including its `\n`, `\r\n` or lone `\r`.
pub fn line_end(bytes: &[u8], at: usize) -> usize {
    match memchr::memchr2(b'\n', b'\r', &bytes[at..]) {
        None => bytes.len(),
        Some(offset) => {
            let end = at + offset;
            if bytes[end] == b'\r' && bytes.get(end + 1) == Some(&b'\n') {
                end + 2
            } else {
                end + 1
            }
        }
    }
}

pub fn is_fence(line: &[u8], fence: &[u8]) -> bool {
    line.strip_prefix(fence).is_some_and(|rest| {
        rest.iter()
            .all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (&str, &str) {
        match split(text.as_bytes(), Container::Markdown) {
            Split::Parts(parts) => (&text[parts.front], &text[parts.body]),
            other => panic!("no parts in {text:?}: {other:?}"),
        }
    }

    #[test]
    fn front_matter_stands_between_the_fences() {
        assert_eq!(parts("---\na: 1\n---\nbody\n"), ("a: 1\n", "body\n"));
        assert_eq!(parts("---\na: 1\n...\nbody"), ("a: 1\n", "body"));
        assert_eq!(parts("---\n---\n"), ("", ""));
    }

    #[test]
    fn line_ends_blanks_and_a_byte_order_mark_do_not_matter() {
        assert_eq!(parts("---\r\na: 1\r\n---\r\nbody"), ("a: 1\r\n", "body"));
        assert_eq!(parts("--- \t\na: 1\r\n---  \nbody"), ("a: 1\r\n", "body"));
        assert_eq!(parts("---\ra: 1\r---\rbody"), ("a: 1\r", "body"));
        assert_eq!(parts("\u{feff}---\na: 1\n---\nbody"), ("a: 1\n", "body"));
    }

    #[test]
    fn dashes_inside_values_are_no_fence() {
        assert_eq!(
            parts("---\na: |\n  ---\n  x\nb: --- c\n---\n"),
            ("a: |\n  ---\n  x\nb: --- c\n", "")
        );
        assert_eq!(parts("---\na: 1\n----\n---\n").0, "a: 1\n----\n");
    }

    #[test]
    fn the_body_may_hold_dashes() {
        assert_eq!(parts("---\na: 1\n---\nx\n---\ny").1, "x\n---\ny");
    }

    #[test]
    fn without_fences_only_yaml_is_front_matter() {
        assert_eq!(split(b"a: 1\n", Container::Markdown), Split::NoFrontMatter);
        assert_eq!(split(b"", Container::Html), Split::NoFrontMatter);
        assert_eq!(
            split(b"a: 1\n", Container::Yaml),
            Split::Parts(Parts {
                front: 0..5,
                front_line: 1,
                body: 5..5
            })
        );
        assert_eq!(
            split(b"---\na: 1\n", Container::Yaml),
            Split::Parts(Parts {
                front: 4..9,
                front_line: 2,
                body: 9..9
            })
        );
    }

    #[test]
    fn an_open_fence_is_told_apart() {
        assert_eq!(split(b"---\na: 1\n", Container::Markdown), Split::Unclosed);
    }

    #[test]
    fn containers_by_name() {
        assert_eq!(Container::from_name("a.b.MD"), Some(Container::Markdown));
        assert_eq!(Container::from_name("a.htm"), Some(Container::Html));
        assert_eq!(Container::from_name("a.yml"), Some(Container::Yaml));
        assert_eq!(Container::from_name("a.pdf"), None);
        assert_eq!(Container::from_name("md"), None);
        assert_eq!(Container::from_name(".md"), None);
    }
}
