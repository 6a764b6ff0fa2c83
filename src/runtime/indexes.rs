//! The search index of the articles, shared by the threads that use it: updated on demand, and built on
//! a thread that can wait. Until somebody searches, similar articles are found by the words that are kept
//! beside the saved library.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use roaring::RoaringBitmap;

use super::effects::Edition;
use super::saves_ahead::SavesAhead;
use super::spare;
use crate::library::snapshot::SavedBeside;
use crate::library::{ArticleId, Articles};
use crate::query::kept::KeptWords;
use crate::query::{Index, WordRuns};

/// The edition of a run that is over.
const BEFORE: u64 = u64::MAX;

/// An index, and the articles it covers.
#[derive(Clone, Default)]
struct CoveredIndex {
    edition: u64,
    articles: Articles,
    index: Index,
}

impl CoveredIndex {
    /// Whether these articles are an earlier edition: the caller waited while others went on, and has
    /// asked again by now.
    fn is_past(&self, among: &Edition) -> bool {
        let is_shorter = among.articles.len() < self.articles.len();
        let is_older = among.number < self.edition || among.number == self.edition && is_shorter;
        self.edition != BEFORE && is_older
    }
}

/// The words kept beside the library.
struct Kept {
    words: Arc<KeptWords>,
    /// What they do not know of the articles of an edition, by its number and their number; `None` if that
    /// is too much.
    stale: Option<(u64, usize, Option<Arc<RoaringBitmap>>)>,
}

impl Kept {
    /// The words, and the rows of an edition that they do not know; `None` if these are too many.
    fn among(&mut self, among: &Edition) -> Option<(Arc<KeptWords>, Arc<RoaringBitmap>)> {
        let edition = (among.number, among.articles.len());
        let stale = match &self.stale {
            Some((number, len, stale)) if (*number, *len) == edition => stale.clone(),
            _ => self.words.stale(&among.articles).map(Arc::new),
        };
        self.stale = Some((edition.0, edition.1, stale.clone()));
        Some((Arc::clone(&self.words), stale?))
    }
}

/// The newest index, and the words kept beside the library.
#[derive(Default)]
pub struct Indexes {
    known: Mutex<CoveredIndex>,
    kept: Mutex<Option<Kept>>,
    /// Whether somebody has searched, so that the index is needed again.
    is_searched: AtomicBool,
    /// Held while building an index, so that no two threads build the same one.
    making: Mutex<()>,
    /// Saves that bring words to keep.
    ahead: SavesAhead,
}

impl Indexes {
    /// No index, and no words before the saves `ahead` are done.
    pub fn after(ahead: SavesAhead) -> Self {
        Self {
            ahead,
            ..Self::default()
        }
    }

    /// Takes what has been kept beside the library, which is newer than what was there.
    pub fn keep(&self, beside: SavedBeside) {
        let Some(words) = KeptWords::new(beside) else {
            return;
        };
        // An index that was only made for similar articles is no longer needed.
        if !self.is_searched.load(Ordering::Relaxed) {
            *locked(&self.known) = CoveredIndex::default();
        } else if !locked(&self.known).index.is_empty() {
            return;
        }
        *locked(&self.kept) = Some(Kept {
            words: Arc::new(words),
            stale: None,
        });
    }

    /// The index for the articles of an edition. It may cover only the first of them, or none; for a
    /// past edition it covers none.
    pub fn current(&self, among: &Edition) -> Index {
        let mut known = locked(&self.known);
        if known.is_past(among) {
            return Index::default();
        }
        if known.edition != among.number {
            let patched = known
                .index
                .patched(&known.articles, &among.articles, &among.clock);
            known.index = patched.unwrap_or_default();
            known.edition = among.number;
        }
        known.articles = among.articles.clone();
        known.index.clone()
    }

    /// The index for a search. One that is kept beside the library is taken up first: that takes less
    /// time than searching all texts.
    pub fn for_search(&self, among: &Edition) -> Index {
        self.is_searched.store(true, Ordering::Relaxed);
        // Whoever builds one from all texts is not waited for.
        if self.to_take_up().is_some() {
            let alone = locked(&self.making);
            self.take_up();
            drop(alone);
        }
        self.current(among)
    }

    /// Words that articles similar to this one can be found by. If a save is ahead, waits for the words
    /// that it brings.
    pub fn words(&self, among: &Edition, article: ArticleId) -> WordRuns {
        let kept = self.kept_words(among, article).or_else(|| {
            self.ahead.wait();
            self.kept_words(among, article)
        });
        kept.unwrap_or_else(|| self.whole(among).words())
    }

    /// The same from what was kept; `None` if there is an index, or it is needed.
    fn kept_words(&self, among: &Edition, article: ArticleId) -> Option<WordRuns> {
        if !locked(&self.known).index.is_empty() {
            return None;
        }
        let (words, stale) = locked(&self.kept).as_mut()?.among(among)?;
        let found = words.of_article(&among.articles, article, &stale);
        if found.is_none() {
            tracing::warn!("the kept words are damaged, and are collected again");
            *locked(&self.kept) = None;
        }
        found
    }

    /// Builds an index of all articles for a search, if there is none, with all that searches need.
    pub fn prepare(&self, among: &Edition) {
        self.prepare_kept(among);
        let index = self.whole(among);
        index.bring_in(&among.articles, &among.clock);
        spare::give_back();
    }

    /// Takes up the index that is kept, if there is none, with all that searches need. What a search waits
    /// for comes first: the words of a query are soon read.
    pub fn prepare_kept(&self, among: &Edition) {
        let index = self.for_search(among);
        index.bring_in(&among.articles, &among.clock);
        index.bring_in_words();
        spare::give_back();
    }

    /// An index of all articles, built if there is none. For a past edition it covers none.
    fn whole(&self, among: &Edition) -> Index {
        let _alone = locked(&self.making);
        if locked(&self.known).is_past(among) {
            return Index::default();
        }
        self.take_up();
        let mut index = self.current(among);
        if !index.bring_in_words() {
            tracing::warn!("the kept words are damaged, and are collected again");
            index = Index::default();
        } else if !index.is_behind(&among.articles) {
            return index;
        }
        self.build(&index, among);
        self.current(among)
    }

    /// The words kept beside the library, if an index is to be made of them.
    fn to_take_up(&self) -> Option<Arc<KeptWords>> {
        let kept = locked(&self.kept);
        let words = kept.as_ref().map(|it| &it.words);
        let words = words.filter(|it| it.is_in_order()).map(Arc::clone);
        words.filter(|_| locked(&self.known).index.is_empty())
    }

    /// Makes the index of the words kept beside the library, if there is none. The caller holds `making`.
    fn take_up(&self) {
        let Some(words) = self.to_take_up() else {
            return;
        };
        if let Some(index) = words.index() {
            tracing::info!(articles = index.len(), "took up the kept index");
            *locked(&self.known) = CoveredIndex {
                edition: BEFORE,
                articles: words.articles().clone(),
                index,
            };
        }
        // What is kept is useful only once: it describes the articles as they were. Until now, it told
        // searches that an index is on its way.
        *locked(&self.kept) = None;
    }

    fn build(&self, index: &Index, among: &Edition) {
        let begun = Instant::now();
        let Ok(index) = index.extended(&among.articles, &|| false) else {
            return;
        };
        tracing::info!(
            articles = index.len(),
            bytes = index.bytes(),
            took = ?begun.elapsed(),
            "built the index"
        );
        *locked(&self.known) = CoveredIndex {
            edition: among.number,
            articles: among.articles.clone(),
            index,
        };
        *locked(&self.kept) = None;
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use jiff::Timestamp;
    use jiff::tz::TimeZone;

    use super::*;
    use crate::library::snapshot::{self, MakesParts, Restored};
    use crate::library::{Library, ReadDepth, Source};
    use crate::query::Clock;
    use crate::query::kept;

    /// The sample library as it comes back from a snapshot.
    fn restored(parts: &MakesParts) -> Restored {
        let seeds = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/seeds"));
        let source = Source::new(&[seeds]).expect("a source");
        let picture = Library::load(&source, ReadDepth::List).picture();
        let cache = tempfile::tempdir().expect("a folder");
        let saved = snapshot::keep_with(&picture, &source, cache.path(), parts);
        assert!(saved.expect("it is saved").is_some());
        snapshot::restore(&source, cache.path()).expect("what was saved")
    }

    fn edition(restored: &Restored) -> Edition {
        Edition {
            articles: restored.library.articles().clone(),
            number: 0,
            clock: Clock {
                now: Timestamp::UNIX_EPOCH,
                zone: TimeZone::UTC,
            },
        }
    }

    #[test]
    fn the_first_search_takes_up_the_index_that_was_kept() {
        let restored = restored(&kept::parts);
        let among = edition(&restored);
        let indexes = Indexes::default();
        assert!(indexes.for_search(&among).is_empty(), "none is kept");
        indexes.keep(restored.beside());
        assert!(indexes.current(&among).is_empty(), "it is left in the file");
        assert_eq!(indexes.for_search(&among).len(), among.articles.len());
    }

    #[test]
    fn damaged_words_are_collected_again() {
        let restored = restored(&|articles, rows| {
            let mut parts = kept::parts(articles, rows);
            parts.iter_mut().skip(1).for_each(|part| part.reverse());
            parts
        });
        let among = edition(&restored);
        let indexes = Indexes::default();
        indexes.keep(restored.beside());
        assert!(!indexes.for_search(&among).bring_in_words());
        indexes.prepare(&among);
        let index = indexes.current(&among);
        assert!(index.bring_in_words());
        assert_eq!(index.len(), among.articles.len());
    }
}
