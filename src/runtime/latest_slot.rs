//! A slot for one request between two threads, in which a newer request replaces an older one.

use std::sync::{Condvar, Mutex, PoisonError};

/// The latest request that has not been taken yet.
pub struct LatestSlot<T> {
    request: Mutex<Option<T>>,
    changed: Condvar,
}

impl<T> Default for LatestSlot<T> {
    fn default() -> Self {
        Self {
            request: Mutex::new(None),
            changed: Condvar::new(),
        }
    }
}

impl<T> LatestSlot<T> {
    /// Puts a request into the slot, replacing any other.
    pub fn put(&self, request: T) {
        *self.request.lock().unwrap_or_else(PoisonError::into_inner) = Some(request);
        self.changed.notify_one();
    }

    /// Whether a newer request than the last one taken is waiting.
    pub fn has_newer(&self) -> bool {
        let request = self.request.lock().unwrap_or_else(PoisonError::into_inner);
        request.is_some()
    }

    /// Blocks until there is a request, and takes it.
    pub fn take(&self) -> T {
        let mut request = self.request.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match request.take() {
                Some(asked) => return asked,
                None => {
                    request = self
                        .changed
                        .wait(request)
                        .unwrap_or_else(PoisonError::into_inner);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_newest_is_taken() {
        let newest = LatestSlot::default();
        newest.put(1);
        newest.put(2);
        assert!(newest.has_newer());
        assert_eq!(newest.take(), 2);
        assert!(!newest.has_newer());
        newest.put(3);
        assert_eq!(newest.take(), 3);
    }
}
