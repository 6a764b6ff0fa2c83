//! Signals and hang-ups, handled on separate threads, independent of the event loop, which may be
//! busy or stuck: ending the process, and giving up the terminal when stopped. Ctrl-C arrives as a
//! key, not a signal; crashes are in `sigaction`.

use std::io;
use std::time::{Duration, Instant};

use signal_hook::consts::{
    SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGPROF, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2,
    SIGVTALRM, SIGXCPU, SIGXFSZ,
};
use signal_hook::iterator::Signals;

use super::background;
use super::ending::Ending;
use super::sigaction;

/// Signals that end a process by default, besides crashes. Not SIGPIPE, which Rust turns into a
/// write error.
const ENDINGS: [i32; 11] = [
    SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU,
    SIGXFSZ,
];

/// A SIGCONT this soon after a handled stop is taken to be the one that ended it.
const ECHO: Duration = Duration::from_secs(1);

/// Those that only Linux has.
#[cfg(target_os = "linux")]
fn further_endings() -> impl Iterator<Item = i32> {
    let real_time = libc::SIGRTMIN()..=libc::SIGRTMAX();
    [libc::SIGIO, libc::SIGPWR, libc::SIGSTKFLT]
        .into_iter()
        .chain(real_time)
}

#[cfg(not(target_os = "linux"))]
fn further_endings() -> impl Iterator<Item = i32> {
    std::iter::empty()
}

/// Watches for signals that end or stop the process, for the rest of its life. Calls `continued`
/// each time the screen gets the terminal back, so that it is redrawn.
///
/// # Errors
/// If a handler cannot be installed or a thread cannot be started.
pub fn watch(ending: &Ending, continued: impl Fn() + Send + 'static) -> io::Result<()> {
    sigaction::give_back_on_crash(ending.tty())?;
    watch_signals(ending.clone(), continued)?;
    watch_hang_up(ending.clone())
}

fn watch_signals(ending: Ending, continued: impl Fn() + Send + 'static) -> io::Result<()> {
    let stops = [SIGTSTP, SIGCONT];
    let mut signals = Signals::new(ENDINGS.into_iter().chain(further_endings()).chain(stops))?;
    background::start("signals", move || {
        let mut resumed: Option<Instant> = None;
        for signal in signals.forever() {
            match signal {
                SIGTSTP => {
                    ending.tty().yield_to_stopper();
                    // If this fails, the process was simply not stopped.
                    let _ = sigaction::stop();
                    take_again(&ending, &continued);
                    resumed = Some(Instant::now());
                }
                SIGCONT if resumed.take().is_some_and(|at| at.elapsed() < ECHO) => {}
                SIGCONT => take_again(&ending, &continued),
                // Ctrl-C and Ctrl-\ in a program that has borrowed the terminal.
                SIGINT | SIGQUIT if ending.tty().interrupt_is_guests() => {}
                _ => ending.by_signal(signal),
            }
        }
    })
}

fn take_again(ending: &Ending, continued: &impl Fn()) {
    // If the terminal cannot be taken, it is gone; other code notices that.
    if ending.tty().take_again().unwrap_or(false) {
        continued();
    }
}

/// A terminal that is not the controlling one, as in some containers, closes without SIGHUP, and
/// crossterm then reads end-of-file in an endless loop.
fn watch_hang_up(ending: Ending) -> io::Result<()> {
    background::start("hang-up", move || {
        if ending.tty().wait_for_hang_up() {
            ending.by_signal(SIGHUP);
        }
    })
}
