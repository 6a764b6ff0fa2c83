//! `newsdesk keys`: prints the reader's keys, including the person's own.

use std::io::{self, Write};

use serde::Serialize;

use super::args::{KeysArgs, KeysFormat};
use super::{Exit, Failure, Surroundings, json};
use crate::command::{HelpRow, Keymap, help, keys_markdown};
use crate::config::{Config, Places};
use crate::format::clean::Clean;

/// Prints the keys.
pub fn run(
    args: &KeysArgs,
    surroundings: &Surroundings,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    match args.format {
        KeysFormat::Markdown => out.write_all(keys_markdown().as_bytes())?,
        KeysFormat::Text => {
            let config = Config::load(&surroundings.places)?;
            let keymap = keymap(&config, &surroundings.places)?;
            text(&help(&keymap, &[]), out)?;
        }
        KeysFormat::Json => {
            let config = Config::load(&surroundings.places)?;
            let keymap = keymap(&config, &surroundings.places)?;
            json::array(help(&keymap, &[]).iter().map(Binding::from), out)?;
        }
    }
    Ok(Exit::Clean)
}

/// A command and its keys in one context.
#[derive(Serialize)]
struct Binding<'a> {
    command: &'a str,
    /// Empty for a command without keys.
    context: &'a str,
    keys: &'a [String],
    group: &'a str,
    description: &'a str,
}

impl<'a> From<&'a HelpRow> for Binding<'a> {
    fn from(row: &'a HelpRow) -> Self {
        Self {
            command: row.name,
            context: row.place,
            keys: &row.keys,
            group: row.group,
            description: row.description,
        }
    }
}

/// The default keymap with the changes from the configuration.
pub fn keymap(config: &Config, places: &Places) -> Result<Keymap, Failure> {
    let overrides = config
        .keys
        .iter()
        .map(|it| (&*it.context, &*it.keys, &*it.command));
    Keymap::with_overrides(overrides).map_err(|error| Failure::Keys {
        path: places.config_file().unwrap_or_default(),
        error,
    })
}

/// The rows by group, in columns: keys, context, command, what it does.
fn text(rows: &[HelpRow], out: &mut dyn Write) -> io::Result<()> {
    let keys = |row: &HelpRow| Clean::new(&row.keys.join(", "));
    let keys_width = rows.iter().map(|row| keys(row).width()).max();
    let place_width = rows.iter().map(|row| row.place.len()).max();
    let name_width = rows.iter().map(|row| row.name.len()).max();
    let [keys_width, place_width, name_width] =
        [keys_width, place_width, name_width].map(Option::unwrap_or_default);
    let mut group = "";
    for row in rows {
        if row.group != group {
            let gap = if group.is_empty() { "" } else { "\n" };
            group = row.group;
            writeln!(out, "{gap}{group}")?;
        }
        let keys = keys(row);
        let blanks = keys_width - keys.width();
        let HelpRow {
            place,
            name,
            description,
            ..
        } = row;
        writeln!(
            out,
            "  {keys}{:blanks$}  {place:place_width$}  {name:name_width$}  {description}",
            ""
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::KeyOverride;

    fn with(context: &str, keys: &str, command: &str) -> Config {
        Config {
            keys: vec![KeyOverride {
                context: context.to_owned(),
                keys: keys.to_owned(),
                command: command.to_owned(),
            }],
            ..Config::default()
        }
    }

    #[test]
    fn a_persons_own_keys_are_printed_in_their_place() {
        let config = with("list", "g x", "open-original");
        let keymap = keymap(&config, &Places::default()).expect("a keymap");
        let mut out = Vec::new();
        text(&help(&keymap, &[]), &mut out).expect("a vector takes everything");
        let text = String::from_utf8(out).expect("UTF-8");
        let line = text.lines().find(|line| line.contains("g x"));
        let words: Vec<&str> = line.expect("a line").split_whitespace().collect();
        assert_eq!(words[..4], ["g", "x", "list", "open-original"]);
    }

    #[test]
    fn keys_that_mean_nothing_name_the_file() {
        let places = Places {
            named: Some("mine.toml".into()),
            ..Places::default()
        };
        let error = keymap(&with("list", "x", "fly"), &places).expect_err("no such command");
        let said = error.to_string();
        assert!(
            said.starts_with("mine.toml: [keys.list] \"x\": there is no command `fly`"),
            "{said}"
        );
    }
}
