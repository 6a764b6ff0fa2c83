//! YAML to nodes. A duplicate key costs a warning, and the last one counts; aliases are followed up
//! to a limit; `<<` merges. What the fields mean is known elsewhere. If a text is not YAML, the
//! YAML library is asked why, and `complaint` words the answer.

use std::collections::HashMap;

use granit_parser::{Event, Parser, ScalarStyle, Span};

use crate::format::flaw::Flaw;
use crate::format::node::{Entry, FrontShape, Map, Node, Quoting, Scalar};
use crate::format::{caps, yaml};

/// Parses `front`, in which only `\n` ends a line. The flaws are warnings.
///
/// # Errors
/// One flaw, with lines counted from the start of `front`.
pub fn parse(front: &str, flaws: &mut Vec<Flaw>) -> Result<FrontShape, Flaw> {
    if front.len() > caps::FRONT_MATTER_BYTES {
        return Err(caps::too_long(front.len()));
    }
    let options = granit_parser::options! {
        flow_nesting_limit: caps::FLOW_DEPTH,
        block_nesting_limit: caps::BLOCK_DEPTH,
        emit_comments: false,
        block_scalar_eof_without_line_feed: true,
    };
    let mut builder = Builder {
        root: None,
        open: Vec::new(),
        anchors: HashMap::new(),
        expanded: 0,
        flaws,
    };
    for event in Parser::new_from_str_with_options(front, options) {
        let (event, span) = event.map_err(|error| complaint(front, &error))?;
        builder.step(event, span)?;
    }
    Ok(match builder.root {
        None | Some(Node::Null) => FrontShape::Map(Map::default()),
        Some(Node::Map(map)) => FrontShape::Map(map),
        Some(Node::List(_)) => FrontShape::List,
        Some(Node::Scalar(_)) => FrontShape::Scalar,
    })
}

/// What is wrong with a text that is not YAML, as worded for the YAML library's error.
fn complaint(front: &str, error: &granit_parser::ScanError) -> Flaw {
    let place = error.marker();
    match yaml::parse(front) {
        Err(flaw) => flaw,
        // A `-` in brackets, about which the parser says nothing.
        Ok(_) if error.info().is_empty() => {
            Flaw::new("a value begins with a character that makes it a list or a key")
                .at(small(place.line()), small(place.col() + 1))
                .hint("put the value in quotes, or the list on lines of its own")
        }
        Ok(_) => Flaw::new(format!("not YAML: {}", error.info()))
            .at(small(place.line()), small(place.col() + 1))
            .hint("correct the line, or put its value in quotes"),
    }
}

fn small(number: usize) -> u32 {
    number.clamp(1, u32::MAX as usize) as u32
}

/// Builds nodes from the parser's events, without recursion.
struct Builder<'f> {
    root: Option<Node>,
    open: Vec<Open>,
    anchors: HashMap<usize, Anchored>,
    /// The number of nodes that aliases have expanded to.
    expanded: usize,
    flaws: &'f mut Vec<Flaw>,
}

/// A value that aliases can refer to.
struct Anchored {
    node: Node,
    /// The number of nodes in it.
    size: usize,
}

/// An open collection.
struct Open {
    anchor: usize,
    kind: Kind,
}

enum Kind {
    List(Vec<Node>),
    Map(OpenMap),
}

#[derive(Default)]
struct OpenMap {
    map: Map,
    /// The index of each key in the map.
    seen: HashMap<String, usize>,
    /// A key that waits for its value, and its place.
    key: Option<(String, u32, u32)>,
    /// The maps that `<<` merges in.
    merged: Vec<Node>,
}

impl Builder<'_> {
    #[expect(clippy::wildcard_enum_match_arm, reason = "the enum is not ours")]
    fn step(&mut self, event: Event<'_>, span: Span) -> Result<(), Flaw> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let is_text = tag.is_some_and(|tag| tag.core_suffix() == Some("str"));
                let style = match style {
                    ScalarStyle::Plain if !is_text => Quoting::Plain,
                    _ => Quoting::Quoted,
                };
                self.put(scalar(text.into_owned(), style), anchor, span)
            }
            Event::Alias(anchor) => {
                let Some(Anchored { node, size }) = self.anchors.get(&anchor) else {
                    return Err(flaw_at("an alias (*) is inside what it refers to", span)
                        .hint("write the value out"));
                };
                self.expanded += size;
                if self.expanded > caps::EXPANDED_NODES {
                    let most = caps::EXPANDED_NODES;
                    let reason = format!("aliases (*) expand to more than {most} values");
                    return Err(flaw_at(&reason, span).hint("write the values out"));
                }
                let node = node.clone();
                self.put(node, 0, span)
            }
            Event::SequenceStart(_, anchor, _) => {
                let kind = Kind::List(Vec::new());
                self.open.push(Open { anchor, kind });
                Ok(())
            }
            Event::MappingStart(_, anchor, _) => {
                let kind = Kind::Map(OpenMap::default());
                self.open.push(Open { anchor, kind });
                Ok(())
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::DocumentStart(..) if self.root.is_some() => {
                Err(flaw_at("a second YAML document begins here", span)
                    .hint("indent the line if it belongs to a text, otherwise remove it"))
            }
            _ => Ok(()),
        }
    }

    fn close(&mut self, span: Span) -> Result<(), Flaw> {
        let Some(Open { anchor, kind }) = self.open.pop() else {
            return Ok(());
        };
        let node = match kind {
            Kind::List(nodes) => Node::List(nodes),
            Kind::Map(open) => Node::Map(open.closed()),
        };
        self.put(node, anchor, span)
    }

    /// Puts a node into the innermost open collection.
    fn put(&mut self, node: Node, anchor: usize, span: Span) -> Result<(), Flaw> {
        if anchor != 0 {
            let size = size(&node);
            self.anchors.insert(
                anchor,
                Anchored {
                    node: node.clone(),
                    size,
                },
            );
        }
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        match &mut open.kind {
            Kind::List(nodes) => nodes.push(node),
            Kind::Map(map) => match map.key.take() {
                None => {
                    let (line, column) = (small(span.start.line()), small(span.start.col() + 1));
                    map.key = Some((node.one_line(), line, column));
                }
                Some((key, ..)) if key == "<<" => map.merged.push(node),
                Some((key, line, column)) => {
                    if map.set(key.clone(), line, node) {
                        let reason = format!("{key} appears twice; the last one counts");
                        self.flaws.push(
                            Flaw::new(reason)
                                .at(line, column)
                                .field(key)
                                .hint("keep one of the two"),
                        );
                    }
                }
            },
        }
        Ok(())
    }
}

impl OpenMap {
    /// Sets a key; returns whether it existed before.
    fn set(&mut self, key: String, line: u32, value: Node) -> bool {
        if let Some(at) = self.seen.get(&key) {
            let before = &mut self.map.entries[*at];
            before.value = value;
            before.line = line;
            return true;
        }
        self.seen.insert(key.clone(), self.map.entries.len());
        self.map.entries.push(Entry { key, line, value });
        false
    }

    /// The map with the merged fields; its own take precedence.
    #[expect(clippy::wildcard_enum_match_arm, reason = "the enum is not ours")]
    fn closed(mut self) -> Map {
        let merged = std::mem::take(&mut self.merged);
        let maps = merged.into_iter().flat_map(|node| match node {
            Node::List(nodes) => nodes,
            node => vec![node],
        });
        for node in maps {
            if let Node::Map(map) = node {
                for entry in map.entries {
                    if !self.seen.contains_key(&entry.key) {
                        self.set(entry.key, entry.line, entry.value);
                    }
                }
            }
        }
        self.map
    }
}

fn scalar(text: String, style: Quoting) -> Node {
    let is_null = matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL");
    match style {
        Quoting::Plain if is_null => Node::Null,
        Quoting::Plain | Quoting::Quoted => Node::Scalar(Scalar { text, style }),
    }
}

fn size(node: &Node) -> usize {
    1 + match node {
        Node::Null | Node::Scalar(_) => 0,
        Node::List(nodes) => nodes.iter().map(size).sum(),
        Node::Map(map) => map.entries.iter().map(|entry| size(&entry.value)).sum(),
    }
}

fn flaw_at(reason: &str, span: Span) -> Flaw {
    Flaw::new(reason).at(small(span.start.line()), small(span.start.col() + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(front: &str) -> (Map, Vec<Flaw>) {
        let mut flaws = Vec::new();
        match parse(front, &mut flaws) {
            Ok(FrontShape::Map(map)) => (map, flaws),
            other => panic!("{front:?}: {other:?}"),
        }
    }

    fn shown(front: &str) -> String {
        Node::Map(read(front).0).one_line()
    }

    #[test]
    fn the_shapes() {
        let shape = |front| parse(front, &mut Vec::new()).expect("YAML");
        assert!(matches!(shape("a: 1\n"), FrontShape::Map(map) if map.entries.len() == 1));
        assert_eq!(shape(""), FrontShape::Map(Map::default()));
        assert_eq!(shape("# a comment\n"), FrontShape::Map(Map::default()));
        assert_eq!(shape("- a\n- b\n"), FrontShape::List);
        assert_eq!(shape("just prose\n"), FrontShape::Scalar);
    }

    #[test]
    fn scalars_keep_their_spelling() {
        assert_eq!(
            shown("a: [3.10, 3.1, 0x1F, 1e3, +1, True, 007]\nb: 117650423871234567890\n"),
            "a: 3.10, 3.1, 0x1F, 1e3, +1, True, 007, b: 117650423871234567890"
        );
        let (map, _) = read("a: 1\nb: '1'\nc: !!str 1\nd: ~\ne:\nf: \"\"\n");
        let styles: Vec<_> = map
            .entries
            .iter()
            .map(|entry| match &entry.value {
                Node::Scalar(scalar) => Some(scalar.style),
                _ => None,
            })
            .collect();
        let (plain, quoted) = (Some(Quoting::Plain), Some(Quoting::Quoted));
        assert_eq!(styles, [plain, quoted, quoted, None, None, quoted]);
    }

    #[test]
    fn of_a_key_that_is_there_twice_the_last_counts() {
        let (map, flaws) = read("title: a\nb: 1\ntitle: c\n");
        assert_eq!(Node::Map(map).one_line(), "title: c, b: 1");
        assert_eq!(flaws.len(), 1);
        assert_eq!(flaws[0].reason, "title appears twice; the last one counts");
        assert_eq!(
            flaws[0].place.map(|place| (place.line, place.column)),
            Some((3, 1))
        );
    }

    #[test]
    fn aliases_and_merges_are_followed() {
        assert_eq!(
            shown("a: &x {b: 1, c: 2}\nd: *x\ne:\n  <<: *x\n  c: 3\n"),
            "a: b: 1, c: 2, d: b: 1, c: 2, e: c: 3, b: 1"
        );
    }

    #[test]
    fn what_aliases_expand_to_is_limited() {
        let mut front = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..9 {
            let below = vec![format!("*a{}", level - 1); 9].join(", ");
            front.push_str(&format!("a{level}: &a{level} [{below}]\n"));
        }
        let flaw = parse(&front, &mut Vec::new()).expect_err("a bomb");
        assert!(flaw.reason.contains("10000"), "{flaw:?}");
        let flaw = parse("a: &x [*x]\n", &mut Vec::new()).expect_err("a loop");
        assert!(flaw.reason.contains("inside"), "{flaw:?}");
    }

    #[test]
    fn yaml_that_few_readers_take_is_read() {
        for front in [
            "a: |\n  x\n  \ty\n",
            "a: {b:, c: }\n",
            "a: !!null\nb: !t\n",
            "? [a, b]\n: c\n",
            "a: {x: :y}\n",
            "&k a: &v b\n",
            "a: \"x\n  y\"\n",
        ] {
            read(front);
        }
    }
}
