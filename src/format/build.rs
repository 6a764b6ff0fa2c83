//! Builds a document from markup, one tag at a time. Markdown and HTML share it, so that HTML
//! inside Markdown ends up in the same tree.
//!
//! This part handles text: paragraphs, styles, links. `containers` handles what contains them.

use std::collections::HashMap;

use super::block::{
    Block, Document, Inline, LeftOut, MAX_BLOCKS, MAX_BODY, MAX_LINKS, MAX_SIGNS, Marker, RunStyle,
};
use super::clean::has_ink;
use super::containers::{ContainerKind, Containers};

/// Maximum number of separate runs of text. Further text joins the run before it: it loses its
/// style, but no words.
const MAX_RUNS: usize = 50_000;

/// Code being collected.
#[derive(Default)]
struct Code {
    language: String,
    text: String,
}

/// A document being built.
#[derive(Default)]
pub(super) struct DocumentBuilder {
    containers: Containers,
    links: Vec<String>,
    left_out: Vec<LeftOut>,
    /// The current paragraph or heading.
    text: Vec<Inline>,
    /// How many runs were started, in all paragraphs.
    runs: usize,
    heading: Option<u8>,
    code: Option<Code>,
    /// How many of each style are open.
    styles: [usize; 6],
    link: Option<usize>,
    /// The index of each link: a hostile body has too many to search.
    known_links: HashMap<String, usize>,
}

impl DocumentBuilder {
    /// The part of a body that is read; records whether anything was cut.
    pub(super) fn take<'a>(&mut self, body: &'a str) -> &'a str {
        if body.len() > MAX_BODY {
            self.left_out.push(LeftOut::Bytes(body.len()));
        }
        &body[..body.floor_char_boundary(MAX_BODY)]
    }

    /// Records that attributes were left unread.
    pub(super) fn attributes_were_cut(&mut self) {
        if !self.left_out.contains(&LeftOut::Attributes) {
            self.left_out.push(LeftOut::Attributes);
        }
    }

    /// The part of a body within the limit for markup.
    pub(super) fn take_signs<'a>(
        &mut self,
        body: &'a str,
        is_sign: impl Fn(u8) -> bool,
    ) -> &'a str {
        let mut signs = (0..).zip(body.bytes()).filter(|(_, byte)| is_sign(*byte));
        let Some((end, _)) = signs.nth(MAX_SIGNS) else {
            return body;
        };
        self.left_out
            .push(LeftOut::Signs(MAX_SIGNS + 1 + signs.count()));
        &body[..end]
    }

    /// Flowing text: whitespace becomes one space, and none at the start of a paragraph.
    pub(super) fn text(&mut self, text: &str) {
        if let Some(code) = &mut self.code {
            code.text.push_str(text);
            return;
        }
        let mut flowing = String::with_capacity(text.len());
        let mut spaced = self
            .text
            .last()
            .is_none_or(|last| last.text.ends_with([' ', '\n']));
        for c in text.chars() {
            match c {
                // A hyphenation hint, which nothing here uses.
                '\u{AD}' => {}
                ' ' | '\t' | '\n' | '\r' | '\u{C}' | '\u{A0}' => {
                    if !spaced {
                        flowing.push(' ');
                    }
                    spaced = true;
                }
                _ => {
                    flowing.push(c);
                    spaced = false;
                }
            }
        }
        self.push_inline(flowing);
    }

    fn push_inline(&mut self, text: String) {
        if text.is_empty() {
            return;
        }
        let (style, link) = (self.style(), self.link);
        match self.text.last_mut() {
            Some(last) if self.runs >= MAX_RUNS || last.style == style && last.link == link => {
                last.text.push_str(&text);
            }
            _ => {
                self.runs += 1;
                self.text.push(Inline { text, style, link });
            }
        }
    }

    /// Ends a line; twice in a row it ends a paragraph.
    pub(super) fn line_break(&mut self) {
        if let Some(code) = &mut self.code {
            code.text.push('\n');
            return;
        }
        let Some(last) = self.text.last_mut() else {
            return;
        };
        last.text.truncate(last.text.trim_end_matches(' ').len());
        if last.text.ends_with('\n') {
            self.end_text();
        } else {
            last.text.push('\n');
        }
    }

    pub(super) fn open_style(&mut self, style: RunStyle) {
        self.styles[style as usize] += 1;
    }

    pub(super) fn close_style(&mut self, style: RunStyle) {
        let open = &mut self.styles[style as usize];
        *open = open.saturating_sub(1);
    }

    fn style(&self) -> RunStyle {
        [
            RunStyle::Template,
            RunStyle::Code,
            RunStyle::Strike,
            RunStyle::Strong,
            RunStyle::Emphasis,
        ]
        .into_iter()
        .find(|style| self.styles[*style as usize] > 0)
        .unwrap_or_default()
    }

    /// From here on, text links to `url`. A fragment of the same page is not a link: there is no
    /// page.
    pub(super) fn open_link(&mut self, url: &str) {
        let url = url.trim();
        self.link = if url.is_empty() || url.starts_with('#') {
            None
        } else {
            self.link_to(url)
        };
    }

    /// The index of a link; `None` if there are too many.
    fn link_to(&mut self, url: &str) -> Option<usize> {
        let next = self.known_links.len();
        let index = *self.known_links.entry(url.to_owned()).or_insert(next);
        if index == next && index < MAX_LINKS {
            self.links.push(url.to_owned());
        }
        Some(index).filter(|index| *index < MAX_LINKS)
    }

    /// Refers to the footnote of this name.
    pub(super) fn note_reference(&mut self, name: &str) {
        let around = self.link;
        self.link = self.link_to(&format!("#{name}"));
        self.text(&format!("[{name}]"));
        self.link = around;
    }

    /// Opens the text of the footnote of this name, which goes to the end of the document wherever
    /// it is written. It is closed like a list item.
    pub(super) fn open_note(&mut self, name: &str) {
        self.open_list(None);
        self.open_item();
        let link = self.link_to(&format!("#{name}"));
        self.mark_item(Marker::Note {
            name: name.to_owned(),
            link,
        });
    }

    pub(super) fn close_link(&mut self) {
        self.link = None;
    }

    /// Ends the current paragraph, heading or code, and starts a paragraph.
    pub(super) fn end_text(&mut self) {
        if let Some(code) = self.code.take() {
            let text = code.text.trim_end().trim_start_matches(['\n', '\r']);
            if !text.is_empty() {
                self.containers.push(Block::Code {
                    language: code.language,
                    text: text.to_owned(),
                });
            }
        }
        let heading = self.heading.take();
        let mut text = std::mem::take(&mut self.text);
        while let Some(last) = text.last_mut() {
            last.text.truncate(last.text.trim_end().len());
            if !last.text.is_empty() {
                break;
            }
            text.pop();
        }
        if text.iter().any(|inline| has_ink(&inline.text)) {
            self.containers.push(match heading {
                Some(level) => Block::Heading { level, text },
                None => Block::Paragraph(text),
            });
        }
    }

    /// From here on, text is a heading, up to the next [`end_text`](Self::end_text).
    pub(super) fn heading(&mut self, level: u8) {
        self.end_text();
        self.heading = Some(level);
    }

    /// From here on, text is kept as written, up to the next [`end_text`](Self::end_text).
    pub(super) fn code(&mut self, language: &str) {
        self.end_text();
        self.code = Some(Code::default());
        self.code_in(language);
    }

    /// Names the language of the code that is open.
    pub(super) fn code_in(&mut self, language: &str) {
        if let Some(code) = &mut self.code
            && !language.is_empty()
        {
            code.language = language.to_owned();
        }
    }

    pub(super) fn rule(&mut self) {
        self.end_text();
        self.containers.push(Block::Rule);
    }

    /// A picture on a line of its own; the paragraph around it continues below.
    pub(super) fn image(&mut self, alt: &str, url: &str) {
        let heading = self.heading;
        self.end_text();
        self.heading = heading;
        // A picture that is not a link links to its file.
        let around = self.link;
        if around.is_none() {
            self.open_link(url);
        }
        self.containers.push(Block::Image {
            alt: alt.split_whitespace().collect::<Vec<_>>().join(" "),
            url: url.trim().to_owned(),
            link: self.link,
        });
        self.link = around;
    }

    pub(super) fn open_quote(&mut self) {
        self.end_text();
        self.containers.open_quote();
    }

    /// Opens a list, numbered from `number` or with bullets.
    pub(super) fn open_list(&mut self, number: Option<u64>) {
        self.end_text();
        self.containers.open_list(number);
    }

    /// Opens the next item of the innermost list, or of a new one if none is open.
    pub(super) fn open_item(&mut self) {
        self.end_text();
        self.containers.open_item();
    }

    /// Gives the item just opened a marker other than its list's.
    pub(super) fn mark_item(&mut self, marker: Marker) {
        self.containers.mark_item(marker);
    }

    pub(super) fn open_table(&mut self) {
        self.end_text();
        self.containers.open_table();
    }

    /// Opens the next row of the innermost table.
    pub(super) fn open_row(&mut self) {
        self.end_text();
        self.containers.open_row();
    }

    /// Opens the next cell of the row; `heads` if it names a row or column.
    pub(super) fn open_cell(&mut self, heads: bool) {
        self.end_text();
        self.containers.open_cell(heads);
    }

    /// Closes the innermost container of this kind and everything inside it.
    pub(super) fn close(&mut self, kind: ContainerKind) {
        self.end_text();
        self.containers.close(kind);
    }

    /// Closes everything that is still open, and returns the document.
    pub(super) fn finish(mut self) -> Document {
        self.end_text();
        let (blocks, found) = self.containers.finish();
        let links = self.known_links.len();
        let mut left_out = self.left_out;
        left_out.extend((found > MAX_BLOCKS).then_some(LeftOut::Blocks(found)));
        left_out.extend((links > MAX_LINKS).then_some(LeftOut::Links(links)));
        Document {
            blocks,
            links: self.links,
            left_out,
        }
    }
}
