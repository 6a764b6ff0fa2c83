//! The words that similar articles are found by: all of an index, or only those of one article, in a file.

use std::sync::Arc;

use roaring::RoaringBitmap;

use super::words::Words;

/// Words of the texts of a library, in runs of rows.
#[derive(Clone, Debug, Default)]
pub struct WordRuns {
    pub(super) runs: Vec<WordRun>,
    /// Number of articles: the first ones of the library.
    pub(super) len: usize,
    /// Rows whose texts have to be searched.
    pub(super) stale: Arc<RoaringBitmap>,
    /// The rows of the articles in the runs; `None` if these are in order.
    pub(super) order: Option<Arc<[u32]>>,
}

/// Words of some articles: `len` from `first` on.
#[derive(Clone, Debug)]
pub struct WordRun {
    pub first: u32,
    pub len: usize,
    pub title: Arc<Words>,
    pub excerpt: Arc<Words>,
}

impl WordRuns {
    /// The row of an article of a run, by its position there.
    pub(super) fn row(&self, run: &WordRun, at: u16) -> usize {
        let at = run.first as usize + usize::from(at);
        match &self.order {
            None => at,
            Some(rows) => rows[at] as usize,
        }
    }
}
