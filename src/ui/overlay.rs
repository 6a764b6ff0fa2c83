//! What lies over the panes: a framed box with a title, a line of its own, and rows.

use tui_input::Input;

use super::frame::{Focus, position, scroll_bar};
use super::list::cursor;
use super::paint::Painter;
use super::{choosing, input};
use crate::app::geometry::{Area, Size};
use crate::app::{
    Confirm, Diagnostics, Help, HelpColumns, HelpLine, Links, Overlay, State, links_body,
    overlay_area, overlay_body,
};
use crate::format::clean::Clean;
use crate::format::line::Role;
use crate::format::link::Link;
use crate::format::wrap;

pub fn draw(state: &State, painter: &mut Painter<'_>) {
    let Some(overlay) = &state.overlay else {
        return;
    };
    let size = state.size;
    match overlay {
        Overlay::Help(help) => draw_help(help, size, painter),
        Overlay::Links(links) => draw_links(links, size, painter),
        Overlay::Views(list) => choosing::draw_views(state, list, painter),
        Overlay::Orders(orders) => choosing::draw_orders(state, orders, painter),
        Overlay::Journal(journal) => choosing::draw_journal(state, journal, painter),
        Overlay::Confirm(confirm) => draw_confirm(confirm, size, painter),
        Overlay::Jump(jump) => choosing::draw_jump(state, jump, painter),
        Overlay::Diagnostics(diagnostics) => draw_diagnostics(diagnostics, size, painter),
    }
}

/// The box, its title, and on the right what closes it.
pub fn framed(size: Size, title: &'static str, right: &Clean, painter: &mut Painter<'_>) {
    let area = overlay_area(size);
    let (style, signs) = (painter.theme.faint, painter.signs);
    painter.clear(area);
    let (right_x, bottom_y) = (
        area.x + area.columns - 1,
        area.y + area.rows.saturating_sub(1),
    );
    for y in [area.y, bottom_y] {
        painter.across(area.x, y, area.columns, signs.horizontal, style);
    }
    for x in [area.x, right_x] {
        painter.down(
            x,
            area.y + 1,
            area.rows.saturating_sub(2),
            signs.vertical,
            style,
        );
    }
    let corners = signs.corners;
    for (x, y, corner) in [
        (area.x, area.y, corners[0]),
        (right_x, area.y, corners[1]),
        (area.x, bottom_y, corners[2]),
        (right_x, bottom_y, corners[3]),
    ] {
        painter.put(x, y, 1, &Clean::label(corner), style);
    }
    let theme = painter.theme;
    painter.put(
        area.x + 2,
        area.y + 1,
        area.columns.saturating_sub(4),
        &Clean::label(title),
        theme.accent.patch(theme.title),
    );
    painter.put_right(
        area.x + 2,
        area.y + 1,
        area.columns.saturating_sub(4),
        right,
        theme.faint,
    );
}

/// The rows of an overlay with all columns up to its right edge, where its scroll bar stands.
pub fn overlay_edge(size: Size) -> Area {
    let (area, body) = (overlay_area(size), overlay_body(size));
    Area {
        x: area.x,
        columns: area.columns - 1,
        ..body
    }
}

fn draw_help(help: &Help, size: Size, painter: &mut Painter<'_>) {
    framed(size, "KEYS", &Clean::label("Esc closes"), painter);
    typed_line(size, "find: ", "type to narrow", &help.input, painter);
    let body = overlay_body(size);
    let theme = painter.theme;
    let lines = &help.lines;
    if lines.is_empty() {
        painter.put(
            body.x,
            body.y,
            body.columns,
            &Clean::label("No key does that. Backspace takes back what was typed."),
            theme.text,
        );
    }
    let seen = usize::from(body.rows);
    for (line, y) in lines.iter().skip(help.scroll).take(seen).zip(body.y..) {
        help_line(line, Area { y, rows: 1, ..body }, painter);
    }
    scroll_bar(overlay_edge(size), help.scroll, seen, lines.len(), painter);
}

/// The line of an overlay that is typed into, above its rows.
pub fn typed_line(
    size: Size,
    label: &'static str,
    invitation: &'static str,
    input: &Input,
    painter: &mut Painter<'_>,
) {
    let body = overlay_body(size);
    let (y, theme) = (body.y - 1, painter.theme);
    let x = body.x + painter.put(body.x, y, body.columns, &Clean::label(label), theme.faint);
    let columns = body.columns.saturating_sub(x - body.x);
    if input.value().is_empty() {
        painter.put(x + 1, y, columns, &Clean::label(invitation), theme.faint);
    }
    let line = Area {
        x,
        y,
        columns,
        rows: 1,
    };
    input::draw(input, None, line, painter);
}

fn help_line(line: &HelpLine, area: Area, painter: &mut Painter<'_>) {
    let theme = painter.theme;
    let columns = HelpColumns::of(area.columns);
    let said_at = area.x + columns.keys + columns.place;
    match line {
        HelpLine::Blank => {}
        HelpLine::Group(name) => {
            let name = Clean::label(name);
            painter.put(area.x, area.y, area.columns, &name, theme.accent);
        }
        HelpLine::Row { keys, place, said } => {
            let keys = Clean::new(keys);
            let room = columns.keys.saturating_sub(2);
            painter.put(area.x + 1, area.y, room, &keys, theme.title);
            if columns.place > 0 {
                let (x, room) = (area.x + columns.keys, columns.place - 1);
                painter.put(x, area.y, room, &Clean::label(place), theme.faint);
            }
            painter.line(said_at, area.y, columns.said, said);
        }
        HelpLine::More(said) => painter.line(said_at, area.y, columns.said, said),
    }
}

const LABEL_COLUMNS: u16 = 16;

fn draw_links(picker: &Links, size: Size, painter: &mut Painter<'_>) {
    let right = position(picker.cursor.at, picker.links.len());
    framed(size, "LINKS", &right, painter);
    let body = overlay_body(size);
    let theme = painter.theme;
    let hint = Clean::label("Enter opens, y y copies, Esc closes");
    painter.put(body.x, body.y - 1, body.columns, &hint, theme.faint);
    let rows = links_body(size);
    let last = rows.y + rows.rows;
    for ((at, link), y) in picker
        .links
        .iter()
        .enumerate()
        .skip(picker.cursor.top)
        .zip(body.y..last)
    {
        let line = Area { y, rows: 1, ..body };
        painter.put(
            line.x + 2,
            y,
            LABEL_COLUMNS,
            &Clean::new(&link.label),
            theme.faint,
        );
        let x = line.x + 2 + LABEL_COLUMNS + 1;
        let style = if Link::parse(&link.url).is_ok() {
            theme.text
        } else {
            theme.faint
        };
        painter.put(
            x,
            y,
            (line.x + line.columns).saturating_sub(x + 1),
            &Clean::new(&link.url),
            style,
        );
        if at == picker.cursor.at {
            cursor(line, Focus::Here, painter);
        }
    }
    let below = Area {
        y: rows.y + (picker.links.len() as u16).min(rows.rows) + 1,
        ..body
    };
    whole_link(picker, below, body.y + body.rows, painter);
}

/// The link under the cursor in full, below the rows, to be picked up from the screen; or why it
/// cannot be opened.
fn whole_link(picker: &Links, below: Area, end: u16, painter: &mut Painter<'_>) {
    let Some(link) = picker.links.get(picker.cursor.at) else {
        return;
    };
    let columns = usize::from(below.columns);
    let lines = match Link::parse(&link.url) {
        Ok(checked) => {
            let mut lines = wrap::text(checked.as_str(), columns, Role::Accent);
            lines.extend(
                checked
                    .warning()
                    .map(|warning| wrap::text(&warning, columns, Role::Warning))
                    .unwrap_or_default(),
            );
            lines
        }
        Err(refusal) => wrap::text(&refusal.to_string(), columns, Role::Warning),
    };
    for (line, y) in lines.iter().zip(below.y..end) {
        painter.line(below.x, y, below.columns, line);
    }
}

fn draw_confirm(confirm: &Confirm, size: Size, painter: &mut Painter<'_>) {
    framed(size, "", &Clean::default(), painter);
    let (body, theme) = (overlay_body(size), painter.theme);
    let style = theme.accent.patch(theme.title);
    painter.put(body.x, body.y - 2, body.columns, &confirm.title, style);
    let hint = Clean::label(confirm.hint);
    painter.put(body.x, body.y - 1, body.columns, &hint, theme.faint);
    let seen = usize::from(body.rows);
    let lines = confirm.lines.iter().skip(confirm.scroll).take(seen);
    for (line, y) in lines.zip(body.y..) {
        painter.line(body.x, y, body.columns, line);
    }
    let count = confirm.lines.len();
    scroll_bar(overlay_edge(size), confirm.scroll, seen, count, painter);
}

fn draw_diagnostics(shown: &Diagnostics, size: Size, painter: &mut Painter<'_>) {
    framed(
        size,
        "WHAT WAS WRONG WITH THE FILES",
        &Clean::label("Esc closes"),
        painter,
    );
    let body = overlay_body(size);
    let seen = usize::from(body.rows);
    for (line, y) in shown
        .lines
        .iter()
        .skip(shown.scroll)
        .take(seen)
        .zip(body.y..)
    {
        painter.line(body.x, y, body.columns, line);
    }
    scroll_bar(
        overlay_edge(size),
        shown.scroll,
        seen,
        shown.lines.len(),
        painter,
    );
}
