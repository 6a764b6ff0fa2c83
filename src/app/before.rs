//! The list as it was before somebody began to look for something, to be brought back.

use roaring::RoaringBitmap;

use super::cursor::Cursor;
use crate::library::ArticleId;

/// The rows of the list, and the cursor among them.
#[derive(Debug, Default)]
pub struct Before {
    pub rows: Vec<ArticleId>,
    /// The same articles as a set.
    pub listed: RoaringBitmap,
    pub cursor: Cursor,
}
