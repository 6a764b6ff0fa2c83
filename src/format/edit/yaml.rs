//! YAML to a tree of byte ranges.

use granit_parser::{Event, Parser, ScalarStyle, Span, StructureStyle};

use super::tree::{Entry, Kind, Layout, Node, Style};

/// The tree of `front`; `None` if it is not YAML, or not a single node.
#[expect(clippy::wildcard_enum_match_arm, reason = "the enum is not ours")]
pub fn tree(front: &str) -> Option<Node> {
    let mut open: Vec<Open> = Vec::new();
    let mut root = None;
    for event in Parser::new_from_str(front) {
        let (event, span) = event.ok()?;
        let node = match &event {
            Event::SequenceStart(style, ..) => {
                open.push(Open::new(
                    Kind::List(layout(*style), Vec::new()),
                    &event,
                    span,
                )?);
                continue;
            }
            Event::MappingStart(style, ..) => {
                open.push(Open::new(
                    Kind::Map(layout(*style), Vec::new()),
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
    node: Node,
    /// The key that waits for its value.
    key: Option<Node>,
    /// What else it is, if that means it must be left alone.
    strange: Option<&'static str>,
}

impl Open {
    fn new(kind: Kind, event: &Event<'_>, span: Span) -> Option<Self> {
        Some(Self {
            node: Node {
                range: span.byte_range()?,
                kind,
            },
            key: None,
            strange: strange(event),
        })
    }

    fn take(&mut self, node: Node) -> Option<()> {
        match &mut self.node.kind {
            Kind::List(_, items) => items.push(node),
            Kind::Map(_, entries) => match self.key.take() {
                None => self.key = Some(node),
                Some(key) => entries.push(Entry {
                    value: placed(node, &key),
                    name: match key.kind {
                        Kind::Scalar(text, _) => text,
                        Kind::List(..) | Kind::Map(..) | Kind::Strange(_) => String::new(),
                    },
                    key: key.range,
                }),
            },
            Kind::Scalar(..) | Kind::Strange(_) => return None,
        }
        Some(())
    }

    fn close(self, span: Span) -> Option<Node> {
        let mut node = self.node;
        let flow = matches!(
            node.kind,
            Kind::List(Layout::Flow, _) | Kind::Map(Layout::Flow, _)
        );
        node.range.end = match &node.kind {
            _ if flow => span.byte_range()?.end,
            Kind::List(_, items) => items.last().map_or(node.range.end, |last| last.range.end),
            Kind::Map(_, entries) => entries
                .last()
                .map_or(node.range.end, |last| last.range().end),
            Kind::Scalar(..) | Kind::Strange(_) => node.range.end,
        };
        if let Some(what) = self.strange {
            node.kind = Kind::Strange(what);
        }
        Some(node)
    }
}

/// A missing value is placed right after its key.
fn placed(mut value: Node, key: &Node) -> Node {
    if value.range.is_empty() {
        value.range = key.range.end..key.range.end;
    }
    value
}

fn leaf(event: &Event<'_>, span: Span, front: &str) -> Option<Node> {
    let range = span.byte_range()?;
    let written = front.get(range.clone())?;
    let kind = match event.scalar() {
        None => Kind::Strange("an alias"),
        Some((text, style)) => match strange(event) {
            Some(what) => Kind::Strange(what),
            None if written.is_empty() => Kind::Scalar(String::new(), Style::Plain),
            None => Kind::Scalar(text.to_owned(), style_of(style)),
        },
    };
    Some(Node { range, kind })
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
fn style_of(style: ScalarStyle) -> Style {
    match style {
        ScalarStyle::SingleQuoted => Style::Single,
        ScalarStyle::DoubleQuoted => Style::Double,
        ScalarStyle::Plain => Style::Plain,
        _ => Style::Block,
    }
}

fn layout(style: StructureStyle) -> Layout {
    match style {
        StructureStyle::Flow => Layout::Flow,
        StructureStyle::Block => Layout::Block,
    }
}
