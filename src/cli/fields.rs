//! The fields that `--fields` takes, by their JSON names. `entry` knows where their values come
//! from.

use std::str::FromStr;

use serde_json::{Map, Value};

use super::entry::{self, ArticleFields, LISTED, MARKS};
use crate::query::fields::{FIELDS, nearest, row_of};

/// A field of an article: `title`, `provider.name`, `related.title`, `meta.layout`, `marks.tags`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputField {
    /// The name as typed.
    name: String,
    /// Its path in the object.
    way: Vec<String>,
}

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldOrigin {
    List,
    File,
    Desk,
}

impl OutputField {
    /// The fields known from the list.
    pub fn listed() -> Vec<Self> {
        LISTED.into_iter().map(Self::at).collect()
    }

    fn at(way: &str) -> Self {
        Self {
            name: way.to_owned(),
            way: way.split('.').map(str::to_owned).collect(),
        }
    }

    /// All names that can be typed, those of the list first.
    pub fn names() -> impl Iterator<Item = &'static str> {
        entry::names()
    }

    /// The name as typed.
    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn origin(&self) -> FieldOrigin {
        let way = self.way.join(".");
        if self.way[0] == MARKS {
            FieldOrigin::Desk
        } else if LISTED.contains(&way.as_str()) {
            FieldOrigin::List
        } else {
            FieldOrigin::File
        }
    }

    /// The value as text; empty if the file does not have it.
    pub fn value(&self, entry: &ArticleFields) -> String {
        let mut values = vec![];
        gather(&self.way, entry, &mut values);
        let texts: Vec<String> = values.into_iter().map(text).collect();
        texts.join("; ")
    }
}

/// There is no field of this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no field of this name{}; for other fields of the file use meta.NAME", .0.map(|near| format!(", did you mean “{near}”?")).unwrap_or_default())]
pub struct UnknownField(Option<&'static str>);

impl FromStr for OutputField {
    type Err = UnknownField;

    fn from_str(text: &str) -> Result<Self, UnknownField> {
        let tops = || Self::names().map(|name| name.split('.').next().unwrap_or(name));
        let (top, rest) = text.split_once('.').unwrap_or((text, ""));
        let is_whole = !text.split('.').any(str::is_empty);
        if let Some(own) = tops().find(|it| it.eq_ignore_ascii_case(top))
            && is_whole
        {
            let way = match rest {
                "" => own.to_owned(),
                rest => format!("{own}.{rest}"),
            };
            return Ok(Self {
                name: way.clone(),
                ..Self::at(&way)
            });
        }
        // The names used in queries work too.
        if let Some(json) = row_of(text).and_then(|row| row.json) {
            return Ok(Self {
                name: text.to_owned(),
                ..Self::at(json)
            });
        }
        let words = tops().chain(FIELDS.iter().filter_map(|row| row.json.map(|_| row.name)));
        Err(UnknownField(nearest(words, text)))
    }
}

/// Collects the values at a path in an object; for a list on the path, those of every element.
fn gather<'a>(way: &[String], object: &'a ArticleFields, values: &mut Vec<&'a Value>) {
    let Some((first, rest)) = way.split_first() else {
        return;
    };
    let Some(value) = object.get(first) else {
        return;
    };
    match (value, rest) {
        (Value::Array(items), []) => values.extend(items),
        (value, []) => values.push(value),
        (Value::Object(inner), rest) => gather(rest, inner, values),
        (Value::Array(items), rest) => {
            for inner in items.iter().filter_map(Value::as_object) {
                gather(rest, inner, values);
            }
        }
        (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_), _) => {}
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

/// Returns only these fields of an object, in this order and with their nesting. Absent ones stay
/// absent.
pub fn picked(object: &ArticleFields, fields: &[OutputField]) -> ArticleFields {
    let mut picked = Map::new();
    for field in fields {
        pick(object, &field.way, &mut picked);
    }
    picked
}

fn pick(object: &ArticleFields, way: &[String], picked: &mut ArticleFields) {
    let Some((first, rest)) = way.split_first() else {
        return;
    };
    let Some(value) = object.get(first) else {
        return;
    };
    match (value, rest) {
        (value, []) => {
            picked.insert(first.clone(), value.clone());
        }
        (Value::Object(inner), rest) => {
            let mut below = match picked.get_mut(first) {
                Some(Value::Object(below)) => std::mem::take(below),
                _ => Map::new(),
            };
            pick(inner, rest, &mut below);
            if !below.is_empty() {
                picked.insert(first.clone(), Value::Object(below));
            }
        }
        (Value::Array(items), rest) => {
            let mut below = match picked.get_mut(first) {
                Some(Value::Array(below)) => std::mem::take(below),
                _ => vec![Value::Object(Map::new()); items.len()],
            };
            for (item, below) in items.iter().zip(&mut below) {
                if let (Value::Object(item), Value::Object(below)) = (item, below) {
                    pick(item, rest, below);
                }
            }
            picked.insert(first.clone(), Value::Array(below));
        }
        (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_), _) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn fields(names: &[&str]) -> Vec<OutputField> {
        names.iter().map(|it| it.parse().expect(it)).collect()
    }

    fn entry(value: Value) -> ArticleFields {
        value.as_object().expect("an object").clone()
    }

    #[test]
    fn what_is_picked_keeps_its_shape_and_comes_in_the_order_of_asking() {
        let object = entry(json!({
            "title": "A", "quality": 3, "provider": {"name": "N", "domain": "d.example"},
            "related": [{"title": "R", "url": "u"}, {"url": "v"}]
        }));
        let wanted = fields(&[
            "provider.domain",
            "heat",
            "title",
            "provider.name",
            "related.title",
        ]);
        assert_eq!(
            Value::from(picked(&object, &wanted)).to_string(),
            r#"{"provider":{"domain":"d.example","name":"N"},"title":"A","related":[{"title":"R"},{}]}"#
        );
        let bare = entry(json!({"title": "A"}));
        assert_eq!(
            Value::from(picked(&bare, &wanted)).to_string(),
            r#"{"title":"A"}"#
        );
    }

    #[test]
    fn a_value_is_one_text() {
        let object = entry(json!({
            "topics": ["a", "b"], "quality": 3, "meta": {"x": {"y": [1, 2]}},
            "related": [{"title": "R"}, {"title": "S"}], "images": [{"url": "u"}]
        }));
        for (name, text) in [
            ("topics", "a; b"),
            ("topic", "a; b"),
            ("quality", "3"),
            ("heat", ""),
            ("meta.x.y", "1; 2"),
            ("meta.x", r#"{"y":[1,2]}"#),
            ("related.title", "R; S"),
            ("images", r#"{"url":"u"}"#),
            ("quality.deeper", ""),
        ] {
            assert_eq!(fields(&[name])[0].value(&object), text, "{name}");
        }
    }

    #[test]
    fn names_of_queries_and_of_json_are_understood() {
        for (name, way, origin) in [
            ("date", "publishedDateTime", FieldOrigin::List),
            ("Kind", "type", FieldOrigin::List),
            ("url", "originalUrl", FieldOrigin::List),
            ("provider", "provider", FieldOrigin::File),
            ("domain", "provider.domain", FieldOrigin::List),
            ("tag", "marks.tags", FieldOrigin::Desk),
            ("publisheddatetime", "publishedDateTime", FieldOrigin::List),
            ("meta.Any.thing", "meta.Any.thing", FieldOrigin::File),
        ] {
            let field = &fields(&[name])[0];
            assert_eq!(
                (field.way.join("."), field.origin()),
                (way.to_owned(), origin)
            );
        }
    }

    #[test]
    fn what_is_no_field_is_refused_with_the_nearest() {
        let refused = |name: &str| name.parse::<OutputField>().expect_err(name).to_string();
        assert!(refused("qualty").contains("“quality”"));
        assert!(refused("layout").contains("meta.NAME"));
        for wrong in ["", "meta.", ".title", "a..b"] {
            assert!(wrong.parse::<OutputField>().is_err(), "{wrong}");
        }
    }
}
