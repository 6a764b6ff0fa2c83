//! Named threads, for work that nothing on the screen waits for, and how it steps back.

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

/// How much less of the processors the threads of [`step_back`] get: about a tenth of what any other
/// thread gets.
#[cfg(target_os = "linux")]
const NICE: i32 = 10;

/// Lets this thread, and those that it starts from now on, step back behind all others: many threads
/// that read files would otherwise leave little time for a search that a person waits for. Only Linux
/// knows this of single threads.
pub fn step_back() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::nice(NICE) {
        tracing::info!("reading files does not step back: {error}");
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use rustix::process::getpriority_process;

    use super::*;

    #[test]
    fn threads_step_back_with_those_they_start_and_no_others() {
        let nice = || getpriority_process(None).expect("this thread");
        let before = nice();
        let (own, started) = thread::spawn(move || {
            step_back();
            let started = thread::spawn(nice);
            (nice(), started.join().expect("no panic"))
        })
        .join()
        .expect("no panic");
        let back = (before + NICE).min(19);
        assert_eq!((own, started, nice()), (back, back, before));
    }
}
