//! Scans the files of a source: a parallel pass over all of them, or a look at a few. Each changed
//! file is classified and read. Watching for changes is in `watch`.
//!
//! The walk covers everything in the folder and ignores `.gitignore` and the like.
//! [`Skip`](crate::model::Skip) lists what is skipped, and why.

mod by_folder;
mod hand_over;
mod open_folder;
mod reading;
mod walk;

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use super::batch::{Batch, NonArticleReason, RootFolder};
use super::file_index::{Comparison, FileIndex, FileKey, Stamp, Was};
use super::roots::{RootError, Source, undotted};
use super::sample::{self, SAMPLE_ROOT};
use super::site::{self, FolderRule, Sites};
use super::skips::{self, FoundPath, LinkKind, Root};
use crate::format::SiteOverrides;
use crate::model::{Diagnostic, Severity, Skip};
use by_folder::{FoldersOfFiles, Waiting};
use hand_over::{HandOver, KnownAtStart, ReadFile};
use open_folder::OpenFolders;
use reading::FileReader;
use walk::{Flow, Folders, walk};

/// Concurrent reads. A cold disk wants many, however few processors there are.
const READS_IN_FLIGHT: usize = 24;
/// Files handed to a reader at a time. Few at first, so that a small folder on a cold disk gets many
/// readers; then more and more, because each handover costs as much as reading a file.
const FEWEST: usize = 8;
const MOST: usize = 64;

/// How much of each file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadDepth {
    /// Only what is listed, sorted and filtered. Misses warnings about other fields.
    List,
    /// Every field, with all diagnostics.
    Everything,
}

/// What remains to be done after a look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Left {
    /// Nothing, except for articles that look half written: look at them again in a moment.
    Later(BTreeSet<PathBuf>),
    /// A pass over everything: folders have come or gone, or a site's configuration has changed.
    Pass,
}

/// Scans the files of a source, and remembers them.
#[derive(Debug)]
pub struct Scanner {
    source: Source,
    depth: ReadDepth,
    file_index: FileIndex,
    paths: Paths,
}

/// How many paths a file in the roots can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Paths {
    One,
    /// The last pass followed a link: what changes at one path may change at another.
    Several,
}

impl Scanner {
    /// Starts without knowing any files.
    pub fn new(source: Source, depth: ReadDepth) -> Self {
        Self::with_index(source, depth, FileIndex::default())
    }

    /// Starts with files known from an earlier run.
    pub fn with_index(source: Source, depth: ReadDepth, file_index: FileIndex) -> Self {
        Self {
            source,
            depth,
            file_index,
            paths: Paths::One,
        }
    }

    /// Checks every file, and passes all changed ones to `sink`, from several threads but one call
    /// at a time. Returns when everything is handed over, or soon after `stop` is set; nothing
    /// counts as gone then.
    ///
    /// # Errors
    /// If a root does not exist. Nothing is scanned then: an unmounted disk is not a library whose
    /// articles are all gone.
    pub fn pass(
        &mut self,
        stop: &AtomicBool,
        sink: &(dyn Fn(Batch) + Sync),
    ) -> Result<Left, RootError> {
        let Self {
            source,
            depth,
            file_index,
            paths,
        } = self;
        if let Source::Roots(roots, _) = &*source {
            for root in roots {
                Source::check(root)?;
            }
        }
        file_index.begin_pass();
        let out = HandOver::new(file_index, sink);
        match &*source {
            Source::Sample => look_at_sample(&out),
            Source::Roots(roots, overrides) => {
                *paths = look_at_all((roots, overrides), *depth, stop, &out, &Sites::default());
            }
        }
        if !stop.load(Ordering::Relaxed) {
            out.end_pass();
        }
        Ok(Left::Later(out.finish().into_iter().collect()))
    }

    /// Checks some files, and passes those that have changed to `sink`.
    pub fn look(&mut self, files: &BTreeSet<PathBuf>, sink: &(dyn Fn(Batch) + Sync)) -> Left {
        let Source::Roots(roots, overrides) = &self.source else {
            return Left::Later(BTreeSet::new());
        };
        if self.paths == Paths::Several {
            return Left::Pass;
        }
        let out = HandOver::new(&mut self.file_index, sink);
        let (sites, open) = (Sites::default(), OpenFolders::default());
        let mut folders = FoldersOfFiles::new(&sites, &open);
        let mut reader = FileReader::new(self.depth);
        let mut seen = Seen::All;
        let of_roots = files
            .iter()
            .filter_map(|file| Some((root_of(roots, file)?, file)));
        let of_roots: Vec<(&PathBuf, &PathBuf)> = of_roots.collect();
        for of_one in of_roots.chunk_by(|(one, _), (next, _)| one == next) {
            let named = of_one[0].0;
            let Ok(real) = named.canonicalize() else {
                continue;
            };
            let root = Root {
                named,
                real: &real,
                overrides,
            };
            for (_, file) in of_one {
                if look_at(root, file, &mut reader, &out, &mut folders) == Seen::Part {
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

/// The root that a file belongs to: of roots inside each other, the innermost.
fn root_of<'a>(roots: &'a [PathBuf], file: &Path) -> Option<&'a PathBuf> {
    let around = roots.iter().filter(|root| file.starts_with(root));
    around.max_by_key(|root| root.as_os_str().len())
}

/// Whether looking at a path was enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Seen {
    All,
    /// It is or was a folder, or a file that affects others.
    Part,
}

/// Reads the sample library with every field, since it is small.
fn look_at_sample(out: &HandOver<'_>) {
    for (relative, bytes) in sample::files() {
        let parent = relative.parent().unwrap_or(Path::new(""));
        let folder = Arc::new(RootFolder {
            path: Path::new(SAMPLE_ROOT).join(parent),
            relative: parent.to_path_buf(),
            overrides: Arc::default(),
        });
        let path = Path::new(SAMPLE_ROOT).join(relative);
        let (key, stamp) = (FileKey::new(&path), Stamp(bytes.len() as u64 + 1));
        let told = reading::tell(&path, &folder, stamp, bytes, &FolderRule::default());
        out.meet_and_take(vec![ReadFile {
            path: &path,
            key,
            stamp,
            told,
        }]);
    }
}

fn look_at_all(
    (roots, overrides): (&[PathBuf], &Arc<SiteOverrides>),
    depth: ReadDepth,
    stop: &AtomicBool,
    out: &HandOver<'_>,
    sites: &Sites,
) -> Paths {
    let (readers, waiting) = sync_channel(READS_IN_FLIGHT);
    let waiting = Mutex::new(waiting);
    let open = OpenFolders::default();
    let mut paths = Paths::One;
    thread::scope(|scope| {
        for _ in 0..READS_IN_FLIGHT {
            scope.spawn(|| {
                let mut folders = FoldersOfFiles::new(sites, &open);
                read_what_waits(&waiting, depth, stop, out, &mut folders);
            });
        }
        for named in roots {
            let real = named.canonicalize().unwrap_or_else(|_| named.clone());
            let root = Root {
                named,
                real: &real,
                overrides,
            };
            if list(root, &readers, stop, out) == Paths::Several {
                paths = Paths::Several;
            }
        }
        drop(readers);
    });
    paths
}

/// Walks a root and sends its files to the readers.
fn list(
    root: Root<'_>,
    readers: &SyncSender<Vec<Waiting>>,
    stop: &AtomicBool,
    out: &HandOver<'_>,
) -> Paths {
    let mut paths = Paths::One;
    let mut at_a_time = FEWEST;
    let mut files = Vec::with_capacity(at_a_time);
    // The readers live until the walk is over, so sending does not fail.
    walk(root, |met| {
        match met {
            walk::WalkItem::File(path, folder) => files.push((path, folder)),
            walk::WalkItem::Folder(_) => {}
            walk::WalkItem::Link(_) => paths = Paths::Several,
            walk::WalkItem::Skip(path, skip) => pass_over(&path, skip, out),
            walk::WalkItem::Error(error) => {
                let path = error.path.clone();
                out.note(&path, Stamp::UNREADABLE, NonArticleReason::Error(error));
            }
        }
        if files.len() == at_a_time {
            at_a_time = MOST.min(at_a_time + 1);
            let _ = readers.send(std::mem::replace(&mut files, Vec::with_capacity(at_a_time)));
        }
        if stop.load(Ordering::Relaxed) {
            Flow::Stop
        } else {
            Flow::On
        }
    });
    let _ = readers.send(files);
    paths
}

/// The folders of a root, given as the system spells it, each once. Folders behind links are left
/// out.
pub(super) fn folders(root: &Path) -> Vec<PathBuf> {
    let mut folders = Vec::new();
    let mut link: Option<PathBuf> = None;
    walk(
        Root {
            named: root,
            real: root,
            overrides: &Arc::default(),
        },
        |met| {
            match met {
                walk::WalkItem::Link(path) => link = Some(path),
                walk::WalkItem::Folder(path) => {
                    let linked = link.as_ref().is_some_and(|link| path.starts_with(link));
                    if !linked {
                        folders.push(path);
                    }
                }
                walk::WalkItem::File(..) | walk::WalkItem::Skip(..) | walk::WalkItem::Error(_) => {}
            }
            Flow::On
        },
    );
    folders
}

/// Whether a file or folder of this name is skipped.
pub(super) fn is_passed_over(name: &OsStr) -> bool {
    skips::by_name(name).is_some()
}

/// The work of one reader: reads waiting files until no more come.
fn read_what_waits(
    waiting: &Mutex<Receiver<Vec<Waiting>>>,
    depth: ReadDepth,
    stop: &AtomicBool,
    out: &HandOver<'_>,
    folders: &mut FoldersOfFiles<'_>,
) {
    let mut reader = FileReader::new(depth);
    loop {
        let next = waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .recv();
        let Ok(files) = next else {
            return;
        };
        if !stop.load(Ordering::Relaxed) {
            visit(&files, &mut reader, out, folders);
        }
    }
}

/// Reads the files that can hold articles, except unchanged ones.
fn visit(
    files: &[Waiting],
    reader: &mut FileReader,
    out: &HandOver<'_>,
    folders: &mut FoldersOfFiles<'_>,
) {
    let changed: Vec<(&Waiting, Was)> = match out.known() {
        KnownAtStart::Nothing => files.iter().map(|file| (file, Was::Other)).collect(),
        KnownAtStart::Files => changed(files, out, folders),
    };
    let mut outcomes = Vec::with_capacity(changed.len());
    folders.each(
        &changed,
        |(file, _)| file,
        |((path, folder), was), place, rule| {
            let (stamp, told) = reader.read((path, place), folder, *was, rule);
            outcomes.push(ReadFile {
                path,
                key: FileKey::new(path),
                stamp,
                told,
            });
        },
    );
    match out.known() {
        KnownAtStart::Nothing => out.meet_and_take(outcomes),
        KnownAtStart::Files if outcomes.is_empty() => {}
        KnownAtStart::Files => out.take(outcomes),
    }
}

/// The changed files, each with what it was before.
fn changed<'a>(
    files: &'a [Waiting],
    out: &HandOver<'_>,
    folders: &mut FoldersOfFiles<'_>,
) -> Vec<(&'a Waiting, Was)> {
    let mut looked = Vec::with_capacity(files.len());
    folders.each(
        files,
        |file| file,
        |(path, _), place, rule| {
            looked.push((FileKey::new(path), reading::stamp_at(place, rule)));
        },
    );
    let mut met = Vec::with_capacity(files.len());
    out.meet(&looked, |it| met.push(it));
    let compared = files.iter().zip(looked).zip(met);
    compared
        .filter_map(|((file, (_, stamp)), met)| match met {
            Comparison::Unchanged if stamp != Stamp::NONE => None,
            Comparison::Unchanged | Comparison::New => Some((file, Was::Other)),
            Comparison::Changed(was) => Some((file, was)),
        })
        .collect()
}

/// Checks a path where a change was reported.
fn look_at(
    root: Root<'_>,
    path: &Path,
    reader: &mut FileReader,
    out: &HandOver<'_>,
    folders: &mut FoldersOfFiles<'_>,
) -> Seen {
    let (Some(name), Ok(below)) = (path.file_name(), path.strip_prefix(root.named)) else {
        return Seen::Part;
    };
    let above = below.parent().unwrap_or(Path::new(""));
    if above.iter().any(is_passed_over) {
        return Seen::All;
    }
    let own = std::fs::symlink_metadata(path);
    let metadata = std::fs::metadata(path);
    if let (Ok(_), Err(error)) = (&own, &metadata) {
        pass_over(path, skips::leads_nowhere(error), out);
        return Seen::All;
    }
    let Ok(metadata) = metadata else {
        // An unknown path whose name could be a folder's may have been a folder.
        let says_something = site::is_configuration(&name.to_string_lossy());
        let is_told = (out.missing(undotted(path)) || is_passed_over(name)) && !says_something;
        return if is_told { Seen::All } else { Seen::Part };
    };
    let kind = metadata.file_type();
    let is_link = own.is_ok_and(|own| own.is_symlink());
    let link = if is_link {
        LinkKind::Symbolic
    } else {
        LinkKind::No
    };
    match (FoundPath {
        path,
        name,
        kind,
        link,
    })
    .skip(root)
    {
        Some(skip) => pass_over(path, skip, out),
        None if kind.is_dir() => return Seen::Part,
        None => {
            let folder = Folders::new(root).folder(path);
            let file = (undotted(path).to_path_buf(), folder);
            visit(&[file], reader, out, folders);
        }
    }
    if site::is_configuration(&name.to_string_lossy()) {
        return Seen::Part;
    }
    Seen::All
}

fn pass_over(path: &Path, skip: Skip, out: &HandOver<'_>) {
    let path = undotted(path);
    let is_own = path.ends_with(site::own::NAME);
    match is_own.then(|| site::own::problem(path)).flatten() {
        Some(reason) => {
            let diagnostic = Diagnostic {
                severity: Severity::Error,
                path: path.to_path_buf(),
                place: None,
                field: None,
                reason,
                hint: Some("nothing in it counts until that is fixed".to_owned()),
            };
            out.note(path, Stamp::UNREADABLE, NonArticleReason::Error(diagnostic));
        }
        None => out.note(path, Stamp::skip(skip), NonArticleReason::Skip(skip)),
    }
}

#[cfg(test)]
mod tests;
