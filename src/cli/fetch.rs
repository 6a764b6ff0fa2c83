//! `newsdesk fetch`: brings the articles of feeds into the library.

use std::collections::HashSet;
use std::io;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::args::{FeedsFormat, FetchArgs};
use super::bringing::library_folder;
use super::desk_file::{self, DeskFile};
use super::work::Work;
use super::{CommandFailure, Exit, Streams, Surroundings, json, library, note};
use crate::desk::NoPlace;
use crate::feeds::fetch::{FeedJob, Fetch, Mode};
use crate::feeds::http::Http;
use crate::feeds::outcome::{Became, FeedOutcome, Totals};
use crate::feeds::session::{Session, jobs};
use crate::feeds::{Feed, Feeds};
use crate::format::clean::Clean;

/// Fetches feeds.
pub fn run(
    args: &FetchArgs,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<Exit, CommandFailure> {
    let places = &surroundings.places;
    let list = Feeds::load(places.feeds_file().as_deref())?;
    if list.feeds.is_empty() {
        return Err(CommandFailure::NoFeeds);
    }
    let chosen = list.chosen(&args.names)?;
    let folder = library_folder(surroundings)?;
    let mut session = Session::begin(places)?;
    let now = Timestamp::now();
    let is_wanted = |feed: &&Feed| args.all || !args.names.is_empty() || session.is_due(feed, now);
    let wanted = chosen.into_iter().filter(is_wanted);
    let jobs = jobs(wanted, folder.as_deref(), places);
    let file = DeskFile::new(surroundings.desk.clone().ok_or(NoPlace)?);
    let (mode, mut desk) = match args.dry_run {
        true => (Mode::DryRun, file.readable(streams.err)?),
        false => (Mode::Keep, file.writable(streams.err)?),
    };
    let work = Work::begin(surroundings)?;
    let done = match jobs.iter().any(|job| job.feed.stays().is_some()) {
        true => {
            let source = library::source(&[], surroundings)?;
            let (marked, _) =
                desk_file::load(&source, surroundings, &work, &mut desk, streams.err)?;
            marked.by_row(now).done_with(marked.articles())
        }
        false => HashSet::new(),
    };
    let mut fetch = Fetch {
        http: &Http::default(),
        desk: &mut desk,
        memory: &mut session.memory,
        mode,
        is_done_with: &|path| done.contains(path),
        stop: work.stop(),
    };
    let (outcomes, totals, written) = fetch_all(&mut fetch, &jobs, args.format, &work, streams);
    // The reader of the output may be gone: what was fetched is remembered all the same.
    if mode == Mode::Keep
        && let Err(error) = session.remember()
    {
        let sentence = format!("cannot save when feeds are due: {error}");
        note(streams.err, &sentence)?;
    }
    written?;
    conclude(outcomes, totals, args.format, streams)?;
    work.go_on()?;
    Ok(match totals.failed {
        0 => Exit::Clean,
        _ => Exit::Notable,
    })
}

/// Prints the totals, as JSON with an object per feed.
fn conclude(
    outcomes: Vec<Value>,
    totals: Totals,
    format: FeedsFormat,
    streams: &mut Streams<'_>,
) -> Result<(), CommandFailure> {
    match format {
        FeedsFormat::Text => writeln!(streams.out, "{totals}")?,
        FeedsFormat::Json => {
            json::write(
                &json!({ "feeds": outcomes, "totals": in_json(totals) }),
                streams.out,
            )?;
            writeln!(streams.out)?;
        }
    }
    Ok(())
}

/// Fetches, and prints a line or an object per feed; also returns whether that could be written.
fn fetch_all(
    fetch: &mut Fetch<'_>,
    jobs: &[FeedJob],
    format: FeedsFormat,
    work: &Work,
    streams: &mut Streams<'_>,
) -> (Vec<Value>, Totals, io::Result<()>) {
    let step = work.step_of("Fetching feeds", jobs.len());
    let mut outcomes = Vec::new();
    let mut done = 0;
    let mut written = Ok(());
    let totals = fetch.run(jobs, &mut |outcome| {
        done += 1;
        step.at(done);
        match format {
            FeedsFormat::Json => outcomes.push(object(&outcome)),
            FeedsFormat::Text => step.apart(|| {
                for line in lines(&outcome) {
                    let result = writeln!(streams.out, "{}", Clean::new(&line));
                    written = std::mem::replace(&mut written, Ok(())).and(result);
                }
            }),
        }
    });
    (outcomes, totals, written)
}

/// What to say of a feed: `NAME: 3 new`.
fn lines(outcome: &FeedOutcome) -> Vec<String> {
    let became = match &outcome.became {
        Became::Unchanged => "unchanged".to_owned(),
        Became::Failed(why) => format!("failed: {why}"),
        Became::Changed { new, updated: 0 } => format!("{new} new"),
        Became::Changed { new: 0, updated } => format!("{updated} updated"),
        Became::Changed { new, updated } => format!("{new} new, {updated} updated"),
    };
    outcome.lines(&became)
}

fn object(outcome: &FeedOutcome) -> Value {
    let (status, new, updated, error) = match &outcome.became {
        Became::Unchanged => ("unchanged", 0, 0, None),
        Became::Changed { new, updated } => ("changed", *new, *updated, None),
        Became::Failed(why) => ("failed", 0, 0, Some(why)),
    };
    json!({
        "name": outcome.name,
        "url": outcome.url,
        "status": status,
        "new": new,
        "updated": updated,
        "error": error,
        "notes": outcome.notes,
        "moved": outcome.moved,
    })
}

fn in_json(totals: Totals) -> Value {
    json!({
        "feeds": totals.feeds,
        "unchanged": totals.unchanged,
        "new": totals.new,
        "updated": totals.updated,
        "failed": totals.failed,
    })
}
