//! The screen: a picture of the state and nothing else. It knows no files and no threads, changes
//! nothing, and builds only the rows that are seen.

mod bars;
mod choosing;
mod detail;
mod drawer;
mod frame;
mod input;
mod list;
mod overlay;
mod paint;
mod prompt;
mod related;
mod theme;

use ratatui::Frame;

pub use theme::Theme;

use crate::app::State;
use crate::app::geometry::Arrangement;
use crate::format::clean::Clean;
use paint::Painter;

/// Draws the state.
pub fn draw(state: &State, theme: &Theme, frame: &mut Frame) {
    let mut painter = Painter::new(frame.buffer_mut(), theme, state.signs);
    let panes = state.panes();
    if panes.arrangement == Arrangement::TooSmall {
        painter.put(
            0,
            0,
            state.size.columns,
            &Clean::label("too small"),
            theme.error,
        );
        return;
    }
    bars::top(state, &mut painter);
    frame::lines(&panes, &mut painter);
    if let Some(area) = panes.list {
        list::draw(state, area, &mut painter);
    }
    if let Some(area) = panes.detail {
        detail::draw(state, area, &mut painter);
    }
    if let Some(area) = panes.related {
        related::draw(state, area, &mut painter);
    }
    if let Some(area) = panes.facets {
        if panes.arrangement == Arrangement::Medium {
            frame::drawer(area, &mut painter);
        }
        drawer::draw(state, area, &mut painter);
    }
    overlay::draw(state, &mut painter);
    match &state.prompt {
        Some(prompt) => prompt::draw(prompt, &mut painter),
        None => bars::bottom(state, &mut painter),
    }
}
