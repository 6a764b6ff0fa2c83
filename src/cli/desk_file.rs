//! Opening the desk for a command, and loading a library together with its marks.

use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;

use super::exit::Coverage;
use super::work::Work;
use super::{CommandFailure, Surroundings, library, note};
use crate::config::Config;
use crate::desk::{
    Desk, DeskError, MarkedArticles, Notice, OnDamage, Opening, SqliteDesk, WordsKnown, open,
    put_aside_at, settle, wishes,
};
use crate::library::{Library, ReadDepth, Source};
use crate::query::Clock;

/// How long to wait for another program that holds the desk. A script has more patience than a
/// person at the keyboard.
const PATIENCE: Duration = Duration::from_secs(10);

/// Loads the marks of a library for a command that only reads. Without a known place for the desk,
/// there are none. It still records how the marked articles look now: otherwise two changes to a
/// file between two decisions could lose its mark.
pub fn marked(
    library: &mut Library,
    source: &Source,
    surroundings: &Surroundings,
    err: &mut dyn Write,
) -> Result<MarkedArticles, CommandFailure> {
    match &surroundings.desk {
        Some(place) => {
            let mut desk = DeskFile(place.clone()).readable(err)?;
            with_marks(library, source, &mut desk, err)
        }
        None => with_marks(library, source, &mut SqliteDesk::in_memory()?, err),
    }
}

/// A library whose marks do not matter.
pub fn unmarked(library: &Library, source: &Source) -> MarkedArticles {
    MarkedArticles::new(library.articles().clone(), source.clone(), Vec::new())
}

/// Loads a library and matches a desk's marks to its articles. Reports to `err` how many files
/// could not be read, and returns whether all could.
pub fn load(
    source: &Source,
    surroundings: &Surroundings,
    work: &Work,
    desk: &mut SqliteDesk,
    err: &mut dyn Write,
) -> Result<(MarkedArticles, Coverage), CommandFailure> {
    let mut library = library::load_from(source, ReadDepth::List, surroundings, work)?;
    let coverage = library::say_what_is_missing(&library, err)?;
    Ok((with_marks(&mut library, source, desk, err)?, coverage))
}

fn with_marks(
    library: &mut Library,
    source: &Source,
    desk: &mut SqliteDesk,
    err: &mut dyn Write,
) -> Result<MarkedArticles, CommandFailure> {
    let articles = library.articles().clone();
    let mut marked = MarkedArticles::new(articles, source.clone(), desk.all()?);
    while marked.read_words(usize::MAX) != WordsKnown::Known {}
    let seen = marked.renew();
    if desk.is_writable()
        && !seen.is_empty()
        && let Err(error) = desk.renew(&seen, Timestamp::now())
    {
        note(err, &error.to_string())?;
    }
    let wanted = wishes(&marked);
    marked.have_heeded(library, wanted);
    Ok(marked)
}

/// The path of the desk's file.
pub struct DeskFile(PathBuf);

impl DeskFile {
    pub fn new(path: PathBuf) -> Self {
        Self(path)
    }

    /// Opens the desk, creating it if necessary. Reports to `err` what there is to say about it.
    pub fn writable(&self, err: &mut dyn Write) -> Result<SqliteDesk, CommandFailure> {
        match open(&self.0, PATIENCE, OnDamage::Leave) {
            Opening::Opened { desk, notice } => opened(desk, notice, err),
            Opening::ReadOnly { why, .. } | Opening::Unusable { why } => {
                Err(DeskError::from(why).into())
            }
        }
    }

    /// Opens the desk read-only: creates none, and accepts one that must not be written.
    pub fn readable(&self, err: &mut dyn Write) -> Result<SqliteDesk, CommandFailure> {
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

/// Finishes what an earlier run left open, and reports what there is to say.
fn opened(
    mut desk: SqliteDesk,
    notice: Option<Notice>,
    err: &mut dyn Write,
) -> Result<SqliteDesk, CommandFailure> {
    let settled = settle(&mut desk, Timestamp::now())?;
    for notice in notice.into_iter().chain(settled) {
        note(err, &notice.to_string())?;
    }
    Ok(desk)
}

/// The current time, and the zone in which dates are meant.
pub fn clock(surroundings: &Surroundings) -> Clock {
    of_config(&Config::load_leniently(&surroundings.places))
}

/// The same, for a command that says so if the configuration is wrong: it may name another zone than the
/// one that is used.
pub fn told_clock(surroundings: &Surroundings, err: &mut dyn Write) -> io::Result<Clock> {
    let config = Config::load_leniently(&surroundings.places);
    if let Some(trouble) = config.troubles.first() {
        note(err, trouble)?;
    }
    Ok(of_config(&config))
}

/// The same, for a command that changes something: it must not choose by another zone.
pub fn sure_clock(surroundings: &Surroundings) -> Result<Clock, CommandFailure> {
    Ok(of_config(&Config::load(&surroundings.places)?))
}

fn of_config(config: &Config) -> Clock {
    Clock {
        now: Timestamp::now(),
        zone: config.zone(),
    }
}
