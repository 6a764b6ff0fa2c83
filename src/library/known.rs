//! Caches a value computed from the articles for as long as they stay the same.

use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// A value that is computed on first use, or was computed by an earlier run. Clones share it until
/// one of them forgets it; the old value then helps to compute the new one.
#[derive(Clone)]
pub struct Known<T>(Arc<Shared<T>>);

struct Shared<T> {
    value: OnceLock<T>,
    /// Locked while the value is computed: other threads wait instead of doing the same work.
    before: Mutex<Before<T>>,
}

/// What is known before the value is computed.
#[derive(Clone)]
enum Before<T> {
    Nothing,
    /// Reads the value that an earlier run computed.
    Kept(Read<T>),
    /// Reads the value that was forgotten.
    Forgotten(Read<T>),
}

/// `None` if it cannot be read.
type Read<T> = Arc<dyn Fn() -> Option<T> + Send + Sync>;

impl<T> Default for Known<T> {
    fn default() -> Self {
        Self::new(Before::Nothing)
    }
}

impl<T: fmt::Debug> fmt::Debug for Known<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.value.fmt(f)
    }
}

impl<T> Known<T> {
    fn new(before: Before<T>) -> Self {
        Self(Arc::new(Shared {
            value: OnceLock::new(),
            before: Mutex::new(before),
        }))
    }

    /// A value that an earlier run computed, read on first use.
    pub fn kept(read: impl Fn() -> Option<T> + Send + Sync + 'static) -> Self {
        Self::new(Before::Kept(Arc::new(read)))
    }

    /// The value, if it has been computed or read.
    pub fn get(&self) -> Option<&T> {
        self.0.value.get()
    }

    /// The value, computed by `work` unless it is known; `None` if `work` gives up. `work` gets the
    /// value forgotten last, if any. Waits while another thread computes it.
    pub fn get_unless(&self, work: impl FnOnce(Option<T>) -> Option<T>) -> Option<&T> {
        let Shared { value, before } = &*self.0;
        if value.get().is_none() {
            let mut before = before.lock().unwrap_or_else(PoisonError::into_inner);
            if value.get().is_none() {
                let found = match &*before {
                    Before::Nothing => work(None)?,
                    Before::Kept(read) => read().or_else(|| work(None))?,
                    Before::Forgotten(read) => work(read())?,
                };
                *before = Before::Nothing;
                // Cannot be set already: no other thread was computing it.
                let _ = value.set(found);
            }
        }
        value.get()
    }
}

impl<T: Clone + Send + Sync + 'static> Known<T> {
    /// Forgets the value, because its input changes here. Clones keep theirs, even one that they have
    /// not computed yet.
    pub fn forget(&mut self) {
        let forgotten = match self.get() {
            Some(value) => {
                let value = value.clone();
                Before::Forgotten(Arc::new(move || Some(value.clone())) as Read<T>)
            }
            None => self.before().into_forgotten(),
        };
        match Arc::get_mut(&mut self.0) {
            Some(own) => {
                own.value.take();
                own.before = Mutex::new(forgotten);
            }
            None => *self = Self::new(forgotten),
        }
    }

    /// What is known before the value is computed; nothing while another thread computes it, since no
    /// caller should wait for that.
    fn before(&self) -> Before<T> {
        match self.0.before.try_lock() {
            Ok(before) => before.clone(),
            Err(_) => Before::Nothing,
        }
    }
}

impl<T> Before<T> {
    fn into_forgotten(self) -> Self {
        match self {
            Self::Nothing => Self::Nothing,
            Self::Kept(read) | Self::Forgotten(read) => Self::Forgotten(read),
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
        let get = |known: &Known<i32>, work| known.get_unless(|_| work).copied();
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
        assert_eq!(known.get_unless(|_| Some(2)), Some(&1));
        assert_eq!(known.get(), Some(&1));
        known.forget();
        assert_eq!(known.get_unless(|_| Some(2)), Some(&2));
        assert_eq!(Known::kept(|| None).get_unless(|_| Some(3)), Some(&3));
    }

    #[test]
    fn what_was_forgotten_helps_to_work_it_out_anew() {
        let more = |before: Option<i32>| Some(before.unwrap_or_default() + 1);
        let mut known = Known::default();
        known.forget();
        assert_eq!(known.get_unless(more), Some(&1));
        known.forget();
        // Given up once, changed twice more.
        assert_eq!(known.get_unless(|_| None), None);
        known.forget();
        let clone = known.clone();
        known.forget();
        assert_eq!(
            (known.get_unless(more), clone.get_unless(more)),
            (Some(&2), Some(&2))
        );
        // The same for a value that an earlier run computed and nothing has read yet.
        let mut kept = Known::kept(|| Some(6));
        kept.forget();
        assert_eq!(kept.get_unless(more), Some(&7));
    }

    #[test]
    fn forgetting_does_not_wait_for_whoever_works_it_out() {
        let mut known = Known::default();
        let clone = known.clone();
        let found = clone.get_unless(|_| {
            known.forget();
            Some(1)
        });
        assert_eq!((found, known.get()), (Some(&1), None));
    }

    #[test]
    fn it_is_worked_out_once_however_many_ask() {
        let known = Known::default();
        let times = AtomicUsize::new(0);
        let work = |_| Some(times.fetch_add(1, Ordering::SeqCst));
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| known.get_unless(work));
            }
        });
        assert_eq!(known.get(), Some(&0));
        assert_eq!(times.into_inner(), 1);
    }
}
