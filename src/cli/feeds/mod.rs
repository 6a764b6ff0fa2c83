//! `newsdesk feeds`: the list of feeds. Fetching is in `fetch`.

mod add;
mod check;
mod exchange;
mod listing;
mod moving;

use super::args::{FeedsArgs, FeedsWork};
use super::{CommandFailure, Exit, Streams, Surroundings};
use crate::feeds::adding::NAME;
use crate::feeds::{Feeds, ListError, changes};
use crate::format::clean::Clean;
use crate::format::compose::field_text;

/// Shows or changes the list of feeds.
pub fn run(
    args: &FeedsArgs,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<Exit, CommandFailure> {
    let file = surroundings.places.feeds_file();
    let feeds = Feeds::load(file.as_deref())?;
    let file = file.as_deref();
    match &args.work {
        FeedsWork::Add(args) => return add::run(args, &feeds, surroundings, streams),
        FeedsWork::List { format } => return listing::run(*format, &feeds, surroundings, streams),
        FeedsWork::Check { names } => return check::run(names, &feeds, surroundings, streams),
        FeedsWork::Import { file, dry_run } => {
            return exchange::import(file, *dry_run, &feeds, surroundings, streams);
        }
        FeedsWork::Export { file } => exchange::export(file.as_deref(), &feeds, streams)?,
        FeedsWork::Remove { name } => {
            let feed = feeds.named(name)?;
            changes::remove(file, &feed.url)?;
            say(
                streams,
                &format!("removed {}; its articles stay", feed.label()),
            )?;
        }
        FeedsWork::Rename { name, new } => {
            let feed = feeds.named(name)?;
            let new = new_name(&feeds, new)?;
            changes::set(file, &feed.url, "name", &new)?;
            say(streams, &format!("{} is now called {new}", feed.label()))?;
        }
        FeedsWork::Move { name, url } => {
            let feed = feeds.named(name)?;
            moving::run(feed, url.as_deref(), &feeds, surroundings, streams)?;
        }
    }
    Ok(Exit::Clean)
}

/// A name as a person types it, on one line.
///
/// # Errors
/// If another feed has it, or nothing is left of it.
fn new_name(feeds: &Feeds, typed: &str) -> Result<String, CommandFailure> {
    let name = field_text(typed, NAME);
    match feeds.is_free(&name) {
        _ if name.is_empty() => Err(CommandFailure::NoName),
        true => Ok(name),
        false => Err(ListError::Taken(name).into()),
    }
}

fn say(streams: &mut Streams<'_>, sentence: &str) -> std::io::Result<()> {
    writeln!(streams.out, "{}", Clean::new(sentence))
}
