//! A copy of the library at one moment, to be saved while the library goes on changing. Making one
//! is cheap: the articles are shared.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use crate::library::batch::NonArticleReason;
use crate::library::file_index::Stamp;
use crate::library::{ArticleId, ArticleKey, Articles, Library};
use crate::model::Diagnostic;

/// Files that are not articles, by path.
pub type NonArticles = BTreeMap<PathBuf, (Stamp, NonArticleReason)>;
/// Warnings about articles, by path.
pub type Warnings = BTreeMap<PathBuf, Vec<Diagnostic>>;

/// The part of a library that is saved. Anything that can be derived is left out.
#[derive(Clone, Debug)]
pub struct LibraryPicture {
    pub(super) articles: Articles,
    pub(super) noted: NonArticles,
    pub(super) warnings: Warnings,
    pub(super) files: usize,
}

impl Library {
    /// The library as it is now.
    pub fn picture(&self) -> LibraryPicture {
        LibraryPicture {
            articles: self.articles.clone(),
            noted: self.noted.clone(),
            warnings: self.warnings.clone(),
            files: self.files,
        }
    }
}

impl LibraryPicture {
    /// The existing articles in list order, each with its row and key.
    pub(super) fn newest_first(&self) -> Vec<(u32, ArticleKey)> {
        let ids = self.articles.ids();
        let mut articles: Vec<(u32, ArticleKey)> = ids
            .map(|id| (id.row(), self.articles.article(id).key()))
            .collect();
        if articles.len() < self.articles.len() {
            self.close_up(&mut articles);
        }
        articles.sort_by_cached_key(|(row, key)| {
            let (date, _) = self.articles.newest_first(ArticleId(*row));
            (date, *key)
        });
        articles
    }

    /// If two roots have an article of the same name, the second has a later key. If the first is
    /// gone, the second takes its key, as it would in a fresh load.
    fn close_up(&self, articles: &mut [(u32, ArticleKey)]) {
        let mut holders: HashMap<ArticleKey, u32> =
            articles.iter().map(|(row, key)| (*key, *row)).collect();
        for (row, key) in articles {
            let article = self.articles.article(ArticleId(*row));
            let mut own = ArticleKey::new(article.relative_folder(), &article.file_name());
            while own != *key && holders.contains_key(&own) {
                own = own.next();
            }
            if own != *key {
                holders.remove(key);
                holders.insert(own, *row);
                *key = own;
            }
        }
    }
}
