//! The library as it comes in and changes, and the order of all its articles. Not what is shown of
//! it: the list waits with changes until a refresh where somebody could be disturbed.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};
use roaring::RoaringBitmap;

use crate::library::{Applied, ArticleId, Batch, Library, Source};

/// Loading that takes longer shows how far it is.
const LONG: SignedDuration = SignedDuration::from_millis(300);
/// How often the library is kept for the next run while it changes.
const KEEP_EVERY: SignedDuration = SignedDuration::from_mins(5);

/// The articles there are.
#[derive(Debug)]
pub struct Catalog {
    source: Source,
    library: Library,
    loading: Loading,
    /// Since when the library is coming in, or is looked at again.
    loading_since: Timestamp,
    /// All articles of the library in the order of the list.
    order: Vec<ArticleId>,
    /// What the order does not have yet.
    unlisted: Unlisted,
    /// What of the library is not kept for the next run.
    unkept: Unkept,
    /// How often articles that were there before have changed.
    edition: u64,
    /// Why the library cannot be looked at, or is not watched.
    trouble: Option<String>,
}

/// How far the library has come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loading {
    /// It grows, from nothing.
    Growing,
    /// It is as it was when it was kept; not all of it may be in memory.
    Restored,
    /// It is as it was when it was kept, and is compared with its files.
    Checking,
    /// It is there, and is looked at again because somebody asked; so many articles there were.
    Again(usize),
    Ready,
}

/// Changes that the list waits with until the next refresh, as nothing may jump.
#[derive(Debug, Default)]
struct Unlisted {
    /// Articles that are not in the list.
    new: Vec<ArticleId>,
    /// Articles that may belong elsewhere in the list than where they stand.
    changed: Vec<ArticleId>,
    /// Rows of articles of the list whose file is gone.
    gone: RoaringBitmap,
}

impl Unlisted {
    fn note(&mut self, taken: Applied) {
        for id in taken.new {
            // One that returns before the list has let go of it is not new there.
            if self.gone.remove(id.row()) {
                self.changed.push(id);
            } else {
                self.new.push(id);
            }
        }
        self.changed.extend(taken.changed);
        if taken.gone.is_empty() {
            return;
        }
        let mut gone: RoaringBitmap = taken.gone.iter().map(|id| id.row()).collect();
        // One that goes before the list has heard of it leaves nothing there.
        self.new.retain(|id| !gone.remove(id.row()));
        self.gone |= gone;
    }
}

/// What has changed since the library was kept for the next run.
#[derive(Clone, Copy, Debug)]
struct Unkept {
    /// Batches of changes.
    changes: usize,
    /// When it was kept last, or the program started.
    since: Timestamp,
}

/// What became of the article that is shown when files were taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShownFile {
    Same,
    Changed,
    Gone,
}

impl Catalog {
    pub fn new(source: Source, now: Timestamp) -> Self {
        Self {
            source,
            library: Library::default(),
            loading: Loading::Growing,
            loading_since: now,
            order: Vec::new(),
            unlisted: Unlisted::default(),
            unkept: Unkept {
                changes: 0,
                since: now,
            },
            edition: 0,
            trouble: None,
        }
    }

    pub fn source(&self) -> &Source {
        &self.source
    }

    pub fn library(&self) -> &Library {
        &self.library
    }

    pub fn loading(&self) -> Loading {
        self.loading
    }

    /// All articles in the order of the list.
    pub fn order(&self) -> &[ArticleId] {
        &self.order
    }

    /// New articles that the list does not show yet.
    pub fn unlisted(&self) -> &[ArticleId] {
        &self.unlisted.new
    }

    /// How often articles that were there before have changed.
    pub fn edition(&self) -> u64 {
        self.edition
    }

    pub fn trouble(&self) -> Option<&str> {
        self.trouble.as_deref()
    }

    /// Whether the library has been coming in for so long that somebody may wonder.
    pub fn is_loading_long(&self, now: Timestamp) -> bool {
        self.loading != Loading::Ready && now.duration_since(self.loading_since) >= LONG
    }

    pub(super) fn set_trouble(&mut self, trouble: Option<String>) {
        self.trouble = trouble;
    }

    /// Takes in files that are new, changed or gone, and returns what that means for the article
    /// that is shown.
    pub(super) fn apply(&mut self, batch: Batch, shown: Option<ArticleId>) -> ShownFile {
        let taken = self.library.apply(batch);
        if !(taken.changed.is_empty() && taken.gone.is_empty()) {
            self.edition += 1;
        }
        self.unkept.changes += 1;
        let is_shown = |ids: &[ArticleId]| shown.is_some_and(|id| ids.contains(&id));
        let shown = if is_shown(&taken.gone) {
            ShownFile::Gone
        } else if is_shown(&taken.changed) || is_shown(&taken.rewritten) {
            ShownFile::Changed
        } else {
            ShownFile::Same
        };
        self.unlisted.note(taken);
        shown
    }

    /// Takes the library as it was when it was kept, its articles in the order of the list.
    pub(super) fn restore(&mut self, library: Library) {
        self.order = library.ids().collect();
        self.library = library;
        self.edition += 1;
        self.loading = Loading::Restored;
    }

    /// All that was restored can be looked at without waiting for a disk.
    pub(super) fn check(&mut self) {
        self.loading = Loading::Checking;
    }

    /// Forgets what was restored: it cannot be relied on.
    pub(super) fn forget(&mut self) {
        self.library = Library::default();
        self.edition += 1;
        self.order = Vec::new();
        self.unlisted = Unlisted::default();
        self.loading = Loading::Growing;
    }

    /// All of the library has been looked at; how far it had come before.
    pub(super) fn loaded(&mut self) -> Loading {
        self.library.tally();
        std::mem::replace(&mut self.loading, Loading::Ready)
    }

    /// The library is to be looked at again, where it is not being looked at. `listed`: the articles
    /// that the list knows.
    pub(super) fn look_again(&mut self, listed: usize, now: Timestamp) -> bool {
        if self.loading != Loading::Ready {
            return false;
        }
        self.loading = Loading::Again(listed);
        self.loading_since = now;
        true
    }

    /// Whether the library is to be kept for the next run, as there is anything new to keep. The
    /// sample library is always at hand.
    pub(super) fn is_to_be_kept(&mut self, now: Timestamp) -> bool {
        if self.unkept.changes == 0 || self.source == Source::Sample {
            return false;
        }
        self.unkept = Unkept {
            changes: 0,
            since: now,
        };
        true
    }

    /// The same, but never while it is coming in, and not every time that a file changes.
    pub(super) fn is_time_to_keep(&mut self, now: Timestamp) -> bool {
        let is_time = now.duration_since(self.unkept.since) >= KEEP_EVERY;
        self.loading == Loading::Ready && is_time && self.is_to_be_kept(now)
    }

    /// Puts what has changed in its place in the order of all articles.
    pub(super) fn sort_in(&mut self) {
        let unlisted = std::mem::take(&mut self.unlisted);
        if !unlisted.gone.is_empty() || !unlisted.changed.is_empty() {
            let moved: RoaringBitmap = unlisted.changed.iter().map(|id| id.row()).collect();
            self.order
                .retain(|id| !moved.contains(id.row()) && !self.library.is_gone(*id));
        }
        let mut new: Vec<ArticleId> = unlisted.new;
        new.extend(unlisted.changed);
        new.retain(|id| !self.library.is_gone(*id));
        let mut seen = HashSet::new();
        new.retain(|id| seen.insert(*id));
        new.sort_unstable_by_key(|id| self.library.newest_first(*id));
        let before = std::mem::take(&mut self.order);
        self.order = merged(&self.library, before, new);
    }
}

/// Two sorted runs of articles as one. Where few are new, few of the old are looked at.
fn merged(library: &Library, old: Vec<ArticleId>, new: Vec<ArticleId>) -> Vec<ArticleId> {
    if new.is_empty() {
        return old;
    }
    let mut merged = Vec::with_capacity(old.len() + new.len());
    let mut old = old.as_slice();
    for id in new {
        let rank = library.newest_first(id);
        let before = old.partition_point(|other| library.newest_first(*other) < rank);
        merged.extend_from_slice(&old[..before]);
        merged.push(id);
        old = &old[before..];
    }
    merged.extend_from_slice(old);
    merged
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;
    use std::sync::Mutex;
    use std::sync::atomic::AtomicBool;

    use super::*;
    use crate::library::{Depth, Scanner};

    /// A library in a folder, and what watches it.
    struct Watched {
        scanner: Scanner,
        catalog: Catalog,
    }

    impl Watched {
        fn new(folder: &Path) -> Self {
            let source = Source::new(&[folder.to_path_buf()]).expect("a source");
            let mut watched = Self {
                scanner: Scanner::new(source.clone(), Depth::List),
                catalog: Catalog::new(source, Timestamp::UNIX_EPOCH),
            };
            watched.look();
            watched.catalog.sort_in();
            watched
        }

        fn look(&mut self) {
            let batches = Mutex::new(Vec::new());
            self.scanner
                .pass(&AtomicBool::new(false), &|batch| {
                    batches.lock().expect("no panic").push(batch);
                })
                .expect("a folder");
            for batch in batches.into_inner().expect("no panic") {
                self.catalog.apply(batch, None);
            }
        }
    }

    fn write(folder: &Path, name: &str) {
        let text = format!("---\ntitle: {name}\n---\nBody.\n");
        fs::write(folder.join(name), text).expect("an article");
    }

    #[test]
    fn an_article_that_returns_before_the_list_let_go_of_it_is_not_new() {
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path(), "a.md");
        write(folder.path(), "b.md");
        let mut watched = Watched::new(folder.path());
        let away = folder.path().join("a.away");
        for _ in 0..2 {
            fs::rename(folder.path().join("a.md"), &away).expect("moved away");
            watched.look();
            assert_eq!(watched.catalog.library().len(), 1);
            fs::rename(&away, folder.path().join("a.md")).expect("moved back");
            watched.look();
            assert_eq!(watched.catalog.unlisted(), []);
        }
        watched.catalog.sort_in();
        assert_eq!(watched.catalog.order().len(), 2);
    }

    #[test]
    fn an_article_that_goes_before_the_list_has_it_is_not_new() {
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path(), "a.md");
        let mut watched = Watched::new(folder.path());
        for _ in 0..2 {
            write(folder.path(), "b.md");
            watched.look();
            assert_eq!(watched.catalog.unlisted().len(), 1);
            fs::remove_file(folder.path().join("b.md")).expect("removed");
            watched.look();
            assert_eq!(watched.catalog.unlisted(), []);
        }
        watched.catalog.sort_in();
        assert_eq!(watched.catalog.order().len(), 1);
    }
}
