//! A front matter as a tree, whatever its syntax. Scalars keep their spelling, and the reader
//! decides what they are: `3.10` is a number if a number is asked for, and stays `3.10` as a text.
//! `fields` and `article` know what the fields mean.

/// What the text of a front matter turned out to be.
#[derive(Debug, PartialEq)]
pub enum FrontShape {
    Map(Map),
    /// A list: data, not front matter.
    List,
    /// A single text or number: not front matter at all, such as prose between two rules.
    Scalar,
}

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    Null,
    Scalar(Scalar),
    List(Vec<Node>),
    Map(Map),
}

/// A value that is neither a list nor a mapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scalar {
    /// As spelled, without quotes and with escapes resolved.
    pub text: String,
    pub style: Quoting,
}

/// Whether a scalar can be anything but text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quoting {
    /// It may be a number, a boolean, a date or text.
    Plain,
    /// It was quoted or a block: text.
    Quoted,
}

/// Fields in order, without duplicate keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Map {
    pub entries: Vec<Entry>,
}

/// A field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub key: String,
    /// The line of the key, counted from 1.
    pub line: u32,
    pub value: Node,
}

impl Node {
    pub fn plain(text: impl Into<String>) -> Self {
        Self::Scalar(Scalar {
            text: text.into(),
            style: Quoting::Plain,
        })
    }

    pub fn quoted(text: impl Into<String>) -> Self {
        Self::Scalar(Scalar {
            text: text.into(),
            style: Quoting::Quoted,
        })
    }

    pub fn is_null(&self) -> bool {
        matches!(self, Node::Null)
    }

    /// The value on one line: `a, b` for lists and `name: x, domain: y` for mappings.
    pub fn one_line(&self) -> String {
        match self {
            Node::Null => String::new(),
            Node::Scalar(scalar) => scalar.text.clone(),
            Node::List(nodes) => joined(nodes.iter().map(Node::one_line)),
            Node::Map(map) => joined(
                map.entries
                    .iter()
                    .map(|entry| format!("{}: {}", entry.key, entry.value.one_line())),
            ),
        }
    }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

impl Map {
    /// The `label`, `name` or `title` of a mapping.
    pub fn label(&self) -> Option<&str> {
        ["label", "name", "title"].iter().find_map(|key| {
            let entry = self.entries.iter().find(|entry| entry.key == **key)?;
            match &entry.value {
                Node::Scalar(scalar) => Some(scalar.text.as_str()),
                Node::Null | Node::List(_) | Node::Map(_) => None,
            }
        })
    }

    /// The line of the field with exactly this key.
    pub fn line_of(&self, key: &str) -> Option<u32> {
        let entry = self.entries.iter().find(|entry| entry.key == key)?;
        Some(entry.line)
    }
}

/// A whole number as spelled in YAML, TOML and JSON: decimal with or without a sign, `0x1F`,
/// `0o17`, `0b11`; `None` if it is not one or does not fit.
pub fn integer(text: &str) -> Option<i64> {
    // Nearly all are nothing but a few digits.
    if let [b'0'..=b'9', ..] = text.as_bytes()
        && let Ok(number) = text.parse()
    {
        return Some(number);
    }
    let text = text.trim();
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let radix = [("0x", 16), ("0o", 8), ("0b", 2)];
    let of_radix = radix
        .iter()
        .find_map(|(prefix, radix)| Some((digits.strip_prefix(prefix)?, *radix)));
    let (digits, radix) = of_radix.unwrap_or((digits, 10));
    if !digits.starts_with(|sign: char| sign.is_ascii_hexdigit()) {
        return None;
    }
    // The lowest number has no positive counterpart.
    let number = i128::from_str_radix(digits, radix).ok()?;
    i64::try_from(if negative { -number } else { number }).ok()
}

/// A finite number.
pub fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let number = match integer(text) {
        Some(whole) => Some(whole as f64),
        None => text.parse().ok(),
    };
    number.filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_in_every_spelling() {
        for (text, expected) in [
            ("39", Some(39)),
            ("+1", Some(1)),
            ("-1", Some(-1)),
            ("007", Some(7)),
            ("0x1F", Some(31)),
            ("-0b11", Some(-3)),
            ("0o17", Some(15)),
            ("9223372036854775808", None),
            ("99999999999999999999", None),
            ("0xFFFFFFFFFFFFFFFFFFFF", None),
            ("1.5", None),
            ("1e3", None),
            ("--1", None),
            ("0x-1", None),
            ("", None),
        ] {
            assert_eq!(integer(text), expected, "{text}");
        }
    }

    #[test]
    fn numbers_are_finite() {
        assert_eq!(number("4.5"), Some(4.5));
        assert_eq!(number("1e3"), Some(1000.0));
        for text in [".nan", ".inf", "inf", "NaN", "many", "1e999"] {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
