//! `newsdesk show`: prints articles to read, for a pager, a pipe or a test.

use super::args::{ShowArgs, ShowFormat};
use super::ask::{Marks, ask};
use super::{Exit, Failure, Streams, Surroundings, note};
use crate::config::Config;
use crate::library::read_article;
use crate::output::{Articles, Form};

/// Prints the selected articles one after another.
pub fn run(
    args: &ShowArgs,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<Exit, Failure> {
    let (form, marks) = match args.format {
        ShowFormat::Text => (Form::Text, Marks::IfAskedFor),
        ShowFormat::Markdown => (Form::Markdown, Marks::IfAskedFor),
        ShowFormat::Html => (Form::Html, Marks::IfAskedFor),
        ShowFormat::Json => (Form::Json, Marks::Always),
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
    let mut articles = Articles::new(form, columns, streams.out);
    for id in &asked.answer {
        let article = asked.library.article(*id);
        match read_article(article) {
            Ok(shown) => {
                let mark = asked.marks.get(id).cloned().unwrap_or_default();
                articles.write(article, &shown, &mark)?;
            }
            Err(error) => {
                let sentence = format!("{}: {error}", article.path().display());
                note(streams.err, &sentence)?;
            }
        }
    }
    articles.finish()?;
    asked.end(asked.answer.is_empty(), streams)
}

/// The terminal's columns, as far as text is wrapped in the reader.
fn comfortable(surroundings: &Surroundings) -> usize {
    let measure = Config::load_leniently(&surroundings.places).text_width;
    surroundings.columns().min(usize::from(measure.columns()))
}
