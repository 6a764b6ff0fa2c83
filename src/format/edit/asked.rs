//! A change requested for a field, whatever its name in a file.

use super::{Key, Scalar, Wish};
use crate::model::Generator;

/// A change requested by the name of a role or of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub field: String,
    pub change: Asking,
}

/// The change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asking {
    Set(String),
    Remove,
    Add(String),
    Take(String),
}

impl Asked {
    /// The corresponding wish for files of a generator.
    pub fn wish(&self, generator: Generator) -> Wish {
        let key = key(&self.field, generator);
        match &self.change {
            Asking::Set(text) => Wish::Set {
                key,
                to: Scalar::typed(text),
            },
            Asking::Remove => Wish::Remove { key },
            Asking::Add(item) => Wish::Add {
                key,
                item: item.clone(),
            },
            Asking::Take(item) => Wish::Take {
                key,
                item: item.clone(),
            },
        }
    }
}

/// The names of a field, first the one that this generator looks for.
fn key(field: &str, generator: Generator) -> Key {
    match (field, generator) {
        ("topics" | "topic" | "tags", Generator::Unknown) => {
            Key::any(["topics", "tags", "tag", "keywords", "taxonomies.tags"])
        }
        ("topics" | "topic" | "tags", Generator::Zola) => {
            Key::any(["taxonomies.tags", "tags", "topics", "keywords"])
        }
        ("topics" | "topic" | "tags", _) => Key::any(["tags", "topics", "tag", "keywords"]),
        ("categories", Generator::Zola) => {
            Key::any(["taxonomies.categories", "categories", "category"])
        }
        ("categories", _) => Key::any(["categories", "category"]),
        ("category", _) => Key::any(["category", "categories"]),
        (other, _) => Key::new(other.strip_prefix("meta.").unwrap_or(other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_has_the_name_that_its_generator_looks_for() {
        for (field, generator, name) in [
            ("topics", Generator::Unknown, "topics"),
            ("topics", Generator::Hugo, "tags"),
            ("tags", Generator::Zola, "taxonomies.tags"),
            ("meta.mood", Generator::Hugo, "mood"),
            ("quality", Generator::Jekyll, "quality"),
        ] {
            assert_eq!(key(field, generator).name(), name, "{field} in {generator}");
        }
    }
}
