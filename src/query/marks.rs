//! The marks of a library's articles, as sets of rows for queries. They are passed in; keeping them
//! is the desk's job.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use roaring::RoaringBitmap;

use crate::library::Articles;

/// The marks of all articles. By default nothing is marked.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    pub read: RoaringBitmap,
    pub starred: RoaringBitmap,
    pub done: RoaringBitmap,
    pub rejected: RoaringBitmap,
    /// Put off until a time that has not come yet.
    pub later: RoaringBitmap,
    /// With a change to their publication waiting to be written.
    pub staged: RoaringBitmap,
    /// Changed since they were marked.
    pub changed: RoaringBitmap,
    pub noted: RoaringBitmap,
    /// Each tag with its articles.
    pub tags: Vec<(String, RoaringBitmap)>,
    /// When each article was last marked, in seconds since 1970.
    pub marked: HashMap<u32, i64>,
}

impl Marks {
    /// The files of articles with nothing left to do: done, not starred, and with nothing waiting
    /// to be written.
    pub fn done_with(&self, articles: &Articles) -> HashSet<PathBuf> {
        let rows = &(&self.done - &self.starred) - &self.staged;
        let ids = articles.ids().filter(|id| rows.contains(id.row()));
        ids.map(|id| articles.article(id).path()).collect()
    }
}
