//! Taking typed fields out of a front matter, leniently: a value of the wrong type costs that field,
//! makes a flaw, and nothing else. Not for which fields there are: `article` knows those.

use super::date;
use super::entities::decode_entities;
use super::flaw::Flaw;
use super::node::{self, Entry, Map, Node};
use crate::model::Moment;

/// Fields that are taken out one by one; what is left at the end is not in the format.
pub struct Fields {
    entries: Vec<Entry>,
    /// Where in the article they stand, such as `related[2].`; empty at the top.
    prefix: String,
    /// The line of the field of the article that they belong to; 0 at the top.
    line: u32,
}

/// A value that was taken, and the line in which its field of the article stands.
struct Taken {
    value: Node,
    line: u32,
}

impl Fields {
    pub fn top(map: Map) -> Self {
        Self {
            entries: map.entries,
            prefix: String::new(),
            line: 0,
        }
    }

    /// The value of a field that is there and not null.
    fn take(&mut self, name: &str) -> Option<Taken> {
        let at = self.entries.iter().position(|entry| entry.key == name)?;
        let Entry { value, line, .. } = self.entries.remove(at);
        let line = if self.line == 0 { line } else { self.line };
        (!value.is_null()).then_some(Taken { value, line })
    }

    /// A text, as it is spelled. Blank text is no text.
    pub fn text(&mut self, name: &str, flaws: &mut Vec<Flaw>) -> Option<String> {
        self.text_at(name, flaws).map(|(text, _)| text)
    }

    /// The same with the line in which it stands.
    fn text_at(&mut self, name: &str, flaws: &mut Vec<Flaw>) -> Option<(String, u32)> {
        let Taken { value, line } = self.take(name)?;
        match value {
            Node::Scalar(scalar) => {
                let text = scalar.text.trim();
                (!text.is_empty()).then(|| (text.to_owned(), line))
            }
            value => {
                flaws.push(self.wrong(name, line, &value, "a text"));
                None
            }
        }
    }

    /// A text for people, its HTML entities decoded.
    pub fn prose(&mut self, name: &str, flaws: &mut Vec<Flaw>) -> Option<String> {
        self.text(name, flaws).and_then(decoded)
    }

    pub fn integer(&mut self, name: &str, flaws: &mut Vec<Flaw>) -> Option<i64> {
        self.made_of_text(name, flaws, "a whole number", node::integer)
    }

    pub fn number(&mut self, name: &str, flaws: &mut Vec<Flaw>) -> Option<f64> {
        self.made_of_text(name, flaws, "a number", node::number)
    }

    /// `true`, `"true"`, `yes`, `on`, `1` and their opposites, whatever their case.
    pub fn flag(&mut self, name: &str, flaws: &mut Vec<Flaw>) -> Option<bool> {
        self.made_of_text(name, flaws, "true or false", flag_of)
            .flatten()
    }

    fn made_of_text<T>(
        &mut self,
        name: &str,
        flaws: &mut Vec<Flaw>,
        expected: &str,
        make: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let Taken { value, line } = self.take(name)?;
        let made = match &value {
            Node::Scalar(scalar) => make(&scalar.text),
            _ => None,
        };
        if made.is_none() {
            flaws.push(self.wrong(name, line, &value, expected));
        }
        made
    }

    pub fn moment(&mut self, name: &str, flaws: &mut Vec<Flaw>) -> Option<Moment> {
        const HINT: &str = "write it as 2021-12-30 or 2021-12-30T23:19:00Z";
        self.parsed(name, flaws, HINT, date::parse)
    }

    /// What `parse` makes of a text; `hint` says how to write it where that is nothing.
    pub fn parsed<T>(
        &mut self,
        name: &str,
        flaws: &mut Vec<Flaw>,
        hint: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let (text, line) = self.text_at(name, flaws)?;
        let parsed = parse(&text);
        if parsed.is_none() {
            let reason = format!("{} cannot be read", brief(&text));
            flaws.push(self.flaw(name, line, reason).hint(hint));
        }
        parsed
    }

    /// A list of texts, or a single one.
    pub fn texts(&mut self, name: &str, flaws: &mut Vec<Flaw>) -> Vec<String> {
        let mut texts = Vec::new();
        let (values, line) = self.list(name);
        for (index, value) in values.into_iter().enumerate() {
            match value {
                Node::Scalar(scalar) => texts.extend(decoded(scalar.text.trim().to_owned())),
                value => {
                    let name = format!("{name}[{}]", index + 1);
                    flaws.push(self.wrong(&name, line, &value, "a text"));
                }
            }
        }
        texts
    }

    /// The elements of a list that are not null, and its line; a single value counts as a list of
    /// one.
    fn list(&mut self, name: &str) -> (Vec<Node>, u32) {
        match self.take(name) {
            None => (Vec::new(), 1),
            Some(Taken { value, line }) => {
                let mut values = match value {
                    Node::List(values) => values,
                    value => vec![value],
                };
                values.retain(|value| !value.is_null());
                (values, line)
            }
        }
    }

    /// Makes something of each element of a list of mappings. An element that is a plain text is
    /// read as a mapping with that text under `short`.
    pub fn each<T>(
        &mut self,
        name: &str,
        short: &str,
        flaws: &mut Vec<Flaw>,
        mut make: impl FnMut(&mut Fields, &mut Vec<Flaw>) -> T,
    ) -> Vec<T> {
        let mut made = Vec::new();
        let (values, line) = self.list(name);
        for (index, value) in values.into_iter().enumerate() {
            let here = format!("{name}[{}]", index + 1);
            if let Some(mut fields) = self.inner(&here, Taken { value, line }, short, flaws) {
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
        make: impl FnOnce(&mut Fields, &mut Vec<Flaw>) -> T,
    ) -> Option<T> {
        let taken = self.take(name)?;
        let mut fields = self.inner(name, taken, short, flaws)?;
        Some(make(&mut fields, flaws))
    }

    fn inner(
        &self,
        name: &str,
        Taken { value, line }: Taken,
        short: &str,
        flaws: &mut Vec<Flaw>,
    ) -> Option<Fields> {
        let entries = match value {
            Node::Map(map) => map.entries,
            Node::Scalar(scalar) => vec![Entry {
                key: short.to_owned(),
                line,
                value: Node::Scalar(scalar),
            }],
            other => {
                flaws.push(self.wrong(name, line, &other, &format!("fields such as {short}")));
                return None;
            }
        };
        Some(Fields {
            entries,
            prefix: format!("{}{name}.", self.prefix),
            line,
        })
    }

    /// What nobody has taken, each value on one line.
    pub fn rest(self) -> Vec<(String, String)> {
        self.entries
            .into_iter()
            .filter(|entry| !entry.value.is_null())
            .map(|entry| (entry.key, entry.value.one_line()))
            .collect()
    }

    fn wrong(&self, name: &str, line: u32, value: &Node, expected: &str) -> Flaw {
        let found = match value {
            Node::List(_) => "a list".to_owned(),
            Node::Map(_) => "fields of its own".to_owned(),
            scalar => brief(&scalar.one_line()),
        };
        self.flaw(name, line, format!("expected {expected}, found {found}"))
            .hint("correct it, or take the field out")
    }

    /// A flaw of a field, at the line of the top-level key it belongs to.
    fn flaw(&self, name: &str, line: u32, reason: String) -> Flaw {
        Flaw::new(reason)
            .at(line, 1)
            .field(format!("{}{name}", self.prefix))
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

/// A value in quotes, cut to what a sentence can hold.
fn brief(text: &str) -> String {
    const LONGEST: usize = 40;
    if text.chars().count() <= LONGEST {
        format!("“{text}”")
    } else {
        format!("“{}…”", text.chars().take(LONGEST).collect::<String>())
    }
}

#[cfg(test)]
mod tests {
    use super::super::tree::{Shape, parse};
    use super::*;

    fn fields(front: &str) -> Fields {
        match parse(front, &mut Vec::new()) {
            Ok(Shape::Map(map)) => Fields::top(map),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn flags_are_lenient() {
        let front =
            "a: true\nb: \"true\"\nc: yes\nd: True\ne: off\nf: \"No\"\ng: 0\nh: maybe\ni: ~\n";
        let mut fields = fields(front);
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
        let mut fields = fields("a: 39\nb: \"39\"\nc: high\nd: [1]\ne: 2021\nf: 4.5\ng: .nan\n");
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
        let mut fields = fields("a: AI\nb:\n  - AI\n  - \"\"\n  - R&amp;D\n  - [x]\n");
        let mut flaws = Vec::new();
        assert_eq!(fields.texts("a", &mut flaws), ["AI"]);
        assert_eq!(fields.texts("b", &mut flaws), ["AI", "R&D"]);
        assert_eq!(flaws.len(), 1);
        assert_eq!(flaws[0].field.as_deref(), Some("b[4]"));
    }

    #[test]
    fn inner_fields_say_where_they_stand() {
        let mut fields = fields("x: 1\nrelated:\n  - quality: good\n  - [7]\n");
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
        let mut fields =
            fields("a: 1\nlayout: post\ntags: [x, y]\nextra:\n  k: v\n  l: ~\nnothing:\n");
        fields.take("a");
        let rest = fields.rest();
        let shown: Vec<_> = rest
            .iter()
            .map(|(key, value)| format!("{key}={value}"))
            .collect();
        assert_eq!(shown, ["layout=post", "tags=x, y", "extra=k: v, l: "]);
    }
}
