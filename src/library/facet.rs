//! A field whose values can be picked: its names, and the set of articles for each.

use std::sync::Arc;

use roaring::RoaringBitmap;

use super::names::NameTable;

/// The values of one field across the library. Clones share the sets until they change.
#[derive(Clone, Debug, Default)]
pub struct Facet {
    names: NameTable,
    articles: Vec<Arc<RoaringBitmap>>,
}

impl Facet {
    /// Creates a facet from values whose articles are known, in the order of the names.
    pub fn new(names: NameTable, articles: Vec<RoaringBitmap>) -> Self {
        let articles = articles.into_iter().map(Arc::new).collect();
        Self { names, articles }
    }

    /// The number of a value; a new one if it has not been seen.
    pub fn intern(&mut self, name: &str) -> u32 {
        let number = self.names.intern(name);
        if self.articles.len() <= number as usize {
            self.articles.push(Arc::default());
        }
        number
    }

    /// Records that the article in this row has the value.
    pub fn insert(&mut self, number: u32, row: u32) {
        if let Some(set) = self.articles.get_mut(number as usize) {
            Arc::make_mut(set).insert(row);
        }
    }

    /// Records that the article in this row no longer has the value.
    pub fn remove(&mut self, number: u32, row: u32) {
        if let Some(set) = self.articles.get_mut(number as usize) {
            Arc::make_mut(set).remove(row);
        }
    }

    /// Copies the sets to new places, each of the size that it needs.
    pub(super) fn compact(&mut self) {
        for set in &mut self.articles {
            *set = Arc::new(RoaringBitmap::clone(set));
        }
    }

    pub fn name(&self, number: u32) -> &str {
        self.names.name(number)
    }

    /// All names; cheap to clone.
    pub fn names(&self) -> &NameTable {
        &self.names
    }

    pub fn number(&self, name: &str) -> Option<u32> {
        self.names.number(name)
    }

    /// The rows of the articles that have the value; `None` if the number is not in use.
    pub fn articles(&self, number: u32) -> Option<&RoaringBitmap> {
        self.articles.get(number as usize).map(Arc::as_ref)
    }

    /// All values in use, by number.
    pub fn numbers(&self) -> impl ExactSizeIterator<Item = u32> + use<> {
        0..self.names.len() as u32
    }
}
