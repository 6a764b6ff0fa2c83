//! Between the threads that read files and whoever takes the results: the file index, and the
//! results that wait to be handed over.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::super::batch::{Batch, Note, Noted};
use super::super::file_index::{FileIndex, FileKey, Met, Stamp, Was};
use super::reading::Told;

/// How long results may wait before they are handed over.
const HAND_OVER: Duration = Duration::from_millis(30);

/// Collects results from the threads, and hands them over every few hundredths of a second.
pub struct HandOver<'a> {
    sink: &'a (dyn Fn(Batch) + Sync),
    waiting: Mutex<Waiting<'a>>,
}

struct Waiting<'a> {
    file_index: &'a mut FileIndex,
    batch: Batch,
    since: Instant,
    /// Articles that cannot be read just now, and may be half written.
    not_yet: Vec<PathBuf>,
}

impl<'a> HandOver<'a> {
    pub fn new(file_index: &'a mut FileIndex, sink: &'a (dyn Fn(Batch) + Sync)) -> Self {
        let since = Instant::now();
        let waiting = Waiting {
            file_index,
            batch: Batch::default(),
            since,
            not_yet: Vec::new(),
        };
        Self {
            sink,
            waiting: Mutex::new(waiting),
        }
    }

    /// Records a file before anything else is known of it, and returns how it compares to what was
    /// known.
    pub fn meet(&self, key: FileKey, stamp: Stamp) -> Met {
        self.with(|waiting| {
            let met = waiting.file_index.meet(key, stamp);
            waiting.batch.files += usize::from(met == Met::New);
            met
        })
    }

    /// Takes the result for a file.
    pub fn take(&self, path: &Path, key: FileKey, stamp: Stamp, told: Told) {
        self.with(|waiting| match told {
            Told::Article(found) => {
                waiting.file_index.settle(key, Was::Article);
                waiting.batch.found.push(found);
            }
            Told::Other(note) => {
                waiting.file_index.settle(key, Was::Other);
                waiting.batch.noted.push(Noted {
                    path: path.to_path_buf(),
                    stamp,
                    note,
                });
            }
            Told::NotYet => {
                waiting.file_index.doubt(key);
                waiting.not_yet.push(path.to_path_buf());
            }
            Told::Missing => {
                waiting.forget(key);
            }
        });
    }

    /// Records something that is skipped, or cannot be entered.
    pub fn note(&self, path: &Path, stamp: Stamp, note: Note) {
        let key = FileKey::new(path);
        if self.meet(key, stamp) != Met::Unchanged {
            self.take(path, key, stamp, Told::Other(note));
        }
    }

    /// Records that a file does not exist; returns whether it did.
    pub fn missing(&self, path: &Path) -> bool {
        self.with(|waiting| waiting.forget(FileKey::new(path)))
    }

    /// Counts all files as gone that this pass has not met.
    pub fn end_pass(&self) {
        self.with(|waiting| {
            let gone = waiting.file_index.end_pass();
            waiting.batch.gone.extend(gone);
        });
    }

    /// Hands over what is left, and returns which articles must be read again.
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

impl Waiting<'_> {
    /// Records that a file no longer exists; returns whether it did.
    fn forget(&mut self, key: FileKey) -> bool {
        let known = self.file_index.forget(key);
        if known {
            self.batch.gone.push(key);
        }
        known
    }
}
