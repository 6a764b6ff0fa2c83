//! Checks the text of a configuration file against the table of keys: reports every unknown key,
//! and every value that a key does not take, with its place and what was probably meant.

use std::fmt;
use std::ops::{Range, RangeInclusive};

use toml_edit::{Document, Item, TableLike, Value};

use super::keys::OutputUse;
use super::table::{ConfigRow, TABLE, ValueKind, names};
use crate::format::nearest::nearest;

/// The keys of a program that a key is bound to.
const PROGRAM: [&str; 2] = ["run", "output"];

/// Something wrong in a configuration file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Counted from 1.
    pub line: usize,
    /// In characters, counted from 1.
    pub column: usize,
    pub reason: String,
    /// The path of names to it; empty if the text is not TOML.
    pub(super) way: Vec<String>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "line {}, column {}: {}",
            self.line, self.column, self.reason
        )
    }
}

/// All problems of a text, in order; if it is not TOML, only the first.
pub fn problems(text: &str) -> Vec<Problem> {
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err(error) => return vec![Problem::new(text, error.span(), error.message())],
    };
    let mut check = Check {
        text,
        way: Vec::new(),
        found: Vec::new(),
    };
    check.table(document.as_table());
    check.found.sort_by_key(|it| (it.line, it.column));
    check.found
}

impl Problem {
    /// A problem with the value that a path of names leads to.
    pub fn with(text: &str, way: &[&str], reason: &str) -> Self {
        let document = Document::parse(text).ok();
        let mut item = document.as_ref().map(|it| it.as_item());
        for name in way {
            item = item.and_then(|it| it.as_table_like()?.get(name));
        }
        Self::new(text, item.and_then(Item::span), reason)
    }

    /// A problem at some bytes of the text.
    pub(super) fn new(text: &str, at: Option<Range<usize>>, reason: &str) -> Self {
        let start = at.map_or(0, |at| at.start).min(text.len());
        let before = &text[..text.floor_char_boundary(start)];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Self {
            line: 1 + before.matches('\n').count(),
            column: 1 + before[line_start..].chars().count(),
            // It may quote several lines.
            reason: reason.replace('\n', ", "),
            way: Vec::new(),
        }
    }
}

/// A check under way.
struct Check<'a> {
    text: &'a str,
    /// The path of names to the current place.
    way: Vec<String>,
    found: Vec<Problem>,
}

impl Check<'_> {
    fn table(&mut self, table: &dyn TableLike) {
        for (name, item) in table.iter() {
            let key = table.get_key_value(name).and_then(|(key, _)| key.span());
            self.way.push(name.to_owned());
            let rows = rows_on(&self.way);
            let row = rows.iter().find(|row| row.way.len() == self.way.len());
            match (row, item.as_table_like()) {
                _ if rows.is_empty() => self.note(key, &unknown(&self.way)),
                (Some(row), _) => {
                    if let Some(reason) = refusal(&row.kind, item) {
                        self.note(item.span(), &reason);
                    }
                }
                (None, Some(inner)) => self.table(inner),
                (None, None) => self.note(item.span(), &no_table(&self.way)),
            }
            self.way.pop();
        }
    }

    fn note(&mut self, at: Option<Range<usize>>, reason: &str) {
        self.found.push(Problem {
            way: self.way.clone(),
            ..Problem::new(self.text, at, reason)
        });
    }
}

fn rows_on(way: &[String]) -> Vec<&'static ConfigRow> {
    TABLE.iter().filter(|row| row.is_on(way)).collect()
}

/// The message for an unknown key: the one probably meant, or else all there are.
fn unknown(way: &[String]) -> String {
    let (name, above) = way
        .split_last()
        .map_or(("", &[][..]), |(name, above)| (name, above));
    let rows = rows_on(above);
    let mut others: Vec<&str> = rows
        .iter()
        .filter_map(|row| row.way.get(above.len()).copied())
        .flat_map(|part| names(part).unwrap_or_default())
        .collect();
    others.dedup();
    let place = if above.is_empty() {
        String::new()
    } else {
        format!(" in [{}]", above.join("."))
    };
    let hint = match nearest(others.iter().copied(), name) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            let others: Vec<String> = others.iter().map(|it| format!("`{it}`")).collect();
            format!("expected {}", others.join(", "))
        }
    };
    format!("there is no key `{name}`{place}; {hint}")
}

fn no_table(way: &[String]) -> String {
    let name = way.join(".");
    format!("`{name}` is a table: write [{name}] and its keys below")
}

/// Why a key does not take a value.
pub fn refusal(kind: &ValueKind, item: &Item) -> Option<String> {
    let expected = || format!("expected {}", kind.expected());
    let is_texts = |value: &Value| {
        let all = value.as_array().map(|it| it.iter().all(Value::is_str));
        all.unwrap_or(false)
    };
    let is_within = |range: &RangeInclusive<u16>, number: i64| {
        u16::try_from(number).is_ok_and(|number| range.contains(&number))
    };
    match (kind, item.as_value()) {
        (ValueKind::List(_), Some(value)) if is_texts(value) => None,
        (ValueKind::Each(takes, _), Some(value)) if is_texts(value) => {
            let texts = value.as_array().into_iter().flatten();
            let mut wrong = texts.filter_map(Value::as_str).filter(|text| !takes(text));
            wrong
                .next()
                .map(|text| format!("\"{text}\": {}", expected()))
        }
        (ValueKind::Number(range), Some(Value::Integer(number)))
            if is_within(range, *number.value()) =>
        {
            None
        }
        (ValueKind::Query, Some(value)) if value.is_str() || value.as_bool() == Some(false) => None,
        (ValueKind::Switch, Some(value)) if value.is_bool() => None,
        (ValueKind::Text(_), Some(value)) if value.is_str() => None,
        (ValueKind::Bound, Some(value)) if value.is_str() || is_texts(value) => None,
        (ValueKind::Bound, _) if let Some(table) = item.as_table_like() => program_refusal(table),
        (ValueKind::Word(words), Some(Value::String(text))) => {
            let text = text.value().as_str();
            let near = || nearest(words.iter().copied(), text);
            let hint = || near().map_or(String::new(), |it| format!("; did you mean \"{it}\"?"));
            (!words.contains(&text)).then(|| format!("\"{text}\": {}{}", expected(), hint()))
        }
        (ValueKind::Checked(check, _), Some(Value::String(text))) => check(text.value()).err(),
        (ValueKind::Like(takes, _), Some(Value::String(text))) => {
            let text = text.value();
            (!takes(text)).then(|| format!("\"{text}\": {}", expected()))
        }
        _ => Some(expected()),
    }
}

/// Why a table does not say which program to run.
fn program_refusal(table: &dyn TableLike) -> Option<String> {
    let unknown = table.iter().find(|(name, _)| !PROGRAM.contains(name));
    if let Some((name, _)) = unknown {
        let near = nearest(PROGRAM, name).map_or("expected `run` and `output`".to_owned(), |it| {
            format!("did you mean `{it}`?")
        });
        return Some(format!("there is no key `{name}` for a program; {near}"));
    }
    let words = ValueKind::List("words");
    match table.get("run") {
        Some(run) if refusal(&words, run).is_none() => {}
        _ => return Some("expected run = [\"program\", …], a list of words".to_owned()),
    }
    let output = table.get("output")?;
    refusal(&ValueKind::Word(OutputUse::WORDS), output).map(|reason| format!("output: {reason}"))
}

/// The row that a complete path leads to.
pub fn row_at(way: &[String]) -> Option<&'static ConfigRow> {
    TABLE
        .iter()
        .find(|row| row.way.len() == way.len() && row.is_on(way))
}

/// The message for a path that leads to no row.
pub fn no_row(way: &[String]) -> String {
    let wrong = (1..=way.len()).find(|length| rows_on(&way[..*length]).is_empty());
    match wrong {
        Some(length) => unknown(&way[..length]),
        None => {
            let below = rows_on(way);
            let names: Vec<String> = below.iter().map(|row| row.name()).collect();
            format!(
                "`{}` is a table; expected {}",
                way.join("."),
                names.join(", ")
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<String> {
        problems(text).iter().map(Problem::to_string).collect()
    }

    #[test]
    fn an_unknown_key_is_told_with_its_place_and_the_nearest() {
        assert_eq!(
            said("# mine\nlibary = []\n[triage]\n  advnce = true\nspeed = 3\n"),
            [
                "line 2, column 1: there is no key `libary`; did you mean `library`?",
                "line 4, column 3: there is no key `advnce` in [triage]; did you mean `advance`?",
                "line 5, column 1: there is no key `speed` in [triage]; expected `advance`",
            ]
        );
        assert!(said("zzz = 1")[0].ends_with("expected `library`, `signs`, `mark_read`, `refresh`, `default_library`, `view_order`, `cursor`, `screen_reader`, `text_width`, `mouse`, `hyperlinks`, `pictures`, `browser`, `editor`, `clipboard`, `date_style`, `time_zone`, `theme`, `triage`, `stories`, `panes`, `list`, `hooks`, `libraries`, `views`, `keys`"), "{:?}", said("zzz = 1"));
    }

    #[test]
    fn a_wrong_value_is_told_with_its_place_and_what_was_expected() {
        for (text, wrong) in [
            (
                "signs = \"asci\"",
                "line 1, column 9: \"asci\": expected \"auto\", \"unicode\", \"ascii\" or \"nerd\"; did you mean \"ascii\"?",
            ),
            (
                "\nsigns = 3",
                "line 2, column 9: expected \"auto\", \"unicode\", \"ascii\" or \"nerd\"",
            ),
            (
                "library = \"~/site\"",
                "line 1, column 11: expected a list of paths",
            ),
            (
                "library = [1]",
                "line 1, column 11: expected a list of paths",
            ),
            (
                "triage.advance = \"yes\"",
                "line 1, column 18: expected true or false",
            ),
            (
                "triage = { advance = 1 }",
                "line 1, column 22: expected true or false",
            ),
            (
                "[views]\nA = 1",
                "line 2, column 5: expected a query, or false to hide a built-in view",
            ),
            (
                "[panes]\nlist = 95",
                "line 2, column 8: expected a number from 10 to 90",
            ),
            (
                "views = 3",
                "line 1, column 9: `views` is a table: write [views] and its keys below",
            ),
            (
                "[keys]\nlist = 3",
                "line 2, column 8: `keys.list` is a table: write [keys.list] and its keys below",
            ),
            (
                "mark_read = \"später\"",
                "line 1, column 13: \"später\": expected \"never\", \"on_open\" or a time like \
                 \"after 3s\"",
            ),
        ] {
            assert_eq!(said(text), [wrong], "{text}");
        }
    }

    #[test]
    fn what_is_no_toml_is_told_with_its_place() {
        let wrong = said("signs = \"auto\"\nsigns = \"auto\"");
        assert!(
            wrong[0].starts_with("line 2, column 1: duplicate key"),
            "{wrong:?}"
        );
        assert_eq!(said("library = [").len(), 1);
    }

    #[test]
    fn names_that_a_person_chooses_can_be_anything() {
        let text = "[views]\n\"a.b, c\" = \"x\"\n[keys.list]\n\"g x\" = \"none\"\n";
        assert_eq!(said(text), Vec::<String>::new());
    }
}
