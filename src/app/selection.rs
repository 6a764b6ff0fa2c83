//! Articles selected in the list, for a decision on all of them at once.

use roaring::RoaringBitmap;

use super::deciding::articles;
use super::state::State;
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

    /// Whether moving selects.
    pub fn is_ranging(&self) -> bool {
        self.range.is_some()
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }
}

impl State {
    /// Selects the article under the cursor, or no longer, and goes on.
    pub(super) fn select_one(&mut self) -> Vec<super::event::Effect> {
        let Some(id) = self.list.current() else {
            return Vec::new();
        };
        self.selection.range = None;
        if !self.selection.rows.remove(id.row()) {
            self.selection.rows.insert(id.row());
        }
        if self.list.cursor.at + 1 < self.list.rows.len() {
            return self.go_in_list(super::list::Move::Down(1));
        }
        Vec::new()
    }

    /// Begins to select all that the cursor passes, or ends that.
    pub(super) fn select_range(&mut self) {
        if self.selection.range.take().is_some() {
            return;
        }
        if let Some(id) = self.list.current() {
            self.selection.range = Some((id, self.selection.rows.clone()));
            self.extend_range();
        }
    }

    /// Selects all between the beginning of the range and the cursor.
    pub(super) fn extend_range(&mut self) {
        let Some((from, before)) = &self.selection.range else {
            return;
        };
        let (at, rows) = (self.list.cursor.at, &self.list.rows);
        let from = rows.iter().position(|id| id == from).unwrap_or(at);
        let passed = rows.get(from.min(at)..=from.max(at)).unwrap_or_default();
        let mut rows = before.clone();
        rows.extend(passed.iter().map(|id| id.row()));
        self.selection.rows = rows;
    }

    /// Selects all that is listed; once more: nothing.
    pub(super) fn select_all(&mut self) {
        let all: RoaringBitmap = self.list.rows.iter().map(|id| id.row()).collect();
        if self.selection.rows == all {
            self.selection.clear();
        } else {
            self.selection.rows = all;
            self.selection.range = None;
            let said = format!("{} selected.", articles(self.selection.len()));
            self.notice(&said);
        }
    }

    /// Keeps selected only what is listed.
    pub(super) fn settle_selection(&mut self) {
        self.extend_range();
        if !self.selection.is_empty() {
            self.selection.rows &= &self.list.listed;
        }
    }
}
