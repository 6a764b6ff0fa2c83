//! Changes a single value in a configuration file, and nothing else: comments and order stay.

use std::path::Path;

use thiserror::Error;
use toml_edit::{Array, DocumentMut, Item, Key, Table, TableLike, Value};

use super::check::{no_row, refusal, row_at};
use super::edit::{ConfigEditError, NoTable, edit_checked, put, table};
use super::table::{ConfigRow, ValueKind};

/// Why a value was not set; the file is unchanged.
#[derive(Debug, Error)]
pub enum SetError {
    #[error("{0}")]
    NoKey(String),
    #[error("{key}: {reason}")]
    Value { key: String, reason: String },
    #[error(transparent)]
    Edit(#[from] ConfigEditError),
}

/// Sets a key such as `triage.advance` in the configuration file, creating the file if necessary.
/// The value is TOML or plain text; for a list, a single entry is enough.
///
/// # Errors
/// If there is no such key, it does not take the value, `check` does not accept the new text, or the
/// file is wrong or cannot be written.
pub fn set(
    path: Option<&Path>,
    key: &str,
    text: &str,
    check: impl FnOnce(&str) -> Result<(), SetError>,
) -> Result<(), SetError> {
    let change = Change::new(key, text)?;
    edit_checked(path, |document| change.make(document), check)
}

/// A value and where it goes.
struct Change {
    row: &'static ConfigRow,
    way: Vec<String>,
    value: Value,
}

impl Change {
    fn new(key: &str, text: &str) -> Result<Self, SetError> {
        let way = way(key);
        let row = row_at(&way).ok_or_else(|| SetError::NoKey(no_row(&way)))?;
        let value = parsed(row, text);
        match refusal(&row.kind, &Item::Value(value.clone())) {
            None => Ok(Self { row, way, value }),
            Some(reason) => Err(SetError::Value {
                key: key.to_owned(),
                reason,
            }),
        }
    }

    fn make(self, document: &mut DocumentMut) -> Result<(), NoTable> {
        let top = self.row.way.first().copied().unwrap_or_default();
        let (last, tables) = match self.way.split_last() {
            None | Some((_, [])) => {
                put(document.as_table_mut(), top, self.value);
                return Ok(());
            }
            Some(split) => split,
        };
        let is_new = !document.contains_key(top);
        let mut inner: &mut dyn TableLike = table(document, top)?;
        for name in &tables[1..] {
            let item = inner.entry(name).or_insert(Item::Table(Table::new()));
            inner = item.as_table_like_mut().ok_or(NoTable(top))?;
        }
        put(inner, last, self.value);
        // A table that contains only tables needs no line of its own.
        if is_new
            && tables.len() > 1
            && let Some(outer) = document.get_mut(top).and_then(Item::as_table_mut)
        {
            outer.set_implicit(true);
        }
        Ok(())
    }
}

/// The names in a key. One that is not TOML, such as `views.Best first`, is split at as many dots
/// as lead to a row.
fn way(key: &str) -> Vec<String> {
    if let Ok(names) = Key::parse(key) {
        return names.iter().map(|it| it.get().to_owned()).collect();
    }
    let split = |parts: usize| key.splitn(parts, '.').map(|it| it.trim().to_owned());
    let ways = (1..=4).map(|parts| split(parts).collect::<Vec<_>>());
    ways.clone()
        .find(|way| row_at(way).is_some())
        .unwrap_or_else(|| split(3).collect())
}

fn parsed(row: &ConfigRow, text: &str) -> Value {
    match (&row.kind, text.parse::<Value>()) {
        (ValueKind::List(_) | ValueKind::Each(..), Ok(value)) if value.is_array() => value,
        (ValueKind::List(_) | ValueKind::Each(..), Ok(Value::String(entry))) => {
            Array::from_iter([entry.into_value()]).into()
        }
        (ValueKind::List(_) | ValueKind::Each(..), _) => Array::from_iter([text]).into(),
        (ValueKind::Switch | ValueKind::Number(_) | ValueKind::Query, Ok(value)) => value,
        (ValueKind::Bound, Ok(value)) if value.is_array() || value.is_inline_table() => value,
        (_, Ok(value)) if value.is_str() => value,
        _ => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::edit::edited;
    use super::*;

    fn set_in(before: &str, key: &str, text: &str) -> Result<String, String> {
        let change = Change::new(key, text).map_err(|error| error.to_string())?;
        let after = edited(before, Path::new("c.toml"), |document| {
            change.make(document)
        });
        after.map_err(|error| error.to_string())
    }

    #[test]
    fn only_the_value_changes() {
        let before = "# mine\nsigns = 'auto' # here\n\n[triage] # all\n# one\nadvance = true\n";
        for (key, text, after) in [
            ("signs", "ascii", before.replace("'auto'", "\"ascii\"")),
            ("triage.advance", "false", before.replace("true", "false")),
            (
                "views.Best first",
                "sort:-quality",
                format!("{before}\n[views]\n\"Best first\" = \"sort:-quality\"\n"),
            ),
            (
                "keys.list.\"g x\"",
                "none",
                format!("{before}\n[keys.list]\n\"g x\" = \"none\"\n"),
            ),
        ] {
            assert_eq!(set_in(before, key, text).expect(key), after);
        }
        let library = "library = [\"~/site\"]\n";
        for text in ["~/site", "\"~/site\"", "[\"~/site\"]"] {
            assert_eq!(set_in("", "library", text).expect(text), library);
        }
        let windows = set_in("signs = 'auto'\r\n", "mark_read", "never").expect("a key");
        assert_eq!(windows, "signs = 'auto'\r\nmark_read = \"never\"\r\n");
    }

    #[test]
    fn what_cannot_be_set_is_refused_with_the_nearest() {
        for (before, key, text, wrong) in [
            (
                "",
                "sings",
                "ascii",
                "there is no key `sings`; did you mean `signs`?",
            ),
            (
                "",
                "triage",
                "true",
                "`triage` is a table; expected triage.advance",
            ),
            (
                "",
                "signs",
                "emoji",
                "signs: \"emoji\": expected \"auto\", \"unicode\", \"ascii\" or \"nerd\"",
            ),
            (
                "",
                "triage.advance",
                "maybe",
                "triage.advance: expected true or false",
            ),
            (
                "",
                "panes.list",
                "5",
                "panes.list: expected a number from 10 to 90",
            ),
            ("nonsense", "signs", "ascii", "c.toml, line 1: "),
            (
                "keys = 1",
                "keys.list.x",
                "none",
                "c.toml: `keys` is not a table",
            ),
        ] {
            let said = set_in(before, key, text).expect_err(key);
            assert!(said.starts_with(wrong), "{said}");
        }
    }
}
