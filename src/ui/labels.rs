//! Letters on the links of the screen, over panes that step back.

use super::detail;
use super::paint::Painter;
use crate::app::geometry::{Area, Panes};
use crate::app::{App, Labels, LinkPlace, RelatedRow};
use crate::format::clean::Clean;

pub fn draw(app: &App, labels: &Labels, panes: &Panes, painter: &mut Painter<'_>) {
    painter.fill(panes.middle, painter.theme.faint);
    for label in labels.left() {
        if let Some((x, y)) = place(app, label.link.place, panes) {
            let letters = Clean::new(&label.letters);
            painter.put(
                x,
                y,
                letters.width() as u16,
                &letters,
                painter.theme.current,
            );
        }
    }
}

/// The cell at which a link starts.
fn place(app: &App, place: LinkPlace, panes: &Panes) -> Option<(u16, u16)> {
    let down = |area: Area, rows: usize| Some(area.y + u16::try_from(rows).ok()?);
    match place {
        LinkPlace::Text { line, column } => {
            let area = detail::text_area(app, panes.detail?);
            let y = down(area, line.checked_sub(panes.first_line)?)?;
            Some((area.x + u16::try_from(column).ok()?, y))
        }
        LinkPlace::Related(at) => {
            let area = panes.related?;
            let rows = app.related_rows(area);
            let row = rows.iter().position(|row| *row == RelatedRow::Entry(at))?;
            Some((area.body().x + 1, down(area.body(), row)?))
        }
    }
}
