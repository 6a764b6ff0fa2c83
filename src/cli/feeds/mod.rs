//! `newsdesk feeds`: the list of feeds. Fetching is in `fetch`.

mod add;
mod check;
mod exchange;
mod listing;

use super::args::{FeedsArgs, FeedsWork};
use super::desk_file::DeskFile;
use super::{Exit, Failure, Streams, Surroundings};
use crate::desk::NoPlace;
use crate::feeds::{Feed, Feeds, ListError, Memory, list};
use crate::format::clean::Clean;

/// Shows or changes the list of feeds.
pub fn run(
    args: &FeedsArgs,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<Exit, Failure> {
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
            list::remove(file, &feed.url)?;
            say(
                streams,
                &format!("removed {}; its articles stay", feed.label()),
            )?;
        }
        FeedsWork::Rename { name, new } => {
            let feed = feeds.named(name)?;
            is_free(&feeds, new)?;
            list::set(file, &feed.url, "name", new)?;
            say(streams, &format!("{} is called {new} now", feed.label()))?;
        }
        FeedsWork::Move { name, url } => {
            let feed = feeds.named(name)?;
            let to = match url {
                Some(url) => add::link(url)?.as_str().to_owned(),
                None => moved(feed, surroundings)?,
            };
            move_to(feed, &to, &feeds, surroundings, streams)?;
        }
    }
    Ok(Exit::Clean)
}

/// Where a feed's server has said that it is now.
fn moved(feed: &Feed, surroundings: &Surroundings) -> Result<String, Failure> {
    let memory = Memory::load(surroundings.places.cache_folder().as_deref());
    let moved = memory.feeds.get(&feed.url).and_then(|it| it.moved.clone());
    moved.ok_or_else(|| Failure::NotMoved(feed.label().to_owned()))
}

fn move_to(
    feed: &Feed,
    to: &str,
    feeds: &Feeds,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    if let Some(known) = feeds.feeds.iter().find(|it| it.url == to) {
        return Err(ListError::Known(to.to_owned(), known.label().to_owned()).into());
    }
    // The desk first: an address in the list of which it knew nothing would bring everything again.
    let desk = DeskFile::new(surroundings.desk.clone().ok_or(NoPlace)?);
    desk.writable(streams.err)?.readdress_feed(&feed.url, to)?;
    list::set(
        surroundings.places.feeds_file().as_deref(),
        &feed.url,
        "url",
        to,
    )?;
    say(streams, &format!("{} is at {to} now", feed.label()))?;
    Ok(())
}

fn is_free(feeds: &Feeds, name: &str) -> Result<(), Failure> {
    match feeds.feeds.iter().any(|feed| feed.label() == name) {
        true => Err(ListError::Taken(name.to_owned()).into()),
        false => Ok(()),
    }
}

fn say(streams: &mut Streams<'_>, sentence: &str) -> std::io::Result<()> {
    writeln!(streams.out, "{}", Clean::new(sentence))
}
