//! Signals and hang-up: each ends the process from a thread of its own, without the event loop,
//! which may be busy or stuck. Ctrl-C is no signal here but a key.

use std::io;
use std::thread;

use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::iterator::Signals;

use super::ending::Ending;

/// Starts watching for whatever asks the process to end, for the rest of its life.
///
/// # Errors
/// When the system gives no handler or no thread.
pub fn watch(ending: &Ending) -> io::Result<()> {
    watch_signals(ending.clone())?;
    watch_hang_up(ending.clone())
}

fn watch_signals(ending: Ending) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGINT, SIGHUP, SIGQUIT])?;
    thread::Builder::new()
        .name("signals".to_owned())
        .spawn(move || {
            for signal in signals.forever() {
                // Ctrl-C and Ctrl-\ in a program that has been lent the terminal.
                let typed = matches!(signal, SIGINT | SIGQUIT);
                if !(typed && ending.tty().interrupt_is_guests()) {
                    ending.by_signal(signal);
                }
            }
        })
        .map(drop)
}

/// A terminal that is not the controlling one, as in some containers, goes without SIGHUP, and
/// crossterm then reads its end over and over without ever coming back.
fn watch_hang_up(ending: Ending) -> io::Result<()> {
    thread::Builder::new()
        .name("hang-up".to_owned())
        .spawn(move || {
            if ending.tty().wait_for_hang_up() {
                ending.by_signal(SIGHUP);
            }
        })
        .map(drop)
}
