//! What somebody asks of a field, whatever its name is in a file. Not for where it stands there.

use super::{Key, Scalar, Wish};
use crate::model::Generator;

/// A change that is asked for by the name of a role, or of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub field: String,
    pub change: Asking,
}

/// What is asked of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asking {
    Set(String),
    Remove,
    Add(String),
    Take(String),
}

impl Asked {
    /// The wish that it is for the files of a generator.
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

/// The names that a field goes by; the first is the one under which this generator looks for it.
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
