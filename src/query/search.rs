//! Where a query is asked: the articles, what is known of them, and when. What can be asked there is
//! in `ask`.

use super::dates::Clock;
use super::error::Cancelled;
use super::index::Index;
use super::marks::Marks;
use crate::library::Articles;

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
    /// Stops a search that is no longer wanted.
    pub(super) fn go_on(&self) -> Result<(), Cancelled> {
        if (self.cancelled)() {
            Err(Cancelled)
        } else {
            Ok(())
        }
    }
}
