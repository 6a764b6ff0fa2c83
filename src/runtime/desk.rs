//! The desk's thread: commits decisions, and notices those made by other programs. A mark is shown
//! as kept only once it has come back from here.

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use jiff::Timestamp;

use super::background;
use super::loop_message::LoopMessage;
use super::underway::{Task, Underway};
use crate::app::{Event, Reply, RequestId};
use crate::desk::{DeskEvent, DeskRequest, DeskService};
use crate::format::number;
use crate::library::{Articles, Source};

/// How often to check for decisions by others and for articles that are due.
const POLL: Duration = Duration::from_secs(1);

/// A job for the desk's thread.
enum Job {
    Ask(RequestId, DeskRequest, Option<Task>),
    Follow(Box<Articles>),
}

/// A handle to the desk's thread.
pub struct DeskHandle {
    jobs: Sender<Job>,
    underway: Underway,
}

impl DeskHandle {
    /// Starts the thread, which opens the desk at `path`. It ends with the process.
    ///
    /// # Errors
    /// If the thread cannot be started.
    pub fn start(
        path: Option<PathBuf>,
        source: Source,
        underway: Underway,
        messages: Sender<LoopMessage>,
    ) -> io::Result<Self> {
        let (jobs, asked) = channel();
        let register = underway.clone();
        background::start("desk", move || {
            work(path, source, &asked, register, &messages);
        })?;
        Ok(Self { jobs, underway })
    }

    /// Sends a request to the desk.
    pub fn ask(&self, id: RequestId, asked: DeskRequest) {
        // Fails only if the thread has ended, and it has then said why.
        let task = label(&asked).map(|label| self.underway.begin(label));
        let _ = self.jobs.send(Job::Ask(id, asked, task));
    }

    /// Matches the marks to these articles again.
    pub fn follow(&self, articles: Articles) {
        let _ = self.jobs.send(Job::Follow(Box::new(articles)));
    }
}

/// What would be lost if the request were not carried out, in words for people; `None` if it only
/// reads.
fn label(request: &DeskRequest) -> Option<String> {
    Some(match request {
        DeskRequest::Decide {
            articles, label, ..
        } => format!("{label}, {}", number::articles(articles.len())),
        DeskRequest::Bind(binding) => binding.label().to_owned(),
        DeskRequest::Undo(_) => "undo".to_owned(),
        DeskRequest::Redo => "redo".to_owned(),
        DeskRequest::Write => "writing what is staged into the files".to_owned(),
        DeskRequest::Save(path) => format!("saving decisions to {}", path.display()),
        DeskRequest::Journal | DeskRequest::Review => return None,
    })
}

/// Decisions that only memory holds: work under way, until the desk or a file has them.
struct InMemory {
    underway: Underway,
    count: usize,
    task: Option<Task>,
}

impl InMemory {
    fn heed(&mut self, told: &[DeskEvent]) {
        for event in told {
            match event {
                DeskEvent::Kept {
                    trouble: Some(_), ..
                } => {
                    self.count += 1;
                    let label = match self.count {
                        1 => "1 decision that was kept in memory only".to_owned(),
                        count => format!("{count} decisions that were kept in memory only"),
                    };
                    self.task = Some(self.underway.begin(label));
                }
                DeskEvent::Saved(_) | DeskEvent::Trouble(None) => {
                    self.count = 0;
                    self.task = None;
                }
                DeskEvent::Kept { trouble: None, .. }
                | DeskEvent::Marks(_)
                | DeskEvent::Unchanged { .. }
                | DeskEvent::TakenBack { .. }
                | DeskEvent::Journal(_)
                | DeskEvent::Review(_)
                | DeskEvent::Written { .. }
                | DeskEvent::Trouble(Some(_))
                | DeskEvent::Notice(_)
                | DeskEvent::Refused(_) => {}
            }
        }
    }
}

fn work(
    path: Option<PathBuf>,
    source: Source,
    jobs: &Receiver<Job>,
    underway: Underway,
    messages: &Sender<LoopMessage>,
) {
    let mut in_memory = InMemory {
        underway,
        count: 0,
        task: None,
    };
    let tell = |told: DeskEvent| messages.send(LoopMessage::Event(Event::Desk(told))).is_ok();
    let reply = |id, told| {
        let reply = LoopMessage::reply(id, Reply::Desk(told));
        messages.send(reply).is_ok()
    };
    let opened = match path {
        Some(path) => DeskService::open(&path, source, Timestamp::now()),
        None => DeskService::without_place(source),
    };
    let mut service = match opened {
        Ok(service) => service,
        Err(error) => {
            let reason = error.to_string();
            tell(DeskEvent::Trouble(Some(reason.clone())));
            // The desk is unusable: every request gets the reason in reply.
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
        in_memory.heed(&news);
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
                let told = service.ask(asked, Timestamp::now());
                // Before the request counts as done.
                in_memory.heed(&told);
                if !reply(id, told) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_memory_holds_is_under_way_until_it_is_saved() {
        let underway = Underway::default();
        let mut in_memory = InMemory {
            underway: underway.clone(),
            count: 0,
            task: None,
        };
        let kept = |trouble: Option<&str>| DeskEvent::Kept {
            label: "done".to_owned(),
            articles: Vec::new(),
            handled: true,
            trouble: trouble.map(str::to_owned),
        };
        let unfinished = || underway.wait(Duration::ZERO);
        in_memory.heed(&[kept(None)]);
        assert_eq!(unfinished(), [""; 0]);
        in_memory.heed(&[kept(Some("locked"))]);
        assert_eq!(unfinished(), ["1 decision that was kept in memory only"]);
        in_memory.heed(&[
            kept(Some("locked")),
            DeskEvent::Trouble(Some("locked".to_owned())),
        ]);
        assert_eq!(unfinished(), ["2 decisions that were kept in memory only"]);
        in_memory.heed(&[DeskEvent::Trouble(None)]);
        assert_eq!(unfinished(), [""; 0]);
        in_memory.heed(&[
            kept(Some("full")),
            DeskEvent::Saved(PathBuf::from("elsewhere")),
        ]);
        assert_eq!(unfinished(), [""; 0]);
    }
}
