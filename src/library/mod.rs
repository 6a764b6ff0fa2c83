//! Articles in memory: scanning folders, looking articles up, what is similar to one. It knows
//! neither marks nor screens, and how it lays articles out stays in here.

mod batch;
mod columns;
mod facet;
mod items;
mod key;
mod names;
mod read;
mod roots;
mod sample;
mod scan;
mod similar;
mod walk;

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use columns::{Columns, Numbers};
use names::Names;

use crate::model::{Diagnostic, Flags, Moment, Severity, Skip};

pub use batch::{Batch, Folder, Found};
pub use facet::Facet;
pub use key::ArticleKey;
pub use read::{ReadError, Shown, read_shown};
pub use roots::{RootError, Source};
pub use scan::{Depth, scan};

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
    columns: Columns,
    topics: Facet,
    providers: Names,
    domains: Names,
    kinds: Names,
    categories: Names,
    folders: Vec<Arc<Folder>>,
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
            .map(|found| self.add_one(*found))
            .collect()
    }

    fn add_one(&mut self, found: Found) -> ArticleId {
        let headline = &found.headline;
        let numbers = Numbers {
            provider: self.providers.intern(&headline.provider),
            domain: self.domains.intern(&headline.domain),
            kind: self.kinds.intern(&headline.kind),
            category: self.categories.intern(&headline.category),
            folder: self.folder_number(&found.folder),
            topics: headline
                .topics
                .iter()
                .map(|topic| self.topics.intern(topic))
                .collect(),
        };
        let mut key = found.key;
        while self.by_key.contains_key(&key) {
            key = key.next();
        }
        let id = ArticleId(self.columns.push(key, headline, &found.name, &numbers));
        for topic in &numbers.topics {
            self.topics.insert(*topic, id.0);
        }
        self.by_key.insert(key, id);
        for page in &headline.pages {
            self.note_page(*page, id);
        }
        self.warnings.extend(found.warnings);
        id
    }

    /// Two articles with the same page: the one with the lower key answers for it, so that it does
    /// not depend on the order in which files were read.
    fn note_page(&mut self, page: u64, id: ArticleId) {
        let holder = self.by_page.entry(page).or_insert(id);
        if self.columns.key(id.0) < self.columns.key(holder.0) {
            *holder = id;
        }
    }

    fn folder_number(&mut self, folder: &Arc<Folder>) -> u32 {
        if let Some(number) = self.folder_numbers.get(folder) {
            return *number;
        }
        let number = self.folders.len() as u32;
        self.folders.push(Arc::clone(folder));
        self.folder_numbers.insert(Arc::clone(folder), number);
        number
    }

    pub fn len(&self) -> usize {
        self.columns.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All articles, in no order that means anything.
    pub fn ids(&self) -> impl Iterator<Item = ArticleId> {
        (0..self.len() as u32).map(ArticleId)
    }

    pub fn article(&self, id: ArticleId) -> ArticleRef<'_> {
        ArticleRef { library: self, id }
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
        &self.topics
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
        (
            Reverse(self.columns.published_second(id.0)),
            self.columns.key(id.0),
        )
    }
}

/// The sample library, loaded.
pub fn sample_library() -> Library {
    let library = std::sync::Mutex::new(Library::default());
    let never = std::sync::atomic::AtomicBool::new(false);
    scan(&Source::Sample, Depth::List, &never, &|batch| {
        library
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .add(batch);
    });
    library
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// An article of a library, as the rest of the program sees it.
#[derive(Clone, Copy)]
pub struct ArticleRef<'a> {
    library: &'a Library,
    id: ArticleId,
}

impl<'a> ArticleRef<'a> {
    pub fn id(self) -> ArticleId {
        self.id
    }

    pub fn key(self) -> ArticleKey {
        self.library.columns.key(self.id.0)
    }

    pub fn title(self) -> &'a str {
        self.library.columns.title(self.id.0)
    }

    pub fn excerpt(self) -> &'a str {
        self.library.columns.excerpt(self.id.0)
    }

    /// The URL of the original, unchecked; empty when there is none.
    pub fn original(self) -> &'a str {
        self.library.columns.original(self.id.0)
    }

    pub fn provider(self) -> &'a str {
        self.library
            .providers
            .name(self.library.columns.provider(self.id.0))
    }

    pub fn domain(self) -> &'a str {
        self.library
            .domains
            .name(self.library.columns.domain(self.id.0))
    }

    pub fn kind(self) -> &'a str {
        self.library
            .kinds
            .name(self.library.columns.kind(self.id.0))
    }

    pub fn category(self) -> &'a str {
        self.library
            .categories
            .name(self.library.columns.category(self.id.0))
    }

    /// The numbers of its topics in [`Library::topics`].
    pub fn topic_numbers(self) -> &'a [u32] {
        self.library.columns.topics(self.id.0)
    }

    pub fn topics(self) -> impl Iterator<Item = &'a str> {
        let facet = &self.library.topics;
        self.topic_numbers()
            .iter()
            .map(|number| facet.name(*number))
    }

    pub fn published_at(self) -> Option<Moment> {
        self.library.columns.published_at(self.id.0)
    }

    pub fn updated_at(self) -> Option<Moment> {
        self.library.columns.updated_at(self.id.0)
    }

    pub fn quality(self) -> Option<i64> {
        self.library.columns.quality(self.id.0)
    }

    pub fn heat(self) -> Option<i64> {
        self.library.columns.heat(self.id.0)
    }

    pub fn flags(self) -> Flags {
        self.library.columns.flags(self.id.0)
    }

    pub fn file_name(self) -> &'a OsStr {
        self.library.columns.file_name(self.id.0)
    }

    fn folder(self) -> &'a Folder {
        &self.library.folders[self.library.columns.folder(self.id.0) as usize]
    }

    /// As the file can be opened from where the program was started.
    pub fn path(self) -> PathBuf {
        self.folder().path.join(self.file_name())
    }

    /// The folder of the file, seen from its root.
    pub fn relative_folder(self) -> &'a Path {
        &self.folder().relative
    }
}
