//! Articles whose file was moved or renamed: the library has them in a row of their own, and the list
//! shows the row from before until the next refresh. Here it is known that they are the same.

use std::collections::HashMap;

use roaring::RoaringBitmap;

use crate::library::{ArticleId, ArticleRef, Library};
use crate::model::Moment;

/// Where the articles are whose files have been moved.
#[derive(Debug, Default)]
pub(super) struct MovedArticles {
    now: HashMap<ArticleId, ArticleId>,
}

/// What says that two files hold the same article.
#[derive(PartialEq, Eq, Hash)]
enum Likeness {
    /// Their page.
    Page(u64),
    /// Everything the list shows, if they have no page.
    Words {
        title: String,
        excerpt: String,
        date: Option<Moment>,
    },
}

impl Likeness {
    fn of(article: ArticleRef<'_>) -> Self {
        match article.pages().first() {
            Some(page) => Self::Page(*page),
            None => Self::Words {
                title: article.title().to_owned(),
                excerpt: article.excerpt().into_owned(),
                date: article.published_at(),
            },
        }
    }
}

impl MovedArticles {
    /// Finds out which of the articles that are gone are among the new ones, and returns them with
    /// what they are now.
    pub(super) fn note(
        &mut self,
        gone: &RoaringBitmap,
        new: &[ArticleId],
        library: &Library,
    ) -> Vec<(ArticleId, ArticleId)> {
        if gone.is_empty() || new.is_empty() {
            return Vec::new();
        }
        let likeness = |id: ArticleId| Likeness::of(library.article(id));
        let gone = gone.iter().map(ArticleId::from_row);
        let mut gone: HashMap<Likeness, ArticleId> = gone.map(|id| (likeness(id), id)).collect();
        let found = new
            .iter()
            .filter_map(|id| Some((gone.remove(&likeness(*id))?, *id)));
        let found: Vec<(ArticleId, ArticleId)> = found.collect();
        self.now.extend(found.iter().copied());
        found
    }

    /// The article that a row is about now; `None` if its file is gone.
    pub(super) fn now(&self, id: ArticleId, library: &Library) -> Option<ArticleId> {
        let mut now = id;
        // Each step leads to a row that came later, but a file may also go back to where it was.
        for _ in 0..=self.now.len() {
            if !library.is_gone(now) {
                return Some(now);
            }
            now = *self.now.get(&now)?;
        }
        None
    }
}
