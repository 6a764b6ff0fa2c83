//! The entries of articles, reading no more for each than what is printed needs.

use super::ask::MarksNeeded;
use super::entry::{self, ArticleFields};
use super::fields::{FieldOrigin, OutputField};
use crate::desk::Decided;
use crate::library::ArticleRef;
use crate::model::Mark;

/// Where the values to print come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldsFrom {
    /// What the list knows is enough.
    List,
    /// The files, and the marks.
    Files,
    /// The marks, besides what the list knows.
    Marks,
}

impl FieldsFrom {
    /// What these fields need; if there are none, `otherwise`.
    pub fn new(fields: &[OutputField], otherwise: Self) -> Self {
        let has = |origin| fields.iter().any(|it| it.origin() == origin);
        if fields.is_empty() {
            otherwise
        } else if has(FieldOrigin::File) {
            Self::Files
        } else if has(FieldOrigin::Desk) {
            Self::Marks
        } else {
            Self::List
        }
    }

    pub fn marks(self) -> MarksNeeded {
        match self {
            Self::List => MarksNeeded::IfAskedFor,
            Self::Files | Self::Marks => MarksNeeded::Always,
        }
    }

    /// Returns an article's entry. If its file can no longer be read, that is what the list knows,
    /// and `lost` gets a message.
    pub fn of_article(
        self,
        article: ArticleRef<'_>,
        marks: &Decided,
        lost: &mut Vec<String>,
    ) -> ArticleFields {
        let untouched = Mark::default();
        let mark = marks.get(&article.id()).unwrap_or(&untouched);
        let mut entry = match self {
            Self::List => return entry::listed(article),
            Self::Marks => entry::listed(article),
            Self::Files => match entry::whole(article) {
                Ok(entry) => entry,
                Err(error) => {
                    lost.push(format!("{}: {error}", article.path().display()));
                    entry::listed(article)
                }
            },
        };
        entry.insert(entry::MARKS.to_owned(), entry::marks(mark));
        entry
    }
}
