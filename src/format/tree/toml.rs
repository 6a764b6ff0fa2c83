//! TOML to nodes, with numbers as spelled.

use std::borrow::Cow;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::format::caps;
use crate::format::flaw::Flaw;
use crate::format::node::{Entry, Map, Node};

/// Parses a document. Nothing is reported as a mere warning, since TOML forbids what YAML parsers
/// forgive.
pub fn parse(front: &str) -> Result<Map, Flaw> {
    if front
        .bytes()
        .filter(|byte| matches!(byte, b'[' | b'{'))
        .count()
        > caps::TOML_BRACKETS
    {
        return Err(Flaw::new("too many brackets and braces")
            .at(1, 1)
            .hint("move long data into a file of its own"));
    }
    let table = DeTable::parse(front).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start.min(front.len()));
        let before = front.get(..at).unwrap_or_default();
        let column = before.rsplit('\n').next().unwrap_or("").chars().count();
        Flaw::new(format!("not TOML: {}", error.message().replace('\n', ", ")))
            .at(line_at(front, at), column as u32 + 1)
            .hint("correct the line, or put its value in quotes")
    })?;
    Ok(map(table.into_inner(), front))
}

fn map(table: DeTable<'_>, front: &str) -> Map {
    let entry = |(key, value): (Spanned<Cow<'_, str>>, Spanned<DeValue<'_>>)| Entry {
        line: line_at(front, key.span().start),
        key: key.into_inner().into_owned(),
        value: node(value.into_inner(), front),
    };
    Map {
        entries: table.into_iter().map(entry).collect(),
    }
}

fn node(value: DeValue<'_>, front: &str) -> Node {
    // The parser limits the nesting of values, and thus this recursion.
    match value {
        DeValue::String(text) => Node::quoted(text),
        DeValue::Integer(number) => {
            let prefix = match number.radix() {
                16 => "0x",
                8 => "0o",
                2 => "0b",
                _ => "",
            };
            Node::plain(format!("{prefix}{}", number.as_str()))
        }
        DeValue::Float(number) => Node::plain(number.as_str()),
        DeValue::Boolean(flag) => Node::plain(flag.to_string()),
        DeValue::Datetime(moment) => Node::plain(moment.to_string()),
        DeValue::Array(values) => Node::List(
            values
                .into_iter()
                .map(|value| node(value.into_inner(), front))
                .collect(),
        ),
        DeValue::Table(table) => Node::Map(map(table, front)),
    }
}

fn line_at(front: &str, at: usize) -> u32 {
    let before = &front.as_bytes()[..at.min(front.len())];
    memchr::memchr_iter(b'\n', before).count() as u32 + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_dates_keep_their_spelling() {
        let front =
            "a = 1.10\nb = 0x1F\nc = 2024-05-02T08:30:00+02:00\nd = 'x'\n\n[t]\ne = [1, true]\n";
        let map = parse(front).expect("TOML");
        assert_eq!(map.line_of("t"), Some(6));
        assert_eq!(
            Node::Map(map).one_line(),
            "a: 1.10, b: 0x1F, c: 2024-05-02T08:30:00+02:00, d: x, t: e: 1, true"
        );
    }

    #[test]
    fn what_is_no_toml_is_named_with_its_place() {
        let flaw = parse("a = 1\nb = \n").expect_err("no TOML");
        assert_eq!(flaw.place.map(|place| place.line), Some(2));
        assert!(parse("a = 1\na = 2\n").is_err());
        let deep = format!("a = {}", "[".repeat(30_000));
        assert!(parse(&deep).is_err());
        let tables: String = (0..1_000).map(|n| format!("[a{n}]\n")).collect();
        assert!(parse(&tables).is_ok());
    }
}
