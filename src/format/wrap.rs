//! Blocks to lines of a given width. Rendered once for a width, never for a frame: whoever shows
//! the lines keeps them. No colours: a run says what it means.

use super::block::{Block, Cell, Document, Inline, Item, Marker, Style, plain};
use super::clean::Clean;
use super::flow::{flow, hard_wrap};
use super::line::{Line, Role, Run};

/// Columns that a list or quote must leave to its text; with less it is not indented, and
/// a list's markers stand on lines of their own.
const MIN_ROOM: usize = 8;

/// Columns between those of a table.
const GUTTER: usize = 2;

const TAB: &str = "    ";

/// The signs that wrapping adds to what was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signs {
    pub bullet: &'static str,
    /// Before each line of a quote.
    pub quote: &'static str,
    /// Repeated to draw a line.
    pub rule: &'static str,
}

impl Signs {
    pub const UNICODE: Self = Self {
        bullet: "• ",
        quote: "│ ",
        rule: "─",
    };
    pub const ASCII: Self = Self {
        bullet: "* ",
        quote: "> ",
        rule: "-",
    };
}

/// The document in lines of at most `columns`, with an empty line between blocks. A grapheme that
/// is wider than `columns` by itself is the only thing that stands out.
pub fn document(document: &Document, columns: usize) -> Vec<Line> {
    document_with(document, columns, &Signs::UNICODE)
}

/// As [`document`], with other signs.
pub fn document_with(document: &Document, columns: usize, signs: &Signs) -> Vec<Line> {
    let mut page = Page::new(columns, *signs);
    page.blocks(&document.blocks, Role::Text, Spacing::Loose);
    page.lines
}

/// Plain text in lines of at most `columns`: an empty line in it parts paragraphs, a single line
/// end is a space.
pub fn text(text: &str, columns: usize, role: Role) -> Vec<Line> {
    let mut page = Page::new(columns, Signs::UNICODE);
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    for paragraph in lines.split(|line| line.is_empty()) {
        let words = paragraph.join(" ");
        if !words.is_empty() {
            page.part();
            page.flow(vec![run(&words, role, None)]);
        }
    }
    page.lines
}

/// Whether blocks that follow each other have an empty line between them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Spacing {
    Tight,
    Loose,
}

/// Lines in the making.
struct Page {
    columns: usize,
    signs: Signs,
    lines: Vec<Line>,
    /// What each line starts with, from the outermost list or quote to the innermost.
    margin: Vec<Margin>,
}

struct Margin {
    /// Shown on every line.
    text: Clean,
    /// Shown on the next line only, instead and as wide.
    marker: Option<Clean>,
}

impl Page {
    fn new(columns: usize, signs: Signs) -> Self {
        Self {
            columns: columns.max(1),
            signs,
            lines: Vec::new(),
            margin: Vec::new(),
        }
    }

    /// Columns left for text.
    fn room(&self) -> usize {
        let margin: usize = self.margin.iter().map(|margin| margin.text.width()).sum();
        self.columns.saturating_sub(margin).max(1)
    }

    /// Writes what `inside` writes, indented.
    fn indented(&mut self, margin: Margin, inside: impl FnOnce(&mut Self)) {
        if self.room() < margin.text.width() + MIN_ROOM {
            if let Some(marker) = margin.marker {
                self.flow(vec![run(marker.as_str(), Role::Faint, None)]);
            }
            return inside(self);
        }
        self.margin.push(margin);
        inside(self);
        self.margin.pop();
    }

    /// Parts what was written from what comes.
    fn part(&mut self) {
        if self.lines.is_empty() {
            return;
        }
        let start: String = self
            .margin
            .iter()
            .map(|margin| margin.text.as_str())
            .collect();
        let mut line = Line::new();
        line.push(Clean::new(start.trim_end()), Role::Faint);
        self.lines.push(line);
    }

    fn write(&mut self, text: Line) {
        let mut start = String::new();
        for margin in &mut self.margin {
            let marker = margin.marker.take();
            start.push_str(marker.as_ref().unwrap_or(&margin.text).as_str());
        }
        let mut line = Line::new();
        line.push(Clean::new(&start), Role::Faint);
        line.runs.extend(text.runs);
        self.lines.push(line);
    }

    fn flow(&mut self, runs: Vec<Run>) {
        for line in flow(&runs, self.room()) {
            self.write(line);
        }
    }

    fn blocks(&mut self, blocks: &[Block], tone: Role, spacing: Spacing) {
        for (at, block) in blocks.iter().enumerate() {
            if at > 0 && spacing == Spacing::Loose {
                self.part();
            }
            self.block(block, tone);
        }
    }

    fn block(&mut self, block: &Block, tone: Role) {
        match block {
            Block::Heading { text, .. } => self.inlines(text, Role::Heading),
            Block::Paragraph(text) => self.inlines(text, tone),
            Block::Quote(blocks) => {
                let margin = Margin {
                    text: Clean::label(self.signs.quote),
                    marker: None,
                };
                self.indented(margin, |page| {
                    page.blocks(blocks, Role::Quote, Spacing::Loose)
                });
            }
            Block::List(items) => self.list(items, tone),
            Block::Code(lines) => self.code(lines),
            Block::Table { header, rows } => self.table(header, rows, tone),
            Block::Rule => {
                let rule = self.signs.rule.repeat(self.room());
                self.flow(vec![run(&rule, Role::Faint, None)]);
            }
            Block::Image { alt, link, .. } => {
                let caption = match alt.as_str() {
                    "" => "[image]".to_owned(),
                    alt => format!("[image: {alt}]"),
                };
                self.flow(vec![run(&caption, Role::Faint, *link)]);
            }
        }
    }

    fn inlines(&mut self, text: &[Inline], tone: Role) {
        let mut line = Vec::new();
        for inline in text {
            for (at, part) in inline.text.split('\n').enumerate() {
                if at > 0 {
                    self.flow(std::mem::take(&mut line));
                }
                line.push(run(part, role(inline, tone), inline.link));
            }
        }
        self.flow(line);
    }

    fn list(&mut self, items: &[Item], tone: Role) {
        let markers: Vec<Clean> = items.iter().map(|item| self.marker(&item.marker)).collect();
        let width = markers.iter().map(Clean::width).max().unwrap_or_default();
        let spacing = if items.iter().all(is_tight) {
            Spacing::Tight
        } else {
            Spacing::Loose
        };
        for (at, (item, marker)) in items.iter().zip(markers).enumerate() {
            if at > 0 && spacing == Spacing::Loose {
                self.part();
            }
            let marker = match item.marker {
                Marker::Number(_) => format!("{marker:>width$}"),
                _ => format!("{marker:width$}"),
            };
            let margin = Margin {
                text: Clean::new(&" ".repeat(width)),
                marker: Some(Clean::new(&marker)),
            };
            self.indented(margin, |page| page.blocks(&item.blocks, tone, spacing));
        }
    }

    fn marker(&self, marker: &Marker) -> Clean {
        match marker {
            Marker::Bullet => Clean::label(self.signs.bullet),
            Marker::Number(number) => Clean::new(&format!("{number}. ")),
            Marker::Task { done: true } => Clean::label("[x] "),
            Marker::Task { done: false } => Clean::label("[ ] "),
            Marker::Note(name) => Clean::new(&format!("[{name}] ")),
        }
    }

    fn code(&mut self, code: &[String]) {
        let margin = Margin {
            text: Clean::label("  "),
            marker: None,
        };
        self.indented(margin, |page| {
            for line in code {
                let line = run(&line.replace('\t', TAB), Role::Code, None);
                for line in hard_wrap(&line, page.room()) {
                    page.write(line);
                }
            }
        });
    }

    /// Columns side by side where they fit, else each row as lines of `header: value`.
    fn table(&mut self, header: &[Cell], rows: &[Vec<Cell>], tone: Role) {
        let mut widths = Vec::new();
        for row in rows.iter().map(Vec::as_slice).chain([header]) {
            for (at, cell) in row.iter().enumerate() {
                let width = cell_width(&cell_runs(cell, tone));
                match widths.get_mut(at) {
                    Some(widest) => *widest = width.max(*widest),
                    None => widths.push(width),
                }
            }
        }
        let gutters = GUTTER * widths.len().saturating_sub(1);
        if widths.iter().sum::<usize>() + gutters <= self.room() {
            self.aligned(header, rows, &widths, tone);
        } else {
            self.stacked(header, rows, tone);
        }
    }

    fn aligned(&mut self, header: &[Cell], rows: &[Vec<Cell>], widths: &[usize], tone: Role) {
        if !header.is_empty() {
            self.write(aligned_row(header, widths, Role::Strong));
            let mut line = Line::new();
            for (at, width) in widths.iter().enumerate() {
                line.push(gutter(at), Role::Faint);
                line.push(Clean::new(&self.signs.rule.repeat(*width)), Role::Faint);
            }
            self.write(line);
        }
        for row in rows {
            self.write(aligned_row(row, widths, tone));
        }
    }

    fn stacked(&mut self, header: &[Cell], rows: &[Vec<Cell>], tone: Role) {
        for (at, row) in rows.iter().enumerate() {
            if at > 0 {
                self.part();
            }
            for (at, cell) in row.iter().enumerate() {
                let name = header.get(at).map(|name| plain(name)).unwrap_or_default();
                let mut runs = Vec::new();
                if !name.is_empty() {
                    runs.push(run(&format!("{name}: "), Role::Strong, None));
                }
                runs.extend(cell_runs(cell, tone));
                self.flow(runs);
            }
        }
    }
}

/// A row of cells padded to `widths`, except the last.
fn aligned_row(cells: &[Cell], widths: &[usize], tone: Role) -> Line {
    let mut line = Line::new();
    let mut missing = 0;
    for (at, (cell, width)) in cells.iter().zip(widths).enumerate() {
        line.push(Clean::new(&" ".repeat(missing)), tone);
        line.push(gutter(at), tone);
        let runs = cell_runs(cell, tone);
        let used = cell_width(&runs);
        runs.into_iter().for_each(|run| line.push_run(run));
        missing = width.saturating_sub(used);
    }
    line
}

/// The columns that a cell takes. Its runs are measured as they are put: a mark at the beginning of one
/// does not join the letter before it.
fn cell_width(runs: &[Run]) -> usize {
    runs.iter().map(|run| run.text.width()).sum()
}

/// What parts a column of a table from the one before it.
fn gutter(column: usize) -> Clean {
    Clean::label(if column == 0 { "" } else { "  " })
}

fn cell_runs(cell: &Cell, tone: Role) -> Vec<Run> {
    cell.iter()
        .map(|inline| run(&inline.text, role(inline, tone), inline.link))
        .collect()
}

fn run(text: &str, role: Role, link: Option<usize>) -> Run {
    Run {
        text: Clean::new(text),
        role,
        link,
    }
}

/// A heading stays one all along; elsewhere a link is seen as one before how it was written.
fn role(inline: &Inline, tone: Role) -> Role {
    match inline.style {
        _ if tone == Role::Heading => tone,
        _ if inline.link.is_some() => Role::Link,
        Style::Plain => tone,
        Style::Emphasis => Role::Emphasis,
        Style::Strong => Role::Strong,
        Style::Strike => Role::Strike,
        Style::Code => Role::Code,
    }
}

/// An item that needs no empty lines around it: one block, perhaps with lists below it.
fn is_tight(item: &Item) -> bool {
    item.blocks
        .iter()
        .skip(1)
        .all(|block| matches!(block, Block::List(_)))
}

#[cfg(test)]
mod tests;
