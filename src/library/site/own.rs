//! What a person says about a library in a file inside it, `newsdesk.toml`: which generator makes
//! the site, and further names of fields. The person's settings for the program are in `config`.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::recognised::text;
use crate::format::{AddedName, Role};
use crate::model::Generator;

/// The name of the file.
pub const NAME: &str = "newsdesk.toml";

/// Its contents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Own {
    /// The generator, whatever else is in the folder.
    pub generator: Option<Generator>,
    /// Field names added to roles.
    pub names: Vec<AddedName>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    generator: Option<String>,
    fields: BTreeMap<String, Names>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Names {
    One(String),
    Several(Vec<String>),
}

/// Reads the file in a folder; `None` if there is none. If it is wrong, nothing in it counts.
pub fn in_folder(folder: &Path) -> Option<Own> {
    Some(parse(&text(&folder.join(NAME))?).unwrap_or_default())
}

/// What is wrong with the file at `path`, if anything.
pub fn problem(path: &Path) -> Option<String> {
    parse(&text(path)?).err()
}

/// Parses such a file.
///
/// # Errors
/// A sentence that says what is wrong, and on which line if known.
fn parse(text: &str) -> Result<Own, String> {
    let file: File = toml::from_str(text).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start).min(text.len());
        let line = 1 + text.as_bytes()[..start]
            .iter()
            .filter(|it| **it == b'\n')
            .count();
        format!("line {line}: {}", error.message())
    })?;
    let generator = match file.generator {
        Some(name) => Some(Generator::named(&name).ok_or_else(|| {
            let known: Vec<&str> = Generator::ALL.iter().map(|it| it.name()).collect();
            format!(
                "there is no generator “{name}”; the known ones are {}",
                known.join(", ")
            )
        })?),
        None => None,
    };
    let mut names = Vec::new();
    for (role, added) in file.fields {
        let found = Role::named(&role).ok_or_else(|| format!("there is no role “{role}”"))?;
        // The generator decides what publishes an article.
        if found == Role::Published {
            return Err(
                "what publishes an article is for the generator to say: set generator".into(),
            );
        }
        let added = match added {
            Names::One(name) => vec![name],
            Names::Several(names) => names,
        };
        names.extend(added.iter().map(|name| AddedName::new(name, found)));
    }
    Ok(Own { generator, names })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_and_names_of_roles_are_read() {
        let own = parse(
            "generator = 'hugo'\n[fields]\ntopics = ['Labels', 'areas']\nexcerpt = 'teaser'\n",
        )
        .expect("a file");
        assert_eq!(own.generator, Some(Generator::Hugo));
        let expected = [
            AddedName::new("teaser", Role::Excerpt),
            AddedName::new("Labels", Role::Topics),
            AddedName::new("areas", Role::Topics),
        ];
        assert_eq!(own.names, expected);
        assert_eq!(parse(""), Ok(Own::default()));
    }

    #[test]
    fn what_is_wrong_is_told() {
        for (text, word) in [
            ("generator = 'word'", "no generator “word”"),
            ("[fields]\ntopcis = ['x']", "no role “topcis”"),
            ("[fields]\npublished = ['x']", "for the generator to say"),
            ("\ngenerater = 'hugo'", "line 2: unknown field"),
            ("[fields", "line 1"),
        ] {
            let said = parse(text).expect_err(text);
            assert!(said.contains(word), "{text}: {said}");
        }
    }
}
