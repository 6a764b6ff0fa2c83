//! The pointer: clicks, drags and the wheel. Everything it does has a key as well.

use std::time::Duration;

use super::App;
use super::layers::Layer;
use crate::app::cursor::Move;
use crate::app::effect::AppRequest;
use crate::app::geometry::{Arrangement, Pane, Zoom};
use crate::app::overlay::OverlayQuestion;
use crate::app::panes::FacetsRow;
use crate::app::pointer::{Border, Gesture, PointerEvent, PointerTarget};
use crate::app::requests::Asker;
use crate::command::Command;
use crate::config::PaneSizes;

/// Two clicks on the same cell within this time are a double click.
const DOUBLE: Duration = Duration::from_millis(400);
/// Rows that one step of the wheel scrolls.
const WHEEL: usize = 3;

/// The pointer's state.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pointing {
    /// The cell and time of the last click.
    last: Option<(u16, u16, Duration)>,
    /// The border being dragged, and the sizes before the drag.
    dragged: Option<(Border, PaneSizes)>,
}

impl App {
    pub(super) fn point(&mut self, event: PointerEvent) {
        self.shared.env.uptime = self.shared.env.uptime.max(event.at);
        self.pressed.at = self.pressed.at.max(event.at);
        if self.is_too_small() {
            return;
        }
        match event.gesture {
            Gesture::Press => self.click(&event),
            Gesture::Drag => self.drag(event.x, event.y),
            Gesture::Release => self.drop_border(),
            Gesture::WheelUp => self.wheel(&event.target, Command::Up, Move::Up(WHEEL)),
            Gesture::WheelDown => self.wheel(&event.target, Command::Down, Move::Down(WHEEL)),
        }
    }

    fn click(&mut self, event: &PointerEvent) {
        self.message = None;
        self.pressed.pending.clear();
        // A release can be lost while another program has the terminal.
        self.drop_border();
        let is_near = |(x, y, at): (u16, u16, Duration)| {
            (x, y) == (event.x, event.y) && event.at <= at + DOUBLE
        };
        if self.pointing.last.take().is_some_and(is_near) {
            return self.open_clicked(&event.target);
        }
        self.pointing.last = Some((event.x, event.y, event.at));
        match &event.target {
            // Questions are answered by a key.
            PointerTarget::Hint(Command::Enter | Command::Confirm) if self.is_asking() => {}
            PointerTarget::Hint(command) => self.run(*command),
            PointerTarget::PanelRow(row) => self.go_to_panel_row(*row),
            target @ (PointerTarget::Nothing
            | PointerTarget::Pane(_)
            | PointerTarget::Article(_)
            | PointerTarget::Facet(_)
            | PointerTarget::Related(_)
            | PointerTarget::Link { .. }
            | PointerTarget::Border(_)) => {
                // Anything under an overlay is out of reach.
                if self.layers.is_empty() {
                    self.click_on_panes(target);
                }
            }
        }
    }

    /// Whether the topmost overlay is a question.
    fn is_asking(&self) -> bool {
        let question = |layer: &Layer| layer.overlay.question();
        self.layers
            .last()
            .is_some_and(|it| question(it) != OverlayQuestion::None)
    }

    /// Selects what was clicked; follows a link, and picks the value of a facet.
    fn click_on_panes(&mut self, target: &PointerTarget) {
        if let Some(pane) = target.pane()
            && self.zoom == Zoom::Panes
        {
            self.focus = pane;
        }
        match target {
            PointerTarget::Article(id) => {
                if self.list.select_in_view(*id, self.shared.cx()) {
                    self.show(Some(*id));
                }
            }
            PointerTarget::Facet(row) => self.click_facet(*row),
            PointerTarget::Related(at) => self.related.select(*at),
            PointerTarget::Link { url, line } => self.follow_link(url, *line),
            PointerTarget::Border(border) => {
                self.pointing.dragged = Some((*border, self.shared.env.panes));
            }
            PointerTarget::Nothing
            | PointerTarget::Pane(_)
            | PointerTarget::Hint(_)
            | PointerTarget::PanelRow(_) => {}
        }
    }

    fn click_facet(&mut self, row: usize) {
        self.facets.select_in_view(row);
        match self.facets.rows().get(row) {
            Some(FacetsRow::Only(_) | FacetsRow::Value(_) | FacetsRow::More(..)) => {
                self.run_in(Pane::Facets, Command::IncludeValue);
            }
            Some(FacetsRow::Blank | FacetsRow::Heading(_)) | None => {}
        }
    }

    /// Opens what the first of two clicks selected. A double click does not answer a question.
    fn open_clicked(&mut self, target: &PointerTarget) {
        match (target, self.layers.last()) {
            (PointerTarget::PanelRow(_), Some(_)) if !self.is_asking() => self.run(Command::Enter),
            (PointerTarget::Article(_), None) => self.run(Command::Enter),
            (PointerTarget::Related(_), None) => self.run(Command::FollowRelated),
            _ => {}
        }
    }

    /// Moves the cursor of the topmost overlay, as keys would.
    fn go_to_panel_row(&mut self, row: usize) {
        let Some(cursor) = self.panel().and_then(|panel| panel.cursor) else {
            return;
        };
        let command = if row > cursor {
            Command::Down
        } else {
            Command::Up
        };
        for _ in 0..row.abs_diff(cursor) {
            self.run_in_overlay(command);
        }
    }

    /// Runs a command of the topmost overlay, if it is one of its own.
    fn run_in_overlay(&mut self, command: Command) {
        let Some(layer) = self.layers.last_mut() else {
            return;
        };
        let from = Asker::Layer(layer.id);
        if let Some(msgs) = layer.overlay.handle(command, self.shared.cx()) {
            self.deliver(from, msgs);
        }
    }

    /// Scrolls what is under the pointer; `command` does the same in an overlay. The cursor stays, so
    /// that scrolling reads and marks nothing; the next key brings the cursor back into view.
    fn wheel(&mut self, target: &PointerTarget, command: Command, step: Move) {
        if !self.layers.is_empty() {
            for _ in 0..WHEEL {
                self.run_in_overlay(command);
            }
            return;
        }
        match target.pane() {
            Some(Pane::List) => self.list.scroll(step),
            Some(Pane::Facets) => self.facets.scroll(step),
            Some(Pane::Detail) => self.detail.scroll_by(step),
            Some(Pane::Related) => {
                for _ in 0..WHEEL {
                    self.related.handle(command);
                }
            }
            None => {}
        }
    }

    /// Moves the border being dragged to a cell.
    fn drag(&mut self, x: u16, y: u16) {
        let Some((border, _)) = self.pointing.dragged else {
            return;
        };
        let panes = self.panes();
        let (Some(list), Some(detail)) = (panes.list, panes.detail) else {
            return;
        };
        let sizes = &mut self.shared.env.panes;
        let percent = |part: u16, of: u16| {
            let share = u32::from(part) * 100 / u32::from(of.max(1));
            within(share.min(100) as u16, PaneSizes::SHARES)
        };
        match border {
            Border::Facets if panes.arrangement == Arrangement::Wide => {
                sizes.facets = within(x, PaneSizes::FACETS);
            }
            Border::Facets => {}
            Border::List => {
                let all = detail.x + detail.columns - list.x;
                // Rounded up, so that the border ends up under the pointer.
                let part = x.saturating_sub(list.x) + all.div_ceil(100).saturating_sub(1);
                sizes.list = percent(part, all);
            }
            Border::Related => {
                let bottom = panes.middle.y + panes.middle.rows;
                sizes.related = percent(bottom.saturating_sub(y), panes.middle.rows);
            }
        }
    }

    /// Ends the drag: the border stays, and the sizes go into the configuration.
    fn drop_border(&mut self) {
        let sizes = self.shared.env.panes;
        if let Some((_, before)) = self.pointing.dragged.take()
            && sizes != before
        {
            self.ask(Asker::Quietly, AppRequest::KeepPanes(sizes));
        }
    }
}

fn within(size: u16, range: std::ops::RangeInclusive<u16>) -> u16 {
    size.clamp(*range.start(), *range.end())
}
