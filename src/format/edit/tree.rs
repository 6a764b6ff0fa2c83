//! A front matter as a tree of byte ranges, whatever its syntax. The trees are made in `yaml`,
//! `toml` and `json`.

use std::ops::Range;

/// A value and its position, in bytes of the front matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceNode {
    pub range: Range<usize>,
    pub kind: NodeKind,
}

/// What a node is, and its contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// A single value, with its text without quotes.
    Scalar(String, ScalarForm),
    List(CollectionForm, Vec<SourceNode>),
    Map(CollectionForm, Vec<FieldNode>),
    /// Something that is never changed, in words.
    Strange(&'static str),
}

/// How a single value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScalarForm {
    Plain,
    Single,
    Double,
    /// Over several lines, in its own style.
    Block,
}

/// How a collection is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CollectionForm {
    /// Between brackets or braces.
    Flow,
    /// Line by line.
    Block,
}

/// A field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldNode {
    pub name: String,
    /// The position of its key, including quotes.
    pub key: Range<usize>,
    pub value: SourceNode,
}

impl FieldNode {
    /// From its key to the end of its value.
    pub fn range(&self) -> Range<usize> {
        self.key.start..self.value.range.end.max(self.key.end)
    }
}

impl SourceNode {
    /// What it is, for people; `front` contains it.
    pub fn described(&self, front: &str) -> String {
        match &self.kind {
            NodeKind::Scalar(text, ScalarForm::Plain) if text.is_empty() => "empty".to_owned(),
            NodeKind::Scalar(_, ScalarForm::Block) => "a block of text".to_owned(),
            NodeKind::Scalar(..) => brief(front.get(self.range.clone()).unwrap_or_default()),
            NodeKind::List(..) => "a list".to_owned(),
            NodeKind::Map(..) => "a set of fields".to_owned(),
            NodeKind::Strange(what) => (*what).to_owned(),
        }
    }
}

/// What the file says, cut to fit into a sentence.
fn brief(written: &str) -> String {
    const LONGEST: usize = 40;
    let line = written.lines().next().unwrap_or_default();
    if line.len() == written.len() && line.chars().count() <= LONGEST {
        line.to_owned()
    } else {
        format!("{}…", line.chars().take(LONGEST).collect::<String>())
    }
}
