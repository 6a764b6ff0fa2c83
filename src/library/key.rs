//! The identity of an article, the same in every run and on every machine. Not meant for security.

use std::ffi::OsStr;
use std::fmt;
use std::path::Path;

/// Identifies an article by its place in its library: a hash of its path below the root.
///
/// A library that is moved or cloned therefore keeps its identities, and `newsdesk list` prints the
/// same `id` everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleKey(pub u64);

impl ArticleKey {
    /// The key of the file `name` in `folder`, which is relative to its root.
    pub fn new(folder: &Path, name: &OsStr) -> Self {
        let mut hash = FNV_OFFSET;
        for part in folder.components() {
            hash = fnv(hash, part.as_os_str().as_encoded_bytes());
            hash = fnv(hash, b"/");
        }
        Self(fnv(hash, name.as_encoded_bytes()))
    }

    /// The key to use if `self` already belongs to an article of an earlier root.
    pub fn next(self) -> Self {
        Self(fnv(self.0, b"/again"))
    }
}

impl fmt::Display for ArticleKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// FNV-1a, 64 bits: offset basis and prime from its authors' page (Fowler, Noll, Vo).
pub(super) const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;

/// Continues hashing.
pub(super) fn fnv(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(FNV_PRIME)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_never_changes_between_versions() {
        assert_eq!(
            ArticleKey::new(Path::new("_news"), OsStr::new("a.md")).to_string(),
            "4a66a3c7d217a61c"
        );
    }

    #[test]
    fn keys_differ_by_folder_and_name() {
        let keys: std::collections::HashSet<_> =
            [("a", "b.md"), ("", "ab.md"), ("", "b.md"), ("a", "c.md")]
                .map(|(folder, name)| ArticleKey::new(Path::new(folder), OsStr::new(name)))
                .into();
        assert_eq!(keys.len(), 4);
        let key = ArticleKey::new(Path::new(""), OsStr::new("b.md"));
        assert_ne!(key.next(), key);
    }
}
