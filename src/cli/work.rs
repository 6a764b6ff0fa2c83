//! Long-running work: shows its progress on the terminal and can be stopped with Ctrl-C.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag::{register, register_conditional_shutdown, register_usize};

use super::{CommandFailure, Surroundings};

/// Work that takes less than this shows no progress.
const DELAY: Duration = Duration::from_millis(300);
/// Work in progress. While it lives, the first Ctrl-C or `kill` asks it to stop; a second one, or
/// one after it is over, ends the program at once.
pub struct Work {
    stop: Arc<AtomicBool>,
    /// The signal that stopped it.
    signal: Arc<AtomicUsize>,
    began: Instant,
    place: ProgressTo,
}

/// Where progress is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ProgressTo {
    Stderr,
    Nowhere,
}

/// A step of the work; its progress line disappears with it.
pub struct WorkStep<'a> {
    work: &'a Work,
    bar: ProgressBar,
}

impl Work {
    /// Starts work, and listens for Ctrl-C from now on.
    ///
    /// # Errors
    /// If the signal handler cannot be installed.
    pub fn begin(surroundings: &Surroundings) -> Result<Self, CommandFailure> {
        let stop = Arc::new(AtomicBool::new(false));
        let signal = Arc::default();
        watch(&stop, &signal).map_err(CommandFailure::Signals)?;
        Ok(Self {
            stop,
            signal,
            began: Instant::now(),
            place: if surroundings.shows_progress() {
                ProgressTo::Stderr
            } else {
                ProgressTo::Nowhere
            },
        })
    }

    /// Set when the work should stop.
    pub fn stop(&self) -> &AtomicBool {
        &self.stop
    }

    pub fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Acquire)
    }

    /// Fails if a signal has stopped the work.
    pub fn go_on(&self) -> Result<(), CommandFailure> {
        if self.is_stopped() {
            Err(CommandFailure::Stopped(
                self.signal.load(Ordering::Acquire) as u8
            ))
        } else {
            Ok(())
        }
    }

    /// Starts a step of unknown length.
    pub fn step(&self, what: &'static str) -> WorkStep<'_> {
        self.show(what, "{spinner} {msg}: {human_pos}", None)
    }

    /// Starts a step of `all` items.
    pub fn step_of(&self, what: &'static str, all: usize) -> WorkStep<'_> {
        self.show(
            what,
            "{spinner} {msg}: {human_pos} of {human_len}",
            Some(all),
        )
    }

    fn show(&self, what: &'static str, line: &str, all: Option<usize>) -> WorkStep<'_> {
        let all = all.map(|all| all as u64);
        let bar =
            ProgressBar::with_draw_target(all, ProgressDrawTarget::hidden()).with_message(what);
        if let Ok(style) = ProgressStyle::with_template(line) {
            bar.set_style(style);
        }
        WorkStep { work: self, bar }
    }
}

fn watch(stop: &Arc<AtomicBool>, which: &Arc<AtomicUsize>) -> io::Result<()> {
    for signal in [SIGINT, SIGTERM] {
        // In this order: the handler that ends the program must not see the flag set by the same
        // signal, and whoever sees the flag must see which signal it was.
        register_conditional_shutdown(signal, 128 + signal, Arc::clone(stop))?;
        register_usize(signal, Arc::clone(which), signal as usize)?;
        register(signal, Arc::clone(stop))?;
    }
    Ok(())
}

impl Drop for Work {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

impl WorkStep<'_> {
    /// Updates the progress.
    pub fn at(&self, count: usize) {
        let is_due = self.work.place == ProgressTo::Stderr && self.work.began.elapsed() >= DELAY;
        if is_due && self.bar.is_hidden() {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.set_position(count as u64);
    }

    /// Prints while the progress line is out of the way.
    pub fn apart<T>(&self, print: impl FnOnce() -> T) -> T {
        self.bar.suspend(print)
    }
}

impl Drop for WorkStep<'_> {
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
        assert!(matches!(work.go_on(), Err(CommandFailure::Stopped(2))));
        // A step that is not shown prints nothing, and counts beyond its end do no harm.
        work.step_of("Reading", 3).at(2);
    }
}
