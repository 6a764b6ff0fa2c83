//! `newsdesk feeds check`: requests feeds and reports what is wrong with them. Keeps nothing.

use std::sync::atomic::AtomicBool;

use crate::cli::bringing::library_folder;
use crate::cli::{CommandFailure, Exit, Streams, Surroundings};
use crate::desk::SqliteDesk;
use crate::feeds::fetch::{Fetch, Mode};
use crate::feeds::http::Http;
use crate::feeds::outcome::Became;
use crate::feeds::session::jobs;
use crate::feeds::{Feeds, Memory};
use crate::format::clean::Clean;

/// Requests the feeds with these names, or all.
pub fn run(
    names: &[String],
    feeds: &Feeds,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<Exit, CommandFailure> {
    let library = library_folder(surroundings)?;
    let jobs = jobs(
        feeds.chosen(names)?,
        library.as_deref(),
        &surroundings.places,
    );
    // Nothing is known of the feeds, so each is read completely.
    let mut desk = SqliteDesk::in_memory()?;
    let mut fetch = Fetch {
        http: &Http::default(),
        desk: &mut desk,
        memory: &mut Memory::default(),
        mode: Mode::DryRun,
        is_done_with: &|_| false,
        stop: &AtomicBool::new(false),
    };
    let mut lines = Vec::new();
    let totals = fetch.run(&jobs, &mut |outcome| {
        let became = match &outcome.became {
            Became::Unchanged => "no entries".to_owned(),
            Became::Changed { new: 1, .. } => "1 entry".to_owned(),
            Became::Changed { new, .. } => format!("{new} entries"),
            Became::Failed(why) => format!("failed: {why}"),
        };
        lines.extend(outcome.lines(&became));
    });
    for line in lines {
        writeln!(streams.out, "{}", Clean::new(&line))?;
    }
    Ok(match totals.failed {
        0 => Exit::Clean,
        _ => Exit::Notable,
    })
}
