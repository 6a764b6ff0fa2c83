//! Blocks in Markdown: each line with what its quotes and lists put before it.

use super::escape::{TextPosition, destination, push};
use super::inlines::{Break, Inlines, longest_run, note_name};
use crate::format::block::{Block, Inline, ListItem, Marker, TableCell};

/// What a tab in code becomes: a list would take the tab for its own.
const TAB: &str = "    ";

/// Lines being written.
pub(super) struct BlockWriter<'a> {
    links: &'a [String],
    /// What the names of footnotes begin with.
    notes: &'a str,
    written: String,
    /// What each line begins with, from the outermost quote or list to the innermost.
    margin: Vec<Margin>,
}

struct Margin {
    text: String,
    /// Written instead on the next line only.
    marker: Option<String>,
}

impl<'a> BlockWriter<'a> {
    pub(super) fn new(links: &'a [String], notes: &'a str) -> Self {
        Self {
            links,
            notes,
            written: String::new(),
            margin: Vec::new(),
        }
    }

    pub(super) fn finish(self) -> String {
        self.written
    }

    /// Writes blocks with an empty line between them.
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        let mut lists = 0;
        for (at, block) in blocks.iter().enumerate() {
            if at > 0 {
                self.line("");
            }
            if let Block::List(items) = block {
                self.list(items, MARKS[lists % MARKS.len()]);
                lists += 1;
            } else {
                self.block(block);
                lists = 0;
            }
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { level, text } => {
                let hashes = "#".repeat(usize::from(*level));
                let text = self.inlines(text, Break::Space);
                self.line(&format!("{hashes} {text}"));
            }
            Block::Paragraph(text) => {
                let text = self.inlines(text, Break::Line);
                self.lines(&text);
            }
            Block::Quote(blocks) => {
                self.within("> ", "> ".to_owned(), |writer| writer.blocks(blocks));
            }
            Block::List(items) => self.list(items, MARKS[0]),
            Block::Code { language, text } => self.code(language, text),
            Block::Table { header, rows } => self.table(header, rows),
            Block::Rule => self.line("***"),
            Block::Image { alt, url, link } => self.image(alt, url, *link),
        }
    }

    fn inlines(&self, text: &[Inline], breaks: Break) -> String {
        Inlines {
            links: self.links,
            notes: self.notes,
            breaks,
        }
        .written(text)
    }

    fn lines(&mut self, text: &str) {
        text.split('\n').for_each(|line| self.line(line));
    }

    fn line(&mut self, text: &str) {
        for margin in &mut self.margin {
            let marker = margin.marker.take();
            self.written
                .push_str(marker.as_ref().unwrap_or(&margin.text));
        }
        self.written.push_str(text);
        if text.is_empty() {
            let kept = self.written.trim_end_matches(' ').len();
            self.written.truncate(kept);
        }
        self.written.push('\n');
    }

    /// Writes what is in a quote or an item: `marker` before its first line, `text` before the
    /// others.
    fn within(&mut self, text: &str, marker: String, inside: impl FnOnce(&mut Self)) {
        self.margin.push(Margin {
            text: text.to_owned(),
            marker: Some(marker),
        });
        inside(self);
        self.margin.pop();
    }

    fn list(&mut self, items: &[ListItem], marks: Marks) {
        let is_loose = items.iter().any(|item| item.blocks.len() > 1);
        for (at, item) in items.iter().enumerate() {
            let explains = explains(items, at);
            if at > 0 && !explains && (is_loose || item.marker == Marker::Term) {
                self.line("");
            }
            let marker = match &item.marker {
                Marker::Term => {
                    self.blocks(&item.blocks);
                    continue;
                }
                Marker::Meaning if explains => ": ".to_owned(),
                Marker::Bullet | Marker::Meaning => format!("{} ", marks.bullet),
                Marker::Number(number) => format!("{}{} ", number % 1_000_000_000, marks.point),
                Marker::Task { done } => match item.blocks.first() {
                    Some(Block::Paragraph(_)) => {
                        format!("{} [{}] ", marks.bullet, if *done { 'x' } else { ' ' })
                    }
                    _ => format!("{} ", marks.bullet),
                },
                Marker::Note { name, .. } => format!("[^{}{}]: ", self.notes, note_name(name)),
            };
            let indent = match item.marker {
                Marker::Note { .. } => 4,
                Marker::Number(_) => marker.len(),
                Marker::Bullet | Marker::Task { .. } | Marker::Term | Marker::Meaning => 2,
            };
            self.within(
                &" ".repeat(indent),
                marker,
                |writer| match &item.blocks[..] {
                    [] => writer.line(""),
                    blocks => writer.blocks(blocks),
                },
            );
        }
    }

    fn code(&mut self, language: &str, text: &str) {
        let text = text.replace('\t', TAB);
        let text: String = text
            .chars()
            .filter(|sign| *sign == '\n' || !sign.is_control())
            .collect();
        if text.contains("{{") || text.contains("{%") || text.contains("{#") {
            return self.code_in_tags(&text);
        }
        let fence = "`".repeat(longest_run(&text, '`').max(2) + 1);
        let is_name = |sign: &char| sign.is_ascii_alphanumeric() || "+-_#.".contains(*sign);
        let language: String = language.chars().filter(is_name).collect();
        self.line(&format!("{fence}{language}"));
        self.lines(&text);
        self.line(&fence);
    }

    /// Code that a site generator would replace parts of, even between fences.
    fn code_in_tags(&mut self, text: &str) {
        let mut lines = text.split('\n').map(|line| {
            let mut written = String::new();
            for (at, sign) in line.char_indices() {
                // Then nothing at the start of a line is a directive.
                if "<>&{".contains(sign) || at == 0 && !sign.is_alphanumeric() && sign != ' ' {
                    written.push_str(&format!("&#{};", u32::from(sign)));
                } else {
                    written.push(sign);
                }
            }
            written
        });
        let first = lines.next().unwrap_or_default();
        let rest: Vec<String> = lines.collect();
        let end = if rest.is_empty() { "</code></pre>" } else { "" };
        self.line(&format!("<pre><code>{first}{end}"));
        for (at, line) in rest.iter().enumerate() {
            let end = if at + 1 == rest.len() {
                "</code></pre>"
            } else {
                ""
            };
            self.line(&format!("{line}{end}"));
        }
    }

    fn table(&mut self, header: &[TableCell], rows: &[Vec<TableCell>]) {
        let columns = rows.iter().map(Vec::len).chain([header.len()]).max();
        let columns = columns.unwrap_or_default();
        self.row(header, columns);
        self.line(&format!("|{}", " --- |".repeat(columns)));
        for row in rows {
            self.row(row, columns);
        }
    }

    fn row(&mut self, cells: &[TableCell], columns: usize) {
        let mut line = "|".to_owned();
        for at in 0..columns {
            let cell = cells.get(at).map(|cell| self.inlines(cell, Break::Tag));
            line.push_str(&format!(" {} |", cell.unwrap_or_default()));
        }
        self.line(&line);
    }

    fn image(&mut self, alt: &str, url: &str, link: Option<usize>) {
        let mut words = String::new();
        push(&mut words, alt, TextPosition::Inside);
        let Some(source) = destination(url) else {
            return self.line(&words);
        };
        let image = format!("![{words}]({source})");
        let around = link
            .and_then(|at| self.links.get(at))
            .filter(|it| *it != url);
        match around.and_then(|around| destination(around)) {
            Some(around) => self.line(&format!("[{image}]({around})")),
            None => self.line(&image),
        }
    }
}

/// What marks the items of a list. Two lists one after the other have different marks, or they
/// would be one.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Marks {
    bullet: char,
    point: char,
}

const MARKS: [Marks; 2] = [
    Marks {
        bullet: '-',
        point: '.',
    },
    Marks {
        bullet: '+',
        point: ')',
    },
];

/// Whether an item explains a term above it that can be written as one.
fn explains(items: &[ListItem], at: usize) -> bool {
    let above = items[..at].iter().rev();
    let mut above = above.skip_while(|item| item.marker == Marker::Meaning);
    let is_word = |term: &ListItem| {
        term.marker == Marker::Term && matches!(&term.blocks[..], [Block::Paragraph(_)])
    };
    items[at].marker == Marker::Meaning && above.next().is_some_and(is_word)
}
