//! The articles by themselves: the rows and the names they refer to. Not what finds an article by
//! its key or page, nor what was wrong with files: `Library` has that.

use std::cmp::Reverse;
use std::sync::Arc;

use super::article::ArticleRef;
use super::batch::{Folder, Found};
use super::columns::{Columns, Numbers};
use super::facet::Facet;
use super::{ArticleId, ArticleKey};

/// All articles of a library at one moment. A clone shares everything with what it was cloned from,
/// and what one of them changes afterwards the other does not see.
#[derive(Clone, Debug, Default)]
pub struct Articles {
    pub(super) columns: Columns,
    pub(super) topics: Facet,
    pub(super) providers: Facet,
    pub(super) domains: Facet,
    pub(super) kinds: Facet,
    pub(super) categories: Facet,
    pub(super) authors: Facet,
    pub(super) folders: Vec<Arc<Folder>>,
}

impl Articles {
    /// Adds an article below all others.
    pub(super) fn push(&mut self, key: ArticleKey, folder: u32, found: &Found) -> ArticleId {
        let headline = &found.headline;
        let row = self.columns.len() as u32;
        let numbers = Numbers {
            provider: noted(&mut self.providers, &headline.provider, row),
            domain: noted(&mut self.domains, &headline.domain, row),
            kind: noted(&mut self.kinds, &headline.kind, row),
            category: noted(&mut self.categories, &headline.category, row),
            folder,
            topics: all_noted(&mut self.topics, &headline.topics, row),
            authors: all_noted(&mut self.authors, &headline.authors, row),
        };
        ArticleId(self.columns.push(key, headline, &found.name, &numbers))
    }

    pub(super) fn add_folder(&mut self, folder: Arc<Folder>) -> u32 {
        self.folders.push(folder);
        self.folders.len() as u32 - 1
    }

    pub fn len(&self) -> usize {
        self.columns.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All of them, in no order that means anything.
    pub fn ids(&self) -> impl Iterator<Item = ArticleId> + use<> {
        (0..self.len() as u32).map(ArticleId)
    }

    pub fn article(&self, id: ArticleId) -> ArticleRef<'_> {
        ArticleRef { articles: self, id }
    }

    pub fn topics(&self) -> &Facet {
        &self.topics
    }

    pub fn providers(&self) -> &Facet {
        &self.providers
    }

    pub fn domains(&self) -> &Facet {
        &self.domains
    }

    pub fn kinds(&self) -> &Facet {
        &self.kinds
    }

    pub fn categories(&self) -> &Facet {
        &self.categories
    }

    pub fn authors(&self) -> &Facet {
        &self.authors
    }

    /// What lists are sorted by when nothing else is asked for: newest first, those without a date
    /// last, and the key so that the order is always the same.
    pub fn newest_first(&self, id: ArticleId) -> (Reverse<i64>, ArticleKey) {
        (Reverse(self.published_second(id)), self.columns.key(id.0))
    }

    /// Seconds since 1970; without a date, before all others.
    pub(super) fn published_second(&self, id: ArticleId) -> i64 {
        self.columns.published_second(id.0)
    }
}

fn noted(facet: &mut Facet, name: &str, row: u32) -> u32 {
    let number = facet.intern(name);
    facet.insert(number, row);
    number
}

fn all_noted(facet: &mut Facet, names: &[String], row: u32) -> Vec<u32> {
    names.iter().map(|name| noted(facet, name, row)).collect()
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::super::{Batch, Headline, Library};
    use super::*;

    fn batch(title: &str) -> Batch {
        let folder = Arc::new(Folder {
            path: PathBuf::from("x"),
            relative: PathBuf::new(),
        });
        let headline = Headline {
            title: title.to_owned(),
            topics: vec!["AI".to_owned()],
            ..Headline::default()
        };
        Batch {
            files: 1,
            found: vec![Found {
                folder,
                name: format!("{title}.md").into(),
                headline,
                warnings: Vec::new(),
            }],
            ..Batch::default()
        }
    }

    #[test]
    fn a_clone_does_not_see_what_comes_later() {
        let mut library = Library::default();
        library.add(batch("first"));
        let before = library.articles().clone();
        library.add(batch("second"));
        assert_eq!((before.len(), library.len()), (1, 2));
        let count = |articles: &Articles| articles.topics().articles(0).map(|set| set.len());
        assert_eq!(count(&before), Some(1));
        assert_eq!(count(library.articles()), Some(2));
    }
}
