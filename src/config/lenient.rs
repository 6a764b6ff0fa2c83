//! Reads as much of a configuration as is valid, so that the reader always starts. Everything else
//! is reported.

use std::path::Path;

use toml_edit::{DocumentMut, Item, TableLike};

use super::{Config, ConfigError, XdgEnvironment, problems};

impl Config {
    /// Loads the configuration like [`load`](Self::load), but leaves out what is wrong and reports
    /// it in [`troubles`](Self::troubles).
    pub fn load_leniently(places: &XdgEnvironment) -> Self {
        let error = match Self::load(places) {
            Ok(config) => return config,
            Err(error) => error,
        };
        let path = places.config_file().unwrap_or_default();
        match (&error, std::fs::read_to_string(&path)) {
            (
                ConfigError::Wrong { .. } | ConfigError::Homeless { .. } | ConfigError::Theme(_),
                Ok(text),
            ) => Self::parse_leniently(&text, &path, places),
            _ => Self::only(vec![error.to_string()]),
        }
    }

    /// Parses the text of a configuration file, leaving out what is wrong.
    pub fn parse_leniently(text: &str, path: &Path, places: &XdgEnvironment) -> Self {
        let error = match Self::parse(text, path, places) {
            Ok(config) => return config,
            Err(error) => error,
        };
        let Ok(mut kept) = text.parse::<DocumentMut>() else {
            return Self::only(vec![error.to_string()]);
        };
        let wrong = problems(text);
        let mut troubles: Vec<String> = wrong
            .iter()
            .map(|problem| format!("{}, {problem}", path.display()))
            .collect();
        for problem in &wrong {
            leave_out(kept.as_table_mut(), &problem.way);
        }
        if let Err(homeless @ ConfigError::Homeless { .. }) =
            Self::parse(&kept.to_string(), path, places)
        {
            troubles.push(homeless.to_string());
            for key in ["library", "libraries"] {
                kept.remove(key);
            }
        }
        if let Err(ConfigError::Theme(wrong)) = Self::parse(&kept.to_string(), path, places) {
            troubles.push(wrong.to_string());
            leave_out(kept.as_table_mut(), &["theme", "base"].map(str::to_owned));
        }
        match Self::parse(&kept.to_string(), path, places) {
            Ok(config) => Self { troubles, ..config },
            Err(error) => Self::only(vec![error.to_string()]),
        }
    }

    fn only(troubles: Vec<String>) -> Self {
        Self {
            troubles,
            ..Self::default()
        }
    }
}

/// Removes a key from a document.
fn leave_out(table: &mut dyn TableLike, way: &[String]) {
    match way {
        [] => {}
        [name] => drop(table.remove(name)),
        [name, rest @ ..] => {
            if let Some(inner) = table.get_mut(name).and_then(Item::as_table_like_mut) {
                leave_out(inner, rest);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::SymbolSet;

    fn parse(text: &str) -> Config {
        Config::parse_leniently(text, Path::new("config.toml"), &XdgEnvironment::default())
    }

    #[test]
    fn what_is_right_holds_and_what_is_wrong_is_told() {
        let config = parse(
            "signs = \"ascii\"\nlibary = []\n[panes]\nlist = 60\nrelated = 99\n[views]\nA = \"a\"\n\
             B = 3\n[colours]\nred = 1\n[keys.list]\nx = \"help\"\n",
        );
        assert_eq!(config.signs, SymbolSet::Ascii);
        assert_eq!((config.panes.list, config.panes.related), (60, 30));
        assert_eq!(config.views, [("A".to_owned(), "a".to_owned())]);
        assert_eq!(config.keys.len(), 1);
        let said = config.troubles.join("\n");
        assert_eq!(config.troubles.len(), 4, "{said}");
        assert!(
            said.starts_with(
                "config.toml, line 2, column 1: there is no key `libary`; did you mean `library`?"
            ),
            "{said}"
        );
        for place in ["line 5, column 11: ", "line 8, column 5: ", "`colours`"] {
            assert!(said.contains(place), "{place} in {said}");
        }
    }

    #[test]
    fn a_library_at_a_home_that_is_unknown_costs_the_libraries_alone() {
        let config = parse("library = [\"~/a\"]\nsigns = \"ascii\"\n");
        assert_eq!((config.signs, config.troubles.len()), (SymbolSet::Ascii, 1));
        assert!(config.library.is_empty());
    }

    #[test]
    fn what_is_no_configuration_at_all_is_told_and_costs_the_defaults() {
        let config = parse("signs = ");
        assert_eq!(config.signs, SymbolSet::Auto);
        assert_eq!(config.troubles.len(), 1);
        assert_eq!(parse("signs = \"ascii\"").troubles, [""; 0]);
    }
}
