//! Headers without fences, one field per line, to a tree of byte ranges; and their values.

use serde_yaml::Value;

use super::tree::{CollectionForm, FieldNode, NodeKind, ScalarForm, SourceNode};

/// The tree of `front`.
pub fn tree(front: &str) -> Option<SourceNode> {
    let mut entries: Vec<FieldNode> = Vec::new();
    let mut at = 0;
    for line in front.split_inclusive(['\n', '\r']) {
        let start = at;
        at += line.len();
        match line.split_once(':') {
            _ if line.trim().is_empty() => {}
            Some((name, value)) if !line.starts_with([' ', '\t']) => {
                let from = start + name.len() + 1 + (value.len() - value.trim_start().len());
                let text = value.trim();
                let range = from..from + text.len();
                entries.push(FieldNode {
                    name: name.trim().to_owned(),
                    key: start..start + name.len(),
                    value: SourceNode {
                        range: if text.is_empty() {
                            start + name.len()..start + name.len()
                        } else {
                            range
                        },
                        kind: NodeKind::Scalar(text.to_owned(), ScalarForm::Plain),
                    },
                });
            }
            _ => {
                let last = entries.last_mut()?;
                last.value.kind = NodeKind::Strange("several lines");
                last.value.range.end = start + line.trim_end().len();
            }
        }
    }
    Some(SourceNode {
        range: 0..front.len(),
        kind: NodeKind::Map(CollectionForm::Block, entries),
    })
}

/// The values of the fields, in order.
pub fn fields(front: &str) -> Vec<(String, Value)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in front.lines().filter(|line| !line.trim().is_empty()) {
        match (line.split_once(':'), fields.last_mut()) {
            (Some((name, value)), _) if !line.starts_with([' ', '\t']) => {
                fields.push((name.trim().to_owned(), value.trim().to_owned()));
            }
            (_, Some((_, value))) => {
                value.push('\n');
                value.push_str(line.trim());
            }
            (_, None) => fields.push((String::new(), line.to_owned())),
        }
    }
    let read = |(name, value): (String, String)| (name, Value::from(value));
    fields.into_iter().map(read).collect()
}
