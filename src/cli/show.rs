//! `newsdesk show`: prints articles to read, for a pager, a pipe or a test. `format::wrap` turns
//! blocks into lines, `format::to_markdown` and `format::to_html` into text with markup.

mod whole;

use std::io::{self, Write};

use html_escape::encode_text;
use jiff::Timestamp;
use serde_json::json;
use whole::whole;

use super::args::{ShowArgs, ShowFormat};
use super::ask::{Marks, ask};
use super::{Exit, Failure, Streams, Surroundings, entry, json as printed, note};
use crate::config::Config;
use crate::format::body::{Markup, body};
use crate::format::clean::Clean;
use crate::format::line::{Line, Role};
use crate::format::to_html::{self, PAGE_END, page_start};
use crate::format::to_markdown::{self, escaped};
use crate::format::wrap;
use crate::library::{ArticleRef, Shown, read_shown};
use crate::model::{Article, Mark};

/// Prints the selected articles one after another.
pub fn run(
    args: &ShowArgs,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<Exit, Failure> {
    let marks = match args.format {
        ShowFormat::Text | ShowFormat::Markdown | ShowFormat::Html => Marks::IfAskedFor,
        ShowFormat::Json => Marks::Always,
    };
    let asked = ask(
        &args.selection,
        marks,
        surroundings,
        streams.err,
        |search, query, found| Ok(search.sorted(query, found)?),
    )?;
    let columns = args
        .width
        .map_or_else(|| comfortable(surroundings), usize::from);
    let mut html = HtmlPage::default();
    for (at, id) in asked.answer.iter().enumerate() {
        let article = asked.library.article(*id);
        let shown = match read_shown(&article.path()) {
            Ok(shown) => shown,
            Err(error) => {
                let sentence = format!("{}: {error}", article.path().display());
                note(streams.err, &sentence)?;
                continue;
            }
        };
        match args.format {
            ShowFormat::Text => {
                if at > 0 {
                    writeln!(streams.out, "\n{}\n", "─".repeat(columns))?;
                }
                text(article, &shown, columns, streams.out)?;
            }
            ShowFormat::Markdown => {
                if at > 0 {
                    writeln!(streams.out, "\n***\n")?;
                }
                markdown(article, &shown, streams.out)?;
            }
            ShowFormat::Html => html.article(article, &shown, streams.out)?,
            ShowFormat::Json => {
                let mark = asked.marks.get(id).cloned().unwrap_or_default();
                object(article, &shown, &mark, streams.out)?;
            }
        }
    }
    if args.format == ShowFormat::Html {
        html.finish(streams.out)?;
    }
    asked.end(asked.answer.is_empty(), streams)
}

/// The terminal's columns, as far as text is wrapped in the reader.
fn comfortable(surroundings: &Surroundings) -> usize {
    let measure = Config::load_leniently(&surroundings.places).text_width;
    surroundings.columns().min(usize::from(measure.columns()))
}

fn markdown(article: ArticleRef<'_>, shown: &Shown, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {}\n", Clean::new(&escaped(&shown.article.title)))?;
    write_text(&to_markdown::markdown(&whole(article, shown)), out)
}

/// A web page with articles, begun with the first of them.
#[derive(Default)]
struct HtmlPage {
    is_begun: bool,
}

impl HtmlPage {
    fn begin(&mut self, title: &str, out: &mut dyn Write) -> io::Result<()> {
        if !std::mem::replace(&mut self.is_begun, true) {
            out.write_all(page_start(title).as_bytes())?;
        }
        Ok(())
    }

    fn article(
        &mut self,
        article: ArticleRef<'_>,
        shown: &Shown,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let title = Clean::new(shown.article.title.trim());
        self.begin(title.as_str(), out)?;
        let title = encode_text(title.as_str());
        writeln!(
            out,
            "<article>\n<h1 dir=\"auto\">{title}</h1>\n<div class=\"text\">"
        )?;
        write_text(&to_html::html(&whole(article, shown)), out)?;
        writeln!(out, "</div>\n</article>")
    }

    fn finish(mut self, out: &mut dyn Write) -> io::Result<()> {
        self.begin("Articles", out)?;
        out.write_all(PAGE_END.as_bytes())
    }
}

/// Lines that were written with the text of an article, which is sanitised here.
fn write_text(text: &str, out: &mut dyn Write) -> io::Result<()> {
    text.lines()
        .try_for_each(|line| writeln!(out, "{}", Clean::new(line)))
}

/// Title, facts, excerpt, body and related entries, separated by empty lines.
fn text(
    article: ArticleRef<'_>,
    shown: &Shown,
    columns: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let said = &shown.article;
    let document = body(Markup::from_path(&article.path()), &shown.body).without_title(&said.title);
    let parts = [
        [
            wrap::text(&said.title, columns, Role::Title),
            wrap::text(&facts(shown), columns, Role::Faint),
            address(said.urls.original()),
        ]
        .concat(),
        wrap::text(&said.excerpt, columns, Role::Text),
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

/// Who published it, when, what kind it is, and what its site does with it.
fn facts(shown: &Shown) -> String {
    let article = &shown.article;
    let day = article
        .published_at
        .map(|moment| moment.at.strftime("%-d %b %Y").to_string());
    let facts = [
        Some(article.provider.label().to_owned()),
        day,
        article.kind.clone(),
        Some(article.topics.join(", ")),
    ];
    let publication = shown.ruling.words(Timestamp::now());
    let facts: Vec<String> = facts
        .into_iter()
        .flatten()
        .chain(publication)
        .filter(|fact| !fact.is_empty())
        .collect();
    facts.join(" · ")
}

fn related(article: &Article, columns: usize) -> Vec<Line> {
    let entries = article.related.iter().flat_map(|related| {
        [
            wrap::text(&format!("• {}", related.title), columns, Role::Text),
            address(related.urls.original()),
        ]
    });
    let entries: Vec<Line> = entries.flatten().collect();
    if entries.is_empty() {
        return entries;
    }
    [wrap::text("Related", columns, Role::Heading), entries].concat()
}

/// Never wrapped, so that it can be copied.
fn address(url: Option<&str>) -> Vec<Line> {
    let mut line = Line::new();
    line.push(Clean::new(url.unwrap_or_default()), Role::Link);
    Vec::from_iter((!line.is_blank()).then_some(line))
}

fn write_line(line: &Line, out: &mut dyn Write) -> io::Result<()> {
    let text: String = line.runs.iter().map(|run| run.text.as_str()).collect();
    writeln!(out, "{}", text.trim_end())
}

/// The article's entry, with the text of the file.
fn object(
    article: ArticleRef<'_>,
    shown: &Shown,
    mark: &Mark,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let mut object = entry::whole(article).unwrap_or_else(|_| entry::listed(article));
    object.insert(entry::MARKS.to_owned(), entry::marks(mark));
    object.insert("body".to_owned(), json!(shown.body));
    printed::write(&object, out)?;
    writeln!(out)?;
    Ok(())
}
