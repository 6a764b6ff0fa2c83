//! The thread at the desk: keeps decisions, and hears of those of other programs. What is on the
//! screen as kept has come back from here.

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use jiff::Timestamp;

use super::loop_message::LoopMessage;
use crate::app::{Event, Reply, RequestId};
use crate::desk::{DeskEvent, DeskRequest, DeskService, NoPlace};
use crate::library::{Articles, Source};

/// How often it is looked whether others have decided something, or something has come due.
const POLL: Duration = Duration::from_millis(500);

/// What is to be done at the desk.
enum Job {
    Ask(RequestId, DeskRequest),
    Follow(Box<Articles>),
}

/// The desk of the reader.
pub struct Desk {
    jobs: Sender<Job>,
}

impl Desk {
    /// Starts the thread, which opens the desk at `path`. It ends with the process.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(
        path: Option<PathBuf>,
        source: Source,
        messages: Sender<LoopMessage>,
    ) -> io::Result<Self> {
        let (jobs, asked) = channel();
        thread::Builder::new()
            .name("desk".to_owned())
            .spawn(move || work(path, source, &asked, &messages))?;
        Ok(Self { jobs })
    }

    /// Asks something of it.
    pub fn ask(&self, id: RequestId, asked: DeskRequest) {
        // The thread ends only with the process, or when it has told why.
        let _ = self.jobs.send(Job::Ask(id, asked));
    }

    /// Has the articles of the marks found again.
    pub fn follow(&self, articles: Articles) {
        let _ = self.jobs.send(Job::Follow(Box::new(articles)));
    }
}

fn work(
    path: Option<PathBuf>,
    source: Source,
    jobs: &Receiver<Job>,
    messages: &Sender<LoopMessage>,
) {
    let tell = |told: DeskEvent| messages.send(LoopMessage::Event(Event::Desk(told))).is_ok();
    let reply = |id, told| {
        let reply = LoopMessage::reply(id, Reply::Desk(told));
        messages.send(reply).is_ok()
    };
    let opened = match path {
        Some(path) => {
            DeskService::open(&path, source, Timestamp::now()).map_err(|it| it.to_string())
        }
        None => Err(NoPlace.to_string()),
    };
    let mut service = match opened {
        Ok(service) => service,
        Err(reason) => {
            tell(DeskEvent::Trouble(Some(reason.clone())));
            // Whoever wants to decide is told why that cannot be.
            for job in jobs {
                if let Job::Ask(id, _) = job
                    && !reply(id, vec![DeskEvent::Refused(reason.clone())])
                {
                    return;
                }
            }
            return;
        }
    };
    let mut news = service.begin();
    loop {
        if !news.drain(..).all(tell) {
            return;
        }
        let patience = if service.is_busy() {
            Duration::ZERO
        } else {
            POLL
        };
        news = match jobs.recv_timeout(patience) {
            Ok(Job::Ask(id, asked)) => {
                if !reply(id, service.ask(asked, Timestamp::now())) {
                    return;
                }
                Vec::new()
            }
            Ok(Job::Follow(articles)) => vec![service.set_articles(*articles, Timestamp::now())],
            Err(RecvTimeoutError::Timeout) => service.poll(Timestamp::now()),
            Err(RecvTimeoutError::Disconnected) => return,
        };
    }
}
