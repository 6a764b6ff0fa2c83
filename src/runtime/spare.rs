//! Returns unused memory: left to itself, glibc's allocator keeps more of it after a large load than the
//! whole library takes.

#![cfg_attr(
    target_env = "gnu",
    expect(
        unsafe_code,
        reason = "no library offers mallopt(3) and malloc_trim(3)"
    )
)]

/// Blocks of at least this size, in bytes, get pages of their own, which go back to the system at once.
/// This is the value that the allocator starts with.
#[cfg(target_env = "gnu")]
const LARGE: libc::c_int = 128 * 1024;

/// Has the allocator keep little. Otherwise it serves ever larger blocks from its arenas, and keeps twice
/// as much at the end of each of them.
pub fn keep_little() {
    // SAFETY: any thread may call it at any time. It refuses only values that are too large.
    #[cfg(target_env = "gnu")]
    unsafe {
        libc::mallopt(libc::M_MMAP_THRESHOLD, LARGE)
    };
}

/// Returns unused memory to the system. This takes some milliseconds, so it is for threads that have just
/// done something large, not for the screen's thread.
pub fn give_back() {
    // SAFETY: any thread may call it at any time. Its result, whether there was anything to give back, does
    // not matter.
    #[cfg(target_env = "gnu")]
    unsafe {
        libc::malloc_trim(0)
    };
}
