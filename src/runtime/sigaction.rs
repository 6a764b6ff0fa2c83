//! What the signal crates do not offer: handlers for crashes, and the default action of a signal.
//! `signals` handles the signals that a thread can take its time over.
//!
//! This needs `unsafe` because `sigaction(2)` and its handlers do. After an abort, a fault or a
//! stack overflow no other thread gets a turn, so the crashing thread restores the terminal itself,
//! from inside its handler. A handler may only do what is async-signal-safe (signal-safety(7)):
//! read atomics and make system calls; it must not allocate or take a lock. It runs on the
//! alternate stack that Rust gives each thread, since the normal stack may be full.

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

/// Crash signals, which the thread that causes one does not survive.
const CRASHES: [c_int; 7] = [SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGSYS, SIGTRAP];

/// Global, because a signal handler gets no arguments of its own.
static CRASHED: OnceLock<Crashed> = OnceLock::new();

struct Crashed {
    tty: Tty,
    /// The previous action for each of [`CRASHES`]: Rust's reports a stack overflow.
    before: [sigaction; CRASHES.len()],
}

/// From now on a crash in any thread restores the terminal before the process dies.
///
/// # Errors
/// If a handler cannot be installed.
pub fn give_back_on_crash(tty: &Tty) -> io::Result<()> {
    let mut before = [default_action(); CRASHES.len()];
    for (before, signal) in before.iter_mut().zip(CRASHES) {
        *before = action(signal, None)?;
    }
    let tty = tty.clone();
    // Never reset: a second screen in this process has the same terminal.
    CRASHED.get_or_init(|| Crashed { tty, before });
    let mut handler = default_action();
    handler.sa_sigaction = crashed as *const () as libc::sighandler_t;
    handler.sa_flags = SA_SIGINFO | SA_ONSTACK;
    // SAFETY: the set is ours. Blocking everything keeps the handler uninterrupted, even by
    // SIGTTOU, which stops a background process that sets terminal modes.
    unsafe { libc::sigfillset(&raw mut handler.sa_mask) };
    for signal in CRASHES {
        action(signal, Some(&handler))?;
    }
    Ok(())
}

/// Ends the process with the signal's default action.
pub fn die_of(signal: c_int) -> ! {
    let mut only = MaybeUninit::uninit();
    // If this fails, exit with the status that a shell would report for the signal.
    let _ = action(signal, Some(&default_action()));
    // SAFETY: the first call initialises the set; neither call keeps the pointer.
    unsafe {
        libc::sigemptyset(only.as_mut_ptr());
        libc::sigaddset(only.as_mut_ptr(), signal);
        libc::pthread_sigmask(libc::SIG_UNBLOCK, only.as_ptr(), ptr::null_mut());
    }
    let _ = low_level::raise(signal);
    low_level::exit(128 + signal)
}

/// Stops the process with SIGTSTP's default action, and returns when it continues. If nobody could
/// continue it, the system does not stop it and this returns at once.
pub fn stop() -> io::Result<()> {
    let before = action(SIGTSTP, Some(&default_action()))?;
    low_level::raise(SIGTSTP)?;
    action(SIGTSTP, Some(&before)).map(drop)
}

/// Lets this thread set terminal modes even while another program is in the foreground.
pub fn act_from_background() {
    let mut only = MaybeUninit::uninit();
    // SAFETY: the first call initialises the set; neither call keeps the pointer.
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
    // SAFETY: the system passes a valid pointer to a SA_SIGINFO handler.
    let sent = unsafe { (*info).si_code } <= 0;
    if sent || !matches!(signal, SIGSEGV | SIGBUS) {
        die_of(signal);
    }
    // The instruction faults again as soon as this returns. Rust's handler then reports and aborts.
    // This handler must not run for that abort: the alternate stack has no room for both.
    for (signal, before) in CRASHES.iter().zip(&crash.before) {
        if action(*signal, Some(before)).is_err() {
            die_of(*signal);
        }
    }
}

fn default_action() -> sigaction {
    // SAFETY: a C struct of numbers, for which all zeros are valid.
    let mut action: sigaction = unsafe { MaybeUninit::zeroed().assume_init() };
    action.sa_sigaction = SIG_DFL;
    action
}

/// Returns the current action for a signal, and sets `new` if given.
fn action(signal: c_int, new: Option<&sigaction>) -> io::Result<sigaction> {
    let mut before = default_action();
    let new = new.map_or(ptr::null(), ptr::from_ref);
    // SAFETY: both pointers are valid or null. The handlers set here are our own, the system's
    // default, and those that were there before.
    match unsafe { libc::sigaction(signal, new, &raw mut before) } {
        0 => Ok(before),
        _ => Err(io::Error::last_os_error()),
    }
}
