//! The facets: what their values are picked for, their names, and how many articles each has under
//! the query in force.

use super::frame::{Focus, header, scroll_bar};
use super::list::cursor;
use super::paint::Painter;
use crate::app::geometry::{Area, Pane};
use crate::app::{DrawerRow, State, ValueRow};
use crate::format::clean::Clean;
use crate::format::line::Role;
use crate::format::{number, wrap};
use crate::query::{FacetField, Pick, Require, edit};

const COUNT_COLUMNS: u16 = 8;

pub fn draw(state: &State, area: Area, painter: &mut Painter<'_>) {
    let focus = Focus::when(state.reading_pane() == Pane::Facets);
    header(area, "FACETS", &narrowed(state), focus, painter);
    let body = area.body();
    let rows = &state.drawer.rows;
    if rows.is_empty() {
        return explain(state, body, painter);
    }
    let top = state.drawer.cursor.top;
    let seen = rows.iter().enumerate().skip(top);
    for ((at, row), y) in seen.take(usize::from(body.rows)).zip(body.y..) {
        let line = Area { y, rows: 1, ..body };
        draw_row(state, row, line, painter);
        if at == state.drawer.cursor.at && focus == Focus::Here {
            cursor(line, focus, painter);
        }
    }
    scroll_bar(body, top, usize::from(body.rows), rows.len(), painter);
}

/// What the values are narrowed by.
fn narrowed(state: &State) -> Clean {
    match state.drawer.typed() {
        "" => Clean::default(),
        typed => Clean::new(&format!("/{typed}")),
    }
}

fn explain(state: &State, body: Area, painter: &mut Painter<'_>) {
    let inner = body.inset();
    let said = match state.drawer.typed() {
        "" => "",
        _ => "No value begins so. Esc shows all of them again.",
    };
    let said = wrap::text(said, usize::from(inner.columns), Role::Faint);
    for (line, y) in said.iter().zip(body.y + 1..body.y + body.rows) {
        painter.line(inner.x, y, inner.columns, line);
    }
}

fn title(field: FacetField) -> &'static str {
    match field {
        FacetField::Topic => "TOPICS",
        FacetField::Provider => "PROVIDERS",
        FacetField::Kind => "KINDS",
        FacetField::Month => "MONTHS",
        FacetField::Publication => "PUBLICATION",
        FacetField::Mark => "MARKS",
    }
}

fn draw_row(state: &State, row: &DrawerRow, line: Area, painter: &mut Painter<'_>) {
    let theme = painter.theme;
    match row {
        DrawerRow::Blank => {}
        DrawerRow::Heading(field) => {
            let title = Clean::label(title(*field));
            let taken = painter.put(line.x + 1, line.y, line.columns, &title, theme.faint);
            let required = match edit::require(state.search.query(), *field) {
                Some(Require::Any) => "any of +",
                Some(Require::All) => "all of +",
                None => "",
            };
            let room = line.columns.saturating_sub(taken + 3);
            let said = Clean::label(required);
            painter.put_right(line.x + taken + 2, line.y, room, &said, theme.faint);
        }
        DrawerRow::Value(row) => value(row, line, painter),
        DrawerRow::More(_, left) => {
            let left = number::grouped(*left as i64);
            let said = Clean::new(&format!("{} {left} more", painter.signs.ellipsis));
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

fn value(row: &ValueRow, line: Area, painter: &mut Painter<'_>) {
    let (theme, signs) = (painter.theme, painter.signs);
    let (sign, style) = match row.pick {
        Some(Pick::Include) => (signs.included, theme.accent),
        Some(Pick::Exclude) => (signs.excluded, theme.error),
        None => ("", theme.text),
    };
    painter.put(line.x + 1, line.y, 1, &Clean::label(sign), style);
    let count = number::grouped(row.count as i64);
    let count_at = (line.x + line.columns).saturating_sub(COUNT_COLUMNS + 2);
    painter.put_right(
        count_at,
        line.y,
        COUNT_COLUMNS,
        &Clean::new(&count),
        theme.faint,
    );
    let name_at = line.x + 3;
    let room =
        count_at.saturating_sub(name_at) + COUNT_COLUMNS.saturating_sub(count.len() as u16 + 1);
    painter.put(name_at, line.y, room, &Clean::new(&row.value), style);
}
