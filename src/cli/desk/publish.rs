//! `newsdesk publish` and `unpublish`: the publication of all articles that a query finds is staged,
//! shown, and written into their files. How a file is written is `desk::publish`'s.
//!
//! What is to be written is staged first: should the run end in the middle, what is left to do can
//! be seen. Every file is dealt with and the journal told before the first line is printed, so that
//! a reader of the output who goes away stops nothing half way.

use jiff::Timestamp;

use super::args::PublishArgs;
use super::changes::{Changes, Outcome};
use super::{Exit, Failure, Place, Streams, Surroundings, articles, clock, load};
use crate::cli::{ask, library};
use crate::desk::publish::Planner;
use crate::desk::{
    Decider, Decision, Desk, DeskError, MarkedArticles, SqliteDesk, Written, draw, note_written,
};
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
        Way::Show => round.changes.say(streams.out)?,
        Way::Stage => {
            round.stage(&mut desk)?;
            round.changes.say(streams.out)?;
            writeln!(streams.out, "nothing is written yet: add --yes to write it")?;
        }
        Way::Write => {
            round.stage(&mut desk)?;
            round.changes.write();
            let noted = round.note(&mut desk);
            round.changes.say(streams.out)?;
            noted?;
        }
    }
    Ok(round.changes.exit())
}

/// A run over the files of some articles.
struct Round<'a> {
    decider: Decider<'a>,
    to: bool,
    changes: Changes,
}

impl<'a> Round<'a> {
    fn new(library: &'a MarkedArticles, ids: &[ArticleId], to: bool) -> Self {
        let planner = Planner::new(library.articles(), Timestamp::now());
        let plan = |id: &ArticleId| {
            let article = library.article(*id);
            let outcome = Outcome::from(planner.plan(article, to));
            (*id, article.path(), outcome)
        };
        Self {
            decider: Decider::new(library),
            to,
            changes: Changes {
                files: ids.iter().map(plan).collect(),
            },
        }
    }

    /// Notes at the desk what waits to be written; refusals wait as well. What a file says already
    /// waits no longer.
    fn stage(&mut self, desk: &mut SqliteDesk) -> Result<(), DeskError> {
        let mut decision = Decision::default();
        let mut staged = 0;
        for (id, _, outcome) in &self.changes.files {
            let waits = match outcome {
                Outcome::Unchanged(_) => None,
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

    /// Notes at the desk what was written.
    fn note(&self, desk: &mut SqliteDesk) -> Result<(), DeskError> {
        let written = self.changes.written();
        let subjects: Vec<Subject> = written.flat_map(|id| self.decider.subjects(id)).collect();
        if subjects.is_empty() {
            return Ok(());
        }
        let count = self.changes.written().count();
        let written = Written {
            subjects,
            to: self.to,
            label: format!("{}: written, {}", self.word(), articles(count)),
        };
        note_written(desk, &written, Timestamp::now())?;
        Ok(())
    }

    fn word(&self) -> &'static str {
        if self.to { "publish" } else { "unpublish" }
    }
}
