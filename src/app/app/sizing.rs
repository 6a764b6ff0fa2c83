//! Resizing the panes. The sizes are saved in the configuration file.

use super::App;
use crate::app::effect::AppRequest;
use crate::app::geometry::{Arrangement, Pane, Zoom};
use crate::app::requests::Asker;
use crate::command::Command;
use crate::config::PaneSizes;

/// Columns, and percent, per step.
const COLUMNS: i16 = 2;
const PERCENT: i16 = 3;

impl App {
    /// Makes the focused pane wider or narrower. The related pane, which shares its width with the
    /// text, becomes taller or shorter instead.
    pub(super) fn resize_pane(&mut self, command: Command) {
        let is_alone = match self.panes().arrangement {
            Arrangement::Narrow | Arrangement::TooSmall => true,
            Arrangement::Wide | Arrangement::Medium => self.zoom == Zoom::TextAlone,
        };
        if is_alone {
            return self
                .say("One pane fills the screen: only panes beside each other can be resized.");
        }
        let way = if command == Command::WiderPane { 1 } else { -1 };
        let before = self.shared.env.panes;
        let sizes = &mut self.shared.env.panes;
        match self.focus {
            Pane::Facets => grow(&mut sizes.facets, COLUMNS * way, PaneSizes::FACETS),
            Pane::List => grow(&mut sizes.list, PERCENT * way, PaneSizes::SHARES),
            Pane::Detail => grow(&mut sizes.list, -PERCENT * way, PaneSizes::SHARES),
            Pane::Related => grow(&mut sizes.related, PERCENT * way, PaneSizes::SHARES),
        }
        let sizes = *sizes;
        if sizes == before {
            return self.say("It cannot be resized any further.");
        }
        self.ask(Asker::Quietly, AppRequest::KeepPanes(sizes));
    }

    /// The pane sizes were saved in the configuration file, or could not be.
    pub(super) fn kept_panes(&mut self, kept: Result<(), String>) {
        if let Err(reason) = kept {
            self.warn(&reason);
        }
    }
}

fn grow(size: &mut u16, by: i16, range: std::ops::RangeInclusive<u16>) {
    *size = size
        .saturating_add_signed(by)
        .clamp(*range.start(), *range.end());
}
