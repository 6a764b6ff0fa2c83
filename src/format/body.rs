//! Determines which markup a body uses, and turns any body into blocks.

use std::path::Path;

use super::block::{Document, LeftOut};
use super::catching::catching;
use super::{html, markdown};

/// The markup that a file's name implies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Markup {
    /// Markdown, unless the body itself is HTML.
    Markdown,
    Html,
}

impl Markup {
    /// HTML for `.html` and `.htm`, Markdown for everything else.
    pub fn from_path(path: &Path) -> Self {
        let is = |name| {
            path.extension()
                .is_some_and(|e| e.eq_ignore_ascii_case(name))
        };
        if is("html") || is("htm") {
            Self::Html
        } else {
            Self::Markdown
        }
    }
}

/// Turns the body into blocks. Limits the cost, and the damage from bugs in the libraries that
/// parse it (`Document::left_out`).
pub fn body(markup: Markup, text: &str) -> Document {
    let read = |text: &str| {
        if markup == Markup::Html || is_html(text) {
            html::document(text)
        } else {
            markdown::document(text)
        }
    };
    read_with(read, text)
}

fn read_with(read: impl Fn(&str) -> Document, text: &str) -> Document {
    catching(|| read(text)).unwrap_or_else(|| Document {
        left_out: vec![LeftOut::All],
        ..Document::default()
    })
}

/// The text before the marker that separates an excerpt from the rest. Generators have several:
/// `<!--more-->`, `<!-- more -->`, `<!-- truncate -->`, `{/* truncate */}`. Only the first 16 KiB
/// are searched.
pub fn before_more(text: &str) -> Option<&str> {
    let start = &text[..text.floor_char_boundary(16 << 10)];
    let is_sign = |at: usize, open: &str, close: &str| {
        let inner = start[at..].strip_prefix(open)?.split_once(close)?.0.trim();
        matches!(inner, "more" | "truncate" | "excerpt" | "end excerpt").then_some(at)
    };
    start
        .match_indices(['<', '{'])
        .take(4096)
        .find_map(|(at, _)| is_sign(at, "<!--", "-->").or_else(|| is_sign(at, "{/*", "*/}")))
        .map(|at| &text[..at])
}

/// The body's first heading, for an article without a title.
pub fn first_heading(markup: Markup, text: &str) -> Option<String> {
    body(markup, text).first_heading()
}

/// The links in a piece of HTML that is never shown, such as `featuredContent`.
pub fn links_in_html(text: &str) -> Vec<String> {
    catching(|| html::links(text)).unwrap_or_default()
}

/// Whether the body of a Markdown file is HTML: it starts with a tag that HTML pages start with,
/// and has nothing that only makes sense in Markdown.
///
/// Read as Markdown, such a body would mostly come out the same, but a line indented by four spaces
/// after an empty one would become code.
fn is_html(text: &str) -> bool {
    starts_with_block(text.trim_start_matches('\u{FEFF}').trim_start())
        && !text.lines().any(is_markdown)
        && !markdown::is_used_beside_html(text)
}

fn starts_with_block(text: &str) -> bool {
    let Some(tag) = text.strip_prefix('<') else {
        return false;
    };
    if tag.starts_with("!--") {
        return true;
    }
    let name: String = tag
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '!')
        .take(12)
        .collect();
    matches!(
        name.to_ascii_lowercase().as_str(),
        "!doctype"
            | "html"
            | "head"
            | "body"
            | "p"
            | "div"
            | "table"
            | "section"
            | "article"
            | "main"
            | "header"
            | "aside"
            | "nav"
            | "figure"
            | "center"
            | "ul"
            | "ol"
            | "dl"
            | "blockquote"
            | "pre"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "hr"
            | "style"
            | "meta"
            | "title"
            | "link"
            | "details"
            | "footer"
            | "form"
            | "picture"
            | "video"
            | "img"
            | "iframe"
            | "span"
    )
}

/// Headings, fences, table rules and reference links. Bullets and quotes prove nothing: text inside
/// HTML has lines that start with `-` or `>`.
fn is_markdown(line: &str) -> bool {
    let line = line.trim_end();
    let hashes = line.bytes().take_while(|byte| *byte == b'#').count();
    (1..=6).contains(&hashes) && line[hashes..].starts_with(' ')
        || line.starts_with("```")
        || line.starts_with("~~~")
        || line.starts_with("|-")
        || line.starts_with("| -")
        || line.contains("](http") && !line.contains('<')
}

#[cfg(test)]
mod tests {
    use super::super::block::Block;
    use super::*;

    #[test]
    fn the_name_of_a_file_tells_its_markup() {
        assert_eq!(Markup::from_path(Path::new("a/b.HTML")), Markup::Html);
        assert_eq!(Markup::from_path(Path::new("b.htm")), Markup::Html);
        assert_eq!(Markup::from_path(Path::new("html/b.md")), Markup::Markdown);
        assert_eq!(Markup::from_path(Path::new("README")), Markup::Markdown);
    }

    #[test]
    fn a_body_that_starts_as_html_is_html() {
        for html in [
            "<p>a</p>\n\n    <p>b</p>",
            "\n <!DOCTYPE html><p>a",
            "<h2 id=\"x\">a</h2>",
            "<TABLE><tr><td>- a",
            "<div>\n\n    <p>*a*</p>\n\n_b_</div>",
            "<p>a * b * c\n\nd_e_f [1] </p>\n---\n",
        ] {
            assert!(is_html(html), "{html}");
        }
        for markdown in [
            "a <p>",
            "<https://a.example>",
            "<b>bold</b> text",
            "<div>\n\n## Heading\n\n</div>",
            "<p>a</p>\n\n```\ncode\n```",
            "<p align=\"center\"><img src=\"a.png\"></p>\n\nText with [a link](/b).",
            "<div>\n\n*a* and `b`\n\n</div>",
            "<!-- a -->\nb **c**\n\n![d](e.png)",
            "<",
            "",
        ] {
            assert!(!is_html(markdown), "{markdown}");
        }
    }

    #[test]
    fn indented_html_is_no_code() {
        let found = body(Markup::Markdown, "<div>\n\n    <p>a</p>\n</div>");
        assert!(matches!(found.blocks[..], [Block::Paragraph(_)]));
        assert!(body(Markup::Html, " \n").is_empty());
    }

    #[test]
    fn a_panic_costs_the_body_alone() {
        let found = read_with(|_| panic!("on purpose"), "a");
        assert_eq!(found.left_out, [LeftOut::All]);
        assert!(found.is_empty());
    }

    #[test]
    fn an_excerpt_ends_at_its_sign() {
        for sign in [
            "<!--more-->",
            "<!-- more -->",
            "<!-- truncate -->",
            "{/* truncate */}",
        ] {
            assert_eq!(
                before_more(&format!("a < b\n\n{sign}\nc")),
                Some("a < b\n\n")
            );
        }
        assert_eq!(before_more("a <!-- no more -->"), None);
        assert_eq!(
            before_more(&format!("{}<!--more-->", "ä".repeat(9_000))),
            None
        );
    }

    #[test]
    fn headings_of_both_markups_are_found() {
        let html = first_heading(Markup::Html, "<p>a<h1>The <i>title</i></h1>");
        assert_eq!(html.as_deref(), Some("The title"));
        assert_eq!(first_heading(Markup::Markdown, "# T").as_deref(), Some("T"));
    }
}
