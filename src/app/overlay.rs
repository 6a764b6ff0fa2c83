//! What can lie over the panes, one at a time: moving in it, and where it lies.

use super::confirm::Confirm;
use super::diagnostics::Diagnostics;
use super::geometry::{Area, Size};
use super::help::Help;
use super::journal::Journal;
use super::jumping::Jump;
use super::links::PageLink;
use super::list::{Cursor, Move};
use super::sorting::Orders;
use super::state::State;
use super::views::ViewList;
use crate::command::{Command, Context};
use crate::query::fields::SORTS;

/// Rows for the link under the cursor in full, with an empty one above it.
const WHOLE_LINK_ROWS: u16 = 6;

/// What lies over the panes. There is one at a time.
#[derive(Debug)]
pub enum Overlay {
    Help(Help),
    Links(Links),
    Views(ViewList),
    Orders(Orders),
    Jump(Jump),
    Journal(Journal),
    Confirm(Confirm),
    Diagnostics(Diagnostics),
}

/// Links to pick one of.
#[derive(Debug)]
pub struct Links {
    pub links: Vec<PageLink>,
    pub cursor: Cursor,
}

impl Overlay {
    /// Where its keys are looked up.
    pub fn context(&self) -> Context {
        match self {
            Overlay::Help(_) => Context::Help,
            Overlay::Links(_) => Context::Picker,
            Overlay::Views(_) => Context::Views,
            Overlay::Orders(_) => Context::Orders,
            Overlay::Jump(_) => Context::Jump,
            Overlay::Journal(_) => Context::Journal,
            Overlay::Confirm(_) => Context::Confirm,
            Overlay::Diagnostics(_) => Context::Diagnostics,
        }
    }

    /// Moves in it by rows or lines.
    pub(super) fn go(&mut self, step: Move, height: usize) {
        match self {
            Overlay::Help(help) => {
                help.scroll = step.from(help.scroll, help.lines.len().saturating_sub(height) + 1);
            }
            Overlay::Links(picker) => picker.cursor.go(step, picker.links.len()),
            Overlay::Views(list) => list.cursor.go(step, list.counts.len()),
            Overlay::Orders(orders) => orders.cursor.go(step, SORTS.len()),
            Overlay::Jump(jump) => jump.cursor.go(step, jump.hits.len()),
            Overlay::Journal(journal) => journal.cursor.go(step, journal.entries.len()),
            Overlay::Confirm(shown) => {
                shown.scroll =
                    step.from(shown.scroll, shown.lines.len().saturating_sub(height) + 1);
            }
            Overlay::Diagnostics(shown) => {
                shown.scroll =
                    step.from(shown.scroll, shown.lines.len().saturating_sub(height) + 1);
            }
        }
    }

    /// Brings what is seen back to what there is.
    pub(super) fn settle(&mut self, height: usize) {
        match self {
            Overlay::Help(help) => {
                help.scroll = help.scroll.min(help.lines.len().saturating_sub(height));
            }
            Overlay::Links(picker) => picker.cursor.settle(picker.links.len(), height),
            Overlay::Views(list) => list.cursor.settle(list.counts.len(), height),
            Overlay::Orders(orders) => orders.cursor.settle(SORTS.len(), height),
            Overlay::Jump(jump) => jump.cursor.settle(jump.hits.len(), height),
            Overlay::Journal(journal) => journal.cursor.settle(journal.entries.len(), height),
            Overlay::Confirm(shown) => {
                shown.scroll = shown.scroll.min(shown.lines.len().saturating_sub(height));
            }
            Overlay::Diagnostics(shown) => {
                shown.scroll = shown.scroll.min(shown.lines.len().saturating_sub(height));
            }
        }
    }
}

/// Where an overlay lies on a screen of this size.
pub fn overlay_area(size: Size) -> Area {
    let columns = size
        .columns
        .saturating_sub(if size.columns < 80 { 0 } else { 8 })
        .min(104);
    let rows = size.rows.saturating_sub(if size.rows < 24 { 2 } else { 6 });
    Area {
        x: (size.columns - columns) / 2,
        y: (size.rows - rows) / 2,
        columns,
        rows,
    }
}

/// What an overlay has for its rows: inside its border, below its heading lines.
pub fn overlay_body(size: Size) -> Area {
    let area = overlay_area(size);
    let side = 2.min(area.columns / 2);
    Area {
        x: area.x + side,
        y: area.y + 3.min(area.rows),
        columns: area.columns - 2 * side,
        rows: area.rows.saturating_sub(4),
    }
}

/// What the links have of it: below them stands the one under the cursor in full.
pub fn links_body(size: Size) -> Area {
    let body = overlay_body(size);
    Area {
        rows: body.rows - (body.rows / 3).min(WHOLE_LINK_ROWS),
        ..body
    }
}

impl State {
    pub(super) fn open_links(&mut self, links: Vec<PageLink>) {
        self.overlay = Some(Overlay::Links(Links {
            links,
            cursor: Cursor::default(),
        }));
    }

    /// Wraps what lies over the panes to the width there is now, about the same of it in sight.
    pub(super) fn rewrap_overlay(&mut self) {
        let columns = overlay_body(self.size).columns;
        let mut overlay = self.overlay.take();
        match &mut overlay {
            Some(Overlay::Help(help)) => help.rewrap(columns),
            Some(Overlay::Diagnostics(shown)) => {
                let lines = self.diagnostic_lines();
                shown.scroll = shown.scroll * lines.len() / shown.lines.len().max(1);
                shown.lines = lines;
            }
            _ => {}
        }
        self.overlay = overlay;
    }

    /// Lines of the overlay that are seen at once.
    pub(super) fn overlay_height(&self) -> usize {
        let body = match self.overlay {
            Some(Overlay::Links(_)) => links_body(self.size),
            _ => overlay_body(self.size),
        };
        usize::from(body.rows).max(1)
    }

    /// What an overlay does with a command; `None` where the panes may have it.
    pub(super) fn overlay_move(&mut self, command: Command) -> bool {
        let height = self.overlay_height();
        let Some(step) = super::moves::step(command, height) else {
            return false;
        };
        match &mut self.overlay {
            Some(overlay) => {
                overlay.go(step, height);
                true
            }
            None => false,
        }
    }
}
