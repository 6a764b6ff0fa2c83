//! The library coming in, and the list made of it: sorted, filtered, the selection kept by article.

use std::cmp::Reverse;

use super::event::Effect;
use super::geometry::Pane;
use super::list::Cursor;
use super::state::{Anchor, Loading, State};
use crate::format::number;
use crate::library::{ArticleId, ArticleKey, Batch, Library};
use crate::query::{Pick, Require};

/// What `Library::newest_first` says of an article.
type Rank = (Reverse<i64>, ArticleKey);

impl State {
    /// Takes in a part of the library.
    pub(super) fn found(&mut self, generation: u64, batch: Batch) -> Vec<Effect> {
        if generation != self.load_generation {
            return Vec::new();
        }
        match &mut self.loading {
            Loading::Again(library) => {
                library.add(batch);
                Vec::new()
            }
            Loading::Growing | Loading::Ready => {
                let mut new = self.library.add(batch);
                new.sort_unstable_by_key(|id| self.library.newest_first(*id));
                let before = std::mem::take(&mut self.order);
                self.order = merged(&self.library, before, new);
                self.relist()
            }
        }
    }

    /// All of the library has come in.
    pub(super) fn loaded(&mut self, generation: u64) -> Vec<Effect> {
        if generation != self.load_generation {
            return Vec::new();
        }
        match std::mem::replace(&mut self.loading, Loading::Ready) {
            Loading::Again(library) => self.replace_library(*library),
            Loading::Growing | Loading::Ready => {
                self.library.tally();
                self.relate_again();
                Vec::new()
            }
        }
    }

    /// Reads the library again, while the one that is there stays in use.
    pub(super) fn refresh(&mut self) -> Vec<Effect> {
        match &self.loading {
            Loading::Growing => {
                self.notice("The library is still being read.");
                return Vec::new();
            }
            Loading::Again(_) | Loading::Ready => self.loading = Loading::Again(Box::default()),
        }
        self.load_generation += 1;
        vec![Effect::Load {
            generation: self.load_generation,
        }]
    }

    /// Puts another library in place, everything on the screen staying with its article.
    fn replace_library(&mut self, library: Library) -> Vec<Effect> {
        library.tally();
        let listed = self.list.current().map(|id| self.library.newest_first(id));
        let shown = self.detail.article;
        let shown = shown.map(|id| self.library.article(id).key());
        let (before, after) = (self.library.len(), library.len());
        self.library = library;
        self.order = self.library.ids().collect();
        self.order
            .sort_unstable_by_key(|id| self.library.newest_first(*id));
        self.refilter();
        if let Some(before) = listed {
            let now = self.library.by_key(before.1);
            let now = now.map(|id| self.library.newest_first(id));
            self.follow(now.unwrap_or(before));
        }
        let effects = match shown.and_then(|key| self.library.by_key(key)) {
            Some(id) => self.show_again(id),
            None => {
                self.show_nothing();
                self.show_current()
            }
        };
        self.notice(&count_change(before, after));
        effects
    }

    /// Makes the list again after the filter or the library has changed. The selection stays on its
    /// article; if that is not listed any more, on the one that comes after it.
    pub(super) fn relist(&mut self) -> Vec<Effect> {
        let selected = self.list.current();
        let follows = self.detail.article == selected;
        self.refilter();
        match (selected, self.anchored) {
            (Some(id), Anchor::Article) => self.follow(self.library.newest_first(id)),
            (None, _) | (_, Anchor::Top) => self.list.cursor = Cursor::default(),
        }
        if follows || self.detail.article.is_none() {
            self.show_current()
        } else {
            Vec::new()
        }
    }

    /// Puts the cursor of the list on the article with this rank, or on the one after it.
    fn follow(&mut self, rank: Rank) {
        let rows = &self.list.rows;
        let at = rows.partition_point(|id| self.library.newest_first(*id) < rank);
        let at = at.min(rows.len().saturating_sub(1));
        self.list.cursor.follow(at);
    }

    /// The rows that the filter selects, and the counts of the topics beside them.
    fn refilter(&mut self) {
        let selected = self.filter.evaluate(&self.library);
        self.list.rows = match &selected {
            None => self.order.clone(),
            Some(set) => self
                .order
                .iter()
                .copied()
                .filter(|id| set.contains(id.row()))
                .collect(),
        };
        self.list.selected = selected;
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

/// Two sorted runs of articles as one.
fn merged(library: &Library, old: Vec<ArticleId>, new: Vec<ArticleId>) -> Vec<ArticleId> {
    let mut merged = Vec::with_capacity(old.len() + new.len());
    let mut old = old.into_iter().peekable();
    for id in new {
        let rank = library.newest_first(id);
        while let Some(before) = old.next_if(|other| library.newest_first(*other) < rank) {
            merged.push(before);
        }
        merged.push(id);
    }
    merged.extend(old);
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
