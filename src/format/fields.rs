//! Taking typed fields out of a YAML mapping, leniently: a value of the wrong type costs that
//! field, makes a flaw, and nothing else. Not for which fields there are: `article` knows those.

use std::cell::OnceCell;
use std::collections::HashMap;

use serde_yaml::{Mapping, Value};

use super::date;
use super::entities::decode_entities;
use super::flaw::Flaw;
use super::yaml::{keys, untagged};
use crate::model::Moment;

/// A mapping whose fields are taken out one by one; what is left at the end is not in the format.
pub struct Fields<'a> {
    mapping: Mapping,
    /// Where in the article this mapping stands, such as `related[2].`; empty at the top.
    prefix: String,
    source: &'a Source<'a>,
}

/// The text the mapping was parsed from, to say in which line a field stands.
pub struct Source<'a> {
    front: &'a str,
    /// Made when it is first asked for: most articles have no flaw.
    lines: OnceCell<HashMap<&'a str, u32>>,
}

impl<'a> Source<'a> {
    pub fn new(front: &'a str) -> Self {
        Self {
            front,
            lines: OnceCell::new(),
        }
    }

    /// The line, counted from 1, in which a top-level key stands.
    pub fn line_of(&self, key: &str) -> Option<u32> {
        let lines = self.lines.get_or_init(|| {
            let top = keys(self.front).filter(|key| key.column == 1);
            // Of two lines that look like the same key the first counts: it is put in last.
            let mut lines: Vec<_> = top.map(|key| (key.name, key.line)).collect();
            lines.reverse();
            lines.into_iter().collect()
        });
        lines.get(key).copied()
    }
}

impl<'a> Fields<'a> {
    pub fn top(mapping: Mapping, source: &'a Source<'a>) -> Self {
        Self {
            mapping,
            prefix: String::new(),
            source,
        }
    }

    /// The value of a field that is there and not null.
    pub fn take(&mut self, name: &str) -> Option<Value> {
        match untagged(self.mapping.shift_remove(name)?) {
            Value::Null => None,
            value => Some(value),
        }
    }

    /// A text; numbers and booleans are taken as they print. Blank text is no text.
    pub fn text(&mut self, name: &str, flaws: &mut Vec<Flaw>) -> Option<String> {
        let value = self.take(name)?;
        match scalar(&value) {
            Some(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            None => {
                flaws.push(self.wrong(name, &value, "a text"));
                None
            }
        }
    }

    /// A text for people, its HTML entities decoded.
    pub fn prose(&mut self, name: &str, flaws: &mut Vec<Flaw>) -> Option<String> {
        self.text(name, flaws).and_then(decoded)
    }

    pub fn integer(&mut self, name: &str, flaws: &mut Vec<Flaw>) -> Option<i64> {
        let value = self.take(name)?;
        let number = match &value {
            Value::Number(number) => number.as_i64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        if number.is_none() {
            flaws.push(self.wrong(name, &value, "a whole number"));
        }
        number
    }

    pub fn number(&mut self, name: &str, flaws: &mut Vec<Flaw>) -> Option<f64> {
        let value = self.take(name)?;
        let number = match &value {
            Value::Number(number) => number.as_f64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        let number = number.filter(|number| number.is_finite());
        if number.is_none() {
            flaws.push(self.wrong(name, &value, "a number"));
        }
        number
    }

    /// `true`, `"true"`, `yes`, `on`, `1` and their opposites, whatever their case.
    pub fn flag(&mut self, name: &str, flaws: &mut Vec<Flaw>) -> Option<bool> {
        let value = self.take(name)?;
        let flag = scalar(&value).and_then(|text| flag_of(&text));
        if flag.is_none() {
            flaws.push(self.wrong(name, &value, "true or false"));
        }
        flag.flatten()
    }

    pub fn moment(&mut self, name: &str, flaws: &mut Vec<Flaw>) -> Option<Moment> {
        let text = self.text(name, flaws)?;
        let moment = date::parse(&text);
        if moment.is_none() {
            flaws.push(self.unreadable(
                name,
                &text,
                "write it as 2021-12-30 or 2021-12-30T23:19:00Z",
            ));
        }
        moment
    }

    /// A list of texts, or a single one.
    pub fn texts(&mut self, name: &str, flaws: &mut Vec<Flaw>) -> Vec<String> {
        let mut texts = Vec::new();
        for (index, value) in self.list(name).into_iter().enumerate() {
            match scalar(&value) {
                Some(text) => texts.extend(decoded(text.trim().to_owned())),
                None => flaws.push(self.wrong(&format!("{name}[{}]", index + 1), &value, "a text")),
            }
        }
        texts
    }

    /// The elements of a list; a single value counts as a list of one.
    pub fn list(&mut self, name: &str) -> Vec<Value> {
        match self.take(name) {
            None => Vec::new(),
            Some(Value::Sequence(values)) => values
                .into_iter()
                .map(untagged)
                .filter(|value| !value.is_null())
                .collect(),
            Some(value) => vec![value],
        }
    }

    /// Makes something of each element of a list of mappings. An element that is a plain text is
    /// read as a mapping with that text under `short`.
    pub fn each<T>(
        &mut self,
        name: &str,
        short: &str,
        flaws: &mut Vec<Flaw>,
        mut make: impl FnMut(&mut Fields<'a>, &mut Vec<Flaw>) -> T,
    ) -> Vec<T> {
        let mut made = Vec::new();
        for (index, value) in self.list(name).into_iter().enumerate() {
            let here = format!("{name}[{}]", index + 1);
            if let Some(mut fields) = self.inner(&here, value, short, flaws) {
                made.push(make(&mut fields, flaws));
            }
        }
        made
    }

    /// Makes something of a field that is a mapping, or a plain text that stands for one.
    pub fn one<T>(
        &mut self,
        name: &str,
        short: &str,
        flaws: &mut Vec<Flaw>,
        make: impl FnOnce(&mut Fields<'a>, &mut Vec<Flaw>) -> T,
    ) -> Option<T> {
        let value = self.take(name)?;
        let mut fields = self.inner(name, value, short, flaws)?;
        Some(make(&mut fields, flaws))
    }

    fn inner(
        &self,
        name: &str,
        value: Value,
        short: &str,
        flaws: &mut Vec<Flaw>,
    ) -> Option<Fields<'a>> {
        let mapping = match value {
            Value::Mapping(mapping) => mapping,
            Value::String(text) => Mapping::from_iter([(Value::from(short), Value::from(text))]),
            other => {
                flaws.push(self.wrong(name, &other, &format!("fields such as {short}")));
                return None;
            }
        };
        Some(Fields {
            mapping,
            prefix: format!("{}{name}.", self.prefix),
            source: self.source,
        })
    }

    /// What nobody has taken, each value on one line.
    pub fn rest(self) -> Vec<(String, String)> {
        self.mapping
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(key, value)| (one_line(&key), one_line(&value)))
            .collect()
    }

    /// A flaw of a field whose text says nothing to us.
    pub fn unreadable(&self, name: &str, text: &str, hint: &str) -> Flaw {
        self.flaw(name, format!("{} cannot be read", brief(text)))
            .hint(hint)
    }

    fn wrong(&self, name: &str, value: &Value, expected: &str) -> Flaw {
        self.flaw(name, format!("expected {expected}, found {}", found(value)))
            .hint("correct it, or take the field out")
    }

    /// A flaw of a field, at the line of the top-level key it belongs to.
    fn flaw(&self, name: &str, reason: String) -> Flaw {
        let full = format!("{}{name}", self.prefix);
        let top = full.split(['.', '[']).next().unwrap_or(&full);
        let flaw = Flaw::new(reason);
        let flaw = match self.source.line_of(top) {
            Some(line) => flaw.at(line, 1),
            None => flaw,
        };
        flaw.field(full)
    }
}

/// The text with its HTML entities decoded, unless only blanks are left.
pub fn decoded(text: String) -> Option<String> {
    let text = match memchr::memchr(b'&', text.as_bytes()) {
        None => text,
        Some(_) => decode_entities(&text).into_owned(),
    };
    (!text.trim().is_empty()).then_some(text)
}

/// What a flag's text says; nothing where it says nothing that we know.
pub fn flag_of(text: &str) -> Option<Option<bool>> {
    const YES: [&str; 5] = ["true", "yes", "y", "on", "1"];
    const NO: [&str; 5] = ["false", "no", "n", "off", "0"];
    let text = text.trim();
    let is_one_of = |words: [&str; 5]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    match text {
        "" => Some(None),
        _ if is_one_of(YES) => Some(Some(true)),
        _ if is_one_of(NO) => Some(Some(false)),
        _ => None,
    }
}

/// The text of a scalar.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

fn found(value: &Value) -> String {
    match value {
        Value::Sequence(_) => "a list".to_owned(),
        Value::Mapping(_) => "fields of its own".to_owned(),
        other => brief(&scalar(other).unwrap_or_default()),
    }
}

/// A value in quotes, cut to what a sentence can hold.
fn brief(text: &str) -> String {
    const LONGEST: usize = 40;
    if text.chars().count() <= LONGEST {
        format!("“{text}”")
    } else {
        format!("“{}…”", text.chars().take(LONGEST).collect::<String>())
    }
}

/// Any value on one line: `a, b` for lists and `name: x, domain: y` for mappings.
fn one_line(value: &Value) -> String {
    match value {
        Value::Sequence(values) => values.iter().map(one_line).collect::<Vec<_>>().join(", "),
        Value::Mapping(mapping) => mapping
            .iter()
            .map(|(key, value)| format!("{}: {}", one_line(key), one_line(value)))
            .collect::<Vec<_>>()
            .join(", "),
        Value::Tagged(tagged) => one_line(&tagged.value),
        other => scalar(other).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::yaml::{Shape, parse};
    use super::*;

    fn fields<'a>(source: &'a Source<'a>) -> Fields<'a> {
        match parse(source.front) {
            Ok(Shape::Mapping(mapping)) => Fields::top(mapping, source),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn flags_are_lenient() {
        let front =
            "a: true\nb: \"true\"\nc: yes\nd: True\ne: off\nf: \"No\"\ng: 0\nh: maybe\ni: ~\n";
        let source = Source::new(front);
        let mut fields = fields(&source);
        let mut flaws = Vec::new();
        let read: Vec<_> = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "none"]
            .map(|name| fields.flag(name, &mut flaws))
            .to_vec();
        let (yes, no) = (Some(true), Some(false));
        assert_eq!(read, [yes, yes, yes, yes, no, no, no, None, None, None]);
        assert_eq!(flaws.len(), 1);
        assert_eq!(flaws[0].place.map(|place| place.line), Some(8));
    }

    #[test]
    fn numbers_and_texts() {
        let source = Source::new("a: 39\nb: \"39\"\nc: high\nd: [1]\ne: 2021\nf: 4.5\ng: .nan\n");
        let mut fields = fields(&source);
        let mut flaws = Vec::new();
        assert_eq!(fields.integer("a", &mut flaws), Some(39));
        assert_eq!(fields.integer("b", &mut flaws), Some(39));
        assert_eq!(fields.integer("c", &mut flaws), None);
        assert_eq!(fields.text("d", &mut flaws), None);
        assert_eq!(fields.text("e", &mut flaws).as_deref(), Some("2021"));
        assert_eq!(fields.number("f", &mut flaws), Some(4.5));
        assert_eq!(fields.number("g", &mut flaws), None);
        let named: Vec<_> = flaws
            .iter()
            .filter_map(|flaw| flaw.field.as_deref())
            .collect();
        assert_eq!(named, ["c", "d", "g"]);
    }

    #[test]
    fn lists_may_be_a_single_value() {
        let source = Source::new("a: AI\nb:\n  - AI\n  - \"\"\n  - R&amp;D\n  - [x]\n");
        let mut fields = fields(&source);
        let mut flaws = Vec::new();
        assert_eq!(fields.texts("a", &mut flaws), ["AI"]);
        assert_eq!(fields.texts("b", &mut flaws), ["AI", "R&D"]);
        assert_eq!(flaws.len(), 1);
        assert_eq!(flaws[0].field.as_deref(), Some("b[4]"));
    }

    #[test]
    fn inner_fields_say_where_they_stand() {
        let source = Source::new("x: 1\nrelated:\n  - quality: good\n  - 7\n");
        let mut fields = fields(&source);
        let mut flaws = Vec::new();
        fields.each("related", "title", &mut flaws, |entry, flaws| {
            entry.integer("quality", flaws)
        });
        let named: Vec<_> = flaws
            .iter()
            .filter_map(|flaw| flaw.field.as_deref())
            .collect();
        assert_eq!(named, ["related[1].quality", "related[2]"]);
        assert_eq!(flaws[0].place.map(|place| place.line), Some(2));
    }

    #[test]
    fn what_is_left_is_kept_on_one_line() {
        let source =
            Source::new("a: 1\nlayout: post\ntags: [x, y]\nextra:\n  k: v\n  l: ~\nnothing:\n");
        let mut fields = fields(&source);
        fields.take("a");
        let rest = fields.rest();
        let shown: Vec<_> = rest
            .iter()
            .map(|(key, value)| format!("{key}={value}"))
            .collect();
        assert_eq!(shown, ["layout=post", "tags=x, y", "extra=k: v, l: "]);
    }
}
