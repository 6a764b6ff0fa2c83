//! What a person decided about the articles of a library, as sets by row: what queries ask for. It
//! is handed in; keeping marks is the desk's work.

use std::collections::HashMap;

use roaring::RoaringBitmap;

/// The marks of all articles. The default is: nothing marked.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    pub read: RoaringBitmap,
    pub starred: RoaringBitmap,
    pub done: RoaringBitmap,
    pub rejected: RoaringBitmap,
    /// Put off until a time that has not come yet.
    pub later: RoaringBitmap,
    /// With a change of publication that waits to be written.
    pub staged: RoaringBitmap,
    /// Changed since they were marked.
    pub changed: RoaringBitmap,
    pub story_leads: RoaringBitmap,
    pub noted: RoaringBitmap,
    /// Each tag with its articles.
    pub tags: Vec<(String, RoaringBitmap)>,
    /// When an article was marked last, in seconds since 1970.
    pub marked: HashMap<u32, i64>,
}
