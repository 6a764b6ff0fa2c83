//! What can lie over the panes: the help, an article's links, what was wrong with the files.

use tui_input::Input;

use super::confirm::Confirm;
use super::geometry::{Area, Size};
use super::journal::Journal;
use super::jumping::Jump;
use super::line::{self, Typed};
use super::links::PageLink;
use super::list::{Cursor, Move};
use super::sorting::Orders;
use super::state::State;
use super::views::ViewList;
use crate::command::{self, Command, Context, HelpRow, Key};
use crate::format::clean::Clean;
use crate::format::line::{Line, Role};
use crate::format::{number, wrap};
use crate::model::{Diagnostic, Severity};
use crate::query::fields::{FIELDS, SORTS};

/// Diagnostics that are shown; `newsdesk check` lists all.
const SHOWN_DIAGNOSTICS: usize = 500;

/// Rows for the link under the cursor in full, with an empty one above it.
const WHOLE_LINK_ROWS: u16 = 6;

/// What lies over the panes. There is one at a time.
#[derive(Debug)]
pub enum Overlay {
    Help(Help),
    Links(Links),
    Views(ViewList),
    Orders(Orders),
    Jump(Jump),
    Journal(Journal),
    Confirm(Confirm),
    Diagnostics(Diagnostics),
}

/// The help, narrowed by what is typed.
#[derive(Debug)]
pub struct Help {
    all: Vec<HelpRow>,
    pub lines: Vec<HelpLine>,
    pub input: Input,
    pub scroll: usize,
    /// The columns that the lines were made for.
    columns: u16,
}

/// Links to pick one of.
#[derive(Debug)]
pub struct Links {
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
            Overlay::Views(_) => Context::Views,
            Overlay::Orders(_) => Context::Orders,
            Overlay::Jump(_) => Context::Jump,
            Overlay::Journal(_) => Context::Journal,
            Overlay::Confirm(_) => Context::Confirm,
            Overlay::Diagnostics(_) => Context::Diagnostics,
        }
    }

    /// Moves in it by rows or lines.
    pub(super) fn go(&mut self, step: Move, height: usize) {
        match self {
            Overlay::Help(help) => {
                help.scroll = step.from(help.scroll, help.lines.len().saturating_sub(height) + 1);
            }
            Overlay::Links(picker) => picker.cursor.go(step, picker.links.len()),
            Overlay::Views(list) => list.cursor.go(step, list.counts.len()),
            Overlay::Orders(orders) => orders.cursor.go(step, SORTS.len()),
            Overlay::Jump(jump) => jump.cursor.go(step, jump.hits.len()),
            Overlay::Journal(journal) => journal.cursor.go(step, journal.entries.len()),
            Overlay::Confirm(shown) => {
                shown.scroll =
                    step.from(shown.scroll, shown.lines.len().saturating_sub(height) + 1);
            }
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
                help.scroll = help.scroll.min(help.lines.len().saturating_sub(height));
            }
            Overlay::Links(picker) => picker.cursor.settle(picker.links.len(), height),
            Overlay::Views(list) => list.cursor.settle(list.counts.len(), height),
            Overlay::Orders(orders) => orders.cursor.settle(SORTS.len(), height),
            Overlay::Jump(jump) => jump.cursor.settle(jump.hits.len(), height),
            Overlay::Journal(journal) => journal.cursor.settle(journal.entries.len(), height),
            Overlay::Confirm(shown) => {
                shown.scroll = shown.scroll.min(shown.lines.len().saturating_sub(height));
            }
            Overlay::Diagnostics(shown) => {
                shown.scroll = shown.scroll.min(shown.lines.len().saturating_sub(height));
            }
        }
    }
}

/// A line of the help as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HelpLine {
    Blank,
    Group(&'static str),
    /// Keys, where they hold if there is a column for it, and what they do.
    Row {
        keys: String,
        place: &'static str,
        said: Line,
    },
    /// The rest of what the keys above do.
    More(Line),
}

/// The columns of the help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HelpColumns {
    pub keys: u16,
    /// None where there is no room for it: then the description begins with the place.
    pub place: u16,
    pub said: u16,
}

impl HelpColumns {
    /// The columns of a help that is so wide.
    pub fn of(columns: u16) -> Self {
        let (keys, place) = match columns {
            70.. => (22, 12),
            50..70 => (22, 0),
            _ => (13, 0),
        };
        Self {
            keys,
            place,
            said: columns.saturating_sub(keys + place).max(1),
        }
    }
}

impl Help {
    fn new(all: Vec<HelpRow>, columns: u16) -> Self {
        let mut help = Self {
            all,
            lines: Vec::new(),
            input: Input::default(),
            scroll: 0,
            columns,
        };
        help.narrow();
        help
    }

    /// Makes the lines again for another width, the same share of them above the window.
    fn rewrap(&mut self, columns: u16) {
        self.columns = columns;
        let (scroll, before) = (self.scroll, self.lines.len().max(1));
        self.narrow();
        self.scroll = scroll * self.lines.len() / before;
    }

    /// Types a key into the line that narrows the rows.
    pub(super) fn type_key(&mut self, key: Key) {
        if line::type_key(&mut self.input, key) == Typed::Text {
            self.narrow();
        }
    }

    pub(super) fn paste(&mut self, text: &str) {
        line::paste(&mut self.input, text);
        self.narrow();
    }

    fn narrow(&mut self) {
        let rows = command::filter(&self.all, self.input.value());
        self.lines = help_lines(&rows, HelpColumns::of(self.columns));
        self.scroll = 0;
    }
}

/// The rows under their groups' headings.
fn help_lines(rows: &[&HelpRow], columns: HelpColumns) -> Vec<HelpLine> {
    let mut lines: Vec<HelpLine> = Vec::new();
    let mut group = "";
    for row in rows {
        if row.group != group {
            group = row.group;
            if !lines.is_empty() {
                lines.push(HelpLine::Blank);
            }
            lines.push(HelpLine::Group(group));
        }
        let said = match row.place {
            "" | "everywhere" => row.description.to_owned(),
            _ if columns.place > 0 => row.description.to_owned(),
            place => format!("{place}: {}", row.description),
        };
        let mut said = wrap::text(&said, usize::from(columns.said), Role::Text).into_iter();
        lines.push(HelpLine::Row {
            keys: row.keys.join("  "),
            place: row.place,
            said: said.next().unwrap_or_default(),
        });
        lines.extend(said.map(HelpLine::More));
    }
    lines
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

/// What the links have of it: below them stands the one under the cursor in full.
pub fn links_body(size: Size) -> Area {
    let body = overlay_body(size);
    Area {
        rows: body.rows - (body.rows / 3).min(WHOLE_LINK_ROWS),
        ..body
    }
}

/// The fields of the query language, as rows of the help.
fn query_rows() -> impl Iterator<Item = HelpRow> {
    FIELDS.iter().map(|row| HelpRow {
        group: "Query fields",
        keys: vec![row.example.to_owned()],
        place: "",
        name: row.name,
        description: row.about,
    })
}

impl State {
    pub(super) fn open_help(&mut self) {
        let mut all = command::help(&self.keymap, &self.signs.words());
        all.extend(query_rows());
        let columns = overlay_body(self.size).columns;
        self.overlay = Some(Overlay::Help(Help::new(all, columns)));
    }

    pub(super) fn open_links(&mut self, links: Vec<PageLink>) {
        self.overlay = Some(Overlay::Links(Links {
            links,
            cursor: Cursor::default(),
        }));
    }

    pub(super) fn open_diagnostics(&mut self) {
        let lines = self.diagnostic_lines();
        self.overlay = Some(Overlay::Diagnostics(Diagnostics { lines, scroll: 0 }));
    }

    /// Wraps what lies over the panes to the width there is now, about the same of it in sight.
    pub(super) fn rewrap_overlay(&mut self) {
        let columns = overlay_body(self.size).columns;
        let mut overlay = self.overlay.take();
        match &mut overlay {
            Some(Overlay::Help(help)) => help.rewrap(columns),
            Some(Overlay::Diagnostics(shown)) => {
                let lines = self.diagnostic_lines();
                shown.scroll = shown.scroll * lines.len() / shown.lines.len().max(1);
                shown.lines = lines;
            }
            _ => {}
        }
        self.overlay = overlay;
    }

    fn diagnostic_lines(&self) -> Vec<Line> {
        let columns = usize::from(overlay_body(self.size).columns);
        let trouble = self.desk.trouble.as_ref();
        let mut lines: Vec<Line> = trouble
            .map(|trouble| wrap::text(trouble, columns, Role::Error))
            .unwrap_or_default();
        if !lines.is_empty() {
            lines.push(Line::blank());
        }
        lines.extend(diagnostic_lines(&self.library.diagnostics(), columns));
        lines
    }

    /// Lines of the overlay that are seen at once.
    pub(super) fn overlay_height(&self) -> usize {
        let body = match self.overlay {
            Some(Overlay::Links(_)) => links_body(self.size),
            _ => overlay_body(self.size),
        };
        usize::from(body.rows).max(1)
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
