//! What a person says about a site: which generator builds it, and additional field names. It is
//! set in a file of the site or in the configuration.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use serde::Deserialize;

use super::conventions::AddedName;
use super::roles::{FieldRole, ROLES};
use crate::model::Generator;
use crate::model::{ListedField, ListedFlag};

/// The overrides; none by default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct SiteOverrides {
    /// The generator, regardless of what is in the folder.
    pub generator: Option<Generator>,
    /// Field names added to roles.
    pub names: Arc<[AddedName]>,
}

/// As written in the file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WrittenOverrides {
    pub generator: Option<String>,
    pub fields: BTreeMap<String, OneOrMore>,
}

/// One name or several.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum OneOrMore {
    One(String),
    Several(Vec<String>),
}

impl TryFrom<WrittenOverrides> for SiteOverrides {
    type Error = String;

    /// # Errors
    /// A sentence that names the unknown generator or role.
    fn try_from(written: WrittenOverrides) -> Result<Self, String> {
        let generator = written.generator.as_deref().map(generator).transpose()?;
        let mut names = Vec::new();
        for (role, added) in written.fields {
            let role = role_to_add_to(&role)?;
            let added = match added {
                OneOrMore::One(name) => vec![name],
                OneOrMore::Several(names) => names,
            };
            names.extend(added.iter().map(|name| AddedName::new(name, role)));
        }
        Ok(Self {
            generator,
            names: names.into(),
        })
    }
}

impl SiteOverrides {
    /// These with others added: these take precedence, and their names come first.
    #[must_use]
    pub fn before(&self, others: &Self) -> Self {
        Self {
            generator: self.generator.or(others.generator),
            names: self.names.iter().chain(&*others.names).cloned().collect(),
        }
    }
}

/// The generator of this name.
///
/// # Errors
/// A sentence that lists the known ones.
pub fn generator(name: &str) -> Result<Generator, String> {
    Generator::named(name).ok_or_else(|| {
        let known: Vec<&str> = Generator::ALL.iter().map(|it| it.name()).collect();
        format!(
            "there is no generator “{name}”; the known ones are {}",
            known.join(", ")
        )
    })
}

/// The role that only the generator decides on.
const PUBLISHED: FieldRole = FieldRole::Listed(ListedField::Flag(ListedFlag::Published));

/// The names of all roles that names can be added to.
pub fn roles_to_add_to() -> Vec<&'static str> {
    static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
        let roles = ROLES.iter().map(|row| row.role);
        let roles = roles.filter(|role| *role != PUBLISHED);
        roles.map(FieldRole::name).collect()
    });
    NAMES.iter().map(String::as_str).collect()
}

/// The role of this name, if names can be added to it.
///
/// # Errors
/// A sentence that says why not.
pub fn role_to_add_to(name: &str) -> Result<FieldRole, String> {
    match FieldRole::named(name) {
        // The generator decides what publishes an article.
        Some(PUBLISHED) => {
            Err("the generator decides what publishes an article: set generator".to_owned())
        }
        Some(role) => Ok(role),
        None => Err(format!("there is no role “{name}”")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn overrides(text: &str) -> Result<SiteOverrides, String> {
        toml::from_str::<WrittenOverrides>(text)
            .expect("TOML")
            .try_into()
    }

    #[test]
    fn the_generator_and_names_of_roles_are_read() {
        let read = overrides(
            "generator = 'hugo'\n[fields]\ntopics = ['Labels', 'areas']\nexcerpt = 'teaser'\n",
        )
        .expect("overrides");
        assert_eq!(read.generator, Some(Generator::Hugo));
        let expected = [
            AddedName::new("teaser", FieldRole::Excerpt),
            AddedName::new("Labels", FieldRole::Topics),
            AddedName::new("areas", FieldRole::Topics),
        ];
        assert_eq!(*read.names, expected);
        assert_eq!(overrides(""), Ok(SiteOverrides::default()));
    }

    #[test]
    fn what_there_is_not_is_told() {
        for (text, word) in [
            ("generator = 'word'", "no generator “word”"),
            ("[fields]\ntopcis = ['x']", "no role “topcis”"),
            ("[fields]\npublished = ['x']", "the generator decides"),
        ] {
            let said = overrides(text).expect_err(text);
            assert!(said.contains(word), "{text}: {said}");
        }
    }

    #[test]
    fn those_that_come_before_decide() {
        let one = overrides("generator = 'hugo'\n[fields]\ntopics = 'a'").expect("overrides");
        let other = overrides("generator = 'zola'\n[fields]\ntopics = 'b'").expect("overrides");
        let both = one.before(&other);
        assert_eq!(both.generator, Some(Generator::Hugo));
        let names = [
            AddedName::new("a", FieldRole::Topics),
            AddedName::new("b", FieldRole::Topics),
        ];
        assert_eq!(*both.names, names);
        let none = SiteOverrides::default().before(&other);
        assert_eq!(none, other);
    }
}
