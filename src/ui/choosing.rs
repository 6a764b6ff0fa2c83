//! Overlays in which one of some rows is chosen: a view, an order, a place to go to.

use std::ops::Range;

use ratatui::style::Style;

use super::frame::{Focus, position, scroll_bar};
use super::list::cursor;
use super::overlay::{framed, overlay_edge, typed_line};
use super::paint::Painter;
use crate::app::geometry::{Area, Size};
use crate::app::{Cursor, Journal, Jump, Orders, State, ViewList, overlay_body};
use crate::desk::{Noted, Standing};
use crate::format::clean::Clean;
use crate::format::number;
use crate::query::fields::SORTS;
use crate::query::{Direction, Sought};

/// A row to choose.
#[derive(Default)]
struct Choice {
    /// A sign or a key before it.
    lead: Clean,
    text: Clean,
    style: Style,
    /// The bytes of the text that were typed.
    typed: Vec<Range<usize>>,
    /// What is to be known about it.
    about: Clean,
    about_style: Style,
    /// A number at its right.
    right: Clean,
}

/// Columns of a lead, of a number at the right, and of a text that has something about it.
const LEAD_COLUMNS: u16 = 4;
const RIGHT_COLUMNS: u16 = 9;
const TEXT_COLUMNS: u16 = 20;

pub fn draw_views(state: &State, list: &ViewList, painter: &mut Painter<'_>) {
    let size = state.size;
    let hint = "Enter or its number shows one, a keeps the query in force, Esc closes";
    head(
        size,
        "VIEWS",
        hint,
        list.cursor.at,
        state.views.len(),
        painter,
    );
    let theme = painter.theme;
    let choice = |at: usize| {
        let view = &state.views[at];
        let lead = match at + 1 {
            number @ 1..=9 => number.to_string(),
            _ => String::new(),
        };
        let count = list.counts.get(at).copied().flatten();
        let in_force = state.is_in_force(view);
        let (about, about_style) = match &view.query {
            Ok(query) => (query.to_string(), theme.faint),
            Err(error) => (format!("{}: {error}", view.text), theme.error),
        };
        Choice {
            lead: Clean::new(&lead),
            text: Clean::new(&view.name),
            style: if in_force { theme.accent } else { theme.text },
            about: Clean::new(&about),
            about_style,
            right: match (&view.query, count) {
                (Ok(_), Some(count)) => Clean::new(&number::grouped(count as i64)),
                _ => Clean::default(),
            },
            ..Choice::default()
        }
    };
    rows(size, list.cursor, state.views.len(), choice, painter);
}

pub fn draw_orders(state: &State, orders: &Orders, painter: &mut Painter<'_>) {
    let size = state.size;
    let hint = "Enter sorts, again the other way; Backspace as before, Esc closes";
    head(size, "SORT", hint, orders.cursor.at, SORTS.len(), painter);
    let theme = painter.theme;
    let in_force = state.order_in_force();
    let choice = |at: usize| {
        let row = &SORTS[at];
        let key = in_force.filter(|key| key.by == row.value);
        let (lead, style) = match key.map(|key| key.direction) {
            Some(Direction::Natural) => ("", theme.accent),
            Some(Direction::Reversed) => ("-", theme.accent),
            None => ("", theme.text),
        };
        Choice {
            lead: Clean::label(lead),
            text: Clean::label(row.word),
            style,
            about: plain(row.about),
            about_style: theme.faint,
            ..Choice::default()
        }
    };
    rows(size, orders.cursor, SORTS.len(), choice, painter);
}

pub fn draw_jump(state: &State, jump: &Jump, painter: &mut Painter<'_>) {
    let (size, theme) = (state.size, painter.theme);
    let title = match jump.sought {
        Sought::Article => "GO TO AN ARTICLE",
        Sought::Topic => "GO TO A TOPIC",
        Sought::Provider => "GO TO A PROVIDER",
    };
    framed(size, title, &Clean::label("Esc closes"), painter);
    typed_line(size, "go to: ", "some of its letters", &jump.input, painter);
    let body = overlay_body(size);
    if jump.hits.is_empty() && !jump.input.value().is_empty() {
        let nothing = Clean::label("Nothing has these letters in this order.");
        painter.put(body.x, body.y, body.columns, &nothing, theme.text);
    }
    let choice = |at: usize| {
        let hit = &jump.hits[at];
        Choice {
            text: Clean::new(&hit.text),
            style: theme.text,
            typed: hit.typed.clone(),
            right: match hit.count {
                Some(count) => Clean::new(&number::grouped(count as i64)),
                None => Clean::default(),
            },
            ..Choice::default()
        }
    };
    rows(size, jump.cursor, jump.hits.len(), choice, painter);
}

pub fn draw_journal(state: &State, journal: &Journal, painter: &mut Painter<'_>) {
    let size = state.size;
    let hint = "Enter takes a decision back, Esc closes";
    let count = journal.entries.len();
    head(size, "JOURNAL", hint, journal.cursor.at, count, painter);
    let theme = painter.theme;
    if count == 0 {
        let body = overlay_body(size);
        let nothing = Clean::label("Nothing was decided yet.");
        painter.put(body.x, body.y, body.columns, &nothing, theme.text);
    }
    let choice = |at: usize| {
        let Noted { entry, about } = &journal.entries[at];
        let when = entry.transaction.when.to_zoned(state.zone.clone());
        let taken_back = entry.standing == Standing::TakenBack;
        let mut label = entry.transaction.label.clone();
        if !about.is_empty() {
            label.push_str(&format!(": {about}"));
        }
        if taken_back {
            label.push_str(" (taken back)");
        }
        Choice {
            text: Clean::new(&when.strftime("%Y-%m-%d %H:%M").to_string()),
            style: theme.faint,
            about: Clean::new(&label),
            about_style: if taken_back { theme.faint } else { theme.text },
            right: Clean::new(&number::grouped(entry.number)),
            ..Choice::default()
        }
    };
    rows(size, journal.cursor, count, choice, painter);
}

/// A sentence of the docs, without the signs that make it code there.
pub fn plain(about: &str) -> Clean {
    Clean::new(&about.replace('`', ""))
}

/// The frame, and below its title what can be done.
fn head(
    size: Size,
    title: &'static str,
    hint: &'static str,
    at: usize,
    count: usize,
    painter: &mut Painter<'_>,
) {
    framed(size, title, &position(at, count), painter);
    let body = overlay_body(size);
    let style = painter.theme.faint;
    painter.put(body.x, body.y - 1, body.columns, &Clean::label(hint), style);
}

/// The rows that are seen, of which only those are made.
fn rows(
    size: Size,
    at: Cursor,
    count: usize,
    choice: impl Fn(usize) -> Choice,
    painter: &mut Painter<'_>,
) {
    let body = overlay_body(size);
    let seen = usize::from(body.rows);
    for (row, y) in (at.top..count).take(seen).zip(body.y..) {
        let line = Area { y, rows: 1, ..body };
        draw_row(&choice(row), line, painter);
        if row == at.at {
            cursor(line, Focus::Here, painter);
        }
    }
    scroll_bar(overlay_edge(size), at.top, seen, count, painter);
}

fn draw_row(choice: &Choice, line: Area, painter: &mut Painter<'_>) {
    let theme = painter.theme;
    let (y, end) = (line.y, line.x + line.columns.saturating_sub(1));
    painter.put(line.x + 2, y, LEAD_COLUMNS - 2, &choice.lead, theme.accent);
    let x = line.x + LEAD_COLUMNS;
    let right_at = match choice.right.is_empty() {
        true => end,
        false => end.saturating_sub(RIGHT_COLUMNS),
    };
    painter.put_right(right_at, y, end - right_at, &choice.right, theme.faint);
    let room = right_at.saturating_sub(x + 1);
    let columns = if choice.about.is_empty() {
        room
    } else {
        TEXT_COLUMNS.min(room)
    };
    painter.put(x, y, columns, &choice.text, choice.style);
    // What made a text fit for the screen may have moved its bytes.
    if choice
        .typed
        .iter()
        .all(|it| choice.text.as_str().get(it.clone()).is_some())
    {
        painter.mark(x, y, columns, choice.text.as_str(), &choice.typed);
    }
    let about_room = room.saturating_sub(columns + 1);
    painter.put(
        x + columns + 1,
        y,
        about_room,
        &choice.about,
        choice.about_style,
    );
}
