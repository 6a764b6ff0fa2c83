//! Generates `docs/queries.md` from the table of fields. A test fails when the checked-in file is
//! out of date.

use std::fmt::Write;

use super::fields::{FACTS, FIELDS, PERIODS, QueryField, SORTS, THINGS, WordRow};
use crate::format::fold::FOLDS;

/// An example query and what it is for.
pub struct Recipe {
    pub purpose: &'static str,
    pub query: &'static str,
}

/// Queries to start from.
#[rustfmt::skip]
pub const RECIPES: [Recipe; 10] = [
    Recipe { purpose: "Unpublished articles about computer vision since yesterday, best first", query: r#"topic:="Computer Vision" date:yesterday.. -is:published sort:-quality"# },
    Recipe { purpose: "Who wrote about lidar in spring 2021", query: "lidar date:2021-03..2021-05 sort:provider" },
    Recipe { purpose: "Everything left to decide, newest first", query: "is:inbox sort:-date" },
    Recipe { purpose: "Good articles that you have not read", query: "quality>=70 is:unread -is:done sort:-quality" },
    Recipe { purpose: "About AI or robotics, but not in healthcare", query: "topic:ai,robotics -topic:healthcare" },
    Recipe { purpose: "A phrase in the title, or words of the same meaning anywhere", query: r#"title:"self driving" OR autonomous (car OR vehicle)"# },
    Recipe { purpose: "A name whose spelling you are not sure of", query: "~schroedinger" },
    Recipe { purpose: "Version numbers, by a regular expression", query: r"title:/gpt-?\d/" },
    Recipe { purpose: "Short videos from last month", query: "kind:=video length<600 date:last-month" },
    Recipe { purpose: "Incomplete articles: no image, no link, or problems in the file", query: "-has:image OR -has:link OR has:diagnostic" },
];

const INTRODUCTION: &str = "\
There is one query language, the same everywhere. A query is parsed as you type; if it is not valid, the mistake is \
underlined and a message says what was expected.

## Words

| written | finds |
| --- | --- |
| `lidar` | a word that starts with this, in title, excerpt, provider or topics; case and accents are ignored |
| `lidar camera` | both |
| `lidar OR camera` | either or both; words side by side bind more tightly |
| `(lidar OR radar) camera` | parentheses group |
| `-lidar`, `NOT lidar` | articles without it |
| `\"machine learning\"` | the phrase, even in the middle of a word; write `\\\"` for a quote. Inside a word, as in `צה\"ל`, a quote is text |
| `/gpt-?\\d/` | a regular expression, matched against the text as written, ignoring case; write `\\/` for a slash |
| `~lidr` | a word that differs by one letter, or by two if it is long |

In scripts without spaces between words, such as Chinese, Japanese or Thai, a word may start at any character.

## Fields

A value follows the colon without a space; of several values, separated by commas, any one is enough. \
Text fields take a word, a `\"phrase\"`, a `/regular expression/`, a `~word`, or with `=` the whole value: `topic:=AI`. \
Numbers take `50`, `>50`, `>=50`, `<50`, `<=50`, `10..50`, `10..`, `..50`, and need no colon: `quality>50`. \
Dates are described below. The names of fields in JSON and front matter work too.

`meta.KEY:` looks at any other field of the front matter, according to the type of its value: text (`meta.layout:post`), \
a number (`meta.weight>5`), a date (`meta.event:2024-05`), `true` or `false`. In a list, any element counts; dots lead into \
nested fields (`meta.seo.index:false`). Case, `-` and `_` in the key do not count. `has:meta.KEY` finds articles \
that have the key. Like `body:` it reads files, but only those that have the key; Tab completes existing keys, and \
the values seen in files that earlier queries read.
";

const DATES: &str = "\
A period is a year (`2021`), a month (`2021-12`), a day (`2021-12-30`), a span before now (`12h`, `7d`, `2w`, `3m` months, \
`1y`), or one of the names below. On its own it finds everything in that period; `7d` is the last seven days.

- `>2021-06-01` is after it, `<2021-06-01` before it; with `=` it is included.
- `>7d` is older than seven days, `<7d` newer.
- `2021-01..2021-06` is from the start of the first to the end of the second; either can be left out.

Days start at midnight in your time zone. An article with a date but no time counts from the start of that day.
";

/// The page about queries, in Markdown.
pub fn queries_markdown() -> String {
    let mut page = String::from(
        "<!-- Generated from src/query/fields.rs; to regenerate: \
         NEWSDESK_BLESS=1 cargo test --lib query::docs -->\n\n# Queries\n\n",
    );
    page.push_str(INTRODUCTION);
    page.push_str("\n| field | also | looks at | example |\n| --- | --- | --- | --- |\n");
    for row in FIELDS {
        // Writing to a string cannot fail.
        let _ = writeln!(
            page,
            "| `{}:` | {} | {} | `{}` |",
            row.name,
            row.json
                .map(|name| format!("`{name}:`"))
                .unwrap_or_default(),
            row.about,
            row.example
        );
    }
    words(&mut page, "Facts", QueryField::Is, FACTS);
    words(&mut page, "Things", QueryField::Has, THINGS);
    page.push_str("\n## Dates\n\n");
    page.push_str(DATES);
    page.push_str("\n| name | period |\n| --- | --- |\n");
    for row in PERIODS {
        let hyphened = row.word.replace(' ', "-");
        let name = match row.word.contains(' ') {
            true => format!("`\"{}\"`, `{hyphened}`", row.word),
            false => format!("`{}`", row.word),
        };
        let _ = writeln!(page, "| {name} | {} |", row.about);
    }
    folds(&mut page);
    words(&mut page, "Order", QueryField::Sort, SORTS);
    page.push_str(
        "\nThe first key decides, the next one breaks ties: `sort:-quality,date`. `-` reverses a \
         key; articles without a value come last either way. Without `sort:`, queries with words are \
         sorted by relevance, all others newest first.\n\n## Ten recipes\n",
    );
    for recipe in &RECIPES {
        let _ = write!(page, "\n{}:\n\n    {}\n", recipe.purpose, recipe.query);
    }
    page
}

fn folds(page: &mut String) {
    page.push_str(
        "\n## What is ignored\n\nWords that differ only in these ways count as the same, both in searching and in \
         highlighting. Regular expressions see the text as written.\n\n\
         | what | written | is found by |\n| --- | --- | --- |\n",
    );
    for (what, written, folded) in FOLDS {
        // Named, since invisible characters would be invisible here too.
        let written: String = written.chars().map(named).collect();
        // Writing to a string cannot fail.
        let _ = writeln!(page, "| {what} | {written} | {folded} |");
    }
}

fn named(sign: char) -> String {
    match sign {
        '\u{a0}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{3000}' => {
            format!("(U+{:04X})", u32::from(sign))
        }
        sign => sign.to_string(),
    }
}

fn words<T>(page: &mut String, heading: &str, field: QueryField, table: &[WordRow<T>]) {
    // Writing to a string cannot fail.
    let _ = write!(
        page,
        "\n## {heading}\n\n| `{field}:` | means |\n| --- | --- |\n"
    );
    for row in table {
        let _ = writeln!(page, "| `{}` | {} |", row.word, row.about);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::current::assert_current;
    use crate::query::parse;

    #[test]
    fn the_checked_in_page_is_what_the_table_says() {
        assert_current("docs/queries.md", "query::docs", |_| queries_markdown());
    }

    #[test]
    fn every_recipe_is_a_query_as_it_prints() {
        for recipe in &RECIPES {
            let query = parse(recipe.query).expect(recipe.query);
            assert_eq!(query.to_string(), recipe.query);
        }
    }
}
