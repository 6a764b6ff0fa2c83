//! Articles whose file was moved or renamed: the library has them in a row of their own, and the list
//! shows the row from before until the next refresh. Here it is known that they are the same.

use std::collections::HashMap;

use roaring::RoaringBitmap;

use crate::library::{Applied, ArticleId, ArticleRef, Library};
use crate::model::Moment;

/// Where the articles are whose files have been moved.
#[derive(Debug, Default)]
pub(super) struct MovedArticles {
    now: HashMap<ArticleId, ArticleId>,
    /// What is gone, and what is new, since the list was made: a file may go before it comes back under
    /// another name, or after.
    gone: HashMap<Likeness, ArticleId>,
    new: HashMap<Likeness, ArticleId>,
}

/// What says that two files hold the same article.
#[derive(Debug, PartialEq, Eq, Hash)]
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
                title: article.title().into_owned(),
                excerpt: article.excerpt().into_owned(),
                date: article.published_at(),
            },
        }
    }
}

impl MovedArticles {
    /// Finds out which articles that are gone have come back in another file, and returns them with what
    /// they are now. `listed` are the rows of the list whose file is gone.
    pub(super) fn note(
        &mut self,
        taken: &Applied,
        listed: &RoaringBitmap,
        library: &Library,
    ) -> Vec<(ArticleId, ArticleId)> {
        let likeness = |id: ArticleId| Likeness::of(library.article(id));
        let mut found = Vec::new();
        for gone in taken.gone.iter().filter(|id| listed.contains(id.row())) {
            match self.new.remove(&likeness(*gone)) {
                Some(new) => found.push((*gone, new)),
                None => drop(self.gone.insert(likeness(*gone), *gone)),
            }
        }
        for new in &taken.new {
            match self.gone.remove(&likeness(*new)) {
                Some(gone) => found.push((gone, *new)),
                None => drop(self.new.insert(likeness(*new), *new)),
            }
        }
        // Since then one may have come back where it was, and another gone for good.
        found.retain(|(gone, new)| listed.contains(gone.row()) && !library.is_gone(*new));
        self.now.extend(found.iter().copied());
        found
    }

    /// The list has been made again.
    pub(super) fn list(&mut self) {
        self.gone.clear();
        self.new.clear();
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
