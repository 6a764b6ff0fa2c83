//! Leaving the program: waits for everything a person has asked for. If that takes long, asks whether
//! to leave without it; pressing the same key again does not skip the question.

use std::time::Duration;

use super::App;
use super::lines::no_such;
use crate::app::catalog::Loading;
use crate::app::effect::Effect;
use crate::app::overlays::msg::OverlaySpec;
use crate::app::requests::{Asker, LayerId};
use crate::app::search::TextProgress;
use crate::command::{Command, Context};
use crate::config::ScreenReader;
use crate::format::number;

/// Work that takes longer than this triggers a question.
const LONG: Duration = Duration::from_secs(1);

/// Whether the program is being left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LeavingState {
    #[default]
    No,
    /// As soon as nothing is under way. Holds the time since the start when waiting began.
    Waiting(Duration),
    /// The same, with an open question whether to leave sooner.
    Asking(LayerId),
    /// As soon as decisions held only in memory are saved to a file.
    Rescuing,
}

/// The parts of a picture of the app that depend on time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeShown {
    /// Ages are shown in minutes or more.
    minute: i64,
    has_message: bool,
    /// The time of the picture, while something on it changes by itself.
    changing: Option<Duration>,
}

impl App {
    /// Leaves for another library, as soon as nothing is under way.
    pub(super) fn open_library(&mut self, name: &str) {
        let config = &self.shared.env.config;
        let Some(library) = config.library_named(name) else {
            let names = config.libraries.iter().map(|it| it.name.as_str());
            return self.warn(&no_such("library", name, names));
        };
        let name = library.name.clone();
        if config.opened.as_ref() == Some(&name) {
            return self.say(&format!("The library {name} is open already."));
        }
        self.leave();
        self.next_library = Some(name);
    }

    /// The name of the library to open after leaving.
    pub fn next_library(&self) -> Option<&str> {
        self.next_library.as_deref()
    }

    /// What went wrong while the program was being left.
    pub fn untold(&self) -> &[String] {
        &self.untold
    }

    /// Offers the configured libraries.
    pub(super) fn pick_library(&mut self) {
        if self.shared.env.config.libraries.is_empty() {
            self.say(
                "No library has a name yet: the configuration names one with [libraries.NAME].",
            );
        } else {
            self.open(OverlaySpec::Libraries);
        }
    }

    /// Leaves as soon as nothing is under way.
    pub(super) fn leave(&mut self) {
        if self.leaving == LeavingState::No {
            self.next_library = None;
            self.untold.clear();
            self.leaving = LeavingState::Waiting(self.shared.env.uptime);
        }
    }

    /// Continues leaving, after any event.
    pub(super) fn leave_when_done(&mut self) {
        let is_busy = self.under_way().next().is_some();
        match self.leaving {
            LeavingState::No => {}
            LeavingState::Waiting(since) if is_busy => self.ask_when_long(since),
            LeavingState::Asking(_) if is_busy => {}
            LeavingState::Waiting(_) | LeavingState::Asking(_) if !self.differing.is_empty() => {
                self.stay_for_texts();
            }
            LeavingState::Waiting(_) => self.rescue_or_quit(),
            LeavingState::Asking(id) => {
                self.close(Asker::Layer(id));
                self.rescue_or_quit();
            }
            LeavingState::Rescuing if !is_busy && self.triage.in_memory() == 0 => self.quit(),
            LeavingState::Rescuing => {}
        }
    }

    /// Does not leave: full texts have arrived that nobody has reviewed.
    fn stay_for_texts(&mut self) {
        if let LeavingState::Asking(id) = self.leaving {
            self.close(Asker::Layer(id));
        }
        self.leaving = LeavingState::No;
        let key = self.shared.env.key(Command::Quit, Context::List);
        self.say(&format!(
            "Fetched full text is waiting for review; {key} leaves without it."
        ));
    }

    /// Leaves, whatever is under way.
    pub(super) fn quit(&mut self) {
        self.leaving = LeavingState::No;
        self.effects.push(Effect::Quit);
    }

    fn ask_when_long(&mut self, since: Duration) {
        if self.shared.env.uptime.saturating_sub(since) >= LONG {
            self.open(OverlaySpec::Leaving);
            self.leaving = LeavingState::Asking(LayerId(self.layered));
        }
    }

    /// Quits, unless decisions would be lost: then asks where to write them.
    fn rescue_or_quit(&mut self) {
        if self.triage.in_memory() == 0 {
            self.quit();
        } else {
            self.leaving = LeavingState::Rescuing;
            self.open(OverlaySpec::Rescue);
        }
    }

    /// Work that takes a long time, for the bottom line.
    pub fn doing(&self) -> Option<String> {
        let env = &self.shared.env;
        let ellipsis = env.glyphs.ellipsis;
        match self.leaving {
            LeavingState::Waiting(_) | LeavingState::Asking(_) => {
                Some(format!("Leaving after {}", self.requests.doing(ellipsis)))
            }
            LeavingState::No | LeavingState::Rescuing => self
                .requests
                .progress(env.uptime, ellipsis)
                .or_else(|| self.searching_texts()),
        }
    }

    /// The progress of a long search in texts, and how to end it.
    fn searching_texts(&self) -> Option<String> {
        let Some(TextProgress::Searching { looked, of }) = self.search.texts() else {
            return None;
        };
        let key = self.shared.env.key(Command::Cancel, Context::List);
        let said = format!(
            "searching texts, {} of {}; {key} stops",
            number::grouped(looked as i64),
            number::grouped(of as i64)
        );
        self.is_searching_texts().then_some(said)
    }

    /// Whether something on the screen is animated.
    pub fn is_moving(&self) -> bool {
        self.changes_by_itself() && self.shared.env.config.screen_reader == ScreenReader::Absent
    }

    /// What the passing of time has changed on the screen. While this stays the same, and nothing else
    /// happens, so does the picture.
    pub fn time_shown(&self) -> TimeShown {
        let env = &self.shared.env;
        TimeShown {
            minute: env.now.as_second().div_euclid(60),
            has_message: self.message.is_some(),
            changing: self.changes_by_itself().then_some(env.uptime),
        }
    }

    fn changes_by_itself(&self) -> bool {
        let is_awaited = !self.pending().is_empty() && !self.is_pending_long();
        let is_loading = self.shared.catalog.loading() != Loading::Ready;
        is_loading || is_awaited || self.under_way().next().is_some()
    }
}
