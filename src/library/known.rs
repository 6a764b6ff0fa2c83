//! Something worked out of the articles, for as long as they stay the same.

use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// A value that is worked out when it is first asked for, or was worked out by an earlier run. Clones
/// share it until one of them forgets it.
#[derive(Clone)]
pub struct Known<T>(Arc<Shared<T>>);

struct Shared<T> {
    value: OnceLock<T>,
    /// Held by whoever works it out: others wait for that instead of doing the same.
    working: Mutex<()>,
    /// Reads what an earlier run worked out.
    kept: Option<Read<T>>,
}

/// `None` if it cannot be read.
type Read<T> = Box<dyn Fn() -> Option<T> + Send + Sync>;

impl<T> Default for Known<T> {
    fn default() -> Self {
        Self::with(None)
    }
}

impl<T: fmt::Debug> fmt::Debug for Known<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.value.fmt(f)
    }
}

impl<T> Known<T> {
    /// A value that an earlier run worked out, read when it is first asked for.
    pub fn kept(read: impl Fn() -> Option<T> + Send + Sync + 'static) -> Self {
        Self::with(Some(Box::new(read)))
    }

    fn with(kept: Option<Read<T>>) -> Self {
        Self(Arc::new(Shared {
            value: OnceLock::new(),
            working: Mutex::new(()),
            kept,
        }))
    }

    /// The value, if it has been worked out or read.
    pub fn get(&self) -> Option<&T> {
        self.0.value.get()
    }

    /// The value, worked out by `work` unless it is known; `None` if `work` is given up. Waits while
    /// another thread works it out.
    pub fn get_unless(&self, work: impl FnOnce() -> Option<T>) -> Option<&T> {
        let Shared {
            value,
            working,
            kept,
        } = &*self.0;
        if value.get().is_none() {
            let _alone = working.lock().unwrap_or_else(PoisonError::into_inner);
            if value.get().is_none() {
                let found = kept.as_ref().and_then(|read| read()).or_else(work)?;
                // Cannot be set already: nobody else worked.
                let _ = value.set(found);
            }
        }
        value.get()
    }

    /// Forgets the value, because what it was worked out of changes here. Clones keep theirs, also
    /// one that they have yet to work out.
    pub fn forget(&mut self) {
        match Arc::get_mut(&mut self.0) {
            Some(own) => {
                own.value.take();
                own.kept = None;
            }
            None => *self = Self::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;

    use super::*;

    #[test]
    fn a_clone_keeps_what_it_had() {
        let mut one = Known::default();
        let other = one.clone();
        one.forget();
        let get = |known: &Known<i32>, work| known.get_unless(|| work).copied();
        assert_eq!(get(&one, None), None);
        assert_eq!(
            (get(&one, Some(1)), get(&other, Some(2))),
            (Some(1), Some(2))
        );
        one.forget();
        assert_eq!(
            (get(&one, Some(3)), get(&other, Some(4))),
            (Some(3), Some(2))
        );
    }

    #[test]
    fn what_was_kept_saves_the_work_until_it_is_forgotten() {
        let mut known = Known::kept(|| Some(1));
        assert_eq!(known.get(), None);
        assert_eq!(known.get_unless(|| Some(2)), Some(&1));
        assert_eq!(known.get(), Some(&1));
        known.forget();
        assert_eq!(known.get_unless(|| Some(2)), Some(&2));
        assert_eq!(Known::kept(|| None).get_unless(|| Some(3)), Some(&3));
    }

    #[test]
    fn it_is_worked_out_once_however_many_ask() {
        let known = Known::default();
        let times = AtomicUsize::new(0);
        let work = || Some(times.fetch_add(1, Ordering::SeqCst));
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| known.get_unless(work));
            }
        });
        assert_eq!(known.get(), Some(&0));
        assert_eq!(times.into_inner(), 1);
    }
}
