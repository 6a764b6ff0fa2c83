//! What a [`Search`] can answer: the entry point for every lookup. For somebody waiting at a
//! screen, see `answer`.

use roaring::RoaringBitmap;

use super::error::Cancelled;
use super::expr::Query;
use super::facets::{self, Facets, ValueCount};
use super::found::Found;
use super::search::Search;
use super::{eval, sort};
use crate::library::ArticleId;

impl Search<'_> {
    /// Returns the articles that a query selects; with `body:` also those that it may select, see
    /// [`Found`].
    ///
    /// # Errors
    /// If it is cancelled; the same goes for all others.
    pub fn find(&self, query: &Query) -> Result<Found, Cancelled> {
        eval::find(self, query)
    }

    /// Returns all articles that a query selects, in its order, reading files where it asks for
    /// bodies.
    pub fn all(&self, query: &Query) -> Result<Vec<ArticleId>, Cancelled> {
        self.sorted(query, &self.selected(query)?)
    }

    /// Returns how many articles a query selects, reading files where it asks for bodies.
    pub fn count(&self, query: &Query) -> Result<u64, Cancelled> {
        Ok(self.selected(query)?.len())
    }

    fn selected(&self, query: &Query) -> Result<RoaringBitmap, Cancelled> {
        let Found { mut certain, open } = self.find(query)?;
        let Some(open) = open else {
            return Ok(certain);
        };
        for row in &open.candidates {
            self.go_on()?;
            if open.decide_file(self.articles.article(ArticleId::from_row(row))) {
                certain.insert(row);
            }
        }
        Ok(certain)
    }

    /// Returns the first `most` articles of a set, in the query's order.
    pub fn first(
        &self,
        query: &Query,
        set: &RoaringBitmap,
        most: usize,
    ) -> Result<Vec<ArticleId>, Cancelled> {
        sort::sorted(self, query, set, most)
    }

    /// Returns a set of articles in the query's order.
    pub fn sorted(&self, query: &Query, set: &RoaringBitmap) -> Result<Vec<ArticleId>, Cancelled> {
        sort::sorted(self, query, set, usize::MAX)
    }

    /// Counts the values of every facet under a query. `set` is what the query has found.
    pub fn facets(&self, query: &Query, set: &RoaringBitmap) -> Result<Facets, Cancelled> {
        facets::facets(self, query, set)
    }

    /// Counts the tags in a set of articles.
    pub fn tags(&self, set: &RoaringBitmap) -> Vec<ValueCount<'_>> {
        let tags = self.marks.tags.iter();
        facets::by_name(tags.map(|(name, articles)| (name.as_str(), articles)), set)
    }
}
