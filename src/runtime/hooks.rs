//! The thread that runs hooks, one after another: two never work on the same files at once.

use std::io;
use std::sync::mpsc::{Receiver, Sender, channel};

use super::background;
use super::loop_message::LoopMessage;
use super::underway::{Task, Underway};
use crate::app::{Reply, RequestId};
use crate::command::HookRun;
use crate::library::Articles;

/// A hook to run.
struct Job {
    id: RequestId,
    run: HookRun,
    articles: Articles,
    /// Dropped when the hook has ended.
    _task: Task,
}

/// A handle to the thread.
pub struct HookRunner {
    jobs: Sender<Job>,
    underway: Underway,
}

impl HookRunner {
    /// Starts the thread; it ends with the process.
    ///
    /// # Errors
    /// If the thread cannot be started.
    pub fn start(underway: Underway, messages: Sender<LoopMessage>) -> io::Result<Self> {
        let (jobs, asked) = channel();
        background::start("hooks", move || work(&asked, &messages))?;
        Ok(Self { jobs, underway })
    }

    /// Runs a hook on articles of this snapshot.
    pub fn ask(&self, id: RequestId, run: HookRun, articles: Articles) {
        let _task = self.underway.begin(format!("hook: {}", run.hook.key()));
        // Cannot fail: the thread lives as long as the process.
        let _ = self.jobs.send(Job {
            id,
            run,
            articles,
            _task,
        });
    }
}

fn work(jobs: &Receiver<Job>, messages: &Sender<LoopMessage>) {
    for job in jobs {
        let Job {
            id, run, articles, ..
        } = job;
        let ended = run.run(articles);
        if let Err(failure) = &ended {
            tracing::warn!("{failure}");
        }
        // Fails only once the app is quitting.
        let _ = messages.send(LoopMessage::reply(id, Reply::Ran(ended)));
    }
}
