//! What tells the decisions of one opened desk from those that others make at the same file.

use crate::model::Origin;

/// What is this opened desk's own, as against what others do with the same file meanwhile.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scope {
    pub(super) origin: Origin,
    /// The number of the last transaction when it was opened.
    pub(super) opened_after: i64,
}
