//! The screen: a picture of the app and nothing else. It knows no files or threads, changes
//! nothing, and builds only the visible rows.

mod bars;
mod columns;
mod detail;
mod facets;
mod frame;
mod input;
mod labels;
mod list;
mod paint;
mod panel;
mod plain;
mod related;
mod theme;

use ratatui::Frame;

use crate::app::geometry::Arrangement;
use crate::app::{App, Panel, Placement, SignStyle};
use crate::format::clean::Clean;
pub use paint::{PictureRow, Targets};

use paint::Painter;
use theme::Styles;

/// Draws the app, and returns what was drawn where. The terminal's own cursor goes to the line in
/// use, visible or not.
pub fn draw(app: &App, frame: &mut Frame) -> Targets {
    let env = app.cx().env;
    let styles = Styles::new(env.looks.theme());
    let mut painter = Painter::new(frame.buffer_mut(), &styles, env.glyphs);
    paint(app, &mut painter);
    let place = painter.place_in_use();
    if env.glyphs.is_ascii() {
        painter.spell_in_ascii();
    }
    let targets = painter.into_targets();
    if let Some(place) = place {
        frame.set_cursor_position(place);
    }
    targets
}

fn paint(app: &App, painter: &mut Painter<'_>) {
    let panes = app.panes();
    if panes.arrangement == Arrangement::TooSmall {
        painter.put(
            0,
            0,
            app.cx().env.size.columns,
            &Clean::label("too small"),
            painter.theme.error,
        );
        return;
    }
    bars::top(app, painter);
    frame::lines(&panes, painter);
    if let Some(area) = panes.list {
        list::draw(app, area, painter);
    }
    if let Some(area) = panes.detail {
        detail::draw(app, area, painter);
    }
    if let Some(area) = panes.related {
        related::draw(app, area, painter);
    }
    if let Some(area) = panes.facets {
        if panes.arrangement == Arrangement::Medium {
            frame::drawer(area, painter);
        }
        facets::draw(app, area, painter);
    }
    if let Some(labels) = app.labels() {
        labels::draw(app, labels, &panes, painter);
    }
    let panels: Vec<Panel> = app.panels().collect();
    let (lines, boxes): (Vec<&Panel>, Vec<&Panel>) = panels
        .iter()
        .partition(|panel| panel.placement == Placement::Line);
    if !boxes.is_empty() && painter.glyphs.sign_style() == SignStyle::Words {
        // A screen reader would read what is beside a box as part of its lines.
        painter.clear(panes.middle);
    }
    for panel in boxes {
        panel::draw(panel, app.cx().env.size, painter);
    }
    match lines.last() {
        Some(line) => panel::draw(line, app.cx().env.size, painter),
        None => bars::bottom(app, painter),
    }
}
