//! The library of a moment, to be kept while it goes on changing. Making one copies little: the
//! articles are shared.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

use roaring::RoaringBitmap;

use crate::library::columns::Columns;
use crate::library::ledger::Stamp;
use crate::library::names::Names;
use crate::library::{ArticleKey, Folder, Library, Note};
use crate::model::Diagnostic;

/// What is kept of a library. What can be made from it again is not in it.
#[derive(Clone, Debug)]
pub struct Picture {
    pub(super) columns: Columns,
    pub(super) topics: Names,
    pub(super) providers: Names,
    pub(super) domains: Names,
    pub(super) kinds: Names,
    pub(super) categories: Names,
    pub(super) folders: Vec<Arc<Folder>>,
    pub(super) noted: BTreeMap<PathBuf, (Stamp, Note)>,
    pub(super) warnings: BTreeMap<PathBuf, Vec<Diagnostic>>,
    pub(super) files: usize,
    gone: RoaringBitmap,
}

impl Library {
    /// The library as it is now.
    pub fn picture(&self) -> Picture {
        Picture {
            columns: self.columns.clone(),
            topics: self.topics.names().clone(),
            providers: self.providers.clone(),
            domains: self.domains.clone(),
            kinds: self.kinds.clone(),
            categories: self.categories.clone(),
            folders: self.folders.clone(),
            noted: self.noted.clone(),
            warnings: self.warnings.clone(),
            files: self.files,
            gone: self.gone.clone(),
        }
    }
}

impl Picture {
    /// The articles that are there, in the order of a list, each with its row and key.
    pub(super) fn newest_first(&self) -> Vec<(u32, ArticleKey)> {
        let rows = 0..self.columns.len() as u32;
        let mut articles: Vec<(u32, ArticleKey)> = rows
            .filter(|row| !self.gone.contains(*row))
            .map(|row| (row, self.columns.key(row)))
            .collect();
        if !self.gone.is_empty() {
            self.close_up(&mut articles);
        }
        articles.sort_unstable_by_key(|(row, key)| {
            (std::cmp::Reverse(self.columns.published_second(*row)), *key)
        });
        articles
    }

    /// Where two roots have an article of the same name, the second has a later key. If the first
    /// is gone, the second takes its key, as it would if it was loaded afresh.
    fn close_up(&self, articles: &mut [(u32, ArticleKey)]) {
        let mut holders: HashMap<ArticleKey, u32> =
            articles.iter().map(|(row, key)| (*key, *row)).collect();
        for (row, key) in articles {
            let folder = &self.folders[self.columns.folder(*row) as usize];
            let mut own = ArticleKey::of(&folder.relative.join(self.columns.file_name(*row)));
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
