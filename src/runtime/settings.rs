//! The thread for the configuration file: makes changes one by one, in the order requested, and
//! notices when another program has changed the file.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use super::background;
use super::loop_message::{LoopMessage, NewConfig};
use crate::app::{Reply, RequestId};
use crate::command::{Hook, Keymap};
use crate::config::{
    self, Config, PaneSizes, Problem, ViewEdit, XdgEnvironment, edit_views, keep_panes, keep_theme,
};
use crate::library::Stamp;
use crate::theme::Base;

/// How often to check the file. Polling is simpler than watching, and works with links, with every
/// file system, and with every way in which an editor saves.
const LOOK: Duration = Duration::from_secs(1);

/// A change.
enum Job {
    Views(RequestId, ViewEdit),
    Panes(RequestId, PaneSizes),
    Theme(RequestId, Base),
}

/// A handle to the thread.
pub struct SettingsWatcher {
    jobs: Sender<Job>,
}

impl SettingsWatcher {
    /// Starts the thread; it ends with the process. `opened` is the name of the library that is open.
    ///
    /// # Errors
    /// If the thread cannot be started.
    pub fn start(
        places: XdgEnvironment,
        opened: Option<String>,
        messages: Sender<LoopMessage>,
    ) -> io::Result<Self> {
        let (jobs, asked) = channel();
        background::start("settings", move || {
            work(&places, opened.as_deref(), &asked, &messages)
        })?;
        Ok(Self { jobs })
    }

    pub fn edit_views(&self, id: RequestId, edit: ViewEdit) {
        // Cannot fail: the thread lives as long as the process.
        let _ = self.jobs.send(Job::Views(id, edit));
    }

    pub fn keep_panes(&self, id: RequestId, sizes: PaneSizes) {
        let _ = self.jobs.send(Job::Panes(id, sizes));
    }

    pub fn keep_theme(&self, id: RequestId, base: Base) {
        let _ = self.jobs.send(Job::Theme(id, base));
    }
}

fn work(
    places: &XdgEnvironment,
    opened: Option<&str>,
    jobs: &Receiver<Job>,
    messages: &Sender<LoopMessage>,
) {
    let path = places.config_file();
    let path = path.as_deref();
    let mut seen = Seen::new(path);
    let mut waiting = None;
    loop {
        let next = match waiting.take() {
            Some(job) => Ok(job),
            None => jobs.recv_timeout(LOOK),
        };
        let message = match next {
            Ok(job) => {
                waiting = jobs.try_recv().ok();
                // Of consecutive sizes only the last one is worth writing.
                if let (Job::Panes(..), Some(Job::Panes(..))) = (&job, &waiting) {
                    continue;
                }
                // Read other programs' changes first: writing ours would hide them.
                let is_known = seen.is_now(path);
                let message = change(path, opened, job);
                if is_known {
                    seen = Seen::new(path);
                }
                message
            }
            Err(RecvTimeoutError::Timeout) if seen.has_changed(path) => {
                LoopMessage::Configured(load(places, opened).map(Box::new))
            }
            Err(RecvTimeoutError::Timeout) => continue,
            Err(RecvTimeoutError::Disconnected) => return,
        };
        // Fails only once the app is quitting.
        if messages.send(message).is_err() {
            return;
        }
    }
}

fn change(path: Option<&Path>, opened: Option<&str>, job: Job) -> LoopMessage {
    let (id, reply) = match job {
        Job::Panes(id, sizes) => {
            let kept = keep_panes(path, sizes).map_err(|error| error.to_string());
            (id, Reply::KeptPanes(kept))
        }
        Job::Theme(id, base) => {
            let kept = keep_theme(path, base).map_err(|error| error.to_string());
            (id, Reply::KeptTheme(kept.map(|()| base.name())))
        }
        Job::Views(id, edit) => {
            let edited = edit_views(path, opened, &edit).map_err(|error| error.to_string());
            (id, Reply::EditedViews(edited.map(|()| edit)))
        }
    };
    LoopMessage::reply(id, reply)
}

/// The version of the file that is in force, and the version seen at the last check.
struct Seen {
    in_force: Stamp,
    last: Stamp,
}

impl Seen {
    fn new(path: Option<&Path>) -> Self {
        let stamp = stamp(path);
        Self {
            in_force: stamp,
            last: stamp,
        }
    }

    fn is_now(&self, path: Option<&Path>) -> bool {
        stamp(path) == self.in_force
    }

    /// Whether the file differs from the version in force. It has to be the same at two checks:
    /// editors write in several steps.
    fn has_changed(&mut self, path: Option<&Path>) -> bool {
        let now = stamp(path);
        let is_settled = now == self.last;
        self.last = now;
        if now == self.in_force || !is_settled {
            return false;
        }
        self.in_force = now;
        true
    }
}

fn stamp(path: Option<&Path>) -> Stamp {
    let metadata = path.and_then(|path| std::fs::metadata(path).ok());
    metadata.map_or(Stamp::NONE, |it| Stamp::from_metadata(&it))
}

/// Reads the whole configuration, for the open library.
///
/// # Errors
/// Everything that is wrong with it, one sentence each.
fn load(places: &XdgEnvironment, opened: Option<&str>) -> Result<NewConfig, Vec<String>> {
    let config = Config::load_leniently(places);
    if !config.troubles.is_empty() {
        return Err(config.troubles);
    }
    let text = config::text(places).map_err(|error| vec![error.to_string()])?;
    let text = text.unwrap_or_default();
    let (keymap, mut problems) = Keymap::configured(&config.keys, &text);
    problems.extend(Hook::problems(&config.hooks, &text));
    if problems.is_empty() {
        let config = match opened {
            Some(name) => config.opening(name),
            None => config,
        };
        return Ok(NewConfig { config, keymap });
    }
    let path: PathBuf = places.config_file().unwrap_or_default();
    let told = |it: &Problem| format!("{}, {it}", path.display());
    Err(problems.iter().map(told).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_counts_once_it_has_settled() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("config.toml");
        let path = Some(file.as_path());
        let write = |text: &str| std::fs::write(&file, text).expect("a file");
        let mut seen = Seen::new(path);
        assert!(!seen.has_changed(path) && !seen.has_changed(path));
        write("");
        assert!(!seen.has_changed(path), "just now");
        write("signs = 'ascii'");
        assert!(!seen.has_changed(path), "and again");
        assert!(seen.has_changed(path), "the same at two looks");
        assert!(!seen.has_changed(path) && seen.is_now(path), "in force");
    }

    #[test]
    fn whatever_is_wrong_is_told_with_its_place() {
        let folder = tempfile::tempdir().expect("a folder");
        let places = XdgEnvironment {
            named: Some(folder.path().join("c.toml")),
            ..XdgEnvironment::default()
        };
        let load = |text: &str| {
            std::fs::write(folder.path().join("c.toml"), text).expect("a file");
            load(&places, None).map(|it| it.config.signs)
        };
        assert_eq!(load("signs = 'ascii'"), Ok(config::SymbolSet::Ascii));
        let wrong = load("[keys.list]\nx = 'fly'\n").expect_err("no command");
        assert!(wrong[0].contains("c.toml, line 2, column 5: "), "{wrong:?}");
        let wrong = load("sings = 1\npanes = 2\n").expect_err("no keys");
        assert_eq!(wrong.len(), 2, "{wrong:?}");
    }
}
