//! The thread that edits the configuration file: one change after another, in the order in which a
//! person makes them.

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use super::loop_message::LoopMessage;
use crate::app::{Reply, RequestId};
use crate::config::{PaneSizes, ViewEdit, edit_views, keep_panes};

/// A change.
enum Job {
    Views(RequestId, ViewEdit),
    Panes(RequestId, PaneSizes),
}

/// A handle to the thread that edits the configuration file.
pub struct Settings {
    jobs: Sender<Job>,
}

impl Settings {
    /// Starts the thread for the file at `path`; it ends with the process.
    ///
    /// # Errors
    /// If the thread cannot be started.
    pub fn start(path: Option<PathBuf>, messages: Sender<LoopMessage>) -> io::Result<Self> {
        let (jobs, asked) = channel();
        thread::Builder::new()
            .name("settings".to_owned())
            .spawn(move || work(path, &asked, &messages))?;
        Ok(Self { jobs })
    }

    pub fn edit_views(&self, id: RequestId, edit: ViewEdit) {
        // Cannot fail: the thread lives as long as the process.
        let _ = self.jobs.send(Job::Views(id, edit));
    }

    pub fn keep_panes(&self, id: RequestId, sizes: PaneSizes) {
        let _ = self.jobs.send(Job::Panes(id, sizes));
    }
}

fn work(path: Option<PathBuf>, jobs: &Receiver<Job>, messages: &Sender<LoopMessage>) {
    let path = path.as_deref();
    let mut waiting = None;
    while let Some(job) = waiting.take().or_else(|| jobs.recv().ok()) {
        waiting = jobs.try_recv().ok();
        let (id, reply) = match job {
            // Of consecutive sizes only the last ones are worth writing.
            Job::Panes(..) if matches!(waiting, Some(Job::Panes(..))) => continue,
            Job::Panes(id, sizes) => {
                let kept = keep_panes(path, sizes).map_err(|error| error.to_string());
                (id, Reply::KeptPanes(kept))
            }
            Job::Views(id, edit) => {
                let edited = edit_views(path, &edit).map_err(|error| error.to_string());
                (id, Reply::EditedViews(edited.map(|()| edit)))
            }
        };
        // Fails only once the app is quitting.
        if messages.send(LoopMessage::reply(id, reply)).is_err() {
            return;
        }
    }
}
