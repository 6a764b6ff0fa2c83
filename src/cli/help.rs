//! `newsdesk help`: help on a command (the same as `--help`), on the query language and on the
//! configuration.

use std::ffi::OsString;
use std::io::{self, Write};

use super::args::{Args, HelpArgs, HelpTopic, answer};
use super::{CommandFailure, Exit, Streams, Surroundings};
use crate::config::COMMENTED;
use crate::query::docs::RECIPES;
use crate::query::fields::{FACTS, FIELDS, PERIODS, SORTS, THINGS, WordRow};

/// Query syntax, besides the fields.
#[rustfmt::skip]
const WORDS: [(&str, &str); 7] = [
    ("lidar", "a word that starts with this, in title, excerpt, provider or topics"),
    ("\"machine learning\"", "a phrase"),
    (r"/gpt-?\d/", "a regular expression"),
    ("~lidr", "a word spelled almost like this"),
    ("lidar camera", "both"),
    ("lidar OR camera", "either or both; parentheses group"),
    ("-lidar, NOT lidar", "articles without it"),
];

/// Prints the help of a topic, or of the program.
pub fn run(
    args: &HelpArgs,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<Exit, CommandFailure> {
    let name = match &args.topic {
        Some(HelpTopic::Query) => {
            query(streams.out)?;
            return Ok(Exit::Clean);
        }
        Some(HelpTopic::Config) => {
            streams.out.write_all(COMMENTED.as_bytes())?;
            return Ok(Exit::Clean);
        }
        Some(HelpTopic::Command(name)) => Some(name.as_str()),
        None => None,
    };
    let arguments = ["newsdesk"].into_iter().chain(name).chain(["--help"]);
    match Args::read(arguments.map(OsString::from)) {
        Err(help) => answer(&help, surroundings, streams),
        Ok(_) => Ok(Exit::Clean),
    }
}

/// Prints the query language, from the tables that the parser uses.
fn query(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "Words; case and accents are ignored")?;
    rows(WORDS.map(|(word, about)| [word.into(), about.into()]), out)?;
    writeln!(
        out,
        "\nFields; the value follows the colon without a space, commas separate alternatives"
    )?;
    rows(
        FIELDS.iter().map(|row| {
            let about = format!("{}: {}", row.about, row.example);
            [format!("{}:", row.name), about]
        }),
        out,
    )?;
    table("is:", FACTS, out)?;
    table("has:", THINGS, out)?;
    table("sort:, several separated by commas", SORTS, out)?;
    table(
        "Dates: 2021, 2021-12, 2021-12-30, >2021-06-01, 2021-01..2021-06, 12h, 7d, >7d, and",
        PERIODS,
        out,
    )?;
    writeln!(out, "\nExamples")?;
    for recipe in &RECIPES {
        writeln!(out, "  {}\n      {}", recipe.purpose, recipe.query)?;
    }
    Ok(())
}

fn table<T>(heading: &str, table: &[WordRow<T>], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n{heading}")?;
    let row = |row: &WordRow<T>| [row.word.to_owned(), row.about.to_owned()];
    rows(table.iter().map(row), out)
}

fn rows(rows: impl IntoIterator<Item = [String; 2]>, out: &mut dyn Write) -> io::Result<()> {
    for [word, about] in rows {
        writeln!(out, "  {word:<20}{about}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    #[test]
    fn every_word_of_the_help_is_a_query() {
        for (words, _) in WORDS {
            for word in words.split(", ") {
                assert!(parse(word).is_ok(), "{word}");
            }
        }
    }

    #[test]
    fn every_field_and_every_word_of_a_field_is_in_it() {
        let mut out = Vec::new();
        query(&mut out).expect("a vector takes everything");
        let text = String::from_utf8(out).expect("UTF-8");
        let first: Vec<&str> = text
            .lines()
            .filter_map(|it| it.split("  ").nth(1))
            .collect();
        for row in FIELDS {
            assert!(first.contains(&&*format!("{}:", row.name)), "{}", row.name);
        }
        let words = FACTS
            .iter()
            .map(|it| it.word)
            .chain(THINGS.iter().map(|it| it.word));
        let words = words.chain(SORTS.iter().map(|it| it.word));
        for word in words.chain(PERIODS.iter().map(|it| it.word)) {
            assert!(first.contains(&word), "{word}");
        }
    }
}
