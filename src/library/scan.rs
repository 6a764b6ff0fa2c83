//! The parallel walk: every file of a source, told apart and read, handed over in batches. Not for
//! watching what changes afterwards.
//!
//! What is walked is what lies in the folder: no ignore files are heeded. What is passed over, and
//! why, is listed in [`Skip`].

use std::collections::HashMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use ignore::{DirEntry, WalkBuilder, WalkState};

use super::batch::{Batch, Folder, Found};
use super::headline::Headline;
use super::read::{read_up_to, unreadable};
use super::roots::Source;
use super::sample::{self, SAMPLE_ROOT};
use crate::format::{self, Container, Read, Reading};
use crate::model::{Has, Skip};

/// Reads in flight. A disk that is cold wants many of them, however few the processors are.
const READS_IN_FLIGHT: usize = 24;
/// How long what was found may wait before it is handed over.
const HAND_OVER: Duration = Duration::from_millis(30);
/// The most of a file that is read for the list: more than any front matter that is read, and a
/// beginning of the body to take a title from.
const HEAD_BYTES: u64 = 192 * 1024;

/// Walks `source` and gives everything found to `sink`, from several threads, one call at a time.
/// Returns when all is handed over, or soon after `stop` is set.
pub fn scan(source: &Source, stop: &AtomicBool, sink: &(dyn Fn(Batch) + Sync)) {
    let desk = HandOver::new(sink);
    match source {
        Source::Sample => scan_sample(&desk),
        Source::Roots(roots) => {
            for root in roots {
                scan_root(root, stop, &desk);
            }
        }
    }
    desk.finish();
}

fn scan_sample(out: &HandOver<'_>) {
    for (relative, bytes) in sample::files() {
        let folder = Arc::new(Folder {
            path: Path::new(SAMPLE_ROOT).join(relative.parent().unwrap_or(Path::new(""))),
            relative: relative.parent().unwrap_or(Path::new("")).to_path_buf(),
        });
        out.meet();
        read_file(
            &folder,
            relative.file_name().unwrap_or_default(),
            bytes,
            out,
        );
    }
}

fn scan_root(root: &Path, stop: &AtomicBool, out: &HandOver<'_>) {
    let real_root = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
    let walk = WalkBuilder::new(root)
        .standard_filters(false)
        .follow_links(true)
        .threads(READS_IN_FLIGHT)
        .build_parallel();
    walk.run(|| {
        let mut visitor = Visitor {
            root,
            real_root: &real_root,
            folders: HashMap::new(),
            out,
        };
        Box::new(move |entry| {
            if stop.load(Ordering::Relaxed) {
                return WalkState::Quit;
            }
            match entry {
                Ok(entry) => visitor.visit(&entry),
                Err(error) => {
                    visitor.refuse(error);
                    WalkState::Continue
                }
            }
        })
    });
}

struct Visitor<'a> {
    root: &'a Path,
    real_root: &'a Path,
    folders: HashMap<PathBuf, Arc<Folder>>,
    out: &'a HandOver<'a>,
}

impl Visitor<'_> {
    fn visit(&mut self, entry: &DirEntry) -> WalkState {
        let Some(kind) = entry.file_type() else {
            return WalkState::Continue;
        };
        if entry.depth() == 0 && kind.is_dir() {
            return WalkState::Continue;
        }
        if let Some(skip) = self.skip(entry) {
            self.out.meet();
            self.out.skip(entry.path(), skip);
            return WalkState::Skip;
        }
        if !kind.is_dir() {
            self.out.meet();
            self.read(entry);
        }
        WalkState::Continue
    }

    /// Whether an entry is passed over by what it is and how it is called, before it is opened.
    fn skip(&self, entry: &DirEntry) -> Option<Skip> {
        let kind = entry.file_type()?;
        let name = entry.file_name();
        if entry.depth() > 0 {
            if let Some(skip) = skipped_by_name(name) {
                return Some(skip);
            }
            if entry.path_is_symlink()
                && let Some(skip) = self.skipped_link(entry.path(), kind.is_dir())
            {
                return Some(skip);
            }
        }
        let container = Container::of(&name.to_string_lossy());
        match (kind.is_dir(), kind.is_file()) {
            (true, _) => container.map(|_| Skip::NotRegular),
            (_, true) => container.is_none().then_some(Skip::OtherKind),
            _ => Some(Skip::NotRegular),
        }
    }

    /// Links are followed inside the root. A folder is not reached through two links, one inside
    /// the other: links to one another would multiply without end.
    fn skipped_link(&self, path: &Path, is_dir: bool) -> Option<Skip> {
        let Ok(target) = path.canonicalize() else {
            return Some(Skip::LinkBroken);
        };
        if !target.starts_with(self.real_root) {
            return Some(Skip::LinkOutside);
        }
        let parent = path.parent()?;
        let below = parent.strip_prefix(self.root).ok()?;
        let through_a_link = parent.canonicalize().ok()? != self.real_root.join(below);
        (is_dir && through_a_link).then_some(Skip::LinkLoop)
    }

    fn read(&mut self, entry: &DirEntry) {
        match read_up_to(entry.path(), HEAD_BYTES) {
            Ok(bytes) => {
                let folder = self.folder(entry.path());
                read_file(
                    &folder,
                    entry.file_name(),
                    whole_characters(&bytes),
                    self.out,
                );
            }
            Err(error) => self.out.error(unreadable(shown(entry.path()), &error)),
        }
    }

    fn folder(&mut self, file: &Path) -> Arc<Folder> {
        let parent = file.parent().unwrap_or(Path::new(""));
        if let Some(folder) = self.folders.get(parent) {
            return Arc::clone(folder);
        }
        let relative = parent.strip_prefix(self.root).unwrap_or(Path::new(""));
        let folder = Arc::new(Folder {
            path: shown(parent).to_path_buf(),
            relative: relative.to_path_buf(),
        });
        self.folders
            .insert(parent.to_path_buf(), Arc::clone(&folder));
        folder
    }

    /// What the walk itself could not enter.
    fn refuse(&self, error: ignore::Error) {
        self.out.meet();
        let path = path_of(&error).unwrap_or(self.root).to_path_buf();
        if matches!(innermost(&error), ignore::Error::Loop { .. }) {
            return self.out.skip(&path, Skip::LinkLoop);
        }
        match error.into_io_error() {
            Some(io) if io.kind() == std::io::ErrorKind::NotFound => {
                self.out.skip(&path, Skip::LinkBroken)
            }
            Some(io) => self.out.error(unreadable(shown(&path), &io)),
            None => self.out.skip(&path, Skip::LinkLoop),
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

/// A path without the `./` that walking `.` puts before it.
fn shown(path: &Path) -> &Path {
    path.strip_prefix("./").unwrap_or(path)
}

/// Hidden files, and what editors leave behind (Emacs, Vim, and most others' `.tmp`).
fn skipped_by_name(name: &OsStr) -> Option<Skip> {
    let name = name.as_encoded_bytes();
    let temporary = name.ends_with(b"~")
        || name.ends_with(b".swp")
        || name.ends_with(b".swo")
        || name.ends_with(b".swx")
        || name.ends_with(b".tmp")
        || name == b"4913"
        || (name.len() > 1 && name.starts_with(b"#") && name.ends_with(b"#"));
    if temporary {
        Some(Skip::EditorTemporary)
    } else {
        name.starts_with(b".").then_some(Skip::Hidden)
    }
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

fn read_file(folder: &Arc<Folder>, name: &OsStr, bytes: &[u8], out: &HandOver<'_>) {
    let path = folder.path.join(name);
    match format::read(&path, bytes) {
        Reading::Article(read) => out.found(Found {
            folder: Arc::clone(folder),
            name: name.to_owned(),
            headline: headline(&read),
            warnings: read.warnings,
        }),
        Reading::Skip(skip) => out.skip(&path, skip),
        Reading::Error(diagnostic) => out.error(*diagnostic),
    }
}

fn headline(read: &Read) -> Headline {
    let mut headline = Headline::from(&read.article);
    if !read.body.trim().is_empty() {
        headline.has = headline.has | Has::BODY;
    }
    headline
}

/// Gathers what the threads find, and hands it over every few hundredths of a second.
struct HandOver<'a> {
    sink: &'a (dyn Fn(Batch) + Sync),
    waiting: Mutex<Waiting>,
}

struct Waiting {
    batch: Batch,
    since: Instant,
}

impl<'a> HandOver<'a> {
    fn new(sink: &'a (dyn Fn(Batch) + Sync)) -> Self {
        let waiting = Mutex::new(Waiting {
            batch: Batch::default(),
            since: Instant::now(),
        });
        Self { sink, waiting }
    }

    /// Counts a file, before anything else is known of it.
    fn meet(&self) {
        self.with(|batch| batch.files += 1);
    }

    fn found(&self, found: Found) {
        self.with(|batch| batch.found.push(found));
    }

    fn error(&self, diagnostic: crate::model::Diagnostic) {
        self.with(|batch| batch.errors.push(diagnostic));
    }

    fn skip(&self, path: &Path, skip: Skip) {
        self.with(|batch| batch.skipped.push((shown(path).to_path_buf(), skip)));
    }

    fn with(&self, change: impl FnOnce(&mut Batch)) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut waiting.batch);
        if waiting.since.elapsed() >= HAND_OVER {
            waiting.since = Instant::now();
            (self.sink)(std::mem::take(&mut waiting.batch));
        }
    }

    fn finish(self) {
        let waiting = self
            .waiting
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        (self.sink)(waiting.batch);
    }
}

#[cfg(test)]
#[path = "scan_tests.rs"]
mod tests;
