//! A body to blocks and to lines: nothing controls the terminal, nothing sticks out, every link
//! leads somewhere, and little memory is used. Written as Markdown or HTML it steers neither a terminal nor a
//! site generator, and runs nothing.

use newsdesk::format::block::{Block, Document, Inline};
use newsdesk::format::body::{Markup, body};
use newsdesk::format::{to_html, to_markdown, wrap};
use unicode_segmentation::UnicodeSegmentation;

use super::clean::is_harmless;
use super::memory::cost_of;

/// Maximum bytes in use while showing a body.
const MEMORY: usize = 32 << 20;

/// The tags in the HTML that is written.
const TAGS: [&str; 27] = [
    "a",
    "blockquote",
    "br",
    "code",
    "dd",
    "del",
    "dl",
    "dt",
    "em",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "input",
    "li",
    "ol",
    "p",
    "pre",
    "strong",
    "sup",
    "table",
    "td",
    "th",
    "tr",
    "ul",
];

/// Reads and wraps the bytes as Markdown.
///
/// # Panics
/// If the document or its lines are inconsistent, or take too much memory.
pub fn check_markdown(bytes: &[u8]) {
    check(Markup::Markdown, bytes);
}

/// Reads and wraps the bytes as HTML.
///
/// # Panics
/// As for [`check_markdown`].
pub fn check_html(bytes: &[u8]) {
    check(Markup::Html, bytes);
}

fn check(markup: Markup, bytes: &[u8]) {
    const WIDTHS: [usize; 4] = [1, 20, 78, 200];
    let text = super::text(bytes);
    let columns = WIDTHS[bytes.len() % WIDTHS.len()];
    let ((document, lines), peak, _) = cost_of(|| {
        let document = body(markup, &text);
        let lines = wrap::document(&document, columns);
        (document, lines)
    });
    assert!(peak <= MEMORY, "{peak} bytes were held at once");
    holds_together(&document, &document.blocks);
    let markdown = to_markdown::markdown(&document);
    assert!(
        !markdown.contains("{%") && !markdown.contains("{{"),
        "{markdown}"
    );
    let html = to_html::html(&document);
    let is_steering = |sign: char| sign.is_control() && !matches!(sign, '\n' | '\t');
    assert!(!markdown.contains(is_steering), "{markdown:?}");
    for tag in html.split('<').skip(1) {
        let name: String = tag
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        assert!(
            TAGS.contains(&name.as_str()) || tag.starts_with('/'),
            "{html}"
        );
    }
    for line in lines {
        // A grapheme that is wider than the columns by itself sticks out.
        let text: String = line.runs.iter().map(|run| run.text.as_str()).collect();
        let fits = line.width() <= columns || text.graphemes(true).count() == 1;
        assert!(fits, "{columns}: {line:?}");
        for run in &line.runs {
            assert!(run.text.as_str().chars().all(is_harmless), "{run:?}");
            assert!(run.link.is_none_or(|at| at < document.links.len()));
        }
    }
}

fn holds_together(document: &Document, blocks: &[Block]) {
    let leads_somewhere = |text: &[Inline]| {
        let links = text.iter().filter_map(|inline| inline.link);
        assert!(links.max().is_none_or(|at| at < document.links.len()));
    };
    for block in blocks {
        match block {
            Block::Heading { level, text } => {
                assert!((1..=6).contains(level), "a heading of level {level}");
                leads_somewhere(text);
            }
            Block::Paragraph(text) => leads_somewhere(text),
            Block::Quote(inner) => holds_together(document, inner),
            Block::List(items) => {
                for item in items {
                    holds_together(document, &item.blocks);
                }
            }
            Block::Table { header, rows } => {
                for cell in rows.iter().chain([header]).flatten() {
                    leads_somewhere(cell);
                }
            }
            Block::Image { link, .. } => {
                assert!(link.is_none_or(|at| at < document.links.len()));
            }
            _ => {}
        }
    }
}
