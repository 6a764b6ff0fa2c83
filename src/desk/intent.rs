//! What a publication is about to do with a file, as recorded at the desk. Plain data.

use std::path::PathBuf;

use super::publish::Versions;
use crate::model::{Identity, Subject};

/// What will happen to an article and its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intent {
    /// The article's subjects, with what was staged for each before.
    pub subjects: Vec<(Subject, Option<bool>)>,
    pub identity: Identity,
    pub path: PathBuf,
    /// Whether the file will say that it is published.
    pub says: bool,
    /// The file before and after, if it is to be written.
    pub versions: Option<Versions>,
    pub state: State,
}

/// The state of a file in a publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// To be written: soon, or once the reason for its refusal is gone.
    Waits,
    Written,
    /// There was nothing to write.
    SaysSo,
}
