//! Adding or removing an entry of a list, in the list's own style: between brackets, line by line,
//! or one text with separators.

use std::ops::Range;

use serde_yaml::Value;

use super::EditRefusal;
use super::draft::{EditPlan, Put};
use super::layout::{gap, line_end, line_start, lines_of, one_more, own_line};
use super::spelling::{NewScalar, spellings};
use super::there::There;
use super::tree::{CollectionForm, NodeKind, ScalarForm, SourceNode};
use crate::format::locate::Syntax;

/// The ways to write a list with one entry.
pub fn of_one(item: &str, syntax: Syntax) -> Vec<(String, Value)> {
    let spelled = spellings(&NewScalar::Text(item.to_owned()), syntax, None);
    let list = |(spelled, value)| (format!("[{spelled}]"), Value::Sequence(vec![value]));
    spelled.into_iter().map(list).collect()
}

pub fn add(there: &There<'_>, item: &str) -> Result<EditPlan, EditRefusal> {
    match &there.entry.value.kind {
        NodeKind::Scalar(text, ScalarForm::Plain) if is_nothing(text) => {
            let lists = of_one(item, there.file.syntax());
            let draft = |(spelled, value): (String, Value)| there.value(&spelled, value);
            Ok(EditPlan::Drafts(lists.into_iter().map(draft).collect()))
        }
        NodeKind::Scalar(..) => OneLine::new(there)?.with(item),
        NodeKind::List(layout, items) => {
            let texts = texts(there, items)?;
            if texts.iter().any(|text| is_same(text, item)) {
                return Ok(EditPlan::Unchanged(there.path.clone()));
            }
            let style = items.last().and_then(style_of);
            let text = NewScalar::Text(item.to_owned());
            let mut drafts = Vec::new();
            for (spelled, value) in spellings(&text, there.file.syntax(), style) {
                let place = match layout {
                    CollectionForm::Flow => {
                        let ranges: Vec<_> = items.iter().map(|it| it.range.clone()).collect();
                        let range = &there.entry.value.range;
                        Some(one_more(there.file.front(), range, &ranges, &spelled))
                    }
                    CollectionForm::Block => one_line_more(there, items, &spelled),
                };
                let mut all = values(there)?;
                all.push(value);
                let put = Put::Value(Value::Sequence(all));
                drafts.extend(place.map(|(at, text)| there.draft(at..at, text, put)));
            }
            Ok(EditPlan::Drafts(drafts))
        }
        NodeKind::Map(..) | NodeKind::Strange(_) => Err(no_list(there)),
    }
}

pub fn take(there: &There<'_>, item: &str) -> Result<EditPlan, EditRefusal> {
    match &there.entry.value.kind {
        NodeKind::Scalar(text, ScalarForm::Plain) if is_nothing(text) => {
            Ok(EditPlan::Unchanged(there.path.clone()))
        }
        NodeKind::Scalar(..) => OneLine::new(there)?.without(item),
        NodeKind::List(layout, items) => {
            let texts = texts(there, items)?;
            let Some(at) = texts.iter().position(|text| is_same(text, item)) else {
                return Ok(EditPlan::Unchanged(there.path.clone()));
            };
            let mut left = values(there)?;
            if left.len() != items.len() {
                return Ok(EditPlan::Drafts(Vec::new()));
            }
            left.remove(at);
            let put = Put::Value(Value::Sequence(left));
            let front = there.file.front();
            let ranges: Vec<_> = items.iter().map(|it| it.range.clone()).collect();
            let draft = match layout {
                CollectionForm::Flow => there.draft(gap(&ranges, at), String::new(), put),
                CollectionForm::Block if items.len() > 1 => {
                    there.draft(lines_of(front, &ranges[at]), String::new(), put)
                }
                CollectionForm::Block => {
                    let start = there.behind_colon();
                    let end = line_end(front, ranges[at].end);
                    let replacement = format!(" []{}", there.file.line_end());
                    there.draft(start..end, replacement, put)
                }
            };
            Ok(EditPlan::Drafts(vec![draft]))
        }
        NodeKind::Map(..) | NodeKind::Strange(_) => Err(no_list(there)),
    }
}

/// The texts of a list's entries.
fn texts<'t>(there: &There<'_>, items: &'t [SourceNode]) -> Result<Vec<&'t str>, EditRefusal> {
    let text = |item: &'t SourceNode| match &item.kind {
        NodeKind::Scalar(text, _) => Ok(text.as_str()),
        NodeKind::List(..) | NodeKind::Map(..) | NodeKind::Strange(_) => Err(no_list(there)),
    };
    items.iter().map(text).collect()
}

/// The values that a parser finds in the list.
fn values(there: &There<'_>) -> Result<Vec<Value>, EditRefusal> {
    let fields = there.file.fields()?;
    let list = super::file::at(fields, &there.path).and_then(Value::as_sequence);
    Ok(list.cloned().unwrap_or_default())
}

fn style_of(item: &SourceNode) -> Option<ScalarForm> {
    match item.kind {
        NodeKind::Scalar(_, style @ (ScalarForm::Single | ScalarForm::Double)) => Some(style),
        NodeKind::Scalar(..) | NodeKind::List(..) | NodeKind::Map(..) | NodeKind::Strange(_) => {
            None
        }
    }
}

fn no_list(there: &There<'_>) -> EditRefusal {
    EditRefusal::NotAList {
        line: there.line(),
        key: there.entry.name.clone(),
        found: there.described(),
    }
}

fn is_nothing(text: &str) -> bool {
    matches!(text, "" | "~" | "null")
}

pub fn is_same(text: &str, item: &str) -> bool {
    let plain = |text: &str| text.trim().trim_start_matches('#').to_owned();
    plain(text) == plain(item)
}

/// Where to add an entry to a list line by line: after the last one, with its dash.
fn one_line_more(
    there: &There<'_>,
    items: &[SourceNode],
    spelled: &str,
) -> Option<(usize, String)> {
    let front = there.file.front();
    let last = items.last()?;
    let start = line_start(front, last.range.start);
    let dash = front.get(start..last.range.start)?;
    if dash.trim() != "-" {
        return None;
    }
    let at = line_end(front, last.range.end);
    Some((at, own_line(there.file, at, &format!("{dash}{spelled}"))))
}

/// A list that is a single text.
struct OneLine<'t> {
    there: &'t There<'t>,
    /// The separator.
    sign: char,
    /// Its text, as bytes of the front matter.
    inner: Range<usize>,
}

impl<'t> OneLine<'t> {
    fn new(there: &'t There<'t>) -> Result<Self, EditRefusal> {
        let NodeKind::Scalar(text, style) = &there.entry.value.kind else {
            return Err(no_list(there));
        };
        let range = &there.entry.value.range;
        let inner = match style {
            ScalarForm::Plain => range.start..range.start + there.written().trim_end().len(),
            ScalarForm::Single | ScalarForm::Double => range.start + 1..range.end - 1,
            ScalarForm::Block => return Err(no_list(there)),
        };
        // With escapes and folded lines, text and bytes would differ.
        if there.file.front().get(inner.clone()) != Some(text.as_str()) {
            return Err(no_list(there));
        }
        let sign = if text.contains(',') {
            ','
        } else if text.contains(';') {
            ';'
        } else if text.trim().contains(char::is_whitespace) {
            return Err(EditRefusal::Ambiguous {
                line: there.line(),
                key: there.entry.name.clone(),
            });
        } else {
            ','
        };
        Ok(Self { there, sign, inner })
    }

    fn text(&self) -> &'t str {
        &self.there.file.front()[self.inner.clone()]
    }

    fn with(&self, item: &str) -> Result<EditPlan, EditRefusal> {
        let text = self.text();
        if text.split(self.sign).any(|part| is_same(part, item)) {
            return Ok(EditPlan::Unchanged(self.there.path.clone()));
        }
        let fits = |sign: char| sign.is_alphanumeric() || " -_./+".contains(sign);
        if !item.chars().all(fits) {
            return Err(no_list(self.there));
        }
        if text.trim().is_empty() {
            let put = Put::Value(Value::from(item));
            let draft = self.there.draft(self.inner.clone(), item.to_owned(), put);
            return Ok(EditPlan::Drafts(vec![draft]));
        }
        let is_tight = text.contains(self.sign) && !text.contains(&format!("{} ", self.sign));
        let blank = if is_tight { "" } else { " " };
        let added = format!("{}{blank}{item}", self.sign);
        let put = Put::Value(Value::from(format!("{text}{added}")));
        let end = self.inner.end;
        Ok(EditPlan::Drafts(vec![self.there.draft(
            end..end,
            added,
            put,
        )]))
    }

    fn without(&self, item: &str) -> Result<EditPlan, EditRefusal> {
        let text = self.text();
        let mut start = 0;
        let mut parts = Vec::new();
        for part in text.split(self.sign) {
            let blanks = part.len() - part.trim_start().len();
            parts.push(start + blanks..start + blanks + part.trim().len());
            start += part.len() + self.sign.len_utf8();
        }
        let Some(at) = parts
            .iter()
            .position(|part| is_same(&text[part.clone()], item))
        else {
            return Ok(EditPlan::Unchanged(self.there.path.clone()));
        };
        if parts.len() == 1 {
            let nothing = self.there.value("[]", Value::Sequence(Vec::new()));
            return Ok(EditPlan::Drafts(vec![nothing]));
        }
        let gap = gap(&parts, at);
        let left = format!("{}{}", &text[..gap.start], &text[gap.end..]);
        let range = self.inner.start + gap.start..self.inner.start + gap.end;
        let put = Put::Value(Value::from(left));
        Ok(EditPlan::Drafts(vec![self.there.draft(
            range,
            String::new(),
            put,
        )]))
    }
}
