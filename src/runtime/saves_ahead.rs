//! The saves of the library that were asked for and are not done. What takes much memory and can wait
//! waits for them, so that a million articles are not saved, grouped and indexed at once; and similar
//! articles are then found by the words that were saved.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// Counts saves. Clones count the same ones.
#[derive(Clone, Default)]
pub struct SavesAhead(Arc<Counted>);

#[derive(Default)]
struct Counted {
    saves: Mutex<usize>,
    changed: Condvar,
}

/// A save that is not done until this is dropped.
pub struct SaveAhead(Arc<Counted>);

impl SavesAhead {
    /// One more.
    pub fn announce(&self) -> SaveAhead {
        self.0.count(|saves| saves + 1);
        SaveAhead(Arc::clone(&self.0))
    }

    /// Blocks until all are done.
    pub fn wait(&self) {
        let saves = self.0.saves.lock().unwrap_or_else(PoisonError::into_inner);
        let done = self.0.changed.wait_while(saves, |saves| *saves > 0);
        drop(done.unwrap_or_else(PoisonError::into_inner));
    }
}

impl Drop for SaveAhead {
    fn drop(&mut self) {
        self.0.count(|saves| saves.saturating_sub(1));
    }
}

impl Counted {
    fn count(&self, change: impl FnOnce(usize) -> usize) {
        let mut saves = self.saves.lock().unwrap_or_else(PoisonError::into_inner);
        *saves = change(*saves);
        self.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::thread;

    use super::*;

    #[test]
    fn who_waits_goes_on_after_the_last_one() {
        let saves = SavesAhead::default();
        saves.wait();
        let (first, second) = (saves.announce(), saves.announce());
        let (sender, events) = channel();
        let (waiting, done) = (saves.clone(), sender.clone());
        let waiter = thread::spawn(move || {
            waiting.wait();
            let _ = done.send("went on");
        });
        drop(first);
        sender.send("one is left").expect("a receiver");
        assert_eq!(events.recv(), Ok("one is left"));
        drop(second);
        assert_eq!(events.recv(), Ok("went on"));
        waiter.join().expect("it ends");
    }
}
