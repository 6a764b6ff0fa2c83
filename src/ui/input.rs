//! A text line being typed, wherever it is shown.

use std::ops::Range;

use tui_input::Input;

use super::paint::Painter;
use crate::app::geometry::Area;
use crate::format::clean::Clean;

/// Draws the part of the input around the cursor; `wrong` is a range of bytes with an error.
pub fn draw(input: &Input, wrong: Option<Range<usize>>, area: Area, painter: &mut Painter<'_>) {
    let theme = painter.theme;
    let value = input.value();
    // The cursor may be after the last character.
    let room = usize::from(area.columns.saturating_sub(1));
    let hidden = input.visual_scroll(room);
    let start = first_seen(value, hidden);
    let column = |byte: usize| -> u16 {
        let byte = value.ceil_char_boundary(byte.clamp(start, value.len()));
        Clean::new(&value[start..byte]).width() as u16
    };
    painter.put(
        area.x,
        area.y,
        area.columns,
        &Clean::new(&value[start..]),
        theme.text,
    );
    if let Some(wrong) = wrong {
        let (from, to) = (column(wrong.start), column(wrong.end));
        let columns = (to - from).max(1).min(area.columns.saturating_sub(from));
        let wrong = Area {
            x: area.x + from,
            columns,
            ..area
        };
        painter.fill(wrong, theme.wrong);
    }
    let letters = value.char_indices().nth(input.cursor());
    let cursor = column(letters.map_or(value.len(), |(at, _)| at));
    let cell = Area {
        x: area.x + cursor.min(area.columns),
        columns: 1,
        ..area
    };
    painter.fill(cell, theme.cursor);
    painter.use_place(cell.x, cell.y);
}

/// The byte offset reached after this many columns.
fn first_seen(text: &str, columns: usize) -> usize {
    if columns == 0 {
        return 0;
    }
    let mut width = 0;
    for (at, sign) in text.char_indices() {
        if width >= columns {
            return at;
        }
        width += Clean::new(&text[at..at + sign.len_utf8()]).width();
    }
    text.len()
}
