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
        let Found { mut certain, open } = self.find(query)?;
        if let Some(open) = open {
            let holds = |row: &u32| {
                let path = self.articles.article(ArticleId::from_row(*row)).path();
                open.decide_file(*row, &path)
            };
            certain.extend(open.candidates.iter().filter(holds));
        }
        self.sorted(query, &certain)
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

    /// The tags of a set of articles, each with its articles counted.
    pub fn tags(&self, set: &RoaringBitmap) -> Vec<Tally<'_>> {
        let tags = self.marks.tags.iter();
        facets::by_name(tags.map(|(name, articles)| (name.as_str(), articles)), set)
    }
}
