//! `newsdesk publish` and `unpublish`: the publication of all articles that a query finds is staged,
//! shown, and written into their files. How a file is written is `desk::publish`'s.
//!
//! What is to be written is noted first, and each file once it is written: should the run end in the
//! middle, the next one says what was written and what is left to do. A line is printed when its file
//! is dealt with; a reader of the output who goes away stops nothing half way, and a signal that asks
//! the run to end does so between two files.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::args::PublishArgs;
use super::{Exit, Failure, Place, Streams, Surroundings, articles, clock, load};
use crate::cli::work::Work;
use crate::cli::{ask, library};
use crate::desk::publish::{Change as FileChange, Refusal};
use crate::desk::{
    Decider, Decision, Desk, DeskError, Intent, MarkedArticles, Publication, SqliteDesk, State,
    draw, root_of,
};
use crate::format::clean::Clean;
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
            let work = Work::begin(surroundings)?;
            round.write(&mut desk, &work, streams.out)?;
            if work.is_stopped() {
                return Ok(Exit::Interrupted);
            }
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
        for ((_, path, outcome), intent) in self.files.iter_mut().zip(&intents) {
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
                .and_then(|()| say(path, outcome, out))
                .and_then(|()| out.flush());
        }
        publication.finish(desk, Timestamp::now())?;
        printed?;
        self.count_up(out)?;
        Ok(())
    }

    fn intents(&mut self) -> Vec<Intent> {
        let Self { decider, to, files } = self;
        let intents = files.iter().map(|(id, path, outcome)| Intent {
            subjects: decider.staged(*id),
            identity: decider.identity(*id),
            path: path.clone(),
            says: *to,
            versions: match outcome {
                Outcome::Planned(change) => Some(change.versions()),
                Outcome::Written(_) | Outcome::Unchanged | Outcome::Refused(_) => None,
            },
            state: match outcome {
                Outcome::Unchanged => State::SaysSo,
                Outcome::Planned(_) | Outcome::Written(_) | Outcome::Refused(_) => State::Waits,
            },
        });
        intents.collect()
    }

    /// A line a file, or its diff where nothing was written yet, and the counts.
    fn say(&self, out: &mut dyn Write) -> io::Result<()> {
        for (_, path, outcome) in &self.files {
            say(path, outcome, out)?;
        }
        self.count_up(out)
    }

    fn count_up(&self, out: &mut dyn Write) -> io::Result<()> {
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

/// A line on a file, or its diff where nothing was written yet.
fn say(path: &Path, outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
    let path = path.display();
    match outcome {
        Outcome::Planned(change) => diff(change, out),
        Outcome::Written(change) => line(&format!("written {path}:{}", change.diff().line), out),
        Outcome::Unchanged => line(&format!("unchanged {path}"), out),
        Outcome::Refused(refusal) => line(&format!("refused {path}: {refusal}"), out),
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
