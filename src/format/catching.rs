//! Catches panics in the libraries that parse markup, so that only the body is lost.
//!
//! A panic anywhere else is a bug in the program and ends it. The panic hook, which runs first,
//! asks here which of the two it is.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    /// Read by the panic hook, which knows nothing about the caller.
    static CATCHING: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work`; returns `None` if it panics.
pub fn catching<T>(work: impl FnOnce() -> T) -> Option<T> {
    let outer = CATCHING.replace(true);
    // Anything `work` has left half changed is dropped with it: it owns all that it changes.
    let outcome = catch_unwind(AssertUnwindSafe(work));
    CATCHING.set(outer);
    outcome.ok()
}

/// Whether a panic on this thread would be caught, so that the hook need not report it or exit.
pub fn is_catching() -> bool {
    CATCHING.get()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_nothing_and_catching_ends() {
        assert_eq!(catching(|| 1 + usize::from(is_catching())), Some(2));
        assert!(!is_catching());
        assert_eq!(
            catching(|| catching(|| panic!("on purpose")).map(|()| is_catching())),
            Some(None)
        );
        assert!(!is_catching());
    }
}
