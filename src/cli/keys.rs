//! `newsdesk keys`: prints the reader's keys, including the person's own.

use std::io::{self, Write};

use serde::Serialize;

use super::args::{KeysArgs, KeysFormat};
use super::{CommandFailure, Exit, Surroundings, json};
use crate::command::{HelpRow, Hook, Keymap, help, keys_markdown};
use crate::config::{self, Config, XdgEnvironment};
use crate::format::clean::Clean;

/// Prints the keys.
pub fn run(
    args: &KeysArgs,
    surroundings: &Surroundings,
    out: &mut dyn Write,
) -> Result<Exit, CommandFailure> {
    match args.format {
        KeysFormat::Markdown => out.write_all(keys_markdown().as_bytes())?,
        KeysFormat::Text => {
            let mut config = Config::load_leniently(&surroundings.places);
            let keymap = usable(&mut config, &surroundings.places);
            text(&help(&keymap, &[]), out)?;
            for (at, trouble) in config.troubles.iter().enumerate() {
                let gap = if at == 0 { "\n" } else { "" };
                writeln!(out, "{gap}! {}", Clean::new(trouble))?;
            }
        }
        KeysFormat::Json => {
            let mut config = Config::load_leniently(&surroundings.places);
            let keymap = usable(&mut config, &surroundings.places);
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
            command: &row.name,
            context: row.place,
            keys: &row.keys,
            group: row.group,
            description: &row.description,
        }
    }
}

/// The default keys, with the usable changes from the configuration. What is wrong with the others, and
/// with the hooks, is added to its troubles.
pub fn usable(config: &mut Config, places: &XdgEnvironment) -> Keymap {
    // Only errors need the text. Loading has reported why it cannot be read.
    let text = config::text(places).ok().flatten().unwrap_or_default();
    let (keymap, problems) = Keymap::configured(&config.keys, &text);
    let path = places.config_file().unwrap_or_default();
    let of_hooks = Hook::problems(&config.hooks, &text);
    let told = problems
        .iter()
        .chain(&of_hooks)
        .map(|it| format!("{}, {it}", path.display()));
    config.troubles.extend(told);
    keymap
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
    use crate::command::{Command, Context};
    use crate::config::KeyOverride;

    fn with(context: &str, keys: &str, command: &str) -> Config {
        Config {
            keys: vec![KeyOverride::from((context, keys, command))],
            ..Config::default()
        }
    }

    #[test]
    fn a_persons_own_keys_are_printed_in_their_place() {
        let mut config = with("list", "g x", "open-original");
        let keymap = usable(&mut config, &XdgEnvironment::default());
        let mut out = Vec::new();
        text(&help(&keymap, &[]), &mut out).expect("a vector takes everything");
        let text = String::from_utf8(out).expect("UTF-8");
        let line = text.lines().find(|line| line.contains("g x"));
        let words: Vec<&str> = line.expect("a line").split_whitespace().collect();
        assert_eq!(words[..4], ["g", "x", "list", "open-original"]);
    }

    #[test]
    fn keys_that_mean_nothing_name_the_file() {
        let places = XdgEnvironment {
            named: Some("mine.toml".into()),
            ..XdgEnvironment::default()
        };
        let mut config = with("list", "x", "open-orginal");
        let keymap = usable(&mut config, &places);
        let select = Command::SelectOne;
        assert!(
            keymap.keys_of(select, Context::List).next().is_some(),
            "the others hold"
        );
        let said = config.troubles.join(" ");
        let wrong = "mine.toml, line 1, column 1: [keys.list] \"x\": there is no command `open-orginal`, did you mean \
                     `open-original`?";
        assert!(said.starts_with(wrong), "{said}");
    }
}
