//! Where a query is asked: the articles, what is known of them, and when. The one way in for those
//! who look something up.

use roaring::RoaringBitmap;

use super::dates::Clock;
use super::expr::Query;
use super::facets::{self, Facets};
use super::found::Found;
use super::index::Index;
use super::marks::Marks;
use super::{eval, sort};
use crate::library::{ArticleId, Articles};

/// A search was no longer wanted, and has stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the search was cancelled")]
pub struct Cancelled;

/// Everything that a query is asked of. Nothing of it changes meanwhile.
#[derive(Clone, Copy)]
pub struct Search<'a> {
    pub articles: &'a Articles,
    /// May know fewer articles than there are, or none.
    pub index: &'a Index,
    pub marks: &'a Marks,
    pub clock: &'a Clock,
    /// Whether the answer is no longer wanted; looked up every thousand articles or so.
    pub cancelled: &'a (dyn Fn() -> bool + Sync),
}

impl Search<'_> {
    /// The articles that a query selects; with `body:` those that it may select, see [`Found`].
    ///
    /// # Errors
    /// When it was cancelled; so do all others.
    pub fn find(&self, query: &Query) -> Result<Found, Cancelled> {
        let all = self.articles.rows();
        match &query.expr {
            None => Ok(Found::certain(all)),
            Some(expr) => Ok(Found::of(eval::verdict(self, expr, &all)?, &all)),
        }
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

    /// Stops a search that is no longer wanted.
    pub(super) fn go_on(&self) -> Result<(), Cancelled> {
        if (self.cancelled)() {
            Err(Cancelled)
        } else {
            Ok(())
        }
    }
}
