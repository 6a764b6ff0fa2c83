//! The thread that runs hooks, one after another: two of them never work on the same files at once.

use std::io::{self, Write};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use super::loop_message::LoopMessage;
use super::underway::{Task, Underway};
use crate::app::{HookRun, Reply, RequestId};
use crate::command::Hook;
use crate::library::Articles;
use crate::output::{entry, json};
use crate::process::{self, Input, Limits};

/// A hook to run.
struct Job {
    id: RequestId,
    run: HookRun,
    articles: Articles,
    /// Dropped when the hook has ended.
    _task: Task,
}

/// A handle to the thread.
pub struct Hooks {
    jobs: Sender<Job>,
    underway: Underway,
}

impl Hooks {
    /// Starts the thread; it ends with the process.
    ///
    /// # Errors
    /// If the thread cannot be started.
    pub fn start(underway: Underway, messages: Sender<LoopMessage>) -> io::Result<Self> {
        let (jobs, asked) = channel();
        thread::Builder::new()
            .name("hooks".to_owned())
            .spawn(move || work(&asked, &messages))?;
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
        let limits = Limits {
            time: Some(run.limit),
            ..Limits::default()
        };
        let (hook, program) = (run.hook, run.program.clone());
        let input = input(run, articles);
        let ended = process::run(&program.program, &program.arguments, Some(input), &limits);
        let ended = ended.and_then(|it| it.success(&program.program));
        let ended = ended.map(drop);
        let ended = ended.map_err(|failure| format!("The hook {}: {failure}", hook.key()));
        if let Err(failure) = &ended {
            tracing::warn!("{failure}");
        }
        // Fails only once the app is quitting.
        let _ = messages.send(LoopMessage::reply(id, Reply::Ran(ended)));
    }
}

/// The articles as JSON, as `newsdesk list --format json` prints them. Of articles that came into the
/// library, of which there may be very many, it has what the list knows.
fn input(run: HookRun, articles: Articles) -> Input {
    Box::new(move |stdin| {
        let mut out = io::BufWriter::new(stdin);
        let entries = run.articles.iter().map(|(id, mark)| {
            let article = articles.article(*id);
            let mut object = match run.hook {
                Hook::Load => entry::listed(article),
                Hook::Publish | Hook::Mark => {
                    entry::whole(article).unwrap_or_else(|_| entry::listed(article))
                }
            };
            object.insert(entry::MARKS.to_owned(), entry::marks(mark));
            object
        });
        json::array(entries, &mut out)?;
        out.flush()
    })
}
