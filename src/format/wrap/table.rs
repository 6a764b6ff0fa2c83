//! Laying out tables in the available columns.

use std::iter;

use super::{Page, cell_runs, run};
use crate::format::block::{Cell, plain};
use crate::format::clean::Clean;
use crate::format::line::{Line, Role, Run};

/// Columns between those of a table.
const GUTTER: usize = 2;

/// Width of the name before each value, if the cells of a table are below each other.
const NAME_COLUMNS: usize = 40;

impl Page {
    /// Columns side by side if they fit, otherwise each row as lines of `header: value`.
    pub(super) fn table(&mut self, header: &[Cell], rows: &[Vec<Cell>], tone: Role) {
        match widths(header, rows, self.wide_room()) {
            Some(widths) => self.aligned(header, rows, &widths, tone),
            None => self.stacked(header, rows, tone),
        }
    }

    fn aligned(&mut self, header: &[Cell], rows: &[Vec<Cell>], widths: &[usize], tone: Role) {
        if !header.is_empty() {
            self.write(aligned_row(header, widths, Role::Strong));
            let mut line = Line::new();
            for (at, width) in widths.iter().enumerate() {
                line.push(gutter(at), Role::Faint);
                line.push(
                    Clean::new(&self.layout.signs.rule.repeat(*width)),
                    Role::Faint,
                );
            }
            self.write(line);
        }
        for row in rows {
            if self.is_full() {
                return;
            }
            self.write(aligned_row(row, widths, tone));
        }
    }

    fn stacked(&mut self, header: &[Cell], rows: &[Vec<Cell>], tone: Role) {
        let names: Vec<Clean> = header.iter().map(|name| Clean::new(&plain(name))).collect();
        for (at, row) in rows.iter().enumerate() {
            if at > 0 {
                self.part();
            }
            for (column, cell) in row.iter().enumerate() {
                if self.is_full() {
                    return;
                }
                let mut runs = Vec::new();
                if let Some(name) = names.get(column).filter(|name| !name.is_empty()) {
                    // In full only once: a long name before each value would be most of what is
                    // shown.
                    let columns = if at == 0 { usize::MAX } else { NAME_COLUMNS };
                    let name = format!("{}: ", name.cut(columns));
                    runs.push(run(&name, Role::Strong, None));
                }
                runs.extend(cell_runs(cell, tone));
                self.flow(&runs);
            }
        }
    }
}

/// The width of each column of a table; `None` if they do not fit into `room`.
fn widths(header: &[Cell], rows: &[Vec<Cell>], room: usize) -> Option<Vec<usize>> {
    let mut widths = Vec::new();
    let mut all = 0;
    for row in iter::once(header).chain(rows.iter().map(Vec::as_slice)) {
        for (at, cell) in row.iter().enumerate() {
            if at == widths.len() {
                all += if at > 0 { GUTTER } else { 0 };
                widths.push(0);
            }
            let width = cell_width(&cell_runs(cell, Role::Text)).max(widths[at]);
            all += width - widths[at];
            widths[at] = width;
            if all > room {
                return None;
            }
        }
    }
    Some(widths)
}

/// A row of cells padded to `widths`, except for the last.
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

/// The width of a cell. Its runs are measured as they are drawn: a mark at the start of one does
/// not join the letter before it.
fn cell_width(runs: &[Run]) -> usize {
    runs.iter().map(|run| run.text.width()).sum()
}

/// The space between a column of a table and the one before it.
fn gutter(column: usize) -> Clean {
    Clean::label(if column == 0 { "" } else { "  " })
}
