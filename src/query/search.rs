//! What a query runs on: the articles, what is known about them, and when. `ask` has the
//! operations.

use super::dates::Clock;
use super::error::Cancelled;
use super::index::Index;
use super::marks::Marks;
use super::segment::Origin;
use crate::library::{Articles, Stories};

/// Everything a query runs on. None of it changes meanwhile.
#[derive(Clone, Copy)]
pub struct Search<'a> {
    pub articles: &'a Articles,
    /// May know fewer articles than there are, or none.
    pub index: &'a Index,
    pub marks: &'a Marks,
    pub clock: &'a Clock,
    /// Whether the result is no longer wanted; checked every thousand articles or so.
    pub cancelled: &'a (dyn Fn() -> bool + Sync),
}

impl<'a> Search<'a> {
    /// The stories of the articles, grouped now unless they are known.
    ///
    /// # Errors
    /// If the search is no longer wanted.
    pub fn stories(&self) -> Result<&Stories, Cancelled> {
        self.articles.stories(self.cancelled).ok_or(Cancelled)
    }

    /// What the columns of the index are made from.
    pub(super) fn origin(&self) -> Origin<'a> {
        Origin {
            articles: self.articles,
            clock: self.clock,
        }
    }

    /// Fails if the search is no longer wanted.
    pub(super) fn go_on(&self) -> Result<(), Cancelled> {
        if (self.cancelled)() {
            Err(Cancelled)
        } else {
            Ok(())
        }
    }
}
