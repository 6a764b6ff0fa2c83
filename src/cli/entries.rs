//! The entries of articles, reading no more for each than what is printed needs.

use super::ask::Marks;
use super::entry::{self, Entry};
use super::fields::{Field, Origin};
use crate::desk::Decided;
use crate::library::ArticleRef;
use crate::model::Mark;

/// Where the values to print come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// What the list knows is enough.
    List,
    /// The files, and the marks.
    Files,
    /// The marks, besides what the list knows.
    Marks,
}

impl Wanted {
    /// What these fields need; if there are none, `otherwise`.
    pub fn new(fields: &[Field], otherwise: Self) -> Self {
        let has = |origin| fields.iter().any(|it| it.origin() == origin);
        if fields.is_empty() {
            otherwise
        } else if has(Origin::File) {
            Self::Files
        } else if has(Origin::Desk) {
            Self::Marks
        } else {
            Self::List
        }
    }

    pub fn marks(self) -> Marks {
        match self {
            Self::List => Marks::IfAskedFor,
            Self::Files | Self::Marks => Marks::Always,
        }
    }

    /// Returns an article's entry. If its file can no longer be read, that is what the list knows,
    /// and `lost` gets a message.
    pub fn of_article(
        self,
        article: ArticleRef<'_>,
        marks: &Decided,
        lost: &mut Vec<String>,
    ) -> Entry {
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
