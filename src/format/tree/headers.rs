//! Pelican's and MultiMarkdown's headers to nodes: `Title: …` line by line, with indented lines
//! continuing the value above.

use std::collections::HashMap;

use crate::format::flaw::Flaw;
use crate::format::keys::header;
use crate::format::node::{Entry, Map, Node};

/// Parses headers; if a key appears twice, the last one counts, with a warning.
pub fn parse(front: &str, flaws: &mut Vec<Flaw>) -> Map {
    let mut fields: Vec<(String, u32, String)> = Vec::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (line, number) in front.lines().zip(1..) {
        if line.starts_with([' ', '\t']) {
            if let Some((.., value)) = fields.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
            continue;
        }
        let Some((key, value)) = header(line) else {
            continue;
        };
        let field = (key.to_owned(), number, value.to_owned());
        match seen.get(&key.to_lowercase()) {
            None => {
                seen.insert(key.to_lowercase(), fields.len());
                fields.push(field);
            }
            Some(at) => {
                fields[*at] = field;
                let reason = format!("{key} appears twice; the last one counts");
                flaws.push(
                    Flaw::new(reason)
                        .at(number, 1)
                        .field(key)
                        .hint("keep one of the two"),
                );
            }
        }
    }
    let entry = |(key, line, value): (String, u32, String)| {
        let value = value_of(&key, value);
        Entry { key, line, value }
    };
    Map {
        entries: fields.into_iter().map(entry).collect(),
    }
}

/// Several authors are on one line, separated by semicolons, or else by commas.
fn value_of(key: &str, value: String) -> Node {
    if value.is_empty() {
        return Node::Null;
    }
    if !key.eq_ignore_ascii_case("authors") {
        return Node::plain(value);
    }
    let sign = if value.contains(';') { ';' } else { ',' };
    let authors = value.split(sign).map(|name| Node::plain(name.trim()));
    Node::List(authors.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_fields() {
        let mut flaws = Vec::new();
        let front = "Title: A: b\nTags: x, y\nAuthors: A B, C\nSummary: one\n    two\ntitle: C\n";
        let map = parse(front, &mut flaws);
        assert_eq!(
            Node::Map(map).one_line(),
            "title: C, Tags: x, y, Authors: A B, C, Summary: one two"
        );
        assert_eq!(flaws.len(), 1);
    }
}
