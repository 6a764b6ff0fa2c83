//! Lists of feeds to and from other programs: OPML, and newsboat's `urls`.

mod newsboat;
mod opml;

use super::list::Feed;
use crate::format::clean::Clean;
use crate::format::link::Link;

pub use opml::write as opml;

/// Feeds from another program's list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    pub feeds: Vec<Feed>,
    /// What was left out, one sentence each.
    pub notes: Vec<String>,
}

/// Reads a list: OPML if it looks like that, else newsboat's.
///
/// # Errors
/// If it is neither.
pub fn import(bytes: &[u8]) -> Result<Imported, String> {
    let text = super::read::text(bytes, None);
    let start = text.trim_start();
    let imported = if start.starts_with('<') {
        opml::read(start)?
    } else {
        newsboat::read(&text)
    };
    Ok(unique(imported))
}

/// Each feed once, with a unique name.
fn unique(imported: Imported) -> Imported {
    let mut feeds: Vec<Feed> = Vec::new();
    for mut feed in imported.feeds {
        if feeds.iter().any(|other| other.url == feed.url) {
            continue;
        }
        let name = feed.name.clone();
        let mut number = 2;
        while !feed.name.is_empty() && feeds.iter().any(|other| other.label() == feed.name) {
            feed.name = format!("{name} {number}");
            number += 1;
        }
        feeds.push(feed);
    }
    Imported { feeds, ..imported }
}

/// The address of a feed, including one written for browsers (`feed:`).
///
/// # Errors
/// A sentence that says why it cannot be one.
fn address(written: &str) -> Result<String, String> {
    let written = written.trim();
    let plain = match written.strip_prefix("feed:") {
        Some(rest) if rest.starts_with("//") => format!("http:{rest}"),
        Some(rest) => rest.to_owned(),
        None => written.to_owned(),
    };
    match Link::parse(&plain) {
        Ok(link) if link.has_user() => Err(format!(
            "{}: its address has a user name in it; use `user` and `password_command`",
            Clean::new(link.host())
        )),
        Ok(_) => Ok(plain),
        Err(refusal) => Err(format!("{}: {refusal}", Clean::new(written).cut(80))),
    }
}

#[cfg(test)]
mod tests;
