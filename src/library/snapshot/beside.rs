//! Data that another part of the program keeps in a snapshot beside the articles, and that is useless
//! without them: the words of an index.

use std::sync::Arc;

use super::extent::{Extent, Store};
use crate::library::Articles;

/// What was kept beside articles, and those articles.
#[derive(Debug)]
pub struct SavedBeside {
    articles: Articles,
    parts: Vec<Extent>,
    store: Arc<Store>,
}

impl SavedBeside {
    pub(super) fn new(articles: Articles, parts: Vec<Extent>, store: Arc<Store>) -> Self {
        Self {
            articles,
            parts,
            store,
        }
    }

    /// The articles as they were saved, in the row order that the parts refer to.
    pub fn articles(&self) -> &Articles {
        &self.articles
    }

    /// Number of parts.
    pub fn count(&self) -> usize {
        self.parts.len()
    }

    /// A part, exactly as it was given; `None` if it is damaged.
    pub fn part(&self, number: usize) -> Option<Vec<u8>> {
        self.store.read(self.parts.get(number)?)
    }
}
