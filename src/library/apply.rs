//! Applying what a scan has found: new, changed and deleted articles, and diagnostics.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::sync_channel;
use std::thread;

use super::batch::{Batch, FoundArticle, NonArticle, NonArticleReason, RootFolder};
use super::compact::CompactHeadline;
use super::file_index::{FileIndex, FileKey, Was};
use super::key::ArticleKey;
use super::parallel::{on_all_processors, shares};
use super::{ArticleId, Left, Library, ReadDepth, RootError, Scanner, Source};
use crate::format::Headline;
use crate::model::{Has, Signals};

/// Most batches that wait to be applied while a library loads.
const BATCHES: usize = 4;

/// What applying a batch has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    pub new: Vec<ArticleId>,
    /// Articles that look different in lists, sorting or filters.
    pub changed: Vec<ArticleId>,
    /// Articles whose file has changed, but which look the same in lists.
    pub rewritten: Vec<ArticleId>,
    pub gone: Vec<ArticleId>,
}

impl Library {
    /// Loads a whole source. A root that has vanished since it was named is empty.
    pub fn load(source: &Source, depth: ReadDepth) -> Self {
        Self::load_until(source, depth, &AtomicBool::new(false), &|_| {})
    }

    /// The same, but returns soon after `stop` is set, with an incomplete library that cannot be
    /// counted. Calls `met` from time to time with the number of files met so far.
    pub fn load_until(
        source: &Source,
        depth: ReadDepth,
        stop: &AtomicBool,
        met: &dyn Fn(usize),
    ) -> Self {
        let mut library = Library::default();
        let mut scanner = Scanner::new(source.clone(), depth);
        // A root can only vanish right after it was checked; then it is empty.
        let _ = library.take_pass(&mut scanner, stop, met);
        library
    }

    /// Checks every file with `scanner`, which knows what the library holds, and applies changes
    /// while files are still being read.
    pub(super) fn take_pass(
        &mut self,
        scanner: &mut Scanner,
        stop: &AtomicBool,
        met: &dyn Fn(usize),
    ) -> Result<Left, RootError> {
        // A few at a time: a batch that waits here is in memory twice.
        let (batches, arriving) = sync_channel(BATCHES);
        thread::scope(|scope| {
            let scan = scope.spawn(move || {
                scanner.pass(stop, &|batch| {
                    // The receiver lives until the channel ends.
                    let _ = batches.send(batch);
                })
            });
            for batch in arriving {
                self.apply(batch);
                met(self.files);
            }
            scan.join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    }

    /// Applies what a scan has found.
    pub fn apply(&mut self, batch: Batch) -> Applied {
        let mut taken = Applied::default();
        self.files = self.files + batch.files - batch.gone.len();
        let mut lost_pages = HashSet::new();
        for found in batch.found {
            self.take_article(*found, &mut taken, &mut lost_pages);
        }
        for noted in batch.noted {
            self.take_note(noted, &mut taken, &mut lost_pages);
        }
        if !batch.gone.is_empty() {
            self.take_gone(
                &batch.gone.into_iter().collect(),
                &mut taken,
                &mut lost_pages,
            );
        }
        self.articles.settle();
        self.find_pages_again(&lost_pages);
        taken
    }

    /// An index of all known files, for a later run to start from.
    pub fn file_index(&self) -> FileIndex {
        let ids: Vec<ArticleId> = self.ids().collect();
        let sorted = |ids: &&[ArticleId]| {
            let mut paths = Paths::default();
            let file = |id: &ArticleId| {
                let article = self.article(*id);
                let path = paths.path(article.folder(), &article.file_name());
                (FileKey::new(path), article.stamp(), Was::Article)
            };
            let mut files: Vec<_> = ids.iter().map(file).collect();
            files.sort_by_key(|(key, _, _)| *key);
            files
        };
        let articles = on_all_processors(&shares(&ids), sorted, &|| false);
        let articles = articles.into_iter().flatten().flatten();
        let noted = self.noted.iter();
        let noted = noted.map(|(path, (stamp, _))| (FileKey::new(path), *stamp, Was::Other));
        FileIndex::of(articles.chain(noted))
    }

    fn take_article(
        &mut self,
        mut found: FoundArticle,
        taken: &mut Applied,
        lost: &mut HashSet<u64>,
    ) {
        let has_notes = !self.noted.is_empty() || !self.warnings.is_empty();
        if has_notes || !found.warnings.is_empty() {
            let path = found.folder.path.join(&found.name);
            self.forget_note(&path);
            if !found.warnings.is_empty() {
                found.headline.has = found.headline.has | Has::DIAGNOSTIC;
                self.warnings.insert(path, found.warnings.clone());
            }
        }
        match self.row_of(&found.folder, &found) {
            Slot::New(key) => taken.new.push(self.add(key, &found)),
            Slot::Gone(id) => {
                self.replace(id, &found, lost);
                taken.new.push(id);
            }
            Slot::There(id) if self.headline(id) == found.headline => {
                self.articles.columns.set_stamp(id.0, found.stamp);
                taken.rewritten.push(id);
            }
            Slot::There(id) => {
                self.replace(id, &found, lost);
                taken.changed.push(id);
            }
        }
    }

    fn take_note(&mut self, noted: NonArticle, taken: &mut Applied, lost: &mut HashSet<u64>) {
        self.forget_note(&noted.path);
        let (folder, name) = (noted.path.parent(), noted.path.file_name());
        if let (Some(folder), Some(name)) = (folder, name)
            && let Some(id) = self.at(folder, name)
        {
            self.remove(id, lost);
            taken.gone.push(id);
        }
        self.errors += usize::from(matches!(noted.note, NonArticleReason::Error(_)));
        self.noted.insert(noted.path, (noted.stamp, noted.note));
    }

    fn take_gone(&mut self, gone: &HashSet<FileKey>, taken: &mut Applied, lost: &mut HashSet<u64>) {
        let is_gone = |path: &Path| gone.contains(&FileKey::new(path));
        let mut paths = Paths::default();
        let articles: Vec<ArticleId> = self
            .ids()
            .filter(|id| {
                let article = self.article(*id);
                is_gone(paths.path(article.folder(), &article.file_name()))
            })
            .collect();
        for id in articles {
            self.forget_note(&self.article(id).path());
            self.remove(id, lost);
            taken.gone.push(id);
        }
        let notes: Vec<_> = self
            .noted
            .keys()
            .filter(|path| is_gone(path))
            .cloned()
            .collect();
        for path in notes {
            self.forget_note(&path);
        }
    }

    /// Drops the note about a file.
    fn forget_note(&mut self, path: &Path) {
        if let Some((_, NonArticleReason::Error(_))) = self.noted.remove(path) {
            self.errors -= 1;
        }
        self.warnings.remove(path);
    }

    /// The row where a file's article is, or will be.
    fn row_of(&self, folder: &RootFolder, found: &FoundArticle) -> Slot {
        let mut key = found.key;
        while let Some(id) = self.by_key.get(key.0) {
            if self.article(id).folder().path == folder.path {
                return if self.is_gone(id) {
                    Slot::Gone(id)
                } else {
                    Slot::There(id)
                };
            }
            key = key.next();
        }
        Slot::New(key)
    }

    /// The article of the file `name` in the folder at `path`.
    pub(super) fn at(&self, path: &Path, name: &OsStr) -> Option<ArticleId> {
        self.articles
            .folders
            .iter()
            .filter(|folder| folder.path == path)
            .find_map(|folder| {
                let mut key = ArticleKey::new(&folder.relative, name);
                while let Some(id) = self.by_key.get(key.0) {
                    if self.article(id).folder().path == path {
                        return Some(id).filter(|id| !self.is_gone(*id));
                    }
                    key = key.next();
                }
                None
            })
    }

    fn add(&mut self, key: ArticleKey, found: &FoundArticle) -> ArticleId {
        let folder = self.folder_number(&found.folder);
        let id = self.articles.push(key, folder, found);
        self.by_key.insert(key.0, id);
        self.note_pages(id, &found.headline);
        id
    }

    fn replace(&mut self, id: ArticleId, found: &FoundArticle, lost: &mut HashSet<u64>) {
        self.lose_pages(id, found.headline.pages(), lost);
        let folder = self.folder_number(&found.folder);
        self.articles.replace(id, folder, found);
        self.note_pages(id, &found.headline);
    }

    fn remove(&mut self, id: ArticleId, lost: &mut HashSet<u64>) {
        self.lose_pages(id, &[], lost);
        self.articles.remove(id);
    }

    fn note_pages(&mut self, id: ArticleId, headline: &CompactHeadline) {
        for page in headline.pages() {
            self.note_page(*page, id);
        }
    }

    /// Takes its pages from an article, except those that it keeps: to find who else has one takes a look at
    /// every article.
    fn lose_pages(&mut self, id: ArticleId, kept: &[u64], lost: &mut HashSet<u64>) {
        for page in self.articles.columns.pages(id.0) {
            if !kept.contains(page) && self.by_page.get(*page) == Some(id) {
                self.by_page.remove(*page);
                lost.insert(*page);
            }
        }
    }

    /// A page whose article has gone may belong to another article as well.
    fn find_pages_again(&mut self, lost: &HashSet<u64>) {
        if lost.is_empty() {
            return;
        }
        let again: Vec<(u64, ArticleId)> = self
            .ids()
            .flat_map(|id| {
                self.articles
                    .columns
                    .pages(id.0)
                    .iter()
                    .map(move |page| (*page, id))
            })
            .filter(|(page, _)| lost.contains(page))
            .collect();
        for (page, id) in again {
            self.note_page(page, id);
        }
    }

    /// If two articles have the same page, the one with the lower key gets it, so the result does
    /// not depend on the order in which files were read.
    fn note_page(&mut self, page: u64, id: ArticleId) {
        let key = |id: ArticleId| self.articles.columns.key(id.0);
        let holder = self.by_page.get(page);
        if holder.is_none_or(|holder| key(id) < key(holder)) {
            self.by_page.insert(page, id);
        }
    }

    fn folder_number(&mut self, folder: &Arc<RootFolder>) -> u32 {
        // The articles of a folder come one after another.
        if let Some((last, number)) = &self.last_folder
            && Arc::ptr_eq(last, folder)
        {
            return *number;
        }
        let known = self.folder_numbers.get(folder).copied();
        let number = known.unwrap_or_else(|| {
            let number = self.articles.add_folder(Arc::clone(folder));
            self.folder_numbers.insert(Arc::clone(folder), number);
            number
        });
        self.last_folder = Some((Arc::clone(folder), number));
        number
    }

    /// An article as a headline, as it came in.
    fn headline(&self, id: ArticleId) -> CompactHeadline {
        let article = self.article(id);
        let headline = Headline {
            title: article.title().into_owned(),
            excerpt: article.excerpt().into_owned(),
            listed: article.listed(),
            categories: article.categories().map(str::to_owned).collect(),
            keys: article.keys().to_owned(),
            provider: article.provider().to_owned(),
            domain: article.domain().to_owned(),
            topics: article.topics().map(str::to_owned).collect(),
            published_at: article.published_at(),
            updated_at: article.updated_at(),
            signals: Signals::default(),
            publication: article.publication(),
            original: article.original().into_owned(),
            has: article.has(),
            length: article.length(),
            body: self.articles.columns.body(id.0),
            rating: article.rating(),
            related: article.related_count(),
            authors: article.authors().map(str::to_owned).collect(),
            pages: self.articles.columns.pages(id.0).to_vec(),
            retold: article.retold().to_vec(),
        };
        headline.into()
    }
}

/// Builds the paths of many files in one buffer, so they take no memory.
#[derive(Default)]
struct Paths(PathBuf);

impl Paths {
    fn path(&mut self, folder: &RootFolder, name: &OsStr) -> &Path {
        self.0.as_mut_os_string().clear();
        self.0.push(&folder.path);
        self.0.push(name);
        &self.0
    }
}

/// Where an article goes.
enum Slot {
    There(ArticleId),
    /// It existed before, and its row still does.
    Gone(ArticleId),
    New(ArticleKey),
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::atomic::AtomicUsize;
    use std::sync::atomic::Ordering::Relaxed;

    use super::*;

    #[test]
    fn loading_says_how_many_files_it_met_and_can_be_stopped() {
        let root = tempfile::tempdir().expect("a folder");
        for name in ["a.md", "b.md", "c.pdf"] {
            fs::write(root.path().join(name), "---\ntitle: A\n---\nBody.\n").expect("a file");
        }
        let source = Source::new(&[root.path().to_path_buf()]).expect("a source");
        let load = |stop| {
            let met = AtomicUsize::new(0);
            let library =
                Library::load_until(&source, ReadDepth::List, &AtomicBool::new(stop), &|files| {
                    met.store(files, Relaxed);
                });
            (library.len(), met.into_inner())
        };
        assert_eq!(load(false), (2, 3));
        assert_eq!(load(true).0, 0);
    }
}
