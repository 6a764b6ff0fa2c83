//! Signals and hang-up: each ends the process from a thread of its own, without the event loop,
//! which may be busy or stuck. Ctrl-C is no signal here but a key.

use std::io;
use std::thread;

use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::iterator::Signals;

use super::ending::Ending;
use super::terminal::Holder;

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
                if is_for_us(signal, ending.tty().holder()) {
                    ending.by_signal(signal);
                }
            }
        })
        .map(drop)
}

/// Ctrl-C and Ctrl-\ in a program that has been lent the terminal reach us as well, and are meant
/// for that program.
fn is_for_us(signal: i32, holder: Holder) -> bool {
    holder != Holder::Guest || !matches!(signal, SIGINT | SIGQUIT)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guest_keeps_its_own_interrupts() {
        for signal in [SIGINT, SIGQUIT] {
            assert!(!is_for_us(signal, Holder::Guest));
            assert!(is_for_us(signal, Holder::Screen));
        }
        assert!(is_for_us(SIGTERM, Holder::Guest));
        assert!(is_for_us(SIGHUP, Holder::Guest));
    }
}
