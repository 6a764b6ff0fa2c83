//! The library as it loads and changes, and the order of all its articles. The list may show an
//! older state: it waits for a refresh if changes would disturb somebody.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::time::Duration;

use roaring::RoaringBitmap;

use super::moved::MovedArticles;
use crate::library::{Applied, ArticleId, Batch, Library, Source, StoryWishes};
use crate::query::SeenValues;

/// Loading that takes longer than this shows its progress.
const LONG: Duration = Duration::from_millis(300);
/// How often to save the library for the next run while it changes.
const KEEP_EVERY: Duration = Duration::from_secs(5 * 60);

/// All articles.
#[derive(Debug)]
pub struct Catalog {
    source: Source,
    library: Library,
    loading: Loading,
    /// When loading, or scanning again, began, counted from the start of the program.
    loading_since: Duration,
    /// All articles in list order.
    order: Vec<ArticleId>,
    /// Changes that are not in the order yet.
    unlisted: Unlisted,
    moved: MovedArticles,
    /// Changes that have not been saved for the next run.
    unkept: Unkept,
    /// How often existing articles have changed.
    edition: u64,
    seen: SeenValues,
    /// New articles since the library was last completely loaded.
    arrived: Vec<ArticleId>,
    /// Why the library cannot be scanned, or is not watched.
    trouble: Option<String>,
}

/// How far the library has loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loading {
    /// It grows from nothing.
    Growing,
    /// It is as the last run kept it; not all of it may be in memory.
    Restored,
    /// It is as the last run kept it, and is being compared with the files.
    Checking,
    /// It is loaded, and is being scanned again on request; it had this many articles.
    Again(usize),
    Ready,
}

/// Changes that the list shows only at the next refresh, since rows must not jump.
#[derive(Debug, Default)]
struct Unlisted {
    /// Articles that are not in the list.
    new: Vec<ArticleId>,
    /// Articles that may have to move within the list.
    changed: Vec<ArticleId>,
    /// Rows of listed articles whose file is gone.
    gone: RoaringBitmap,
}

impl Unlisted {
    fn note(&mut self, taken: &Applied) {
        for id in taken.new.iter().copied() {
            // One that comes back before the list has dropped it is not new to the list.
            if self.gone.remove(id.row()) {
                self.changed.push(id);
            } else {
                self.new.push(id);
            }
        }
        self.changed.extend(&taken.changed);
        if taken.gone.is_empty() {
            return;
        }
        let mut gone: RoaringBitmap = taken.gone.iter().map(|id| id.row()).collect();
        // One that goes before the list has shown it leaves nothing behind.
        self.new.retain(|id| !gone.remove(id.row()));
        self.gone |= gone;
    }

    /// Articles that the list has under their new rows now.
    fn note_moved(&mut self, moved: &[(ArticleId, ArticleId)]) {
        if moved.is_empty() {
            return;
        }
        for (before, now) in moved {
            self.gone.remove(before.row());
            self.changed.push(*now);
        }
        let now: HashSet<ArticleId> = moved.iter().map(|(_, now)| *now).collect();
        self.new.retain(|id| !now.contains(id));
    }
}

/// Puts what articles are now in their places.
pub(super) fn replace(articles: &mut [ArticleId], moved: &[(ArticleId, ArticleId)]) {
    if moved.is_empty() {
        return;
    }
    let now: HashMap<ArticleId, ArticleId> = moved.iter().copied().collect();
    for id in articles {
        *id = now.get(id).copied().unwrap_or(*id);
    }
}

/// What has changed since the library was last saved for the next run.
#[derive(Clone, Copy, Debug)]
struct Unkept {
    /// Number of batches with changes.
    changes: usize,
    /// When it was last saved, or the program started.
    since: Duration,
}

/// What a batch means for the article shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShownFile {
    Same,
    Changed,
    Gone,
}

/// What a batch means for what is on the screen.
#[derive(Debug)]
pub struct BatchOutcome {
    pub shown: ShownFile,
    /// Articles whose file was moved, with what they are now.
    pub moved: Vec<(ArticleId, ArticleId)>,
}

impl Catalog {
    pub fn new(source: Source) -> Self {
        Self {
            source,
            library: Library::default(),
            loading: Loading::Growing,
            loading_since: Duration::ZERO,
            order: Vec::new(),
            unlisted: Unlisted::default(),
            moved: MovedArticles::default(),
            unkept: Unkept {
                changes: 0,
                since: Duration::ZERO,
            },
            edition: 0,
            seen: SeenValues::default(),
            arrived: Vec::new(),
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

    /// Whether the files of a folder are in the library, as far as the spelling of its roots tells.
    pub fn covers(&self, folder: &Path) -> bool {
        match &self.source {
            Source::Sample => false,
            Source::Roots(roots, _) => roots.iter().any(|root| folder.starts_with(root)),
        }
    }

    /// All articles in list order.
    pub fn order(&self) -> &[ArticleId] {
        &self.order
    }

    /// New articles that the list does not show yet.
    pub fn unlisted(&self) -> &[ArticleId] {
        &self.unlisted.new
    }

    /// Rows of the list whose file is gone.
    pub fn gone(&self) -> &RoaringBitmap {
        &self.unlisted.gone
    }

    /// How often existing articles have changed.
    pub fn edition(&self) -> u64 {
        self.edition
    }

    /// The values of `meta.` fields that queries have met in files.
    pub fn seen(&self) -> &SeenValues {
        &self.seen
    }

    pub(super) fn note_seen(&mut self, seen: SeenValues) {
        self.seen.update(seen);
    }

    pub fn trouble(&self) -> Option<&str> {
        self.trouble.as_deref()
    }

    /// Whether loading has taken so long that somebody may wonder.
    pub fn is_loading_long(&self, uptime: Duration) -> bool {
        self.loading != Loading::Ready && uptime.saturating_sub(self.loading_since) >= LONG
    }

    pub(super) fn set_trouble(&mut self, trouble: Option<String>) {
        self.trouble = trouble;
    }

    /// Applies new, changed and deleted files, and returns what that means for the screen. An article
    /// whose file was moved keeps its place in the order.
    pub(super) fn apply(&mut self, batch: Batch, shown: Option<ArticleId>) -> BatchOutcome {
        let taken = self.library.apply(batch);
        if !(taken.changed.is_empty() && taken.gone.is_empty()) {
            self.edition += 1;
        }
        self.unkept.changes += 1;
        let is_shown = |ids: &[ArticleId]| shown.is_some_and(|id| ids.contains(&id));
        let is_gone = is_shown(&taken.gone);
        let has_changed = is_shown(&taken.changed) || is_shown(&taken.rewritten);
        self.arrived.extend(&taken.new);
        self.unlisted.note(&taken);
        let moved = match self.loading {
            // Nothing is listed yet that could have moved.
            Loading::Growing => Vec::new(),
            Loading::Restored | Loading::Checking | Loading::Again(_) | Loading::Ready => {
                self.moved.note(&taken, &self.unlisted.gone, &self.library)
            }
        };
        self.unlisted.note_moved(&moved);
        replace(&mut self.order, &moved);
        let is_moved = moved.iter().any(|(before, _)| Some(*before) == shown);
        let shown = if is_gone && !is_moved {
            ShownFile::Gone
        } else if has_changed {
            ShownFile::Changed
        } else {
            ShownFile::Same
        };
        BatchOutcome { shown, moved }
    }

    /// The article that a row is about now, also if its file was moved; `None` if its file is gone.
    pub fn now(&self, id: ArticleId) -> Option<ArticleId> {
        self.moved.now(id, &self.library)
    }

    /// Takes the library kept by the last run, with its articles in list order.
    pub(super) fn restore(&mut self, library: Library) {
        self.order = library.ids().collect();
        self.library = library;
        self.edition += 1;
        self.loading = Loading::Restored;
    }

    /// Takes what a person decided about stories. Returns whether any of it is new.
    pub(super) fn heed(&mut self, wishes: StoryWishes) -> bool {
        self.library.heed(wishes)
    }

    /// Everything restored can now be read without waiting for a disk.
    pub(super) fn check(&mut self) {
        self.loading = Loading::Checking;
    }

    /// Drops the restored library, which cannot be relied on.
    pub(super) fn forget(&mut self) {
        self.library = Library::default();
        self.edition += 1;
        self.order = Vec::new();
        self.unlisted = Unlisted::default();
        self.moved = MovedArticles::default();
        self.arrived = Vec::new();
        self.loading = Loading::Growing;
    }

    /// The whole library has been scanned; returns how far it had loaded before.
    pub(super) fn loaded(&mut self) -> Loading {
        self.library.tally();
        let before = std::mem::replace(&mut self.loading, Loading::Ready);
        if before == Loading::Growing {
            self.library.compact();
        }
        before
    }

    /// The articles that have come since the last call and are still there, once the library is
    /// completely loaded.
    pub(super) fn take_arrived(&mut self) -> Vec<ArticleId> {
        if self.loading != Loading::Ready {
            return Vec::new();
        }
        let mut arrived = std::mem::take(&mut self.arrived);
        arrived.retain(|id| !self.library.is_gone(*id));
        arrived
    }

    /// Starts scanning the library again, unless a scan is running; returns whether it did.
    /// `listed` is the number of articles the list knows.
    pub(super) fn look_again(&mut self, listed: usize, uptime: Duration) -> bool {
        if self.loading != Loading::Ready {
            return false;
        }
        self.loading = Loading::Again(listed);
        self.loading_since = uptime;
        true
    }

    /// There is something new to save, though the files are the same.
    pub(super) fn note_worth_keeping(&mut self) {
        self.unkept.changes += 1;
    }

    /// Whether there is anything new to save for the next run. The sample library is always at
    /// hand, and never saved.
    pub(super) fn is_to_be_kept(&mut self, uptime: Duration) -> bool {
        if self.unkept.changes == 0 || self.source == Source::Sample {
            return false;
        }
        self.unkept = Unkept {
            changes: 0,
            since: uptime,
        };
        true
    }

    /// The same, but not while it is loading, nor every time a file changes.
    pub(super) fn is_time_to_keep(&mut self, uptime: Duration) -> bool {
        let is_time = uptime.saturating_sub(self.unkept.since) >= KEEP_EVERY;
        self.loading == Loading::Ready && is_time && self.is_to_be_kept(uptime)
    }

    /// Moves what has changed to its place in the order.
    pub(super) fn sort_in(&mut self) {
        let unlisted = std::mem::take(&mut self.unlisted);
        self.moved.list();
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

/// Merges two sorted lists of articles. With few new ones, only few old ones are looked at.
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
    use std::sync::Mutex;
    use std::sync::atomic::AtomicBool;

    use super::*;
    use crate::library::{ReadDepth, Scanner};

    /// A library in a folder, and its watch.
    struct Watched {
        scanner: Scanner,
        catalog: Catalog,
    }

    impl Watched {
        fn new(folder: &Path) -> Self {
            let source = Source::new(&[folder.to_path_buf()]).expect("a source");
            let mut watched = Self {
                scanner: Scanner::new(source.clone(), ReadDepth::List),
                catalog: Catalog::new(source),
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
    fn a_moved_article_keeps_its_place_whichever_file_is_noticed_first() {
        for copied_first in [true, false] {
            let folder = tempfile::tempdir().expect("a folder");
            write(folder.path(), "a.md");
            let mut watched = Watched::new(folder.path());
            watched.catalog.loaded();
            let before = watched.catalog.order().to_vec();
            let (from, to) = (folder.path().join("a.md"), folder.path().join("b.md"));
            let text = fs::read(&from).expect("an article");
            let copy = || fs::write(&to, &text).expect("an article");
            let remove = || fs::remove_file(&from).expect("removed");
            if copied_first {
                copy();
                watched.look();
                remove();
            } else {
                remove();
                watched.look();
                copy();
            }
            watched.look();
            let catalog = &watched.catalog;
            assert_eq!(catalog.unlisted(), []);
            assert_eq!(catalog.order().len(), 1);
            assert_eq!(catalog.now(before[0]), Some(catalog.order()[0]));
            assert!(!catalog.library().is_gone(catalog.order()[0]));
        }
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
