//! Generates `assets/config.toml` and the table of keys in `docs/configuration.md` from the table
//! of keys, and shows the values in force. A test fails when the checked-in files are out of date.

#[cfg(test)]
use std::fmt::Write;

use toml_edit::{Array, Document, Key, TableLike};

use super::COMMENTED;
use super::table::{ANY, ConfigRow, FIELD, ROLE, TABLE, names};

#[cfg(test)]
const COLUMNS: usize = 100;

/// The commented configuration file: every key, its default and what it does.
#[cfg(test)]
fn commented() -> String {
    let mut page = String::from(
        "# newsdesk's configuration, with the defaults. Save it as ~/.config/newsdesk/config.toml; \
         to change\n# a value, remove the “# ” before its line. All keys: docs/configuration.md.\n",
    );
    let mut table = Vec::new();
    for row in TABLE {
        page.push('\n');
        for line in textwrap::wrap(row.about, COLUMNS - "# ".len()) {
            page.push_str(&format!("# {line}\n"));
        }
        let (name, way) = row.example_way();
        if way != table {
            page.push_str(&format!("# [{}]\n", way.join(".")));
            table = way;
        }
        page.push_str(&format!("# {name} = {}\n", row.value));
    }
    page
}

/// The commented configuration file with a library in it.
pub fn commented_with(folder: &str) -> String {
    let library = Array::from_iter([folder]);
    COMMENTED.replacen("# library = []\n", &format!("library = {library}\n"), 1)
}

/// The table of keys in Markdown.
#[cfg(test)]
fn table_markdown() -> String {
    let mut page =
        String::from("| key | value | default | what it does |\n| --- | --- | --- | --- |\n");
    for row in TABLE {
        let default = if row.is_fixed() {
            format!("`{}`", row.value)
        } else {
            "none".to_owned()
        };
        // Writing to a string cannot fail.
        let _ = writeln!(
            page,
            "| `{}` | {} | {default} | {} |",
            row.name(),
            row.kind.expected(),
            row.about
        );
    }
    page
}

/// Every key with the value in force, as TOML: the value from the text of a configuration file, or
/// else the default. The text must be valid.
pub fn in_force(text: &str) -> String {
    let document = Document::parse(text).ok();
    let mut page = String::new();
    let mut heading = Vec::new();
    for row in TABLE {
        let said = document
            .as_ref()
            .map_or_else(Vec::new, |it| values(it.as_table(), row));
        let lines = match (said.is_empty(), row.is_fixed()) {
            (true, true) => {
                let (name, way) = row.example_way();
                vec![(way, name, row.value.to_owned(), "  # default")]
            }
            _ => said
                .into_iter()
                .map(|(way, name, value)| (way, name, value, ""))
                .collect(),
        };
        for (way, name, value, note) in lines {
            if way != heading {
                let gap = if page.is_empty() { "" } else { "\n" };
                page.push_str(&format!("{gap}[{}]\n", way.join(".")));
                heading = way;
            }
            page.push_str(&format!("{name} = {value}{note}\n"));
        }
    }
    page
}

/// The values that a text has for a row: table, name and value, as written in TOML.
fn values(table: &dyn TableLike, row: &ConfigRow) -> Vec<(Vec<String>, String, String)> {
    let mut found = Vec::new();
    let mut rest: Vec<(Vec<String>, &dyn TableLike)> = vec![(Vec::new(), table)];
    for (depth, part) in row.way.iter().enumerate() {
        let is_last = depth + 1 == row.way.len();
        let mut below = Vec::new();
        for (way, table) in rest {
            let names = names(part);
            let fits = |name: &str| names.as_ref().is_none_or(|names| names.contains(&name));
            for (name, item) in table.iter().filter(|(name, _)| fits(name)) {
                let quoted = Key::new(name).to_string();
                if is_last {
                    found.extend(item.clone().into_value().ok().map(|mut value| {
                        // Without the comment after it.
                        value.decor_mut().clear();
                        (way.clone(), quoted, value.to_string())
                    }));
                } else if let Some(inner) = item.as_table_like() {
                    let way = way.iter().cloned().chain([quoted]).collect();
                    below.push((way, inner));
                }
            }
        }
        rest = below;
    }
    found
}

impl ConfigRow {
    /// Its last name, and those of the tables above it, as written in TOML; names that a person
    /// chooses are those of the example.
    fn example_way(&self) -> (String, Vec<String>) {
        let mut examples = self.example.iter();
        let name = |part: &&str| match *part {
            ANY | ROLE | FIELD => {
                Key::new(examples.next().copied().unwrap_or_default()).to_string()
            }
            fixed => Key::new(fixed).to_string(),
        };
        let mut names: Vec<String> = self.way.iter().map(name).collect();
        let last = names.pop().unwrap_or_default();
        (last, names)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::current::assert_current;

    const START: &str = "<!-- Generated from src/config/table.rs; to regenerate: \
        NEWSDESK_BLESS=1 cargo test --lib config::docs -->\n";
    const END: &str = "<!-- end -->\n";

    #[test]
    fn the_commented_configuration_is_what_the_table_says() {
        assert_current("assets/config.toml", "config::docs", |_| commented());
    }

    #[test]
    fn the_page_has_the_table() {
        assert_current("docs/configuration.md", "config::docs", |kept| {
            let (before, rest) = kept.split_once(START).expect("the start of the table");
            let (_, after) = rest.split_once(END).expect("the end of the table");
            format!("{before}{START}\n{}\n{END}{after}", table_markdown())
        });
    }

    #[test]
    fn what_is_in_force_is_said_or_the_default() {
        let text = "signs = 'ascii' # mine\n[views]\n\"A b\" = \"x\"\n[keys.list]\nx = \"none\"\n";
        let shown = in_force(text);
        for line in [
            "library = []  # default\n",
            "signs = \"ascii\"\n",
            "[triage]\nadvance = true  # default\n",
            "[views]\n\"A b\" = \"x\"\n",
            "[keys.list]\nx = \"none\"\n",
        ] {
            assert!(shown.contains(line), "{line} in {shown}");
        }
        assert_eq!(
            in_force(&shown).replace("  # default", ""),
            shown.replace("  # default", "")
        );
    }
}
