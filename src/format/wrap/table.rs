//! Laying out tables in the available columns.

use super::cell_runs;
use super::page::{LineWriter, run};
use crate::format::block::{TableCell, plain};
use crate::format::clean::Clean;
use crate::format::flow::FlowingText;
use crate::format::line::{Line, Run, TextRole};

/// Columns between those of a table.
const GUTTER: usize = 2;

/// A column is not made narrower than its longest word, up to this width.
const LONG_WORD: usize = 16;

/// Narrower columns of text are hard to read.
const MIN_COLUMN: usize = 6;

/// Width of the name before each value, if the cells of a table are below each other.
const NAME_COLUMNS: usize = 40;

/// A column of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Column {
    /// The width of its widest cell.
    natural: usize,
    /// The width of its longest word.
    word: usize,
    /// The width that it gets.
    width: usize,
    /// Whether all of its values are numbers, which are lined up on the right.
    is_number: bool,
}

impl LineWriter {
    /// Columns side by side if they fit, with their texts wrapped if they must be; otherwise each
    /// row as lines of `header: value`.
    pub(super) fn table(&mut self, header: &[TableCell], rows: &[Vec<TableCell>], tone: TextRole) {
        match columns(header, rows, self.wide_room()) {
            Some(columns) => self.aligned(header, rows, &columns, tone),
            None => self.stacked(header, rows, tone),
        }
    }

    fn aligned(
        &mut self,
        header: &[TableCell],
        rows: &[Vec<TableCell>],
        columns: &[Column],
        tone: TextRole,
    ) {
        if !header.is_empty() {
            self.row(header, columns, TextRole::Strong);
            let mut line = Line::new();
            for (at, column) in columns.iter().enumerate() {
                line.push(gutter(at), TextRole::Faint);
                let rule = self.layout.signs.rule.repeat(column.width);
                line.push(Clean::new(&rule), TextRole::Faint);
            }
            self.write(line);
        }
        let wraps = columns.iter().any(|column| column.width < column.natural);
        for (at, row) in rows.iter().enumerate() {
            if self.is_full() {
                return;
            }
            if at > 0 && wraps {
                self.part();
            }
            self.row(row, columns, tone);
        }
    }

    /// A row in as many lines as its tallest cell.
    fn row(&mut self, cells: &[TableCell], columns: &[Column], tone: TextRole) {
        let runs: Vec<Vec<Run>> = cells.iter().map(|cell| cell_runs(cell, tone)).collect();
        let flows: Vec<FlowingText<'_>> = runs.iter().map(|runs| FlowingText::new(runs)).collect();
        let mut cells: Vec<_> = flows
            .iter()
            .zip(columns)
            .map(|(flow, column)| flow.lines(column.width.max(1)))
            .collect();
        let mut is_first = true;
        loop {
            let lines: Vec<Option<Line>> = cells.iter_mut().map(Iterator::next).collect();
            let is_over = lines.iter().all(Option::is_none);
            if self.is_full() || is_over && !is_first {
                return;
            }
            is_first = false;
            self.write(beside(lines, columns, tone));
        }
    }

    fn stacked(&mut self, header: &[TableCell], rows: &[Vec<TableCell>], tone: TextRole) {
        let names: Vec<Clean> = header.iter().map(|name| Clean::new(&plain(name))).collect();
        // A header without rows is shown all the same.
        let rows = if rows.is_empty() { &[Vec::new()] } else { rows };
        for (at, row) in rows.iter().enumerate() {
            if at > 0 {
                self.part();
            }
            // Every name is shown once, even one that the first row has no value for.
            let columns = if at == 0 {
                row.len().max(names.len())
            } else {
                row.len()
            };
            for column in 0..columns {
                if self.is_full() {
                    return;
                }
                let mut runs = Vec::new();
                if let Some(name) = names.get(column).filter(|name| !name.is_empty()) {
                    // In full only once: a long name before each value would be most of what is
                    // shown.
                    let columns = if at == 0 { usize::MAX } else { NAME_COLUMNS };
                    let name = format!("{}: ", name.cut(columns));
                    runs.push(run(&name, TextRole::Strong, None));
                }
                let cell = row.get(column).map(|cell| cell_runs(cell, tone));
                runs.extend(cell.unwrap_or_default());
                self.flow(&runs);
            }
        }
    }
}

/// The columns of a table with their widths; `None` if they do not fit into `room`.
fn columns(header: &[TableCell], rows: &[Vec<TableCell>], room: usize) -> Option<Vec<Column>> {
    let count = rows.iter().map(Vec::len).chain([header.len()]).max()?;
    let least = |count: usize| count + GUTTER * count.saturating_sub(1);
    if least(count) > room {
        return None;
    }
    let mut columns = vec![Column::default(); count];
    for column in &mut columns {
        column.is_number = !rows.is_empty();
    }
    measure(header, &mut columns);
    for row in rows {
        measure(row, &mut columns);
        for (column, cell) in columns.iter_mut().zip(row) {
            column.is_number &= is_number(&plain(cell));
        }
    }
    share(&mut columns, room - GUTTER * (count - 1)).then_some(columns)
}

fn measure(cells: &[TableCell], columns: &mut [Column]) {
    for (column, cell) in columns.iter_mut().zip(cells) {
        let runs = cell_runs(cell, TextRole::Text);
        column.natural = column.natural.max(cell_width(&runs));
        if column.word < LONG_WORD {
            let text: String = runs.iter().map(|run| run.text.as_str()).collect();
            let words = text.split(' ').map(|word| Clean::new(word).width());
            column.word = words.max().unwrap_or_default().max(column.word);
        }
    }
}

/// Whether a value is a number with its sign, separators and unit, or nothing.
fn is_number(text: &str) -> bool {
    let text = text.trim();
    let plain = |sign: char| sign.is_ascii_digit() || " .,:+-−–%$€£".contains(sign);
    text.is_empty() || text.chars().all(plain) && text.contains(|sign: char| sign.is_ascii_digit())
}

/// Shares the room out: what a column does not need goes to the others. Returns whether each gets
/// enough to be read.
fn share(columns: &mut [Column], room: usize) -> bool {
    let mut left = room;
    let mut wide: Vec<&mut Column> = columns.iter_mut().collect();
    while !wide.is_empty() {
        let fair = left / wide.len();
        let (fitting, rest): (Vec<_>, Vec<_>) =
            wide.into_iter().partition(|column| column.natural <= fair);
        let is_done = fitting.is_empty();
        for column in fitting {
            column.width = column.natural;
            left -= column.width;
        }
        wide = rest;
        if is_done {
            let extra = left % wide.len();
            for (at, column) in wide.iter_mut().enumerate() {
                column.width = fair + usize::from(at < extra);
            }
            break;
        }
    }
    columns.iter().all(|column| {
        let word = column.word.min(LONG_WORD);
        column.width >= column.natural || column.width >= word.max(MIN_COLUMN)
    })
}

/// One line of each cell of a row, padded to the columns except for the last.
fn beside(cells: Vec<Option<Line>>, columns: &[Column], tone: TextRole) -> Line {
    let mut line = Line::new();
    let mut missing = 0;
    for (at, (cell, column)) in cells.into_iter().zip(columns).enumerate() {
        let cell = cell.unwrap_or_default();
        let left = column.width.saturating_sub(cell.width());
        let before = if column.is_number { left } else { 0 };
        if !cell.is_blank() {
            line.push(Clean::new(&" ".repeat(missing + before)), tone);
            missing = 0;
        }
        missing += left - if cell.is_blank() { 0 } else { before };
        missing += cell_gap(at, columns.len());
        cell.runs.into_iter().for_each(|run| line.push_run(run));
    }
    line
}

/// The space between a column and the next.
fn cell_gap(column: usize, columns: usize) -> usize {
    if column + 1 < columns { GUTTER } else { 0 }
}

/// The width of a cell. Its runs are measured as they are drawn: a mark at the start of one does
/// not join the letter before it.
fn cell_width(runs: &[Run]) -> usize {
    runs.iter().map(|run| run.text.width()).sum()
}

/// The space between a column of a table and the one before it.
fn gutter(column: usize) -> Clean {
    Clean::label(if column == 0 { "" } else { "  " })
}
