//! `newsdesk mark`: one decision about all articles that a query selects.

use std::io::{self, Write};

use jiff::Timestamp;

use super::after;
use super::args::MarkArgs;
use crate::cli::desk_file::{DeskFile, load, sure_clock};
use crate::cli::work::Work;
use crate::cli::{CommandFailure, Exit, Streams, Surroundings};
use crate::cli::{ask, library, note};
use crate::command::Hook;
use crate::desk::{Decider, Desk, FieldWish, MarkedArticles, NewDecision, SqliteDesk, draw};
use crate::format::clean::Clean;
use crate::format::number;
use crate::library::{ArticleId, ArticleRef};

/// Number of articles that a dry run shows.
const SAMPLE: usize = 10;

/// Marks articles, and prints how many.
pub fn run(
    args: &MarkArgs,
    place: &DeskFile,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<Exit, CommandFailure> {
    let clock = sure_clock(surroundings)?;
    let wishes = args.wishes.wanted(&clock)?;
    let query = ask::query(Some(&args.query))?;
    let source = library::source(&args.paths, surroundings)?;
    let mut desk = if args.dry_run {
        place.readable(streams.err)?
    } else {
        place.writable(streams.err)?
    };
    let work = Work::begin(surroundings)?;
    let (library, coverage) = load(&source, surroundings, &work, &mut desk, streams.err)?;
    let ids = ask::select(&library, &query, &clock, &work)?;
    let marking = Marking {
        ids,
        library: &library,
        wishes: &wishes,
        label: args.wishes.label(),
    };
    if args.dry_run {
        marking.show(streams.out)?;
        return Ok(Exit::Clean.after(coverage));
    }
    let mut marked = Vec::new();
    let ended = match args.acknowledge {
        true => marking.keep_each(&mut marked, &mut desk, &work, streams.out),
        false => marking.keep_all(&mut marked, &mut desk, &work, streams.out),
    };
    // What is kept is kept, even if it could not be reported, and the hook is told of it. A second
    // signal ends the program without waiting for the hook.
    let of = (&library, &source);
    let hook = Hook::Mark;
    let hooked = after::run(hook, &marked, of, &mut desk, surroundings, streams.err);
    if work.is_stopped() {
        let (kept, all) = (marked.len(), marking.ids.len());
        let said = format!("stopped; this is kept: marked {kept} of {all}");
        note(streams.err, &said)?;
    }
    ended?;
    work.go_on()?;
    Ok(hooked?.after(coverage))
}

/// The edit, and the articles it applies to.
struct Marking<'a> {
    library: &'a MarkedArticles,
    ids: Vec<ArticleId>,
    wishes: &'a [FieldWish],
    label: String,
}

impl Marking<'_> {
    /// Prints what would change.
    fn show(&self, out: &mut dyn Write) -> Result<(), CommandFailure> {
        let mut decider = Decider::new(self.library);
        let mut decision = NewDecision::default();
        let is_changed = |id: &&ArticleId| decider.add(**id, self.wishes, &mut decision);
        let changed: Vec<&ArticleId> = self.ids.iter().filter(is_changed).collect();
        for id in changed.iter().take(SAMPLE) {
            let article = self.library.article(**id);
            let line = format!("{}: {}", article.path().display(), article.title());
            writeln!(out, "{}", Clean::new(&line))?;
        }
        if changed.len() > SAMPLE {
            writeln!(out, "… and {} more", changed.len() - SAMPLE)?;
        }
        let unchanged = self.ids.len() - changed.len();
        writeln!(out, "would mark {}, unchanged {unchanged}", changed.len())?;
        Ok(())
    }

    /// Commits everything in one transaction, so that one undo takes it back. What was marked is added
    /// to `marked`.
    fn keep_all(
        &self,
        marked: &mut Vec<ArticleId>,
        desk: &mut SqliteDesk,
        work: &Work,
        out: &mut dyn Write,
    ) -> Result<(), CommandFailure> {
        work.go_on()?;
        let mut decider = Decider::new(self.library);
        let mut decision = NewDecision::default();
        let changed = decider.add_all(&self.ids, |_| self.wishes.to_vec(), &mut decision);
        decision.label = format!("{}, {}", self.label, number::articles(changed.len()));
        if !changed.is_empty() {
            desk.commit(&decision, draw()?, Timestamp::now())?;
        }
        marked.extend(changed);
        self.count_up(marked, out)
    }

    /// Commits each article in a transaction of its own, and reports it once it is on disk. What was
    /// marked is added to `marked`. Goes on even if nobody reads the output any more.
    fn keep_each(
        &self,
        marked: &mut Vec<ArticleId>,
        desk: &mut SqliteDesk,
        work: &Work,
        out: &mut dyn Write,
    ) -> Result<(), CommandFailure> {
        let mut decider = Decider::new(self.library);
        let mut printed = Ok(());
        for id in &self.ids {
            work.go_on()?;
            let mut decision = NewDecision {
                label: format!("{}, {}", self.label, number::articles(1)),
                ..NewDecision::default()
            };
            let word = if decider.add(*id, self.wishes, &mut decision) {
                desk.commit(&decision, draw()?, Timestamp::now())?;
                marked.push(*id);
                "kept"
            } else {
                "unchanged"
            };
            let article = self.library.article(*id);
            printed = printed.and_then(|()| acknowledge(word, article, out));
        }
        printed.map_err(|error| self.untold(error, marked))?;
        self.count_up(marked, out)
    }

    /// Prints the count at once, so that it is said before a hook runs.
    fn count_up(&self, marked: &[ArticleId], out: &mut dyn Write) -> Result<(), CommandFailure> {
        let printed = writeln!(out, "{}", self.count(marked)).and_then(|()| out.flush());
        printed.map_err(|error| self.untold(error, marked))
    }

    fn untold(&self, error: io::Error, marked: &[ArticleId]) -> CommandFailure {
        CommandFailure::untold(self.count(marked), error)
    }

    fn count(&self, marked: &[ArticleId]) -> String {
        let (marked, all) = (marked.len(), self.ids.len());
        format!("marked {marked}, unchanged {}", all - marked)
    }
}

/// Flushes at once: whoever reads this must not have to wait for the end.
fn acknowledge(word: &str, article: ArticleRef<'_>, out: &mut dyn Write) -> io::Result<()> {
    let line = format!("{word} {}", article.path().display());
    writeln!(out, "{}", Clean::new(&line))?;
    out.flush()
}
