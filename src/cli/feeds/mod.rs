//! `newsdesk feeds`: the list of feeds. Fetching is in `fetch`.

mod add;
mod check;
mod exchange;
mod listing;
mod moving;

use super::args::{FeedsArgs, FeedsWork};
use super::{CommandFailure, Exit, Streams, Surroundings};
use crate::feeds::{Feeds, ListError, changes};
use crate::format::clean::Clean;

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
            must_be_free(&feeds, new)?;
            if new.trim().is_empty() {
                return Err(CommandFailure::NoName);
            }
            changes::set(file, &feed.url, "name", new)?;
            say(streams, &format!("{} is now called {new}", feed.label()))?;
        }
        FeedsWork::Move { name, url } => {
            let feed = feeds.named(name)?;
            moving::run(feed, url.as_deref(), &feeds, surroundings, streams)?;
        }
    }
    Ok(Exit::Clean)
}

fn must_be_free(feeds: &Feeds, name: &str) -> Result<(), CommandFailure> {
    match feeds.is_free(name) {
        true => Ok(()),
        false => Err(ListError::Taken(name.to_owned()).into()),
    }
}

fn say(streams: &mut Streams<'_>, sentence: &str) -> std::io::Result<()> {
    writeln!(streams.out, "{}", Clean::new(sentence))
}
