//! Work that may take long: a line on the terminal says how far it is, and Ctrl-C ends it.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag::{register, register_conditional_shutdown};

use super::{Failure, Surroundings};

/// What is done sooner than this is not worth a word.
const DELAY: Duration = Duration::from_millis(300);
/// What a shell says of a program that Ctrl-C has ended.
const INTERRUPTED: i32 = 130;
/// The same of `kill`.
const TERMINATED: i32 = 143;

/// Work under way. While there is one, Ctrl-C or `kill` asks it to stop; a second time, and
/// once it is over, it ends the program at once.
pub struct Work {
    stop: Arc<AtomicBool>,
    began: Instant,
    place: Place,
}

/// Where progress can be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Stderr,
    Nowhere,
}

/// A part of the work, which its line on the terminal goes with.
pub struct Step<'a> {
    work: &'a Work,
    bar: ProgressBar,
}

impl Work {
    /// Begins, and watches for Ctrl-C from now on.
    ///
    /// # Errors
    /// When the system gives no handler.
    pub fn begin(surroundings: &Surroundings) -> Result<Self, Failure> {
        let stop = Arc::new(AtomicBool::new(false));
        // The order matters: what ends the program must not yet see the flag of the same Ctrl-C.
        watch(&stop).map_err(Failure::Signals)?;
        Ok(Self {
            stop,
            began: Instant::now(),
            place: if surroundings.shows_progress() {
                Place::Stderr
            } else {
                Place::Nowhere
            },
        })
    }

    /// Set once the work is to stop.
    pub fn stop(&self) -> &AtomicBool {
        &self.stop
    }

    pub fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Goes on, unless it was interrupted.
    pub fn go_on(&self) -> Result<(), Failure> {
        if self.is_stopped() {
            Err(Failure::Interrupted)
        } else {
            Ok(())
        }
    }

    /// Begins a part of it of which nobody knows how long it is.
    pub fn step(&self, what: &'static str) -> Step<'_> {
        self.show(what, "{spinner} {msg}: {human_pos}", None)
    }

    /// Begins a part that consists of so many.
    pub fn step_of(&self, what: &'static str, all: usize) -> Step<'_> {
        self.show(
            what,
            "{spinner} {msg}: {human_pos} of {human_len}",
            Some(all),
        )
    }

    fn show(&self, what: &'static str, line: &str, all: Option<usize>) -> Step<'_> {
        let all = all.map(|all| all as u64);
        let bar =
            ProgressBar::with_draw_target(all, ProgressDrawTarget::hidden()).with_message(what);
        if let Ok(style) = ProgressStyle::with_template(line) {
            bar.set_style(style);
        }
        Step { work: self, bar }
    }
}

fn watch(stop: &Arc<AtomicBool>) -> io::Result<()> {
    for (signal, code) in [(SIGINT, INTERRUPTED), (SIGTERM, TERMINATED)] {
        register_conditional_shutdown(signal, code, Arc::clone(stop))?;
        register(signal, Arc::clone(stop))?;
    }
    Ok(())
}

impl Drop for Work {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

impl Step<'_> {
    /// Says how far it is.
    pub fn at(&self, count: usize) {
        let is_due = self.work.place == Place::Stderr && self.work.began.elapsed() >= DELAY;
        if is_due && self.bar.is_hidden() {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.set_position(count as u64);
    }
}

impl Drop for Step<'_> {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ctrl_c_asks_the_work_to_stop() {
        let work = Work::begin(&Surroundings::default()).expect("a handler");
        assert!(work.go_on().is_ok());
        signal_hook::low_level::raise(SIGINT).expect("a signal");
        assert!(matches!(work.go_on(), Err(Failure::Interrupted)));
        // A step that nobody sees says nothing and minds nothing.
        work.step_of("Reading", 3).at(2);
    }
}
