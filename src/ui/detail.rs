//! The text: the lines of the page that are seen, and how far one has read.

use super::frame::{Focus, header, scroll_bar};
use super::paint::Painter;
use crate::app::geometry::{Area, Pane, Zoom};
use crate::app::{State, text_of};
use crate::format::clean::Clean;
use crate::format::line::Role;
use crate::format::wrap;

pub fn draw(state: &State, area: Area, painter: &mut Painter<'_>) {
    let focus = Focus::when(state.reading_pane() == Pane::Detail);
    let body = area.body();
    let lines = &state.detail.page.lines;
    let seen = usize::from(body.rows);
    header(area, "ARTICLE", &how_far(state, seen), focus, painter);
    let inner = centred(body.inset(), state);
    if state.detail.article.is_none() {
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
    for (line, y) in lines
        .iter()
        .skip(state.detail.scroll)
        .take(seen)
        .zip(body.y..)
    {
        painter.line(inner.x, y, inner.columns, line);
        let text = text_of(line);
        let found = state.text_highlights().ranges(&text);
        painter.mark(inner.x, y, inner.columns, &text, &found);
    }
    scroll_bar(body, state.detail.scroll, seen, lines.len(), painter);
}

/// The share of the text that lies above the lower edge.
fn how_far(state: &State, seen: usize) -> Clean {
    let count = state.detail.page.lines.len();
    if count <= seen {
        return Clean::label("");
    }
    let read = (state.detail.scroll + seen).min(count);
    Clean::new(&format!("{}%", read * 100 / count))
}

/// With the whole screen for it, the text stands in its middle.
fn centred(area: Area, state: &State) -> Area {
    let columns = state.detail.columns().min(area.columns);
    match state.zoom {
        Zoom::Panes => area,
        Zoom::TextAlone => Area {
            x: area.x + (area.columns - columns) / 2,
            columns,
            ..area
        },
    }
}
