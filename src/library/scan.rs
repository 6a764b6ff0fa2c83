//! Loading: the files of a source are walked by one thread, read by many, and handed over in
//! batches. Not for watching what changes afterwards.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::batch::{Batch, Folder, Found};
use super::key::ArticleKey;
use super::read::{open, unreadable};
use super::roots::Source;
use super::sample::{self, SAMPLE_ROOT};
use super::walk::{Flow, Met, walk};
use crate::format::{self, Headline, Reading};
use crate::model::Diagnostic;

/// Reads in flight. A disk that is cold wants many of them, however few the processors are.
const READS_IN_FLIGHT: usize = 24;
/// Files that go to a reader at a time: few, so that a small folder on a cold disk has many readers.
const AT_A_TIME: usize = 8;
/// How long what was found may wait before it is handed over.
const HAND_OVER: Duration = Duration::from_millis(30);
/// The most of a file that is read for the list: more than any front matter that is read, and a
/// beginning of the body to take a title from.
const HEAD_BYTES: usize = 192 * 1024;
/// What is read of a file at first; nearly every front matter is in it.
const FIRST_BYTES: usize = 16 * 1024;

/// How much of each file is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// What lists, sorts and filters. Warnings about other fields are not found.
    List,
    /// Every field, with all that is wrong.
    Everything,
}

/// Loads `source` and gives everything found to `sink`, from several threads, one call at a time.
/// Returns when all is handed over, or soon after `stop` is set.
pub fn scan(source: &Source, depth: Depth, stop: &AtomicBool, sink: &(dyn Fn(Batch) + Sync)) {
    let out = HandOver::new(sink);
    match source {
        Source::Sample => out.take(sample(depth)),
        Source::Roots(roots) => {
            let (files, waiting) = sync_channel(READS_IN_FLIGHT);
            let waiting = Mutex::new(waiting);
            thread::scope(|scope| {
                for _ in 0..READS_IN_FLIGHT {
                    scope.spawn(|| read_all(&waiting, depth, stop, &out));
                }
                for root in roots {
                    list(root, files.clone(), stop, &out);
                }
                drop(files);
            });
        }
    }
    out.finish();
}

fn sample(depth: Depth) -> Batch {
    let mut batch = Batch::default();
    for (relative, bytes) in sample::files() {
        let parent = relative.parent().unwrap_or(Path::new(""));
        let folder = Arc::new(Folder {
            path: Path::new(SAMPLE_ROOT).join(parent),
            relative: parent.to_path_buf(),
        });
        let name = relative.file_name().unwrap_or_default().to_owned();
        batch.files += 1;
        match depth {
            Depth::List => match headline(&name, bytes) {
                Some(headline) => batch.found.push(found(folder, name, headline, Vec::new())),
                None => read_in_full(folder, name, bytes, &mut batch),
            },
            Depth::Everything => read_in_full(folder, name, bytes, &mut batch),
        }
    }
    batch
}

/// A file that waits to be read.
type Waiting = (Arc<Folder>, OsString);

/// Walks a root and sends its files to the readers.
fn list(root: &Path, readers: SyncSender<Vec<Waiting>>, stop: &AtomicBool, out: &HandOver<'_>) {
    let mut files = Vec::with_capacity(AT_A_TIME);
    let mut batch = Batch::default();
    // The readers live until the walk is over, so that sending does not fail.
    walk(root, |met| {
        batch.files += 1;
        match met {
            Met::File { folder, name } => files.push((folder, name)),
            Met::Skip(path, skip) => batch.skipped.push((path, skip)),
            Met::Error(diagnostic) => batch.errors.push(diagnostic),
        }
        if files.len() == AT_A_TIME {
            out.take(std::mem::take(&mut batch));
            let full = std::mem::replace(&mut files, Vec::with_capacity(AT_A_TIME));
            let _ = readers.send(full);
        }
        if stop.load(Ordering::Relaxed) {
            Flow::Stop
        } else {
            Flow::On
        }
    });
    out.take(batch);
    let _ = readers.send(files);
}

/// What one reader does: reads what waits until nothing more comes.
fn read_all(
    waiting: &Mutex<Receiver<Vec<Waiting>>>,
    depth: Depth,
    stop: &AtomicBool,
    out: &HandOver<'_>,
) {
    let mut buffer = vec![0; FIRST_BYTES];
    loop {
        let next = waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .recv();
        let Ok(files) = next else {
            return;
        };
        if stop.load(Ordering::Relaxed) {
            continue;
        }
        let mut batch = Batch::default();
        for (folder, name) in files {
            read_file(folder, name, depth, &mut buffer, &mut batch);
        }
        out.take(batch);
    }
}

fn read_file(
    folder: Arc<Folder>,
    name: OsString,
    depth: Depth,
    buffer: &mut [u8],
    batch: &mut Batch,
) {
    let path = folder.path.join(&name);
    let mut read = || -> io::Result<()> {
        let (mut file, length) = open(&path)?;
        let first = file.read(buffer)?;
        let first = &buffer[..first];
        if depth == Depth::List
            && let Some(headline) = headline(&name, first)
        {
            let found = found(Arc::clone(&folder), name.clone(), headline, Vec::new());
            batch.found.push(found);
        } else if first.len() as u64 >= length {
            read_in_full(Arc::clone(&folder), name.clone(), first, batch);
        } else {
            let bytes = with_rest(first, file)?;
            read_in_full(
                Arc::clone(&folder),
                name.clone(),
                whole_characters(&bytes),
                batch,
            );
        }
        Ok(())
    };
    if let Err(error) = read() {
        batch.errors.push(unreadable(&path, &error));
    }
}

/// What has been read of a file and what follows it, up to the most that is read.
fn with_rest(first: &[u8], file: File) -> io::Result<Vec<u8>> {
    let mut bytes = first.to_vec();
    file.take((HEAD_BYTES - first.len()) as u64)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn headline(name: &OsStr, bytes: &[u8]) -> Option<Headline> {
    format::scan(&name.to_string_lossy(), bytes)
}

fn read_in_full(folder: Arc<Folder>, name: OsString, bytes: &[u8], batch: &mut Batch) {
    let path = folder.path.join(&name);
    match format::read(&path, bytes) {
        Reading::Article(read) => {
            let headline = Headline::from(read.article);
            batch
                .found
                .push(found(folder, name, headline, read.warnings));
        }
        Reading::Skip(skip) => batch.skipped.push((path, skip)),
        Reading::Error(diagnostic) => batch.errors.push(*diagnostic),
    }
}

fn found(
    folder: Arc<Folder>,
    name: OsString,
    headline: Headline,
    warnings: Vec<Diagnostic>,
) -> Box<Found> {
    Box::new(Found {
        key: ArticleKey::of(&folder.relative, &name),
        folder,
        name,
        headline,
        warnings,
    })
}

/// The bytes without a character that was cut in two at their end.
fn whole_characters(bytes: &[u8]) -> &[u8] {
    if bytes.len() < HEAD_BYTES {
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

/// Gathers what the threads find, and hands it over every few hundredths of a second.
struct HandOver<'a> {
    sink: &'a (dyn Fn(Batch) + Sync),
    gathered: Mutex<Gathered>,
}

struct Gathered {
    batch: Batch,
    since: Instant,
}

impl<'a> HandOver<'a> {
    fn new(sink: &'a (dyn Fn(Batch) + Sync)) -> Self {
        let gathered = Mutex::new(Gathered {
            batch: Batch::default(),
            since: Instant::now(),
        });
        Self { sink, gathered }
    }

    fn take(&self, batch: Batch) {
        let mut gathered = self.gathered.lock().unwrap_or_else(PoisonError::into_inner);
        gathered.batch.append(batch);
        if gathered.since.elapsed() >= HAND_OVER {
            gathered.since = Instant::now();
            (self.sink)(std::mem::take(&mut gathered.batch));
        }
    }

    fn finish(self) {
        let gathered = self
            .gathered
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        (self.sink)(gathered.batch);
    }
}

#[cfg(test)]
#[path = "scan_tests.rs"]
mod tests;
