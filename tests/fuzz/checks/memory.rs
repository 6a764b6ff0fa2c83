//! Measures the memory that a piece of work takes, where it is allocated, so that the figure is the
//! same on every machine. Make [`Counting`] the allocator of the binary.

#![expect(unsafe_code, reason = "the contract of `GlobalAlloc`")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// The system's allocator, with counters per thread.
pub struct Counting;

thread_local! {
    /// Bytes in use since counting began; may be negative if older memory is freed.
    static HELD: Cell<isize> = const { Cell::new(0) };
    static PEAK: Cell<isize> = const { Cell::new(0) };
    /// How often memory was allocated.
    static TAKEN: Cell<usize> = const { Cell::new(0) };
}

/// What `work` returns; the most bytes that this thread had in use at once meanwhile, besides those
/// before it; and how often it allocated memory.
pub fn cost_of<T>(work: impl FnOnce() -> T) -> (T, usize, usize) {
    HELD.set(0);
    PEAK.set(0);
    TAKEN.set(0);
    let done = work();
    (done, PEAK.get().unsigned_abs(), TAKEN.get())
}

fn held(more: isize) {
    // A thread that is ending has no count any more.
    let _ = HELD.try_with(|held| {
        held.set(held.get() + more);
        let _ = PEAK.try_with(|peak| peak.set(peak.get().max(held.get())));
    });
}

// SAFETY: everything is passed to the system's allocator unchanged; counting allocates nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        held(layout.size().cast_signed());
        let _ = TAKEN.try_with(|taken| taken.set(taken.get() + 1));
        // SAFETY: the caller keeps to the contract of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        held(-layout.size().cast_signed());
        // SAFETY: `pointer` came from `alloc` above, thus from the system, with this layout.
        unsafe { System.dealloc(pointer, layout) }
    }
}
