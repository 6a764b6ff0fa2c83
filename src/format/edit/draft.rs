//! What could be done to a front matter, before it is proved. Not for how it is found.

use std::ops::Range;

use serde_yaml::Value;

/// Bytes of the front matter that could carry a wish out, and what a reader must find then.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    pub range: Range<usize>,
    pub replacement: String,
    /// The names that lead to the field.
    pub path: Vec<String>,
    pub put: Put,
}

/// What a field says afterwards.
#[derive(Clone, Debug, PartialEq)]
pub enum Put {
    Value(Value),
    /// It is not there.
    Nothing,
}

/// What is to be done.
pub enum Plan {
    /// Nothing: a reader finds this under these names.
    Unchanged(Vec<String>),
    /// The best draft first; without one there is a doubt.
    Drafts(Vec<Draft>),
}
