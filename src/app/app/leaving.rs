//! Leaving: what a person has asked for is waited for. When that takes long it is asked whether to
//! leave without it; pressing the key once more does not skip that.

use std::time::Duration;

use super::App;
use crate::app::catalog::Loading;
use crate::app::effect::Effect;
use crate::app::overlays::msg::OverlaySpec;
use crate::app::requests::{Asker, LayerId};

/// What takes longer is asked about.
const LONG: Duration = Duration::from_secs(1);

/// Whether the program is to be left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Leaving {
    #[default]
    No,
    /// As soon as nothing is under way; since when, after the program started.
    Waiting(Duration),
    /// The same, and a question lies there whether to leave before.
    Asking(LayerId),
    /// As soon as what only memory holds is in a file.
    Rescuing,
}

impl App {
    /// Leaves, as soon as nothing is under way.
    pub(super) fn leave(&mut self) {
        if self.leaving == Leaving::No {
            self.leaving = Leaving::Waiting(self.shared.env.uptime);
        }
    }

    /// Goes on with leaving after anything has happened.
    pub(super) fn leave_when_done(&mut self) {
        let is_busy = self.under_way().next().is_some();
        match self.leaving {
            Leaving::No => {}
            Leaving::Waiting(since) if is_busy => self.ask_when_long(since),
            Leaving::Asking(_) if is_busy => {}
            Leaving::Waiting(_) => self.rescue_or_quit(),
            Leaving::Asking(id) => {
                self.close(Asker::Layer(id));
                self.rescue_or_quit();
            }
            Leaving::Rescuing if !is_busy && self.triage.in_memory() == 0 => self.quit(),
            Leaving::Rescuing => {}
        }
    }

    /// Leaves, whatever is under way.
    pub(super) fn quit(&mut self) {
        self.leaving = Leaving::No;
        self.effects.push(Effect::Quit);
    }

    fn ask_when_long(&mut self, since: Duration) {
        if self.shared.env.uptime.saturating_sub(since) >= LONG {
            self.open(OverlaySpec::Leaving);
            self.leaving = Leaving::Asking(LayerId(self.layered));
        }
    }

    /// Quits, unless decisions would be lost with it: then asks where to write them.
    fn rescue_or_quit(&mut self) {
        if self.triage.in_memory() == 0 {
            self.quit();
        } else {
            self.leaving = Leaving::Rescuing;
            self.open(OverlaySpec::Rescue);
        }
    }

    /// What is being done that takes long, for the bottom line.
    pub fn doing(&self) -> Option<String> {
        let env = &self.shared.env;
        let ellipsis = env.glyphs.ellipsis;
        match self.leaving {
            Leaving::Waiting(_) | Leaving::Asking(_) => {
                Some(format!("Leaving after {}", self.requests.doing(ellipsis)))
            }
            Leaving::No | Leaving::Rescuing => self.requests.progress(env.uptime, ellipsis),
        }
    }

    /// Whether something moves on the screen while nobody does anything.
    pub fn is_moving(&self) -> bool {
        let is_awaited = !self.pending().is_empty() && !self.is_pending_long();
        let is_loading = self.shared.catalog.loading() != Loading::Ready;
        is_loading || is_awaited || self.under_way().next().is_some()
    }
}
