//! What a publication is about to do with a file, as it is noted at the desk. Plain data.

use std::path::PathBuf;

use super::publish::Versions;
use crate::model::{Identity, Subject};

/// What is to become of an article and its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intent {
    /// The names that the journal has for the article, with what waited for each before.
    pub subjects: Vec<(Subject, Option<bool>)>,
    pub identity: Identity,
    pub path: PathBuf,
    /// Whether the file is to say that it is published.
    pub says: bool,
    /// The file before and after, where it is to be written.
    pub versions: Option<Versions>,
    pub state: State,
}

/// How far it is with a file of a publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is to be written: soon, or when what it was refused for is mended.
    Waits,
    Written,
    /// There was nothing to write.
    SaysSo,
}
