//! The lines of a page while blocks are written to it: margins of lists and quotes, flowing text, rules.

use super::{Captioned, Layout, MIN_ROOM};
use crate::format::clean::Clean;
use crate::format::flow::FlowingText;
use crate::format::line::{Line, Run, TextRole};

/// Lines being made.
pub(super) struct LineWriter {
    pub(super) layout: Layout,
    /// Number of lines wanted; there may be a few more.
    most: usize,
    pub(super) lines: Vec<Line>,
    /// As in [`Wrapped`](super::Wrapped).
    pub(super) pictures: Vec<Captioned>,
    /// What each line starts with, from the outermost list or quote to the innermost.
    pub(super) margin: Vec<Margin>,
    /// The last rule drawn, with its columns: a body can be nothing but rules.
    pub(super) rule: Option<(usize, Clean)>,
    /// How many pieces of code have a role of their own.
    pub(super) pieces: usize,
}

pub(super) struct Margin {
    /// Shown on every line.
    pub(super) text: Clean,
    /// Shown instead on the next line only; has the same width.
    pub(super) marker: Option<Run>,
}

impl LineWriter {
    pub(super) fn new(layout: Layout, most: usize) -> Self {
        Self {
            layout,
            most,
            lines: Vec::new(),
            pictures: Vec::new(),
            margin: Vec::new(),
            rule: None,
            pieces: 0,
        }
    }

    /// Whether there are as many lines as wanted.
    pub(super) fn is_full(&self) -> bool {
        self.lines.len() >= self.most
    }

    /// Columns left for text.
    pub(super) fn room(&self) -> usize {
        self.left_of(self.layout.columns)
    }

    /// Columns left for what may be wide.
    pub(super) fn wide_room(&self) -> usize {
        self.left_of(self.layout.wide)
    }

    fn left_of(&self, columns: usize) -> usize {
        let margin: usize = self.margin.iter().map(|margin| margin.text.width()).sum();
        columns.saturating_sub(margin).max(1)
    }

    /// Indents what `inside` writes.
    pub(super) fn indented(&mut self, margin: Margin, inside: impl FnOnce(&mut Self)) {
        if self.room() < margin.text.width() + MIN_ROOM {
            if let Some(marker) = margin.marker {
                self.flow(&[marker]);
            }
            return inside(self);
        }
        self.margin.push(margin);
        inside(self);
        self.margin.pop();
    }

    /// Separates what was written from what comes.
    pub(super) fn part(&mut self) {
        if self.lines.is_empty() {
            return;
        }
        let start: String = self
            .margin
            .iter()
            .map(|margin| margin.text.as_str())
            .collect();
        let mut line = Line::new();
        line.push(Clean::new(start.trim_end()), TextRole::Faint);
        self.lines.push(line);
    }

    pub(super) fn write(&mut self, text: Line) {
        let mut start = String::new();
        let mut link = None;
        for margin in &mut self.margin {
            let marker = margin.marker.take();
            link = marker.as_ref().and_then(|marker| marker.link).or(link);
            let shown = marker.as_ref().map_or(&margin.text, |marker| &marker.text);
            start.push_str(shown.as_str());
        }
        self.lines
            .push(text.after_run(run(&start, TextRole::Faint, link)));
    }

    pub(super) fn flow(&mut self, runs: &[Run]) {
        for line in FlowingText::new(runs).lines(self.room()) {
            if self.is_full() {
                return;
            }
            self.write(line);
        }
    }

    pub(super) fn rule(&mut self) -> Clean {
        let room = self.room();
        match &self.rule {
            Some((columns, rule)) if *columns == room => rule.clone(),
            _ => {
                let rule = Clean::new(&self.layout.signs.rule.repeat(room));
                self.rule.insert((room, rule)).1.clone()
            }
        }
    }
}

pub(super) fn run(text: &str, role: TextRole, link: Option<usize>) -> Run {
    Run {
        text: Clean::new(text),
        role,
        link,
    }
}
