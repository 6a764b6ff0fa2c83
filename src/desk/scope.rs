//! What distinguishes the decisions of this opened desk from those that others make in the same
//! file.

use crate::model::TransactionOrigin;

/// What belongs to this opened desk, as opposed to what others do in the same file meanwhile.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scope {
    pub(super) origin: TransactionOrigin,
    /// The number of the last transaction when it was opened.
    pub(super) opened_after: i64,
}
