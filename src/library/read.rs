//! Reads an article's file to be shown. Scanning is in `scan`.

use std::borrow::Cow;
use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::os::fd::BorrowedFd;
use std::path::Path;
use std::sync::Arc;

use rustix::fs::{CWD, Mode, OFlags, openat};
use rustix::io::retry_on_intr;
use serde_json::{Map, Value};
use thiserror::Error;

use super::article::ArticleRef;
use super::sample;
use super::site::{FolderRule, Sites};
use crate::format::system::system_words;
use crate::format::{self, Container, Reading, Ruling, SiteOverrides, json};
use crate::model::{Article, Diagnostic, Severity, Skip};

/// How much of a file is read when it is shown, in bytes. The rest is cut off, and the page says
/// so.
pub(super) const SHOWN_BYTES: u64 = 4 * 1024 * 1024;

/// An article as it is shown: everything its file says, and how its site treats it.
#[derive(Clone, Debug)]
pub struct Shown {
    pub article: Article,
    /// The text below the front matter.
    pub body: String,
    pub warnings: Vec<Diagnostic>,
    pub ruling: Ruling,
}

/// Why an article in the library cannot be shown.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ReadError {
    #[error("the file cannot be read: {0}")]
    Io(String),
    #[error("the file is no longer an article: {}", .0.reason())]
    Skip(Skip),
    #[error("{}", sentence(.0))]
    Broken(Box<Diagnostic>),
}

fn sentence(diagnostic: &Diagnostic) -> String {
    match &diagnostic.place {
        Some(place) => format!(
            "the file is broken at line {}: {}",
            place.line, diagnostic.reason
        ),
        None => format!("the file is broken: {}", diagnostic.reason),
    }
}

/// Reads the whole file at `path`, which is in no library, or in one without overrides.
///
/// # Errors
/// If it is gone, unreadable, or no longer an article.
pub fn read_shown(path: &Path) -> Result<Box<Shown>, ReadError> {
    read_shown_with(path, &SiteOverrides::default())
}

/// Reads the whole file of an article.
///
/// # Errors
/// As for [`read_shown`].
pub fn read_article(article: ArticleRef<'_>) -> Result<Box<Shown>, ReadError> {
    read_shown_with(&article.path(), &article.folder().overrides)
}

/// Reads the whole file at `path`, in a library with these `overrides`.
///
/// # Errors
/// As for [`read_shown`].
pub fn read_shown_with(path: &Path, overrides: &SiteOverrides) -> Result<Box<Shown>, ReadError> {
    shown(path, &bytes(path)?, overrides)
}

fn shown(path: &Path, bytes: &[u8], overrides: &SiteOverrides) -> Result<Box<Shown>, ReadError> {
    let rule = rule(path, overrides);
    match format::read(path, bytes, rule.conventions()) {
        Reading::Article(mut read) => {
            rule.name_authors(&mut read.article.authors);
            Ok(Box::new(Shown {
                ruling: rule.ruling(path.file_name().unwrap_or_default(), &read.article),
                article: read.article,
                body: read.body,
                warnings: read.warnings,
            }))
        }
        Reading::Skip(skip) => Err(ReadError::Skip(skip)),
        Reading::Error(diagnostic) => Err(ReadError::Broken(diagnostic)),
    }
}

/// How much of a file is searched for the start of its text, in bytes.
const HEAD_BYTES: u64 = 256 * 1024;

/// The line on which the text of the file at `path` starts, counted from 1, for an editor to open.
/// The first line if the text is not found.
pub fn body_line(path: &Path) -> u32 {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let head = read_up_to(path, HEAD_BYTES).unwrap_or_default();
    Container::from_name(&name).map_or(1, |container| format::body_line(&head, container))
}

/// Explains which field of the file at `path` gives which role, in a library with these
/// `overrides`.
///
/// # Errors
/// If the file cannot be read.
pub fn explain_shown(path: &Path, overrides: &SiteOverrides) -> io::Result<Vec<format::Explained>> {
    let bytes = read_up_to(path, SHOWN_BYTES)?;
    let rule = rule(path, overrides);
    Ok(format::explain(path, &bytes, rule.conventions()))
}

/// Reads the whole file of an article, together with its fields.
///
/// # Errors
/// As for [`read_shown`].
pub fn read_fields(article: ArticleRef<'_>) -> Result<(Box<Shown>, json::StatedFields), ReadError> {
    let path = &article.path();
    let bytes = bytes(path)?;
    let said = json::said(path, &bytes)
        .map_err(|flaw| ReadError::Broken(Box::new(flaw.diagnostic(Severity::Error, path))))?;
    Ok((shown(path, &bytes, &article.folder().overrides)?, said))
}

/// The front matter of the file at `path`, field by field.
///
/// # Errors
/// As for [`read_shown`].
pub fn read_front(path: &Path) -> Result<Map<String, Value>, ReadError> {
    let bytes = match sample::bytes(path) {
        Some(bytes) => Cow::Borrowed(bytes),
        None => {
            let read = read_up_to(path, HEAD_BYTES).map(Cow::Owned);
            read.map_err(|error| ReadError::Io(system_words(&error)))?
        }
    };
    let said = json::said(path, &bytes)
        .map_err(|flaw| ReadError::Broken(Box::new(flaw.diagnostic(Severity::Error, path))))?;
    Ok(said.fields)
}

/// The contents of a file to be shown. The sample library is built in.
fn bytes(path: &Path) -> Result<Cow<'static, [u8]>, ReadError> {
    if let Some(bytes) = sample::bytes(path) {
        return Ok(Cow::Borrowed(bytes));
    }
    let read = read_up_to(path, SHOWN_BYTES);
    read.map(Cow::Owned)
        .map_err(|error| ReadError::Io(system_words(&error)))
}

/// The first `most` bytes of a regular file, opened as in [`open`].
pub fn read_up_to(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let (file, metadata) = open(path)?;
    rest_of(file, &metadata, most)
}

/// Reads the rest of an open file, at most `most` bytes.
pub(super) fn rest_of(file: File, metadata: &Metadata, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(metadata.len().min(most) as usize + 1);
    file.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Opens a regular file for reading. Never waits for a FIFO: the file is opened without blocking,
/// and rejected if it turns out not to be a regular file.
pub fn open(path: &Path) -> io::Result<(File, Metadata)> {
    open_at(CWD, path)
}

/// The same for a path relative to an open folder.
pub fn open_at(folder: BorrowedFd<'_>, path: &Path) -> io::Result<(File, Metadata)> {
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let open = || openat(folder, path, flags, Mode::empty());
    let file = File::from(retry_on_intr(open)?);
    let metadata = file.metadata()?;
    if metadata.is_file() {
        Ok((file, metadata))
    } else {
        Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "not a regular file",
        ))
    }
}

/// How the reason starts if the system refused to read something.
const REFUSED: &str = "it cannot be read: ";

/// Whether the system refused to read what the diagnostic is about, so that what is in it is unknown.
pub fn is_unreadable(diagnostic: &Diagnostic) -> bool {
    diagnostic.reason.starts_with(REFUSED)
}

/// The diagnostic for a file that could not be read.
#[expect(clippy::wildcard_enum_match_arm, reason = "the enum is not ours")]
pub fn unreadable(path: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic {
        severity: Severity::Error,
        path: path.to_path_buf(),
        place: None,
        field: None,
        reason: format!("{REFUSED}{}", system_words(error)),
        hint: match error.kind() {
            io::ErrorKind::PermissionDenied => {
                Some("give yourself permission to read it".to_owned())
            }
            _ => None,
        },
    }
}

/// How the file's site reads and publishes it.
fn rule(path: &Path, overrides: &SiteOverrides) -> Arc<FolderRule> {
    if path.starts_with(sample::SAMPLE_ROOT) {
        return Arc::default();
    }
    let folder = path.parent().unwrap_or(Path::new(""));
    Sites::default().rule(folder, overrides)
}
