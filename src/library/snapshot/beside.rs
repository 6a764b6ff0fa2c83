//! Data that another part of the program keeps in a snapshot beside the articles, and that is useless
//! without them: the words of an index.

use std::sync::Arc;

use super::extent::{Extent, Store};
use crate::library::Articles;

/// What was kept beside articles, and those articles.
#[derive(Clone, Debug)]
pub struct SavedBeside {
    articles: Articles,
    order: Option<Arc<[u32]>>,
    parts: SavedParts,
}

/// The parts of what was kept, without the articles.
#[derive(Clone, Debug)]
pub struct SavedParts {
    extents: Arc<[Extent]>,
    store: Arc<Store>,
}

impl SavedBeside {
    pub(super) fn new(
        articles: Articles,
        order: Option<Arc<[u32]>>,
        extents: Arc<[Extent]>,
        store: Arc<Store>,
    ) -> Self {
        Self {
            articles,
            order,
            parts: SavedParts { extents, store },
        }
    }

    /// The articles as they were saved.
    pub fn articles(&self) -> &Articles {
        &self.articles
    }

    /// Whether any of the snapshot that has been read so far is damaged.
    pub fn is_damaged(&self) -> bool {
        self.parts.store.is_damaged()
    }

    /// The rows of the articles in the order that the parts refer to; `None` if these are all, in order.
    pub fn order(&self) -> Option<&Arc<[u32]>> {
        self.order.as_ref()
    }

    /// The parts.
    pub fn parts(&self) -> &SavedParts {
        &self.parts
    }
}

impl SavedParts {
    /// Number of parts.
    pub fn count(&self) -> usize {
        self.extents.len()
    }

    /// A part, exactly as it was given; `None` if it is damaged.
    pub fn part(&self, number: usize) -> Option<Vec<u8>> {
        self.store.read(self.extents.get(number)?)
    }
}
