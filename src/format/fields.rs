//! Takes typed fields out of a front matter, leniently: a value of the wrong type costs only that
//! field, and makes a flaw. `article` knows which fields there are.

use std::borrow::Cow;

use super::conventions::{Conventions, DateOrder};
use super::date;
use super::flaw::Flaw;
use super::node::{self, Entry, Map, Node};
use super::roles::{self, FieldRole, NameCondition, Use};
use super::splits::{Splits, decoded};
use crate::model::Moment;

/// Fields to take one by one; those left at the end are not in the format.
pub struct Fields {
    entries: Vec<Entry>,
    /// Where they are in the article, such as `related[2].`; empty at the top level.
    prefix: String,
    /// The line of the top-level field that they belong to; 0 at the top level.
    line: u32,
}

/// A value that was taken, and the line of its top-level field.
struct Taken {
    value: Node,
    line: u32,
}

impl Fields {
    /// The fields of an article. Those in a group, such as `[taxonomies]`, count as if they were
    /// outside.
    pub fn top(map: Map) -> Self {
        let mut entries = Vec::with_capacity(map.entries.len());
        for entry in map.entries {
            match entry.value {
                Node::Map(inner) if roles::is_group(&entry.key) => entries.extend(inner.entries),
                value @ (Node::Null | Node::Scalar(_) | Node::List(_) | Node::Map(_)) => {
                    entries.push(Entry { value, ..entry })
                }
            }
        }
        Self {
            entries,
            prefix: String::new(),
            line: 0,
        }
    }

    /// The keys without a role.
    pub fn keys(&self) -> Vec<String> {
        let keys = self.entries.iter().map(|entry| &entry.key);
        keys.filter(|key| !roles::has_role(key)).cloned().collect()
    }

    /// The fields not taken so far.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Takes the value of a field that is present and not null.
    fn take(&mut self, name: &str) -> Option<Taken> {
        let at = self.entries.iter().position(|entry| entry.key == name)?;
        let Entry { value, line, .. } = self.entries.remove(at);
        let line = if self.line == 0 { line } else { self.line };
        (!value.is_null()).then_some(Taken { value, line })
    }

    /// Puts back a value that could not be read: it stays under its own name.
    fn put_back(&mut self, name: &str, line: u32, value: Node) {
        self.entries.push(Entry {
            key: name.to_owned(),
            line,
            value,
        });
    }

    /// Whether a field may be read: a single text under its name must fit. If it does not, that is
    /// a flaw, and it stays under its own name.
    pub fn fits(
        &self,
        name: &str,
        flaws: &mut Vec<Flaw>,
        expected: &str,
        fits: impl Fn(&str) -> bool,
    ) -> bool {
        let wrong = self.entries.iter().find(|entry| match &entry.value {
            Node::Scalar(scalar) => entry.key == name && !fits(&scalar.text),
            Node::Null | Node::List(_) | Node::Map(_) => false,
        });
        if let Some(entry) = wrong {
            flaws.push(self.wrong(name, entry.line, &entry.value, expected));
        }
        wrong.is_none()
    }

    /// The keys present for a role, in order of precedence.
    pub fn names_of(&self, role: FieldRole, conventions: &Conventions) -> Vec<String> {
        let mut names: Vec<(u8, &str)> = self
            .entries
            .iter()
            .filter_map(|entry| {
                let found = chosen(&entry.key, &entry.value, conventions)?;
                let rank = rank(found, &entry.key, conventions);
                (found.role == role).then_some((rank, entry.key.as_str()))
            })
            .collect();
        names.sort_by_key(|(rank, _)| *rank);
        names.into_iter().map(|(_, key)| key.to_owned()).collect()
    }

    /// The key present for a role that reads only one; if there is none, an empty name, which
    /// matches nothing.
    pub fn name_of(&self, role: FieldRole, conventions: &Conventions) -> String {
        let names = self.names_of(role, conventions);
        names.into_iter().next().unwrap_or_default()
    }

    /// The first field of a role for which `get` returns something. The fields after it stay.
    pub fn first<T>(
        &mut self,
        role: FieldRole,
        conventions: &Conventions,
        flaws: &mut Vec<Flaw>,
        get: impl Fn(&mut Self, &str, &mut Vec<Flaw>) -> Option<T>,
    ) -> Option<T> {
        self.names_of(role, conventions)
            .into_iter()
            .find_map(|name| get(self, &name, flaws))
    }

    /// The words of all fields of a role: texts, also in nested lists, and the labels of objects. A
    /// text that stands for a list is split as `splits` says.
    pub fn words(
        &mut self,
        role: FieldRole,
        conventions: &Conventions,
        splits: Splits,
        flaws: &mut Vec<Flaw>,
    ) -> Vec<String> {
        let mut words = Vec::new();
        for name in self.names_of(role, conventions) {
            let Some(Taken { value, line }) = self.take(&name) else {
                continue;
            };
            match value {
                Node::Scalar(scalar) => {
                    words.extend(splits.split(&scalar.text, &name, conventions));
                }
                Node::List(values) => {
                    for (value, index) in values.into_iter().zip(1..) {
                        self.labels(&format!("{name}[{index}]"), line, value, &mut words, flaws);
                    }
                }
                value @ (Node::Null | Node::Map(_)) => {
                    self.labels(&name, line, value, &mut words, flaws)
                }
            }
        }
        words
    }

    fn labels(
        &self,
        name: &str,
        line: u32,
        value: Node,
        words: &mut Vec<String>,
        flaws: &mut Vec<Flaw>,
    ) {
        match value {
            Node::Null => {}
            Node::Scalar(scalar) => {
                words.extend(decoded(scalar.text.trim().into()).map(Cow::into_owned))
            }
            Node::List(values) => {
                for value in values {
                    self.labels(name, line, value, words, flaws);
                }
            }
            Node::Map(map) => match map.label() {
                Some(label) => words.extend(decoded(label.trim().into()).map(Cow::into_owned)),
                None => flaws.push(self.wrong(name, line, &Node::Map(map), "text")),
            },
        }
    }

    /// A text, as spelled. Blank text counts as none.
    pub fn text(&mut self, name: &str, flaws: &mut Vec<Flaw>) -> Option<String> {
        self.text_at(name, flaws).map(|(text, _)| text)
    }

    /// The same with its line.
    fn text_at(&mut self, name: &str, flaws: &mut Vec<Flaw>) -> Option<(String, u32)> {
        let Taken { value, line } = self.take(name)?;
        match value {
            Node::Scalar(scalar) => {
                let text = scalar.text.trim();
                (!text.is_empty()).then(|| (text.to_owned(), line))
            }
            value @ (Node::Null | Node::List(_) | Node::Map(_)) => {
                flaws.push(self.wrong(name, line, &value, "text"));
                self.put_back(name, line, value);
                None
            }
        }
    }

    /// A text for people, with HTML entities decoded.
    pub fn prose(&mut self, name: &str, flaws: &mut Vec<Flaw>) -> Option<String> {
        let text = self.text(name, flaws)?;
        decoded(text.into()).map(Cow::into_owned)
    }

    pub fn integer(&mut self, name: &str, flaws: &mut Vec<Flaw>) -> Option<i64> {
        self.made_of_text(name, flaws, "a whole number", node::integer)
    }

    pub fn number(&mut self, name: &str, flaws: &mut Vec<Flaw>) -> Option<f64> {
        self.made_of_text(name, flaws, "a number", node::number)
    }

    /// `true`, `"true"`, `yes`, `on`, `1` and their opposites, ignoring case.
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
            Node::Null | Node::List(_) | Node::Map(_) => None,
        };
        if made.is_none() {
            flaws.push(self.wrong(name, line, &value, expected));
            self.put_back(name, line, value);
        }
        made
    }

    /// A date; of one whose time cannot be read, the day.
    pub fn moment(&mut self, name: &str, flaws: &mut Vec<Flaw>) -> Option<Moment> {
        const HINT: &str = "write it as 2021-12-30 or 2021-12-30T23:19:00Z";
        let (text, line) = self.text_at(name, flaws)?;
        if let Some(moment) = date::in_field(&text) {
            return Some(moment);
        }
        let day = date::day_of(&text);
        let shown = brief(&text);
        let reason = match day {
            Some(_) => format!("the time in {shown} cannot be read; only its day is used"),
            None => format!("{shown} cannot be read"),
        };
        flaws.push(self.flaw(name, line, reason).hint(HINT));
        if day.is_none() {
            self.put_back(name, line, Node::quoted(text));
        }
        day
    }

    /// What `parse` makes of a text; `hint` says how to write it if that fails.
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
            self.put_back(name, line, Node::quoted(text));
        }
        parsed
    }

    /// A list of texts, or a single one.
    pub fn texts(&mut self, name: &str, flaws: &mut Vec<Flaw>) -> Vec<String> {
        let mut texts = Vec::new();
        let (values, line) = self.list(name);
        for (index, value) in values.into_iter().enumerate() {
            match value {
                Node::Scalar(scalar) => {
                    texts.extend(decoded(scalar.text.trim().into()).map(Cow::into_owned))
                }
                value @ (Node::Null | Node::List(_) | Node::Map(_)) => {
                    let name = format!("{name}[{}]", index + 1);
                    flaws.push(self.wrong(&name, line, &value, "text"));
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
                    value @ (Node::Null | Node::Scalar(_) | Node::Map(_)) => vec![value],
                };
                values.retain(|value| !value.is_null());
                (values, line)
            }
        }
    }

    /// Calls `make` for each element of a list of mappings. An element that is plain text counts as
    /// a mapping with that text under `short`.
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

    /// Calls `make` for a field that is a mapping, or plain text that stands for one.
    pub fn one<T>(
        &mut self,
        name: &str,
        short: &str,
        flaws: &mut Vec<Flaw>,
        make: impl FnOnce(&mut Fields, &mut Vec<Flaw>) -> T,
    ) -> Option<T> {
        let taken = self.take(name)?;
        if let Node::List(_) = &taken.value {
            let expected = format!("fields such as {short}");
            flaws.push(self.wrong(name, taken.line, &taken.value, &expected));
            self.put_back(name, taken.line, taken.value);
            return None;
        }
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
            other @ (Node::Null | Node::List(_)) => {
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

    /// The fields not taken, each value on one line.
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
            Node::Map(_) => "a set of fields".to_owned(),
            scalar @ (Node::Null | Node::Scalar(_)) => brief(&scalar.one_line()),
        };
        self.flaw(name, line, format!("expected {expected}, found {found}"))
            .hint("correct it, or remove the field")
    }

    /// A flaw of a field, at the line of its top-level key.
    fn flaw(&self, name: &str, line: u32, reason: String) -> Flaw {
        Flaw::new(reason)
            .at(line, 1)
            .field(format!("{}{name}", self.prefix))
    }
}

/// The rank of a name that a person has added to a role: below those of the table.
const ADDED: u8 = 200;

/// The role of a field, by its key and value.
pub fn chosen(key: &str, value: &Node, conventions: &Conventions) -> Option<Use> {
    let holds = |found: &&Use| match value {
        Node::Null => false,
        Node::Scalar(scalar) => found.when.holds(&scalar.text),
        Node::List(_) | Node::Map(_) => found.when.holds_for_many(),
    };
    let found = roles::uses(key).iter().find(holds).copied();
    found.or_else(|| added(key, conventions).filter(|_| !value.is_null()))
}

/// The role that a person has added a key to.
pub fn added(key: &str, conventions: &Conventions) -> Option<Use> {
    let name = conventions.names.iter().find(|name| name.is(key))?;
    Some(Use {
        role: name.role,
        row: name.role.row(),
        rank: ADDED,
        when: NameCondition::Always,
    })
}

/// The precedence of a name among those of its role: the lowest wins.
pub fn rank(found: Use, key: &str, conventions: &Conventions) -> u8 {
    const HUGO: [&str; 4] = ["publishDate", "pubdate", "published", "date"];
    match conventions.dates {
        DateOrder::Hugo if found.role == FieldRole::Date => {
            let place = HUGO.iter().position(|name| roles::same(name, key));
            place.map_or(found.rank + HUGO.len() as u8, |place| place as u8)
        }
        DateOrder::Usual | DateOrder::Hugo => found.rank,
    }
}

/// The value of a flag's text; the outer `None` if it is unknown.
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

/// A value in quotes, cut to fit into a sentence.
fn brief(text: &str) -> String {
    const LONGEST: usize = 40;
    if text.chars().count() <= LONGEST {
        format!("“{text}”")
    } else {
        format!("“{}…”", text.chars().take(LONGEST).collect::<String>())
    }
}

#[cfg(test)]
mod tests;
