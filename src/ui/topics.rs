//! The topics: what they are picked for, their names, and how many articles each would leave.

use super::frame::{Focus, header, scroll_bar};
use super::list::cursor;
use super::paint::Painter;
use crate::app::geometry::{Area, Pane};
use crate::app::{State, TopicRow};
use crate::format::clean::Clean;
use crate::format::line::Role;
use crate::format::{number, wrap};
use crate::query::{Pick, Require};

const COUNT_COLUMNS: u16 = 8;

pub fn draw(state: &State, area: Area, painter: &mut Painter<'_>) {
    let focus = Focus::when(state.reading_pane() == Pane::Topics);
    let right = match (state.filter.is_empty(), state.filter.require()) {
        (true, _) => Clean::default(),
        (false, Require::Any) => Clean::label("any of +"),
        (false, Require::All) => Clean::label("all of +"),
    };
    header(area, "TOPICS", &right, focus, painter);
    let body = area.body();
    let rows = &state.topics.rows;
    if rows.is_empty() {
        let inner = body.inset();
        let said = wrap::text(
            "No topics in these articles: a file names its own in a list under topics.",
            usize::from(inner.columns),
            Role::Faint,
        );
        for (line, y) in said.iter().zip(body.y + 1..body.y + body.rows) {
            painter.line(inner.x, y, inner.columns, line);
        }
        return;
    }
    let top = state.topics.cursor.top;
    for ((at, topic), y) in rows
        .iter()
        .enumerate()
        .skip(top)
        .take(usize::from(body.rows))
        .zip(body.y..)
    {
        let line = Area { y, rows: 1, ..body };
        row(topic, line, painter);
        if at == state.topics.cursor.at && focus == Focus::Here {
            cursor(line, focus, painter);
        }
    }
    scroll_bar(body, top, usize::from(body.rows), rows.len(), painter);
}

fn row(topic: &TopicRow, line: Area, painter: &mut Painter<'_>) {
    let (theme, signs) = (painter.theme, painter.signs);
    let (sign, style) = match topic.pick {
        Some(Pick::Include) => (signs.included, theme.accent),
        Some(Pick::Exclude) => (signs.excluded, theme.error),
        None => ("", theme.text),
    };
    painter.put(line.x + 1, line.y, 1, &Clean::label(sign), style);
    let count = number::grouped(topic.count as i64);
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
    painter.put(name_at, line.y, room, &Clean::new(&topic.name), style);
}
