//! `newsdesk publish` and `unpublish`: the publication of all articles that a query finds is staged,
//! shown, and written into their files. How a file is written is `desk::publish`'s.
//!
//! What is to be written is noted first, and each file once it is written: should the run end in the
//! middle, the next one says what was written and what is left to do. A line is printed when its file
//! is dealt with; a reader of the output who goes away stops nothing half way, and a signal that asks
//! the run to end does so between two files.

use std::io::Write;

use jiff::Timestamp;

use super::args::PublishArgs;
use super::articles;
use super::changes::{Changes, Outcome};
use crate::cli::desk_file::{DeskFile, clock, load};
use crate::cli::work::Work;
use crate::cli::{Exit, Failure, Streams, Surroundings};
use crate::cli::{ask, library};
use crate::desk::publish::Planner;
use crate::desk::{
    Decider, Decision, Desk, DeskError, Intent, MarkedArticles, Publication, SqliteDesk, State,
    draw,
};
use crate::library::{ArticleId, Source};
use crate::model::{Field, Value};

/// How far to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Show,
    Stage,
    Write,
}

impl Way {
    fn from_args(args: &PublishArgs) -> Self {
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
    place: &DeskFile,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<Exit, Failure> {
    let query = ask::query(Some(&args.query))?;
    let source = library::source(&args.paths, surroundings)?;
    if source == Source::Sample {
        return Err(Failure::SampleIsFixed);
    }
    let way = Way::from_args(args);
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
            let work = Work::begin(surroundings)?;
            round.write(&mut desk, &work, streams.out)?;
            if work.is_stopped() {
                return Ok(Exit::Interrupted);
            }
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
                Outcome::Planned(_) | Outcome::Written(_) | Outcome::Refused(_) => Some(self.to),
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

    /// Writes what is planned, and says of each file what has become of it.
    fn write(
        &mut self,
        desk: &mut SqliteDesk,
        work: &Work,
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        let intents = self.intents();
        let publication = Publication::begin(desk, &intents, Timestamp::now())?;
        let mut printed = Ok(());
        for ((_, path, outcome), intent) in self.changes.files.iter_mut().zip(&intents) {
            if work.is_stopped() {
                break;
            }
            if let Outcome::Planned(change) = outcome {
                *outcome = match publication.write(desk, intent, change)? {
                    Ok(()) => Outcome::Written(change.clone()),
                    Err(refusal) => Outcome::Refused(refusal),
                };
            }
            // Files are written to the end, whether somebody still reads of it or not.
            printed = printed
                .and_then(|()| outcome.say(path, out))
                .and_then(|()| out.flush());
        }
        publication.finish(desk, Timestamp::now())?;
        printed?;
        self.changes.count_up(out)?;
        Ok(())
    }

    fn intents(&mut self) -> Vec<Intent> {
        let Self {
            decider,
            to,
            changes,
        } = self;
        let intents = changes.files.iter().map(|(id, path, outcome)| Intent {
            subjects: decider.staged(*id),
            identity: decider.identity(*id),
            path: path.clone(),
            says: *to,
            versions: match outcome {
                Outcome::Planned(change) => Some(change.versions()),
                Outcome::Written(_) | Outcome::Unchanged(_) | Outcome::Refused(_) => None,
            },
            state: match outcome {
                Outcome::Unchanged(_) => State::SaysSo,
                Outcome::Planned(_) | Outcome::Written(_) | Outcome::Refused(_) => State::Waits,
            },
        });
        intents.collect()
    }

    fn word(&self) -> &'static str {
        if self.to { "publish" } else { "unpublish" }
    }
}
