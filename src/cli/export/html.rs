//! A digest as a web page: a single file that loads nothing, runs nothing and does not report who
//! opens it.

use std::io::{self, Write};

use html_escape::{encode_double_quoted_attribute, encode_text};

use super::digest::{Digest, Item};

/// Forbids what the page does not contain anyway, in case a mail program adds it.
const HEAD: &str = "\
<meta charset=\"utf-8\">
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">
<meta name=\"referrer\" content=\"no-referrer\">
<meta name=\"viewport\" content=\"width=device-width\">
<meta name=\"color-scheme\" content=\"light dark\">
";

const STYLE: &str = "\
<style>
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.6rem }
h2 { font-size: 1.15rem; margin: 2rem 0 0 }
p { margin: .25rem 0 }
.facts { font-size: .875rem; opacity: .75 }
</style>
";

/// Writes the page.
pub fn write(digest: &Digest, out: &mut dyn Write) -> io::Result<()> {
    let title = encode_text(digest.title.as_str());
    write!(out, "<!doctype html>\n<html>\n<head>\n{HEAD}")?;
    write!(out, "<title>{title}</title>\n{STYLE}</head>\n<body>\n")?;
    writeln!(out, "<h1 dir=\"auto\">{title}</h1>")?;
    digest.items.iter().try_for_each(|it| item(it, out))?;
    writeln!(out, "</body>\n</html>")
}

fn item(item: &Item, out: &mut dyn Write) -> io::Result<()> {
    let title = encode_text(item.title.as_str());
    writeln!(out, "<article>")?;
    match &item.link {
        Some(link) => {
            let link = encode_double_quoted_attribute(link.as_str());
            writeln!(
                out,
                "<h2 dir=\"auto\"><a href=\"{link}\" rel=\"noopener noreferrer\">{title}</a></h2>"
            )?;
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
