//! The marks of a library's articles, as sets of rows for queries. They are passed in; keeping them
//! is the desk's job.

use std::collections::HashMap;

use roaring::RoaringBitmap;

/// The marks of all articles. By default nothing is marked.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    pub read: RoaringBitmap,
    pub starred: RoaringBitmap,
    pub done: RoaringBitmap,
    pub rejected: RoaringBitmap,
    /// Put off until a time that has not come yet.
    pub later: RoaringBitmap,
    /// With a change of publication waiting to be written.
    pub staged: RoaringBitmap,
    /// Changed since they were marked.
    pub changed: RoaringBitmap,
    pub noted: RoaringBitmap,
    /// Each tag with its articles.
    pub tags: Vec<(String, RoaringBitmap)>,
    /// When each article was last marked, in seconds since 1970.
    pub marked: HashMap<u32, i64>,
}
