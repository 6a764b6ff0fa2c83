//! Possible changes to a front matter, before they are proved.

use std::ops::Range;

use serde_yaml::Value;

/// Bytes that could carry out a wish, and what a parser must find afterwards.
#[derive(Clone, Debug, PartialEq)]
pub struct EditDraft {
    pub range: Range<usize>,
    pub replacement: String,
    /// The path of names that leads to the field.
    pub path: Vec<String>,
    pub put: Put,
}

/// The value of a field afterwards.
#[derive(Clone, Debug, PartialEq)]
pub enum Put {
    Value(Value),
    /// It is gone.
    Nothing,
    /// Whatever the replacement says; all other fields stay.
    AsWritten,
}

/// What to do.
pub enum EditPlan {
    /// Nothing: a parser already finds the value at this path.
    Unchanged(Vec<String>),
    /// Drafts, best first; if there are none, the change is in doubt.
    Drafts(Vec<EditDraft>),
}
