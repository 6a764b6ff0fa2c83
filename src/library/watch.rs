//! Being told which files of the roots change. Events are only hints of where to look: what has
//! become of a file is found by looking at it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use notify::event::{EventKind, ModifyKind, RemoveKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};

/// After so long without another event a burst is over.
const QUIET: Duration = Duration::from_millis(80);
/// A burst that does not end is looked at after so long.
const LONGEST: Duration = Duration::from_millis(400);
/// From so many paths on, looking at everything is simpler, and no slower.
const MANY: usize = 2_000;

/// Where to look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changes {
    /// At these files, each as its root spells it.
    Files(BTreeSet<PathBuf>),
    /// Everywhere: folders have changed, there was too much to tell, or the system lost count.
    Everything,
}

/// A watch on some roots. Dropping it ends it.
pub struct Watch {
    _watcher: RecommendedWatcher,
    events: Receiver<notify::Result<notify::Event>>,
    /// Each root as it was named, and as the system spells it in events.
    roots: Vec<(PathBuf, PathBuf)>,
}

impl Watch {
    /// Watches the roots and all below them.
    ///
    /// # Errors
    /// In words, when the system has no watches left or cannot watch such a file system.
    pub fn start(roots: &[PathBuf]) -> Result<Self, String> {
        let (sender, events) = channel();
        let mut watcher = notify::recommended_watcher(move |event| {
            // Nobody listens any more once the watch is dropped.
            let _ = sender.send(event);
        })
        .map_err(|error| said(&error))?;
        let mut spelt = Vec::new();
        for root in roots {
            let real = root
                .canonicalize()
                .map_err(|error| format!("{}: {error}", root.display()))?;
            watcher
                .watch(&real, RecursiveMode::Recursive)
                .map_err(|error| said(&error))?;
            spelt.push((root.clone(), real));
        }
        Ok(Self {
            _watcher: watcher,
            events,
            roots: spelt,
        })
    }

    /// Waits up to `patience` for something to change, and then until the burst is over.
    pub fn next(&self, patience: Duration) -> Option<Changes> {
        let mut hints = Hints::default();
        let begun = Instant::now();
        while hints.is_empty() {
            let left = patience.checked_sub(begun.elapsed())?;
            hints.note(self.receive(left)?, &self.roots);
        }
        let burst = Instant::now();
        while burst.elapsed() < LONGEST {
            match self.receive(QUIET) {
                Some(event) => hints.note(event, &self.roots),
                None => break,
            }
        }
        Some(hints.into_changes())
    }

    fn receive(&self, patience: Duration) -> Option<notify::Result<notify::Event>> {
        self.events.recv_timeout(patience).ok()
    }
}

/// What a burst of events hints at.
#[derive(Debug, Default)]
struct Hints {
    files: BTreeSet<PathBuf>,
    everything: bool,
}

impl Hints {
    fn is_empty(&self) -> bool {
        self.files.is_empty() && !self.everything
    }

    fn note(&mut self, event: notify::Result<notify::Event>, roots: &[(PathBuf, PathBuf)]) {
        let Ok(event) = event else {
            self.everything = true;
            return;
        };
        if event.need_rescan() || is_about_a_folder(&event) {
            self.everything = true;
        } else if says_something(event.kind) {
            self.files
                .extend(event.paths.iter().filter_map(|path| spelt(path, roots)));
            self.everything |= self.files.len() > MANY;
        }
    }

    fn into_changes(self) -> Changes {
        if self.everything {
            Changes::Everything
        } else {
            Changes::Files(self.files)
        }
    }
}

/// Our own reading raises events as well; they say nothing.
fn says_something(kind: EventKind) -> bool {
    !matches!(kind, EventKind::Access(_) | EventKind::Other)
}

/// A folder that comes, goes or is renamed takes along files of which nothing is told.
fn is_about_a_folder(event: &notify::Event) -> bool {
    use notify::event::CreateKind;
    match event.kind {
        EventKind::Create(CreateKind::Folder) | EventKind::Remove(RemoveKind::Folder) => true,
        EventKind::Modify(ModifyKind::Name(_)) => event
            .paths
            .iter()
            .any(|path| path.is_dir() || path.extension().is_none()),
        _ => false,
    }
}

/// A path as its root was named.
fn spelt(path: &Path, roots: &[(PathBuf, PathBuf)]) -> Option<PathBuf> {
    roots.iter().find_map(|(named, real)| {
        let below = path.strip_prefix(real).ok()?;
        Some(if below.as_os_str().is_empty() {
            named.clone()
        } else {
            named.join(below)
        })
    })
}

fn said(error: &notify::Error) -> String {
    match &error.kind {
        notify::ErrorKind::MaxFilesWatch => {
            "the system has no watches left (fs.inotify.max_user_watches)".to_owned()
        }
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::Event;
    use notify::event::{AccessKind, AccessMode, CreateKind, Flag, ModifyKind, RenameMode};

    fn roots() -> Vec<(PathBuf, PathBuf)> {
        vec![("news".into(), "/srv/site/news".into())]
    }

    fn changes(events: Vec<Event>) -> Option<Changes> {
        let mut hints = Hints::default();
        for event in events {
            hints.note(Ok(event), &roots());
        }
        (!hints.is_empty()).then(|| hints.into_changes())
    }

    fn event(kind: EventKind, path: &str) -> Event {
        Event::new(kind).add_path(path.into())
    }

    #[test]
    fn files_are_named_as_their_root_was() {
        let created = event(EventKind::Create(CreateKind::File), "/srv/site/news/a.md");
        let elsewhere = event(EventKind::Create(CreateKind::File), "/tmp/b.md");
        let expected = Changes::Files(BTreeSet::from([PathBuf::from("news/a.md")]));
        assert_eq!(changes(vec![created, elsewhere]), Some(expected));
    }

    #[test]
    fn reading_is_no_change() {
        let opened = event(
            EventKind::Access(AccessKind::Open(AccessMode::Any)),
            "/srv/site/news/a.md",
        );
        assert_eq!(changes(vec![opened]), None);
    }

    #[test]
    fn folders_and_a_lost_count_mean_everything() {
        let lost = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert_eq!(changes(vec![lost]), Some(Changes::Everything));
        let folder = event(EventKind::Create(CreateKind::Folder), "/srv/site/news/sub");
        assert_eq!(changes(vec![folder]), Some(Changes::Everything));
        let renamed = event(
            EventKind::Modify(ModifyKind::Name(RenameMode::From)),
            "/srv/site/news/sub",
        );
        assert_eq!(changes(vec![renamed]), Some(Changes::Everything));
    }

    #[test]
    fn very_many_files_mean_everything() {
        let created = |number| {
            event(
                EventKind::Create(CreateKind::File),
                &format!("/srv/site/news/{number}.md"),
            )
        };
        assert_eq!(
            changes((0..=MANY).map(created).collect()),
            Some(Changes::Everything)
        );
    }

    #[test]
    fn a_real_folder_is_watched() {
        let root = tempfile::tempdir().expect("a folder");
        let named = root.path().to_path_buf();
        let watch = Watch::start(std::slice::from_ref(&named)).expect("a watch");
        std::fs::write(named.join("a.md"), "x").expect("a file");
        let changes = watch.next(Duration::from_secs(10));
        assert_eq!(
            changes,
            Some(Changes::Files(BTreeSet::from([named.join("a.md")])))
        );
    }
}
