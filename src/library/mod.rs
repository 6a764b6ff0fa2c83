//! Articles in memory: scanning folders, looking articles up, what is similar to one. It knows
//! neither marks nor screens, and how it lays articles out stays in here.

mod article;
mod articles;
mod batch;
mod columns;
mod facet;
mod headline;
mod items;
mod key;
mod names;
mod read;
mod roots;
mod sample;
mod scan;
mod similar;

use std::cmp::Reverse;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::model::{Diagnostic, Has, Severity, Skip};

pub use article::ArticleRef;
pub use articles::Articles;
pub use batch::{Batch, Folder, Found};
pub use facet::Facet;
pub use headline::Headline;
pub use key::ArticleKey;
pub use names::Names;
pub use read::{ReadError, Shown, read_shown};
pub use roots::{RootError, Source};
pub use scan::scan;

/// An article of one library, by the row it is kept in. Outside of that library it means nothing:
/// [`ArticleKey`] is the name that lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleId(u32);

impl ArticleId {
    /// The number by which sets of articles know it.
    pub fn row(self) -> u32 {
        self.0
    }

    /// The article of a row, as found in a set of articles.
    pub fn from_row(row: u32) -> Self {
        Self(row)
    }
}

/// The articles of one or more roots.
#[derive(Clone, Debug, Default)]
pub struct Library {
    articles: Articles,
    folder_numbers: HashMap<Arc<Folder>, u32>,
    by_key: HashMap<ArticleKey, ArticleId>,
    by_page: HashMap<u64, ArticleId>,
    files: usize,
    errors: Vec<Diagnostic>,
    warnings: Vec<Diagnostic>,
    skipped: Vec<(PathBuf, Skip)>,
}

/// How many files a library has seen, and what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub files: usize,
    pub articles: usize,
    pub errors: usize,
    pub skipped: usize,
    pub warnings: usize,
}

impl Library {
    /// Takes in what a scan has found, and answers the new articles in the order found.
    pub fn add(&mut self, batch: Batch) -> Vec<ArticleId> {
        self.files += batch.files;
        self.errors.extend(batch.errors);
        self.skipped.extend(batch.skipped);
        batch
            .found
            .into_iter()
            .map(|found| self.add_one(found))
            .collect()
    }

    fn add_one(&mut self, mut found: Found) -> ArticleId {
        if !found.warnings.is_empty() {
            found.headline.has = found.headline.has | Has::DIAGNOSTIC;
        }
        let folder = self.folder_number(&found.folder);
        let mut key = ArticleKey::of(&found.folder.relative.join(&found.name));
        while self.by_key.contains_key(&key) {
            key = key.next();
        }
        let id = self.articles.push(key, folder, &found);
        self.by_key.insert(key, id);
        for page in &found.headline.pages {
            self.note_page(*page, id);
        }
        self.warnings.extend(found.warnings);
        id
    }

    /// Two articles with the same page: the one with the lower key answers for it, so that it does
    /// not depend on the order in which files were read.
    fn note_page(&mut self, page: u64, id: ArticleId) {
        let holder = self.by_page.entry(page).or_insert(id);
        if self.articles.article(id).key() < self.articles.article(*holder).key() {
            *holder = id;
        }
    }

    fn folder_number(&mut self, folder: &Arc<Folder>) -> u32 {
        if let Some(number) = self.folder_numbers.get(folder) {
            return *number;
        }
        let number = self.articles.add_folder(Arc::clone(folder));
        self.folder_numbers.insert(Arc::clone(folder), number);
        number
    }

    pub fn len(&self) -> usize {
        self.articles.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All articles, in no order that means anything.
    pub fn ids(&self) -> impl Iterator<Item = ArticleId> {
        self.articles.ids()
    }

    pub fn article(&self, id: ArticleId) -> ArticleRef<'_> {
        self.articles.article(id)
    }

    pub fn by_key(&self, key: ArticleKey) -> Option<ArticleId> {
        self.by_key.get(&key).copied()
    }

    /// The article whose page a URL is, by what [`crate::format::link::canonical_key`] says of it.
    pub fn by_url(&self, url: &str) -> Option<ArticleId> {
        let page = crate::format::link::canonical_key(url)?;
        self.by_page.get(&page).copied()
    }

    pub fn topics(&self) -> &Facet {
        self.articles.topics()
    }

    /// The articles by themselves. Its clone is cheap and stays as it is while the library goes on:
    /// what another thread works on.
    pub fn articles(&self) -> &Articles {
        &self.articles
    }

    /// What was wrong, errors first, by path.
    pub fn diagnostics(&self) -> Vec<&Diagnostic> {
        let mut all: Vec<_> = self.errors.iter().chain(&self.warnings).collect();
        all.sort_by(|a, b| (a.severity, &a.path, a.place).cmp(&(b.severity, &b.path, b.place)));
        all
    }

    /// How many diagnostics there are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        match severity {
            Severity::Error => self.errors.len(),
            Severity::Warning => self.warnings.len(),
        }
    }

    /// The files that are no articles, with why, by path.
    pub fn skipped(&self) -> Vec<&(PathBuf, Skip)> {
        let mut all: Vec<_> = self.skipped.iter().collect();
        all.sort();
        all
    }

    /// What became of all files.
    ///
    /// # Panics
    /// When a file was met and nothing became of it: the promise that nothing disappears silently
    /// is broken, and it is better to say so than to show a library with a hole in it.
    pub fn tally(&self) -> Tally {
        let tally = Tally {
            files: self.files,
            articles: self.len(),
            errors: self.errors.len(),
            skipped: self.skipped.len(),
            warnings: self.warnings.len(),
        };
        assert_eq!(
            tally.files,
            tally.articles + tally.errors + tally.skipped,
            "a file was met and not accounted for: {tally:?}"
        );
        tally
    }

    /// What lists are sorted by when nothing else is asked for: newest first, those without a date
    /// last, and the key so that the order is always the same.
    pub fn newest_first(&self, id: ArticleId) -> (Reverse<i64>, ArticleKey) {
        self.articles.newest_first(id)
    }
}

/// The sample library, loaded.
pub fn sample_library() -> Library {
    let library = std::sync::Mutex::new(Library::default());
    let never = std::sync::atomic::AtomicBool::new(false);
    scan(&Source::Sample, &never, &|batch| {
        library
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .add(batch);
    });
    library
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}
