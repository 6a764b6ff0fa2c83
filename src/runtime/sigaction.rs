//! What the signal crates do not offer: a handler for crashes, and the system's own way with a
//! signal. Not for the signals that a thread can see to in its own time: those are in `signals`.
//!
//! `unsafe`, as `sigaction(2)` and a handler cannot be had without: after an abort, a fault or a full
//! stack no other thread gets its turn, so the terminal is given back by the thread that crashed,
//! from inside its handler. There it may only do what is safe at any instant (signal-safety(7)): read
//! atomics and make system calls; it must not allocate or wait for a lock. The handler runs on the
//! alternate stack that Rust gives each of its threads, as the usual one may be full.

#![expect(unsafe_code, reason = "no library offers handlers of crashes")]

use std::io;
use std::mem::MaybeUninit;
use std::ptr;
use std::sync::OnceLock;

use libc::{
    SA_ONSTACK, SA_SIGINFO, SIG_DFL, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGSYS, SIGTRAP,
    SIGTSTP, c_int, c_void, sigaction, siginfo_t,
};
use signal_hook::low_level;

use super::terminal::Tty;

/// The signals of a crash, which the thread that causes one does not survive.
const CRASHES: [c_int; 7] = [SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGSYS, SIGTRAP];

/// What a crash leaves behind needs a place that a handler finds without an argument.
static CRASHED: OnceLock<Crashed> = OnceLock::new();

struct Crashed {
    tty: Tty,
    /// What was done about each of [`CRASHES`] before: Rust tells of a full stack.
    before: [sigaction; CRASHES.len()],
}

/// From now on a crash, in whatever thread, gives the terminal back before the process dies of it.
///
/// # Errors
/// When the system takes no handler.
pub fn give_back_on_crash(tty: &Tty) -> io::Result<()> {
    let mut before = [default_action(); CRASHES.len()];
    for (before, signal) in before.iter_mut().zip(CRASHES) {
        *before = action(signal, None)?;
    }
    let tty = tty.clone();
    // It is there for good: a second screen of this process has the same terminal.
    CRASHED.get_or_init(|| Crashed { tty, before });
    let mut handler = default_action();
    handler.sa_sigaction = crashed as *const () as libc::sighandler_t;
    handler.sa_flags = SA_SIGINFO | SA_ONSTACK;
    // SAFETY: the set is ours. Nothing interrupts the handler, not even SIGTTOU, which stops whoever
    // sets the modes of a terminal from the background.
    unsafe { libc::sigfillset(&raw mut handler.sa_mask) };
    for signal in CRASHES {
        action(signal, Some(&handler))?;
    }
    Ok(())
}

/// Ends the process as the signal does by itself.
pub fn die_of(signal: c_int) -> ! {
    let mut only = MaybeUninit::uninit();
    // A failure leaves only the status that a shell would make of it.
    let _ = action(signal, Some(&default_action()));
    // SAFETY: the set is initialised by the first call; neither keeps it.
    unsafe {
        libc::sigemptyset(only.as_mut_ptr());
        libc::sigaddset(only.as_mut_ptr(), signal);
        libc::pthread_sigmask(libc::SIG_UNBLOCK, only.as_ptr(), ptr::null_mut());
    }
    let _ = low_level::raise(signal);
    low_level::exit(128 + signal)
}

/// Stops the process as SIGTSTP does by itself, and returns when it continues. Where nobody could
/// make it continue the system does not stop it, and this returns at once.
pub fn stop() -> io::Result<()> {
    let before = action(SIGTSTP, Some(&default_action()))?;
    low_level::raise(SIGTSTP)?;
    action(SIGTSTP, Some(&before)).map(drop)
}

/// Lets this thread set the modes of the terminal although another program may be in front of it.
pub fn act_from_background() {
    let mut only = MaybeUninit::uninit();
    // SAFETY: the set is initialised by the first call; neither keeps it.
    unsafe {
        libc::sigemptyset(only.as_mut_ptr());
        libc::sigaddset(only.as_mut_ptr(), libc::SIGTTOU);
        libc::pthread_sigmask(libc::SIG_BLOCK, only.as_ptr(), ptr::null_mut());
    }
}

extern "C" fn crashed(signal: c_int, info: *mut siginfo_t, _: *mut c_void) {
    let Some(crash) = CRASHED.get() else {
        die_of(signal)
    };
    crash.tty.give_back();
    // SAFETY: the system gives a valid pointer to a handler with SA_SIGINFO.
    let sent = unsafe { (*info).si_code } <= 0;
    if sent || !matches!(signal, SIGSEGV | SIGBUS) {
        die_of(signal);
    }
    // The instruction fails again as soon as this returns. Then Rust says what it has to say and
    // aborts, for which this handler must not run: there is no room for both on the alternate stack.
    for (signal, before) in CRASHES.iter().zip(&crash.before) {
        if action(*signal, Some(before)).is_err() {
            die_of(*signal);
        }
    }
}

fn default_action() -> sigaction {
    // SAFETY: a C structure of numbers, for which all zeros are valid.
    let mut action: sigaction = unsafe { MaybeUninit::zeroed().assume_init() };
    action.sa_sigaction = SIG_DFL;
    action
}

/// What is done about a signal until now; from now on it is `new`, if that is given.
fn action(signal: c_int, new: Option<&sigaction>) -> io::Result<sigaction> {
    let mut before = default_action();
    let new = new.map_or(ptr::null(), ptr::from_ref);
    // SAFETY: both point to whole structures or nowhere. The handlers that come in here are our own,
    // the system's default, and those that were there before.
    match unsafe { libc::sigaction(signal, new, &raw mut before) } {
        0 => Ok(before),
        _ => Err(io::Error::last_os_error()),
    }
}
