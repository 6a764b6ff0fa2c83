//! The thread that runs the current query, of which only the newest counts, and beside it one that
//! builds the index that speeds queries up. Both work on a snapshot of the articles, undisturbed by
//! what arrives in the meantime.

use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use super::background;
use super::effects::{Among, Edition};
use super::indexes::Indexes;
use super::latest_slot::LatestSlot;
use super::loop_message::LoopMessage;
use crate::app::{Indexing, Reply, RequestId, SearchRequest};
use crate::query::Search;

/// A query, and the snapshot it runs on.
pub struct QueuedSearch {
    pub id: RequestId,
    pub request: SearchRequest,
    pub among: Among,
}

/// Runs queries. A newer query cancels the running one.
pub struct Searcher {
    newest: Arc<LatestSlot<Box<QueuedSearch>>>,
    /// Number of the newest query.
    current: Arc<AtomicU64>,
    indexer: Arc<Indexer>,
}

impl Searcher {
    /// Starts the thread; it ends with the process.
    ///
    /// # Errors
    /// If the thread cannot be started.
    pub fn start(indexes: Arc<Indexes>, messages: Sender<LoopMessage>) -> io::Result<Self> {
        let newest = Arc::new(LatestSlot::default());
        let current = Arc::new(AtomicU64::default());
        let questions: Arc<LatestSlot<Box<QueuedSearch>>> = Arc::clone(&newest);
        let number = Arc::clone(&current);
        let indexer = Arc::new(Indexer {
            indexes: Arc::clone(&indexes),
            maker: Mutex::default(),
        });
        let work = Work {
            messages,
            indexes,
            indexer: Arc::clone(&indexer),
        };
        background::start("searcher", move || {
            loop {
                work.answer(*questions.take(), &number);
            }
        })?;
        Ok(Self {
            newest,
            current,
            indexer,
        })
    }

    /// Submits a query.
    pub fn ask(&self, question: QueuedSearch) {
        self.current.store(question.id.0, Ordering::Relaxed);
        self.newest.put(Box::new(question));
    }

    /// Has an index ready, for somebody who is about to search.
    pub fn prepare(&self, among: Edition, indexing: Indexing) {
        self.indexer.prepare(among, indexing);
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

/// A number that no query has.
const NOTHING: u64 = 0;

struct Work {
    messages: Sender<LoopMessage>,
    indexes: Arc<Indexes>,
    indexer: Arc<Indexer>,
}

impl Work {
    fn answer(&self, question: QueuedSearch, newest: &AtomicU64) {
        let QueuedSearch { id, request, among } = question;
        let marks = Arc::clone(&among.marks);
        let among = among.in_edition(request.edition);
        let index = match request.indexing {
            Indexing::Wanted | Indexing::Kept => self.indexes.for_search(&among),
            Indexing::NotYet => self.indexes.current(&among),
        };
        let cancelled = || newest.load(Ordering::Relaxed) != id.0;
        let search = Search {
            articles: &among.articles,
            index: &index,
            marks: &marks,
            clock: &among.clock,
            cancelled: &cancelled,
        };
        // The only error is cancellation: a newer query is waiting.
        let _ = search.answer(&request.query, request.wanted, &mut |answer| {
            // Fails only once the app is quitting.
            let _ = self
                .messages
                .send(LoopMessage::reply(id, Reply::Searched(answer)));
        });
        let is_behind = index.is_behind(&among.articles);
        if request.indexing == Indexing::Wanted && is_behind {
            self.indexer.prepare(among, request.indexing);
        }
    }
}

/// Has the index ready, on a thread of its own.
struct Indexer {
    indexes: Arc<Indexes>,
    maker: Mutex<Option<JoinHandle<()>>>,
}

impl Indexer {
    /// Starts to take up or build an index of these articles, unless that is being done.
    fn prepare(&self, among: Edition, indexing: Indexing) {
        let mut maker = self.maker.lock().unwrap_or_else(PoisonError::into_inner);
        if maker.as_ref().is_some_and(|maker| !maker.is_finished()) {
            return;
        }
        let indexes = Arc::clone(&self.indexes);
        let made =
            thread::Builder::new()
                .name("indexer".to_owned())
                .spawn(move || match indexing {
                    Indexing::Wanted => indexes.prepare(&among),
                    Indexing::Kept => indexes.prepare_kept(&among),
                    Indexing::NotYet => {}
                });
        match made {
            Ok(made) => *maker = Some(made),
            Err(error) => tracing::warn!("cannot build the index: {error}"),
        }
    }
}
