//! A digest as a web page: a single file that loads nothing, runs nothing and does not report who
//! opens it.

use std::io::{self, Write};

use html_escape::encode_text;

use super::digest::{Digest, DigestItem};
use crate::format::to_html::{PAGE_END, anchor, page_start};

/// Writes the page.
pub fn write(digest: &Digest, out: &mut dyn Write) -> io::Result<()> {
    let title = encode_text(digest.title.as_str());
    out.write_all(page_start(digest.title.as_str()).as_bytes())?;
    writeln!(out, "<h1 dir=\"auto\">{title}</h1>")?;
    digest.items.iter().try_for_each(|it| item(it, out))?;
    out.write_all(PAGE_END.as_bytes())
}

fn item(item: &DigestItem, out: &mut dyn Write) -> io::Result<()> {
    let title = encode_text(item.title.as_str());
    writeln!(out, "<article>")?;
    match &item.link {
        Some(link) => {
            let title = anchor(link, &title);
            writeln!(out, "<h2 dir=\"auto\">{title}</h2>")?;
        }
        None => writeln!(out, "<h2 dir=\"auto\">{title}</h2>")?,
    }
    let facts = item.facts();
    if !facts.is_empty() {
        writeln!(
            out,
            "<p class=\"facts\" dir=\"auto\">{}</p>",
            encode_text(&facts)
        )?;
    }
    if !item.excerpt.is_empty() {
        let excerpt = encode_text(item.excerpt.as_str());
        writeln!(out, "<p dir=\"auto\">{excerpt}</p>")?;
    }
    writeln!(out, "</article>")
}
