//! An article as text, to read: `format::wrap` turns blocks into lines.

use std::io::{self, Write};

use super::facts::facts;
use crate::format::body::{Markup, body};
use crate::format::clean::Clean;
use crate::format::line::{Line, TextRole};
use crate::format::wrap;
use crate::library::{ArticleRef, Shown};
use crate::model::Article;

/// Title, facts, excerpt, body and related entries, separated by empty lines.
pub fn text(
    article: ArticleRef<'_>,
    shown: &Shown,
    columns: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let said = &shown.article;
    let document = body(Markup::from_path(&article.path()), &shown.body).without_title(&said.title);
    let parts = [
        [
            wrap::text(&said.title, columns, TextRole::Title),
            wrap::text(&facts(shown), columns, TextRole::Faint),
            address(said.urls.original()),
        ]
        .concat(),
        wrap::text(&said.excerpt, columns, TextRole::Text),
        wrap::document(&document, columns),
        related(said, columns),
    ];
    let mut is_first = true;
    for part in parts.iter().filter(|part| !part.is_empty()) {
        if !is_first {
            writeln!(out)?;
        }
        is_first = false;
        for line in part {
            write_line(line, out)?;
        }
    }
    Ok(())
}

fn related(article: &Article, columns: usize) -> Vec<Line> {
    let entries = article.related.iter().flat_map(|related| {
        [
            wrap::text(&format!("• {}", related.title), columns, TextRole::Text),
            address(related.urls.original()),
        ]
    });
    let entries: Vec<Line> = entries.flatten().collect();
    if entries.is_empty() {
        return entries;
    }
    [wrap::text("Related", columns, TextRole::Heading), entries].concat()
}

/// Never wrapped, so that it can be copied.
fn address(url: Option<&str>) -> Vec<Line> {
    let mut line = Line::new();
    line.push(Clean::new(url.unwrap_or_default()), TextRole::Link);
    Vec::from_iter((!line.is_blank()).then_some(line))
}

fn write_line(line: &Line, out: &mut dyn Write) -> io::Result<()> {
    let text: String = line.runs.iter().map(|run| run.text.as_str()).collect();
    writeln!(out, "{}", text.trim_end())
}
