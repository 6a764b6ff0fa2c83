//! Ending at once, from any thread: by a panic or a signal. The terminal is given back first, and
//! in any case the process is gone within [`LIMIT`].
//!
//! Not for quitting: then the loop returns and everything is dropped in order.

use std::panic;
use std::process;
use std::thread;
use std::time::Duration;

use signal_hook::low_level;

use super::terminal::Tty;
use crate::format::is_catching;

/// How long an ending may take: less than the two seconds after which people lose patience.
const LIMIT: Duration = Duration::from_millis(1500);

/// What Rust's own panics end with.
const PANICKED: i32 = 101;

/// What to do when the process ends at once. Clones share it.
#[derive(Clone)]
pub struct Ending {
    tty: Tty,
}

impl Ending {
    /// Gives `tty` back.
    pub fn new(tty: Tty) -> Self {
        Self { tty }
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
            low_level::exit(PANICKED)
        }));
    }

    /// Ends the process the way `signal` does by itself, so that whoever started it sees what
    /// happened: a shell goes on with a loop after an exit status of 130, but not after SIGINT.
    pub fn by_signal(&self, signal: i32) -> ! {
        within_limit(move || die_of(signal));
        self.tty.give_back();
        die_of(signal)
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

fn die_of(signal: i32) -> ! {
    // Comes back only for a signal that it does not know.
    let _ = low_level::emulate_default_handler(signal);
    process::exit(128 + signal)
}
