//! What can be printed of an article, by the names of its front matter: the columns of a list, and
//! what `--fields` takes.

use clap::ValueEnum;
use serde_json::{Map, Value};

use super::entry::Entry;

/// A value of an article. `provider.name` is the `name` in the object `provider`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "camelCase")]
pub enum Field {
    Id,
    Path,
    Title,
    Excerpt,
    Category,
    #[value(name = "type")]
    Kind,
    PublishedDateTime,
    UpdatedDateTime,
    OriginalUrl,
    Quality,
    Heat,
    Published,
    Removed,
    Deleted,
    #[value(name = "provider.name")]
    ProviderName,
    #[value(name = "provider.domain")]
    ProviderDomain,
    Topics,
}

impl Field {
    /// The name, as it is printed and typed.
    pub fn name(self) -> String {
        self.to_possible_value()
            .map(|value| value.get_name().to_owned())
            .unwrap_or_default()
    }

    /// The value as text, empty for what a file does not say.
    pub fn value(self, entry: &Entry<'_>) -> String {
        match self {
            Self::Id => entry.id.clone(),
            Self::Path => entry.path.clone(),
            Self::Title => entry.title.to_owned(),
            Self::Excerpt => entry.excerpt.to_owned(),
            Self::Category => entry.category.to_owned(),
            Self::Kind => entry.kind.to_owned(),
            Self::PublishedDateTime => said(entry.published_date_time.as_ref()),
            Self::UpdatedDateTime => said(entry.updated_date_time.as_ref()),
            Self::OriginalUrl => entry.original_url.to_owned(),
            Self::Quality => said(entry.quality),
            Self::Heat => said(entry.heat),
            Self::Published => said(entry.published),
            Self::Removed => said(entry.removed),
            Self::Deleted => said(entry.deleted),
            Self::ProviderName => entry.provider.name.to_owned(),
            Self::ProviderDomain => entry.provider.domain.to_owned(),
            Self::Topics => entry.topics.join("; "),
        }
    }
}

/// These fields of an object and no others, in this order. What it lacks stays absent.
pub fn picked(object: &Value, fields: &[Field]) -> Map<String, Value> {
    let mut picked = Map::new();
    for field in fields {
        let name = field.name();
        match name.split_once('.') {
            None => {
                if let Some(value) = object.get(&name) {
                    picked.insert(name, value.clone());
                }
            }
            Some((outer, inner)) => {
                let value = object.get(outer).and_then(|it| it.get(inner));
                let place = value.map(|_| picked.entry(outer).or_insert_with(|| Map::new().into()));
                if let (Some(value), Some(Value::Object(place))) = (value, place) {
                    place.insert(inner.to_owned(), value.clone());
                }
            }
        }
    }
    picked
}

fn said(value: Option<impl ToString>) -> String {
    value.map(|it| it.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_picked_keeps_its_shape_and_comes_in_the_order_of_asking() {
        let object = serde_json::json!({
            "title": "A", "quality": 3, "provider": {"name": "N", "domain": "d.example"}
        });
        let fields = [
            Field::ProviderDomain,
            Field::Heat,
            Field::Title,
            Field::ProviderName,
        ];
        assert_eq!(
            Value::from(picked(&object, &fields)).to_string(),
            r#"{"provider":{"domain":"d.example","name":"N"},"title":"A"}"#
        );
        let bare = serde_json::json!({"title": "A"});
        assert_eq!(
            Value::from(picked(&bare, &fields)).to_string(),
            r#"{"title":"A"}"#
        );
    }
}
