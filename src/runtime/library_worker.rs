//! The thread that keeps the library in step with the files: scans them all, watches for changes,
//! and scans again from time to time where it cannot watch.

use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel, sync_channel};
use std::time::{Duration, Instant};

use super::background;
use super::indexes::Indexes;
use super::loop_message::LoopMessage;
use super::spare;
use crate::app::Event;
use crate::library::snapshot::{self, Restored, Unfit};
use crate::library::{Batch, Left, ReadDepth, Scanner, Source, Watch, WatchEvent, WhereChanged};

/// How soon to retry an article that looks half written.
const RETRY: Duration = Duration::from_millis(300);
/// How often to rescan without a watch; less often if a scan takes long.
const POLL: Duration = Duration::from_secs(5);
/// Polling takes at most this fraction of the time: one part in this many.
const POLL_SHARE: u32 = 20;
/// How many batches may wait for the screen's thread. The readers of a machine with many processors
/// would otherwise fill its memory faster than one thread can sort in what they find.
const BATCHES: usize = 8;

/// A handle to the thread; it ends with the process.
pub struct LibraryWorker {
    jobs: Sender<Job>,
    batches: Receiver<Batch>,
}

/// What the thread waits for.
enum Job {
    /// Scan all files.
    Look,
    /// The system reports a change.
    Hint(WatchEvent),
}

impl LibraryWorker {
    /// Starts the thread, which restores the kept library and then waits for the first request.
    ///
    /// # Errors
    /// If the thread cannot be started.
    pub fn start(
        source: Source,
        cache: Option<PathBuf>,
        indexes: Arc<Indexes>,
        wakes: Sender<LoopMessage>,
    ) -> io::Result<Self> {
        let (jobs, waiting) = channel();
        let (found, batches) = sync_channel(BATCHES);
        let scanner = Scanner::new(source.clone(), ReadDepth::List);
        let work = Work {
            source,
            cache,
            indexes,
            scanner,
            jobs: jobs.clone(),
            waiting,
            wakes,
            found,
            watch: None,
            later: BTreeSet::new(),
            retry: None,
            lost: None,
            unwatched: None,
            told: None,
            looked: Instant::now(),
            took: Duration::ZERO,
        };
        background::start("library", move || work.run())?;
        Ok(Self { jobs, batches })
    }

    /// Scans all files.
    pub fn look(&self) {
        // Cannot fail: the thread lives as long as the process.
        let _ = self.jobs.send(Job::Look);
    }

    /// The batch that a [`LoopMessage::Found`] is about.
    pub fn take_batch(&self) -> Option<Batch> {
        self.batches.try_recv().ok()
    }
}

struct Work {
    source: Source,
    /// Where libraries are kept between runs.
    cache: Option<PathBuf>,
    /// Get the data kept beside the library.
    indexes: Arc<Indexes>,
    scanner: Scanner,
    /// For the watch to send its hints to.
    jobs: Sender<Job>,
    waiting: Receiver<Job>,
    wakes: Sender<LoopMessage>,
    found: SyncSender<Batch>,
    watch: Option<Watch>,
    /// Articles that look half written.
    later: BTreeSet<PathBuf>,
    /// When to retry those.
    retry: Option<Instant>,
    /// Why the files cannot be scanned.
    lost: Option<String>,
    /// Why they are not watched.
    unwatched: Option<String>,
    /// The trouble last reported to the app.
    told: Option<String>,
    /// When all files were last scanned, and how long it took.
    looked: Instant,
    took: Duration,
}

/// Whether the receiver still exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Heard {
    Yes,
    No,
}

impl Work {
    fn run(mut self) {
        let restored = self.restore();
        // A search may come at once, and is not to wait for the rest.
        background::step_back();
        if let Some(restored) = restored {
            self.bring_in(&restored);
        }
        // Nothing is watched before the first request.
        if self.waiting.recv().is_err() {
            return;
        }
        self.pass();
        tracing::info!(took = ?self.took, "scanned all files");
        self.tell(Event::Loaded);
        self.begin_watch();
        spare::give_back();
        while self.step() == Heard::Yes {}
    }

    /// Sends the library kept by the last run, if there is one.
    fn restore(&self) -> Option<Restored> {
        let cache = self.cache.as_ref()?;
        let restored = match snapshot::restore(&self.source, cache) {
            Ok(restored) => restored,
            Err(Unfit::Absent) => return None,
            Err(unfit) => {
                tracing::warn!("the kept library is not used: {unfit}");
                return None;
            }
        };
        tracing::info!(
            articles = restored.library.len(),
            "the kept library is shown"
        );
        self.tell(Event::Restored(Box::new(restored.library.clone())));
        self.indexes.keep(restored.beside());
        Some(restored)
    }

    /// Brings everything that was kept into memory, and continues from there.
    fn bring_in(&mut self, restored: &Restored) {
        match restored.bring_in() {
            Ok(file_index) => {
                self.scanner =
                    Scanner::with_index(self.source.clone(), ReadDepth::List, file_index);
                self.tell(Event::RestoredWhole);
            }
            Err(unfit) => {
                tracing::warn!("the kept library is not used: {unfit}");
                self.tell(Event::RestoredDamaged);
            }
        }
    }

    /// Waits for a request, a change or the next poll, and handles it.
    fn step(&mut self) -> Heard {
        let heard = match self.waiting.recv_timeout(self.patience()) {
            Ok(Job::Look) => self.asked(),
            Ok(Job::Hint(hint)) => self.hinted(hint),
            Err(RecvTimeoutError::Timeout) => Heard::Yes,
            Err(RecvTimeoutError::Disconnected) => Heard::No,
        };
        if self.retry.is_some_and(|at| at <= Instant::now()) {
            self.retry = None;
            let files = std::mem::take(&mut self.later);
            self.look(&files);
        }
        if self.next_poll().is_some_and(|at| at <= Instant::now()) {
            self.pass();
            self.begin_watch();
        }
        heard
    }

    /// How long to wait before something is due by itself.
    fn patience(&self) -> Duration {
        let next = self.retry.into_iter().chain(self.next_poll()).min();
        next.map_or(Duration::MAX, |at| {
            at.saturating_duration_since(Instant::now())
        })
    }

    fn hinted(&mut self, hint: WatchEvent) -> Heard {
        let Some(watch) = &mut self.watch else {
            // A hint from a watch that has ended since.
            return Heard::Yes;
        };
        let mut asked = false;
        let changes = watch.gather(hint, |patience| match self.waiting.recv_timeout(patience) {
            Ok(Job::Hint(hint)) => Some(hint),
            Ok(Job::Look) => {
                asked = true;
                None
            }
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => None,
        });
        if let Some(changes) = changes {
            self.follow(changes);
        }
        if asked { self.asked() } else { Heard::Yes }
    }

    fn asked(&mut self) -> Heard {
        self.unwatched = None;
        self.pass();
        self.begin_watch();
        self.tell(match self.lost {
            None => Event::Loaded,
            Some(_) => Event::NotScanned,
        })
    }

    fn follow(&mut self, changes: WhereChanged) {
        match changes {
            WhereChanged::Files(files) => self.look(&files),
            WhereChanged::Everything => self.pass(),
            WhereChanged::Unwatched(reason) => {
                self.unwatch(&reason);
                self.pass();
            }
        }
    }

    fn look(&mut self, files: &BTreeSet<PathBuf>) {
        let (found, wakes) = (self.found.clone(), self.wakes.clone());
        match self
            .scanner
            .look(files, &|batch| hand(&found, &wakes, batch))
        {
            Left::Later(files) => self.look_later(files),
            Left::Pass => self.pass(),
        }
    }

    fn look_later(&mut self, files: BTreeSet<PathBuf>) {
        if !files.is_empty() {
            self.later.extend(files);
            self.retry = Some(Instant::now() + RETRY);
        }
    }

    fn pass(&mut self) {
        let (found, wakes) = (self.found.clone(), self.wakes.clone());
        let begun = Instant::now();
        let outcome = self.scanner.pass(&AtomicBool::new(false), &|batch| {
            hand(&found, &wakes, batch);
        });
        (self.looked, self.took) = (Instant::now(), begun.elapsed());
        match outcome {
            Ok(Left::Later(files)) => {
                self.look_later(files);
                self.lost = None;
            }
            Ok(Left::Pass) => {}
            Err(error) => {
                self.watch = None;
                self.lost = Some(error.to_string());
            }
        }
        self.tell_trouble();
    }

    /// Starts watching if it is not running yet, and rescans for earlier changes.
    fn begin_watch(&mut self) {
        let Source::Roots(roots, overrides) = &self.source else {
            return;
        };
        if self.watch.is_some() || self.lost.is_some() || self.unwatched.is_some() {
            return;
        }
        let jobs = self.jobs.clone();
        let tell = move |hint| {
            // Cannot fail: the thread lives as long as the process.
            let _ = jobs.send(Job::Hint(hint));
        };
        match Watch::start(roots, overrides, tell) {
            Ok(watch) => {
                self.watch = Some(watch);
                self.pass();
            }
            Err(reason) => self.unwatch(&reason),
        }
        self.tell_trouble();
    }

    fn unwatch(&mut self, reason: &str) {
        self.watch = None;
        self.unwatched = Some(format!("checking every few seconds: {reason}"));
    }

    /// When to poll next, if unwatched: rarely enough that polling does not fill all of the time.
    fn next_poll(&self) -> Option<Instant> {
        let polled = self.source != Source::Sample && self.watch.is_none();
        polled.then(|| self.looked + POLL.max(self.took * POLL_SHARE))
    }

    fn tell_trouble(&mut self) {
        let trouble = self.lost.clone().or_else(|| self.unwatched.clone());
        if self.told != trouble {
            match &trouble {
                Some(trouble) => tracing::warn!("the library is not followed: {trouble}"),
                None => tracing::info!("the library is followed again"),
            }
            self.told.clone_from(&trouble);
            self.tell(Event::Trouble(trouble));
        }
    }

    fn tell(&self, event: Event) -> Heard {
        match self.wakes.send(LoopMessage::Event(event)) {
            Ok(()) => Heard::Yes,
            Err(_) => Heard::No,
        }
    }
}

/// Hands a batch over, once there is room for it. Both fail only once the app is quitting.
fn hand(found: &SyncSender<Batch>, wakes: &Sender<LoopMessage>, batch: Batch) {
    let _ = found.send(batch);
    let _ = wakes.send(LoopMessage::Found);
}
