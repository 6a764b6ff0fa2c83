//! Finds the feeds of a page: those that it names, then those at the usual places.

use std::collections::HashSet;
use std::sync::atomic::AtomicBool;

use super::http::{Http, HttpAnswer, HttpError, WebDocument};
use super::list::Feed;
use super::memory::Remembered;
use super::read::{self, ParsedFeed, Unread};
use super::request::request;
use crate::format::html::{Tag, tags};
use crate::format::link::Link;

/// Where sites keep their feeds, tried in this order.
const PLACES: [&str; 7] = [
    "/feed",
    "/feed.xml",
    "/rss.xml",
    "/atom.xml",
    "/index.xml",
    "/rss",
    "/feed.json",
];

/// A feed of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundFeed {
    pub url: String,
    /// Its title; empty if none is known.
    pub title: String,
}

/// What is at an address.
#[derive(Clone, Debug, PartialEq)]
pub enum At {
    /// A feed, and its address: the new one if it has moved for good, else the one asked for.
    Feed(Box<ParsedFeed>, Link),
    /// A page with feeds, and its address.
    Feeds(Vec<FoundFeed>, Link),
}

/// Why there is no feed.
#[derive(Debug, thiserror::Error)]
pub enum FindError {
    #[error(transparent)]
    Http(#[from] HttpError),
    #[error("{0}")]
    Unread(Unread),
    #[error("it is a page that links to no feed, and there is none at {}", PLACES.join(", "))]
    Nothing,
}

/// Finds out what is at an address. `said_by` is what named the address, unless a person did.
///
/// # Errors
/// If it cannot be fetched, or there is no feed.
pub fn find(http: &Http, url: &Link, said_by: Option<&Link>) -> Result<At, FindError> {
    let document = fetch(http, url, said_by)?;
    let charset = document.charset.as_deref();
    match read::read(&document.bytes, charset, document.url.as_str()) {
        Ok(contents) => {
            let address = document.moved.unwrap_or_else(|| url.clone());
            return Ok(At::Feed(Box::new(contents), address));
        }
        Err(Unread::Page) => {}
        Err(unread) => return Err(FindError::Unread(unread)),
    }
    let mut found = named_in(&read::text(&document.bytes, charset), &document.url);
    if found.is_empty() {
        found = at_usual_places(http, &document.url);
    }
    match found.is_empty() {
        true => Err(FindError::Nothing),
        false => Ok(At::Feeds(found, document.url)),
    }
}

fn fetch(http: &Http, url: &Link, said_by: Option<&Link>) -> Result<WebDocument, FindError> {
    let (feed, nothing, never) = (
        Feed::default(),
        Remembered::default(),
        AtomicBool::new(false),
    );
    match request(http, &feed, url, said_by, &nothing, &never)? {
        HttpAnswer::Document(document) => Ok(*document),
        // The request was not conditional.
        HttpAnswer::Unchanged(_) => Err(FindError::Unread(Unread::Empty)),
    }
}

/// The feeds that a page names.
pub fn named_in(html: &str, at: &Link) -> Vec<FoundFeed> {
    let mut base = at.clone();
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    for tag in tags(html, &["base", "link"]) {
        let Some(link) = base.join(tag.attribute("href")) else {
            continue;
        };
        if tag.name == "base" {
            base = link;
        } else if is_feed(&tag) && seen.insert(link.as_str().to_owned()) {
            found.push(FoundFeed {
                url: link.as_str().to_owned(),
                title: tag.attribute("title").trim().to_owned(),
            });
        }
    }
    found
}

fn is_feed(tag: &Tag) -> bool {
    let rel = tag.attribute("rel").to_ascii_lowercase();
    let kind = tag.attribute("type").to_ascii_lowercase();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let is_alternate = rel
        .split_whitespace()
        .any(|word| word == "alternate" || word == "feed");
    is_alternate
        && (matches!(
            kind,
            "application/rss+xml"
                | "application/atom+xml"
                | "application/feed+json"
                | "application/rdf+xml"
        ) || kind == "application/json" && tag.attribute("href").contains("feed")
            || kind.is_empty() && rel.contains("feed"))
}

fn at_usual_places(http: &Http, page: &Link) -> Vec<FoundFeed> {
    let links = PLACES.iter().filter_map(|place| page.join(place));
    let found = links.filter_map(|link| {
        let document = fetch(http, &link, Some(page)).ok()?;
        let charset = document.charset.as_deref();
        let contents = read::read(&document.bytes, charset, document.url.as_str()).ok()?;
        Some(FoundFeed {
            url: document.moved.unwrap_or(link).as_str().to_owned(),
            title: contents.title,
        })
    });
    found.take(1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_on_the_internet_does_not_lead_into_this_network() {
        let [page, own] = ["https://1.1.1.1/", "http://127.0.0.1:1/feed"];
        let [page, own] = [page, own].map(|it| Link::parse(it).expect(it));
        let found = find(&Http::default(), &own, Some(&page));
        let refused = matches!(found, Err(FindError::Http(HttpError::Private(_))));
        assert!(refused, "{found:?}");
    }

    #[test]
    fn the_feeds_that_a_page_names_are_found() {
        let html = "<html><head><base href='/blog/'><link rel=stylesheet href=a.css>\
            <link rel='alternate' type='application/rss+xml' title='News' href='rss.xml'>\
            <link rel='Alternate Stylesheet' href=b.css>\
            <LINK REL=alternate TYPE='application/atom+xml; charset=utf-8' HREF='//b.example/atom'/>\
            <link rel=alternate type=application/rss+xml href='rss.xml'>\
            <link rel=alternate type=application/atom+xml href='javascript:x'>\
            <link rel=alternate type=application/json href=/wp-json/1>\
            <!-- <link rel=alternate type=application/rss+xml href=no> --></head>";
        let at = Link::parse("https://a.example/page").expect("a link");
        let found = named_in(html, &at);
        let urls: Vec<&str> = found.iter().map(|it| it.url.as_str()).collect();
        assert_eq!(
            urls,
            ["https://a.example/blog/rss.xml", "https://b.example/atom"]
        );
        assert_eq!(found[0].title, "News");
    }
}
