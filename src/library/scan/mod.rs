//! Looking at the files of a source: a parallel walk over all of them, or a look at a few, and each
//! told apart and read unless it is as it was. Not for being told that something has changed.
//!
//! What is walked is what lies in the folder: no ignore files are heeded. What is passed over, and
//! why, is listed in [`Skip`](crate::model::Skip).

mod hand_over;
mod skips;

use std::collections::{BTreeSet, HashMap};
use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use ignore::{DirEntry, WalkBuilder, WalkState};

use super::batch::{Batch, Folder, Found, Note};
use super::ledger::{Ledger, Met, Stamp, Was};
use super::read::{read_up_to, unreadable};
use super::roots::{RootError, Source};
use super::sample::{self, SAMPLE_ROOT};
use crate::format::{self, Container, Headline, Reading};
use crate::model::Skip;
use hand_over::HandOver;
use skips::{Item, Link, Root};

/// Reads in flight. A disk that is cold wants many of them, however few the processors are.
const READS_IN_FLIGHT: usize = 24;
/// The most of a file that is read for the list: more than any front matter that is read, and a
/// beginning of the body to take a title from.
const HEAD_BYTES: u64 = 192 * 1024;
/// An article that was written less than this ago and cannot be read may be half written.
const FRESH: Duration = Duration::from_secs(2);

/// How much of each file is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// What lists, sorts and filters. Warnings about other fields are not found.
    List,
    /// Every field, with all that is wrong.
    Everything,
}

/// What a look has left to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Left {
    /// Nothing, but for articles that are half written, it seems: to be looked at in a moment.
    Later(BTreeSet<PathBuf>),
    /// A pass over everything: folders have come or gone.
    Pass,
}

/// Looks at the files of a source, and remembers them.
#[derive(Debug)]
pub struct Scanner {
    source: Source,
    depth: Depth,
    ledger: Ledger,
}

impl Scanner {
    /// For files that nothing is known of yet.
    pub fn new(source: Source, depth: Depth) -> Self {
        Self::with_ledger(source, depth, Ledger::default())
    }

    /// For files of which some are known from an earlier run.
    pub fn with_ledger(source: Source, depth: Depth, ledger: Ledger) -> Self {
        Self {
            source,
            depth,
            ledger,
        }
    }

    /// Looks at every file, and gives all that are not as they were to `sink`, from several threads
    /// and one call at a time. Returns when all is handed over, or soon after `stop` is set; then
    /// nothing counts as gone.
    ///
    /// # Errors
    /// A root that is not there: an unmounted disk is no library whose articles have all gone, so
    /// nothing is looked at then.
    pub fn pass(
        &mut self,
        stop: &AtomicBool,
        sink: &(dyn Fn(Batch) + Sync),
    ) -> Result<Left, RootError> {
        let Self {
            source,
            depth,
            ledger,
        } = self;
        if let Source::Roots(roots) = &*source {
            for root in roots {
                Source::check(root)?;
            }
        }
        ledger.begin_pass();
        let out = HandOver::new(ledger, sink);
        match &*source {
            Source::Sample => scan_sample(*depth, &out),
            Source::Roots(roots) => {
                for root in roots {
                    scan_root(root, *depth, stop, &out);
                }
            }
        }
        if !stop.load(Ordering::Relaxed) {
            out.end_pass();
        }
        Ok(Left::Later(out.finish().into_iter().collect()))
    }

    /// Looks at some files, and gives those that are not as they were to `sink`.
    pub fn look(&mut self, files: &BTreeSet<PathBuf>, sink: &(dyn Fn(Batch) + Sync)) -> Left {
        let Source::Roots(roots) = &self.source else {
            return Left::Later(BTreeSet::new());
        };
        let out = HandOver::new(&mut self.ledger, sink);
        let mut seen = Seen::All;
        for root in roots {
            let Ok(real) = root.canonicalize() else {
                continue;
            };
            let mut visitor = Visitor::new(
                Root {
                    named: root,
                    real: &real,
                },
                self.depth,
                &out,
            );
            for file in files.iter().filter(|file| file.starts_with(root)) {
                if visitor.look(file) == Seen::Part {
                    seen = Seen::Part;
                }
            }
        }
        let later = out.finish().into_iter().collect();
        match seen {
            Seen::All => Left::Later(later),
            Seen::Part => Left::Pass,
        }
    }
}

/// Whether a look at a path has seen all there is to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Seen {
    All,
    /// There is or was a folder.
    Part,
}

fn scan_sample(depth: Depth, out: &HandOver<'_>) {
    for (relative, bytes) in sample::files() {
        let parent = relative.parent().unwrap_or(Path::new(""));
        let folder = Arc::new(Folder {
            path: Path::new(SAMPLE_ROOT).join(parent),
            relative: parent.to_path_buf(),
        });
        let path = Path::new(SAMPLE_ROOT).join(relative);
        let stamp = Stamp(bytes.len() as u64 + 1);
        if out.meet(&path, stamp) != Met::Unchanged {
            tell(&folder, &path, stamp, bytes, depth, out);
        }
    }
}

fn scan_root(named: &Path, depth: Depth, stop: &AtomicBool, out: &HandOver<'_>) {
    let real = named.canonicalize().unwrap_or_else(|_| named.to_path_buf());
    let walk = WalkBuilder::new(named)
        .standard_filters(false)
        .follow_links(true)
        .threads(READS_IN_FLIGHT)
        .build_parallel();
    walk.run(|| {
        let mut visitor = Visitor::new(Root { named, real: &real }, depth, out);
        Box::new(move |entry| {
            if stop.load(Ordering::Relaxed) {
                return WalkState::Quit;
            }
            match entry {
                Ok(entry) => visitor.walk(&entry),
                Err(error) => {
                    visitor.refuse(error);
                    WalkState::Continue
                }
            }
        })
    });
}

struct Visitor<'v, 'h> {
    root: Root<'v>,
    depth: Depth,
    folders: HashMap<PathBuf, Arc<Folder>>,
    out: &'v HandOver<'h>,
}

impl<'v, 'h> Visitor<'v, 'h> {
    fn new(root: Root<'v>, depth: Depth, out: &'v HandOver<'h>) -> Self {
        Self {
            root,
            depth,
            folders: HashMap::new(),
            out,
        }
    }

    /// Something that the walk has met.
    fn walk(&mut self, entry: &DirEntry) -> WalkState {
        let Some(kind) = entry.file_type() else {
            return WalkState::Continue;
        };
        let link = if entry.path_is_symlink() {
            Link::Symbolic
        } else {
            Link::No
        };
        let item = Item {
            path: entry.path(),
            name: entry.file_name(),
            kind,
            link,
        };
        if let Some(skip) = item.skip(self.root) {
            self.pass_over(item.path, skip);
            return WalkState::Skip;
        }
        if !kind.is_dir() {
            let metadata = entry.metadata().map_err(|error| io_error(error, item.path));
            self.visit(item.path, metadata);
        }
        WalkState::Continue
    }

    /// A path of which it is said that something has changed there.
    fn look(&mut self, path: &Path) -> Seen {
        let (Some(name), Ok(below)) = (path.file_name(), path.strip_prefix(self.root.named)) else {
            return Seen::Part;
        };
        let above = below.parent().unwrap_or(Path::new(""));
        let unwalked = |part: &std::ffi::OsStr| {
            skips::by_name(part).is_some() || Container::of(&part.to_string_lossy()).is_some()
        };
        if above.iter().any(unwalked) {
            return Seen::All;
        }
        let own = std::fs::symlink_metadata(path);
        let Ok(metadata) = std::fs::metadata(path) else {
            if own.is_ok() {
                self.pass_over(shown(path), Skip::LinkBroken);
                return Seen::All;
            }
            let known = self.out.missing(shown(path));
            let could_be_a_folder = !unwalked(name);
            return if known || !could_be_a_folder {
                Seen::All
            } else {
                Seen::Part
            };
        };
        let kind = metadata.file_type();
        let is_link = own.is_ok_and(|own| own.is_symlink());
        let link = if is_link { Link::Symbolic } else { Link::No };
        if let Some(skip) = (Item {
            path,
            name,
            kind,
            link,
        })
        .skip(self.root)
        {
            self.pass_over(path, skip);
        } else if kind.is_dir() {
            return Seen::Part;
        } else {
            self.visit(path, Ok(metadata));
        }
        Seen::All
    }

    fn pass_over(&self, path: &Path, skip: Skip) {
        let (path, stamp) = (shown(path), Stamp::skip(skip));
        if self.out.meet(path, stamp) != Met::Unchanged {
            self.out.note(path, stamp, Note::Skip(skip));
        }
    }

    /// A file that can hold an article: read, unless it is as it was. Its stamp is taken before it
    /// is read, so that a change in between is noticed the next time.
    fn visit(&mut self, path: &Path, metadata: io::Result<Metadata>) {
        let stamp = metadata.as_ref().map_or(Stamp::NONE, Stamp::of);
        let met = self.out.meet(shown(path), stamp);
        if met == Met::Unchanged && stamp != Stamp::NONE {
            return;
        }
        let bytes = metadata.and_then(|metadata| Ok((read_up_to(path, HEAD_BYTES)?, metadata)));
        match bytes {
            Ok((bytes, metadata)) => {
                let bytes = whole_characters(&bytes);
                if met == Met::Changed(Was::Article) && is_half_written(path, bytes, &metadata) {
                    return self.out.not_yet(shown(path));
                }
                let folder = self.folder(path);
                tell(&folder, shown(path), stamp, bytes, self.depth, self.out);
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                self.out.missing(shown(path));
            }
            Err(error) => {
                let note = Note::Error(unreadable(shown(path), &error));
                self.out.note(shown(path), stamp, note);
            }
        }
    }

    fn folder(&mut self, file: &Path) -> Arc<Folder> {
        let parent = file.parent().unwrap_or(Path::new(""));
        if let Some(folder) = self.folders.get(parent) {
            return Arc::clone(folder);
        }
        let relative = parent
            .strip_prefix(self.root.named)
            .unwrap_or(Path::new(""));
        let path = shown(file).parent().unwrap_or(Path::new("")).to_path_buf();
        let folder = Arc::new(Folder {
            path,
            relative: relative.to_path_buf(),
        });
        self.folders
            .insert(parent.to_path_buf(), Arc::clone(&folder));
        folder
    }

    /// What the walk itself could not enter.
    fn refuse(&self, error: ignore::Error) {
        let path = path_of(&error).unwrap_or(self.root.named).to_path_buf();
        if matches!(innermost(&error), ignore::Error::Loop { .. }) {
            return self.pass_over(&path, Skip::LinkLoop);
        }
        match error.into_io_error() {
            Some(io) if io.kind() == io::ErrorKind::NotFound => {
                self.pass_over(&path, Skip::LinkBroken);
            }
            Some(io) => {
                let stamp = Stamp(u64::MAX);
                if self.out.meet(shown(&path), stamp) != Met::Unchanged {
                    let note = Note::Error(unreadable(shown(&path), &io));
                    self.out.note(shown(&path), stamp, note);
                }
            }
            None => self.pass_over(&path, Skip::LinkLoop),
        }
    }
}

fn innermost(error: &ignore::Error) -> &ignore::Error {
    match error {
        ignore::Error::WithPath { err, .. } | ignore::Error::WithDepth { err, .. } => {
            innermost(err)
        }
        other => other,
    }
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } => path_of(err),
        ignore::Error::Loop { child, .. } => Some(child),
        _ => None,
    }
}

fn io_error(error: ignore::Error, path: &Path) -> io::Error {
    error
        .into_io_error()
        .unwrap_or_else(|| io::Error::other(format!("{}", path.display())))
}

/// A path without the `./` that walking `.` puts before it.
fn shown(path: &Path) -> &Path {
    path.strip_prefix("./").unwrap_or(path)
}

/// The bytes without a character that was cut in two at their end.
fn whole_characters(bytes: &[u8]) -> &[u8] {
    if bytes.len() < HEAD_BYTES as usize {
        return bytes;
    }
    let tail_start = bytes.len() - 4;
    let last_start = (tail_start..bytes.len())
        .rev()
        .find(|at| bytes[*at] & 0b1100_0000 != 0b1000_0000);
    match last_start {
        Some(at) if std::str::from_utf8(&bytes[at..]).is_err() => &bytes[..at],
        _ => bytes,
    }
}

/// Whether somebody seems to be writing what was an article and is none at the moment.
fn is_half_written(path: &Path, bytes: &[u8], metadata: &Metadata) -> bool {
    let age = metadata
        .modified()
        .ok()
        .and_then(|at| SystemTime::now().duration_since(at).ok());
    let fresh = age.is_none_or(|age| age < FRESH);
    fresh && !matches!(format::read(path, bytes), Reading::Article(_))
}

/// Tells what a file is by what is in it, and hands that over.
fn tell(
    folder: &Arc<Folder>,
    path: &Path,
    stamp: Stamp,
    bytes: &[u8],
    depth: Depth,
    out: &HandOver<'_>,
) {
    let name = path.file_name().unwrap_or_default();
    let found = |headline, warnings| Found {
        folder: Arc::clone(folder),
        name: name.to_owned(),
        stamp,
        headline,
        warnings,
    };
    if depth == Depth::List
        && let Some(headline) = format::scan(&name.to_string_lossy(), bytes)
    {
        return out.found(path, found(headline, Vec::new()));
    }
    match format::read(path, bytes) {
        Reading::Article(read) => {
            out.found(path, found(Headline::from(read.article), read.warnings));
        }
        Reading::Skip(skip) => out.note(path, stamp, Note::Skip(skip)),
        Reading::Error(diagnostic) => out.note(path, stamp, Note::Error(*diagnostic)),
    }
}

#[cfg(test)]
mod tests;
