//! The desk as commands open it, and a library with what was decided about it. Not what a command
//! then does.

use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Failure, Surroundings, library, note};
use crate::desk::{
    Desk, DeskError, MarkedArticles, Notice, OnDamage, Opening, SqliteDesk, Words, open,
    put_aside_at, settle,
};
use crate::library::{Depth, Library, Source};
use crate::query::Clock;

/// How long to wait for another program that holds the desk. A script has more time than a person
/// at the keyboard.
const PATIENCE: Duration = Duration::from_secs(10);

/// A library with what was decided about it, for a command that only looks. Where nothing says where
/// the desk is, it is as if nothing were decided. How the marked articles were seen is noted all the
/// same, as otherwise two changes between two decisions could lose a mark.
pub fn marked(
    library: &Library,
    source: &Source,
    surroundings: &Surroundings,
    err: &mut dyn Write,
) -> Result<MarkedArticles, Failure> {
    match &surroundings.desk {
        Some(place) => {
            let mut desk = DeskFile(place.clone()).readable(err)?;
            with_marks(library, source, &mut desk, err)
        }
        None => unmarked(library, source, err),
    }
}

/// A library as if nothing were decided about it.
pub fn unmarked(
    library: &Library,
    source: &Source,
    err: &mut dyn Write,
) -> Result<MarkedArticles, Failure> {
    with_marks(library, source, &mut SqliteDesk::in_memory()?, err)
}

/// Loads a library, and finds the article of each mark of a desk. How many files could not be read
/// goes to `err`.
pub fn load(
    source: &Source,
    desk: &mut SqliteDesk,
    err: &mut dyn Write,
) -> Result<MarkedArticles, Failure> {
    let library = Library::load(source, Depth::List);
    library::say_what_is_missing(&library, err)?;
    with_marks(&library, source, desk, err)
}

fn with_marks(
    library: &Library,
    source: &Source,
    desk: &mut SqliteDesk,
    err: &mut dyn Write,
) -> Result<MarkedArticles, Failure> {
    let articles = library.articles().clone();
    let mut marked = MarkedArticles::new(articles, source.clone(), desk.all()?);
    while marked.read_words(usize::MAX) != Words::Known {}
    let seen = marked.renew();
    if desk.is_writable()
        && !seen.is_empty()
        && let Err(error) = desk.renew(&seen, Timestamp::now())
    {
        note(err, &error.to_string())?;
    }
    Ok(marked)
}

/// The file of the desk.
pub struct DeskFile(PathBuf);

impl DeskFile {
    pub fn new(path: PathBuf) -> Self {
        Self(path)
    }

    /// The desk, made where there is none. What is to be told about it goes to `err`.
    pub fn writable(&self, err: &mut dyn Write) -> Result<SqliteDesk, Failure> {
        match open(&self.0, PATIENCE, OnDamage::Leave) {
            Opening::Opened { desk, notice } => opened(desk, notice, err),
            Opening::ReadOnly { why, .. } | Opening::Unusable { why } => {
                Err(DeskError::from(why).into())
            }
        }
    }

    /// The desk, for looking only: none is made, and one that must not be written will do.
    pub fn readable(&self, err: &mut dyn Write) -> Result<SqliteDesk, Failure> {
        let is_missing = self
            .0
            .symlink_metadata()
            .is_err_and(|error| error.kind() == io::ErrorKind::NotFound);
        if is_missing {
            if let Some(notice) = put_aside_at(&self.0) {
                note(err, &notice.to_string())?;
            }
            return Ok(SqliteDesk::in_memory()?);
        }
        match open(&self.0, PATIENCE, OnDamage::Leave) {
            Opening::ReadOnly { desk, .. } => Ok(desk),
            Opening::Opened { desk, notice } => opened(desk, notice, err),
            Opening::Unusable { why } => Err(DeskError::from(why).into()),
        }
    }
}

/// Ends what an earlier run has left open at a desk, and tells what there is to be told.
fn opened(
    mut desk: SqliteDesk,
    notice: Option<Notice>,
    err: &mut dyn Write,
) -> Result<SqliteDesk, Failure> {
    let settled = settle(&mut desk, Timestamp::now())?;
    for notice in notice.into_iter().chain(settled) {
        note(err, &notice.to_string())?;
    }
    Ok(desk)
}

/// Now, in the zone of this machine.
pub fn clock() -> Clock {
    Clock {
        now: Timestamp::now(),
        zone: TimeZone::system(),
    }
}
