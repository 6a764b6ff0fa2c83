//! What a publication is about to do with a file, as recorded at the desk. Plain data.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::publish::Versions;
use crate::model::{Identity, Mark, Subject};

/// What will happen to an article and its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intent {
    /// The article's subjects, with what was staged for each before.
    pub subjects: Vec<(Subject, Staged)>,
    pub identity: Identity,
    pub path: PathBuf,
    /// Whether the file will say that it is published; `None` if publication is not part of it.
    pub says: Option<bool>,
    /// The fields that will change, with their changes.
    pub edits: BTreeMap<String, EditIntent>,
    /// The file before and after, if it is to be written.
    pub versions: Option<Versions>,
    pub state: State,
}

/// What is staged for an article's file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Staged {
    pub publication: Option<bool>,
    /// By field, as in a mark.
    pub edits: BTreeMap<String, String>,
}

impl From<&Mark> for Staged {
    fn from(mark: &Mark) -> Self {
        Self {
            publication: mark.publication,
            edits: mark.edits.clone(),
        }
    }
}

/// A staged change of a field, as in a mark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditIntent {
    pub asked: String,
    /// What undoes it once it is written; empty if it changes nothing.
    pub back: String,
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
