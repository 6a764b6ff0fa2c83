//! The related pane: entries grouped by where they come from; the one under the cursor shows why it
//! is there, and its excerpt.

use super::frame::{Focus, header};
use super::list::{cursor, handling_sign, put_signs};
use super::paint::Painter;
use crate::app::geometry::{Area, Pane, Zoom};
use crate::app::{
    App, Border, EntryOrigin, PointerTarget, RelatedEntry, RelatedRow, Sign, position,
};
use crate::format::clean::Clean;
use crate::format::date;

const PROVIDER_COLUMNS: u16 = 12;
const AGE_COLUMNS: u16 = 9;

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
    painter.target(area, PointerTarget::Pane(Pane::Related));
    painter.target(
        Area { rows: 1, ..area },
        PointerTarget::Border(Border::Related),
    );
    let body = area.body();
    let rows = app.related_rows(area);
    for (row, y) in rows.iter().zip(body.y..) {
        let line = Area { y, rows: 1, ..body };
        let inner = line.inset();
        match row {
            RelatedRow::Heading(origin) => {
                painter.put(
                    inner.x,
                    y,
                    inner.columns,
                    &Clean::label(heading(*origin)),
                    painter.theme.faint,
                );
            }
            RelatedRow::Entry(index) => {
                painter.target(line, PointerTarget::Related(*index));
                draw_entry(app, &app.related().entries()[*index], line, painter);
                if *index == at {
                    cursor(line, focus, painter);
                }
            }
            RelatedRow::Under(text) => {
                painter.line(inner.x + 3, y, inner.columns.saturating_sub(3), text)
            }
        }
    }
    let is_waiting =
        app.detail().is_waiting() || app.related().is_waiting() || app.cx().grouping.is_unknown();
    if rows.is_empty() && !is_waiting {
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

fn heading(origin: EntryOrigin) -> &'static str {
    match origin {
        EntryOrigin::Item => "in this collection",
        EntryOrigin::Listed => "listed in the file",
        EntryOrigin::Story => "the same story",
        EntryOrigin::Similar => "similar",
    }
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
