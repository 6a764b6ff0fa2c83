//! Between the threads that read files and the consumer of the results: the file index, and the
//! results waiting to be handed over.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::super::batch::{Batch, NonArticle, NonArticleReason};
use super::super::file_index::{Comparison, FileIndex, FileKey, Stamp, Was};
use super::reading::FileContents;

/// How long results may wait before they are handed over.
const HAND_OVER: Duration = Duration::from_millis(30);

/// Collects results from the threads, and hands them over every few hundredths of a second.
pub struct HandOver<'a> {
    sink: &'a (dyn Fn(Batch) + Sync),
    waiting: Mutex<Waiting<'a>>,
    known: KnownAtStart,
}

/// What was known at the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KnownAtStart {
    /// No files: every one is read, so there is nothing to compare.
    Nothing,
    Files,
}

/// A file, and what it turned out to be.
pub struct ReadFile<'a> {
    pub path: &'a Path,
    pub key: FileKey,
    /// The version that was read.
    pub stamp: Stamp,
    pub told: FileContents,
}

struct Waiting<'a> {
    file_index: &'a mut FileIndex,
    batch: Batch,
    since: Instant,
    /// Articles that cannot be read yet, and may be half written.
    not_yet: Vec<PathBuf>,
}

impl<'a> HandOver<'a> {
    pub fn new(file_index: &'a mut FileIndex, sink: &'a (dyn Fn(Batch) + Sync)) -> Self {
        let since = Instant::now();
        let known = if file_index.is_empty() {
            KnownAtStart::Nothing
        } else {
            KnownAtStart::Files
        };
        let waiting = Waiting {
            file_index,
            batch: Batch::default(),
            since,
            not_yet: Vec::new(),
        };
        Self {
            sink,
            waiting: Mutex::new(waiting),
            known,
        }
    }

    pub fn known(&self) -> KnownAtStart {
        self.known
    }

    /// Records files before anything else is known about them, and passes to `met` how each
    /// compares to what was known.
    pub fn meet(&self, files: &[(FileKey, Stamp)], mut met: impl FnMut(Comparison)) {
        self.with(|waiting| {
            for (key, stamp) in files {
                met(waiting.meet(*key, *stamp));
            }
        });
    }

    /// Takes the results for files that were already recorded.
    pub fn take(&self, outcomes: Vec<ReadFile<'_>>) {
        self.with(|waiting| outcomes.into_iter().for_each(|it| waiting.take(it)));
    }

    /// Takes the results for files that were not recorded yet.
    pub fn meet_and_take(&self, outcomes: Vec<ReadFile<'_>>) {
        self.with(|waiting| {
            for outcome in outcomes {
                let is_there = !matches!(outcome.told, FileContents::Missing);
                if is_there && waiting.meet(outcome.key, outcome.stamp) != Comparison::Unchanged {
                    waiting.take(outcome);
                }
            }
        });
    }

    /// Records something that is skipped, or cannot be entered.
    pub fn note(&self, path: &Path, stamp: Stamp, note: NonArticleReason) {
        self.meet_and_take(vec![ReadFile {
            path,
            key: FileKey::new(path),
            stamp,
            told: FileContents::Other(note),
        }]);
    }

    /// Records that a file does not exist; returns whether it was known.
    pub fn missing(&self, path: &Path) -> bool {
        self.with(|waiting| waiting.forget(FileKey::new(path)))
    }

    /// Treats all files that this pass has not met as gone.
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
    fn meet(&mut self, key: FileKey, stamp: Stamp) -> Comparison {
        let met = self.file_index.meet(key, stamp);
        self.batch.files += usize::from(met == Comparison::New);
        met
    }

    fn take(&mut self, outcome: ReadFile<'_>) {
        let ReadFile {
            path,
            key,
            stamp,
            told,
        } = outcome;
        match told {
            FileContents::Article(found) => {
                self.file_index.settle(key, stamp, Was::Article);
                self.batch.found.push(found);
            }
            FileContents::Other(note) => {
                self.file_index.settle(key, stamp, Was::Other);
                self.batch.noted.push(NonArticle {
                    path: path.to_path_buf(),
                    stamp,
                    note,
                });
            }
            FileContents::NotYet => {
                self.file_index.doubt(key);
                self.not_yet.push(path.to_path_buf());
            }
            FileContents::Missing => {
                self.forget(key);
            }
        }
    }

    /// Records that a file no longer exists; returns whether it was known.
    fn forget(&mut self, key: FileKey) -> bool {
        let known = self.file_index.forget(key);
        if known {
            self.batch.gone.push(key);
        }
        known
    }
}
