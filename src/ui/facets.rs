//! The facets: which values are picked, their names, and how many articles each has under the query
//! in force.

use super::frame::{Focus, header, scroll_bar};
use super::list::cursor;
use super::paint::Painter;
use crate::app::geometry::{Area, Pane};
use crate::app::{App, FacetsRow, PointerTarget, Sign, SignStyle, ValueRow};
use crate::command::{Command, Context};
use crate::format::clean::Clean;
use crate::format::line::TextRole;
use crate::format::{number, wrap};
use crate::query::{Pick, Require, edit};

const COUNT_COLUMNS: u16 = 8;

pub fn draw(app: &App, area: Area, painter: &mut Painter<'_>) {
    let focus = Focus::when(app.reading_pane() == Pane::Facets);
    header(area, "FACETS", &narrowed(app), focus, painter);
    painter.target(area, PointerTarget::Pane(Pane::Facets));
    let body = area.body();
    let rows = app.facets().rows();
    if rows.is_empty() {
        return explain(app, body, painter);
    }
    let top = app.facets().cursor().top;
    let seen = rows.iter().enumerate().skip(top);
    for ((at, row), y) in seen.take(usize::from(body.rows)).zip(body.y..) {
        let line = Area { y, rows: 1, ..body };
        painter.target(line, PointerTarget::Facet(at));
        draw_row(app, row, line, painter);
        if at == app.facets().cursor().at && focus == Focus::Here {
            cursor(line, focus, painter);
        }
    }
    scroll_bar(body, top, usize::from(body.rows), rows.len(), painter);
}

/// What the values are narrowed by.
fn narrowed(app: &App) -> Clean {
    match app.facets().typed() {
        "" => Clean::default(),
        typed => Clean::new(&format!("/{typed}")),
    }
}

fn explain(app: &App, body: Area, painter: &mut Painter<'_>) {
    let inner = body.inset();
    let said = match app.facets().typed() {
        "" => String::new(),
        _ => format!(
            "No value matches. {} shows them all again.",
            app.cx().env.key(Command::ClearValues, Context::Facets)
        ),
    };
    let said = wrap::text(&said, usize::from(inner.columns), TextRole::Faint);
    for (line, y) in said.iter().zip(body.y + 1..body.y + body.rows) {
        painter.line(inner.x, y, inner.columns, line);
    }
}

fn draw_row(app: &App, row: &FacetsRow, line: Area, painter: &mut Painter<'_>) {
    let theme = painter.theme;
    match row {
        FacetsRow::Blank => {}
        FacetsRow::Heading(field) => {
            let title = Clean::label(field.row().title);
            let taken = painter.put(line.x + 1, line.y, line.columns, &title, theme.faint);
            let required = match edit::require(app.cx().in_force.query(), *field) {
                Some(Require::Any) => "any of +",
                Some(Require::All) => "all of +",
                None => "",
            };
            let room = line.columns.saturating_sub(taken + 3);
            let said = Clean::label(required);
            painter.put_right(line.x + taken + 2, line.y, room, &said, theme.faint);
        }
        FacetsRow::Only(row) => only(row, line, painter),
        FacetsRow::Value(row) => value(row, line, painter),
        FacetsRow::More(_, left) => {
            let left = number::grouped(*left as i64);
            let said = Clean::new(&format!("{} {left} more", painter.glyphs.ellipsis));
            painter.put(
                line.x + 3,
                line.y,
                line.columns.saturating_sub(3),
                &said,
                theme.faint,
            );
        }
    }
}

/// The heading of a facet, and its only value.
fn only(row: &ValueRow, line: Area, painter: &mut Painter<'_>) {
    let theme = painter.theme;
    let title = Clean::label(row.field.row().title);
    let taken = painter.put(line.x + 1, line.y, line.columns, &title, theme.faint);
    let room = count(row, line, painter).saturating_sub(line.x + taken + 3);
    let value = Clean::new(&row.value);
    painter.put(line.x + taken + 3, line.y, room, &value, theme.faint);
}

/// Writes the number of articles at the end of the line, and returns the column before it.
fn count(row: &ValueRow, line: Area, painter: &mut Painter<'_>) -> u16 {
    let count = number::grouped(row.count as i64);
    let end = (line.x + line.columns).saturating_sub(2);
    let at = end.saturating_sub(COUNT_COLUMNS);
    let style = painter.theme.faint;
    painter.put_right(at, line.y, COUNT_COLUMNS, &Clean::new(&count), style);
    end.saturating_sub(count.len() as u16 + 1)
}

fn value(row: &ValueRow, line: Area, painter: &mut Painter<'_>) {
    let (theme, glyphs) = (painter.theme, painter.glyphs);
    let (sign, style) = match row.pick {
        Some(Pick::Include) => (Some(Sign::Included), theme.accent),
        Some(Pick::Exclude) => (Some(Sign::Excluded), theme.error),
        None => (None, theme.text),
    };
    let name = match (sign, glyphs.sign_style()) {
        (Some(sign), SignStyle::Words) => format!("{} {}", sign.word(), row.value),
        (Some(sign), SignStyle::Cells) => {
            let glyph = Clean::label(glyphs.sign(sign));
            painter.put(line.x + 1, line.y, 1, &glyph, style);
            row.value.clone()
        }
        (None, _) => row.value.clone(),
    };
    let name_at = line.x + 3;
    let room = count(row, line, painter).saturating_sub(name_at);
    painter.put(name_at, line.y, room, &Clean::new(&name), style);
}
