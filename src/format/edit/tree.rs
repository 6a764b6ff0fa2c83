//! A front matter as a tree of byte ranges, whatever it was written in. Not for how one is found:
//! `yaml`, `toml` and `json` do that.

use std::ops::Range;

/// A value and where it stands, as bytes of the front matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    pub range: Range<usize>,
    pub kind: Kind,
}

/// What a node is, with what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A single value, with its text without quotes.
    Scalar(String, Style),
    List(Layout, Vec<Node>),
    Map(Layout, Vec<Entry>),
    /// What is never changed, in words.
    Strange(&'static str),
}

/// How a single value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Plain,
    Single,
    Double,
    /// Over several lines, of its own kind.
    Block,
}

/// How a collection is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Between brackets or braces.
    Flow,
    /// Line by line.
    Block,
}

/// A field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub name: String,
    /// Where its key stands, quotes included.
    pub key: Range<usize>,
    pub value: Node,
}

impl Entry {
    /// From its key to the end of its value.
    pub fn range(&self) -> Range<usize> {
        self.key.start..self.value.range.end.max(self.key.end)
    }
}

impl Node {
    /// What it is, to a person; `front` is what it stands in.
    pub fn described(&self, front: &str) -> String {
        match &self.kind {
            Kind::Scalar(text, Style::Plain) if text.is_empty() => "empty".to_owned(),
            Kind::Scalar(_, Style::Block) => "a block of text".to_owned(),
            Kind::Scalar(..) => brief(front.get(self.range.clone()).unwrap_or_default()),
            Kind::List(..) => "a list".to_owned(),
            Kind::Map(..) => "fields of its own".to_owned(),
            Kind::Strange(what) => (*what).to_owned(),
        }
    }
}

/// What stands in the file, cut to what a sentence can hold.
fn brief(written: &str) -> String {
    const LONGEST: usize = 40;
    let line = written.lines().next().unwrap_or_default();
    if line.len() == written.len() && line.chars().count() <= LONGEST {
        line.to_owned()
    } else {
        format!("{}…", line.chars().take(LONGEST).collect::<String>())
    }
}
