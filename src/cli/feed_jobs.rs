//! What `newsdesk fetch` and `newsdesk feeds` have in common: which feeds are meant, the folders
//! that their articles go to, and what to say of each.

use std::path::{Path, PathBuf};

use super::{Failure, Surroundings};
use crate::config::Config;
use crate::feeds::fetch::Outcome;
use crate::feeds::{Feed, Feeds, place};

/// The feeds with these names, or all.
pub fn chosen<'a>(names: &[String], feeds: &'a Feeds) -> Result<Vec<&'a Feed>, Failure> {
    if names.is_empty() {
        return Ok(feeds.feeds.iter().collect());
    }
    let mut chosen: Vec<&Feed> = Vec::new();
    for name in names {
        let feed = feeds.named(name)?;
        if !chosen.contains(&feed) {
            chosen.push(feed);
        }
    }
    Ok(chosen)
}

/// The folder into which the articles of feeds go that name none: the first of the
/// default library.
pub fn library_folder(surroundings: &Surroundings) -> Result<Option<PathBuf>, Failure> {
    let config = Config::load(&surroundings.places)?;
    let first = config.first_root().map(crate::library::folder_of);
    Ok(first.map(Path::to_path_buf))
}

/// The folder of a feed.
pub fn folder(
    feed: &Feed,
    library: Option<&Path>,
    surroundings: &Surroundings,
) -> Result<PathBuf, Failure> {
    Ok(place::folder(feed, library, &surroundings.places)?)
}

/// What became of a feed, and below it what else there is to say.
pub fn said(outcome: &Outcome, became: &str) -> Vec<String> {
    let mut lines = vec![format!("{}: {became}", outcome.name)];
    lines.extend(outcome.notes.iter().map(|sentence| format!("  {sentence}")));
    if let Some(moved) = &outcome.moved {
        let sentence = format!("  it has moved to {moved}; `newsdesk feeds move` keeps that");
        lines.push(sentence);
    }
    lines
}
