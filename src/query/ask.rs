//! What can be asked of a [`Search`]: the one way in for those who look something up. Asking for
//! somebody who waits at a screen is in `answer`.

use roaring::RoaringBitmap;

use super::error::Cancelled;
use super::expr::Query;
use super::facets::{self, Facets, Tally};
use super::found::Found;
use super::search::Search;
use super::{eval, sort};
use crate::library::ArticleId;

impl Search<'_> {
    /// The articles that a query selects; with `body:` those that it may select, see [`Found`].
    ///
    /// # Errors
    /// When it was cancelled; so do all others.
    pub fn find(&self, query: &Query) -> Result<Found, Cancelled> {
        eval::find(self, query)
    }

    /// All articles that a query selects, in its order. Where it asks for bodies, their files are
    /// read.
    pub fn all(&self, query: &Query) -> Result<Vec<ArticleId>, Cancelled> {
        self.sorted(query, &self.selected(query)?)
    }

    /// How many articles a query selects. Where it asks for bodies, their files are read.
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
            let path = self.articles.article(ArticleId::from_row(row)).path();
            if open.decide_file(row, &path) {
                certain.insert(row);
            }
        }
        Ok(certain)
    }

    /// The first `most` of a set of articles in the order of a query.
    pub fn first(
        &self,
        query: &Query,
        set: &RoaringBitmap,
        most: usize,
    ) -> Result<Vec<ArticleId>, Cancelled> {
        sort::sorted(self, query, set, most)
    }

    /// A set of articles in the order of a query.
    pub fn sorted(&self, query: &Query, set: &RoaringBitmap) -> Result<Vec<ArticleId>, Cancelled> {
        sort::sorted(self, query, set, usize::MAX)
    }

    /// The values of every facet under a query, each with its articles counted. `set` is what the
    /// query has found.
    pub fn facets(&self, query: &Query, set: &RoaringBitmap) -> Result<Facets, Cancelled> {
        facets::facets(self, query, set)
    }

    /// The authors of a set of articles, each with its articles counted.
    pub fn authors(&self, set: &RoaringBitmap) -> Vec<Tally<'_>> {
        let authors = self.articles.authors();
        let names = authors
            .numbers()
            .filter_map(|number| Some((authors.name(number), authors.articles(number)?)));
        facets::by_name(names, set)
    }

    /// The tags of a set of articles, each with its articles counted.
    pub fn tags(&self, set: &RoaringBitmap) -> Vec<Tally<'_>> {
        let tags = self.marks.tags.iter();
        facets::by_name(tags.map(|(name, articles)| (name.as_str(), articles)), set)
    }
}
