//! A file whose front matter was located, and the second parse of its fields: not by the parser
//! that finds where they are, but by one that knows only their values.

use std::cell::OnceCell;
use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_yaml::Value;

use super::draft::Put;
use super::tree::SourceNode;
use super::{Edit, EditRefusal};
use crate::format::fence::{BOM, Container, Parts};
use crate::format::locate::{Located, Syntax, locate};
use crate::format::{caps, complaint, yaml};

/// A file whose front matter was located. Each parser reads it once, when first asked.
pub struct File {
    bytes: Vec<u8>,
    parts: Parts,
    syntax: Syntax,
    front: String,
    tree: OnceCell<Option<SourceNode>>,
    fields: OnceCell<Result<Vec<(String, Value)>, EditRefusal>>,
}

impl File {
    pub fn read(bytes: Vec<u8>, container: Container) -> Result<Self, EditRefusal> {
        let (syntax, parts) = match locate(&bytes, container) {
            Located::Front(syntax, parts) => (syntax, parts),
            Located::Nothing(_) | Located::Script => return Err(EditRefusal::NoFrontMatter),
            Located::Unclosed => return Err(EditRefusal::Unclosed),
        };
        let front = std::str::from_utf8(&bytes[parts.front.clone()]).map_err(|error| {
            let line = line_at(&bytes, parts.front.start + error.valid_up_to());
            EditRefusal::NotUtf8 { line }
        })?;
        Ok(Self {
            front: front.to_owned(),
            bytes,
            parts,
            syntax,
            tree: OnceCell::new(),
            fields: OnceCell::new(),
        })
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub fn front(&self) -> &str {
        &self.front
    }

    pub fn syntax(&self) -> Syntax {
        self.syntax
    }

    pub fn body(&self) -> &[u8] {
        &self.bytes[self.parts.body.clone()]
    }

    pub fn body_start(&self) -> usize {
        self.parts.body.start
    }

    /// The fields as a tree with their positions; `None` if the front matter is empty.
    pub fn tree(&self) -> Option<&SourceNode> {
        let tree = self.tree.get_or_init(|| match self.syntax {
            Syntax::Yaml => super::yaml::tree(&self.front),
            Syntax::Toml => super::toml::tree(&self.front),
            Syntax::Json => super::json::tree(&self.front),
            Syntax::Headers => super::headers::tree(&self.front),
        });
        tree.as_ref()
    }

    /// The values of its fields, in order.
    pub fn fields(&self) -> Result<&[(String, Value)], EditRefusal> {
        let fields = self.fields.get_or_init(|| self.parsed());
        fields.as_deref().map_err(Clone::clone)
    }

    fn parsed(&self) -> Result<Vec<(String, Value)>, EditRefusal> {
        let lines_before = self.parts.front_line - 1;
        let Fields(fields) = match self.syntax {
            Syntax::Yaml => {
                let front = yaml::with_newlines(&self.front);
                caps::check(&front).map_err(|flaw| flaw.down(lines_before))?;
                if front
                    .lines()
                    .all(|line| line.trim().is_empty() || line.starts_with('#'))
                {
                    return Ok(Vec::new());
                }
                serde_yaml::from_str(&front).map_err(|error| {
                    match serde_yaml::from_str::<Value>(&front) {
                        Err(error) => complaint::explain(&error, &front).down(lines_before).into(),
                        Ok(Value::Mapping(_)) => EditRefusal::Broken(error.to_string()),
                        Ok(_) => EditRefusal::NoFields,
                    }
                })?
            }
            Syntax::Toml => toml::from_str(&self.front).map_err(|error| {
                let at = error.span().map_or(0, |span| span.start);
                let line = self.line(at);
                EditRefusal::Broken(format!("line {line}: {}", error.message()))
            })?,
            Syntax::Headers => Fields(super::headers::fields(&self.front)),
            Syntax::Json => serde_json::from_str(&self.front).map_err(|error| {
                let line = lines_before + u32::try_from(error.line()).unwrap_or(1);
                EditRefusal::Broken(format!("line {line}: not JSON: {error}"))
            })?,
        };
        Ok(fields)
    }

    /// The edit that replaces some bytes of the front matter.
    pub fn edit(&self, range: Range<usize>, replacement: &str) -> Edit {
        let offset = self.parts.front.start;
        let range = offset + range.start..offset + range.end;
        let mut edit = Edit {
            range,
            replacement: replacement.to_owned(),
            line: 0,
            old: Vec::new(),
            new: Vec::new(),
        };
        let after = edit.apply(&self.bytes);
        let (before, after) = (lines(&self.bytes), lines(&after));
        let same = before.iter().zip(&after).take_while(|(a, b)| a == b);
        let head = same.count();
        let (before, after) = (&before[head..], &after[head..]);
        let same = before.iter().rev().zip(after.iter().rev());
        let tail = same.take_while(|(a, b)| a == b).count();
        edit.line = u32::try_from(head + 1).unwrap_or(u32::MAX);
        edit.old = owned(&before[..before.len() - tail]);
        edit.new = owned(&after[..after.len() - tail]);
        edit
    }

    /// A range of the file's bytes as one of the front matter, if it is within it.
    pub fn in_front(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let start = range.start.checked_sub(self.parts.front.start)?;
        let end = range.end.checked_sub(self.parts.front.start)?;
        (end <= self.front.len()).then_some(start..end)
    }

    /// The line of the file that contains a byte of the front matter.
    pub fn line(&self, at: usize) -> u32 {
        line_at(&self.bytes, self.parts.front.start + at)
    }

    /// The line of the file that contains one of its bytes.
    pub fn line_at(&self, at: usize) -> u32 {
        line_at(&self.bytes, at)
    }

    /// The line end of the file: that of the last line before the body.
    pub fn line_end(&self) -> &'static str {
        let head = &self.bytes[..self.parts.front.end];
        match memchr::memrchr2(b'\n', b'\r', head) {
            Some(at) if head[at] == b'\r' => "\r",
            Some(at) if at > 0 && head[at - 1] == b'\r' => "\r\n",
            _ => "\n",
        }
    }
}

/// The lines of a file without line ends; anything not UTF-8 only has to be distinguishable.
fn lines(bytes: &[u8]) -> Vec<&[u8]> {
    let mut lines = Vec::new();
    let mut rest = bytes.strip_prefix(BOM).unwrap_or(bytes);
    while let Some(at) = memchr::memchr2(b'\n', b'\r', rest) {
        lines.push(&rest[..at]);
        let length = if rest[at..].starts_with(b"\r\n") {
            2
        } else {
            1
        };
        rest = &rest[at + length..];
    }
    if !rest.is_empty() {
        lines.push(rest);
    }
    lines
}

fn owned(lines: &[&[u8]]) -> Vec<String> {
    let owned = lines.iter().map(|line| String::from_utf8_lossy(line));
    owned.map(std::borrow::Cow::into_owned).collect()
}

/// The line, counted from 1, that contains a byte.
fn line_at(bytes: &[u8], at: usize) -> u32 {
    let ends = memchr::memchr2_iter(b'\n', b'\r', &bytes[..at])
        .filter(|end| bytes[*end] == b'\n' || bytes.get(end + 1) != Some(&b'\n'))
        .count();
    u32::try_from(ends + 1).unwrap_or(u32::MAX)
}

/// The fields in order, including duplicates.
struct Fields(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Fields;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("fields")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut fields = Vec::new();
                while let Some((key, value)) = map.next_entry::<Value, Value>()? {
                    fields.push((name_of(key), value));
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Collect)
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the enum is not ours")]
fn name_of(key: Value) -> String {
    match key {
        Value::String(name) => name,
        other => format!("{other:?}"),
    }
}

/// The value at a path of names.
pub fn at<'v>(fields: &'v [(String, Value)], path: &[String]) -> Option<&'v Value> {
    let (first, rest) = path.split_first()?;
    let (_, top) = fields.iter().find(|(name, _)| name == first)?;
    rest.iter()
        .try_fold(top, |value, name| value.get(name.as_str()))
}

/// Puts a value at a path of names.
pub fn put(fields: &mut Vec<(String, Value)>, path: &[String], put: &Put) -> Option<()> {
    let (first, rest) = path.split_first()?;
    let place = fields.iter().position(|(name, _)| name == first);
    let Some((last, above)) = rest.split_last() else {
        match (put, place) {
            (Put::Value(value), Some(at)) => fields[at].1 = value.clone(),
            (Put::Value(value), None) => fields.push((first.clone(), value.clone())),
            (Put::Nothing, Some(at)) => drop(fields.remove(at)),
            (Put::Nothing, None) | (Put::AsWritten, _) => return None,
        }
        return Some(());
    };
    let mut parent = &mut fields[place?].1;
    for name in above {
        parent = parent.get_mut(name.as_str())?;
    }
    let parent = parent.as_mapping_mut()?;
    match put {
        Put::Value(value) => drop(parent.insert(last.as_str().into(), value.clone())),
        Put::Nothing => drop(parent.remove(last.as_str())?),
        Put::AsWritten => return None,
    }
    Some(())
}

/// Whether two front matters have the same values, in any order, since a field may be added
/// anywhere.
pub fn alike(one: &[(String, Value)], other: &[(String, Value)]) -> bool {
    let mut left: Vec<&(String, Value)> = other.iter().collect();
    one.len() == other.len()
        && one.iter().all(|field| {
            let at = left.iter().position(|it| *it == field);
            at.map(|at| left.remove(at)).is_some()
        })
}
