//! A new feed for the list: from an address as a person types it.

use thiserror::Error;

use super::find::{At, FindError, FoundFeed, find};
use super::http::Http;
use super::list::{Feed, Feeds, ListError};
use super::place;
use super::read::ParsedFeed;
use crate::format::compose::field_text;
use crate::format::link::{Link, LinkRefusal};

/// Longest name of a feed, in characters.
pub const NAME: usize = 60;

/// Why the typed text is not an address.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TypedError {
    #[error("{link}: {refusal}")]
    Refused { link: String, refusal: LinkRefusal },
    #[error(
        "the address has a user name in it; give it without, and set `user` and `password_command` \
         in feeds.toml"
    )]
    User,
}

/// What can be added at an address.
#[derive(Clone, Debug, PartialEq)]
pub enum ToAdd {
    /// A feed ready to be added to the list, and its number of entries.
    Feed(Box<Feed>, usize),
    /// The feeds that a page names, for a person to pick from.
    Several(Vec<FoundFeed>),
}

/// Why there is nothing to add.
#[derive(Debug, Error)]
pub enum AddError {
    #[error(transparent)]
    Typed(#[from] TypedError),
    #[error("{url}: {error}")]
    Find { url: String, error: FindError },
    #[error("{0}: it is another page, not a feed")]
    NoFeed(String),
    #[error(transparent)]
    Listed(#[from] ListError),
}

/// Finds the feed at an address as a person types it, or on the page there. `pick` is its number
/// among the page's feeds, from 1.
///
/// # Errors
/// If there is none, or the list has it already.
pub fn to_add(
    http: &Http,
    typed: &str,
    pick: Option<usize>,
    feeds: &Feeds,
) -> Result<ToAdd, AddError> {
    let at = |url: &Link, said_by: Option<&Link>| {
        find(http, url, said_by).map_err(|error| AddError::Find {
            url: url.as_str().to_owned(),
            error,
        })
    };
    let (contents, url) = match at(&typed_link(typed)?, None)? {
        At::Feed(contents, url) => (contents, url),
        At::Feeds(found, page) => {
            let Some(FoundFeed { url, .. }) = picked(&found, pick) else {
                return Ok(ToAdd::Several(found));
            };
            match at(&typed_link(url)?, Some(&page))? {
                At::Feed(contents, url) => (contents, url),
                At::Feeds(..) => return Err(AddError::NoFeed(url.clone())),
            }
        }
    };
    let feed = new_feed(&contents, &url, feeds)?;
    Ok(ToAdd::Feed(Box::new(feed), contents.entries.len()))
}

fn picked(found: &[FoundFeed], pick: Option<usize>) -> Option<&FoundFeed> {
    match (found, pick) {
        ([only], None) => Some(only),
        (_, Some(number)) => found.get(number.checked_sub(1)?),
        (_, None) => None,
    }
}

/// A link as a person types it: `https://` may be missing.
///
/// # Errors
/// If it is not a link, or names a user.
pub fn typed_link(typed: &str) -> Result<Link, TypedError> {
    let typed = typed.trim();
    let link = match Link::parse(typed) {
        Err(LinkRefusal::Relative) => Link::parse(&format!("https://{typed}")),
        // `localhost:8080` looks like a scheme.
        Err(LinkRefusal::Scheme(scheme))
            if typed[scheme.len()..].starts_with(":") && is_port(&typed[scheme.len() + 1..]) =>
        {
            Link::parse(&format!("https://{typed}"))
        }
        parsed => parsed,
    };
    let link = link.map_err(|refusal| TypedError::Refused {
        link: typed.to_owned(),
        refusal,
    })?;
    match link.has_user() {
        true => Err(TypedError::User),
        false => Ok(link),
    }
}

fn is_port(text: &str) -> bool {
    text.starts_with(|sign: char| sign.is_ascii_digit())
}

/// A feed ready to be added to the list, with a free name and a folder of that name.
fn new_feed(contents: &ParsedFeed, url: &Link, feeds: &Feeds) -> Result<Feed, ListError> {
    if let Some(known) = feeds.at(url.as_str()) {
        return Err(ListError::Known(
            known.url.clone(),
            known.label().to_owned(),
        ));
    }
    let feed = Feed {
        url: url.as_str().to_owned(),
        name: free_name(contents, url, feeds),
        ..Feed::default()
    };
    let into = place::own_name(&feed);
    Ok(Feed { into, ..feed })
}

/// The title of a feed, or else its host, with a number if the name is taken.
fn free_name(contents: &ParsedFeed, url: &Link, feeds: &Feeds) -> String {
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
