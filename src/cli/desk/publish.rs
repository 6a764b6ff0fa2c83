//! `newsdesk publish` and `unpublish`: the publication of all articles that a query finds is staged,
//! shown, and written into their files. How a file is written is `desk::publish`'s.
//!
//! What is to be written is staged first: should the run end in the middle, what is left to do can
//! be seen. Every file is dealt with and the journal told before the first line is printed, so that
//! a reader of the output who goes away stops nothing half way.

use std::io::{self, Write};
use std::path::PathBuf;

use jiff::Timestamp;

use super::args::PublishArgs;
use super::{Exit, Failure, Place, Streams, Surroundings, articles, clock, load};
use crate::cli::{ask, library};
use crate::desk::publish::{Change as FileChange, Refusal};
use crate::desk::{
    Decider, Decision, Desk, DeskError, MarkedArticles, SqliteDesk, Written, draw, note_written,
    root_of,
};
use crate::format::clean::Clean;
use crate::library::{ArticleId, Source};
use crate::model::{Field, Subject, Value};

/// How far to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Show,
    Stage,
    Write,
}

impl Way {
    fn of(args: &PublishArgs) -> Self {
        match (args.dry_run, args.yes) {
            (true, _) => Self::Show,
            (false, true) => Self::Write,
            (false, false) => Self::Stage,
        }
    }
}

/// Publishes, or `to` the contrary.
pub fn run(
    args: &PublishArgs,
    to: bool,
    place: &Place,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<Exit, Failure> {
    let query = ask::query(Some(&args.query))?;
    let source = library::source(&args.paths, surroundings)?;
    if source == Source::Sample {
        return Err(Failure::SampleIsFixed);
    }
    let way = Way::of(args);
    let mut desk = match way {
        Way::Show => place.readable(streams.err)?,
        Way::Stage | Way::Write => place.writable(streams.err)?,
    };
    let library = load(&source, &mut desk, streams.err)?;
    let ids = ask::select(&library, &query, &clock());
    let mut round = Round::new(&library, &ids, to);
    match way {
        Way::Show => round.say(streams.out)?,
        Way::Stage => {
            round.stage(&mut desk)?;
            round.say(streams.out)?;
            writeln!(streams.out, "nothing is written yet: add --yes to write it")?;
        }
        Way::Write => {
            round.stage(&mut desk)?;
            round.write();
            let noted = round.note(&mut desk);
            round.say(streams.out)?;
            noted?;
        }
    }
    Ok(round.exit())
}

/// What becomes of a file.
enum Outcome {
    Planned(FileChange),
    Written(FileChange),
    Unchanged,
    Refused(Refusal),
}

/// The files of a run, and what becomes of each.
struct Round<'a> {
    decider: Decider<'a>,
    to: bool,
    files: Vec<(ArticleId, PathBuf, Outcome)>,
}

impl<'a> Round<'a> {
    fn new(library: &'a MarkedArticles, ids: &[ArticleId], to: bool) -> Self {
        let plan = |id: &ArticleId| {
            let article = library.article(*id);
            let path = article.path();
            let outcome = match FileChange::of(&path, &root_of(article), to, None) {
                Ok(Some(change)) => Outcome::Planned(change),
                Ok(None) => Outcome::Unchanged,
                Err(refusal) => Outcome::Refused(refusal),
            };
            (*id, path, outcome)
        };
        Self {
            decider: Decider::new(library),
            to,
            files: ids.iter().map(plan).collect(),
        }
    }

    /// Notes at the desk what waits to be written; refusals wait as well. What a file says already
    /// waits no longer.
    fn stage(&mut self, desk: &mut SqliteDesk) -> Result<(), DeskError> {
        let mut decision = Decision::default();
        let mut staged = 0;
        for (id, _, outcome) in &self.files {
            let waits = match outcome {
                Outcome::Unchanged => None,
                _ => Some(self.to),
            };
            let wish = (Field::Publication, Value::Staged(waits));
            if self.decider.add(*id, &[wish], &mut decision) {
                staged += 1;
            }
        }
        if staged == 0 {
            return Ok(());
        }
        decision.label = format!("{}: staged, {}", self.word(), articles(staged));
        desk.commit(&decision, draw()?, Timestamp::now())?;
        Ok(())
    }

    /// Writes what is planned.
    fn write(&mut self) {
        for (.., outcome) in &mut self.files {
            if let Outcome::Planned(change) = outcome {
                *outcome = match change.write() {
                    Ok(_) => Outcome::Written(change.clone()),
                    Err(refusal) => Outcome::Refused(refusal),
                };
            }
        }
    }

    /// Notes at the desk what was written.
    fn note(&self, desk: &mut SqliteDesk) -> Result<(), DeskError> {
        let subjects = self.written();
        if subjects.is_empty() {
            return Ok(());
        }
        let count = self.count(|it| matches!(it, Outcome::Written(_)));
        let written = Written {
            subjects,
            to: self.to,
            label: format!("{}: written, {}", self.word(), articles(count)),
        };
        note_written(desk, &written, Timestamp::now())?;
        Ok(())
    }

    fn written(&self) -> Vec<Subject> {
        let files = self.files.iter();
        let written = files.filter(|(.., it)| matches!(it, Outcome::Written(_)));
        written
            .flat_map(|(id, ..)| self.decider.subjects(*id))
            .collect()
    }

    /// A line a file, or its diff where nothing was written yet, and the counts.
    fn say(&self, out: &mut dyn Write) -> io::Result<()> {
        for (_, path, outcome) in &self.files {
            let path = path.display();
            match outcome {
                Outcome::Planned(change) => diff(change, out)?,
                Outcome::Written(change) => {
                    line(&format!("written {path}:{}", change.diff().line), out)?
                }
                Outcome::Unchanged => line(&format!("unchanged {path}"), out)?,
                Outcome::Refused(refusal) => line(&format!("refused {path}: {refusal}"), out)?,
            }
        }
        let planned = self.count(|it| matches!(it, Outcome::Planned(_)));
        if planned > 0 {
            write!(out, "would write {planned}, ")?;
        }
        writeln!(
            out,
            "written {}, unchanged {}, refused {}",
            self.count(|it| matches!(it, Outcome::Written(_))),
            self.count(|it| matches!(it, Outcome::Unchanged)),
            self.refused()
        )
    }

    fn exit(&self) -> Exit {
        match self.refused() {
            0 => Exit::Clean,
            _ => Exit::Notable,
        }
    }

    fn refused(&self) -> usize {
        self.count(|it| matches!(it, Outcome::Refused(_)))
    }

    fn count(&self, is_one: impl Fn(&Outcome) -> bool) -> usize {
        let outcomes = self.files.iter().map(|(.., outcome)| outcome);
        outcomes.filter(|it| is_one(it)).count()
    }

    fn word(&self) -> &'static str {
        if self.to { "publish" } else { "unpublish" }
    }
}

/// A change of a line, as `diff` prints it.
fn diff(change: &FileChange, out: &mut dyn Write) -> io::Result<()> {
    let diff = change.diff();
    line(&format!("{}:{}", diff.path.display(), diff.line), out)?;
    if let Some(old) = diff.old {
        line(&format!("-{old}"), out)?;
    }
    line(&format!("+{}", diff.new), out)
}

fn line(text: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", Clean::new(text))
}
