//! Determines which markup a body uses, and turns any body into blocks.

use std::path::Path;

use super::block::{Document, LeftOut};
use super::catching::catching;
use super::lossy::file_name;
use super::{beside_html, html, markdown};

/// The markup that a file's name implies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Markup {
    /// Markdown, unless the body itself is HTML.
    Markdown,
    /// Markdown with components and expressions.
    Mdx,
    Html,
}

impl Markup {
    /// HTML for `.html` and `.htm`, MDX for `.mdx`, Markdown for everything else.
    pub fn from_path(path: &Path) -> Self {
        let name = file_name(path);
        let parts = name.rsplit_once('.');
        let ending = parts.filter(|(stem, _)| !stem.is_empty());
        let is = |it: &str| ending.is_some_and(|(_, ending)| ending.eq_ignore_ascii_case(it));
        if is("html") || is("htm") {
            Self::Html
        } else if is("mdx") {
            Self::Mdx
        } else {
            Self::Markdown
        }
    }
}

/// Turns the body into blocks. Limits the cost, and the damage from bugs in the libraries that
/// parse it (`Document::left_out`).
pub fn body(markup: Markup, text: &str) -> Document {
    let read = |text: &str| match markup {
        Markup::Mdx => markdown::document_in_mdx(text),
        Markup::Markdown if !is_html(text) => markdown::document(text),
        Markup::Markdown | Markup::Html => html::document_with_templates(text),
    };
    read_with(read, text)
}

/// Turns HTML from the web into blocks. Braces in it are text: no generator has yet to read them.
pub fn web_page(html: &str) -> Document {
    read_with(html::document, html)
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

/// Whether the body of a Markdown file is HTML: it starts with a tag that HTML pages start with, and
/// nothing beside its tags is Markdown. Comments before that tag prove nothing.
///
/// Read as Markdown, such a body would mostly come out the same, but a line indented by four spaces
/// after an empty one would become code.
fn is_html(text: &str) -> bool {
    let start = behind_comments(text);
    is_page(start) || starts_with_block(start) && !beside_html::is_used(start)
}

/// A text without the blanks and comments at its start.
fn behind_comments(text: &str) -> &str {
    let mut rest = text.trim_start_matches('\u{FEFF}').trim_start();
    while let Some((_, behind)) = rest
        .strip_prefix("<!--")
        .and_then(|inner| inner.split_once("-->"))
    {
        rest = behind.trim_start();
    }
    rest
}

/// Whether a text is a whole page, whatever is in it.
fn is_page(text: &str) -> bool {
    ["<!doctype", "<html"].iter().any(|start| {
        text.get(..start.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(start))
    })
}

/// The tags that HTML bodies start with.
const BLOCKS: [&str; 37] = [
    "head",
    "body",
    "p",
    "div",
    "table",
    "section",
    "article",
    "main",
    "header",
    "aside",
    "nav",
    "figure",
    "center",
    "ul",
    "ol",
    "dl",
    "blockquote",
    "pre",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "style",
    "meta",
    "title",
    "link",
    "details",
    "footer",
    "form",
    "picture",
    "video",
    "img",
    "iframe",
    "span",
];

fn starts_with_block(text: &str) -> bool {
    let Some(tag) = text.strip_prefix('<') else {
        return false;
    };
    let end = tag.find(|sign: char| !sign.is_ascii_alphanumeric());
    let name = &tag[..end.unwrap_or(tag.len())];
    BLOCKS.iter().any(|block| block.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::super::block::{Block, plain};
    use super::*;

    #[test]
    fn the_name_of_a_file_tells_its_markup() {
        assert_eq!(Markup::from_path(Path::new("a/b.HTML")), Markup::Html);
        assert_eq!(Markup::from_path(Path::new("b.htm")), Markup::Html);
        assert_eq!(Markup::from_path(Path::new("html/b.md")), Markup::Markdown);
        assert_eq!(Markup::from_path(Path::new("b.mdx")), Markup::Mdx);
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
            "<!-- a -->\n\n<!-- b --><p>a</p>\n\n    <p>b</p>",
            "<h2>a</h2>\n\n<p>b</p>\n\n<ul>\n\n  <li>c</li>\n\n</ul>",
            "<div>\n  <p>\n\n  a\n\n    - b\n\n  </p>\n</div>",
            "<div><pre>\na\n\n# b\n\n*c*\n\n</pre></div>\n\n<p>d</p>",
            "<p>a</p>\n\n<b>b</b> c\n\n<img src=\"d\">",
            "<!DOCTYPE html>\n<title>a</title>\n\nb\n\n# c\n",
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
            "<!-- a -->\n\nb\n\nc, where a<b holds.\n\nd",
            "<!-- a -->",
            "<p align=\"center\"><img src=\"a.png\"></p>\n\nb\n\nc",
            "<p>a</p>\n\n* b\n* c\n",
            "<p>a</p>\n\n  1. b\n",
            "<p>a</p>\n\nb\n\n    <b>c</b>\n",
            "<div>\na\n\nb\n\n</div>",
            "<table><tr><td>a</td></tr></table>\n\nA heading\n---------\n",
            "<style>\n\na {}\n</style>\nb",
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
    fn html_ends_at_an_empty_line() {
        let found = body(
            Markup::Markdown,
            "<!-- a -->\n\nOne.\n\nTwo, where a<b holds.\n\nThree.",
        );
        let expected = ["One.", "Two, where a<b holds.", "Three."];
        let texts = found.blocks.iter().map(|block| match block {
            Block::Paragraph(text) => plain(text),
            other => panic!("{other:?}"),
        });
        assert_eq!(texts.collect::<Vec<_>>(), expected);
        let banner = body(
            Markup::Markdown,
            "<p><img src=\"a\" alt=\"b\"></p>\n\nc\n\n* d",
        );
        assert!(matches!(
            banner.blocks[..],
            [Block::Image { .. }, Block::Paragraph(_), Block::List(_)]
        ));
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
