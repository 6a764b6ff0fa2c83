//! The thread that answers queries, of which only the newest matters, and beside it one that makes
//! the index that quickens them. Both work on the articles of a moment: what comes in meanwhile
//! disturbs nobody.

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
use crate::query::{Clock, Index, Search};

/// A query, and everything that it is asked of.
pub struct Question {
    pub id: RequestId,
    pub request: SearchRequest,
    pub among: Among,
}

/// Answers queries. One that is being answered when a newer one comes is given up.
pub struct Searcher {
    newest: Arc<LatestSlot<Box<Question>>>,
    /// The number of the newest question.
    current: Arc<AtomicU64>,
}

impl Searcher {
    /// Starts the thread; it ends with the process.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(messages: Sender<LoopMessage>) -> io::Result<Self> {
        let newest = Arc::new(LatestSlot::default());
        let current = Arc::new(AtomicU64::default());
        let questions: Arc<LatestSlot<Box<Question>>> = Arc::clone(&newest);
        let number = Arc::clone(&current);
        let mut work = Work {
            messages,
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

    /// Asks a question.
    pub fn ask(&self, question: Question) {
        self.current.store(question.id.0, Ordering::Relaxed);
        self.newest.put(Box::new(question));
    }
}

/// An index, and which edition of the articles it is of.
#[derive(Clone, Default)]
struct Known {
    edition: u64,
    index: Index,
}

struct Work {
    messages: Sender<LoopMessage>,
    known: Known,
    /// Where the index that is being made will come from.
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
        if self.known.edition != request.edition {
            self.known = Known {
                edition: request.edition,
                index: Index::default(),
            };
        }
        let cancelled = || newest.load(Ordering::Relaxed) != id.0;
        let search = Search {
            articles: &articles,
            index: &self.known.index,
            marks: &marks,
            clock: &clock,
            cancelled: &cancelled,
        };
        // Cancelled, there is a newer question to answer.
        let _ = search.answer(&request.query, request.wanted, &mut |answer| {
            // Nobody listens any more once the app is quitting.
            let _ = self
                .messages
                .send(LoopMessage::reply(id, Reply::Searched(answer)));
        });
        let is_behind = self.known.index.len() < articles.len();
        if request.indexing == Indexing::Wanted && is_behind && self.making.is_none() {
            self.make(articles, clock);
        }
    }

    /// Takes the index that has been made, if it has. One of articles that have changed since is
    /// dropped by whoever looks at its edition.
    fn take_made(&mut self) {
        match self.making.as_ref().map(Receiver::try_recv) {
            Some(Ok(made)) => {
                self.known = made;
                self.making = None;
            }
            // The maker has failed: the next question has another made.
            Some(Err(TryRecvError::Disconnected)) => self.making = None,
            Some(Err(TryRecvError::Empty)) | None => {}
        }
    }

    /// Has an index made of all articles there are now.
    fn make(&mut self, articles: Articles, clock: Clock) {
        let (made, making) = channel();
        let Known { edition, index } = self.known.clone();
        let work = move || {
            let begun = Instant::now();
            let Ok(index) = index.extended(&articles, &clock, &|| false) else {
                return;
            };
            tracing::info!(
                articles = index.len(),
                bytes = index.bytes(),
                took = ?begun.elapsed(),
                "the index is made"
            );
            // The searcher ends only with the process.
            let _ = made.send(Known { edition, index });
        };
        let maker = thread::Builder::new()
            .name("indexer".to_owned())
            .spawn(work);
        match maker {
            Ok(_) => self.making = Some(making),
            Err(error) => tracing::warn!("there is no index: {error}"),
        }
    }
}
