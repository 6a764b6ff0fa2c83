//! Something worked out of the articles, for as long as they stay the same.

use std::sync::{Arc, OnceLock};

/// A value that is worked out when it is first asked for. Clones share it until one of them
/// forgets it.
#[derive(Clone, Debug)]
pub struct Known<T>(Arc<OnceLock<T>>);

impl<T> Default for Known<T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<T> Known<T> {
    /// The value, worked out by `work` unless it is known; `None` if `work` is given up.
    pub fn get_unless(&self, work: impl FnOnce() -> Option<T>) -> Option<&T> {
        if let Some(known) = self.0.get() {
            return Some(known);
        }
        let value = work()?;
        Some(self.0.get_or_init(|| value))
    }

    /// Forgets the value, because what it was worked out of changes here. Clones keep theirs, also
    /// one that they have yet to work out.
    pub fn forget(&mut self) {
        match Arc::get_mut(&mut self.0) {
            Some(own) => {
                own.take();
            }
            None => self.0 = Arc::default(),
        }
    }
}

#[cfg(test)]
mod tests {
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
}
