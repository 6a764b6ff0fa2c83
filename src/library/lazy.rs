//! A part that copies share, and that may be missing until it is needed: parts of a library stay in a
//! snapshot's file, and parts of an index are made from the library.

use std::sync::{Arc, LazyLock};

/// Reads or makes the part, once.
type Read<T> = Box<dyn FnOnce() -> Arc<T> + Send + Sync>;

/// A shared part. Cloning copies nothing.
#[derive(Debug)]
pub enum Lazy<T> {
    InMemory(Arc<T>),
    /// Read or made on first use, by any copy.
    Later(Arc<LazyLock<Arc<T>, Read<T>>>),
}

impl<T> Lazy<T> {
    pub fn new(part: T) -> Self {
        Self::InMemory(Arc::new(part))
    }

    /// A part that `read` loads or makes when needed.
    pub fn later(read: impl FnOnce() -> T + Send + Sync + 'static) -> Self {
        let read: Read<T> = Box::new(move || Arc::new(read()));
        Self::Later(Arc::new(LazyLock::new(read)))
    }

    /// Whether it is known without reading or making anything that both are the same part.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::InMemory(one), Self::InMemory(other)) => Arc::ptr_eq(one, other),
            (Self::Later(one), Self::Later(other)) => Arc::ptr_eq(one, other),
            (Self::InMemory(_), Self::Later(_)) | (Self::Later(_), Self::InMemory(_)) => false,
        }
    }

    pub fn get(&self) -> &T {
        match self {
            Self::InMemory(part) => part,
            Self::Later(part) => part,
        }
    }
}

impl<T: Clone> Lazy<T> {
    /// Mutable access; clones the part if it is shared.
    pub fn make_mut(&mut self) -> &mut T {
        if let Self::Later(part) = self {
            *self = Self::InMemory(Arc::clone(part));
        }
        match self {
            Self::InMemory(part) => Arc::make_mut(part),
            Self::Later(_) => unreachable!("it has just been brought into memory"),
        }
    }
}

impl<T> Clone for Lazy<T> {
    fn clone(&self) -> Self {
        match self {
            Self::InMemory(part) => Self::InMemory(Arc::clone(part)),
            Self::Later(part) => Self::Later(Arc::clone(part)),
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
        assert!(copy.is_same(&held));
        assert_eq!(reads.load(Ordering::Relaxed), 0);
        copy.make_mut().push(2);
        assert!(!copy.is_same(&held));
        assert_eq!((held.get(), copy.get()), (&vec![1], &vec![1, 2]));
        assert_eq!(reads.load(Ordering::Relaxed), 1);
    }
}
