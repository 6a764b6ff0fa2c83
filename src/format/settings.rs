//! The configuration of a site, and the front matter of a section, as values: read leniently,
//! within limits, and without errors. `library::site` knows what they mean.

use serde_yaml::Value;

use super::edit;
use super::fence::Container;
use super::{keys, yaml};

/// Largest configuration that is read, in bytes.
pub const LONGEST: usize = 256 * 1024;
/// Maximum number of brackets and braces that are parsed: some parsers are quadratic in them.
const BRACKETS: usize = 2_000;

/// What a file says about a site.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SiteSettings {
    fields: Vec<(String, Value)>,
}

impl SiteSettings {
    /// Parses a configuration by its file extension; a broken one yields only the names of
    /// top-level fields.
    pub fn parse(name: &str, text: &str) -> Self {
        if text.len() > LONGEST || text.matches(['[', '{']).count() > BRACKETS {
            return Self::named(text);
        }
        let value: Option<Value> = match name.rsplit('.').next() {
            Some("toml") => toml::from_str(text).ok(),
            Some("json") => serde_json::from_str(text).ok(),
            _ => serde_yaml::from_str(&yaml::with_newlines(text)).ok(),
        };
        match value {
            Some(Value::Mapping(mapping)) => Self {
                fields: mapping
                    .into_iter()
                    .filter_map(|(key, value)| Some((key.as_str()?.to_owned(), value)))
                    .collect(),
            },
            _ => Self::named(text),
        }
    }

    /// The fields of a front matter, or none if it cannot be read.
    pub fn of_front_matter(bytes: &[u8], container: Container) -> Self {
        Self {
            fields: edit::fields(bytes, container).unwrap_or_default(),
        }
    }

    fn named(text: &str) -> Self {
        let keys = keys::keys(text).filter(|key| key.column == 1);
        Self {
            fields: keys.map(|key| (key.name.to_owned(), Value::Null)).collect(),
        }
    }

    /// The value of a field, ignoring the case of its name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        let (_, value) = self
            .fields
            .iter()
            .rfind(|(key, _)| key.eq_ignore_ascii_case(name))?;
        Some(value)
    }

    /// All fields, in the order of the file.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.fields.iter().map(|(key, value)| (key.as_str(), value))
    }

    pub fn has_any(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.get(name).is_some())
    }

    /// The value of a boolean field.
    pub fn flag(&self, name: &str) -> Option<bool> {
        self.get(name)?.as_bool()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_configuration_is_read_in_three_languages() {
        for (name, text) in [
            ("hugo.toml", "BaseURL = 'x'\nbuildFuture = true\n"),
            ("hugo.yaml", "BaseURL: x\r\nbuildFuture: true\r\n"),
            ("hugo.json", r#"{"BaseURL": "x", "buildFuture": true}"#),
        ] {
            let settings = SiteSettings::parse(name, text);
            assert!(settings.has_any(&["baseurl"]), "{name}");
            assert_eq!(settings.flag("buildFuture"), Some(true), "{name}");
        }
    }

    #[test]
    fn anchors_are_followed_and_of_what_is_broken_the_names_are_known() {
        let anchored = "a: &x\n  future: true\n<<: *x\nplugins: []\n";
        assert!(SiteSettings::parse("_config.yml", anchored).has_any(&["plugins"]));
        let broken = "plugins: [\nmarkdown: kramdown\n";
        assert!(SiteSettings::parse("_config.yml", broken).has_any(&["markdown"]));
        let deep = format!("future: true\na: {}", "[".repeat(BRACKETS + 1));
        assert!(SiteSettings::parse("_config.yml", &deep).has_any(&["future"]));
        assert_eq!(
            SiteSettings::parse("_config.yml", &deep).flag("future"),
            None
        );
    }
}
