//! The library coming in, and the list made of it: sorted, filtered, the selection kept by article.

use jiff::SignedDuration;
use roaring::RoaringBitmap;

use super::event::Effect;
use super::geometry::Pane;
use super::list::Cursor;
use super::search::Then;
use super::state::{Anchor, Loading, State, Unkept};
use crate::format::number;
use crate::library::{ArticleId, Batch, Library, Source};

/// How often the library is kept for the next run while it changes.
const KEEP_EVERY: SignedDuration = SignedDuration::from_mins(5);
/// After so long without a key the reader counts as idle.
const IDLE: SignedDuration = SignedDuration::from_secs(3);

impl State {
    /// Takes in files that are new, changed or gone. The list shows them at once while the library
    /// is coming in, and when nobody can be disturbed; else at the next refresh.
    pub(super) fn found(&mut self, batch: Batch) -> Vec<Effect> {
        let taken = self.library.take_in(batch);
        if !(taken.changed.is_empty() && taken.gone.is_empty()) {
            self.search.outdate();
        }
        self.unkept.changes += 1;
        let shown = self.detail.article;
        let is_shown = |ids: &[ArticleId]| shown.is_some_and(|id| ids.contains(&id));
        let reread = is_shown(&taken.changed) || is_shown(&taken.rewritten);
        if is_shown(&taken.gone) {
            self.notice("The file of this article is gone.");
        }
        self.unlisted.new.extend(taken.new);
        self.unlisted.changed.extend(taken.changed);
        self.unlisted.gone += taken.gone.len();
        let mut effects = match self.loading {
            Loading::Growing => self.relist(),
            Loading::Restored | Loading::Checking if self.anchored == Anchor::Top => self.relist(),
            Loading::Again(_) => Vec::new(),
            Loading::Ready if self.is_idle_at_the_top() => self.relist(),
            Loading::Restored | Loading::Checking | Loading::Ready => {
                self.ask_again(Then::Reconsider)
            }
        };
        if reread && let Some(id) = shown {
            effects.extend(self.show_again(id));
        }
        if !matches!(self.loading, Loading::Growing | Loading::Restored) {
            effects.push(Effect::Follow);
        }
        effects
    }

    /// Nobody has moved away from the top of the list, nor pressed a key just now.
    fn is_idle_at_the_top(&self) -> bool {
        self.list.cursor == Cursor::default()
            && self.reading_pane() == Pane::List
            && self.overlay.is_none()
            && self.now.duration_since(self.touched) >= IDLE
    }

    /// All of the library has been looked at.
    pub(super) fn loaded(&mut self) -> Vec<Effect> {
        self.library.tally();
        let before = std::mem::replace(&mut self.loading, Loading::Ready);
        if before != Loading::Ready {
            self.relate_again();
        }
        match before {
            Loading::Growing | Loading::Restored | Loading::Checking => {
                let mut effects = self.ask_in_time();
                effects.push(Effect::Follow);
                effects.extend(self.keep());
                effects
            }
            Loading::Again(articles) => {
                self.notice(&count_change(articles, self.library.len()));
                self.relist()
            }
            Loading::Ready => Vec::new(),
        }
    }

    /// Shows the library as it was when it was kept.
    pub(super) fn restored(&mut self, library: Library) -> Vec<Effect> {
        self.order = library.ids().collect();
        self.library = library;
        self.search.outdate();
        self.loading = Loading::Restored;
        self.relist()
    }

    /// All that was restored can be looked at now without waiting for a disk.
    pub(super) fn restored_whole(&mut self) -> Vec<Effect> {
        self.loading = Loading::Checking;
        self.relate_again();
        let mut effects = self.ask_in_time();
        effects.push(Effect::Follow);
        effects
    }

    /// Forgets what was restored: it cannot be relied on.
    pub(super) fn restored_damaged(&mut self) -> Vec<Effect> {
        self.library = Library::default();
        self.search.outdate();
        self.forget_marks();
        self.order = Vec::new();
        self.list.rows = Vec::new();
        self.loading = Loading::Growing;
        self.anchored = Anchor::Top;
        self.show_nothing();
        self.relist()
    }

    /// Has the library kept for the next run if there is anything new to keep. The sample library
    /// is always at hand.
    fn keep(&mut self) -> Option<Effect> {
        if self.unkept.changes == 0 || self.source == Source::Sample {
            return None;
        }
        self.unkept = Unkept {
            changes: 0,
            since: self.now,
        };
        Some(Effect::Keep)
    }

    /// The same, but never while it is coming in, and not every time that a file changes.
    pub(super) fn keep_now_and_then(&mut self) -> Vec<Effect> {
        let is_time = self.now.duration_since(self.unkept.since) >= KEEP_EVERY;
        if self.loading == Loading::Ready && is_time {
            self.keep().into_iter().collect()
        } else {
            Vec::new()
        }
    }

    /// Shows what has changed, and has all of the library looked at again.
    pub(super) fn refresh(&mut self) -> Vec<Effect> {
        if self.loading == Loading::Growing {
            self.notice("The library is still being read.");
            return Vec::new();
        }
        let listed = self.library.len() - self.unlisted.new.len();
        let mut effects = self.relist();
        if self.loading == Loading::Ready {
            self.loading = Loading::Again(listed);
            self.loading_since = self.now;
            effects.push(Effect::Look);
        }
        effects
    }

    /// Makes the list again after the library has changed. The selection stays on its article; if
    /// that is not listed any more, on the one that comes after it.
    pub(super) fn relist(&mut self) -> Vec<Effect> {
        self.sort_in();
        if !self.search.is_empty() {
            return self.ask_again(Then::Relist);
        }
        let mut effects = self.list_all(Then::Relist);
        effects.extend(self.ask_again(Then::Reconsider));
        effects
    }

    /// Puts what has changed in its place in the order of all articles.
    fn sort_in(&mut self) {
        let unlisted = std::mem::take(&mut self.unlisted);
        if unlisted.gone > 0 || !unlisted.changed.is_empty() {
            let moved: RoaringBitmap = unlisted.changed.iter().map(|id| id.row()).collect();
            self.order
                .retain(|id| !moved.contains(id.row()) && !self.library.is_gone(*id));
        }
        let mut new: Vec<ArticleId> = unlisted.new;
        new.extend(unlisted.changed);
        new.retain(|id| !self.library.is_gone(*id));
        new.sort_unstable_by_key(|id| self.library.newest_first(*id));
        new.dedup();
        let before = std::mem::take(&mut self.order);
        self.order = merged(&self.library, before, new);
    }
}

/// Two sorted runs of articles as one. Where few are new, few of the old are looked at.
fn merged(library: &Library, old: Vec<ArticleId>, new: Vec<ArticleId>) -> Vec<ArticleId> {
    if new.is_empty() {
        return old;
    }
    let mut merged = Vec::with_capacity(old.len() + new.len());
    let mut old = old.as_slice();
    for id in new {
        let rank = library.newest_first(id);
        let before = old.partition_point(|other| library.newest_first(*other) < rank);
        merged.extend_from_slice(&old[..before]);
        merged.push(id);
        old = &old[before..];
    }
    merged.extend_from_slice(old);
    merged
}

fn count_change(before: usize, after: usize) -> String {
    let articles = number::grouped(after as i64);
    match after.cmp(&before) {
        std::cmp::Ordering::Equal => format!("Read again: {articles} articles."),
        std::cmp::Ordering::Greater => {
            format!("Read again: {articles} articles, {} more.", after - before)
        }
        std::cmp::Ordering::Less => {
            format!("Read again: {articles} articles, {} fewer.", before - after)
        }
    }
}

#[cfg(test)]
mod tests;
