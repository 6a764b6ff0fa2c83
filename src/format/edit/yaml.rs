//! YAML to a tree of byte ranges.

use granit_parser::{Event, Parser, ScalarStyle, Span, StructureStyle};

use super::tree::{CollectionForm, FieldNode, NodeKind, ScalarForm, SourceNode};

/// The tree of `front`; `None` if it is not YAML, or not a single node.
#[expect(clippy::wildcard_enum_match_arm, reason = "the enum is not ours")]
pub fn tree(front: &str) -> Option<SourceNode> {
    let mut open: Vec<Open> = Vec::new();
    let mut root = None;
    for event in Parser::new_from_str(front) {
        let (event, span) = event.ok()?;
        let node = match &event {
            Event::SequenceStart(style, ..) => {
                open.push(Open::new(
                    NodeKind::List(layout(*style), Vec::new()),
                    &event,
                    span,
                )?);
                continue;
            }
            Event::MappingStart(style, ..) => {
                open.push(Open::new(
                    NodeKind::Map(layout(*style), Vec::new()),
                    &event,
                    span,
                )?);
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => open.pop()?.close(span)?,
            event if event.is_node() => leaf(event, span, front)?,
            _ => continue,
        };
        match open.last_mut() {
            Some(parent) => parent.take(node)?,
            None if root.is_none() => root = Some(node),
            None => return None,
        }
    }
    root
}

/// A collection that has not ended yet.
struct Open {
    node: SourceNode,
    /// The key that waits for its value.
    key: Option<SourceNode>,
    /// What else it is, if that means it must be left alone.
    strange: Option<&'static str>,
}

impl Open {
    fn new(kind: NodeKind, event: &Event<'_>, span: Span) -> Option<Self> {
        Some(Self {
            node: SourceNode {
                range: span.byte_range()?,
                kind,
            },
            key: None,
            strange: strange(event),
        })
    }

    fn take(&mut self, node: SourceNode) -> Option<()> {
        match &mut self.node.kind {
            NodeKind::List(_, items) => items.push(node),
            NodeKind::Map(_, entries) => match self.key.take() {
                None => self.key = Some(node),
                Some(key) => entries.push(FieldNode {
                    value: placed(node, &key),
                    name: match key.kind {
                        NodeKind::Scalar(text, _) => text,
                        NodeKind::List(..) | NodeKind::Map(..) | NodeKind::Strange(_) => {
                            String::new()
                        }
                    },
                    key: key.range,
                }),
            },
            NodeKind::Scalar(..) | NodeKind::Strange(_) => return None,
        }
        Some(())
    }

    fn close(self, span: Span) -> Option<SourceNode> {
        let mut node = self.node;
        let flow = matches!(
            node.kind,
            NodeKind::List(CollectionForm::Flow, _) | NodeKind::Map(CollectionForm::Flow, _)
        );
        node.range.end = match &node.kind {
            _ if flow => span.byte_range()?.end,
            NodeKind::List(_, items) => items.last().map_or(node.range.end, |last| last.range.end),
            NodeKind::Map(_, entries) => entries
                .last()
                .map_or(node.range.end, |last| last.range().end),
            NodeKind::Scalar(..) | NodeKind::Strange(_) => node.range.end,
        };
        if let Some(what) = self.strange {
            node.kind = NodeKind::Strange(what);
        }
        Some(node)
    }
}

/// A missing value is placed right after its key.
fn placed(mut value: SourceNode, key: &SourceNode) -> SourceNode {
    if value.range.is_empty() {
        value.range = key.range.end..key.range.end;
    }
    value
}

fn leaf(event: &Event<'_>, span: Span, front: &str) -> Option<SourceNode> {
    let range = span.byte_range()?;
    let written = front.get(range.clone())?;
    let kind = match event.scalar() {
        None => NodeKind::Strange("an alias"),
        Some((text, style)) => match strange(event) {
            Some(what) => NodeKind::Strange(what),
            None if written.is_empty() => NodeKind::Scalar(String::new(), ScalarForm::Plain),
            None => NodeKind::Scalar(text.to_owned(), style_of(style)),
        },
    };
    Some(SourceNode { range, kind })
}

fn strange(event: &Event<'_>) -> Option<&'static str> {
    if event.tag().is_some() {
        Some("tagged")
    } else if event.anchor_id().is_some() {
        Some("anchored")
    } else {
        None
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the enum is not ours")]
fn style_of(style: ScalarStyle) -> ScalarForm {
    match style {
        ScalarStyle::SingleQuoted => ScalarForm::Single,
        ScalarStyle::DoubleQuoted => ScalarForm::Double,
        ScalarStyle::Plain => ScalarForm::Plain,
        _ => ScalarForm::Block,
    }
}

fn layout(style: StructureStyle) -> CollectionForm {
    match style {
        StructureStyle::Flow => CollectionForm::Flow,
        StructureStyle::Block => CollectionForm::Block,
    }
}
