//! Running the query in force and taking its results. It runs outside on a snapshot of the
//! articles, and results arrive later. Only the empty query is not run, since the order of all
//! articles is always at hand.

use std::time::Duration;

use roaring::RoaringBitmap;

use super::catalog::{Catalog, Loading};
use super::context::Cx;
use super::effect::{AppRequest, Indexing, SearchRequest};
use super::overlays::msg::{ListUpdate, Msg};
use crate::library::ArticleId;
use crate::query::{AnswerExtent, AnswerKind, Facets, PartialAnswer};

/// How often, at most, to search again while the library is loading.
const WHILE_LOADING: Duration = Duration::from_secs(2);
/// How often to search again for a query that changes with time (`12h`, `today`, `is:scheduled`).
const WHILE_TIME_PASSES: Duration = Duration::from_secs(60);

/// The state of the search.
#[derive(Debug, Default)]
pub struct SearchState {
    /// What the query selects among all current articles; `None` for everything.
    matching: Option<RoaringBitmap>,
    texts: Option<TextProgress>,
    /// What the pending results are for, until they are complete.
    awaited: Option<ListUpdate>,
    /// What to search again for, because something has changed since.
    again: Option<ListUpdate>,
    /// When the last search was requested, counted from the start of the program.
    asked: Option<Duration>,
    /// Whether the facet counts change as time passes.
    counts_move: bool,
}

/// How far a search in texts is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextProgress {
    Searching {
        looked: u64,
        of: u64,
    },
    /// A person has ended it: what was found stays until the query changes or is refreshed.
    Stopped {
        looked: u64,
        of: u64,
    },
}

/// What a set of results brings.
#[derive(Debug, Default)]
pub struct NewResults {
    pub facets: Option<Facets>,
    /// New rows for the list, also as a set.
    pub rows: Option<(Vec<ArticleId>, RoaringBitmap, ListUpdate)>,
}

impl SearchState {
    /// How far the search in texts is; `None` if the query has none, or it is complete.
    pub fn texts(&self) -> Option<TextProgress> {
        self.texts
    }

    /// Whether results are awaited, now or once it is time to ask.
    pub(super) fn is_awaited(&self) -> bool {
        self.awaited.is_some() || self.again.is_some()
    }

    /// Whether it is known what a query selects.
    pub(super) fn is_answered(&self) -> bool {
        self.matching.is_some()
    }

    /// When the last search was requested, counted from the start of the program.
    pub fn asked(&self) -> Option<Duration> {
        self.asked
    }

    /// Whether the last search was requested less than `span` ago.
    fn is_newer_than(&self, span: Duration, cx: Cx<'_>) -> bool {
        let asked = self.asked;
        asked.is_some_and(|at| cx.env.uptime.saturating_sub(at) < span)
    }

    /// Ends the running search in texts and keeps what it has found. Returns how many texts it has
    /// looked at, and of how many; `None` if none is running.
    pub(super) fn stop(&mut self) -> Option<(u64, u64)> {
        let Some(TextProgress::Searching { looked, of }) = self.texts else {
            return None;
        };
        self.texts = Some(TextProgress::Stopped { looked, of });
        self.awaited = None;
        self.again = None;
        Some((looked, of))
    }

    /// Lets a search that was ended run again.
    pub(super) fn resume(&mut self) {
        if let Some(TextProgress::Stopped { .. }) = self.texts {
            self.texts = None;
        }
    }

    /// Whether the query selects an article.
    pub fn selects(&self, id: ArticleId) -> bool {
        let matching = self.matching.as_ref();
        matching.is_none_or(|set| set.contains(id.row()))
    }

    /// The articles that the query selects, of those whose file exists.
    pub fn selected(&self, catalog: &Catalog) -> RoaringBitmap {
        let all = catalog.library().articles().rows();
        match &self.matching {
            Some(matching) => all & matching,
            None => all,
        }
    }

    /// Everything is listed.
    pub(super) fn select_all(&mut self) {
        self.matching = None;
    }

    /// When the wait began for another list that starts at its top; `None` once its first rows are
    /// here.
    pub fn turning_since(&self) -> Option<Duration> {
        let asked = self.asked?;
        (self.awaited == Some(ListUpdate::FromTop)).then_some(asked)
    }

    /// Drops pending results, which are no longer of use.
    pub(super) fn drop_answer(&mut self) {
        self.awaited = None;
    }

    /// Searches, because a person has changed the query.
    pub(super) fn ask(&mut self, update: ListUpdate, indexing: Indexing, cx: Cx<'_>) -> Msg {
        self.awaited = self.awaited.max(self.again.take()).max(Some(update));
        self.asked = Some(cx.env.uptime);
        self.texts = None;
        Msg::Ask(AppRequest::Search(SearchRequest {
            query: cx.in_force.query().clone(),
            wanted: if cx.in_force.is_empty() {
                AnswerKind::Counts
            } else {
                AnswerKind::Rows
            },
            edition: cx.catalog.edition(),
            indexing,
        }))
    }

    /// Searches again, because articles or marks have changed. A running search finishes first:
    /// otherwise frequent changes would keep it from ever finishing.
    pub(super) fn ask_again(
        &mut self,
        update: ListUpdate,
        indexing: Indexing,
        cx: Cx<'_>,
    ) -> Option<Msg> {
        if let Some(TextProgress::Stopped { .. }) = self.texts {
            return None;
        }
        let loading = cx.catalog.loading();
        let is_early = loading == Loading::Growing && self.is_newer_than(WHILE_LOADING, cx);
        // Counting would wait for what is not in memory yet.
        let is_early = is_early || loading == Loading::Restored;
        if self.awaited.is_some() || is_early {
            self.again = self.again.max(Some(update));
            return None;
        }
        Some(self.ask(update, indexing, cx))
    }

    /// Searches again if something is due as time has passed.
    pub(super) fn ask_in_time(&mut self, indexing: Indexing, cx: Cx<'_>) -> Option<Msg> {
        if self.awaited.is_some() {
            return None;
        }
        let has_moved = (cx.in_force.query().is_moving() || self.counts_move)
            && !self.is_newer_than(WHILE_TIME_PASSES, cx);
        let update = self
            .again
            .take()
            .or(has_moved.then_some(ListUpdate::Reconsider))?;
        self.ask_again(update, indexing, cx)
    }

    /// Takes results, or part of them.
    pub(super) fn take(&mut self, answer: PartialAnswer, cx: Cx<'_>) -> NewResults {
        let Some(update) = self.awaited else {
            return NewResults::default();
        };
        if let Some(facets) = &answer.facets {
            self.counts_move = facets.is_moving();
        }
        let mut found = NewResults {
            facets: answer.facets,
            rows: None,
        };
        self.texts = match answer.extent {
            AnswerExtent::Bodies { looked, of } => Some(TextProgress::Searching { looked, of }),
            AnswerExtent::FirstRows | AnswerExtent::Whole => None,
        };
        let is_selecting = !cx.in_force.is_empty();
        // The selected article may be further down than the first rows.
        let is_enough = answer.extent == AnswerExtent::Whole || update == ListUpdate::FromTop;
        if is_selecting && is_enough {
            self.matching = Some(answer.set.clone());
            if update > ListUpdate::Reconsider {
                found.rows = Some((answer.rows, answer.set, update));
                // If somebody moves meanwhile, the cursor stays on the article.
                self.awaited = Some(ListUpdate::Relist);
            }
        }
        if answer.extent == AnswerExtent::Whole {
            self.awaited = None;
        }
        found
    }
}
