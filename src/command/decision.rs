//! Decisions on articles as a line names them. What each does to a mark is up to the app.

use crate::format::edit::Asking;

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    Done(bool),
    Read(bool),
    Starred(bool),
    Rejected,
    Unhandled,
    /// Stage publishing, or unpublishing.
    Publish(bool),
    /// Until when, as typed; `None`: no longer.
    Later(Option<String>),
    /// A tag to add, or with a `-` to remove.
    Tag(String),
    Note(String),
    /// Stage a change of a field in the file.
    Field(String, Vec<Asking>),
}
