//! Ending at once, from any thread, on a panic or a signal. The terminal is restored first,
//! unfinished work gets a moment, and the process is gone within [`LIMIT`] in any case.
//!
//! Quitting is different: the loop returns and everything is dropped in order.

use std::io::{self, Write};
use std::panic;
use std::thread;
use std::time::Duration;

use signal_hook::low_level;

use super::background;
use super::sigaction::{self, die_of};
use super::terminal::Tty;
use super::underway::Underway;
use crate::format::is_catching;

/// How long unfinished work may still take.
const GRACE: Duration = Duration::from_millis(1500);

/// How long ending may take: less than the two seconds after which people lose patience.
const LIMIT: Duration = Duration::from_millis(1900);

/// Exit code of a Rust panic.
const PANICKED: i32 = 101;

/// What to do when the process has to end at once. Clones share state.
#[derive(Clone)]
pub struct Ending {
    tty: Tty,
    underway: Underway,
}

impl Ending {
    /// Will restore `tty` and wait for `underway`.
    pub fn new(tty: Tty, underway: Underway) -> Self {
        Self { tty, underway }
    }

    /// From now on a panic in any thread restores the terminal, prints its report where it can be
    /// read, and ends the process: without one of its threads the program would only look alive.
    /// Panics that are caught (in the libraries that read bodies) do none of this.
    pub fn on_panic(&self) {
        let ending = self.clone();
        let report = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if is_catching() {
                return;
            }
            within_limit(|| low_level::exit(PANICKED));
            ending.tty.give_back();
            report(info);
            ending.settle();
            low_level::exit(PANICKED)
        }));
    }

    /// Ends the process as `signal` itself would, so that the parent sees what happened: a shell
    /// continues a loop after exit status 130, but not after SIGINT.
    pub fn by_signal(&self, signal: i32) -> ! {
        sigaction::act_from_background();
        within_limit(move || die_of(signal));
        self.tty.give_back();
        self.settle();
        die_of(signal)
    }

    /// Gives unfinished work some time, then names what is still unfinished.
    fn settle(&self) {
        for label in self.underway.wait(GRACE) {
            // There may be no terminal left to read it on.
            let _ = writeln!(io::stderr(), "newsdesk: not done: {label}");
        }
    }

    /// The terminal to restore.
    pub(super) fn tty(&self) -> &Tty {
        &self.tty
    }
}

/// Guarantees that the process ends in time, whatever else hangs: a stalled terminal, or a lock
/// held by the thread that panicked.
fn within_limit(end: impl FnOnce() + Send + 'static) {
    // Without the thread the process still ends, just without a time limit.
    let _ = background::start("limit", move || {
        // A time limit: either the process ends first, or this ends it.
        thread::sleep(LIMIT);
        end();
    });
}
