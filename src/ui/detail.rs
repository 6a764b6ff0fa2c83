//! The text pane: the visible lines of the page, and how much has been read.

use std::ops::Range;

use super::frame::{Focus, header, scroll_bar};
use super::paint::Painter;
use crate::app::geometry::{Area, Pane, Zoom};
use crate::app::{App, PointerTarget, SeenPicture, text_of};
use crate::format::clean::Clean;
use crate::format::line::TextRole;
use crate::format::{number, wrap};

pub fn draw(app: &App, area: Area, painter: &mut Painter<'_>) {
    let focus = Focus::when(app.reading_pane() == Pane::Detail);
    painter.target(area, PointerTarget::Pane(Pane::Detail));
    let body = area.body();
    let page = app.detail().page();
    let seen = app.detail().window().height;
    let first = app.panes().first_line;
    header(area, "ARTICLE", &where_one_is(app, first), focus, painter);
    let inner = text_area(app, area);
    if app.detail().article().is_none() {
        let said = wrap::text(
            "No article is selected.",
            usize::from(inner.columns),
            TextRole::Faint,
        );
        for (line, y) in said.iter().zip(body.y + 1..body.y + body.rows) {
            painter.line(inner.x, y, inner.columns, line);
        }
        return;
    }
    let current = app.detail().current_match();
    if focus == Focus::Here {
        let line = current.map_or(0, |it| it.line.saturating_sub(first));
        let row = u16::try_from(line).unwrap_or_default();
        painter.use_place(inner.x, body.y + row.min(body.rows.saturating_sub(1)));
    }
    let rows = usize::from(body.rows);
    let lines = page.lines_from(first).take(rows).enumerate();
    for ((at, line), y) in lines.zip(body.y..) {
        painter.line(inner.x, y, inner.columns, line);
        for linked in line.linked() {
            let Some(url) = page.link(first + at, linked.link) else {
                continue;
            };
            let url = url.to_owned();
            let words = part(inner, y, &linked.columns);
            painter.target(
                words,
                PointerTarget::Link {
                    url,
                    line: first + at,
                },
            );
        }
        let text = text_of(line);
        let found = app.detail().highlights(app.cx()).ranges(&text);
        painter.mark(inner.x, y, inner.columns, &text, &found);
        let is_current = |range: &&Range<usize>| {
            current.is_some_and(|it| (it.line, it.start) == (first + at, range.start))
        };
        if let Some(range) = found.iter().find(is_current) {
            painter.mark_current(inner.x, y, inner.columns, &text, range);
        }
    }
    pictures(
        app,
        first,
        Area {
            x: inner.x,
            columns: inner.columns,
            ..body
        },
        painter,
    );
    let all = page.len() + app.detail().window().below;
    scroll_bar(body, first, seen, all, painter);
}

/// Draws the pictures among the visible lines, of which the first is `first`.
fn pictures(app: &App, first: usize, area: Area, painter: &mut Painter<'_>) {
    let seen = first..first + usize::from(area.rows);
    for it in app.detail().pictures_in(seen.clone()) {
        let SeenPicture {
            first: top,
            indent,
            picture,
        } = it;
        let spare = area.columns.saturating_sub(picture.room.columns);
        let indent = u16::try_from(indent).map_or(spare, |indent| indent.min(spare));
        let bottom = top + usize::from(picture.room.rows);
        for line in top.max(seen.start)..bottom.min(seen.end) {
            let row = Area {
                x: area.x + indent,
                y: area.y + (line - first) as u16,
                columns: area.columns - indent,
                rows: 1,
            };
            painter.picture(row, picture, (line - top) as u16);
        }
    }
}

/// The number of the current match and of all matches, and how much has been read.
fn where_one_is(app: &App, first: usize) -> Clean {
    let how_far = how_far(app, first);
    match app.detail().found() {
        None => Clean::new(&how_far),
        Some((_, 0)) => Clean::label("no match"),
        Some((at, of)) => {
            let (at, of) = (number::grouped(at as i64), number::grouped(of as i64));
            Clean::new(format!("match {at}/{of}   {how_far}").trim_end())
        }
    }
}

/// How much of the text is above the lower edge.
fn how_far(app: &App, first: usize) -> String {
    let count = app.detail().page().len();
    let seen = app.detail().window().height;
    if count <= seen {
        return String::new();
    }
    let read = (first + seen).min(count);
    format!("{}%", read * 100 / count)
}

/// Some columns of a line in an area.
fn part(area: Area, y: u16, columns: &Range<usize>) -> Area {
    let from = columns.start.min(usize::from(area.columns)) as u16;
    let to = columns.end.min(usize::from(area.columns)) as u16;
    Area {
        x: area.x + from,
        y,
        columns: to - from,
        rows: 1,
    }
}

/// Where the text is in the pane. If it has the whole screen, it is centred.
pub fn text_area(app: &App, area: Area) -> Area {
    let area = area.body().inset();
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
