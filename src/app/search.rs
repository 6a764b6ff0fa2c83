//! The query in force and what it selects. It is asked outside, over the articles of a moment, and
//! answers come later: only that to the newest request counts. The one query that is answered here
//! is the empty one, as the list of all articles is always at hand.

use jiff::{SignedDuration, Timestamp};
use roaring::RoaringBitmap;

use super::event::Effect;
use super::list::Cursor;
use super::state::{Anchor, Loading, State};
use crate::library::ArticleId;
use crate::query::{Answer, Expr, Extent, Highlights, Query, Wanted};

/// While the library is coming in, it is asked about this often at the most.
const WHILE_LOADING: SignedDuration = SignedDuration::from_secs(2);

/// What is looked for.
#[derive(Debug, Default)]
pub struct Search {
    query: Query,
    /// The query as it is typed.
    text: String,
    /// Where texts that are shown say what is looked for.
    pub highlights: Highlights,
    /// What the query selects, of all articles as they are now; `None` for everything.
    pub(super) matching: Option<RoaringBitmap>,
    /// How far bodies have been looked into: so many, of so many.
    pub bodies: Option<(u64, u64)>,
    /// The number of the newest request.
    generation: u64,
    /// What its answer is for, until all of it is there.
    awaited: Option<Then>,
    /// What to ask once more for, as something has changed since it was asked.
    again: Option<Then>,
    asked: Timestamp,
    /// How often articles that were there before have changed.
    edition: u64,
}

/// What becomes of the list when the answer is there, the strongest last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Then {
    /// The rows stay; which of them belong there is known anew.
    Reconsider,
    /// The rows are others, and the selection stays with its article.
    Relist,
    /// The rows are others, and the first is selected.
    FromTop,
}

/// A query to be asked outside.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    pub generation: u64,
    pub query: Query,
    pub wanted: Wanted,
    /// Another number: what was known of articles from before does not hold any more.
    pub edition: u64,
    pub indexing: Indexing,
}

/// Whether an index is worth its while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Indexing {
    /// Somebody is looking for something.
    Wanted,
    /// Nobody is, or the library is still coming in.
    NotYet,
}

impl Search {
    /// The query in force.
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// The query in force as it is typed; empty for that which selects everything.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether all articles are listed, the newest first.
    pub fn is_empty(&self) -> bool {
        self.query == Query::default()
    }

    /// What was known of articles from before does not hold any more.
    pub(super) fn outdate(&mut self) {
        self.edition += 1;
    }
}

impl State {
    /// Lists what another query selects.
    pub(super) fn look_for(&mut self, query: Query, then: Then) -> Vec<Effect> {
        if query == self.search.query {
            return Vec::new();
        }
        self.search.text = query.to_string();
        self.search.highlights = Highlights::of(&query);
        self.search.query = query;
        if !self.search.is_empty() {
            return self.ask(then);
        }
        let mut effects = self.list_all(then);
        // What was asked before is of no use any more; the facets are to be counted.
        self.search.awaited = None;
        effects.extend(self.ask(Then::Reconsider));
        effects
    }

    /// Narrows a query by what was typed: an order that was typed takes the place of that before.
    pub(super) fn narrowed(query: &Query, typed: Query) -> Query {
        Query {
            expr: Expr::and(query.expr.iter().cloned().chain(typed.expr)),
            sort: if typed.sort.is_empty() {
                query.sort.clone()
            } else {
                typed.sort
            },
        }
    }

    /// Lists everything, which needs no asking.
    pub(super) fn list_all(&mut self, then: Then) -> Vec<Effect> {
        self.search.matching = None;
        let rows = self.order.clone();
        self.show_rows(rows, self.library.articles().rows(), then)
    }

    /// Asks what the query selects, as the person has changed it.
    fn ask(&mut self, then: Then) -> Vec<Effect> {
        let search = &mut self.search;
        let then = search.awaited.max(search.again.take()).max(Some(then));
        search.awaited = then;
        search.generation += 1;
        search.asked = self.now;
        search.bodies = None;
        let is_busy = self.prompt.is_some() || !search.is_empty();
        let indexing = if is_busy && self.loading == Loading::Ready {
            Indexing::Wanted
        } else {
            Indexing::NotYet
        };
        vec![Effect::Search(Request {
            generation: search.generation,
            query: search.query.clone(),
            wanted: if search.is_empty() {
                Wanted::Counts
            } else {
                Wanted::Rows
            },
            edition: search.edition,
            indexing,
        })]
    }

    /// Asks again, as articles or marks have changed. What is being answered is answered first:
    /// else changes that come quickly would keep it from ever being.
    pub(super) fn ask_again(&mut self, then: Then) -> Vec<Effect> {
        let is_early = self.loading == Loading::Growing
            && self.now.duration_since(self.search.asked) < WHILE_LOADING;
        // Counting would wait for what is not in memory yet.
        let is_early = is_early || self.loading == Loading::Restored;
        if self.search.awaited.is_some() || is_early {
            self.search.again = self.search.again.max(Some(then));
            return Vec::new();
        }
        self.ask(then)
    }

    /// Asks what is left to be asked, as time has passed.
    pub(super) fn ask_in_time(&mut self) -> Vec<Effect> {
        match self.search.again {
            Some(then) if self.search.awaited.is_none() => {
                self.search.again = None;
                self.ask_again(then)
            }
            _ => Vec::new(),
        }
    }

    /// An answer, or a part of one, has come.
    pub(super) fn searched(&mut self, generation: u64, answer: Answer) -> Vec<Effect> {
        if generation != self.search.generation {
            return Vec::new();
        }
        let Some(then) = self.search.awaited else {
            return Vec::new();
        };
        if let Some(facets) = answer.facets {
            self.drawer.counted(facets);
            self.arrange_drawer();
        }
        self.search.bodies = match answer.extent {
            Extent::Bodies { looked, of } => Some((looked, of)),
            Extent::FirstRows | Extent::Whole => None,
        };
        let is_selecting = !self.search.is_empty();
        let mut effects = Vec::new();
        // The selected article may be further down than the first rows.
        let is_enough = answer.extent == Extent::Whole || then == Then::FromTop;
        if is_selecting && is_enough {
            self.search.matching = Some(answer.set.clone());
            if then > Then::Reconsider {
                effects = self.show_rows(answer.rows, answer.set, then);
                // Whoever moves meanwhile stays on the article.
                self.search.awaited = Some(Then::Relist);
            }
        }
        if answer.extent == Extent::Whole {
            self.search.awaited = None;
            if self.loading == Loading::Ready {
                effects.extend(self.ask_in_time());
            }
        }
        effects
    }

    /// Shows other rows. The selection stays on its article; if that is not among them, on the
    /// first that came after it and is; without any, at the end.
    fn show_rows(&mut self, rows: Vec<ArticleId>, set: RoaringBitmap, then: Then) -> Vec<Effect> {
        let selected = self.list.current();
        let follows = self.detail.article == selected;
        let before = std::mem::replace(&mut self.list.rows, rows);
        self.list.listed = set;
        match (then, self.anchored, selected) {
            (Then::FromTop, ..) | (_, Anchor::Top, _) | (.., None) => {
                self.list.cursor = Cursor::default();
            }
            (_, Anchor::Article, Some(_)) => {
                let left = before.get(self.list.cursor.at..).unwrap_or_default();
                self.follow(left);
            }
        }
        if follows || self.detail.article.is_none() {
            self.show_current()
        } else {
            Vec::new()
        }
    }

    /// Puts the cursor on the first of some articles that is listed.
    fn follow(&mut self, articles: &[ArticleId]) {
        let stays = articles.iter().find(|id| self.list.contains(**id));
        let rows = &self.list.rows;
        let at = stays.and_then(|id| rows.iter().position(|row| row == id));
        let at = at.unwrap_or(rows.len().saturating_sub(1));
        self.list.cursor.follow(at);
    }
}
