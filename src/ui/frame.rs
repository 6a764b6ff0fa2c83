//! What all panes share: the header line, the lines between panes, the scroll bar.

use super::paint::Painter;
use crate::app::geometry::{Area, Arrangement, Panes};
use crate::app::{Border, PointerTarget};
use crate::format::clean::Clean;

/// Whether a pane has the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    Here,
    Elsewhere,
}

impl Focus {
    pub fn when(here: bool) -> Self {
        if here { Focus::Here } else { Focus::Elsewhere }
    }
}

/// Draws the first line of a pane: its name, and on the right the position in it.
pub fn header(
    area: Area,
    title: &'static str,
    right: &Clean,
    focus: Focus,
    painter: &mut Painter<'_>,
) {
    let theme = painter.theme;
    let style = match focus {
        Focus::Here => theme.accent.patch(theme.title),
        Focus::Elsewhere => theme.faint,
    };
    let inner = area.inset();
    let taken = painter.put(inner.x, area.y, inner.columns, &Clean::label(title), style);
    let left = inner.columns.saturating_sub(taken + 1);
    if right.width() <= usize::from(left) {
        painter.put_right(inner.x + taken + 1, area.y, left, right, theme.faint);
    }
}

/// Draws the lines between the panes.
pub fn lines(panes: &Panes, painter: &mut Painter<'_>) {
    if !matches!(panes.arrangement, Arrangement::Wide | Arrangement::Medium) {
        return;
    }
    let (style, glyphs) = (painter.theme.faint, painter.glyphs);
    let list = panes.list.map(|area| (area, Border::Facets));
    let detail = panes.detail.map(|area| (area, Border::List));
    let inner = [list, detail].into_iter().flatten();
    for (area, border) in inner.filter(|(area, _)| area.x > 0) {
        let line = Area {
            x: area.x - 1,
            columns: 1,
            ..panes.middle
        };
        painter.target(line, PointerTarget::Border(border));
        painter.down(
            area.x - 1,
            panes.middle.y,
            panes.middle.rows,
            glyphs.vertical,
            style,
        );
    }
    if let (Some(detail), Some(related)) = (panes.detail, panes.related)
        && detail.x > 0
    {
        painter.put(detail.x - 1, related.y, 1, &Clean::label(glyphs.tee), style);
    }
}

/// Clears room for a pane that lies over another, with a line and a blank column at its right.
pub fn drawer(area: Area, painter: &mut Painter<'_>) {
    painter.clear(Area {
        columns: area.columns + 2,
        ..area
    });
    let (sign, style) = (painter.glyphs.vertical, painter.theme.faint);
    painter.down(area.x + area.columns, area.y, area.rows, sign, style);
}

/// Draws a scroll bar on the pane's right edge, thick for the visible part. It covers the line to
/// the next pane, or the last column of the screen.
pub fn scroll_bar(area: Area, top: usize, seen: usize, count: usize, painter: &mut Painter<'_>) {
    let rows = usize::from(area.rows);
    if count <= seen || rows == 0 {
        return;
    }
    let length = (rows * seen / count).clamp(1, rows);
    let furthest = count - seen;
    let start = (rows - length) * top.min(furthest) / furthest;
    let x = (area.x + area.columns).min(painter.columns().saturating_sub(1));
    let style = painter.theme.faint;
    painter.down(
        x,
        area.y + start as u16,
        length as u16,
        painter.glyphs.thumb,
        style,
    );
}
