//! Results that many threads ask for, each worked out once.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Results by what they are about.
#[derive(Debug)]
pub struct Memo<K, V>(Mutex<HashMap<K, Arc<OnceLock<V>>>>);

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Eq + Hash, V: Clone> Memo<K, V> {
    /// The result for `key`, which `work` finds out unless it is known. Whoever asks for the same
    /// meanwhile waits for it, and nobody else does.
    pub fn get(&self, key: K, work: impl FnOnce() -> V) -> V {
        let known = {
            let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(all.entry(key).or_default())
        };
        known.get_or_init(work).clone()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;

    use super::*;

    #[test]
    fn each_result_is_found_out_once_however_many_ask() {
        let (memo, times) = (Memo::default(), AtomicUsize::new(0));
        let work = || times.fetch_add(1, Ordering::Relaxed);
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| memo.get("a", work));
            }
        });
        assert_eq!((memo.get("a", || 9), memo.get("b", || 9)), (0, 9));
        assert_eq!(times.into_inner(), 1);
    }

    #[test]
    fn finding_out_one_result_may_ask_for_another() {
        let memo = Memo::default();
        let found = memo.get("below", || memo.get("above", || 1) + 1);
        assert_eq!(found, 2);
    }
}
