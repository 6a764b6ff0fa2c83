//! Why a field of a file is not changed, worded to follow its path.

use thiserror::Error;

use crate::format::flaw::Flaw;

/// Why a field in a file is not changed, with the line and what to do about it.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum EditRefusal {
    #[error("it has no front matter; start it with one, between two lines with ---")]
    NoFrontMatter,
    #[error(
        "line 1: the front matter begins here and never ends; add a line with --- after its last field"
    )]
    Unclosed,
    #[error(
        "line {line}: the front matter contains bytes that are not UTF-8; save the file as UTF-8"
    )]
    NotUtf8 { line: u32 },
    #[error("line {line}: a merge conflict; resolve it first")]
    Conflict { line: u32 },
    /// The front matter does not parse.
    #[error("{0}")]
    Broken(String),
    #[error("the front matter is not a list of fields; write each as key: value")]
    NoFields,
    #[error("line {line}: {key} is {found}; only a plain true or false is changed: write one")]
    NotBoolean {
        line: u32,
        key: String,
        found: String,
    },
    #[error("line {line}: {key} is {found}, not a single value; change it by hand")]
    NotSingle {
        line: u32,
        key: String,
        found: String,
    },
    #[error("line {line}: {key} is {found}, not a list of words; change it by hand")]
    NotAList {
        line: u32,
        key: String,
        found: String,
    },
    #[error(
        "line {line}: {key} is one text, and parsers disagree on where its parts end; write it as \
         a list"
    )]
    Ambiguous { line: u32, key: String },
    #[error("line {line}: {key} appears twice; delete one")]
    Twice { line: u32, key: String },
    #[error("{key} has changed since it was edited; change it back by hand")]
    ChangedSince { key: String },
    #[error("there is no {parent} to put {key} in; add it by hand")]
    NoParent { parent: String, key: String },
    #[error(
        "line {line}: fields are merged in with <<, and parsers disagree on what counts then; \
         write them out"
    )]
    Merged { line: u32 },
    /// The two parsers disagree, or the edit would change more than it should.
    #[error("{key} cannot be changed safely here; change it by hand")]
    Unsure { key: String },
}

impl From<Flaw> for EditRefusal {
    fn from(flaw: Flaw) -> Self {
        let place = flaw.place.map(|place| format!("line {}: ", place.line));
        let hint = flaw.hint.map(|hint| format!("; {hint}"));
        Self::Broken(format!(
            "{}{}{}",
            place.unwrap_or_default(),
            flaw.reason,
            hint.unwrap_or_default()
        ))
    }
}
