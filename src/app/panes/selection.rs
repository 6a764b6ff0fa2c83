//! Articles selected in the list, for a decision on all of them at once.

use roaring::RoaringBitmap;

use crate::library::ArticleId;

/// The articles that are selected.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    rows: RoaringBitmap,
    /// From where a range is being selected, and what was selected before.
    range: Option<(ArticleId, RoaringBitmap)>,
}

impl Selection {
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub fn len(&self) -> usize {
        self.rows.len() as usize
    }

    pub fn contains(&self, row: u32) -> bool {
        self.rows.contains(row)
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Selects an article, or no longer.
    pub(super) fn toggle(&mut self, id: ArticleId) {
        self.range = None;
        if !self.rows.remove(id.row()) {
            self.rows.insert(id.row());
        }
    }

    /// Begins to select all that the cursor passes from an article on, or ends that.
    pub(super) fn toggle_range(&mut self, from: Option<ArticleId>) {
        self.range = match self.range.take() {
            Some(_) => None,
            None => from.map(|id| (id, self.rows.clone())),
        };
    }

    /// Selects all between the beginning of the range and the cursor.
    pub(super) fn extend(&mut self, rows: &[ArticleId], at: usize) {
        let Some((from, before)) = &self.range else {
            return;
        };
        let from = rows.iter().position(|id| id == from).unwrap_or(at);
        let passed = rows.get(from.min(at)..=from.max(at)).unwrap_or_default();
        let mut selected = before.clone();
        selected.extend(passed.iter().map(|id| id.row()));
        self.rows = selected;
    }

    /// Selects all of these; where they are selected already, nothing.
    pub(super) fn toggle_all(&mut self, all: RoaringBitmap) {
        if self.rows == all {
            self.clear();
        } else {
            self.rows = all;
            self.range = None;
        }
    }

    /// Keeps selected only what is listed.
    pub(super) fn keep(&mut self, listed: &RoaringBitmap) {
        if !self.rows.is_empty() {
            self.rows &= listed;
        }
    }
}
