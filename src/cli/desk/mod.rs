//! The commands that work at the desk: marking, the journal, taking back, exports, and publication.
//! Here: which desk, and how it is opened for them. What each does is in the file of its name.

mod args;
mod changes;
mod edit;
mod exchange;
mod journal;
mod mark;
mod publish;
mod undo;
mod wish;

use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Exit, Failure, Streams, Surroundings, library, note};
use crate::desk::{
    Desk, DeskError, MarkedArticles, NoPlace, Notice, OnDamage, Opening, SqliteDesk, Words, open,
    put_aside_at, settle,
};
use crate::library::{Depth, Library, Source};
use crate::query::Clock;

pub use args::Command;

/// How long to wait for another program that holds the desk. A script has more time than a person
/// at the keyboard.
const PATIENCE: Duration = Duration::from_secs(10);

/// Carries out a command at the desk that the surroundings tell.
pub fn run(
    command: &Command,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<Exit, Failure> {
    let place = &Place(surroundings.desk.clone().ok_or(NoPlace)?);
    match command {
        Command::Mark(args) => mark::run(args, place, surroundings, streams),
        Command::Journal(args) => journal::run(args, place, surroundings, streams),
        Command::Undo(args) => undo::undo(args, place, streams),
        Command::Redo => undo::redo(place, streams),
        Command::Desk(args) => exchange::run(args, place, streams),
        Command::Publish(args) => publish::run(args, true, place, surroundings, streams),
        Command::Edit(args) => edit::run(args, place, surroundings, streams),
        Command::Unpublish(args) => publish::run(args, false, place, surroundings, streams),
    }
}

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
            let mut desk = Place(place.clone()).readable(err)?;
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
fn load(
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

/// Where the desk lies.
struct Place(PathBuf);

impl Place {
    /// The desk, made where there is none. What is to be told about it goes to `err`.
    fn writable(&self, err: &mut dyn Write) -> Result<SqliteDesk, Failure> {
        match open(&self.0, PATIENCE, OnDamage::Leave) {
            Opening::Opened { desk, notice } => opened(desk, notice, err),
            Opening::ReadOnly { why, .. } | Opening::Unusable { why } => {
                Err(DeskError::from(why).into())
            }
        }
    }

    /// The desk, for looking only: none is made, and one that must not be written will do.
    fn readable(&self, err: &mut dyn Write) -> Result<SqliteDesk, Failure> {
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
fn clock() -> Clock {
    Clock {
        now: Timestamp::now(),
        zone: TimeZone::system(),
    }
}

/// `1 article`, `12 articles`.
fn articles(count: usize) -> String {
    match count {
        1 => "1 article".to_owned(),
        _ => format!("{count} articles"),
    }
}
