//! The text pane: the visible lines of the page, and how far one has read.

use super::frame::{Focus, header, scroll_bar};
use super::paint::Painter;
use crate::app::geometry::{Area, Pane, Zoom};
use crate::app::{App, text_of};
use crate::format::clean::Clean;
use crate::format::line::Role;
use crate::format::wrap;

pub fn draw(app: &App, area: Area, painter: &mut Painter<'_>) {
    let focus = Focus::when(app.reading_pane() == Pane::Detail);
    let body = area.body();
    let page = app.detail().page();
    let seen = usize::from(body.rows);
    header(area, "ARTICLE", &how_far(app, seen), focus, painter);
    let inner = centred(body.inset(), app);
    if app.detail().article().is_none() {
        let said = wrap::text(
            "No article is selected.",
            usize::from(inner.columns),
            Role::Faint,
        );
        for (line, y) in said.iter().zip(body.y + 1..body.y + body.rows) {
            painter.line(inner.x, y, inner.columns, line);
        }
        return;
    }
    let lines = page.lines_from(app.detail().scroll());
    for (line, y) in lines.take(seen).zip(body.y..) {
        painter.line(inner.x, y, inner.columns, line);
        let text = text_of(line);
        let found = app.detail().highlights(app.cx()).ranges(&text);
        painter.mark(inner.x, y, inner.columns, &text, &found);
    }
    scroll_bar(body, app.detail().scroll(), seen, page.len(), painter);
}

/// How much of the text lies above the lower edge.
fn how_far(app: &App, seen: usize) -> Clean {
    let count = app.detail().page().len();
    if count <= seen {
        return Clean::label("");
    }
    let read = (app.detail().scroll() + seen).min(count);
    Clean::new(&format!("{}%", read * 100 / count))
}

/// If it has the whole screen, the text is centred.
fn centred(area: Area, app: &App) -> Area {
    let columns = app.detail().columns().min(area.columns);
    match app.zoom() {
        Zoom::Panes => area,
        Zoom::TextAlone => Area {
            x: area.x + (area.columns - columns) / 2,
            columns,
            ..area
        },
    }
}
