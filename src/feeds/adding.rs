//! A new feed for the list: from an address as a person types it.

use thiserror::Error;

use super::list::{Feed, Feeds, ListError};
use super::place;
use super::read::Contents;
use crate::format::compose::field_text;
use crate::format::link::{Link, Refusal};

/// Longest name that a title becomes, in characters.
const NAME: usize = 60;

/// Why what was typed is no address to ask.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TypedError {
    #[error("{link}: {refusal}")]
    Refused { link: String, refusal: Refusal },
    #[error(
        "the address has a user name in it; give the address without it, and `user` and \
         `password_command` in feeds.toml"
    )]
    User,
}

/// A link as a person types it: `https://` may be missing.
///
/// # Errors
/// If it is none, or names a user.
pub fn typed_link(typed: &str) -> Result<Link, TypedError> {
    let typed = typed.trim();
    let link = match Link::parse(typed) {
        Err(Refusal::Relative) => Link::parse(&format!("https://{typed}")),
        // `localhost:8080` looks like a scheme.
        Err(Refusal::Scheme(scheme))
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

/// The feed at an address as it is added to a list, with a name that is free and a folder of that name.
///
/// # Errors
/// If it is in the list already.
pub fn new_feed(contents: &Contents, url: &Link, feeds: &Feeds) -> Result<Feed, ListError> {
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
