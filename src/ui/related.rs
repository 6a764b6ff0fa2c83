//! The related pane: entries grouped by where they come from; the one under the cursor shows its
//! excerpt.

use super::frame::{Focus, header};
use super::list::{cursor, handling_sign, put_signs};
use super::paint::Painter;
use crate::app::geometry::{Area, Pane, Zoom};
use crate::app::{App, Border, EXCERPT_ROWS, Origin, RelatedEntry, Sign, Target, position};
use crate::format::clean::Clean;
use crate::format::line::{Line, Role};
use crate::format::{date, wrap};

const PROVIDER_COLUMNS: u16 = 12;
const AGE_COLUMNS: u16 = 9;

/// A line of the pane.
enum Row<'a> {
    Heading(&'static str),
    Entry(usize, &'a RelatedEntry),
    Excerpt(Line),
}

pub fn draw(app: &App, area: Area, painter: &mut Painter<'_>) {
    let focus = Focus::when(app.zoom() == Zoom::Panes && app.focus() == Pane::Related);
    let at = app.related().cursor().at;
    painter.across(
        area.x,
        area.y,
        area.columns,
        painter.glyphs.horizontal,
        painter.theme.faint,
    );
    title(app, area, focus, painter);
    painter.target(area, Target::Pane(Pane::Related));
    painter.target(Area { rows: 1, ..area }, Target::Border(Border::Related));
    let body = area.body();
    let rows = rows(app, body.inset().columns, focus);
    let seen = usize::from(body.rows);
    for (row, y) in rows
        .iter()
        .skip(first_seen(&rows, at, seen))
        .take(seen)
        .zip(body.y..)
    {
        let line = Area { y, rows: 1, ..body };
        let inner = line.inset();
        match row {
            Row::Heading(words) => {
                painter.put(
                    inner.x,
                    y,
                    inner.columns,
                    &Clean::label(words),
                    painter.theme.faint,
                );
            }
            Row::Entry(index, entry) => {
                painter.target(line, Target::Related(*index));
                draw_entry(app, entry, line, painter);
                if *index == at {
                    cursor(line, focus, painter);
                }
            }
            Row::Excerpt(text) => {
                painter.line(inner.x + 3, y, inner.columns.saturating_sub(3), text)
            }
        }
    }
    if rows.is_empty() && !app.detail().is_waiting() {
        let inner = body.inset();
        painter.put(
            inner.x,
            body.y,
            inner.columns,
            &Clean::label("No related articles."),
            painter.theme.faint,
        );
    }
}

/// The pane's name in its divider line, with blanks on both sides.
fn title(app: &App, area: Area, focus: Focus, painter: &mut Painter<'_>) {
    let count = position(app.related().cursor().at, app.related().entries().len());
    let columns = area.columns.min(9);
    painter.clear(Area {
        columns,
        rows: 1,
        ..area
    });
    let right = (count.width() as u16 + 2).min(area.columns);
    if count.width() > 0 && right + columns < area.columns {
        painter.clear(Area {
            x: area.x + area.columns - right - 1,
            columns: right,
            rows: 1,
            ..area
        });
        painter.put_right(
            area.x,
            area.y,
            area.columns - 2,
            &count,
            painter.theme.faint,
        );
    }
    header(area, "RELATED", &Clean::default(), focus, painter);
}

fn rows(app: &App, columns: u16, focus: Focus) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    let mut origin = None;
    for (index, entry) in app.related().entries().iter().enumerate() {
        if origin != Some(entry.origin) {
            origin = Some(entry.origin);
            rows.push(Row::Heading(heading(entry.origin)));
        }
        rows.push(Row::Entry(index, entry));
        if index == app.related().cursor().at && focus == Focus::Here && !entry.excerpt.is_empty() {
            let room = usize::from(columns.saturating_sub(4)).max(1);
            let lines = wrap::text(&entry.excerpt, room, Role::Faint);
            rows.extend(lines.into_iter().take(EXCERPT_ROWS).map(Row::Excerpt));
        }
    }
    rows
}

fn heading(origin: Origin) -> &'static str {
    match origin {
        Origin::Item => "in this collection",
        Origin::Listed => "listed in the file",
        Origin::Similar => "same topics, found in the library",
    }
}

/// Returns the first row to draw so that the entry under the cursor is visible with its excerpt.
fn first_seen(rows: &[Row<'_>], at: usize, seen: usize) -> usize {
    let entry = rows
        .iter()
        .position(|row| matches!(row, Row::Entry(index, _) if *index == at))
        .unwrap_or(0);
    let excerpt = rows[entry.min(rows.len())..]
        .iter()
        .skip(1)
        .take_while(|row| matches!(row, Row::Excerpt(_)))
        .count();
    let last = rows.len().saturating_sub(seen);
    (entry + excerpt + 2)
        .saturating_sub(seen)
        .min(entry)
        .min(last)
}

fn draw_entry(app: &App, entry: &RelatedEntry, line: Area, painter: &mut Painter<'_>) {
    let theme = painter.theme;
    let (sign, title_style) = match entry.article {
        None => (Some((Sign::Outside, theme.faint)), theme.text),
        Some(id) => {
            let faint = app.cx().marks.is_read(id) || app.cx().marks.is_handled(id);
            let style = if faint { theme.faint } else { theme.unread };
            (handling_sign(app, id, painter), style)
        }
    };
    let title_at = put_signs([sign], (line.x + 1, line.y), line.x + 3, painter);
    let mut right = (line.x + line.columns).saturating_sub(1 + AGE_COLUMNS);
    if let Some(moment) = entry.published_at {
        let env = app.cx().env;
        let age = date::listed(moment, env.now, &env.zone, env.config.date_style);
        painter.put_right(right, line.y, AGE_COLUMNS, &Clean::new(&age), theme.faint);
    }
    if line.columns >= 48 {
        right = right.saturating_sub(PROVIDER_COLUMNS + 1);
        painter.put(
            right,
            line.y,
            PROVIDER_COLUMNS,
            &Clean::new(&entry.provider),
            theme.faint,
        );
    }
    painter.put(
        title_at,
        line.y,
        right.saturating_sub(title_at + 1),
        &Clean::new(&entry.title),
        title_style,
    );
}
