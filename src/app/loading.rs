//! The library coming in, and the list made of it: sorted, filtered, the selection kept by article.

use jiff::SignedDuration;
use roaring::RoaringBitmap;

use super::event::Effect;
use super::geometry::Pane;
use super::list::Cursor;
use super::state::{Anchor, Loading, State, Unkept};
use crate::format::number;
use crate::library::{ArticleId, Batch, Library, Source};
use crate::query::{Pick, Require};

/// How often the library is kept for the next run while it changes.
const KEEP_EVERY: SignedDuration = SignedDuration::from_mins(5);
/// After so long without a key the reader counts as idle.
const IDLE: SignedDuration = SignedDuration::from_secs(3);

impl State {
    /// Takes in files that are new, changed or gone. The list shows them at once while the library
    /// is coming in, and when nobody can be disturbed; else at the next refresh.
    pub(super) fn found(&mut self, batch: Batch) -> Vec<Effect> {
        let taken = self.library.take_in(batch);
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
                self.reconsider();
                Vec::new()
            }
        };
        if reread && let Some(id) = shown {
            effects.extend(self.show_again(id));
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
                self.keep().into_iter().collect()
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
        self.loading = Loading::Restored;
        self.relist()
    }

    /// All that was restored can be looked at now without waiting for a disk.
    pub(super) fn restored_whole(&mut self) -> Vec<Effect> {
        self.loading = Loading::Checking;
        self.relate_again();
        Vec::new()
    }

    /// Forgets what was restored: it cannot be relied on.
    pub(super) fn restored_damaged(&mut self) -> Vec<Effect> {
        self.library = Library::default();
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

    /// Makes the list again after the filter or the library has changed. The selection stays on its
    /// article; if that is not listed any more, on the one that comes after it.
    pub(super) fn relist(&mut self) -> Vec<Effect> {
        let selected = self.list.current();
        let follows = self.detail.article == selected;
        self.sort_in();
        self.refilter();
        match (selected, self.anchored) {
            (Some(id), Anchor::Article) => self.follow(id),
            (None, _) | (_, Anchor::Top) => self.list.cursor = Cursor::default(),
        }
        if follows || self.detail.article.is_none() {
            self.show_current()
        } else {
            Vec::new()
        }
    }

    /// Puts the cursor of the list on an article, or on the one after its place.
    fn follow(&mut self, id: ArticleId) {
        let rank = self.library.newest_first(id);
        let rows = &self.list.rows;
        let at = rows.partition_point(|row| self.library.newest_first(*row) < rank);
        let at = at.min(rows.len().saturating_sub(1));
        self.list.cursor.follow(at);
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

    /// The rows that the filter selects, and the counts of the topics beside them.
    fn refilter(&mut self) {
        self.reconsider();
        self.list.rows = match &self.matching {
            None => self.order.clone(),
            Some(set) => self
                .order
                .iter()
                .copied()
                .filter(|id| set.contains(id.row()))
                .collect(),
        };
        self.list.listed = match &self.matching {
            None => self.library.articles().rows(),
            Some(set) => set.clone(),
        };
    }

    /// What the filter selects now, while the rows stay.
    fn reconsider(&mut self) {
        self.matching = self.filter.evaluate(&self.library);
        self.recount_topics();
    }

    pub(super) fn pick_topic(&mut self, pick: Pick) -> Vec<Effect> {
        let Some(name) = self.topics.current().map(|row| row.name.clone()) else {
            return Vec::new();
        };
        self.filter.toggle(&name, pick);
        self.relist()
    }

    pub(super) fn only_topic(&mut self) -> Vec<Effect> {
        let Some(name) = self.topics.current().map(|row| row.name.clone()) else {
            return Vec::new();
        };
        self.filter.only(&name);
        self.focus = Pane::List;
        self.relist()
    }

    pub(super) fn any_or_all(&mut self) -> Vec<Effect> {
        self.filter.toggle_require();
        self.notice(match self.filter.require() {
            Require::Any => "Articles need any of the included topics.",
            Require::All => "Articles need all of the included topics.",
        });
        self.relist()
    }

    /// Forgets what is filtered; with nothing filtered, goes to the list.
    pub(super) fn clear_topics(&mut self) -> Vec<Effect> {
        if self.filter.is_empty() {
            self.focus = Pane::List;
            return Vec::new();
        }
        self.filter.clear();
        self.relist()
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
