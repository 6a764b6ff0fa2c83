//! What an overlay looks like, as data: title, hint, input line, rows and cursor. Only visible rows
//! are built. Where and in which colours it is drawn is decided in `ui`.

use std::ops::Range;

use tui_input::Input;

use super::cursor::Cursor;
use super::geometry::Area;
use crate::format::clean::Clean;
use crate::format::line::{Line, TextRole};
use crate::format::{number, wrap};

/// The picture of an overlay.
#[derive(Clone, Debug, Default)]
pub struct Panel {
    pub placement: Placement,
    pub title: Clean,
    /// Text to the right of the title.
    pub corner: Clean,
    /// The available actions.
    pub hint: Clean,
    /// The input line, shown in place of the hint.
    pub input: Option<PanelInput>,
    pub body: Vec<PanelRow>,
    /// Total number of rows, including those that are not visible.
    pub count: usize,
    /// The first visible row.
    pub top: usize,
    /// The row under the cursor, counted from the first visible one.
    pub cursor: Option<usize>,
}

/// Where a panel goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Placement {
    /// A box over the panes.
    #[default]
    Box,
    /// The last line of the screen, with its body in a strip above it.
    Line,
    /// This part of the panes.
    Over(Area),
}

/// An input line.
#[derive(Clone, Debug, Default)]
pub struct PanelInput {
    /// The label before it.
    pub label: String,
    /// A hint on what to type, shown while the line is empty.
    pub invitation: String,
    pub input: Input,
    /// The bytes of the input that are wrong.
    pub wrong: Option<Range<usize>>,
}

/// A row of the body: cells at given columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PanelRow {
    pub cells: Vec<PanelCell>,
}

/// A text in a row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PanelCell {
    /// Where it starts, in columns from the left edge of the body.
    pub at: u16,
    /// Its maximum width in columns.
    pub columns: u16,
    pub align: Align,
    pub line: Line,
    /// Bytes of its text to highlight.
    pub found: Vec<Range<usize>>,
}

/// Which side of its cell a text is aligned to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    #[default]
    Left,
    Right,
}

impl PanelCell {
    pub fn new(at: u16, columns: u16, text: Clean, role: TextRole) -> Self {
        let mut line = Line::new();
        line.push(text, role);
        Self {
            at,
            columns,
            line,
            ..Self::default()
        }
    }

    /// Right-aligned.
    pub fn right(self) -> Self {
        Self {
            align: Align::Right,
            ..self
        }
    }
}

impl PanelRow {
    /// A row with one line over all columns.
    pub fn new(line: Line, columns: u16) -> Self {
        Self {
            cells: vec![PanelCell {
                columns,
                line,
                ..PanelCell::default()
            }],
        }
    }

    /// A row with one line, leaving room for the cursor's bar before it.
    pub fn indented(line: Line, columns: u16) -> Self {
        const INDENT: u16 = 2;
        let cell = PanelCell {
            at: INDENT,
            columns: columns.saturating_sub(INDENT),
            line,
            ..PanelCell::default()
        };
        Self { cells: vec![cell] }
    }

    /// A sentence over all columns.
    pub fn sentence(text: &str, columns: u16) -> Self {
        Self {
            cells: vec![PanelCell::new(0, columns, Clean::new(text), TextRole::Text)],
        }
    }
}

/// A row that can be chosen.
#[derive(Clone, Debug, Default)]
pub struct PanelChoice {
    /// A symbol or a key before it.
    pub lead: Clean,
    pub text: Clean,
    pub role: TextRole,
    /// The bytes of the text that match what was typed.
    pub typed: Vec<Range<usize>>,
    /// Additional information.
    pub about: Clean,
    pub about_role: TextRole,
    /// A number on the right.
    pub right: Clean,
}

/// Widths of a lead, of a number on the right, and of a text followed by more information.
const LEAD_COLUMNS: u16 = 4;
const RIGHT_COLUMNS: u16 = 9;
const TEXT_COLUMNS: u16 = 20;

impl PanelChoice {
    /// Builds the row for this width.
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
        let text = PanelCell {
            found: self.typed,
            ..PanelCell::new(LEAD_COLUMNS, text_columns, self.text, self.role)
        };
        PanelRow {
            cells: vec![
                PanelCell::new(2, LEAD_COLUMNS - 2, self.lead, TextRole::Accent),
                PanelCell::new(right_at, end - right_at, self.right, TextRole::Faint).right(),
                text,
                PanelCell::new(
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
    /// A question: a sentence, and below the title what can be done.
    pub fn question(title: &str, hint: &str, sentence: &str, columns: u16) -> Self {
        let lines = wrap::text(sentence, usize::from(columns), TextRole::Text);
        Self {
            title: Clean::new(title),
            hint: Clean::new(hint),
            count: lines.len(),
            body: lines
                .into_iter()
                .map(|line| PanelRow::new(line, columns))
                .collect(),
            ..Self::default()
        }
    }

    /// Adds those of `count` rows that are visible in a window of `seen` rows, with a cursor among
    /// them.
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

    /// Adds the visible lines, scrolled, without a cursor.
    pub fn with_lines(self, scroll: Cursor, lines: &[Line], seen: usize, columns: u16) -> Self {
        let row = |at: usize| PanelRow::new(lines[at].clone(), columns);
        Self {
            cursor: None,
            ..self.with_rows(scroll, lines.len(), seen, row)
        }
    }
}

/// A line with one role.
pub fn line(text: &str, role: TextRole) -> Line {
    let mut line = Line::new();
    line.push(Clean::new(text), role);
    line
}

/// The end of a text of which the end says most, such as a host or a path, where the whole does not
/// fit.
pub fn end_of(text: &str, columns: usize, ellipsis: &str) -> Clean {
    let whole = Clean::new(text);
    if whole.width() <= columns {
        return whole;
    }
    let room = columns.saturating_sub(Clean::new(ellipsis).width());
    let start = text.ceil_char_boundary(text.len().saturating_sub(room));
    Clean::new(&format!("{ellipsis}{}", &text[start..]))
}

/// `12/312`; empty if there are none.
pub fn position(at: usize, count: usize) -> Clean {
    if count == 0 {
        return Clean::default();
    }
    let grouped = |number: usize| number::grouped(number as i64);
    Clean::new(&format!("{}/{}", grouped(at + 1), grouped(count)))
}

/// A sentence from the docs without the backquotes that mark code there.
pub fn plain(about: &str) -> Clean {
    Clean::new(&about.replace('`', ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_text_that_does_not_fit_stays() {
        let shown = |columns| {
            end_of("/site/_news/één.md", columns, "…")
                .as_str()
                .to_owned()
        };
        assert_eq!(shown(20), "/site/_news/één.md");
        assert_eq!(shown(4), "….md");
        for columns in 1..20 {
            let shown = end_of("/site/_news/één.md", columns, "…");
            assert!(shown.width() <= columns, "{columns}: {shown:?}");
        }
    }
}
