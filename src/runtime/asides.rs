//! The thread for what is asked beside the query in force: where a few letters lead to, how many
//! articles the views have, which a command is about. Only the newest request matters.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Sender;
use std::thread;

use super::newest::Newest;
use super::wake::Wake;
use crate::app::{Event, JumpRequest};
use crate::library::Articles;
use crate::query::{Clock, Index, Marks, Query, Search, jump};

/// Things that are offered for some letters.
const HITS: usize = 50;

/// What is asked.
pub enum Aside {
    Jump(JumpRequest),
    Count(Vec<Query>),
    Select(Query),
}

/// Everything that it is asked of.
pub struct Among {
    pub articles: Articles,
    pub marks: Arc<Marks>,
    pub clock: Clock,
}

/// Answers asides.
pub struct Asides {
    newest: Arc<Newest<(u64, Aside, Among)>>,
    /// How often something was asked.
    asked: Arc<AtomicU64>,
}

impl Asides {
    /// Starts the thread; it ends with the process.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(wakes: Sender<Wake>) -> io::Result<Self> {
        let newest: Arc<Newest<(u64, Aside, Among)>> = Arc::default();
        let asked = Arc::new(AtomicU64::default());
        let (requests, current) = (Arc::clone(&newest), Arc::clone(&asked));
        thread::Builder::new()
            .name("asides".to_owned())
            .spawn(move || {
                loop {
                    let (number, aside, among) = requests.take();
                    let cancelled = || current.load(Ordering::Relaxed) != number;
                    if let Some(event) = answer(aside, &among, &cancelled)
                        && wakes.send(Wake::Event(event)).is_err()
                    {
                        return;
                    }
                }
            })?;
        Ok(Self { newest, asked })
    }

    /// Asks for something.
    pub fn ask(&self, aside: Aside, among: Among) {
        let number = self.asked.fetch_add(1, Ordering::Relaxed) + 1;
        self.newest.put((number, aside, among));
    }
}

/// `None` when it was cancelled.
fn answer(aside: Aside, among: &Among, cancelled: &(dyn Fn() -> bool + Sync)) -> Option<Event> {
    let search = Search {
        articles: &among.articles,
        index: &Index::default(),
        marks: &among.marks,
        clock: &among.clock,
        cancelled,
    };
    match aside {
        Aside::Jump(request) => {
            let JumpRequest {
                generation,
                sought,
                typed,
            } = request;
            let hits = jump(&among.articles, sought, &typed, HITS, cancelled).ok()?;
            Some(Event::Jumped { generation, hits })
        }
        Aside::Select(query) => Some(Event::Selected(search.all(&query).ok()?)),
        Aside::Count(queries) => {
            let count = |query: &Query| Some(search.find(query).ok()?.certain.len());
            let counts = queries.iter().map(count).collect::<Option<_>>()?;
            Some(Event::Counted(counts))
        }
    }
}
