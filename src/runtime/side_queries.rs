//! Threads for questions other than the current query: where a few typed letters lead, how many
//! articles the views have, where a text matches, what is similar to an article, which articles a
//! command applies to. Each has its own thread, so that none waits for another. Only the newest
//! request of a kind counts, except for selections, all of which count.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};

use super::background;
use super::effects::{Among, Edition};
use super::indexes::Indexes;
use super::latest_slot::LatestSlot;
use super::loop_message::LoopMessage;
use crate::app::{Page, Reply, RequestId};
use crate::library::ArticleId;
use crate::query::{Highlights, Index, Query, Search, Sought, jump, similar};

/// Most hits offered for typed letters.
const HITS: usize = 50;

/// What to jump to, and what was typed.
pub struct Letters {
    pub sought: Sought,
    pub typed: String,
}

/// A handle to the threads.
pub struct SideQueries {
    jumps: Newest<(Letters, Among)>,
    counts: Newest<(Vec<Query>, Among)>,
    texts: Newest<(Page, Query)>,
    related: Newest<(ArticleId, usize, Edition)>,
    selections: Sender<(RequestId, Query, Among)>,
    /// The newest selection given up; all earlier ones are given up too.
    given_up: Arc<AtomicU64>,
}

impl SideQueries {
    /// Starts the threads; they end with the process.
    ///
    /// # Errors
    /// If a thread cannot be started.
    pub fn start(indexes: Arc<Indexes>, messages: Sender<LoopMessage>) -> io::Result<Self> {
        let jumps = Newest::start(
            "jump",
            messages.clone(),
            |(letters, among): (Letters, Among), gone| {
                let hits = jump(&among.articles, letters.sought, &letters.typed, HITS, gone);
                hits.ok().map(Reply::Jumped)
            },
        )?;
        let counts = Newest::start(
            "count",
            messages.clone(),
            |(queries, among): (Vec<Query>, Among), gone| {
                let index = Index::default();
                let search = search(&among, &index, gone);
                let count = |query: &Query| search.count(query).ok();
                let counts = queries.iter().map(count).collect::<Option<_>>()?;
                Some(Reply::Counted(counts))
            },
        )?;
        let texts = Newest::start(
            "text",
            messages.clone(),
            |(page, query): (Page, Query), gone| {
                let matches = page.matches(&Highlights::new(&query), gone);
                matches.map(Reply::FoundInText)
            },
        )?;
        let related = Newest::start(
            "related",
            messages.clone(),
            move |(article, most, among): (ArticleId, usize, Edition), gone| {
                let words = indexes.words(&among, article);
                let found = similar(&among.articles, &words, article, most, gone);
                Some(Reply::Related(article, found.ok()?))
            },
        )?;
        let (selections, asked) = channel::<(RequestId, Query, Among)>();
        let given_up = Arc::new(AtomicU64::default());
        let newest = Arc::clone(&given_up);
        background::start("select", move || {
            for (id, query, among) in asked {
                let gone = || newest.load(Ordering::Relaxed) >= id.0;
                let index = Index::default();
                if let Ok(found) = search(&among, &index, &gone).all(&query) {
                    // Fails only once the app is quitting.
                    let _ = messages.send(LoopMessage::reply(id, Reply::Selected(found)));
                }
            }
        })?;
        Ok(Self {
            jumps,
            counts,
            texts,
            related,
            selections,
            given_up,
        })
    }

    /// Finds what the typed letters lead to.
    pub fn jump(&self, id: RequestId, letters: Letters, among: Among) {
        self.jumps.ask(id, (letters, among));
    }

    /// Counts the articles that each query selects.
    pub fn count(&self, id: RequestId, queries: Vec<Query>, among: Among) {
        self.counts.ask(id, (queries, among));
    }

    /// Finds at most `most` articles similar to this one.
    pub fn relate(&self, id: RequestId, article: ArticleId, most: usize, among: Edition) {
        self.related.ask(id, (article, most, among));
    }

    /// Searches a page.
    pub fn find_in_text(&self, id: RequestId, page: Page, query: Query) {
        self.texts.ask(id, (page, query));
    }

    /// Finds what a query selects.
    pub fn select(&self, id: RequestId, query: Query, among: Among) {
        // Cannot fail: the thread lives as long as the process.
        let _ = self.selections.send((id, query, among));
    }

    /// Cancels this selection and all earlier ones.
    pub fn give_up(&self, id: RequestId) {
        self.given_up.fetch_max(id.0, Ordering::Relaxed);
    }
}

fn search<'a>(
    among: &'a Among,
    index: &'a Index,
    cancelled: &'a (dyn Fn() -> bool + Sync),
) -> Search<'a> {
    Search {
        articles: &among.articles,
        index,
        marks: &among.marks,
        clock: &among.clock,
        cancelled,
    }
}

/// A thread that answers only the newest request. A newer one cancels the one in progress.
struct Newest<T> {
    slot: Arc<LatestSlot<(RequestId, T)>>,
    newest: Arc<AtomicU64>,
}

impl<T: Send + 'static> Newest<T> {
    /// `answer` returns `None` if it was cancelled.
    fn start(
        name: &str,
        messages: Sender<LoopMessage>,
        answer: impl Fn(T, &(dyn Fn() -> bool + Sync)) -> Option<Reply> + Send + 'static,
    ) -> io::Result<Self> {
        let slot: Arc<LatestSlot<(RequestId, T)>> = Arc::default();
        let newest = Arc::new(AtomicU64::default());
        let (requests, current) = (Arc::clone(&slot), Arc::clone(&newest));
        background::start(name, move || {
            loop {
                let (id, asked) = requests.take();
                let gone = || current.load(Ordering::Relaxed) != id.0;
                if let Some(reply) = answer(asked, &gone)
                    && messages.send(LoopMessage::reply(id, reply)).is_err()
                {
                    return;
                }
            }
        })?;
        Ok(Self { slot, newest })
    }

    fn ask(&self, id: RequestId, asked: T) {
        self.newest.store(id.0, Ordering::Relaxed);
        self.slot.put((id, asked));
    }
}
