//! `newsdesk feeds add`: a feed by its address, or by that of a page that names it.

use super::{new_name, say};
use crate::cli::args::AddArgs;
use crate::cli::bringing::Destination;
use crate::cli::{CommandFailure, Exit, Streams, Surroundings};
use crate::feeds::adding::{ToAdd, to_add};
use crate::feeds::find::FoundFeed;
use crate::feeds::http::Http;
use crate::feeds::{Feed, Feeds, changes, place};
use crate::format::clean::Clean;
use crate::format::number;

/// Adds a feed.
pub fn run(
    args: &AddArgs,
    feeds: &Feeds,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<Exit, CommandFailure> {
    let (found, entries) = match to_add(&Http::default(), &args.url, args.pick, feeds)? {
        ToAdd::Feed(feed, entries) => (feed, entries),
        ToAdd::Several(found) => return offer(&found, &args.url, streams),
    };
    let mut feed = Feed {
        topics: args.topics.clone(),
        every: args.every.clone().unwrap_or_default(),
        ..*found
    };
    if let Some(name) = &args.name {
        feed.name = new_name(feeds, name)?;
        feed.into = place::own_name(&feed);
    }
    if let Some(into) = &args.into {
        feed.into.clone_from(into);
    }
    let mut destination = Destination::below(&feed.into, surroundings)?;
    if let Some(sentence) = destination.prepare(surroundings)? {
        say(streams, &sentence)?;
    }
    let folder = destination.folder();
    if surroundings.library.is_some() {
        // It stays in that library, no matter which is named when it is fetched.
        feed.into = surroundings.places.at_home(folder);
    }
    changes::add(
        surroundings.places.feeds_file().as_deref(),
        std::slice::from_ref(&feed),
    )?;
    let articles = number::articles(entries);
    let sentence = format!(
        "added {}: {articles}, into {}; `newsdesk fetch` fetches those it has not fetched before",
        feed.label(),
        folder.display()
    );
    say(streams, &sentence)?;
    Ok(Exit::Clean)
}

/// Lists the feeds of a page to choose from.
fn offer(
    found: &[FoundFeed],
    typed: &str,
    streams: &mut Streams<'_>,
) -> Result<Exit, CommandFailure> {
    for (found, number) in found.iter().zip(1..) {
        let line = format!("{number}  {}  {}", found.url, found.title);
        writeln!(streams.out, "{}", Clean::new(line.trim_end()))?;
    }
    say(
        streams,
        &format!("pick one: newsdesk feeds add {typed} --pick N"),
    )?;
    Ok(Exit::Notable)
}
