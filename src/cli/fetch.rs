//! `newsdesk fetch`: brings the articles of feeds into the library.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::args::{FeedsFormat, FetchArgs};
use super::desk_file::DeskFile;
use super::feed_jobs::{chosen, folder, library_folder, said};
use super::work::Work;
use super::{Exit, Failure, Streams, Surroundings, json, note};
use crate::desk::{NoPlace, SqliteDesk};
use crate::feeds::fetch::{Became, Fetch, Job, Mode, Outcome, Totals};
use crate::feeds::http::Http;
use crate::feeds::{Feeds, Memory, lock};
use crate::format::clean::Clean;

/// Fetches feeds.
pub fn run(
    args: &FetchArgs,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<Exit, Failure> {
    let places = &surroundings.places;
    let list = Feeds::load(places.feeds_file().as_deref())?;
    if list.feeds.is_empty() {
        return Err(Failure::NoFeeds);
    }
    let mut memory = Memory::load(places.cache_folder().as_deref());
    let mut jobs = Vec::new();
    let library = library_folder(surroundings)?;
    for feed in chosen(&args.names, &list)? {
        let is_due = memory
            .feeds
            .get(&feed.url)
            .is_none_or(|it| it.is_due(Timestamp::now()));
        if args.all || !args.names.is_empty() || is_due {
            let folder = folder(feed, library.as_deref(), surroundings)?;
            let feed = feed.clone();
            jobs.push(Job { feed, folder });
        }
    }
    let mode = if args.dry_run {
        Mode::DryRun
    } else {
        Mode::Keep
    };
    let state = places.state_folder().ok_or(NoPlace)?;
    let Some(_lock) =
        lock::take(&state).map_err(|error| Failure::Exchange { path: state, error })?
    else {
        return Err(Failure::FetchUnderWay);
    };
    let file = DeskFile::new(surroundings.desk.clone().ok_or(NoPlace)?);
    let mut desk = match mode {
        Mode::Keep => file.writable(streams.err)?,
        Mode::DryRun => file.readable(streams.err)?,
    };
    let work = Work::begin(surroundings)?;
    let (outcomes, totals) = fetch(
        &jobs,
        &mut desk,
        &mut memory,
        mode,
        args.format,
        &work,
        streams,
    )?;
    if mode == Mode::Keep
        && let Some(folder) = places.cache_folder()
        && let Err(error) = memory.save(&folder)
    {
        note(
            streams.err,
            &format!("when feeds are due is not remembered: {error}"),
        )?;
    }
    match args.format {
        FeedsFormat::Text => writeln!(streams.out, "{totals}")?,
        FeedsFormat::Json => {
            json::write(
                &json!({ "feeds": outcomes, "totals": in_json(totals) }),
                streams.out,
            )?;
            writeln!(streams.out)?;
        }
    }
    work.go_on()?;
    Ok(match totals.failed {
        0 => Exit::Clean,
        _ => Exit::Notable,
    })
}

/// Fetches, with a line or an object for each feed.
fn fetch(
    jobs: &[Job],
    desk: &mut SqliteDesk,
    memory: &mut Memory,
    mode: Mode,
    format: FeedsFormat,
    work: &Work,
    streams: &mut Streams<'_>,
) -> Result<(Vec<Value>, Totals), Failure> {
    let step = work.step_of("Fetching feeds", jobs.len());
    let mut fetch = Fetch {
        http: &Http::default(),
        desk,
        memory,
        mode,
        stop: work.stop(),
    };
    let mut outcomes = Vec::new();
    let mut done = 0;
    let mut written = Ok(());
    let totals = fetch.run(jobs, &mut |outcome| {
        done += 1;
        step.at(done);
        match format {
            FeedsFormat::Json => outcomes.push(object(&outcome)),
            FeedsFormat::Text => step.apart(|| {
                for line in line(&outcome) {
                    let result = writeln!(streams.out, "{}", Clean::new(&line));
                    written = std::mem::replace(&mut written, Ok(())).and(result);
                }
            }),
        }
    });
    written?;
    Ok((outcomes, totals))
}

/// What to say of a feed: `NAME: 3 new`.
fn line(outcome: &Outcome) -> Vec<String> {
    let became = match &outcome.became {
        Became::Unchanged => "unchanged".to_owned(),
        Became::Failed(why) => format!("failed: {why}"),
        Became::Changed { new, updated: 0 } => format!("{new} new"),
        Became::Changed { new: 0, updated } => format!("{updated} updated"),
        Became::Changed { new, updated } => format!("{new} new, {updated} updated"),
    };
    said(outcome, &became)
}

fn object(outcome: &Outcome) -> Value {
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
