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
use crate::library::{Batch, Changes, Depth, Left, Scanner, Source, Watch};

/// How long a watch is listened to before somebody may have asked for something.
const PATIENCE: Duration = Duration::from_millis(100);
/// How soon an article that is half written, it seems, is looked at again.
const RETRY: Duration = Duration::from_millis(300);
/// Without a watch all files are looked at this often, or less often where that takes long.
const POLL: Duration = Duration::from_secs(5);
/// Of the time, at most one part in so many is spent with polling.
const POLL_SHARE: u32 = 20;

/// Keeps the library; it ends with the process.
pub struct Keeper {
    asked: Sender<()>,
}

impl Keeper {
    /// Starts the thread, which restores what was kept and then waits for the first request.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(
        source: Source,
        cache: Option<PathBuf>,
        wakes: Sender<LoopMessage>,
    ) -> io::Result<Self> {
        let (asked, requests) = channel();
        let scanner = Scanner::new(source.clone(), Depth::List);
        let work = Work {
            source,
            cache,
            scanner,
            requests,
            wakes,
            watch: None,
            later: BTreeSet::new(),
            lost: None,
            unwatched: None,
            told: None,
            looked: Instant::now(),
            took: Duration::ZERO,
        };
        thread::Builder::new()
            .name("keeper".to_owned())
            .spawn(move || work.run())
            .map(drop)?;
        Ok(Self { asked })
    }

    /// Has all files looked at.
    pub fn look(&self) {
        // The thread ends only with the process.
        let _ = self.asked.send(());
    }
}

struct Work {
    source: Source,
    /// Where libraries are kept between runs.
    cache: Option<PathBuf>,
    scanner: Scanner,
    requests: Receiver<()>,
    wakes: Sender<LoopMessage>,
    watch: Option<Watch>,
    /// Articles that are half written, it seems.
    later: BTreeSet<PathBuf>,
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
        if self.requests.recv().is_err() {
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
            Ok(ledger) => {
                self.scanner = Scanner::with_ledger(self.source.clone(), Depth::List, ledger);
                self.tell(Event::RestoredWhole);
            }
            Err(unfit) => {
                tracing::warn!("the kept library is not used: {unfit}");
                self.tell(Event::RestoredDamaged);
            }
        }
    }

    /// Waits for a request or a change, and does what it asks for.
    fn step(&mut self) -> Heard {
        match &self.watch {
            Some(watch) => {
                if let Some(changes) = watch.next(self.patience()) {
                    self.follow(changes);
                }
            }
            None => match self.requests.recv_timeout(self.patience()) {
                Ok(()) => return self.asked(),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Heard::No,
            },
        }
        if !self.later.is_empty() {
            let files = std::mem::take(&mut self.later);
            thread::sleep(RETRY);
            self.look(&files);
        }
        if self.is_time_to_poll() {
            self.pass();
            self.begin_watch();
        }
        match self.requests.try_recv() {
            Ok(()) => self.asked(),
            Err(_) => Heard::Yes,
        }
    }

    fn patience(&self) -> Duration {
        if self.later.is_empty() {
            PATIENCE
        } else {
            Duration::ZERO
        }
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
        }
    }

    fn look(&mut self, files: &BTreeSet<PathBuf>) {
        let wakes = self.wakes.clone();
        match self.scanner.look(files, &|batch| hand(&wakes, batch)) {
            Left::Later(files) => self.later.extend(files),
            Left::Pass => self.pass(),
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
                self.later.extend(files);
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
        match Watch::start(roots) {
            Ok(watch) => {
                self.watch = Some(watch);
                self.pass();
            }
            Err(reason) => self.unwatched = Some(format!("looking every few seconds: {reason}")),
        }
        self.tell_trouble();
    }

    /// Without a watch, but not so often that it is all this does.
    fn is_time_to_poll(&self) -> bool {
        let sample = self.source == Source::Sample;
        !sample && self.watch.is_none() && self.looked.elapsed() >= POLL.max(self.took * POLL_SHARE)
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
