//! The list as it was before a search began, so that it can be restored.

use roaring::RoaringBitmap;

use super::cursor::Cursor;
use crate::library::ArticleId;

/// The articles of the list, and the cursor.
#[derive(Debug, Default)]
pub struct ListBefore {
    pub articles: Vec<ArticleId>,
    /// The same articles as a set.
    pub listed: RoaringBitmap,
    pub cursor: Cursor,
    /// The article under the cursor.
    pub current: Option<ArticleId>,
}
