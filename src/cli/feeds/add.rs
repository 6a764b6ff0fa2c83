//! `newsdesk feeds add`: a feed by its address, or by that of a page that names it.

use super::{must_be_free, say};
use crate::cli::args::AddArgs;
use crate::cli::bringing::{folder_below, link};
use crate::cli::{Exit, Failure, Streams, Surroundings};
use crate::feeds::find::{At, Found, find};
use crate::feeds::http::Http;
use crate::feeds::read::Contents;
use crate::feeds::{Feed, Feeds, ListError, list, place};
use crate::format::clean::Clean;
use crate::format::compose::field_text;
use crate::format::link::Link;

/// Longest name that a title becomes, in characters.
const NAME: usize = 60;

/// Adds a feed.
pub fn run(
    args: &AddArgs,
    feeds: &Feeds,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<Exit, Failure> {
    let http = Http::default();
    let (contents, url) = match at(&http, &link(&args.url)?)? {
        At::Feed(contents, url) => (contents, url),
        At::Feeds(found) => match picked(&found, args.pick) {
            Some(found) => match at(&http, &link(&found.url)?)? {
                At::Feed(contents, url) => (contents, url),
                At::Feeds(_) => return Err(Failure::NoFeedAt(found.url.clone())),
            },
            None => return offer(&found, &args.url, streams),
        },
    };
    if let Some(known) = feeds.at(url.as_str()) {
        return Err(ListError::Known(known.url.clone(), known.label().to_owned()).into());
    }
    let mut feed = Feed {
        url: url.as_str().to_owned(),
        topics: args.topics.clone(),
        every: args.every.clone().unwrap_or_default(),
        ..Feed::default()
    };
    feed.name = match &args.name {
        Some(name) => {
            must_be_free(feeds, name)?;
            name.clone()
        }
        None => free_name(&contents, &url, feeds),
    };
    feed.into = args.into.clone().unwrap_or_else(|| place::own_name(&feed));
    let folder = folder_below(&feed.into, surroundings, streams)?;
    list::add(
        surroundings.places.feeds_file().as_deref(),
        std::slice::from_ref(&feed),
    )?;
    let articles = match contents.entries.len() {
        1 => "1 article".to_owned(),
        count => format!("{count} articles"),
    };
    let sentence = format!(
        "added {}: {articles}, to {}; `newsdesk fetch` brings them",
        feed.label(),
        folder.display()
    );
    say(streams, &sentence)?;
    Ok(Exit::Clean)
}

fn at(http: &Http, url: &Link) -> Result<At, Failure> {
    find(http, &Feed::default(), url).map_err(|error| Failure::Find {
        url: url.as_str().to_owned(),
        error,
    })
}

fn picked(found: &[Found], pick: Option<usize>) -> Option<&Found> {
    match (found, pick) {
        ([only], None) => Some(only),
        (_, Some(number)) => found.get(number.checked_sub(1)?),
        (_, None) => None,
    }
}

/// Lists the feeds of a page, to be picked from.
fn offer(found: &[Found], typed: &str, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
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

/// The title of a feed, or else its host, with a number if another has it.
fn free_name(contents: &Contents, url: &Link, feeds: &Feeds) -> String {
    let title = field_text(&contents.title, NAME);
    let title = if title.is_empty() {
        url.host().to_owned()
    } else {
        title
    };
    let numbered = (2..).map(|number| format!("{title} {number}"));
    let mut names = std::iter::once(title.clone()).chain(numbered);
    names.find(|name| feeds.is_free(name)).unwrap_or(title)
}
