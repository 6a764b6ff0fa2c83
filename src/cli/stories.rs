//! `newsdesk stories`: lists what several articles tell, and why they are one story.

use std::cmp::Reverse;
use std::io;

use serde_json::{Map, Value, json};

use super::args::{StoriesArgs, StoriesFormat};
use super::ask::{MarksNeeded, QueryOutput, ask};
use super::{CommandFailure, Exit, Streams, Surroundings, entry, grid, json as printed};
use crate::library::{ArticleId, Because, Story};

/// Prints the stories in which a query selects an article, in the order of the first such article.
pub fn run(
    args: &StoriesArgs,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<Exit, CommandFailure> {
    let asked = ask(
        &args.selection,
        // The marks say what a person joined and split.
        MarksNeeded::Always,
        surroundings,
        streams.err,
        |search, query, found| {
            let stories = search.stories()?;
            let sorted = search.sorted(query, found)?;
            let mut shown = stories.one_each(search.articles, &sorted, found);
            shown.retain(|id| stories.of(*id).is_some());
            shown.truncate(args.limit.map_or(usize::MAX, usize::from));
            Ok(shown)
        },
    )?;
    match args.format {
        StoriesFormat::Table => table(&asked, surroundings, streams)?,
        StoriesFormat::Json => {
            printed::array(stories(&asked).map(|it| object(it, &asked)), streams.out)?;
        }
    }
    asked.end(asked.answer.is_empty(), streams)
}

fn stories(asked: &QueryOutput<Vec<ArticleId>>) -> impl Iterator<Item = (ArticleId, &Story)> {
    // Already grouped for the answer.
    let stories = asked.library.articles().stories(&|| false);
    let shown = asked.answer.iter();
    shown.filter_map(move |id| Some((*id, stories?.of(*id)?)))
}

fn table(
    asked: &QueryOutput<Vec<ArticleId>>,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> io::Result<()> {
    let line = |(shown, story): (ArticleId, &Story)| {
        let article = asked.library.article(shown);
        let others = story.members.iter().filter(|it| it.article != shown);
        let others: Vec<&str> = others
            .map(|it| asked.library.article(it.article).provider())
            .filter(|it| !it.is_empty())
            .collect();
        vec![
            story.len().to_string(),
            article.provider().to_owned(),
            others.join(", "),
            article.title().into_owned(),
        ]
    };
    let lines: Vec<Vec<String>> = stories(asked).map(line).collect();
    let headings = ["ARTICLES", "PROVIDER", "ALSO TOLD BY", "TITLE"];
    grid::write(&headings, &lines, surroundings.stdout, streams.out)
}

fn object((shown, story): (ArticleId, &Story), asked: &QueryOutput<Vec<ArticleId>>) -> Value {
    let article = |id: ArticleId| asked.library.article(id);
    let members = story.members.iter().map(|member| {
        let mut entry: Map<String, Value> = entry::listed(article(member.article));
        entry.retain(|name, _| NAMES.contains(&name.as_str()));
        entry.insert("because".to_owned(), json!(because(member.because)));
        if let Because::Alike(Reverse(percent)) = member.because {
            entry.insert("alike".to_owned(), json!(percent));
        }
        Value::Object(entry)
    });
    json!({
        "id": article(story.lead).key().to_string(),
        "title": article(shown).title(),
        "articles": members.collect::<Vec<Value>>(),
    })
}

/// The fields of an article that say who told it, and when.
const NAMES: [&str; 6] = [
    "id",
    "path",
    "title",
    "publishedDateTime",
    "originalUrl",
    "provider",
];

fn because(because: Because) -> &'static str {
    match because {
        Because::Leads => "leads",
        Because::Joined => "joined",
        Because::SamePage => "same page",
        Because::Related => "related",
        Because::Alike(_) => "near-duplicate",
    }
}
