//! Panics of the libraries that read markup: such a body costs itself alone.
//!
//! A panic anywhere else is a fault of the program and ends it. The panic hook, which runs first,
//! asks here which of the two it is.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    /// Asked by the panic hook, which knows nothing of who called.
    static CATCHING: Cell<bool> = const { Cell::new(false) };
}

/// What `work` gives; nothing where it panics.
pub(super) fn catching<T>(work: impl FnOnce() -> T) -> Option<T> {
    let outer = CATCHING.replace(true);
    // What `work` has half changed goes with it: it owns all that it changes.
    let outcome = catch_unwind(AssertUnwindSafe(work));
    CATCHING.set(outer);
    outcome.ok()
}

/// Whether a panic of this thread would be caught, so that there is nothing to report or to end.
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
