//! A feed as RSS 2.0 (<https://www.rssboard.org/rss-specification>).

use std::io::{self, Write};

use jiff::Timestamp;
use jiff::fmt::rfc2822;

use super::digest::{Digest, DigestItem};
use super::xml::Xml;
use crate::format::clean::Clean;

const NAMESPACES: [(&str, &str); 2] = [
    ("version", "2.0"),
    // RSS's own `author` is an email address.
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
];

/// Writes the feed.
pub fn write(digest: &Digest, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Xml::new(out)?;
    xml.nest("rss", &NAMESPACES, |xml| {
        xml.nest("channel", &[], |xml| {
            xml.text("title", &digest.title)?;
            match &digest.link {
                Some(link) => xml.text("link", link)?,
                // The element is required, but there is no page.
                None => xml.own("link", "about:blank")?,
            }
            xml.text("description", &digest.title)?;
            xml.own("generator", concat!("newsdesk ", env!("CARGO_PKG_VERSION")))?;
            if let Some(date) = date(digest.updated) {
                xml.own("lastBuildDate", &date)?;
            }
            digest.items.iter().try_for_each(|it| item(it, xml))
        })
    })
}

fn item(item: &DigestItem, xml: &mut Xml<'_>) -> io::Result<()> {
    xml.nest("item", &[], |xml| {
        xml.text("title", &item.title)?;
        if let Some(link) = &item.link {
            xml.text("link", link)?;
        }
        if !item.excerpt.is_empty() {
            xml.html("description", &item.excerpt)?;
        }
        let authors = match &item.authors[..] {
            [] if !item.provider.is_empty() => std::slice::from_ref(&item.provider),
            authors => authors,
        };
        for author in authors {
            xml.text("dc:creator", author)?;
        }
        for topic in &item.topics {
            xml.text("category", topic)?;
        }
        xml.with(
            "guid",
            &[("isPermaLink", "false")],
            &Clean::new(&item.urn()),
        )?;
        match item.published.and_then(|it| date(it.at)) {
            Some(date) => xml.own("pubDate", &date),
            None => Ok(()),
        }
    })
}

/// As in RFC 2822, in GMT; `None` for a year that it cannot express.
fn date(at: Timestamp) -> Option<String> {
    rfc2822::DateTimePrinter::new()
        .timestamp_to_rfc9110_string(&at)
        .ok()
}
