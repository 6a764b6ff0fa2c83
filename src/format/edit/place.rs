//! Where in a front matter to carry out a wish, and with which bytes. Does not judge whether that
//! is safe: a second parse proves each draft.

use serde_yaml::Value;

use super::draft::{EditDraft, EditPlan, Put};
use super::file::File;
use super::layout::{line_end, line_start, one_more, own_line};
use super::lists;
use super::spelling::{NewScalar, like, opposite, spellings};
use super::there::There;
use super::tree::{CollectionForm, FieldNode, NodeKind, ScalarForm, SourceNode};
use super::{EditRefusal, FieldNames, Wish, folded};
use crate::format::locate::Syntax;

/// Plans how to carry out a wish.
pub fn plan(file: &File, wish: &Wish) -> Result<EditPlan, EditRefusal> {
    let spot = Spot::of(file, wish)?;
    match (wish, &spot) {
        (Wish::Flag { to, .. }, Spot::There(there)) => flag(there, *to),
        (Wish::Set { to, .. }, Spot::There(there)) => set(there, to),
        (Wish::Flag { to, .. }, Spot::Absent(absent)) => Ok(EditPlan::Drafts(
            absent.drafts(&[(to.to_string(), Value::from(*to))]),
        )),
        (Wish::Set { to, .. }, Spot::Absent(absent)) => Ok(EditPlan::Drafts(
            absent.drafts(&spellings(to, file.syntax(), None)),
        )),
        (Wish::Remove { .. }, Spot::There(there)) => Ok(EditPlan::Drafts(vec![there.without()])),
        (Wish::Add { item, .. }, Spot::There(there)) => lists::add(there, item),
        (Wish::Add { item, .. }, Spot::Absent(absent)) => Ok(EditPlan::Drafts(
            absent.drafts(&lists::of_one(item, file.syntax())),
        )),
        (Wish::Take { item, .. }, Spot::There(there)) => lists::take(there, item),
        (Wish::Remove { .. } | Wish::Take { .. }, Spot::Absent(absent)) => {
            Ok(EditPlan::Unchanged(absent.path.clone()))
        }
        (Wish::Restore { key, to }, _) => match (to.plan(file)?, &to.otherwise) {
            (Some(plan), _) => Ok(plan),
            (None, Some(otherwise)) => plan(file, &otherwise.wish(key.clone())),
            (None, None) => Err(EditRefusal::ChangedSince {
                key: key.name().to_owned(),
            }),
        },
    }
}

/// Where a field is, or could be.
pub enum Spot<'f> {
    There(There<'f>),
    Absent(Absent<'f>),
}

/// A field that is absent.
pub struct Absent<'f> {
    file: &'f File,
    path: Vec<String>,
    /// What would contain it; `None` if the front matter is empty.
    parent: Option<&'f SourceNode>,
}

impl<'f> Spot<'f> {
    /// Where to carry out a wish. The entries of a list may be in fields of several names, which are
    /// read as one: an entry is where it is.
    pub fn of(file: &'f File, wish: &Wish) -> Result<Self, EditRefusal> {
        let (key, root) = (wish.key(), file.tree());
        let first = Self::find(file, root, key)?;
        let (Wish::Add { item, .. } | Wish::Take { item, .. }) = wish else {
            return Ok(first);
        };
        let has_entry = |there: &There<'_>| {
            let taken = lists::take(there, item);
            taken.is_ok_and(|plan| matches!(plan, EditPlan::Drafts(_)))
        };
        for name in root.into_iter().flat_map(|_| key.names()) {
            if let Ok(Self::There(there)) = Self::find(file, root, &FieldNames::new(name))
                && has_entry(&there)
            {
                return Ok(Self::There(there));
            }
        }
        Ok(first)
    }

    /// Where a field is, under the first of its names that is there.
    fn find(
        file: &'f File,
        root: Option<&'f SourceNode>,
        key: &FieldNames,
    ) -> Result<Self, EditRefusal> {
        let unsure = || EditRefusal::Unsure {
            key: key.name().to_owned(),
        };
        let Some(root) = root else {
            return match file.fields()?.is_empty() {
                true => Ok(Self::Absent(Absent {
                    file,
                    path: vec![key.name().to_owned()],
                    parent: None,
                })),
                false => Err(unsure()),
            };
        };
        let NodeKind::Map(_, entries) = &root.kind else {
            return Err(unsure());
        };
        if let Some(merged) = entries.iter().find(|entry| entry.name == "<<") {
            return Err(EditRefusal::Merged {
                line: file.line(merged.key.start),
            });
        }
        for name in key.names() {
            if let Some(there) = descend(file, root, name)? {
                return Ok(Self::There(there));
            }
        }
        Absent::below(file, root, key.name()).map(Self::Absent)
    }
}

/// Finds the field called `name`, literally or as a path with dots.
fn descend<'f>(
    file: &'f File,
    root: &'f SourceNode,
    name: &str,
) -> Result<Option<There<'f>>, EditRefusal> {
    let whole = child(file, root, name)?.map(|it| (vec![it.name.clone()], root, it));
    let found = match whole {
        Some(found) => Some(found),
        None => {
            let mut node = root;
            let mut path = Vec::new();
            let mut last = None;
            for part in name.split('.') {
                let Some(entry) = child(file, node, part)? else {
                    return Ok(None);
                };
                path.push(entry.name.clone());
                last = Some((node, entry));
                node = &entry.value;
            }
            last.map(|(parent, entry)| (path, parent, entry))
        }
    };
    Ok(found.and_then(|(path, parent, entry)| {
        let NodeKind::Map(layout, siblings) = &parent.kind else {
            return None;
        };
        Some(There {
            file,
            path,
            siblings,
            layout: *layout,
            entry,
        })
    }))
}

/// The only field of a mapping with this name.
fn child<'f>(
    file: &File,
    node: &'f SourceNode,
    name: &str,
) -> Result<Option<&'f FieldNode>, EditRefusal> {
    let NodeKind::Map(_, entries) = &node.kind else {
        return Ok(None);
    };
    let wanted = folded(name);
    let mut found = entries.iter().filter(|entry| folded(&entry.name) == wanted);
    match (found.next(), found.next()) {
        (_, Some(second)) => Err(EditRefusal::Twice {
            line: file.line(second.key.start),
            key: second.name.clone(),
        }),
        (first, None) => Ok(first),
    }
}

fn flag(there: &There<'_>, to: bool) -> Result<EditPlan, EditRefusal> {
    let written = there.written();
    let is_plain = matches!(
        there.entry.value.kind,
        NodeKind::Scalar(_, ScalarForm::Plain)
    );
    match opposite(written).filter(|_| is_plain) {
        Some((is, _)) if is == to => Ok(EditPlan::Unchanged(there.path.clone())),
        Some((_, other)) => Ok(EditPlan::Drafts(vec![there.value(other, Value::from(to))])),
        None => Err(EditRefusal::NotBoolean {
            line: there.line(),
            key: there.entry.name.clone(),
            found: there.described(),
        }),
    }
}

fn set(there: &There<'_>, to: &NewScalar) -> Result<EditPlan, EditRefusal> {
    match &there.entry.value.kind {
        NodeKind::Scalar(text, style) if *style != ScalarForm::Block => {
            if *text == to.text() {
                return Ok(EditPlan::Unchanged(there.path.clone()));
            }
            let syntax = there.file.syntax();
            let alike = match style {
                ScalarForm::Plain => like(there.written(), to, syntax),
                ScalarForm::Single | ScalarForm::Double | ScalarForm::Block => None,
            };
            let others = spellings(to, syntax, Some(*style));
            let spellings: Vec<_> = alike.into_iter().chain(others).collect();
            let draft = |(spelled, value): &(String, Value)| there.value(spelled, value.clone());
            Ok(EditPlan::Drafts(spellings.iter().map(draft).collect()))
        }
        NodeKind::Scalar(..) | NodeKind::List(..) | NodeKind::Map(..) | NodeKind::Strange(_) => {
            Err(EditRefusal::NotSingle {
                line: there.line(),
                key: there.entry.name.clone(),
                found: there.described(),
            })
        }
    }
}

impl<'f> Absent<'f> {
    fn below(file: &'f File, root: &'f SourceNode, name: &str) -> Result<Self, EditRefusal> {
        let parts: Vec<&str> = name.split('.').collect();
        let (above, last) = parts.split_at(parts.len() - 1);
        let mut parent = root;
        let mut path = Vec::new();
        for part in above {
            let entry = child(file, parent, part)?.ok_or_else(|| EditRefusal::NoParent {
                parent: above.join("."),
                key: last.concat(),
            })?;
            path.push(entry.name.clone());
            parent = &entry.value;
        }
        path.push(last.concat());
        let parent = Some(parent);
        Ok(Self { file, path, parent })
    }

    /// The name of the field at the top that would contain it, if there is one.
    pub fn within(&self) -> Option<String> {
        match self.path.as_slice() {
            [top, _, ..] => Some(top.clone()),
            [_] | [] => None,
        }
    }

    fn drafts(&self, spellings: &[(String, Value)]) -> Vec<EditDraft> {
        let draft = |(spelled, value): &(String, Value)| {
            let (at, replacement) = self.addition(spelled)?;
            Some(EditDraft {
                range: at..at,
                replacement,
                path: self.written_path(),
                put: Put::Value(value.clone()),
            })
        };
        spellings.iter().filter_map(draft).collect()
    }

    /// The path as written: headers start with a capital letter.
    fn written_path(&self) -> Vec<String> {
        match self.file.syntax() {
            Syntax::Headers => self.path.iter().map(|name| capitalised(name)).collect(),
            Syntax::Yaml | Syntax::Toml | Syntax::Json => self.path.clone(),
        }
    }

    /// Where to add the field, and what.
    fn addition(&self, spelled: &str) -> Option<(usize, String)> {
        let front = self.file.front();
        let name = self.path.last()?;
        let is_bare = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '_' | '-');
        let name = match self.file.syntax() {
            Syntax::Headers => capitalised(name),
            Syntax::Yaml | Syntax::Toml if name.chars().all(is_bare) => name.clone(),
            Syntax::Yaml | Syntax::Toml | Syntax::Json => super::spelling::double(name),
        };
        let field = match self.file.syntax() {
            Syntax::Yaml | Syntax::Json | Syntax::Headers => format!("{name}: {spelled}"),
            Syntax::Toml => format!("{name} = {spelled}"),
        };
        let Some(parent) = self.parent else {
            return Some(self.line_at(front.len(), &field));
        };
        match &parent.kind {
            NodeKind::Map(CollectionForm::Flow, entries) => {
                let ranges: Vec<_> = entries.iter().map(FieldNode::range).collect();
                Some(one_more(front, &parent.range, &ranges, &field))
            }
            NodeKind::Map(CollectionForm::Block, entries) if self.path.len() == 1 => {
                Some(self.at_top(entries, &field))
            }
            NodeKind::Map(CollectionForm::Block, entries) => {
                let first = entries.first()?.key.start;
                let start = line_start(front, first);
                let indent = front.get(start..first)?;
                let is_blank = indent.bytes().all(|it| it == b' ' || it == b'\t');
                is_blank.then(|| self.line_at(start, &format!("{indent}{field}")))
            }
            NodeKind::Scalar(..) | NodeKind::List(..) | NodeKind::Strange(_) => None,
        }
    }

    /// A line of its own after the last field; in TOML, before the first table.
    fn at_top(&self, entries: &[FieldNode], field: &str) -> (usize, String) {
        let front = self.file.front();
        let is_table = |entry: &&FieldNode| {
            self.file.syntax() == Syntax::Toml
                && matches!(
                    entry.value.kind,
                    NodeKind::Map(CollectionForm::Block, _) | NodeKind::Strange(_)
                )
        };
        let at = match entries.iter().position(|entry| is_table(&entry)) {
            None => front.len(),
            Some(_) => {
                let single = entries.iter().filter(|entry| !is_table(entry));
                single
                    .map(|entry| line_end(front, entry.range().end))
                    .max()
                    .unwrap_or(0)
            }
        };
        let first = entries.first().map_or(0, |entry| entry.key.start);
        let column = match self.file.syntax() {
            Syntax::Yaml => first - line_start(front, first),
            Syntax::Toml | Syntax::Json | Syntax::Headers => 0,
        };
        self.line_at(at, &format!("{}{field}", " ".repeat(column)))
    }

    /// A line at a place where one starts, or after a last line without a line end.
    fn line_at(&self, at: usize, line: &str) -> (usize, String) {
        (at, own_line(self.file, at, line))
    }
}

fn capitalised(name: &str) -> String {
    let mut signs = name.chars();
    let first = signs.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(signs).collect()
}
