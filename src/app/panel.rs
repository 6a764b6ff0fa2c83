//! What an overlay looks like, as data: a title, a hint, a line that is typed into, rows and a
//! cursor. Only the rows that are seen are made. Not where it is painted with which colours.

use std::ops::Range;

use tui_input::Input;

use super::cursor::Cursor;
use crate::format::clean::Clean;
use crate::format::line::{Line, Role};
use crate::format::number;

/// The picture of an overlay.
#[derive(Clone, Debug, Default)]
pub struct Panel {
    pub placement: Placement,
    pub title: Clean,
    /// What stands at the right of the title.
    pub corner: Clean,
    /// What can be done here.
    pub hint: Clean,
    /// The line that is typed into, in place of the hint.
    pub input: Option<PanelInput>,
    pub body: Vec<PanelRow>,
    /// The rows of the body that there are, those that are not seen included.
    pub count: usize,
    /// The first row that is seen.
    pub top: usize,
    /// The row under the cursor, counted from the first that is seen.
    pub cursor: Option<usize>,
}

/// Where a panel stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Placement {
    /// A box over the panes.
    #[default]
    Box,
    /// The last line of the screen, its body in a strip above it.
    Line,
}

/// A line that is typed into.
#[derive(Clone, Debug, Default)]
pub struct PanelInput {
    /// What stands before it.
    pub label: String,
    /// What can be typed, while nothing is.
    pub invitation: String,
    pub input: Input,
    /// The bytes of what is typed that are wrong.
    pub wrong: Option<Range<usize>>,
}

/// A row of the body: cells at columns of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PanelRow {
    pub cells: Vec<Cell>,
}

/// A text in a row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// Where it begins, in columns from the left edge of the body.
    pub at: u16,
    /// The most columns that it takes.
    pub columns: u16,
    pub align: Align,
    pub line: Line,
    /// Bytes of its text that were found.
    pub found: Vec<Range<usize>>,
}

/// The side of its room on which a text stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    #[default]
    Left,
    Right,
}

impl Cell {
    pub fn new(at: u16, columns: u16, text: Clean, role: Role) -> Self {
        let mut line = Line::new();
        line.push(text, role);
        Self {
            at,
            columns,
            line,
            ..Self::default()
        }
    }

    /// It at the right of its columns.
    pub fn right(self) -> Self {
        Self {
            align: Align::Right,
            ..self
        }
    }
}

impl PanelRow {
    /// A row of one line over all columns.
    pub fn new(line: Line, columns: u16) -> Self {
        Self {
            cells: vec![Cell {
                columns,
                line,
                ..Cell::default()
            }],
        }
    }

    /// A row of one line, with room for the cursor's bar before it.
    pub fn indented(line: Line, columns: u16) -> Self {
        const INDENT: u16 = 2;
        let cell = Cell {
            at: INDENT,
            columns: columns.saturating_sub(INDENT),
            line,
            ..Cell::default()
        };
        Self { cells: vec![cell] }
    }

    /// A sentence over all columns.
    pub fn sentence(text: &str, columns: u16) -> Self {
        Self {
            cells: vec![Cell::new(0, columns, Clean::new(text), Role::Text)],
        }
    }
}

/// A row in which something is picked.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// A sign or a key before it.
    pub lead: Clean,
    pub text: Clean,
    pub role: Role,
    /// The bytes of the text that were typed.
    pub typed: Vec<Range<usize>>,
    /// What is to be known about it.
    pub about: Clean,
    pub about_role: Role,
    /// A number at its right.
    pub right: Clean,
}

/// Columns of a lead, of a number at the right, and of a text that has something about it.
const LEAD_COLUMNS: u16 = 4;
const RIGHT_COLUMNS: u16 = 9;
const TEXT_COLUMNS: u16 = 20;

impl Choice {
    /// The row of it in so many columns.
    pub fn row(self, columns: u16) -> PanelRow {
        let end = columns.saturating_sub(1);
        let right_at = match self.right.is_empty() {
            true => end,
            false => end.saturating_sub(RIGHT_COLUMNS),
        };
        let room = right_at.saturating_sub(LEAD_COLUMNS + 1);
        let text_columns = if self.about.is_empty() {
            room
        } else {
            TEXT_COLUMNS.min(room)
        };
        let about_at = LEAD_COLUMNS + text_columns + 1;
        let text = Cell {
            found: self.typed,
            ..Cell::new(LEAD_COLUMNS, text_columns, self.text, self.role)
        };
        PanelRow {
            cells: vec![
                Cell::new(2, LEAD_COLUMNS - 2, self.lead, Role::Accent),
                Cell::new(right_at, end - right_at, self.right, Role::Faint).right(),
                text,
                Cell::new(
                    about_at,
                    room.saturating_sub(text_columns + 1),
                    self.about,
                    self.about_role,
                ),
            ],
        }
    }
}

impl Panel {
    /// Those of `count` rows that are seen in a window of so many, a cursor among them.
    pub fn with_rows(
        self,
        at: Cursor,
        count: usize,
        seen: usize,
        row: impl Fn(usize) -> PanelRow,
    ) -> Self {
        Self {
            body: (at.top..count).take(seen).map(row).collect(),
            count,
            top: at.top,
            cursor: (at.at < count).then(|| at.at - at.top),
            ..self
        }
    }

    /// The lines that are seen, scrolled, without a cursor.
    pub fn with_lines(self, scroll: Cursor, lines: &[Line], seen: usize, columns: u16) -> Self {
        let row = |at: usize| PanelRow::new(lines[at].clone(), columns);
        Self {
            cursor: None,
            ..self.with_rows(scroll, lines.len(), seen, row)
        }
    }
}

/// A line of one role.
pub fn line(text: &str, role: Role) -> Line {
    let mut line = Line::new();
    line.push(Clean::new(text), role);
    line
}

/// `12/312`; nothing for nothing.
pub fn position(at: usize, count: usize) -> Clean {
    if count == 0 {
        return Clean::default();
    }
    let grouped = |number: usize| number::grouped(number as i64);
    Clean::new(&format!("{}/{}", grouped(at + 1), grouped(count)))
}

/// A sentence of the docs, without the signs that make it code there.
pub fn plain(about: &str) -> Clean {
    Clean::new(&about.replace('`', ""))
}
