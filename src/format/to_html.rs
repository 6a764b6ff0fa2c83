//! Writes a document as HTML that is safe to open anywhere: no scripts, nothing loaded, and only
//! checked links lead away. Pictures are captions that link to them.

use std::fmt::Write;

use html_escape::{encode_double_quoted_attribute, encode_text};

use super::block::{Block, Document, Inline, ListItem, Marker, RunStyle, TableCell};
use super::link::Link;

/// Forbids what the page does not contain anyway, in case a mail program adds it.
const HEAD: &str = "\
<meta charset=\"utf-8\">
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">
<meta name=\"referrer\" content=\"no-referrer\">
<meta name=\"viewport\" content=\"width=device-width\">
<meta name=\"color-scheme\" content=\"light dark\">
";

const STYLE: &str = "\
<style>
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.6rem; line-height: 1.25 }
h2 { font-size: 1.15rem; margin: 2rem 0 0 }
p { margin: .25rem 0 }
.facts { font-size: .875rem; opacity: .75 }
.text p, .text ul, .text ol, .text pre, .text table { margin: .75rem 0 }
blockquote { margin: .75rem 0; padding-left: 1rem; border-left: 3px solid gray }
pre { overflow-x: auto }
th, td { padding: 0 .75rem 0 0; text-align: left; vertical-align: top }
</style>
";

/// The beginning of a page, up to and including `<body>`.
pub fn page_start(title: &str) -> String {
    let title = encode_text(title);
    format!(
        "<!doctype html>\n<html>\n<head>\n{HEAD}<title>{title}</title>\n{STYLE}</head>\n<body>\n"
    )
}

/// The end of a page.
pub const PAGE_END: &str = "</body>\n</html>\n";

/// A link around text that is HTML already.
pub fn anchor(link: &Link, inner: &str) -> String {
    let url = encode_double_quoted_attribute(link.as_str());
    format!("<a href=\"{url}\" rel=\"noopener noreferrer\">{inner}</a>")
}

/// The document as a piece of HTML for the body of a page.
pub fn html(document: &Document) -> String {
    html_among(document, "")
}

/// The same for one of several documents on a page: the ids of its footnotes begin with `notes`.
pub fn html_among(document: &Document, notes: &str) -> String {
    let mut writer = Writer {
        notes,
        links: &document.links,
        written: String::new(),
        noted: Vec::new(),
    };
    writer.blocks(&document.blocks);
    writer.written
}

struct Writer<'a> {
    links: &'a [String],
    /// The prefix of footnotes' ids.
    notes: &'a str,
    written: String,
    /// Footnotes that were referred to: each note links back to its first reference.
    noted: Vec<usize>,
}

impl Writer<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { level, text } => {
                // The page's own title is the only top-level heading.
                let level = (level + 1).min(6);
                self.tag(&format!("h{level}"), |writer| writer.inlines(text));
            }
            Block::Paragraph(text) => self.tag("p", |writer| writer.inlines(text)),
            Block::Quote(blocks) => self.tag("blockquote", |writer| writer.blocks(blocks)),
            Block::List(items) => self.list(items),
            Block::Code { text, .. } => {
                self.push(&format!("<pre><code>{}</code></pre>\n", encode_text(text)));
            }
            Block::Table { header, rows } => self.tag("table", |writer| {
                if !header.is_empty() {
                    writer.row("th", header);
                }
                rows.iter().for_each(|row| writer.row("td", row));
            }),
            Block::Rule => self.push("<hr>\n"),
            Block::Image { alt, link, .. } => self.tag("p", |writer| {
                let caption = match alt.as_str() {
                    "" => "[image]".to_owned(),
                    alt => format!("[image: {alt}]"),
                };
                let caption = encode_text(&caption).into_owned();
                writer.linked(*link, &caption);
            }),
        }
    }

    fn push(&mut self, html: &str) {
        self.written.push_str(html);
    }

    fn tag(&mut self, name: &str, inside: impl FnOnce(&mut Self)) {
        self.push(&format!("<{name} dir=\"auto\">"));
        inside(self);
        self.push(&format!("</{name}>\n"));
    }

    fn row(&mut self, name: &str, cells: &[TableCell]) {
        self.tag("tr", |writer| {
            for cell in cells {
                writer.tag(name, |writer| writer.inlines(cell));
            }
        });
    }

    fn list(&mut self, items: &[ListItem]) {
        for items in items.chunk_by(|a, b| list_of(&a.marker) == list_of(&b.marker)) {
            let name = list_of(&items[0].marker);
            if let Marker::Number(first) = items[0].marker {
                self.push(&format!("<ol start=\"{first}\">\n"));
            } else {
                self.push(&format!("<{name}>\n"));
            }
            items.iter().for_each(|item| self.item(item));
            self.push(&format!("</{name}>\n"));
        }
    }

    fn item(&mut self, item: &ListItem) {
        match &item.marker {
            Marker::Term => self.tag("dt", |writer| writer.blocks(&item.blocks)),
            Marker::Meaning => self.tag("dd", |writer| writer.blocks(&item.blocks)),
            Marker::Bullet | Marker::Number(_) => self.tag("li", |it| it.blocks(&item.blocks)),
            Marker::Task { done } => {
                let checked = if *done { " checked" } else { "" };
                self.tag("li", |writer| {
                    writer.push(&format!("<input type=\"checkbox\" disabled{checked}> "));
                    writer.blocks(&item.blocks);
                });
            }
            Marker::Note { name, link } => self.tag("li", |writer| {
                let (name, notes) = (encode_text(name), writer.notes);
                match link {
                    Some(at) => writer.push(&format!(
                        "<a id=\"{notes}note-{at}\" href=\"#{notes}ref-{at}\">[{name}]</a> "
                    )),
                    None => writer.push(&format!("[{name}] ")),
                }
                writer.blocks(&item.blocks);
            }),
        }
    }

    fn inlines(&mut self, text: &[Inline]) {
        for runs in text.chunk_by(|a, b| a.link == b.link) {
            let words: String = runs.iter().map(styled).collect();
            self.linked(runs[0].link, &words);
        }
    }

    /// Writes HTML, linked where a link of the document leads if that is a page or a footnote.
    fn linked(&mut self, link: Option<usize>, inner: &str) {
        let target = link.and_then(|at| Some((at, self.links.get(at)?)));
        match target {
            Some((at, note)) if note.starts_with('#') => {
                let notes = self.notes;
                let id = if self.noted.contains(&at) {
                    String::new()
                } else {
                    self.noted.push(at);
                    format!(" id=\"{notes}ref-{at}\"")
                };
                self.push(&format!(
                    "<sup><a{id} href=\"#{notes}note-{at}\">{inner}</a></sup>"
                ));
            }
            Some((_, url)) => match Link::parse(url.trim()) {
                Ok(link) => self.push(&anchor(&link, inner)),
                Err(_) => self.push(inner),
            },
            None => self.push(inner),
        }
    }
}

/// The list that an item of this kind is in.
fn list_of(marker: &Marker) -> &'static str {
    match marker {
        Marker::Number(_) => "ol",
        Marker::Term | Marker::Meaning => "dl",
        Marker::Bullet | Marker::Task { .. } | Marker::Note { .. } => "ul",
    }
}

fn styled(run: &Inline) -> String {
    let text = encode_text(&run.text).replace('\n', "<br>\n");
    let tag = match run.style {
        RunStyle::Plain | RunStyle::Template => return text,
        RunStyle::Emphasis => "em",
        RunStyle::Strong => "strong",
        RunStyle::Strike => "del",
        RunStyle::Code => "code",
    };
    let mut html = String::with_capacity(text.len() + 16);
    // Writing to a string cannot fail.
    let _ = write!(html, "<{tag}>{text}</{tag}>");
    html
}
