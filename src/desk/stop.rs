//! Why work on a desk stopped, before it is said to a person.

use std::path::Path;

use super::trouble::{DeskError, Trouble};

/// Why work on a desk stopped: SQLite knows no paths, so that the sentence is made by the desk.
#[derive(Debug)]
pub(super) enum Stop {
    Sqlite(rusqlite::Error),
    /// A row holds what no desk writes.
    Unreadable(&'static str),
    Desk(DeskError),
}

impl From<rusqlite::Error> for Stop {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl From<DeskError> for Stop {
    fn from(error: DeskError) -> Self {
        Self::Desk(error)
    }
}

impl From<Trouble> for Stop {
    fn from(trouble: Trouble) -> Self {
        Self::Desk(trouble.into())
    }
}

impl Stop {
    pub(super) fn at(self, path: &Path) -> DeskError {
        match self {
            Self::Sqlite(error) => Trouble::from_sqlite(&error, path).into(),
            Self::Unreadable(what) => Trouble::Broken {
                path: path.to_path_buf(),
                what: format!("unreadable {what}"),
            }
            .into(),
            Self::Desk(error) => error,
        }
    }
}
