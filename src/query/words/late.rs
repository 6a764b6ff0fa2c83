//! The words of a text that may still be where they are kept. What begins with what a query says is read
//! alone, until all of them are in memory.

use std::fmt::Debug;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::{Coverage, FoundRows, Words};
use crate::query::bits::Bits;
use crate::query::text::{Alike, Needle};

/// Reads words from where they are kept.
pub trait KeepsWords: Debug + Send + Sync {
    /// All words; `None` if they are damaged.
    fn all(&self) -> Option<Words>;
    /// The words that begin with any of these, and maybe others; `None` if they are damaged.
    fn beginning_with(&self, beginnings: &[&str]) -> Option<Words>;
}

/// The words of a text.
#[derive(Debug)]
pub struct LateWords {
    /// Read on first use. `None` if they turned out to be damaged.
    all: OnceLock<Option<Arc<Words>>>,
    /// Where they are, until they have been read.
    kept: Mutex<Option<Arc<dyn KeepsWords>>>,
}

impl From<Words> for LateWords {
    fn from(words: Words) -> Self {
        Self {
            all: OnceLock::from(Some(Arc::new(words))),
            kept: Mutex::new(None),
        }
    }
}

impl LateWords {
    /// Words that are read when they are needed.
    pub fn kept(kept: Arc<dyn KeepsWords>) -> Self {
        Self {
            all: OnceLock::new(),
            kept: Mutex::new(Some(kept)),
        }
    }

    /// All words, brought into memory; `None` if they are damaged.
    pub fn all(&self) -> Option<&Arc<Words>> {
        let read = || {
            let words = self.still_kept().and_then(|it| it.all());
            *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = None;
            words.map(Arc::new)
        };
        self.all.get_or_init(read).as_ref()
    }

    /// As [`Words::find`]. Nothing is known of damaged words.
    pub fn find(&self, needle: &Needle, first: u32, found: &mut FoundRows) -> Coverage {
        if self.all.get().is_none()
            && let Some(kept) = self.still_kept()
            && let Some(beginnings) = needle.beginnings()
        {
            let some = kept.beginning_with(&beginnings);
            return some.map_or(Coverage::Unknown, |it| it.find(needle, first, found));
        }
        let all = self.all();
        all.map_or(Coverage::Unknown, |it| it.find(needle, first, found))
    }

    /// As [`Words::find_alike`]. Nothing is known of damaged words.
    pub fn find_alike(&self, alike: &Alike, first: u32, found: &mut Bits) -> Coverage {
        let Some(all) = self.all() else {
            return Coverage::Unknown;
        };
        all.find_alike(alike, first, found);
        Coverage::Known
    }

    /// Memory in bytes.
    pub fn bytes(&self) -> usize {
        let all = self.all.get().and_then(Option::as_ref);
        all.map_or(0, |it| it.bytes())
    }

    fn still_kept(&self) -> Option<Arc<dyn KeepsWords>> {
        let kept = self.kept.lock();
        kept.unwrap_or_else(PoisonError::into_inner).clone()
    }
}
