//! Recognises the bytes that edits were proved for, so that they need not be proved again before
//! they are written.

use std::hash::{BuildHasher, RandomState};

/// A hash of exactly these bytes. Its key is random and known to nobody, so that no file can be
/// made to have the same.
#[derive(Clone, Debug)]
pub struct Seal {
    key: RandomState,
    hash: u64,
}

impl Seal {
    pub fn of(bytes: &[u8]) -> Self {
        let key = RandomState::new();
        let hash = key.hash_one(bytes);
        Self { key, hash }
    }

    pub fn is_of(&self, bytes: &[u8]) -> bool {
        self.key.hash_one(bytes) == self.hash
    }
}
