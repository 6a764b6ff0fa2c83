//! Requests whose program has to stop, because nothing waits for it any more.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::app::RequestId;

/// The requests. Clones share them.
#[derive(Clone, Default)]
pub struct Stopped(Arc<Mutex<BTreeSet<RequestId>>>);

impl Stopped {
    pub fn insert(&self, id: RequestId) {
        self.all().insert(id);
    }

    pub fn contains(&self, id: RequestId) -> bool {
        self.all().contains(&id)
    }

    fn all(&self) -> MutexGuard<'_, BTreeSet<RequestId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
