//! The thread that runs the query in force, of which only the newest counts, and beside it one that
//! builds the index that speeds queries up. Both work on a snapshot of the articles, undisturbed by
//! what comes in meanwhile.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::thread;
use std::time::Instant;

use super::effects::Among;
use super::latest_slot::LatestSlot;
use super::loop_message::LoopMessage;
use crate::app::{Indexing, Reply, RequestId, SearchRequest};
use crate::library::Articles;
use crate::library::snapshot::Beside;
use crate::query::{Clock, Index, Search};

/// A query, and the snapshot it runs on.
pub struct Question {
    pub id: RequestId,
    pub request: SearchRequest,
    pub among: Among,
}

/// Runs queries. A newer one cancels the one that is running.
pub struct Searcher {
    newest: Arc<LatestSlot<Box<Question>>>,
    /// Number of the newest query.
    current: Arc<AtomicU64>,
}

impl Searcher {
    /// Starts the thread; it ends with the process. It gets from `kept` what was kept beside the
    /// library that is restored.
    ///
    /// # Errors
    /// If the thread cannot be started.
    pub fn start(kept: Receiver<Beside>, messages: Sender<LoopMessage>) -> io::Result<Self> {
        let newest = Arc::new(LatestSlot::default());
        let current = Arc::new(AtomicU64::default());
        let questions: Arc<LatestSlot<Box<Question>>> = Arc::clone(&newest);
        let number = Arc::clone(&current);
        let mut work = Work {
            messages,
            kept,
            known: Known::default(),
            making: None,
        };
        thread::Builder::new()
            .name("searcher".to_owned())
            .spawn(move || {
                loop {
                    work.answer(*questions.take(), &number);
                }
            })?;
        Ok(Self { newest, current })
    }

    /// Submits a query.
    pub fn ask(&self, question: Question) {
        self.current.store(question.id.0, Ordering::Relaxed);
        self.newest.put(Box::new(question));
    }

    /// Stops a query. Returns whether it was the newest one.
    pub fn give_up(&self, id: RequestId) -> bool {
        let stopped = self
            .current
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |newest| {
                (newest == id.0).then_some(NOTHING)
            });
        stopped.is_ok()
    }
}

/// Stands for the edition of a run that is over.
const BEFORE: u64 = u64::MAX;

/// The number that no query has.
const NOTHING: u64 = 0;

/// An index, and the articles that it is about.
#[derive(Clone, Default)]
struct Known {
    edition: u64,
    articles: Articles,
    index: Index,
}

impl Known {
    /// Brings it up to date with the articles of an edition.
    fn follow(&mut self, articles: &Articles, edition: u64, clock: &Clock) {
        if self.edition != edition {
            let patched = self.index.patched(&self.articles, articles, clock);
            self.index = patched.unwrap_or_default();
            self.edition = edition;
        }
        self.articles = articles.clone();
    }
}

struct Work {
    messages: Sender<LoopMessage>,
    /// Delivers what was kept beside the library.
    kept: Receiver<Beside>,
    known: Known,
    /// Delivers the index that is being built.
    making: Option<Receiver<Known>>,
}

impl Work {
    fn answer(&mut self, question: Question, newest: &AtomicU64) {
        let Question { id, request, among } = question;
        let Among {
            articles,
            marks,
            clock,
        } = among;
        self.take_made();
        self.known.follow(&articles, request.edition, &clock);
        let cancelled = || newest.load(Ordering::Relaxed) != id.0;
        let search = Search {
            articles: &articles,
            index: &self.known.index,
            marks: &marks,
            clock: &clock,
            cancelled: &cancelled,
        };
        // The only error is cancellation: a newer query is waiting.
        let _ = search.answer(&request.query, request.wanted, &mut |answer| {
            // Fails only once the app is quitting.
            let _ = self
                .messages
                .send(LoopMessage::reply(id, Reply::Searched(answer)));
        });
        let is_behind = self.known.index.is_behind(&articles);
        if request.indexing == Indexing::Wanted && is_behind && self.making.is_none() {
            self.make(clock);
        }
    }

    /// Takes the new index if it is ready. Its articles may have changed since.
    fn take_made(&mut self) {
        match self.making.as_ref().map(Receiver::try_recv) {
            Some(Ok(made)) => {
                self.known = made;
                self.making = None;
            }
            // The builder has failed: the next query starts another.
            Some(Err(TryRecvError::Disconnected)) => self.making = None,
            Some(Err(TryRecvError::Empty)) | None => {}
        }
    }

    /// Starts building an index of the current articles.
    fn make(&mut self, clock: Clock) {
        let (made, making) = channel();
        let Known {
            edition,
            articles,
            index,
        } = self.known.clone();
        // What was kept is of use once: it is about the articles as they were then.
        let kept = self.kept.try_recv().ok().filter(|_| index.is_empty());
        let work = move || {
            if let Some(beside) = kept
                && let Some(known) = from_kept(&beside, &clock)
            {
                // The searcher lives as long as the process.
                let _ = made.send(known);
                return;
            }
            let begun = Instant::now();
            let Ok(index) = index.extended(&articles, &clock, &|| false) else {
                return;
            };
            tracing::info!(
                articles = index.len(),
                bytes = index.bytes(),
                took = ?begun.elapsed(),
                "built the index"
            );
            let _ = made.send(Known {
                edition,
                articles,
                index,
            });
        };
        let maker = thread::Builder::new()
            .name("indexer".to_owned())
            .spawn(work);
        match maker {
            Ok(_) => self.making = Some(making),
            Err(error) => tracing::warn!("cannot build the index: {error}"),
        }
    }
}

/// The index of the articles that were kept, from what was kept beside them.
fn from_kept(beside: &Beside, clock: &Clock) -> Option<Known> {
    let begun = Instant::now();
    let index = Index::from_kept(beside, clock)?;
    tracing::info!(
        articles = index.len(),
        took = ?begun.elapsed(),
        "took up the kept index"
    );
    Some(Known {
        edition: BEFORE,
        articles: beside.articles().clone(),
        index,
    })
}
