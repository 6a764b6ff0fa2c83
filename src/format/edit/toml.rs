//! TOML to a tree of byte ranges.

use toml_edit::{Document, InlineTable, Item, Table, Value};

use super::tree::{CollectionForm, FieldNode, NodeKind, ScalarForm, SourceNode};

/// The tree of `front`; `None` if it is not TOML.
pub fn tree(front: &str) -> Option<SourceNode> {
    let document = Document::parse(front).ok()?;
    let mut root = table(document.as_table(), front)?;
    root.range = 0..front.len();
    Some(root)
}

fn table(table: &Table, front: &str) -> Option<SourceNode> {
    let mut entries = Vec::new();
    for (name, item) in table {
        let key = table.key(name).and_then(toml_edit::Key::span);
        let value = match item {
            Item::None => continue,
            Item::Value(value) => self::value(value, front)?,
            Item::Table(inner) => self::table(inner, front)?,
            Item::ArrayOfTables(tables) => SourceNode {
                range: tables.span()?,
                kind: NodeKind::Strange("a list of tables"),
            },
        };
        entries.push(FieldNode {
            name: name.to_owned(),
            key: key.unwrap_or(value.range.start..value.range.start),
            value,
        });
    }
    let start = |entry: &FieldNode| entry.key.start;
    entries.sort_by_key(start);
    let end = entries.last().map_or(0, |last| last.range().end);
    let range = table.span().unwrap_or_else(|| {
        let first = entries.first().map_or(0, start);
        first..end
    });
    Some(SourceNode {
        range,
        kind: NodeKind::Map(CollectionForm::Block, entries),
    })
}

fn value(value: &Value, front: &str) -> Option<SourceNode> {
    let range = value.span()?;
    let written = front.get(range.clone())?;
    let kind = match value {
        Value::String(text) => {
            let style = if written.starts_with("\"\"\"") || written.starts_with("'''") {
                ScalarForm::Block
            } else if written.starts_with('\'') {
                ScalarForm::Single
            } else {
                ScalarForm::Double
            };
            NodeKind::Scalar(text.value().clone(), style)
        }
        Value::Array(items) => {
            let items = items.iter().map(|item| self::value(item, front));
            NodeKind::List(CollectionForm::Flow, items.collect::<Option<_>>()?)
        }
        Value::InlineTable(inner) => NodeKind::Map(CollectionForm::Flow, inline(inner, front)?),
        Value::Integer(_) | Value::Float(_) | Value::Boolean(_) | Value::Datetime(_) => {
            NodeKind::Scalar(written.to_owned(), ScalarForm::Plain)
        }
    };
    Some(SourceNode { range, kind })
}

fn inline(table: &InlineTable, front: &str) -> Option<Vec<FieldNode>> {
    let entry = |(name, inner): (&str, &Value)| {
        Some(FieldNode {
            name: name.to_owned(),
            key: table.key(name)?.span()?,
            value: value(inner, front)?,
        })
    };
    table.iter().map(entry).collect()
}
