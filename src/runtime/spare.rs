//! Memory that nothing uses any more: left to itself, the allocator of the GNU system keeps more of it after
//! a large load than the whole library takes.

#![cfg_attr(
    target_env = "gnu",
    expect(
        unsafe_code,
        reason = "no library offers mallopt(3) and malloc_trim(3)"
    )
)]

/// What is as large gets pages of its own, in bytes, which go back to the system at once. This is the value
/// that the allocator starts with.
#[cfg(target_env = "gnu")]
const LARGE: libc::c_int = 128 * 1024;

/// Has the allocator keep little. Otherwise it takes ever larger blocks for small ones, and keeps twice as
/// much at the end of each of its arenas.
pub fn keep_little() {
    // SAFETY: any thread may call it at any time. It refuses only values that are too large.
    #[cfg(target_env = "gnu")]
    unsafe {
        libc::mallopt(libc::M_MMAP_THRESHOLD, LARGE)
    };
}

/// Gives back what is not in use. It takes some milliseconds, so it is for threads that have just done
/// something large, not for the screen's.
pub fn give_back() {
    // SAFETY: any thread may call it at any time. What it returns, whether there was anything to give
    // back, is of no interest.
    #[cfg(target_env = "gnu")]
    unsafe {
        libc::malloc_trim(0)
    };
}
