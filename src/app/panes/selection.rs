//! Articles selected in the list, for one decision on all of them.

use roaring::RoaringBitmap;

use crate::library::ArticleId;

/// The selected articles.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    rows: RoaringBitmap,
    /// Where the current range starts, and what was selected before it.
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

    pub(super) fn rows(&self) -> &RoaringBitmap {
        &self.rows
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Selects or deselects an article.
    pub(super) fn toggle(&mut self, id: ArticleId) {
        self.range = None;
        if !self.rows.remove(id.row()) {
            self.rows.insert(id.row());
        }
    }

    /// Starts a range at an article, or ends it.
    pub(super) fn toggle_range(&mut self, from: Option<ArticleId>) {
        self.range = match self.range.take() {
            Some(_) => None,
            None => from.map(|id| (id, self.rows.clone())),
        };
    }

    /// Selects everything between the start of the range and the cursor.
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

    /// Selects all of these; if they are selected already, deselects everything.
    pub(super) fn toggle_all(&mut self, all: RoaringBitmap) {
        if self.rows == all {
            self.clear();
        } else {
            self.rows = all;
            self.range = None;
        }
    }

    /// Selects articles whose files were moved as what they are now.
    pub(super) fn replace(&mut self, moved: &[(ArticleId, ArticleId)]) {
        let range = self.range.as_mut();
        let mut sets: Vec<&mut RoaringBitmap> = vec![&mut self.rows];
        let from = range.map(|(from, before)| {
            sets.push(before);
            from
        });
        for (before, now) in moved {
            for rows in &mut sets {
                if rows.remove(before.row()) {
                    rows.insert(now.row());
                }
            }
        }
        if let Some(from) = from
            && let Some((_, now)) = moved.iter().find(|(before, _)| before == from)
        {
            *from = *now;
        }
    }

    /// Keeps only what has a row selected.
    pub(super) fn keep(&mut self, with_rows: &RoaringBitmap) {
        self.rows &= with_rows;
    }
}
