//! `newsdesk show`: prints articles to read, for a pager, a pipe or a test.

use super::args::{ShowArgs, ShowFormat};
use super::ask::{MarksNeeded, ask};
use super::{CommandFailure, Exit, Streams, Surroundings, note};
use crate::config::Config;
use crate::library::read_article;
use crate::output::{ArticleWriter, OutputForm};

/// Prints the selected articles one after another.
pub fn run(
    args: &ShowArgs,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<Exit, CommandFailure> {
    let (form, marks) = match args.format {
        ShowFormat::Text => (OutputForm::Text, MarksNeeded::IfAskedFor),
        ShowFormat::Markdown => (OutputForm::Markdown, MarksNeeded::IfAskedFor),
        ShowFormat::Html => (OutputForm::Html, MarksNeeded::IfAskedFor),
        ShowFormat::Json => (OutputForm::Json, MarksNeeded::Always),
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
    let mut articles = ArticleWriter::new(form, columns, streams.out);
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
