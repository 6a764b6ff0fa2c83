//! Tables that hash faster than the standard ones: keys that are hashes already, and texts.

use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, Hasher, RandomState};

use xxhash_rust::xxh3::xxh3_64_with_seed;

/// A table keyed by 64-bit hashes.
pub type HashedMap<K, V> = HashMap<K, V, BuildHasherDefault<AsItIs>>;

/// Uses a hash as it is.
#[derive(Clone, Copy, Debug, Default)]
pub struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn write(&mut self, bytes: &[u8]) {
        // No key comes here; if one did, it would still be found.
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }
}

/// A table keyed by texts.
pub type TextMap<K, V> = HashMap<K, V, TextHashing>;

/// Hashes texts. The seed is another one for each table, so that nobody can write texts that all have
/// the same hash.
#[derive(Clone, Debug)]
pub struct TextHashing {
    seed: u64,
}

impl Default for TextHashing {
    fn default() -> Self {
        let seed = RandomState::new().build_hasher().finish();
        Self { seed }
    }
}

impl BuildHasher for TextHashing {
    type Hasher = TextHasher;

    fn build_hasher(&self) -> TextHasher {
        TextHasher(self.seed)
    }
}

/// Hashes one text.
#[derive(Clone, Copy, Debug)]
pub struct TextHasher(u64);

impl Hasher for TextHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxh3_64_with_seed(bytes, self.0);
    }

    /// Marks the end of a text, which needs no hash of its own.
    fn write_u8(&mut self, byte: u8) {
        self.0 ^= u64::from(byte);
    }
}
