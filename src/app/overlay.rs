//! What can lie over the panes: the help, an article's links, what was wrong with the files.

use tui_input::{Input, InputRequest};

use super::geometry::{Area, Size};
use super::links::PageLink;
use super::list::{Cursor, Move};
use super::state::State;
use crate::command::{self, Command, Context, HelpRow, Key};
use crate::format::clean::Clean;
use crate::format::line::{Line, Role};
use crate::format::{number, wrap};
use crate::model::{Diagnostic, Severity};

/// Diagnostics that are shown; `newsdesk check` lists all.
const SHOWN_DIAGNOSTICS: usize = 500;

/// What lies over the panes. There is one at a time.
#[derive(Debug)]
pub enum Overlay {
    Help(Help),
    Links(Links),
    Diagnostics(Diagnostics),
}

/// The help, narrowed by what is typed.
#[derive(Debug)]
pub struct Help {
    all: Vec<HelpRow>,
    pub rows: Vec<HelpRow>,
    pub input: Input,
    pub scroll: usize,
}

/// Links to pick one of.
#[derive(Debug)]
pub struct Links {
    /// Why they are shown, if not because somebody asked.
    pub reason: Option<String>,
    pub links: Vec<PageLink>,
    pub cursor: Cursor,
}

/// What was wrong with the files.
#[derive(Debug)]
pub struct Diagnostics {
    pub lines: Vec<Line>,
    pub scroll: usize,
}

impl Overlay {
    /// Where its keys are looked up.
    pub fn context(&self) -> Context {
        match self {
            Overlay::Help(_) => Context::Help,
            Overlay::Links(_) => Context::Picker,
            Overlay::Diagnostics(_) => Context::Diagnostics,
        }
    }

    /// Moves in it by rows or lines.
    pub(super) fn go(&mut self, step: Move, height: usize) {
        match self {
            Overlay::Help(help) => {
                help.scroll = step.from(help.scroll, help.line_count().saturating_sub(height) + 1);
            }
            Overlay::Links(picker) => picker.cursor.go(step, picker.links.len()),
            Overlay::Diagnostics(shown) => {
                shown.scroll =
                    step.from(shown.scroll, shown.lines.len().saturating_sub(height) + 1);
            }
        }
    }

    /// Brings what is seen back to what there is.
    pub(super) fn settle(&mut self, height: usize) {
        match self {
            Overlay::Help(help) => {
                help.scroll = help.scroll.min(help.line_count().saturating_sub(height));
            }
            Overlay::Links(picker) => picker.cursor.settle(picker.links.len(), height),
            Overlay::Diagnostics(shown) => {
                shown.scroll = shown.scroll.min(shown.lines.len().saturating_sub(height));
            }
        }
    }
}

/// A line of the help as it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HelpLine<'a> {
    Blank,
    Group(&'static str),
    Row(&'a HelpRow),
}

impl Help {
    /// The rows under their groups' headings.
    pub fn lines(&self) -> Vec<HelpLine<'_>> {
        let mut lines: Vec<HelpLine<'_>> = Vec::new();
        let mut group = "";
        for row in &self.rows {
            if row.group != group {
                group = row.group;
                if !lines.is_empty() {
                    lines.push(HelpLine::Blank);
                }
                lines.push(HelpLine::Group(group));
            }
            lines.push(HelpLine::Row(row));
        }
        lines
    }

    fn line_count(&self) -> usize {
        self.lines().len()
    }

    /// Types a key into the line that narrows the rows.
    pub(super) fn type_key(&mut self, key: Key) {
        if key == Key::BACKSPACE {
            self.input.handle(InputRequest::DeletePrevChar);
        } else if let Some(character) = key.character() {
            self.input.handle(InputRequest::InsertChar(character));
        }
        self.narrow();
    }

    pub(super) fn paste(&mut self, text: &str) {
        for character in text
            .chars()
            .filter(|character| !character.is_control())
            .take(200)
        {
            self.input.handle(InputRequest::InsertChar(character));
        }
        self.narrow();
    }

    fn narrow(&mut self) {
        self.rows = command::filter(&self.all, self.input.value())
            .into_iter()
            .cloned()
            .collect();
        self.scroll = 0;
    }
}

/// Where an overlay lies on a screen of this size.
pub fn overlay_area(size: Size) -> Area {
    let columns = size
        .columns
        .saturating_sub(if size.columns < 80 { 0 } else { 8 })
        .min(104);
    let rows = size.rows.saturating_sub(if size.rows < 24 { 2 } else { 6 });
    Area {
        x: (size.columns - columns) / 2,
        y: (size.rows - rows) / 2,
        columns,
        rows,
    }
}

/// What an overlay has for its rows: inside its border, below its heading lines.
pub fn overlay_body(size: Size) -> Area {
    let area = overlay_area(size);
    let side = 2.min(area.columns / 2);
    Area {
        x: area.x + side,
        y: area.y + 3.min(area.rows),
        columns: area.columns - 2 * side,
        rows: area.rows.saturating_sub(4),
    }
}

impl State {
    pub(super) fn open_help(&mut self) {
        let all = command::help(&self.keymap, &self.signs.words());
        self.overlay = Some(Overlay::Help(Help {
            rows: all.clone(),
            all,
            input: Input::default(),
            scroll: 0,
        }));
    }

    pub(super) fn open_links(&mut self, links: Vec<PageLink>, reason: Option<String>) {
        self.overlay = Some(Overlay::Links(Links {
            reason,
            links,
            cursor: Cursor::default(),
        }));
    }

    pub(super) fn open_diagnostics(&mut self) {
        let columns = usize::from(overlay_body(self.size).columns);
        let lines = diagnostic_lines(&self.library.diagnostics(), columns);
        self.overlay = Some(Overlay::Diagnostics(Diagnostics { lines, scroll: 0 }));
    }

    /// Lines of the overlay that are seen at once.
    pub(super) fn overlay_height(&self) -> usize {
        usize::from(overlay_body(self.size).rows).max(1)
    }

    /// What an overlay does with a command; `None` where the panes may have it.
    pub(super) fn overlay_move(&mut self, command: Command) -> bool {
        let height = self.overlay_height();
        let Some(step) = super::moves::step(command, height) else {
            return false;
        };
        match &mut self.overlay {
            Some(overlay) => {
                overlay.go(step, height);
                true
            }
            None => false,
        }
    }
}

fn diagnostic_lines(diagnostics: &[&Diagnostic], columns: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for diagnostic in diagnostics.iter().take(SHOWN_DIAGNOSTICS) {
        if !lines.is_empty() {
            lines.push(Line::blank());
        }
        let place = diagnostic
            .place
            .map(|place| format!(":{}:{}", place.line, place.column))
            .unwrap_or_default();
        let mut head = Line::new();
        head.push(
            Clean::new(&format!("{}{place}", diagnostic.path.display())).cut(columns),
            Role::Strong,
        );
        lines.push(head);
        let role = match diagnostic.severity {
            Severity::Error => Role::Error,
            Severity::Warning => Role::Warning,
        };
        let field = diagnostic
            .field
            .as_ref()
            .map(|field| format!("{field}: "))
            .unwrap_or_default();
        let said = format!("{}: {field}{}", diagnostic.severity, diagnostic.reason);
        lines.extend(wrap::text(&said, columns, role));
        if let Some(hint) = &diagnostic.hint {
            lines.extend(wrap::text(hint, columns, Role::Faint));
        }
    }
    let left = diagnostics.len().saturating_sub(SHOWN_DIAGNOSTICS);
    if left > 0 {
        lines.push(Line::blank());
        let left = number::grouped(left as i64);
        lines.extend(wrap::text(
            &format!("And {left} more: newsdesk check lists them all."),
            columns,
            Role::Faint,
        ));
    }
    if lines.is_empty() {
        lines.extend(wrap::text(
            "Nothing was wrong with the files.",
            columns,
            Role::Text,
        ));
    }
    lines
}
