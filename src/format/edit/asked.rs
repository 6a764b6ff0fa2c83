//! A change requested for a field, whatever its name in a file.

use serde::{Deserialize, Serialize};

use super::{FieldNames, NewScalar, Wish};
use crate::model::Generator;

/// A change requested by the name of a role or of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestedEdit {
    pub field: String,
    pub change: Asking,
}

/// The change. As JSON in journals and exports: `{"set": "70"}`, `"remove"`, `{"add": "ai"}`,
/// `{"take": "ml"}`; what undoes an edit is `{"restore": …}`, with the field as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asking {
    Set(String),
    Remove,
    Add(String),
    Take(String),
    Restore(Restoration),
}

/// A field at the top of a front matter as written, before and after an edit of it or of a field
/// in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restoration {
    /// Its name in the file.
    pub(super) name: String,
    /// The whole field before the edit; `None` if it was not there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) was: Option<String>,
    /// The whole field after the edit; `None` if it was removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) is: Option<String>,
    /// Where it was, if it was removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) place: Option<RemovedFrom>,
    /// What to do if the field has changed since; without it, that is refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) otherwise: Option<Box<Asking>>,
}

/// Where a removed field was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct RemovedFrom {
    /// The field above it; `None` if it was the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) below: Option<String>,
    /// What is between the two: comments and blanks.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) gap: String,
    /// What was removed with it on either side: separators, a line end.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) lead: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) trail: String,
}

impl RequestedEdit {
    /// The corresponding wish for files of a generator.
    pub fn wish(&self, generator: Generator) -> Wish {
        self.change.wish(key(&self.field, generator))
    }
}

impl Asking {
    /// The corresponding wish for a field.
    pub(super) fn wish(&self, key: FieldNames) -> Wish {
        match self {
            Asking::Set(text) => Wish::Set {
                key,
                to: NewScalar::typed(text),
            },
            Asking::Remove => Wish::Remove { key },
            Asking::Add(item) => Wish::Add {
                key,
                item: item.clone(),
            },
            Asking::Take(item) => Wish::Take {
                key,
                item: item.clone(),
            },
            Asking::Restore(to) => Wish::Restore {
                key,
                to: to.clone(),
            },
        }
    }
}

/// Parses what a person types to change a field: `quality 70`, `topics +ai -ml`, `note -`.
///
/// The field's name is followed by its new value, or by `-` to remove it. If every word starts with
/// `+` or `-`, they are entries to add and remove; separated by commas, entries can contain blanks
/// (`topics +open data, -ml`). For a value that starts like this, use `=`: `title =+1 for trains`.
///
/// # Errors
/// If something is missing; says what.
pub fn typed(line: &str) -> Result<(String, Vec<Asking>), &'static str> {
    let line = line.trim();
    let (field, change) = line
        .split_once(char::is_whitespace)
        .map(|(field, change)| (field, change.trim()))
        .ok_or("after the field, type its new value, or entries such as +ai -ml")?;
    let field = field.to_owned();
    if change == "-" {
        return Ok((field, vec![Asking::Remove]));
    }
    if let Some(value) = change.strip_prefix('=') {
        return Ok((field, vec![Asking::Set(value.trim().to_owned())]));
    }
    Ok(match entries(change) {
        Some(entries) => (field, entries),
        None => (field, vec![Asking::Set(change.to_owned())]),
    })
}

/// Entries to add and remove, if a text consists of those.
fn entries(change: &str) -> Option<Vec<Asking>> {
    let parts: Vec<&str> = match change.contains(',') {
        true => change.split(',').map(str::trim).collect(),
        false => change.split_whitespace().collect(),
    };
    let entry = |part: &&str| {
        let item = |rest: &str| Some(rest.trim().to_owned()).filter(|item| !item.is_empty());
        match part.strip_prefix('+') {
            Some(rest) => item(rest).map(Asking::Add),
            None => item(part.strip_prefix('-')?).map(Asking::Take),
        }
    };
    // Numbers are not entries: `-5` is a temperature.
    let is_number = parts.iter().any(|part| part.parse::<f64>().is_ok());
    let parts = parts.iter().filter(|part| !part.is_empty());
    parts
        .map(entry)
        .collect::<Option<Vec<_>>>()
        .filter(|_| !is_number)
}

/// For people, as it would be typed: `topics +ai -ml`.
pub fn described(field: &str, asked: &[Asking]) -> String {
    let parts = asked.iter().map(|asking| match asking {
        Asking::Set(value) => format!("= {value}"),
        Asking::Remove => "-".to_owned(),
        Asking::Add(item) => format!("+{item}"),
        Asking::Take(item) => format!("-{item}"),
        Asking::Restore(to) => to.described(),
    });
    let parts: Vec<String> = parts.collect();
    format!("{field} {}", parts.join(" "))
}

/// The names of a field, starting with the one that this generator looks for.
fn key(field: &str, generator: Generator) -> FieldNames {
    match (field, generator) {
        ("topics" | "topic" | "tags", Generator::Unknown) => {
            FieldNames::any(["topics", "tags", "tag", "keywords", "taxonomies.tags"])
        }
        ("topics" | "topic" | "tags", Generator::Zola) => {
            FieldNames::any(["taxonomies.tags", "tags", "topics", "keywords"])
        }
        ("topics" | "topic" | "tags", _) => FieldNames::any(["tags", "topics", "tag", "keywords"]),
        ("categories", Generator::Zola) => {
            FieldNames::any(["taxonomies.categories", "categories", "category"])
        }
        ("categories", _) => FieldNames::any(["categories", "category"]),
        ("category", _) => FieldNames::any(["category", "categories"]),
        (other, _) => FieldNames::new(other.strip_prefix("meta.").unwrap_or(other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_sets_removes_adds_and_takes() {
        let set = |text: &str| vec![Asking::Set(text.to_owned())];
        let add = |text: &str| Asking::Add(text.to_owned());
        let take = |text: &str| Asking::Take(text.to_owned());
        for (line, field, asked) in [
            ("quality 70", "quality", set("70")),
            ("temperature -5", "temperature", set("-5")),
            ("title  A b, c ", "title", set("A b, c")),
            ("title =+1 for trains", "title", set("+1 for trains")),
            ("mood -", "mood", vec![Asking::Remove]),
            ("topics +ai -ml", "topics", vec![add("ai"), take("ml")]),
            (
                "topics +open data, -ml",
                "topics",
                vec![add("open data"), take("ml")],
            ),
            ("title + minus", "title", set("+ minus")),
        ] {
            assert_eq!(typed(line), Ok((field.to_owned(), asked)), "{line}");
        }
        let told = |asked: &[Asking]| described("topics", asked);
        assert_eq!(told(&[add("ai"), take("ml")]), "topics +ai -ml");
        assert_eq!(told(&set("ai")), "topics = ai");
        assert!(typed("quality").is_err());
        assert!(typed("  ").is_err());
    }

    #[test]
    fn what_is_asked_survives_json() {
        let asked = vec![
            Asking::Set("a \"b\"".to_owned()),
            Asking::Remove,
            Asking::Add("ai".to_owned()),
        ];
        let text = serde_json::to_string(&asked).expect("JSON");
        assert_eq!(text, r#"[{"set":"a \"b\""},"remove",{"add":"ai"}]"#);
        assert_eq!(serde_json::from_str::<Vec<Asking>>(&text).ok(), Some(asked));
    }

    #[test]
    fn a_role_has_the_name_that_its_generator_looks_for() {
        for (field, generator, name) in [
            ("topics", Generator::Unknown, "topics"),
            ("topics", Generator::Hugo, "tags"),
            ("tags", Generator::Zola, "taxonomies.tags"),
            ("meta.mood", Generator::Hugo, "mood"),
            ("quality", Generator::Jekyll, "quality"),
        ] {
            assert_eq!(key(field, generator).name(), name, "{field} in {generator}");
        }
    }
}
