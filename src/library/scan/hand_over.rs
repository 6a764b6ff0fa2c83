//! Between the threads that look at files and whoever takes what they find: the ledger, and what
//! waits to be handed over.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::super::batch::{Batch, Found, Note, Noted};
use super::super::ledger::{FileKey, Ledger, Met, Stamp, Was};

/// How long what was found may wait before it is handed over.
const HAND_OVER: Duration = Duration::from_millis(30);

/// Gathers what the threads find, and hands it over every few hundredths of a second.
pub struct HandOver<'a> {
    sink: &'a (dyn Fn(Batch) + Sync),
    waiting: Mutex<Waiting<'a>>,
}

struct Waiting<'a> {
    ledger: &'a mut Ledger,
    batch: Batch,
    since: Instant,
    /// Articles that cannot be read just now, and may be half written.
    not_yet: Vec<PathBuf>,
}

impl<'a> HandOver<'a> {
    pub fn new(ledger: &'a mut Ledger, sink: &'a (dyn Fn(Batch) + Sync)) -> Self {
        let since = Instant::now();
        let waiting = Waiting {
            ledger,
            batch: Batch::default(),
            since,
            not_yet: Vec::new(),
        };
        Self {
            sink,
            waiting: Mutex::new(waiting),
        }
    }

    /// Notes a file, before anything else is known of it.
    pub fn meet(&self, path: &Path, stamp: Stamp) -> Met {
        let key = FileKey::of(path);
        self.with(|waiting| {
            let met = waiting.ledger.meet(key, stamp);
            waiting.batch.files += usize::from(met == Met::New);
            met
        })
    }

    pub fn found(&self, path: &Path, found: Found) {
        let key = FileKey::of(path);
        self.with(|waiting| {
            waiting.ledger.settle(key, Was::Article);
            waiting.batch.found.push(found);
        });
    }

    /// A file that is no article.
    pub fn note(&self, path: &Path, stamp: Stamp, note: Note) {
        let key = FileKey::of(path);
        self.with(|waiting| {
            waiting.ledger.settle(key, Was::Other);
            waiting.batch.noted.push(Noted {
                path: path.to_path_buf(),
                stamp,
                note,
            });
        });
    }

    /// An article that is half written, it seems: it stays as it was, and is looked at again.
    pub fn not_yet(&self, path: &Path) {
        let key = FileKey::of(path);
        self.with(|waiting| {
            waiting.ledger.doubt(key);
            waiting.not_yet.push(path.to_path_buf());
        });
    }

    /// A file that is not there; answers whether it was.
    pub fn missing(&self, path: &Path) -> bool {
        let key = FileKey::of(path);
        self.with(|waiting| {
            let known = waiting.ledger.forget(key);
            if known {
                waiting.batch.gone.push(key);
            }
            known
        })
    }

    /// Hands over what is left, and answers which articles have to be looked at again.
    pub fn finish(self) -> Vec<PathBuf> {
        let waiting = self
            .waiting
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        if !waiting.batch.is_empty() {
            (self.sink)(waiting.batch);
        }
        waiting.not_yet
    }

    /// Counts all files as gone that this pass has not met.
    pub fn end_pass(&self) {
        self.with(|waiting| {
            let gone = waiting.ledger.end_pass();
            waiting.batch.gone.extend(gone);
        });
    }

    fn with<T>(&self, change: impl FnOnce(&mut Waiting<'a>) -> T) -> T {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let answer = change(&mut waiting);
        if waiting.since.elapsed() >= HAND_OVER && !waiting.batch.is_empty() {
            waiting.since = Instant::now();
            (self.sink)(std::mem::take(&mut waiting.batch));
        }
        answer
    }
}
