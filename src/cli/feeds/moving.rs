//! `newsdesk feeds move`: gives a feed another address; its articles stay its own.

use super::say;
use crate::cli::desk_file::DeskFile;
use crate::cli::init::ask;
use crate::cli::{CommandFailure, Streams, Surroundings};
use crate::desk::NoPlace;
use crate::feeds::adding::typed_link;
use crate::feeds::http::is_same_host;
use crate::feeds::session::Session;
use crate::feeds::{Feed, Feeds, ListError, changes};
use crate::format::link::Link;

/// Moves a feed to this address, or else to where its server says it is now.
pub fn run(
    feed: &Feed,
    typed: Option<&str>,
    feeds: &Feeds,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<(), CommandFailure> {
    // A fetch under way would record its entries under the old address.
    let session = Session::begin(&surroundings.places)?;
    let to = match typed {
        Some(typed) => typed_link(typed)?,
        None => {
            let known = session.memory.feeds.get(&feed.url);
            let moved = known.and_then(|it| it.moved.as_deref());
            typed_link(moved.ok_or_else(|| CommandFailure::NotMoved(feed.label().to_owned()))?)?
        }
    };
    let to_url = to.as_str();
    if let Some(known) = feeds.feeds.iter().find(|it| it.url == to_url) {
        return Err(ListError::Known(to_url.to_owned(), known.label().to_owned()).into());
    }
    confirm(feed, &to, streams)?;
    let file = DeskFile::new(surroundings.desk.clone().ok_or(NoPlace)?);
    let mut desk = file.writable(streams.err)?;
    // The desk first: an address in the list that the desk does not know would bring everything
    // again.
    desk.readdress_feed(&feed.url, to_url)?;
    let places = &surroundings.places;
    if let Err(error) = changes::set(places.feeds_file().as_deref(), &feed.url, "url", to_url) {
        desk.readdress_feed(to_url, &feed.url)?;
        return Err(error.into());
    }
    Ok(say(
        streams,
        &format!("{} is now at {to_url}", feed.label()),
    )?)
}

/// Has the person type another host's name before that host is sent what was meant for the old one.
fn confirm(feed: &Feed, to: &Link, streams: &mut Streams<'_>) -> Result<(), CommandFailure> {
    let has_secrets = !feed.user.is_empty() || !feed.headers.is_empty();
    let is_same = Link::parse(&feed.url).is_ok_and(|from| is_same_host(&from, to));
    if !has_secrets || is_same {
        return Ok(());
    }
    let (name, host) = (feed.label(), to.host());
    let question = format!(
        "The password and headers of “{name}” would be sent to {host}. Type the host to allow it: "
    );
    match ask(&question, streams)? == host {
        true => Ok(()),
        false => Err(CommandFailure::NotConfirmed {
            name: name.to_owned(),
            host: host.to_owned(),
        }),
    }
}
