//! Errors of the desk before they are worded for people.

use std::path::Path;

use super::trouble::{DeskError, Trouble};

/// Why work on a desk stopped. SQLite knows no paths, so the desk words the message.
#[derive(Debug)]
pub(super) enum Stop {
    Sqlite(rusqlite::Error),
    /// A row holds something that no desk writes.
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
