//! Named threads, for work that nothing on the screen waits for.

use std::io;
use std::thread;

/// Runs `work` on a thread of its own. The name is for debuggers and logs.
///
/// # Errors
/// If the thread cannot be started.
pub fn start(name: &str, work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    thread::Builder::new().name(name.to_owned()).spawn(work)?;
    Ok(())
}
