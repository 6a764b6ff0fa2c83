//! Articles in memory: scanning folders, looking up articles, grouping stories. Knows neither marks
//! nor screens, and keeps its data layout to itself.

mod apply;
mod article;
mod articles;
mod batch;
mod bodies;
mod columns;
mod compact;
mod facet;
mod file_index;
mod hashed;
mod index;
mod items;
mod key;
mod known;
mod lazy;
mod linked;
mod names;
mod parallel;
mod read;
mod roots;
mod sample;
mod scan;
pub mod site;
mod skips;
pub mod snapshot;
mod stories;
mod watch;

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use index::RowIndex;

use crate::model::{Diagnostic, Severity, Skip};

pub use apply::Applied;
pub use article::ArticleRef;
pub use articles::Articles;
pub use batch::{Batch, FoundArticle, NonArticle, NonArticleReason, RootFolder};
pub use bodies::Bodies;
pub use columns::ArticleRun;
pub use facet::Facet;
pub use file_index::Stamp;
pub use hashed::HashedMap;
pub use key::ArticleKey;
pub use lazy::Lazy;
pub use names::NameTable;
pub use parallel::{on_all_processors, on_threads, processors, shares};
pub use read::{
    ReadError, Shown, body_line, explain_shown, read_article, read_fields, read_front, read_shown,
    read_shown_with,
};
pub use roots::{RootError, Source, folder_of, undotted};
pub use sample::SAMPLE_ROOT;
pub use scan::{Left, ReadDepth, Scanner};
pub use stories::{Because, Member, Stories, Story, StoryWishes};
pub use watch::{Watch, WatchEvent, WhereChanged};

/// An article of one library, by its row. It means nothing outside that library: use [`ArticleKey`]
/// for anything that must last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleId(u32);

impl ArticleId {
    /// The number used in sets of articles.
    pub fn row(self) -> u32 {
        self.0
    }

    /// The article with this number in a set of articles.
    pub fn from_row(row: u32) -> Self {
        Self(row)
    }
}

/// The articles of one or more roots.
#[derive(Clone, Debug, Default)]
pub struct Library {
    articles: Articles,
    folder_numbers: HashMap<Arc<RootFolder>, u32>,
    /// The folder of the last article that came in.
    last_folder: Option<(Arc<RootFolder>, u32)>,
    by_key: RowIndex<ArticleId>,
    by_page: RowIndex<ArticleId>,
    files: usize,
    noted: BTreeMap<PathBuf, (Stamp, NonArticleReason)>,
    /// How many of the notes are errors.
    errors: usize,
    warnings: BTreeMap<PathBuf, Vec<Diagnostic>>,
}

/// How many files a library has seen, and what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FileCounts {
    pub files: usize,
    pub articles: usize,
    pub errors: usize,
    pub skipped: usize,
    pub warnings: usize,
}

impl Library {
    /// Number of articles.
    pub fn len(&self) -> usize {
        self.articles.live()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All articles, in no particular order.
    pub fn ids(&self) -> impl Iterator<Item = ArticleId> {
        self.articles.ids()
    }

    pub fn article(&self, id: ArticleId) -> ArticleRef<'_> {
        self.articles.article(id)
    }

    pub fn by_key(&self, key: ArticleKey) -> Option<ArticleId> {
        self.by_key.get(key.0).filter(|id| !self.is_gone(*id))
    }

    /// The article that a URL is the page of, according to [`crate::format::link::canonical_key`].
    pub fn by_url(&self, url: &str) -> Option<ArticleId> {
        let page = crate::format::link::canonical_key(url)?;
        self.by_page.get(page)
    }

    pub fn topics(&self) -> &Facet {
        self.articles.topics()
    }

    /// The articles. A clone is cheap and stays unchanged while the library changes, so another
    /// thread can work on it.
    pub fn articles(&self) -> &Articles {
        &self.articles
    }

    /// Regroups stories by what a person decided about them. Returns whether any of it is new.
    pub fn heed(&mut self, wishes: StoryWishes) -> bool {
        self.articles.heed(wishes)
    }

    /// Moves what has grown little by little while the library was loading together, so that the memory
    /// in between can go back to the system.
    pub fn compact(&mut self) {
        self.articles.compact();
        self.by_key.merge();
        self.by_page.merge();
    }

    /// Whether an article's file is gone.
    pub fn is_gone(&self, id: ArticleId) -> bool {
        self.articles.is_gone(id)
    }

    /// All diagnostics, errors first, by path.
    pub fn diagnostics(&self) -> Vec<&Diagnostic> {
        let errors = self.noted.values().filter_map(|(_, note)| match note {
            NonArticleReason::Error(diagnostic) => Some(diagnostic),
            NonArticleReason::Skip(_) => None,
        });
        errors.chain(self.warnings.values().flatten()).collect()
    }

    /// The files and folders that the system refused to read: what is in them is unknown.
    pub fn unreadable(&self) -> impl Iterator<Item = &Path> {
        self.noted
            .iter()
            .filter_map(|(path, (_, note))| match note {
                NonArticleReason::Error(error) if read::is_unreadable(error) => {
                    Some(path.as_path())
                }
                NonArticleReason::Error(_) | NonArticleReason::Skip(_) => None,
            })
    }

    /// How many of these are folders.
    pub fn unreadable_folders(&self) -> usize {
        self.unreadable().filter(|path| path.is_dir()).count()
    }

    /// The number of diagnostics of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        match severity {
            Severity::Error => self.errors,
            Severity::Warning => self.warnings.values().map(Vec::len).sum(),
        }
    }

    /// The files that are not articles, with the reason, by path.
    pub fn skipped(&self) -> impl Iterator<Item = (&Path, Skip)> {
        self.noted
            .iter()
            .filter_map(|(path, (_, note))| match note {
                NonArticleReason::Skip(skip) => Some((path.as_path(), *skip)),
                NonArticleReason::Error(_) => None,
            })
    }

    /// What became of all files.
    ///
    /// # Panics
    /// If a file was met and not accounted for: that breaks the promise that nothing disappears
    /// silently, and saying so is better than showing a library with a hole in it.
    pub fn tally(&self) -> FileCounts {
        let tally = FileCounts {
            files: self.files,
            articles: self.len(),
            errors: self.errors,
            skipped: self.noted.len() - self.errors,
            warnings: self.count(Severity::Warning),
        };
        assert_eq!(
            tally.files,
            tally.articles + tally.errors + tally.skipped,
            "a file was met and not accounted for: {tally:?}"
        );
        tally
    }

    /// The default order of lists: newest first, those without a date last, then by key so that the
    /// order is always the same.
    pub fn newest_first(&self, id: ArticleId) -> (Reverse<i64>, ArticleKey) {
        self.articles.newest_first(id)
    }
}

/// The sample library, loaded.
pub fn sample_library() -> Library {
    Library::load(&Source::Sample, ReadDepth::Everything)
}
