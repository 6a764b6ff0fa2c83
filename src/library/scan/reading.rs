//! Reads one file and classifies it: an article, or the reason why it is not one.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::super::batch::{FoundArticle, NonArticleReason, RootFolder};
use super::super::file_index::{Stamp, Was};
use super::super::key::ArticleKey;
use super::super::read::unreadable;
use super::super::site::FolderRule;
use super::ReadDepth;
use super::open_folder::FilePlace;
use super::walk::split;
use crate::format::{self, Headline, Reading};
use crate::model::Has;

/// How much of a file is read for the list: more than any accepted front matter, plus the beginning
/// of the body, which may hold the title.
pub const HEAD_BYTES: usize = 192 * 1024;
/// How much of a file is read at first; nearly every front matter fits.
pub const FIRST_BYTES: usize = 16 * 1024;
/// An unreadable article written more recently than this may be half written.
const FRESH: Duration = Duration::from_secs(2);

/// What a file is.
pub enum FileContents {
    Article(Box<FoundArticle>),
    Other(NonArticleReason),
    /// It was an article, and is apparently being written.
    NotYet,
    /// It no longer exists.
    Missing,
}

/// Reads files, reusing one buffer.
pub struct FileReader {
    depth: ReadDepth,
    buffer: Vec<u8>,
}

impl FileReader {
    pub fn new(depth: ReadDepth) -> Self {
        Self {
            depth,
            buffer: vec![0; FIRST_BYTES],
        }
    }

    /// Reads the file at `path` in `folder`, which is found at `place`; `was` is what it was before.
    /// Also returns the version that was read, taken before reading so that a change in between is
    /// noticed next time.
    pub fn read(
        &mut self,
        (path, place): (&Path, FilePlace<'_>),
        folder: &Arc<RootFolder>,
        was: Was,
        rule: &FolderRule,
    ) -> (Stamp, FileContents) {
        let mut stamp = Stamp::NONE;
        let told = place.open().and_then(|(file, metadata)| {
            stamp = stamp_of(&metadata, rule);
            self.read_opened(
                Opened {
                    path,
                    file,
                    metadata,
                    stamp,
                },
                folder,
                was,
                rule,
            )
        });
        match told {
            Ok(told) => (stamp, told),
            Err(error) if error.kind() == io::ErrorKind::NotFound => (stamp, FileContents::Missing),
            Err(error) => {
                if stamp == Stamp::NONE {
                    stamp = stamp_at(place, rule);
                }
                (
                    stamp,
                    FileContents::Other(NonArticleReason::Error(unreadable(path, &error))),
                )
            }
        }
    }

    fn read_opened(
        &mut self,
        opened: Opened<'_>,
        folder: &Arc<RootFolder>,
        was: Was,
        rule: &FolderRule,
    ) -> io::Result<FileContents> {
        let Opened {
            path,
            mut file,
            metadata,
            stamp,
        } = opened;
        let length = file.read(&mut self.buffer)?;
        let first = &self.buffer[..length];
        let is_whole = first.len() as u64 >= metadata.len();
        if self.depth == ReadDepth::List
            && let Some(mut headline) = format::scan(path, first, rule.conventions())
            // A body may follow further on if there are only blanks so far.
            && (is_whole || headline.has.contains(Has::BODY))
        {
            headline.lengthen(metadata.len().saturating_sub(length as u64));
            return Ok(article(path, folder, stamp, headline, Vec::new(), rule));
        }
        let told = if is_whole {
            tell(path, folder, stamp, first, rule)
        } else {
            tell(
                path,
                folder,
                stamp,
                whole_characters(&with_rest(first, file)?),
                rule,
            )
        };
        let lost = was == Was::Article && matches!(told, FileContents::Other(_));
        Ok(if lost && is_fresh(&metadata) {
            FileContents::NotYet
        } else {
            told
        })
    }
}

/// A file to be read.
struct Opened<'a> {
    path: &'a Path,
    file: File,
    metadata: Metadata,
    stamp: Stamp,
}

/// The version of a file, as judged by a rule; [`Stamp::NONE`] if there is none.
pub fn stamp_at(place: FilePlace<'_>, rule: &FolderRule) -> Stamp {
    place.stamp().judged(rule.fingerprint)
}

fn stamp_of(metadata: &Metadata, rule: &FolderRule) -> Stamp {
    Stamp::from_metadata(metadata).judged(rule.fingerprint)
}

/// Classifies a file by its complete contents.
pub fn tell(
    path: &Path,
    folder: &Arc<RootFolder>,
    stamp: Stamp,
    bytes: &[u8],
    rule: &FolderRule,
) -> FileContents {
    match format::read(path, bytes, rule.conventions()) {
        Reading::Article(read) => {
            article(path, folder, stamp, read.headline(), read.warnings, rule)
        }
        Reading::Skip(skip) => FileContents::Other(NonArticleReason::Skip(skip)),
        Reading::Error(diagnostic) => FileContents::Other(NonArticleReason::Error(*diagnostic)),
    }
}

fn article(
    path: &Path,
    folder: &Arc<RootFolder>,
    stamp: Stamp,
    mut headline: Headline,
    warnings: Vec<crate::model::Diagnostic>,
    rule: &FolderRule,
) -> FileContents {
    let (_, name) = split(path);
    rule.judge(name, &mut headline);
    FileContents::Article(Box::new(FoundArticle {
        key: ArticleKey::new(&folder.relative, name),
        folder: Arc::clone(folder),
        name: name.to_owned(),
        stamp,
        headline: headline.into(),
        warnings,
    }))
}

/// Reads the rest of a file, up to the maximum.
fn with_rest(first: &[u8], file: File) -> io::Result<Vec<u8>> {
    let mut bytes = first.to_vec();
    file.take((HEAD_BYTES - first.len()) as u64)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Drops a character that was cut off at the end.
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

fn is_fresh(metadata: &Metadata) -> bool {
    let age = metadata
        .modified()
        .ok()
        .and_then(|at| SystemTime::now().duration_since(at).ok());
    age.is_none_or(|age| age < FRESH)
}
