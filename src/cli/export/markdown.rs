//! A digest in Markdown (CommonMark), in which no text of an article can become markup.

use std::io::{self, Write};

use super::digest::{Digest, DigestItem};
use crate::format::clean::Clean;
use crate::format::to_markdown::{destination, escaped};

/// Writes the digest.
pub fn write(digest: &Digest, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {}", escaped(digest.title.as_str()))?;
    digest.items.iter().try_for_each(|it| item(it, out))
}

fn item(item: &DigestItem, out: &mut dyn Write) -> io::Result<()> {
    let title = escaped(item.title.as_str());
    let link = item.link.as_ref();
    match link.and_then(|link| destination(link.as_str())) {
        Some(link) => writeln!(out, "\n## [{title}]({link})")?,
        None => writeln!(out, "\n## {title}")?,
    }
    for text in [Clean::new(&item.facts()), item.excerpt.clone()] {
        if !text.is_empty() {
            writeln!(out, "\n{}", escaped(text.as_str()))?;
        }
    }
    Ok(())
}
