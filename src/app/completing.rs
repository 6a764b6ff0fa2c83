//! Completion of the word at the cursor: query words and existing values, tags, commands. The line
//! itself is edited elsewhere.

use roaring::RoaringBitmap;

use super::context::Cx;
use crate::command::{self, LineArgument};
use crate::format::fold::fold;
use crate::query::complete::{Candidate, Completion, KnownValues, complete};
use crate::query::fields::{SORTS, SortBy};
use crate::query::{Direction, SortKey};

/// Maximum number of candidates offered at once.
const CANDIDATES: usize = 40;

/// Completes a query at the cursor.
pub fn query(text: &str, cursor: usize, cx: Cx<'_>) -> Completion {
    let values = KnownValues {
        articles: cx.catalog.library().articles(),
        marks: cx.marks.sets(),
        seen: cx.catalog.seen(),
    };
    complete(text, cursor, values, CANDIDATES)
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

/// Completes the command in the first word, and what it takes after it.
pub fn command(text: &str, cursor: usize, cx: Cx<'_>) -> Completion {
    let first = text[..cursor].trim_start();
    match first.split_once(char::is_whitespace) {
        Some((word, rest)) => argument(word, cursor - rest.len(), text, cursor, cx),
        None => {
            let words = command::words().filter(|(word, _)| word.starts_with(first));
            let candidate = |(word, about): (&'static str, &'static str)| Candidate {
                text: format!("{word} "),
                count: None,
                about: Some(about),
            };
            Completion {
                at: cursor - first.len()..cursor,
                candidates: words.map(candidate).collect(),
            }
        }
    }
}

/// Completes what a command takes, which begins at `start`.
fn argument(word: &str, start: usize, text: &str, cursor: usize, cx: Cx<'_>) -> Completion {
    match command::takes(word) {
        None
        | Some(
            LineArgument::Letters(_)
            | LineArgument::Line
            | LineArgument::Program
            | LineArgument::Pipe
            | LineArgument::File
            | LineArgument::Words,
        ) => Completion::default(),
        Some(LineArgument::Order) => {
            let orders = SORTS.iter().map(|row| (row.word, first(row.value)));
            last_word(
                text,
                cursor,
                orders.chain([("default", "the default order")]),
            )
        }
        Some(LineArgument::View) => {
            let views = cx.env.views.iter().map(|view| view.name.as_str());
            name(&text[start..cursor], start, views)
        }
        Some(LineArgument::Library) => {
            let libraries = cx.env.config.libraries.iter();
            let names = libraries.map(|it| it.name.as_str());
            name(&text[start..cursor], start, names)
        }
        Some(LineArgument::Tag) => tag(text, cursor, cx),
        Some(LineArgument::Field) => {
            let of_rest = file_field(&text[start..], cursor - start, cx);
            Completion {
                at: of_rest.at.start + start..of_rest.at.end + start,
                ..of_rest
            }
        }
        Some(
            LineArgument::Articles(_)
            | LineArgument::Until
            | LineArgument::Note
            | LineArgument::Narrowing
            | LineArgument::Query,
        ) => query(text, cursor, cx),
    }
}

/// Completes a name, which may have blanks in it and begins at `start`.
fn name<'a>(typed: &str, start: usize, names: impl Iterator<Item = &'a str>) -> Completion {
    let cursor = start + typed.len();
    let typed = fold(typed.trim_start());
    let candidate = |text: &str| Candidate {
        text: text.to_owned(),
        count: None,
        about: None,
    };
    Completion {
        at: start..cursor,
        candidates: names
            .filter(|name| fold(name).starts_with(&typed))
            .map(candidate)
            .collect(),
    }
}

/// What comes first in an order without a sign.
fn first(by: SortBy) -> &'static str {
    match SortKey::best_first(by).direction {
        Direction::Natural => "in order; - reverses it",
        Direction::Reversed => "highest or newest first; + reverses it",
    }
}

/// Completes the word at the cursor with one of these.
fn last_word(
    text: &str,
    cursor: usize,
    words: impl Iterator<Item = (&'static str, &'static str)>,
) -> Completion {
    let separates = |sign: char| matches!(sign, ' ' | ',' | '+' | '-');
    let start = text[..cursor].rfind(separates).map_or(0, |at| at + 1);
    let typed = &text[start..cursor];
    let candidate = |(word, about): (&'static str, &'static str)| Candidate {
        text: word.to_owned(),
        count: None,
        about: Some(about),
    };
    Completion {
        at: start..cursor,
        candidates: words
            .filter(|(word, _)| word.starts_with(typed))
            .map(candidate)
            .collect(),
    }
}
