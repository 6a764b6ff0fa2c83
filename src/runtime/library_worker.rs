//! The thread that keeps the library what the files are: looks at all of them, is told what
//! changes, and where it cannot be told, looks again from time to time.

use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::loop_message::LoopMessage;
use crate::app::Event;
use crate::library::snapshot::{self, Unfit};
use crate::library::{Batch, Changes, Depth, Hint, Left, Scanner, Source, Watch};

/// How soon an article that is half written, it seems, is looked at again.
const RETRY: Duration = Duration::from_millis(300);
/// Without a watch all files are looked at this often, or less often where that takes long.
const POLL: Duration = Duration::from_secs(5);
/// Of the time, at most one part in so many is spent with polling.
const POLL_SHARE: u32 = 20;

/// Keeps the library; it ends with the process.
pub struct LibraryWorker {
    jobs: Sender<Job>,
}

/// What the thread waits for.
enum Job {
    /// All files are to be looked at.
    Look,
    /// The system tells of a change.
    Hint(Hint),
}

impl LibraryWorker {
    /// Starts the thread, which restores what was kept and then waits for the first request.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(
        source: Source,
        cache: Option<PathBuf>,
        wakes: Sender<LoopMessage>,
    ) -> io::Result<Self> {
        let (jobs, waiting) = channel();
        let scanner = Scanner::new(source.clone(), Depth::List);
        let work = Work {
            source,
            cache,
            scanner,
            jobs: jobs.clone(),
            waiting,
            wakes,
            watch: None,
            later: BTreeSet::new(),
            retry: None,
            lost: None,
            unwatched: None,
            told: None,
            looked: Instant::now(),
            took: Duration::ZERO,
        };
        thread::Builder::new()
            .name("library".to_owned())
            .spawn(move || work.run())
            .map(drop)?;
        Ok(Self { jobs })
    }

    /// Has all files looked at.
    pub fn look(&self) {
        // The thread ends only with the process.
        let _ = self.jobs.send(Job::Look);
    }
}

struct Work {
    source: Source,
    /// Where libraries are kept between runs.
    cache: Option<PathBuf>,
    scanner: Scanner,
    /// For what the watch hears.
    jobs: Sender<Job>,
    waiting: Receiver<Job>,
    wakes: Sender<LoopMessage>,
    watch: Option<Watch>,
    /// Articles that are half written, it seems.
    later: BTreeSet<PathBuf>,
    /// When those are looked at again.
    retry: Option<Instant>,
    /// Why the files cannot be looked at.
    lost: Option<String>,
    /// Why they are not watched.
    unwatched: Option<String>,
    /// What of this the app knows.
    told: Option<String>,
    /// When all files were looked at last, and how long it took.
    looked: Instant,
    took: Duration,
}

/// Whether anybody wants to hear more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Heard {
    Yes,
    No,
}

impl Work {
    fn run(mut self) {
        self.restore();
        // Before the first request nothing is watched.
        if self.waiting.recv().is_err() {
            return;
        }
        self.pass();
        tracing::info!(took = ?self.took, "all files were looked at");
        self.tell(Event::Loaded);
        self.begin_watch();
        while self.step() == Heard::Yes {}
    }

    /// Tells the library as it was kept last, if it was, and goes on from there.
    fn restore(&mut self) {
        let Some(cache) = &self.cache else {
            return;
        };
        let restored = match snapshot::restore(&self.source, cache) {
            Ok(restored) => restored,
            Err(Unfit::Absent) => return,
            Err(unfit) => return tracing::warn!("the kept library is not used: {unfit}"),
        };
        tracing::info!(
            articles = restored.library.len(),
            "the kept library is shown"
        );
        self.tell(Event::Restored(Box::new(restored.library.clone())));
        match restored.bring_in() {
            Ok(file_index) => {
                self.scanner = Scanner::with_index(self.source.clone(), Depth::List, file_index);
                self.tell(Event::RestoredWhole);
            }
            Err(unfit) => {
                tracing::warn!("the kept library is not used: {unfit}");
                self.tell(Event::RestoredDamaged);
            }
        }
    }

    /// Waits for a request, a change or the time to look by itself, and does what it asks for.
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

    /// Until there is something to do that nobody tells.
    fn patience(&self) -> Duration {
        let next = self.retry.into_iter().chain(self.next_poll()).min();
        next.map_or(Duration::MAX, |at| {
            at.saturating_duration_since(Instant::now())
        })
    }

    fn hinted(&mut self, hint: Hint) -> Heard {
        let Some(watch) = &mut self.watch else {
            // Of a watch that has ended meanwhile.
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
        self.tell(Event::Loaded)
    }

    fn follow(&mut self, changes: Changes) {
        match changes {
            Changes::Files(files) => self.look(&files),
            Changes::Everything => self.pass(),
            Changes::Unwatched(reason) => {
                self.unwatch(&reason);
                self.pass();
            }
        }
    }

    fn look(&mut self, files: &BTreeSet<PathBuf>) {
        let wakes = self.wakes.clone();
        match self.scanner.look(files, &|batch| hand(&wakes, batch)) {
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
        let wakes = self.wakes.clone();
        let begun = Instant::now();
        let outcome = self
            .scanner
            .pass(&AtomicBool::new(false), &|batch| hand(&wakes, batch));
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

    /// Starts watching where that is not done yet, and looks once more: something may have changed
    /// before.
    fn begin_watch(&mut self) {
        let Source::Roots(roots) = &self.source else {
            return;
        };
        if self.watch.is_some() || self.lost.is_some() || self.unwatched.is_some() {
            return;
        }
        let jobs = self.jobs.clone();
        let tell = move |hint| {
            // The thread ends only with the process.
            let _ = jobs.send(Job::Hint(hint));
        };
        match Watch::start(roots, tell) {
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
        self.unwatched = Some(format!("looking every few seconds: {reason}"));
    }

    /// Without a watch, but not so often that it is all this does.
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

fn hand(wakes: &Sender<LoopMessage>, batch: Batch) {
    // Nobody listens any more once the app is quitting.
    let _ = wakes.send(LoopMessage::Event(Event::Found(batch)));
}
