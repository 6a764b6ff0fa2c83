//! A part of a library that its copies share, and that may stay in a snapshot's file until it is
//! needed. The snapshot does the reading.

use std::sync::{Arc, LazyLock};

/// Reads the part, once.
type Read<T> = Box<dyn FnOnce() -> Arc<T> + Send + Sync>;

/// A shared part. Cloning copies nothing.
#[derive(Debug)]
pub enum Lazy<T> {
    InMemory(Arc<T>),
    /// Read on first use, by any copy of the library.
    InFile(Arc<LazyLock<Arc<T>, Read<T>>>),
}

impl<T> Lazy<T> {
    pub fn new(part: T) -> Self {
        Self::InMemory(Arc::new(part))
    }

    /// A part that `read` loads when needed.
    pub fn later(read: impl FnOnce() -> T + Send + Sync + 'static) -> Self {
        let read: Read<T> = Box::new(move || Arc::new(read()));
        Self::InFile(Arc::new(LazyLock::new(read)))
    }

    pub fn get(&self) -> &T {
        match self {
            Self::InMemory(part) => part,
            Self::InFile(part) => part,
        }
    }
}

impl<T: Clone> Lazy<T> {
    /// Mutable access; clones the part if it is shared.
    pub fn make_mut(&mut self) -> &mut T {
        if let Self::InFile(part) = self {
            *self = Self::InMemory(Arc::clone(part));
        }
        match self {
            Self::InMemory(part) => Arc::make_mut(part),
            Self::InFile(_) => unreachable!("it has just been brought into memory"),
        }
    }
}

impl<T> Clone for Lazy<T> {
    fn clone(&self) -> Self {
        match self {
            Self::InMemory(part) => Self::InMemory(Arc::clone(part)),
            Self::InFile(part) => Self::InFile(Arc::clone(part)),
        }
    }
}

impl<T: Default> Default for Lazy<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn a_part_is_read_once_for_all_copies_and_only_when_needed() {
        let reads = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&reads);
        let held = Lazy::later(move || {
            counted.fetch_add(1, Ordering::Relaxed);
            vec![1]
        });
        let mut copy = held.clone();
        assert_eq!(reads.load(Ordering::Relaxed), 0);
        copy.make_mut().push(2);
        assert_eq!((held.get(), copy.get()), (&vec![1], &vec![1, 2]));
        assert_eq!(reads.load(Ordering::Relaxed), 1);
    }
}
