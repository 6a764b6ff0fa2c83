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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_seal_is_of_the_same_bytes_alone() {
        let seal = Seal::of(b"a: 1\n");
        assert!(seal.is_of(b"a: 1\n"));
        assert!(!seal.is_of(b"a: 2\n"));
        assert!(!seal.is_of(b"a: 1\n\n"));
    }
}
