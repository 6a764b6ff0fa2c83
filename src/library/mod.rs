//! Articles in memory: scanning folders, looking articles up, what is similar to one. It knows
//! neither marks nor screens, and how it lays articles out stays in here.

mod batch;
mod columns;
mod facet;
mod held;
mod index;
mod items;
mod key;
mod ledger;
mod names;
mod read;
mod roots;
mod sample;
mod scan;
mod similar;
pub mod snapshot;
mod take_in;
mod watch;

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use roaring::RoaringBitmap;

use columns::Columns;
use index::Index;
use ledger::Stamp;
use names::Names;

use crate::model::{Diagnostic, Flags, Moment, Severity, Skip};

pub use batch::{Batch, Folder, Found, Note, Noted};
pub use facet::Facet;
pub use key::ArticleKey;
pub use read::{ReadError, Shown, read_shown};
pub use roots::{RootError, Source};
pub use scan::{Depth, Left, Scanner};
pub use take_in::Taken;
pub use watch::{Changes, Watch};

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
    by_key: Index,
    by_page: Index,
    /// Rows whose file is gone. They keep what they had, for whoever still shows them.
    gone: RoaringBitmap,
    files: usize,
    noted: BTreeMap<PathBuf, (Stamp, Note)>,
    /// Of what is noted, the errors.
    errors: usize,
    warnings: BTreeMap<PathBuf, Vec<Diagnostic>>,
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
    /// Articles there are.
    pub fn len(&self) -> usize {
        self.columns.len() - self.gone.len() as usize
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All articles, in no order that means anything.
    pub fn ids(&self) -> impl Iterator<Item = ArticleId> {
        let rows = 0..self.columns.len() as u32;
        rows.filter(|row| !self.gone.contains(*row)).map(ArticleId)
    }

    pub fn article(&self, id: ArticleId) -> ArticleRef<'_> {
        ArticleRef { library: self, id }
    }

    pub fn by_key(&self, key: ArticleKey) -> Option<ArticleId> {
        self.by_key.get(key.0).filter(|id| !self.is_gone(*id))
    }

    /// The article whose page a URL is, by what [`crate::format::link::canonical_key`] says of it.
    pub fn by_url(&self, url: &str) -> Option<ArticleId> {
        let page = crate::format::link::canonical_key(url)?;
        self.by_page.get(page)
    }

    pub fn topics(&self) -> &Facet {
        &self.topics
    }

    /// Whether the file of an article is gone.
    pub fn is_gone(&self, id: ArticleId) -> bool {
        self.gone.contains(id.0)
    }

    /// What was wrong, errors first, by path.
    pub fn diagnostics(&self) -> Vec<&Diagnostic> {
        let errors = self.noted.values().filter_map(|(_, note)| match note {
            Note::Error(diagnostic) => Some(diagnostic),
            Note::Skip(_) => None,
        });
        errors.chain(self.warnings.values().flatten()).collect()
    }

    /// How many diagnostics there are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        match severity {
            Severity::Error => self.errors,
            Severity::Warning => self.warnings.values().map(Vec::len).sum(),
        }
    }

    /// The files that are no articles, with why, by path.
    pub fn skipped(&self) -> impl Iterator<Item = (&Path, Skip)> {
        self.noted
            .iter()
            .filter_map(|(path, (_, note))| match note {
                Note::Skip(skip) => Some((path.as_path(), *skip)),
                Note::Error(_) => None,
            })
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
    Library::load(&Source::Sample, Depth::Everything)
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
