//! Completion of the word at the cursor: query words and existing values, tags, commands. The line
//! itself is edited elsewhere.

use roaring::RoaringBitmap;

use super::bulk::COMMANDS;
use super::context::Cx;
use crate::query::complete::{Candidate, Completion, complete};
use crate::query::fold;

/// Most candidates offered at once.
const CANDIDATES: usize = 40;

/// Completes a query at the cursor.
pub fn query(text: &str, cursor: usize, cx: Cx<'_>) -> Completion {
    let articles = cx.catalog.library().articles();
    complete(text, cursor, articles, cx.marks.sets(), CANDIDATES)
}

/// Completes a tag with those in use.
pub fn tag(text: &str, cursor: usize, cx: Cx<'_>) -> Completion {
    let separates = |sign: char| sign == ',' || sign.is_whitespace();
    let start = text[..cursor].rfind(separates).map_or(0, |at| at + 1);
    let start = start + usize::from(text[start..cursor].starts_with(['-', '+']));
    let typed = fold(&text[start..cursor]);
    let tags = cx.marks.sets().tags.iter();
    let tags = tags.filter(|(name, _)| fold(name).starts_with(&typed));
    let candidate = |(name, set): &(String, RoaringBitmap)| Candidate {
        text: name.clone(),
        count: Some(set.len()),
        about: None,
    };
    Completion {
        at: start..cursor,
        candidates: tags.map(candidate).take(CANDIDATES).collect(),
    }
}

/// Fields that are often edited, by their front matter names.
const EDITED: [&str; 9] = [
    "title",
    "excerpt",
    "category",
    "quality",
    "heat",
    "topics",
    "tags",
    "categories",
    "author",
];

/// Completes a field in the first word, and existing topics after it.
pub fn file_field(text: &str, cursor: usize, cx: Cx<'_>) -> Completion {
    let start = text[..cursor]
        .rfind([' ', '+', '-', ','])
        .map_or(0, |at| at + 1);
    let typed = fold(&text[start..cursor]);
    let candidate = |text: String, count| Candidate {
        text,
        count,
        about: None,
    };
    let candidates = if text[..start].trim().is_empty() {
        let fields = EDITED.iter().filter(|it| it.starts_with(&typed));
        fields.map(|it| candidate(format!("{it} "), None)).collect()
    } else {
        let topics = cx.catalog.library().articles().topics();
        let values = topics.numbers().filter_map(|number| {
            let name = topics.name(number);
            let count = topics.articles(number)?.len();
            let begins = count > 0 && fold(name).starts_with(&typed);
            begins.then(|| candidate(name.to_owned(), Some(count)))
        });
        values.take(CANDIDATES).collect()
    };
    Completion {
        at: start..cursor,
        candidates,
    }
}

/// Completes the command in the first word, and a query after it.
pub fn command(text: &str, cursor: usize, cx: Cx<'_>) -> Completion {
    let first = text[..cursor].trim_start();
    if first.contains(char::is_whitespace) {
        return query(text, cursor, cx);
    }
    let commands = COMMANDS.iter().filter(|(word, _)| word.starts_with(first));
    let candidate = |(word, about): &(&'static str, &'static str)| Candidate {
        text: format!("{word} "),
        count: None,
        about: Some(about),
    };
    Completion {
        at: cursor - first.len()..cursor,
        candidates: commands.map(candidate).collect(),
    }
}
