//! JSON to a tree of byte ranges.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::tree::{CollectionForm, FieldNode, NodeKind, ScalarForm, SourceNode};

/// Deepest nesting of lists and objects.
const DEPTH: usize = 32;

/// The tree of `front`; `None` if it is not JSON.
pub fn tree(front: &str) -> Option<SourceNode> {
    node(serde_json::from_str(front).ok()?, front, DEPTH)
}

fn node(raw: &RawValue, front: &str, depth: usize) -> Option<SourceNode> {
    let depth = depth.checked_sub(1)?;
    let written = raw.get();
    let start = written.as_ptr().addr().checked_sub(front.as_ptr().addr())?;
    let range = start..start + written.len();
    let kind = match written.as_bytes().first()? {
        b'"' => NodeKind::Scalar(serde_json::from_str(written).ok()?, ScalarForm::Double),
        b'[' => {
            let items: Vec<&RawValue> = serde_json::from_str(written).ok()?;
            let items = items.into_iter().map(|item| node(item, front, depth));
            NodeKind::List(CollectionForm::Flow, items.collect::<Option<_>>()?)
        }
        b'{' => NodeKind::Map(CollectionForm::Flow, entries(written, start, front, depth)?),
        b'n' => NodeKind::Scalar(String::new(), ScalarForm::Plain),
        _ => NodeKind::Scalar(written.to_owned(), ScalarForm::Plain),
    };
    Some(SourceNode { range, kind })
}

fn entries(written: &str, start: usize, front: &str, depth: usize) -> Option<Vec<FieldNode>> {
    let Fields(fields) = serde_json::from_str(written).ok()?;
    let mut behind = start;
    let mut entries = Vec::new();
    for (name, raw) in fields {
        let value = node(raw, front, depth)?;
        let before = front.get(behind..value.range.start)?;
        let key = behind + before.find('"')?..behind + before.rfind('"')? + 1;
        behind = value.range.end;
        entries.push(FieldNode { name, key, value });
    }
    Some(entries)
}

/// The fields of an object in order, including duplicates.
struct Fields<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Fields<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Collect)
    }
}
