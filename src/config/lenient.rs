//! Reads as much of a configuration as is valid, so that the reader always starts. Everything else
//! is reported.

use std::path::Path;

use toml_edit::{Document, DocumentMut, Item};

use super::{Config, ConfigError, Places};

impl Config {
    /// Loads the configuration like [`load`](Self::load), but leaves out what is wrong and reports
    /// it in [`troubles`](Self::troubles).
    pub fn load_leniently(places: &Places) -> Self {
        let error = match Self::load(places) {
            Ok(config) => return config,
            Err(error) => error,
        };
        let path = places.config_file().unwrap_or_default();
        match (&error, std::fs::read_to_string(&path)) {
            (ConfigError::Wrong { .. } | ConfigError::Homeless { .. }, Ok(text)) => {
                Self::parse_leniently(&text, &path, places)
            }
            _ => Self::only(vec![error.to_string()]),
        }
    }

    /// Parses the text of a configuration file, leaving out what is wrong.
    pub fn parse_leniently(text: &str, path: &Path, places: &Places) -> Self {
        let error = match Self::parse(text, path, places) {
            Ok(config) => return config,
            Err(error) => error,
        };
        let (Ok(document), Ok(places_of)) = (text.parse::<DocumentMut>(), Document::parse(text))
        else {
            return Self::only(vec![error.to_string()]);
        };
        let mut kept = DocumentMut::new();
        let mut troubles = Vec::new();
        for (key, item) in document.iter() {
            for part in parts(key, item, places_of.get(key)) {
                // Blank lines before it give errors the right line number.
                let line = text[..part.start].matches('\n').count();
                let alone = format!("{}{}", "\n".repeat(line), part.document);
                match Self::parse(&alone, path, places) {
                    Ok(_) => part.put(&mut kept),
                    Err(error) => troubles.push(error.to_string()),
                }
            }
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

/// A key of the configuration by itself, or a key of one of its tables.
struct Part {
    key: String,
    /// The key within the table.
    inner: Option<String>,
    item: Item,
    /// A document with only this.
    document: DocumentMut,
    /// The byte offset in the text at which it starts.
    start: usize,
}

impl Part {
    fn put(self, kept: &mut DocumentMut) {
        match self.inner {
            Some(inner) => kept[&self.key][&inner] = self.item,
            None => kept[&self.key] = self.item,
        }
    }
}

/// What can be right or wrong by itself: each key of a table, or anything that is not a table.
/// `placed` is the same item with its position in the text.
fn parts(key: &str, item: &Item, placed: Option<&Item>) -> Vec<Part> {
    let start = |item: Option<&Item>| item.and_then(Item::span).map_or(0, |span| span.start);
    let Some(table) = item.as_table() else {
        let item = item.clone();
        let mut document = DocumentMut::new();
        let start = start(placed);
        document[key] = item.clone();
        return vec![Part {
            key: key.to_owned(),
            inner: None,
            item,
            document,
            start,
        }];
    };
    let part = |(inner, item): (&str, &Item)| {
        let mut document = DocumentMut::new();
        document[key][inner] = item.clone();
        Part {
            key: key.to_owned(),
            inner: Some(inner.to_owned()),
            item: item.clone(),
            document,
            start: start(placed.and_then(|table| table.get(inner))),
        }
    };
    table.iter().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Signs;

    fn parse(text: &str) -> Config {
        Config::parse_leniently(text, Path::new("config.toml"), &Places::default())
    }

    #[test]
    fn what_is_right_holds_and_what_is_wrong_is_told() {
        let config = parse(
            "signs = \"ascii\"\nlibary = []\n[panes]\nlist = 60\nrelated = 99\n[views]\nA = \"a\"\n\
             B = 3\n[colours]\nred = 1\n[keys.list]\nx = \"help\"\n",
        );
        assert_eq!(config.signs, Signs::Ascii);
        assert_eq!((config.panes.list, config.panes.related), (60, 30));
        assert_eq!(config.views, [("A".to_owned(), "a".to_owned())]);
        assert_eq!(config.keys.len(), 1);
        let said = config.troubles.join("\n");
        assert_eq!(config.troubles.len(), 4, "{said}");
        assert!(
            said.contains("line 2: unknown field `libary`; did you mean `library`?"),
            "{said}"
        );
        assert!(
            said.contains("`99`") && said.contains("`colours`"),
            "{said}"
        );
    }

    #[test]
    fn what_is_no_configuration_at_all_is_told_and_costs_the_defaults() {
        let config = parse("signs = ");
        assert_eq!(config.signs, Signs::Auto);
        assert_eq!(config.troubles.len(), 1);
        assert_eq!(parse("signs = \"ascii\"").troubles, [""; 0]);
    }
}
