//! The thread that answers queries, of which only the newest matters, and beside it one that makes
//! the index that quickens them. Both work on the articles of a moment: what comes in meanwhile
//! disturbs nobody.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::thread;
use std::time::Instant;

use super::asides::Among;
use super::newest::Newest;
use super::wake::Wake;
use crate::app::{Event, Indexing, Request};
use crate::library::Articles;
use crate::query::{Clock, Index, Search};

/// A query, and everything that it is asked of.
pub struct Question {
    pub request: Request,
    pub among: Among,
}

/// Answers queries. One that is being answered when a newer one comes is given up.
pub struct Searcher {
    newest: Arc<Newest<Box<Question>>>,
    /// The generation of the newest question.
    generation: Arc<AtomicU64>,
}

impl Searcher {
    /// Starts the thread; it ends with the process.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(wakes: Sender<Wake>) -> io::Result<Self> {
        let newest = Arc::new(Newest::default());
        let generation = Arc::new(AtomicU64::default());
        let questions: Arc<Newest<Box<Question>>> = Arc::clone(&newest);
        let current = Arc::clone(&generation);
        let mut work = Work {
            wakes,
            known: Known::default(),
            making: None,
        };
        thread::Builder::new()
            .name("searcher".to_owned())
            .spawn(move || {
                loop {
                    work.answer(*questions.take(), &current);
                }
            })?;
        Ok(Self { newest, generation })
    }

    /// Asks a question.
    pub fn ask(&self, question: Question) {
        let generation = question.request.generation;
        self.generation.store(generation, Ordering::Relaxed);
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
    wakes: Sender<Wake>,
    known: Known,
    /// Where the index that is being made will come from.
    making: Option<Receiver<Known>>,
}

impl Work {
    fn answer(&mut self, question: Question, newest: &AtomicU64) {
        let Question { request, among } = question;
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
        let cancelled = || newest.load(Ordering::Relaxed) != request.generation;
        let search = Search {
            articles: &articles,
            index: &self.known.index,
            marks: &marks,
            clock: &clock,
            cancelled: &cancelled,
        };
        // Cancelled, there is a newer question to answer.
        let _ = search.answer(&request.query, request.wanted, &mut |answer| {
            let generation = request.generation;
            // Nobody listens any more once the app is quitting.
            let _ = self
                .wakes
                .send(Wake::Event(Event::Searched { generation, answer }));
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
