//! JSON to nodes. Hexo's, between `;;;`, has no braces around it.

use serde_json::Value;

use crate::format::flaw::Flaw;
use crate::format::node::{Entry, Map, Node};

/// Parses an object, or the contents of one.
pub fn parse(front: &str) -> Result<Map, Flaw> {
    let (opened, braced);
    let text = if front.trim_start().starts_with('{') {
        front
    } else {
        // On the same line, so that places match the file.
        opened = front.trim_end().trim_end_matches(',');
        braced = format!("{{{opened}}}");
        &braced
    };
    let value: Value = serde_json::from_str(text).map_err(|error| {
        let small = |number: usize| u32::try_from(number.max(1)).unwrap_or(u32::MAX);
        let said = error.to_string();
        let reason = said.split(" at line ").next().unwrap_or(&said);
        Flaw::new(format!("not JSON: {reason}"))
            .at(small(error.line()), 1)
            .hint("correct the line")
    })?;
    match node(value, front) {
        Node::Map(map) => Ok(map),
        Node::Null | Node::Scalar(_) | Node::List(_) => Ok(Map::default()),
    }
}

fn node(value: Value, front: &str) -> Node {
    match value {
        Value::Null => Node::Null,
        Value::Bool(flag) => Node::plain(flag.to_string()),
        Value::Number(number) => Node::plain(number.to_string()),
        Value::String(text) => Node::quoted(text),
        Value::Array(values) => Node::List(values.into_iter().map(|it| node(it, "")).collect()),
        Value::Object(fields) => Node::Map(Map {
            entries: fields
                .into_iter()
                .map(|(key, value)| Entry {
                    line: line_of(&key, front),
                    value: node(value, ""),
                    key,
                })
                .collect(),
        }),
    }
}

/// The line of a top-level key; the first line if it cannot be found.
fn line_of(key: &str, front: &str) -> u32 {
    let quoted = format!("\"{key}\"");
    let at = front.find(&quoted).unwrap_or(0);
    front[..at].matches('\n').count() as u32 + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_with_and_without_braces() {
        for front in [
            "{\n\"title\": \"T\", \"n\": 1.5, \"l\": [true, null]}",
            "\n\"title\": \"T\",\n\"n\": 1.5, \"l\": [true, null],\n",
        ] {
            let map = parse(front).expect("JSON");
            assert_eq!(map.line_of("title"), Some(2), "{front}");
            assert_eq!(Node::Map(map).one_line(), "title: T, n: 1.5, l: true, ");
        }
        let flaw = parse("{\"a\": 1,\n\"b\": }").expect_err("no JSON");
        assert_eq!(flaw.place.map(|place| place.line), Some(2));
    }
}
