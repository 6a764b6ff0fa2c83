//! A run over the files of the selected articles: their changes are staged, shown and written. The
//! command decides what changes; `desk::publish` does the writing.
//!
//! The desk records what is about to be written, and then, a few files at a time, what was: if the
//! run dies half way, the next one tells what was written and what is left. A line is printed for
//! each file once that is recorded. If the reader of the output goes away, writing continues; a
//! signal to stop takes effect after the few files that are being written.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;

use super::after;
use super::changes::{FileOutcome, RunChanges};
use crate::cli::desk_file::{DeskFile, load, sure_clock};
use crate::cli::work::Work;
use crate::cli::{CommandFailure, Exit, Streams, Surroundings};
use crate::cli::{ask, library, note};
use crate::command::Hook;
use crate::desk::publish::{Planner, WriteRefusal, no_article};
use crate::desk::{
    AT_ONCE, Decider, Desk, DeskError, FieldWish, Intent, MarkedArticles, NewDecision,
    OpenPublication, SqliteDesk, Staged, State, draw, edit, is_published,
};
use crate::format::SiteOverrides;
use crate::format::edit::Asking;
use crate::format::number;
use crate::library::{ArticleId, Source};
use crate::model::{MarkField, MarkValue};
use crate::query::Query;

/// What to write into files.
pub enum Aim {
    /// Whether they are published.
    Publication(bool),
    /// Fields, with their changes.
    Fields(BTreeMap<String, Vec<Asking>>),
    /// Everything staged.
    Staged,
}

/// How far to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunMode {
    Show,
    Stage,
    Write,
}

impl RunMode {
    pub fn new(dry_run: bool, yes: bool) -> Self {
        match (dry_run, yes) {
            (true, _) => Self::Show,
            (false, true) => Self::Write,
            (false, false) => Self::Stage,
        }
    }
}

/// Changes the files of the selected articles.
pub fn run(
    query: &Query,
    paths: &[PathBuf],
    aim: &Aim,
    way: RunMode,
    place: &DeskFile,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<Exit, CommandFailure> {
    let source = library::source(paths, surroundings)?;
    if source == Source::Sample {
        return Err(CommandFailure::SampleIsFixed);
    }
    let mut desk = match way {
        RunMode::Show => place.readable(streams.err)?,
        RunMode::Stage | RunMode::Write => place.writable(streams.err)?,
    };
    let work = Work::begin(surroundings)?;
    let (library, coverage) = load(&source, surroundings, &work, &mut desk, streams.err)?;
    let mut ids = ask::select(&library, query, &sure_clock(surroundings)?, &work)?;
    if matches!(aim, Aim::Publication(_)) {
        leave_out_rejected(&mut ids, query, &library, streams.err)?;
    }
    if matches!(aim, Aim::Publication(true)) {
        say_told_twice(&ids, &library, &work, streams.err)?;
    }
    let mut round = Round::new(&library, &ids, aim);
    // A query says nothing about files that are no articles any more.
    if matches!(aim, Aim::Staged) && query.to_string() == "is:staged" {
        round.changes.lost = lost(&library);
    }
    match way {
        RunMode::Show => round.changes.say(streams.out)?,
        RunMode::Stage => {
            round.stage(&mut desk)?;
            let out = &mut *streams.out;
            let said = round.changes.say(out);
            let said = said.and_then(|()| match round.changes.planned() {
                0 => Ok(()),
                _ => writeln!(out, "nothing written yet; add --yes to write the changes"),
            });
            let said = said.and_then(|()| out.flush());
            said.map_err(|error| CommandFailure::untold("the changes are staged", error))?;
        }
        RunMode::Write => {
            let ended = round.write(&mut desk, source.overrides(), &work, streams.out);
            let ended = ended.and_then(|()| work.go_on());
            // What is written is written, no matter what stopped the rest.
            let written: Vec<ArticleId> = round.changes.written().collect();
            let library = (&library, &source);
            let hook = Hook::Publish;
            let hooked = after::run(
                hook,
                &written,
                library,
                &mut desk,
                surroundings,
                streams.err,
            );
            ended?;
            let hooked = hooked?;
            if hooked != Exit::Clean {
                return Ok(hooked);
            }
        }
    }
    Ok(round.changes.exit().after(coverage))
}

/// The files of a library that something is staged for and that are no articles any more, each with
/// the reason.
fn lost(library: &MarkedArticles) -> Vec<(PathBuf, WriteRefusal)> {
    let files = library.staged_without_article().into_iter();
    let files = files.map(|(root, path)| {
        let refusal = no_article(&path, &root);
        (path, refusal)
    });
    files.collect()
}

/// Leaves out articles that were rejected, unless the query names them, and says so.
fn leave_out_rejected(
    ids: &mut Vec<ArticleId>,
    query: &Query,
    library: &MarkedArticles,
    err: &mut dyn Write,
) -> Result<(), CommandFailure> {
    if query.to_string().contains("rejected") {
        return Ok(());
    }
    let found = ids.len();
    let decided = library.decided();
    ids.retain(|id| !decided.get(id).is_some_and(|mark| mark.rejected));
    match found - ids.len() {
        0 => {}
        left_out => note(
            err,
            &format!(
                "left out {}, rejected; add is:rejected to the query to include them",
                number::articles(left_out)
            ),
        )?,
    }
    Ok(())
}

/// Names published articles that tell the same story as one that is to be published.
fn say_told_twice(
    ids: &[ArticleId],
    library: &MarkedArticles,
    work: &Work,
    err: &mut dyn Write,
) -> Result<(), CommandFailure> {
    let articles = library.articles();
    let Some(stories) = articles.stories(&|| work.is_stopped()) else {
        return work.go_on();
    };
    let now = Timestamp::now();
    let is_out = |id: ArticleId| is_published(articles.article(id), now) == Some(true);
    for id in ids.iter().filter(|id| !is_out(**id)) {
        let members = stories.of(*id).into_iter().flat_map(|it| &it.members);
        if let Some(other) = members.map(|it| it.article).find(|it| is_out(*it)) {
            let path = |id| articles.article(id).path();
            note(
                err,
                &format!(
                    "{} tells the same story as {}, which is published already",
                    path(*id).display(),
                    path(other).display()
                ),
            )?;
        }
    }
    Ok(())
}

/// The files of a run, and what became of each.
struct Round<'a> {
    decider: Decider<'a>,
    aim: &'a Aim,
    /// What to write into each file.
    targets: Vec<Staged>,
    changes: RunChanges,
}

impl<'a> Round<'a> {
    fn new(library: &'a MarkedArticles, ids: &[ArticleId], aim: &'a Aim) -> Self {
        let planner = Planner::new(library.articles(), Timestamp::now());
        let targets = aim.targets(library, ids);
        let staged: Vec<(ArticleId, &Staged)> = ids.iter().copied().zip(&targets).collect();
        let plans = planner.plan_all(&staged).into_iter();
        let files = ids.iter().zip(plans).map(|(id, plan)| {
            let path = library.article(*id).path();
            (*id, path, FileOutcome::from(plan))
        });
        Self {
            decider: Decider::new(library),
            aim,
            changes: RunChanges {
                files: files.collect(),
                lost: Vec::new(),
            },
            targets,
        }
    }

    /// Stages the changes at the desk; refused ones stay staged too. Files that already have the
    /// wanted value are unstaged.
    fn stage(&mut self, desk: &mut SqliteDesk) -> Result<(), DeskError> {
        let mut decision = NewDecision::default();
        let mut staged = 0;
        for ((id, _, outcome), target) in self.changes.files.iter().zip(&self.targets) {
            let waits = !matches!(outcome, FileOutcome::Unchanged(_));
            if self.decider.add(*id, &wishes(target, waits), &mut decision) {
                staged += 1;
            }
        }
        if staged == 0 {
            return Ok(());
        }
        decision.label = format!("{}: staged, {}", self.aim.word(), number::articles(staged));
        desk.commit(&decision, draw()?, Timestamp::now())?;
        Ok(())
    }

    /// Writes the planned changes, and reports on each file.
    fn write(
        &mut self,
        desk: &mut SqliteDesk,
        overrides: Arc<SiteOverrides>,
        work: &Work,
        out: &mut dyn Write,
    ) -> Result<(), CommandFailure> {
        let intents = self.intents();
        let publication = OpenPublication::begin(desk, &intents, overrides, Timestamp::now())?;
        let mut printed = Ok(());
        let files = self.changes.files.chunks_mut(AT_ONCE);
        for (files, intents) in files.zip(intents.chunks(AT_ONCE)) {
            if work.is_stopped() {
                break;
            }
            write_planned(&publication, desk, files, intents)?;
            // Writing continues even if nobody reads the output any more.
            for (_, path, outcome) in files {
                printed = printed.and_then(|()| outcome.say(path, out));
            }
            printed = printed.and_then(|()| out.flush());
        }
        publication.finish(desk, Timestamp::now())?;
        let printed = printed
            .and_then(|()| self.changes.say_lost(out))
            .and_then(|()| self.changes.count_up(out))
            .and_then(|()| out.flush());
        let kept = || format!("written {}", self.changes.written().count());
        printed.map_err(|error| CommandFailure::untold(kept(), error))
    }

    fn intents(&mut self) -> Vec<Intent> {
        let Self {
            decider,
            targets,
            changes,
            ..
        } = self;
        let files = changes.files.iter().zip(targets.iter());
        let intents = files.map(|((id, path, outcome), target)| {
            let change = outcome.planned();
            Intent {
                subjects: decider.staged(*id),
                identity: decider.identity(*id),
                path: path.clone(),
                says: target.publication,
                edits: edit::intents(
                    &target.edits,
                    change.map_or(&BTreeMap::new(), |it| it.ways_back()),
                ),
                versions: change.map(|it| it.versions()),
                state: match outcome {
                    FileOutcome::Unchanged(_) => State::SaysSo,
                    FileOutcome::Planned(_) | FileOutcome::Written(_) | FileOutcome::Refused(_) => {
                        State::Waits
                    }
                },
            }
        });
        intents.collect()
    }
}

impl Aim {
    fn targets(&self, library: &MarkedArticles, ids: &[ArticleId]) -> Vec<Staged> {
        let same = |target: Staged| vec![target; ids.len()];
        match self {
            Self::Publication(to) => same(Staged {
                publication: Some(*to),
                edits: BTreeMap::new(),
            }),
            Self::Fields(fields) => {
                let fields = fields.iter();
                let asked = fields.map(|(field, asked)| (field.clone(), edit::text(asked)));
                same(Staged {
                    publication: None,
                    edits: asked.collect(),
                })
            }
            Self::Staged => {
                let decided = library.decided();
                let target = |id| decided.get(id).map(Staged::from).unwrap_or_default();
                ids.iter().map(target).collect()
            }
        }
    }

    fn word(&self) -> &'static str {
        match self {
            Self::Publication(true) => "publish",
            Self::Publication(false) => "unpublish",
            Self::Fields(_) => "edit",
            Self::Staged => "write",
        }
    }
}

/// Writes those of the files that are planned.
fn write_planned(
    publication: &OpenPublication,
    desk: &mut SqliteDesk,
    files: &mut [(ArticleId, PathBuf, FileOutcome)],
    intents: &[Intent],
) -> Result<(), DeskError> {
    let planned = intents.iter().zip(files.iter());
    let planned = planned.filter_map(|(intent, (.., outcome))| Some((intent, outcome.planned()?)));
    let planned: Vec<_> = planned.collect();
    let mut told = publication.write(desk, &planned)?.into_iter();
    for (.., outcome) in files {
        if let Some(change) = outcome.planned()
            && let Some(written) = told.next()
        {
            *outcome = match written {
                Ok(()) => FileOutcome::Written(change.clone()),
                Err(refusal) => FileOutcome::Refused(refusal),
            };
        }
    }
    Ok(())
}

/// The wishes that stage a target, or unstage it.
fn wishes(target: &Staged, waits: bool) -> Vec<FieldWish> {
    let publication = target.publication.map(|to| {
        let to = waits.then_some(to);
        (MarkField::Publication, MarkValue::Staged(to))
    });
    let edits = target.edits.iter().map(|(field, asked)| {
        let asked = if waits { asked.clone() } else { String::new() };
        (MarkField::Edit(field.clone()), MarkValue::Text(asked))
    });
    publication.into_iter().chain(edits).collect()
}
