//! `newsdesk feeds import` and `export`.

use std::io::Read;
use std::path::Path;

use super::say;
use crate::cli::bringing::Destination;
use crate::cli::new_file::{Existing, Readers, make};
use crate::cli::{CommandFailure, Exit, Streams, Surroundings, dash, note};
use crate::feeds::exchange;
use crate::feeds::{Feed, Feeds, changes};

/// Adds the feeds of another program's list.
pub fn import(
    path: &Path,
    dry_run: bool,
    feeds: &Feeds,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<Exit, CommandFailure> {
    let failed = |error| CommandFailure::Exchange {
        path: path.to_path_buf(),
        error,
    };
    let mut bytes = Vec::new();
    dash::input(Some(path))?
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    let imported = exchange::import(&bytes).map_err(|why| failed(std::io::Error::other(why)))?;
    for sentence in &imported.notes {
        note(streams.err, &format!("{}: {sentence}", path.display()))?;
    }
    if imported.feeds.is_empty() && imported.notes.is_empty() {
        note(
            streams.err,
            &format!("{}: there is no feed in it", path.display()),
        )?;
        return Ok(Exit::Notable);
    }
    let mut new: Vec<Feed> = Vec::new();
    let mut known = 0;
    for mut feed in imported.feeds {
        if feeds.at(&feed.url).is_some() {
            known += 1;
            continue;
        }
        if !feeds.is_free(feed.label()) {
            // Two feeds with the same name: the address tells them apart.
            feed.name.clear();
        }
        new.push(feed);
    }
    if dry_run {
        for feed in &new {
            say(streams, &format!("{}  {}", feed.url, feed.label()))?;
        }
    } else if !new.is_empty() {
        if let Some(sentence) = Destination::below("", surroundings)?.prepare(surroundings)? {
            say(streams, &sentence)?;
        }
        changes::add(surroundings.places.feeds_file().as_deref(), &new)?;
    }
    let verb = if dry_run { "would add" } else { "added" };
    say(
        streams,
        &format!(
            "{verb} {}, known {known}, left out {}",
            new.len(),
            imported.notes.len()
        ),
    )?;
    Ok(match imported.notes.is_empty() {
        true => Exit::Clean,
        false => Exit::Notable,
    })
}

/// Writes the feeds as OPML.
pub fn export(
    path: Option<&Path>,
    feeds: &Feeds,
    streams: &mut Streams<'_>,
) -> Result<(), CommandFailure> {
    let bytes = exchange::opml(&feeds.feeds)?;
    match dash::file(path) {
        None => streams.out.write_all(&bytes)?,
        Some(path) => make(path, &bytes, Readers::Everyone, Existing::Kept)
            .map_err(|error| CommandFailure::unwritten(path, error))?,
    }
    Ok(())
}
