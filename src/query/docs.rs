//! `docs/queries.md`, made from the table of fields. A test fails when the file is not what the
//! table says.

use std::fmt::Write;

use super::fields::{FACTS, FIELDS, Field, PERIODS, SORTS, THINGS, WordRow};
use super::fold::FOLDS;

/// A query for a purpose.
pub struct Recipe {
    pub purpose: &'static str,
    pub query: &'static str,
}

/// Queries to start from.
#[rustfmt::skip]
pub const RECIPES: [Recipe; 10] = [
    Recipe { purpose: "What came in since yesterday about computer vision that is not published, best first", query: r#"topic:="Computer Vision" date:yesterday.. -is:published sort:-quality"# },
    Recipe { purpose: "Who wrote about lidar in spring 2021", query: "lidar date:2021-03..2021-05 sort:provider" },
    Recipe { purpose: "What is left to decide, newest first", query: "is:inbox sort:-date" },
    Recipe { purpose: "Good ones that have not been read", query: "quality>=70 is:unread -is:done sort:-quality" },
    Recipe { purpose: "About AI or robotics, but not in healthcare", query: "topic:ai,robotics -topic:healthcare" },
    Recipe { purpose: "A phrase in the title, or the words anywhere with that meaning", query: r#"title:"self driving" OR autonomous (car OR vehicle)"# },
    Recipe { purpose: "A name of which one is not sure how it is spelled", query: "~schroedinger" },
    Recipe { purpose: "Version numbers, by a regular expression", query: r"title:/gpt-?\d/" },
    Recipe { purpose: "Short videos of the last month", query: "kind:=video length<600 date:last-month" },
    Recipe { purpose: "What is incomplete: no image or no link, or something wrong in the file", query: "-has:image OR -has:link OR has:diagnostic" },
];

const INTRODUCTION: &str = "\
One language, the same wherever a query is asked for. A query is understood while it is typed; where it cannot be, \
the place is underlined and a sentence says what was expected.

## Words

| written | finds |
| --- | --- |
| `lidar` | a word that begins so, in title, excerpt, provider or topics; case and accents do not count |
| `lidar camera` | both |
| `lidar OR camera` | one of them at least; what stands side by side binds closer |
| `(lidar OR radar) camera` | parentheses |
| `-lidar`, `NOT lidar` | those without it |
| `\"machine learning\"` | the phrase, also in the middle of a word; `\\\"` is a quote in it |
| `/gpt-?\\d/` | a regular expression, by the text as it is written but for its case; `\\/` is a slash in it |
| `~lidr` | a word that differs by a letter, or by two if it is long |

In scripts without blanks between words, such as Chinese, Japanese or Thai, any character may begin one.

## Fields

A field takes its value right after the colon, and several with commas: any of them is enough. \
Texts take a word, a `\"phrase\"`, a `/regular expression/`, a `~word`, or with `=` the whole value: `topic:=AI`. \
Numbers take `50`, `>50`, `>=50`, `<50`, `<=50`, `10..50`, `10..`, `..50`, and no colon is needed: `quality>50`. \
Dates are described below. The names that JSON and front matter have for a field are understood too.

`meta.KEY:` asks for any other field of the front matter, by what its value is: a text (`meta.layout:post`), a number \
(`meta.weight>5`), a date (`meta.event:2024-05`), `true` or `false`; of a list any element, and with dots what stands in \
it (`meta.seo.index:false`). Case, `-` and `_` in the key do not count. `has:meta.KEY` finds those that have it. \
Like `body:` it has the files read, but only those that have the key; Tab completes the keys that there are.
";

const DATES: &str = "\
A period is a year (`2021`), a month (`2021-12`), a day (`2021-12-30`), a span before now (`12h`, `7d`, `2w`, `3m` months, \
`1y`), or one of the names below. Alone it finds what lies in it; `7d` is the last seven days.

- `>2021-06-01` is after it, `<2021-06-01` before it; with `=` it is included.
- `>7d` is older than seven days, `<7d` newer.
- `2021-01..2021-06` is from the beginning of the one to the end of the other; one of them can be left out.

Days begin at midnight where you are. An article that gives a day and no time counts as from the beginning of that day.
";

/// The page about queries, in Markdown.
pub fn queries_markdown() -> String {
    let mut page = String::from(
        "<!-- Made from src/query/fields.rs; to renew it: \
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
    words(&mut page, "Facts", Field::Is, FACTS);
    words(&mut page, "Things", Field::Has, THINGS);
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
    words(&mut page, "Order", Field::Sort, SORTS);
    page.push_str(
        "\nThe first key decides, the next where it does not: `sort:-quality,date`. `-` reverses a \
         key; what has no value comes last either way. Without `sort:` it is relevance where words \
         were given, else newest first.\n\n## Ten recipes\n",
    );
    for recipe in &RECIPES {
        let _ = write!(page, "\n{}:\n\n    {}\n", recipe.purpose, recipe.query);
    }
    page
}

fn folds(page: &mut String) {
    page.push_str(
        "\n## What does not count\n\nA word is the same as another where nothing else differs than this, \
         in queries and in what they highlight. Regular expressions see a text as it is written.\n\n\
         | what | written | is found by |\n| --- | --- | --- |\n",
    );
    for (what, written, folded) in FOLDS {
        // Characters that are not seen would not be seen here either.
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

fn words<T>(page: &mut String, heading: &str, field: Field, table: &[WordRow<T>]) {
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
    use std::path::Path;

    use super::*;
    use crate::query::parse;

    #[test]
    fn the_checked_in_page_is_what_the_table_says() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/queries.md");
        let made = queries_markdown();
        if std::env::var_os("NEWSDESK_BLESS").is_some() {
            std::fs::write(&path, &made).expect("docs/queries.md can be written");
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            kept.replace("\r\n", "\n") == made,
            "docs/queries.md is not what src/query/fields.rs says; renew it with \
             NEWSDESK_BLESS=1 cargo test --lib query::docs"
        );
    }

    #[test]
    fn every_recipe_is_a_query_as_it_prints() {
        for recipe in &RECIPES {
            let query = parse(recipe.query).expect(recipe.query);
            assert_eq!(query.to_string(), recipe.query);
        }
    }
}
