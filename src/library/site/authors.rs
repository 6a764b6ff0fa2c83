//! The authors of a site, whom articles refer to by a short id. They come from the nearest
//! `authors.yml` or similar file, looking upwards.

use std::collections::BTreeMap;
use std::path::Path;

use serde_yaml::Value;

use super::recognised::text;
use crate::format::settings::SiteSettings;

/// Where such a file may be, relative to a folder.
const PLACES: [&str; 6] = [
    "_data/authors.yml",
    "_data/authors.yaml",
    "authors.yml",
    "authors.yaml",
    "authors.toml",
    "data/authors.toml",
];

/// Names by id.
pub type Authors = BTreeMap<String, String>;

/// The authors listed in a folder; `None` if it lists none.
pub fn in_folder(folder: &Path) -> Option<Authors> {
    PLACES.iter().find_map(|place| {
        let settings = SiteSettings::parse(place, &text(&folder.join(place))?);
        let named = |(id, value): (&str, &Value)| {
            let keys = ["name", "display_name", "title"];
            let field = || keys.iter().find_map(|key| value.get(key)?.as_str());
            let name = value.as_str().or_else(field);
            Some((id.to_owned(), name?.trim().to_owned()))
        };
        Some(settings.fields().filter_map(named).collect())
    })
}

/// Whether a file of this name lists authors.
pub fn is_of_authors(name: &str) -> bool {
    PLACES
        .iter()
        .any(|place| place.rsplit('/').next() == Some(name))
}

/// Replaces author ids with names.
pub fn name(authors: &mut [String], known: &Authors) {
    for author in authors {
        if let Some(name) = known.get(author.as_str()) {
            author.clone_from(name);
        }
    }
}
