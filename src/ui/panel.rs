//! Overlays: a framed box or the last line of the screen, whatever its content.

use ratatui::style::Style;

use super::bars::clear_last;
use super::frame::{Focus, scroll_bar};
use super::input;
use super::list::cursor;
use super::paint::Painter;
use crate::app::geometry::{Area, Size, panel_area, panel_body};
use crate::app::{Align, Panel, PanelCell, PanelInput, PanelRow, Placement, PointerTarget};
use crate::format::clean::Clean;

pub fn draw(panel: &Panel, size: Size, painter: &mut Painter<'_>) {
    match panel.placement {
        Placement::Box => draw_box(panel, size, painter),
        Placement::Line => draw_line(panel, painter),
        Placement::Over(area) => draw_over(panel, area, painter),
    }
}

fn draw_box(panel: &Panel, size: Size, painter: &mut Painter<'_>) {
    let area = panel_area(size);
    framed(area, painter);
    let body = panel_body(size);
    let theme = painter.theme;
    let inner = area.columns.saturating_sub(4);
    let style = theme.accent.patch(theme.title);
    painter.put(area.x + 2, area.y + 1, inner, &panel.title, style);
    painter.use_place(area.x + 2, area.y + 1);
    painter.put_right(area.x + 2, area.y + 1, inner, &panel.corner, theme.faint);
    let above = Area {
        y: body.y - 1,
        rows: 1,
        ..body
    };
    match &panel.input {
        Some(line) => typed_line(line, theme.faint, above, painter),
        None => {
            painter.put(above.x, above.y, above.columns, &panel.hint, theme.faint);
        }
    }
    let seen = usize::from(body.rows);
    for ((at, row), y) in panel.body.iter().enumerate().take(seen).zip(body.y..) {
        let line = Area { y, rows: 1, ..body };
        draw_row(row, line, painter);
        painter.target(line, PointerTarget::PanelRow(at));
        if panel.cursor == Some(at) {
            cursor(line, Focus::Here, painter);
        }
    }
    // The scroll bar goes on the right edge.
    let edge = Area {
        x: area.x,
        columns: area.columns - 1,
        ..body
    };
    scroll_bar(edge, panel.top, seen, panel.count, painter);
}

/// Draws the last line of the screen, with the rows of the body in a strip above it.
fn draw_line(panel: &Panel, painter: &mut Painter<'_>) {
    let y = painter.rows() - 1;
    let first = clear_last(panel.body.len() + 1, painter);
    let columns = painter.columns().saturating_sub(2);
    let line = |y| Area {
        x: 1,
        y,
        columns,
        rows: 1,
    };
    for ((at, row), y) in panel.body.iter().enumerate().zip(first..y) {
        draw_row(row, line(y), painter);
        painter.target(line(y), PointerTarget::PanelRow(at));
        if panel.cursor == Some(at) {
            cursor(line(y), Focus::Here, painter);
        }
    }
    let theme = painter.theme;
    match &panel.input {
        Some(typed) => typed_line(typed, theme.accent, line(y), painter),
        None => {
            let style = theme.accent.patch(theme.title);
            let x = 1 + painter.put(1, y, columns, &panel.title, style) + 2;
            painter.put(x, y, columns.saturating_sub(x), &panel.hint, theme.faint);
        }
    }
}

/// Draws a panel over a part of the panes, with a line above it.
fn draw_over(panel: &Panel, area: Area, painter: &mut Painter<'_>) {
    let theme = painter.theme;
    painter.clear(area);
    let (sign, style) = (painter.glyphs.horizontal, theme.faint);
    painter.across(area.x, area.y, area.columns, sign, style);
    let inner = area.inset();
    let title = &panel.title;
    let x = inner.x
        + painter.put(
            inner.x,
            area.y,
            inner.columns,
            title,
            theme.accent.patch(theme.title),
        );
    let left = (inner.x + inner.columns).saturating_sub(x);
    let said = [&panel.hint, &panel.corner].map(Clean::as_str).join("  ");
    painter.put(
        x,
        area.y,
        left,
        &Clean::new(&format!(" {} ", said.trim())),
        theme.faint,
    );
    for (row, y) in panel.body.iter().zip(area.y + 1..area.y + area.rows) {
        draw_row(
            row,
            Area {
                y,
                rows: 1,
                ..inner
            },
            painter,
        );
    }
}

/// Draws the frame, and clears everything below it.
fn framed(area: Area, painter: &mut Painter<'_>) {
    let (style, glyphs) = (painter.theme.faint, painter.glyphs);
    painter.clear(area);
    let (right_x, bottom_y) = (
        area.x + area.columns - 1,
        area.y + area.rows.saturating_sub(1),
    );
    for y in [area.y, bottom_y] {
        painter.across(area.x, y, area.columns, glyphs.horizontal, style);
    }
    for x in [area.x, right_x] {
        let rows = area.rows.saturating_sub(2);
        painter.down(x, area.y + 1, rows, glyphs.vertical, style);
    }
    let corners = glyphs.corners;
    for (x, y, corner) in [
        (area.x, area.y, corners[0]),
        (right_x, area.y, corners[1]),
        (area.x, bottom_y, corners[2]),
        (right_x, bottom_y, corners[3]),
    ] {
        painter.put(x, y, 1, &Clean::label(corner), style);
    }
}

/// Draws a line being typed.
fn typed_line(line: &PanelInput, label_style: Style, area: Area, painter: &mut Painter<'_>) {
    let (y, theme) = (area.y, painter.theme);
    let label = Clean::new(&line.label);
    let x = area.x + painter.put(area.x, y, area.columns, &label, label_style);
    let columns = area.columns.saturating_sub(x - area.x);
    if line.input.value().is_empty() {
        let invitation = Clean::new(&line.invitation);
        painter.put(x + 1, y, columns, &invitation, theme.faint);
    }
    let area = Area { x, columns, ..area };
    input::draw(&line.input, line.wrong.clone(), area, painter);
}

fn draw_row(row: &PanelRow, line: Area, painter: &mut Painter<'_>) {
    for cell in &row.cells {
        draw_cell(cell, line, painter);
    }
}

fn draw_cell(cell: &PanelCell, line: Area, painter: &mut Painter<'_>) {
    let x = match cell.align {
        Align::Left => line.x + cell.at,
        Align::Right => {
            let width = cell.line.width().min(usize::from(cell.columns)) as u16;
            line.x + cell.at + cell.columns - width
        }
    };
    painter.line(x, line.y, cell.columns, &cell.line);
    let Some(run) = cell.line.runs.first() else {
        return;
    };
    // Sanitising the text may have shifted its bytes.
    let text = run.text.as_str();
    if cell.found.iter().all(|it| text.get(it.clone()).is_some()) {
        painter.mark(x, line.y, cell.columns, text, &cell.found);
    }
}
