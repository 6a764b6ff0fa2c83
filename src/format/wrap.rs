//! Blocks to lines of a given width. Done once per width, not per frame: whoever shows the lines
//! keeps them. No colours: each run has a role. Tables are laid out in `table`.

mod page;
mod table;

use super::block::{Block, Document, Inline, LeftOut, ListItem, Marker, RunStyle, TableCell};
use super::clean::Clean;
use super::code::CodeLexer;
use super::flow::{FlowingText, hard_wrap};
use super::line::{Line, Run, TextRole};
use page::{LineWriter, Margin, run};

/// Columns that a list or quote must leave for its text; with less it is not indented, and a list's
/// markers are on lines of their own.
const MIN_ROOM: usize = 8;

const TAB: &str = "    ";

/// Most lines that a document is wrapped to: at a common width the limit on bytes is reached first.
pub const MAX_LINES: usize = 50_000;

/// The symbols that wrapping adds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrapSymbols {
    pub bullet: &'static str,
    /// Before each line of a quote.
    pub quote: &'static str,
    /// Repeated to draw a line.
    pub rule: &'static str,
    /// Before the continuation of a broken line of code.
    pub goes_on: &'static str,
}

impl WrapSymbols {
    pub const UNICODE: Self = Self {
        bullet: "• ",
        quote: "│ ",
        rule: "─",
        goes_on: "↪ ",
    };
    pub const ASCII: Self = Self {
        bullet: "* ",
        quote: "> ",
        rule: "-",
        goes_on: "\\ ",
    };
    /// Nothing that a screen reader would spell out.
    pub const PLAIN: Self = Self {
        bullet: "* ",
        quote: "  ",
        rule: " ",
        goes_on: "  ",
    };
}

/// The space for a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Columns for text.
    pub columns: usize,
    /// Columns for code and tables, which may be wider than text that is comfortable to read.
    pub wide: usize,
    pub signs: WrapSymbols,
}

impl Layout {
    /// The same columns for everything.
    pub fn new(columns: usize) -> Self {
        Self {
            columns,
            wide: columns,
            signs: WrapSymbols::UNICODE,
        }
    }
}

/// The document in lines of at most `columns`, with an empty line between blocks. Only a grapheme
/// that is wider than `columns` by itself sticks out.
pub fn document(document: &Document, columns: usize) -> Vec<Line> {
    lines(document, &Layout::new(columns)).lines
}

/// Like [`document`], with other symbols.
pub fn document_with(document: &Document, columns: usize, signs: &WrapSymbols) -> Vec<Line> {
    let signs = *signs;
    lines(
        document,
        &Layout {
            signs,
            ..Layout::new(columns)
        },
    )
    .lines
}

/// Lines of a document, and where its pictures belong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wrapped {
    pub lines: Vec<Line>,
    /// From top to bottom.
    pub pictures: Vec<Captioned>,
}

/// The caption of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Captioned {
    /// How many lines there are up to its end.
    pub below: usize,
    /// What lines start with there, inside a list or quote.
    pub margin: Clean,
    /// Where the picture is, as written.
    pub url: String,
}

impl Wrapped {
    fn truncate(&mut self, most: usize) {
        self.lines.truncate(most);
        self.pictures.retain(|it| it.below <= most);
    }
}

/// All lines of the document in its layout, at most [`MAX_LINES`], and what was left out.
pub fn lines(document: &Document, layout: &Layout) -> Wrapped {
    lines_up_to(document, layout, MAX_LINES)
}

fn lines_up_to(document: &Document, layout: &Layout, most: usize) -> Wrapped {
    let mut wrapped = beginning(document, layout, most + 1);
    let mut left_out = document.left_out.clone();
    if wrapped.lines.len() > most {
        wrapped.truncate(most);
        left_out.push(LeftOut::Lines(most));
    }
    let lines = &mut wrapped.lines;
    for left_out in left_out {
        if !lines.is_empty() {
            lines.push(Line::blank());
        }
        lines.extend(text(
            &left_out.to_string(),
            layout.columns,
            TextRole::Warning,
        ));
    }
    wrapped
}

/// The first lines of the document, at most `most`, so that a screen can be shown before the rest
/// is wrapped.
pub fn beginning(document: &Document, layout: &Layout, most: usize) -> Wrapped {
    let mut page = LineWriter::new(*layout, most);
    page.blocks(&document.blocks, TextRole::Text, Spacing::Loose);
    let mut wrapped = Wrapped {
        lines: page.lines,
        pictures: page.pictures,
    };
    wrapped.truncate(most);
    wrapped
}

/// Text as it is, line by line, in lines of at most `columns`.
pub fn verbatim(text: &str, columns: usize, role: TextRole) -> Vec<Line> {
    let mut page = LineWriter::new(Layout::new(columns), MAX_LINES);
    for line in text.lines() {
        if page.is_full() {
            break;
        }
        match line.trim_end() {
            "" => page.write(Line::blank()),
            line => {
                let line = [run(&line.replace('\t', TAB), role, None)];
                hard_wrap(&FlowingText::new(&line), columns).for_each(|line| page.write(line));
            }
        }
    }
    page.lines
}

/// Plain text in lines of at most `columns`: an empty line separates paragraphs, a single newline
/// is a space.
pub fn text(text: &str, columns: usize, role: TextRole) -> Vec<Line> {
    let mut page = LineWriter::new(Layout::new(columns), MAX_LINES);
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    for paragraph in lines.split(|line| line.is_empty()) {
        let words = paragraph.join(" ");
        if !words.is_empty() {
            page.part();
            page.flow(&[run(&words, role, None)]);
        }
    }
    page.lines
}

/// Whether consecutive blocks have an empty line between them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Spacing {
    Tight,
    Loose,
}

impl LineWriter {
    fn blocks(&mut self, blocks: &[Block], tone: TextRole, spacing: Spacing) {
        for (at, block) in blocks.iter().enumerate() {
            if self.is_full() {
                return;
            }
            if at > 0 && spacing == Spacing::Loose {
                self.part();
            }
            self.block(block, tone);
        }
    }

    fn block(&mut self, block: &Block, tone: TextRole) {
        match block {
            Block::Heading { text, .. } => self.inlines(text, TextRole::Heading),
            Block::Paragraph(text) => self.inlines(text, tone),
            Block::Quote(blocks) => {
                let margin = Margin {
                    text: Clean::label(self.layout.signs.quote),
                    marker: None,
                };
                self.indented(margin, |page| {
                    page.blocks(blocks, TextRole::Quote, Spacing::Loose)
                });
            }
            Block::List(items) => self.list(items, tone),
            Block::Code { language, text } => self.code(language, text),
            Block::Table { header, rows } => self.table(header, rows, tone),
            Block::Rule => {
                let rule = self.rule();
                let mut line = Line::new();
                line.push(rule, TextRole::Faint);
                self.write(line);
            }
            Block::Image { alt, url, link } => {
                let caption = match alt.as_str() {
                    "" => "[image]".to_owned(),
                    alt => format!("[image: {alt}]"),
                };
                self.flow(&[run(&caption, TextRole::Faint, *link)]);
                let margin = self.margin.iter().map(|margin| margin.text.as_str());
                self.pictures.push(Captioned {
                    below: self.lines.len(),
                    margin: Clean::new(&margin.collect::<String>()),
                    url: url.clone(),
                });
            }
        }
    }

    fn inlines(&mut self, text: &[Inline], tone: TextRole) {
        let mut line = Vec::new();
        for inline in text {
            for (at, part) in inline.text.split('\n').enumerate() {
                if at > 0 {
                    self.flow(&line);
                    line.clear();
                }
                if self.is_full() {
                    return;
                }
                line.push(run(part, role(inline, tone), inline.link));
            }
        }
        self.flow(&line);
    }

    fn list(&mut self, items: &[ListItem], tone: TextRole) {
        let markers: Vec<Clean> = items.iter().map(|item| self.marker(&item.marker)).collect();
        let width = markers.iter().map(Clean::width).max().unwrap_or_default();
        let spacing = if items.iter().all(is_tight) {
            Spacing::Tight
        } else {
            Spacing::Loose
        };
        for (at, (item, marker)) in items.iter().zip(markers).enumerate() {
            if self.is_full() {
                return;
            }
            if at > 0 && spacing == Spacing::Loose {
                self.part();
            }
            if item.marker == Marker::Term {
                self.blocks(&item.blocks, TextRole::Strong, spacing);
                continue;
            }
            let (marker, link) = match item.marker {
                Marker::Number(_) => (format!("{marker:>width$}"), None),
                Marker::Note { link, .. } => (format!("{marker:width$}"), link),
                Marker::Bullet | Marker::Task { .. } | Marker::Term | Marker::Meaning => {
                    (format!("{marker:width$}"), None)
                }
            };
            let margin = Margin {
                text: Clean::new(&" ".repeat(width)),
                marker: Some(run(&marker, TextRole::Faint, link)),
            };
            self.indented(margin, |page| page.blocks(&item.blocks, tone, spacing));
        }
    }

    fn marker(&self, marker: &Marker) -> Clean {
        match marker {
            Marker::Bullet => Clean::label(self.layout.signs.bullet),
            Marker::Number(number) => Clean::new(&format!("{number}. ")),
            Marker::Task { done: true } => Clean::label("[x] "),
            Marker::Task { done: false } => Clean::label("[ ] "),
            Marker::Term => Clean::label(""),
            Marker::Meaning => Clean::label(TAB),
            Marker::Note { name, .. } => Clean::new(&format!("[{name}] ")),
        }
    }

    fn code(&mut self, language: &str, code: &str) {
        let mut lexer = CodeLexer::new(language);
        let margin = Margin {
            text: Clean::label("  "),
            marker: None,
        };
        self.indented(margin, |page| {
            for line in code.lines() {
                if page.is_full() {
                    return;
                }
                let line = line.replace('\t', TAB);
                match &mut lexer {
                    None => page.code_line(&[run(&line, TextRole::Code, None)]),
                    Some(lexer) => {
                        let pieces = lexer.line(&line, &mut page.pieces).into_iter();
                        let runs: Vec<Run> = pieces
                            .map(|(range, role)| run(&line[range], role, None))
                            .collect();
                        page.code_line(&runs);
                    }
                }
            }
        });
    }

    fn code_line(&mut self, line: &[Run]) {
        let line = &FlowingText::new(line);
        let room = self.wide_room();
        if line.width() <= room {
            return hard_wrap(line, room).for_each(|line| self.write(line));
        }
        // Continuations have a symbol before them, so no line has all the room.
        let sign = Clean::label(self.layout.signs.goes_on);
        let sign = Some(sign).filter(|sign| room > sign.width() + MIN_ROOM);
        let room = room - sign.as_ref().map_or(0, Clean::width);
        for (at, line) in hard_wrap(line, room).enumerate() {
            if self.is_full() {
                return;
            }
            match &sign {
                Some(sign) if at > 0 => self.write(line.after(sign.clone(), TextRole::Faint)),
                _ => self.write(line),
            }
        }
    }
}

fn cell_runs(cell: &TableCell, tone: TextRole) -> Vec<Run> {
    cell.iter()
        .map(|inline| run(&inline.text, role(inline, tone), inline.link))
        .collect()
}

/// A heading stays a heading throughout; elsewhere being a link matters more than the style.
fn role(inline: &Inline, tone: TextRole) -> TextRole {
    match inline.style {
        _ if tone == TextRole::Heading => tone,
        _ if inline.link.is_some() => TextRole::Link,
        RunStyle::Plain => tone,
        RunStyle::Emphasis => TextRole::Emphasis,
        RunStyle::Strong => TextRole::Strong,
        RunStyle::Strike => TextRole::Strike,
        RunStyle::Code => TextRole::Code,
        RunStyle::Template => TextRole::Faint,
    }
}

/// Whether an item needs no empty lines around it: one block, perhaps with lists below it.
fn is_tight(item: &ListItem) -> bool {
    item.blocks
        .iter()
        .skip(1)
        .all(|block| matches!(block, Block::List(_)))
}

#[cfg(test)]
mod tests;
