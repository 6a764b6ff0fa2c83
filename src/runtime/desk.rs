//! The thread at the desk: keeps decisions, and hears of those of other programs. What is on the
//! screen as kept has come back from here.

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use jiff::Timestamp;

use super::loop_message::LoopMessage;
use super::underway::{Task, Underway};
use crate::app::{Event, Reply, RequestId};
use crate::desk::{DeskEvent, DeskRequest, DeskService, NoPlace};
use crate::library::{Articles, Source};

/// How often it is looked whether others have decided something, or something has come due.
const POLL: Duration = Duration::from_millis(500);

/// What is to be done at the desk.
enum Job {
    Ask(RequestId, DeskRequest, Option<Task>),
    Follow(Box<Articles>),
}

/// The desk of the reader.
pub struct Desk {
    jobs: Sender<Job>,
    underway: Underway,
}

impl Desk {
    /// Starts the thread, which opens the desk at `path`. It ends with the process.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(
        path: Option<PathBuf>,
        source: Source,
        underway: Underway,
        messages: Sender<LoopMessage>,
    ) -> io::Result<Self> {
        let (jobs, asked) = channel();
        thread::Builder::new()
            .name("desk".to_owned())
            .spawn(move || work(path, source, &asked, &messages))?;
        Ok(Self { jobs, underway })
    }

    /// Asks something of it.
    pub fn ask(&self, id: RequestId, asked: DeskRequest) {
        // The thread ends only with the process, or when it has told why.
        let task = label(&asked).map(|label| self.underway.begin(label));
        let _ = self.jobs.send(Job::Ask(id, asked, task));
    }

    /// Has the articles of the marks found again.
    pub fn follow(&self, articles: Articles) {
        let _ = self.jobs.send(Job::Follow(Box::new(articles)));
    }
}

/// What is lost if it is not done, for whoever is told that; `None` for what only reads.
fn label(request: &DeskRequest) -> Option<String> {
    Some(match request {
        DeskRequest::Decide {
            articles, label, ..
        } => match articles.len() {
            1 => format!("{label}, 1 article"),
            count => format!("{label}, {count} articles"),
        },
        DeskRequest::Undo(_) => "undo".to_owned(),
        DeskRequest::Redo => "redo".to_owned(),
        DeskRequest::Write => "writing what is staged into the files".to_owned(),
        DeskRequest::Save(path) => format!("saving decisions to {}", path.display()),
        DeskRequest::Journal | DeskRequest::Review => return None,
    })
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
                if let Job::Ask(id, ..) = job
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
            Ok(Job::Ask(id, asked, _task)) => {
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
