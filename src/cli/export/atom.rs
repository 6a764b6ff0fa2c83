//! A feed as Atom (RFC 4287).

use std::io::{self, Write};

use jiff::Timestamp;

use super::digest::{Digest, DigestItem};
use super::xml::Xml;
use crate::format::clean::Clean;

/// Writes the feed.
pub fn write(digest: &Digest, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Xml::new(out)?;
    xml.nest("feed", &[("xmlns", "http://www.w3.org/2005/Atom")], |xml| {
        xml.own("id", &digest.urn())?;
        xml.text("title", &digest.title)?;
        xml.own("updated", &date(digest.updated))?;
        // For articles without an author.
        author(&digest.title, xml)?;
        if let Some(link) = &digest.link {
            xml.empty(
                "link",
                &[("rel", &Clean::label("alternate")), ("href", link)],
            )?;
        }
        xml.own("generator", concat!("newsdesk ", env!("CARGO_PKG_VERSION")))?;
        digest
            .items
            .iter()
            .try_for_each(|it| entry(it, digest.updated, xml))
    })
}

/// `at` is for an article without a date, since every entry must have one.
fn entry(item: &DigestItem, at: Timestamp, xml: &mut Xml<'_>) -> io::Result<()> {
    xml.nest("entry", &[], |xml| {
        xml.own("id", &item.urn())?;
        xml.text("title", &item.title)?;
        xml.own("updated", &date(item.changed().unwrap_or(at)))?;
        if let Some(published) = item.published {
            xml.own("published", &date(published.at))?;
        }
        match &item.authors[..] {
            [] if item.provider.is_empty() => {}
            [] => author(&item.provider, xml)?,
            authors => authors.iter().try_for_each(|it| author(it, xml))?,
        }
        for topic in &item.topics {
            xml.empty("category", &[("term", topic)])?;
        }
        if !item.excerpt.is_empty() {
            xml.text("summary", &item.excerpt)?;
        }
        match &item.link {
            Some(link) => xml.empty(
                "link",
                &[("rel", &Clean::label("alternate")), ("href", link)],
            ),
            // Without a link it must have content.
            None => xml.text("content", &item.excerpt),
        }
    })
}

fn author(name: &Clean, xml: &mut Xml<'_>) -> io::Result<()> {
    xml.nest("author", &[], |xml| xml.text("name", name))
}

/// As in RFC 3339, in UTC.
fn date(at: Timestamp) -> String {
    at.to_string()
}
