//! Watches the files of the roots. Events are only hints about where to look: looking at a file shows what
//! became of it.
//!
//! Watches the folders that a scan walks, each once. Hidden folders are left out, and so are those behind
//! links: their targets are either inside the roots and watched there, or skipped. A link that a root is
//! reached through is watched as well, since it may come to lead elsewhere.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use notify::event::{CreateKind, EventKind, ModifyKind, RemoveKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};

use super::scan::{folders, is_passed_over};
use super::site;
use crate::format::SiteOverrides;

/// A burst is over after this long without an event.
const QUIET: Duration = Duration::from_millis(80);
/// An endless burst is handled after this long.
const LONGEST: Duration = Duration::from_millis(400);
/// From this many paths on, scanning everything is simpler and no slower.
const MANY: usize = 2_000;
/// Links that lead to links are followed this far.
const LINKS_IN_A_ROW: usize = 8;

/// Where to look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhereChanged {
    /// At these files, each as its root spells it.
    Files(BTreeSet<PathBuf>),
    /// Everywhere: folders have changed, there were too many events, or the system lost track.
    Everything,
    /// Everywhere, and again from time to time, because the folders can no longer be watched. Holds the
    /// reason.
    Unwatched(String),
}

/// An event from the system, for [`Watch::gather`].
#[derive(Debug)]
pub struct WatchEvent(notify::Result<notify::Event>);

/// A watch on some roots. Dropping it ends it.
pub struct Watch {
    watcher: RecommendedWatcher,
    places: WatchedFolders,
    tell: Arc<dyn Fn(WatchEvent) + Send + Sync>,
}

impl Watch {
    /// Watches the folders of the roots, in a library with these `overrides`. `tell` gets the events, on
    /// the watch's own thread.
    ///
    /// # Errors
    /// If the system has no watches left or cannot watch this kind of file system; explains this in words.
    pub fn start(
        roots: &[PathBuf],
        overrides: &Arc<SiteOverrides>,
        tell: impl Fn(WatchEvent) + Send + Sync + 'static,
    ) -> Result<Self, String> {
        let tell: Arc<dyn Fn(WatchEvent) + Send + Sync> = Arc::new(tell);
        let places = WatchedFolders::new(roots, overrides)?;
        let watcher = places.watch(&tell)?;
        Ok(Self {
            watcher,
            places,
            tell,
        })
    }

    /// Collects a burst of events starting with `hint`, and returns what has changed. `next` waits for
    /// another hint for the given time. `None` if none of them matters.
    pub fn gather(
        &mut self,
        first: WatchEvent,
        mut next: impl FnMut(Duration) -> Option<WatchEvent>,
    ) -> Option<WhereChanged> {
        let mut hints = Hints::default();
        let burst = Instant::now();
        let mut hint = Some(first);
        while let Some(heard) = hint {
            hints.note(heard, &self.places);
            hint = if burst.elapsed() < LONGEST {
                next(if hints.is_empty() {
                    Duration::ZERO
                } else {
                    QUIET
                })
            } else {
                None
            };
        }
        if hints.folders
            && let Err(reason) = self.renew()
        {
            return Some(WhereChanged::Unwatched(reason));
        }
        hints.into_changes()
    }

    /// Watches the folders that exist now.
    fn renew(&mut self) -> Result<(), String> {
        let roots: Vec<PathBuf> = self
            .places
            .roots
            .iter()
            .map(|(named, _)| named.clone())
            .collect();
        let overrides = Arc::clone(&self.places.overrides);
        self.places = WatchedFolders::new(&roots, &overrides)?;
        self.watcher = self.places.watch(&self.tell)?;
        Ok(())
    }
}

/// What is watched.
#[derive(Debug, Default)]
struct WatchedFolders {
    /// Each root as it was named, and as the system spells it in events.
    roots: Vec<(PathBuf, PathBuf)>,
    /// As the system spells them.
    folders: HashSet<PathBuf>,
    /// Folders above the roots, in which only the configuration of their site counts.
    above: HashSet<PathBuf>,
    /// The links that the roots are reached through.
    links: HashSet<PathBuf>,
    /// What the person configured about the library.
    overrides: Arc<SiteOverrides>,
}

impl WatchedFolders {
    fn new(roots: &[PathBuf], overrides: &Arc<SiteOverrides>) -> Result<Self, String> {
        let mut places = Self {
            overrides: Arc::clone(overrides),
            ..Self::default()
        };
        for root in roots {
            let real = root
                .canonicalize()
                .map_err(|error| format!("{}: {error}", root.display()))?;
            if real.is_dir() {
                places.folders.extend(folders(&real));
            } else if let Some(folder) = real.parent() {
                // Watch the folder: a replaced file is a new file, and a watch on the old one would end.
                places.folders.insert(folder.to_path_buf());
            }
            places.above.extend(site::folders_above(&real, overrides));
            places.links.extend(links_to(root, LINKS_IN_A_ROW));
            places.roots.push((root.clone(), real));
        }
        places.above.retain(|it| !places.folders.contains(it));
        Ok(places)
    }

    fn watch(
        &self,
        tell: &Arc<dyn Fn(WatchEvent) + Send + Sync>,
    ) -> Result<RecommendedWatcher, String> {
        let tell = Arc::clone(tell);
        let mut watcher = notify::recommended_watcher(move |event| tell(WatchEvent(event)))
            .map_err(|error| said(&error))?;
        for folder in self.all_folders() {
            match watcher.watch(folder, RecursiveMode::NonRecursive) {
                Ok(()) => {}
                // It has gone in the meantime; the folder above reports that.
                Err(error) if is_absent(&error) => {}
                Err(error) => return Err(said(&error)),
            }
        }
        Ok(watcher)
    }

    /// Each folder to watch, once.
    fn all_folders(&self) -> HashSet<&Path> {
        let with_links = self.links.iter().filter_map(|link| link.parent());
        let walked = self.folders.iter().chain(&self.above);
        walked.map(PathBuf::as_path).chain(with_links).collect()
    }

    /// Whether a path is a configuration above the roots.
    fn configures(&self, path: &Path) -> bool {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        path.parent().is_some_and(|it| self.above.contains(it)) && site::is_configuration(&name)
    }

    /// A path, spelt as its root was named.
    fn spelt(&self, path: &Path) -> Option<PathBuf> {
        let around = self.roots.iter().filter(|(_, real)| path.starts_with(real));
        let (named, real) = around.max_by_key(|(_, real)| real.as_os_str().len())?;
        let below = path.strip_prefix(real).ok()?;
        Some(if below.as_os_str().is_empty() {
            named.clone()
        } else {
            named.join(below)
        })
    }
}

/// The links that a path is reached through, as the system spells them in events.
fn links_to(path: &Path, most: usize) -> Vec<PathBuf> {
    let Ok(path) = std::path::absolute(path) else {
        return Vec::new();
    };
    let mut links = Vec::new();
    for part in path.ancestors() {
        let (Ok(target), Some(folder)) = (part.read_link(), part.parent()) else {
            continue;
        };
        if let (Ok(folder), Some(name)) = (folder.canonicalize(), part.file_name()) {
            links.push(folder.join(name));
        }
        if let Some(left) = most.checked_sub(1) {
            links.extend(links_to(&folder.join(target), left));
        }
    }
    links
}

fn is_absent(error: &notify::Error) -> bool {
    match &error.kind {
        notify::ErrorKind::PathNotFound => true,
        notify::ErrorKind::Io(error) => error.kind() == std::io::ErrorKind::NotFound,
        notify::ErrorKind::Generic(_)
        | notify::ErrorKind::WatchNotFound
        | notify::ErrorKind::InvalidConfig(_)
        | notify::ErrorKind::MaxFilesWatch => false,
    }
}

/// What a burst of events hints at.
#[derive(Debug, Default)]
struct Hints {
    files: BTreeSet<PathBuf>,
    /// Folders were added, removed or renamed, or it is unclear what changed.
    folders: bool,
}

impl Hints {
    fn is_empty(&self) -> bool {
        self.files.is_empty() && !self.folders
    }

    fn note(&mut self, hint: WatchEvent, places: &WatchedFolders) {
        let Ok(event) = hint.0 else {
            self.folders = true;
            return;
        };
        let matters = |path: &PathBuf| places.configures(path) || places.links.contains(path);
        if event.need_rescan()
            || is_about_a_folder(&event, places)
            || (says_something(event.kind) && event.paths.iter().any(matters))
        {
            self.folders = true;
        } else if says_something(event.kind) {
            let spelt = event.paths.iter().filter_map(|path| places.spelt(path));
            self.files.extend(spelt);
        }
    }

    fn into_changes(self) -> Option<WhereChanged> {
        if self.folders || self.files.len() > MANY {
            Some(WhereChanged::Everything)
        } else {
            (!self.files.is_empty()).then_some(WhereChanged::Files(self.files))
        }
    }
}

/// Our own reading raises events too; they mean nothing.
fn says_something(kind: EventKind) -> bool {
    !matches!(kind, EventKind::Access(_) | EventKind::Other)
}

/// Adding, removing or renaming a folder affects files that get no events of their own.
fn is_about_a_folder(event: &notify::Event, places: &WatchedFolders) -> bool {
    let mut paths = event
        .paths
        .iter()
        .filter(|path| places.spelt(path).is_some() && !is_hidden(path));
    match event.kind {
        EventKind::Create(CreateKind::Folder) | EventKind::Remove(RemoveKind::Folder) => {
            paths.next().is_some()
        }
        EventKind::Modify(ModifyKind::Name(_)) => {
            paths.any(|path| places.folders.contains(path) || path.is_dir())
        }
        EventKind::Any
        | EventKind::Access(_)
        | EventKind::Create(_)
        | EventKind::Modify(_)
        | EventKind::Remove(_)
        | EventKind::Other => false,
    }
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(is_passed_over)
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the enum is not ours")]
fn said(error: &notify::Error) -> String {
    match &error.kind {
        notify::ErrorKind::MaxFilesWatch => {
            "the system has no watches left (fs.inotify.max_user_watches)".to_owned()
        }
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests;
