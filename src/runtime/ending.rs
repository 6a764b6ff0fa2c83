//! Ending at once, from any thread: by a panic or a signal. The terminal is given back first, what
//! is under way may still be finished, and in any case the process is gone within [`LIMIT`].
//!
//! Not for quitting: then the loop returns and everything is dropped in order.

use std::io::{self, Write};
use std::panic;
use std::thread;
use std::time::Duration;

use signal_hook::low_level;

use super::sigaction::{self, die_of};
use super::terminal::Tty;
use super::underway::Underway;
use crate::format::is_catching;

/// How long what is under way may still take.
const GRACE: Duration = Duration::from_millis(1500);

/// How long an ending may take: less than the two seconds after which people lose patience.
const LIMIT: Duration = Duration::from_millis(1900);

/// What Rust's own panics end with.
const PANICKED: i32 = 101;

/// What to do when the process ends at once. Clones share it.
#[derive(Clone)]
pub struct Ending {
    tty: Tty,
    underway: Underway,
}

impl Ending {
    /// Gives `tty` back, and waits for what is `underway`.
    pub fn new(tty: Tty, underway: Underway) -> Self {
        Self { tty, underway }
    }

    /// From now on a panic, in whatever thread, gives the terminal back, prints its report where it
    /// can be read, and ends the process: a desk without one of its threads would only look alive.
    /// One that is caught (the libraries that read bodies) does nothing of it.
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

    /// Ends the process the way `signal` does by itself, so that whoever started it sees what
    /// happened: a shell goes on with a loop after an exit status of 130, but not after SIGINT.
    pub fn by_signal(&self, signal: i32) -> ! {
        sigaction::act_from_background();
        within_limit(move || die_of(signal));
        self.tty.give_back();
        self.settle();
        die_of(signal)
    }

    /// Gives what is under way its time, and names what is not done then.
    fn settle(&self) {
        for label in self.underway.wait(GRACE) {
            // Nobody may be there to read it.
            let _ = writeln!(io::stderr(), "newsdesk: not done: {label}");
        }
    }

    /// The terminal this is about.
    pub(super) fn tty(&self) -> &Tty {
        &self.tty
    }
}

/// Has the process ended when the time is over, whatever else hangs: a stalled terminal or a lock
/// that the thread which panicked had taken.
fn within_limit(end: impl FnOnce() + Send + 'static) {
    // Without a thread the ending still happens, only without its limit.
    let _ = thread::Builder::new()
        .name("limit".to_owned())
        .spawn(move || {
            thread::sleep(LIMIT);
            end();
        });
}
