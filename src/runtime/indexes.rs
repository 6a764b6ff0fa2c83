//! The search index of the articles, shared by the threads that use it: updated on demand, and built on
//! a thread that can wait.

use std::sync::mpsc::Receiver;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use super::effects::Edition;
use super::spare;
use crate::library::Articles;
use crate::library::snapshot::SavedBeside;
use crate::query::{Clock, Index};

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

/// The newest index.
pub struct Indexes {
    known: Mutex<CoveredIndex>,
    /// Delivers the index kept beside the restored library.
    kept: Mutex<Receiver<SavedBeside>>,
    /// Held while building an index, so that no two threads build the same one.
    making: Mutex<()>,
}

impl Indexes {
    /// `kept` delivers the index kept beside the library.
    pub fn new(kept: Receiver<SavedBeside>) -> Self {
        Self {
            known: Mutex::default(),
            kept: Mutex::new(kept),
            making: Mutex::default(),
        }
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

    /// An index of all articles, built if there is none. For a past edition it covers none.
    pub fn whole(&self, among: &Edition) -> Index {
        let _alone = locked(&self.making);
        if locked(&self.known).is_past(among) {
            return Index::default();
        }
        // The kept index may cover only the first articles.
        for _ in 0..2 {
            let index = self.current(among);
            if !index.is_behind(&among.articles) {
                return index;
            }
            self.make(index, among);
        }
        self.current(among)
    }

    fn make(&self, index: Index, among: &Edition) {
        // The kept index is useful only once: it describes the articles as they were.
        let kept = locked(&self.kept).try_recv().ok();
        let kept = kept.filter(|_| index.is_empty());
        let taken_up = kept.and_then(|beside| from_kept(&beside, &among.clock));
        let made = taken_up.or_else(|| {
            let begun = Instant::now();
            let index = index
                .extended(&among.articles, &among.clock, &|| false)
                .ok()?;
            tracing::info!(
                articles = index.len(),
                bytes = index.bytes(),
                took = ?begun.elapsed(),
                "built the index"
            );
            Some(CoveredIndex {
                edition: among.number,
                articles: among.articles.clone(),
                index,
            })
        });
        if let Some(made) = made {
            *locked(&self.known) = made;
            spare::give_back();
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Restores the index from what was kept beside the articles.
fn from_kept(beside: &SavedBeside, clock: &Clock) -> Option<CoveredIndex> {
    let begun = Instant::now();
    let index = Index::from_kept(beside, clock)?;
    index.bring_in();
    tracing::info!(
        articles = index.len(),
        took = ?begun.elapsed(),
        "took up the kept index"
    );
    Some(CoveredIndex {
        edition: BEFORE,
        articles: beside.articles().clone(),
        index,
    })
}
