//! The screen: a picture of the app and nothing else. It knows no files or threads, changes
//! nothing, and builds only the visible rows.

mod bars;
mod detail;
mod facets;
mod frame;
mod input;
mod list;
mod paint;
mod panel;
mod related;
mod theme;

use ratatui::Frame;

pub use theme::Theme;

use crate::app::geometry::Arrangement;
use crate::app::{App, Panel, Placement};
use crate::format::clean::Clean;
use paint::Painter;

/// Draws the app.
pub fn draw(app: &App, theme: &Theme, frame: &mut Frame) {
    let mut painter = Painter::new(frame.buffer_mut(), theme, app.cx().env.glyphs);
    let panes = app.panes();
    if panes.arrangement == Arrangement::TooSmall {
        painter.put(
            0,
            0,
            app.cx().env.size.columns,
            &Clean::label("too small"),
            theme.error,
        );
        return;
    }
    bars::top(app, &mut painter);
    frame::lines(&panes, &mut painter);
    if let Some(area) = panes.list {
        list::draw(app, area, &mut painter);
    }
    if let Some(area) = panes.detail {
        detail::draw(app, area, &mut painter);
    }
    if let Some(area) = panes.related {
        related::draw(app, area, &mut painter);
    }
    if let Some(area) = panes.facets {
        if panes.arrangement == Arrangement::Medium {
            frame::drawer(area, &mut painter);
        }
        facets::draw(app, area, &mut painter);
    }
    let panels: Vec<Panel> = app.panels().collect();
    let (lines, boxes): (Vec<&Panel>, Vec<&Panel>) = panels
        .iter()
        .partition(|panel| panel.placement == Placement::Line);
    for panel in boxes {
        panel::draw(panel, app.cx().env.size, &mut painter);
    }
    match lines.last() {
        Some(line) => panel::draw(line, app.cx().env.size, &mut painter),
        None => bars::bottom(app, &mut painter),
    }
}
