//! Articles as Markdown, and as a web page: `format::to_markdown` and `format::to_html` write the
//! text, this file what surrounds it.

use std::io::{self, Write};

use html_escape::encode_text;

use super::whole::whole;
use crate::format::clean::Clean;
use crate::format::to_html::{self, PAGE_END, page_start};
use crate::format::to_markdown::{self, escaped};
use crate::library::{ArticleRef, Shown};

/// An article, its title as the heading, and the names of its footnotes with `notes` before them.
pub fn markdown(
    article: ArticleRef<'_>,
    shown: &Shown,
    notes: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "# {}\n", Clean::new(&escaped(&shown.article.title)))?;
    write_text(
        &to_markdown::markdown_among(&whole(article, shown), notes),
        out,
    )
}

/// A web page with articles, begun with the first of them.
#[derive(Default)]
pub struct HtmlPage {
    is_begun: bool,
}

impl HtmlPage {
    fn begin(&mut self, title: &str, out: &mut dyn Write) -> io::Result<()> {
        if !std::mem::replace(&mut self.is_begun, true) {
            out.write_all(page_start(title).as_bytes())?;
        }
        Ok(())
    }

    /// Adds an article, with `notes` before the ids of its footnotes.
    pub fn article(
        &mut self,
        article: ArticleRef<'_>,
        shown: &Shown,
        notes: &str,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let title = Clean::new(shown.article.title.trim());
        self.begin(title.as_str(), out)?;
        let title = encode_text(title.as_str());
        writeln!(
            out,
            "<article>\n<h1 dir=\"auto\">{title}</h1>\n<div class=\"text\">"
        )?;
        write_text(&to_html::html_among(&whole(article, shown), notes), out)?;
        writeln!(out, "</div>\n</article>")
    }

    /// Ends the page.
    pub fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.begin("Articles", out)?;
        out.write_all(PAGE_END.as_bytes())
    }
}

/// Lines that were written with the text of an article, which is sanitised here.
fn write_text(text: &str, out: &mut dyn Write) -> io::Result<()> {
    text.lines()
        .try_for_each(|line| writeln!(out, "{}", Clean::new(line)))
}
