//! Putting a field back as it was written before an edit, byte for byte, for as long as it is as
//! that edit left it.

use std::ops::Range;

use super::asked::{RemovedFrom, Restoration};
use super::draft::{EditDraft, EditPlan, Put};
use super::file::File;
use super::layout::{gap, line_end, line_start, one_more, own_line};
use super::tree::{CollectionForm, FieldNode, NodeKind, SourceNode};
use super::{Asking, Edit, EditRefusal};

impl Restoration {
    /// What takes back `edit`, which changes the field with this name and leaves `after`. `None` if
    /// it would not give exactly the bytes of `before`.
    pub(super) fn of(
        before: &File,
        edit: &Edit,
        after: &File,
        name: &str,
        otherwise: Option<Asking>,
    ) -> Option<Self> {
        let (old, new) = (Top::new(before), Top::new(after));
        let was = old.only(name).ok()?;
        let is = new.only(name).ok()?;
        let place = match (was, is) {
            (Some(entry), None) => Some(old.place(entry, edit)?),
            _ => None,
        };
        let whole = is.map(|it| new.span(it));
        // Comments before what was removed at the end of the field may belong to the next one now.
        let with_comments = whole.clone().and_then(|it| {
            let end = old.end_of_edit(edit)?;
            (end > it.end).then_some(it.start..end)
        });
        [whole, with_comments]
            .into_iter()
            .map(|it| Self {
                name: name.to_owned(),
                was: was.and_then(|it| old.text(it)).map(str::to_owned),
                is: it.and_then(|it| after.front().get(it)).map(str::to_owned),
                place: place.clone(),
                otherwise: otherwise.clone().map(Box::new),
            })
            .find(|it| it.gives_back(before, after) == Some(true))
    }

    /// Whether it makes exactly `before` of what an edit has left.
    fn gives_back(&self, before: &File, after: &File) -> Option<bool> {
        let EditPlan::Drafts(drafts) = self.plan(after).ok()?? else {
            return None;
        };
        let draft = drafts.first()?;
        let back = after.edit(draft.range.clone(), &draft.replacement);
        Some(back.apply(after.bytes()) == before.bytes())
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Whether the field was there before the edit.
    pub fn is_replacement(&self) -> bool {
        self.was.is_some()
    }

    /// How to put the field back. `None`: it has changed since.
    pub(super) fn plan(&self, file: &File) -> Result<Option<EditPlan>, EditRefusal> {
        let top = Top::new(file);
        let found = top.only(&self.name)?;
        let written = found.map(|it| top.written(it, self.is.as_deref()));
        let is = written.clone().and_then(|it| file.front().get(it));
        let path = || vec![self.name.clone()];
        if is == self.was.as_deref() {
            return Ok(Some(EditPlan::Unchanged(path())));
        }
        if is != self.is.as_deref() {
            return Ok(None);
        }
        let was = self.was.clone().unwrap_or_default();
        let drafts = match (found, &self.place) {
            (Some(entry), _) if self.was.is_none() => vec![(top.without(entry), was)],
            (Some(_), _) => vec![(written.unwrap_or_default(), was)],
            (None, Some(place)) => {
                let places = top.back_in(place, &was).into_iter();
                places.map(|(at, text)| (at..at, text)).collect()
            }
            (None, None) => Vec::new(),
        };
        let draft = |(range, replacement)| EditDraft {
            range,
            replacement,
            path: path(),
            put: Put::AsWritten,
        };
        let drafts = drafts.into_iter().map(draft).collect();
        Ok(Some(EditPlan::Drafts(drafts)))
    }

    /// For people, on one line: `= 4.0`, or `-` if the field was not there.
    pub(super) fn described(&self) -> String {
        let Some(was) = &self.was else {
            return "-".to_owned();
        };
        let value = was.split_once([':', '=']).map_or("", |(_, value)| value);
        let words: Vec<&str> = value.split_whitespace().collect();
        format!("= {}", words.join(" ")).trim_end().to_owned()
    }
}

/// The fields at the top of a front matter.
struct Top<'f> {
    file: &'f File,
    layout: CollectionForm,
    /// Where the first field could be.
    start: usize,
    entries: &'f [FieldNode],
}

impl<'f> Top<'f> {
    fn new(file: &'f File) -> Self {
        let (layout, start, entries) = match file.tree().map(|it| (&it.kind, it.range.start)) {
            Some((NodeKind::Map(CollectionForm::Flow, entries), start)) => {
                (CollectionForm::Flow, start + 1, entries.as_slice())
            }
            Some((NodeKind::Map(layout, entries), _)) => (*layout, 0, entries.as_slice()),
            Some(_) | None => (CollectionForm::Block, 0, &[][..]),
        };
        Self {
            file,
            layout,
            start,
            entries,
        }
    }

    /// The only field with exactly this name.
    fn only(&self, name: &str) -> Result<Option<&'f FieldNode>, EditRefusal> {
        let mut found = self.entries.iter().filter(|entry| entry.name == name);
        match (found.next(), found.next()) {
            (_, Some(second)) => Err(EditRefusal::Twice {
                line: self.file.line(second.key.start),
                key: second.name.clone(),
            }),
            (first, None) => Ok(first),
        }
    }

    /// The bytes of a whole field: its lines without the last line end, or what is between
    /// separators.
    fn span(&self, entry: &FieldNode) -> Range<usize> {
        let front = self.file.front();
        let range = entry.key.start..last_byte(&entry.value).max(entry.key.end);
        match self.layout {
            CollectionForm::Flow if entry.value.range.is_empty() => {
                let colon = front[range.end..].find(':');
                range.start..colon.map_or(range.end, |at| range.end + at + 1)
            }
            CollectionForm::Flow => range,
            CollectionForm::Block => {
                let start = line_start(front, range.start);
                let end = match front[start..].starts_with('[') {
                    true => self.end_of_table(range.end),
                    false => line_end(front, range.end),
                };
                let lines = &front[..end];
                let end = lines
                    .strip_suffix("\r\n")
                    .or_else(|| lines.strip_suffix(['\n', '\r']))
                    .unwrap_or(lines);
                start..end.len()
            }
        }
    }

    /// Where the lines of a table in TOML end whose last field ends at `end`: comments after that
    /// belong to it, as they did when it had more fields.
    fn end_of_table(&self, end: usize) -> usize {
        let front = self.file.front();
        let starts = self.entries.iter().map(|entry| entry.key.start);
        let next = starts.filter(|start| *start > end).min();
        let lines = &front[..next.map_or(front.len(), |next| line_start(front, next))];
        line_end(front, lines.trim_end().len().max(end))
    }

    fn text(&self, entry: &FieldNode) -> Option<&'f str> {
        self.file.front().get(self.span(entry))
    }

    /// A field with the comments behind it that `is` has as well, if that is how it is written.
    fn written(&self, entry: &FieldNode, is: Option<&str>) -> Range<usize> {
        let span = self.span(entry);
        let front = self.file.front();
        let longer = is
            .filter(|is| is.len() > span.len() && front[span.start..].starts_with(is))
            .map(|is| span.start..span.start + is.len())
            .filter(|it| front[it.end..].is_empty() || front[it.end..].starts_with(['\n', '\r']));
        longer.unwrap_or(span)
    }

    /// Where an edit of these fields ends in what it leaves, without the end of the line.
    fn end_of_edit(&self, edit: &Edit) -> Option<usize> {
        let start = self.file.in_front(&edit.range)?.start;
        let kept = format!("{}{}", &self.file.front()[..start], edit.replacement);
        let kept = kept
            .strip_suffix("\r\n")
            .or_else(|| kept.strip_suffix(['\n', '\r']));
        kept.map(str::len)
    }

    /// What to remove with a field that was added.
    fn without(&self, entry: &FieldNode) -> Range<usize> {
        let front = self.file.front();
        match self.layout {
            CollectionForm::Flow => {
                let ranges: Vec<_> = self.entries.iter().map(FieldNode::range).collect();
                let at = ranges.iter().position(|it| *it == entry.range());
                gap(&ranges, at.unwrap_or(0))
            }
            CollectionForm::Block => {
                let span = self.span(entry);
                let end = line_end(front, span.end);
                // After a last line without a line end, the one that was added is before it.
                let before = &front[..span.start];
                if end == span.end && end == front.len() {
                    let kept = before.strip_suffix("\r\n");
                    let kept = kept.or_else(|| before.strip_suffix(['\n', '\r']));
                    return kept.unwrap_or(before).len()..end;
                }
                span.start..end
            }
        }
    }

    /// Where a field is that an edit removes.
    fn place(&self, entry: &FieldNode, edit: &Edit) -> Option<RemovedFrom> {
        let front = self.file.front();
        let removed = self.file.in_front(&edit.range)?;
        let span = self.span(entry);
        let mut others = self.entries.iter().rev();
        let above = others.find(|it| it.key.start < entry.key.start);
        let cut = |from: usize, to: usize| front.get(from..to).map(str::to_owned);
        Some(RemovedFrom {
            below: above.map(|it| it.name.clone()),
            gap: cut(self.end_of(above), removed.start)?,
            lead: cut(removed.start, span.start)?,
            trail: cut(span.end, removed.end)?,
        })
    }

    /// Where what follows a field begins; `None` for the start.
    fn end_of(&self, above: Option<&FieldNode>) -> usize {
        match (above, self.layout) {
            (None, _) => self.start,
            (Some(above), CollectionForm::Block) => {
                line_end(self.file.front(), self.span(above).end)
            }
            (Some(above), CollectionForm::Flow) => self.span(above).end,
        }
    }

    /// Where a removed field may go, and with what around it: best first, to be proved.
    fn back_in(&self, place: &RemovedFrom, was: &str) -> Vec<(usize, String)> {
        let front = self.file.front();
        let above = place.below.as_deref();
        // A name may be there twice; the field was written below the last.
        let above = above.and_then(|name| self.entries.iter().rfind(|it| it.name == name));
        let is_known = above.is_some() == place.below.is_some();
        let after = self.end_of(above);
        let is_same = is_known
            && front
                .get(after..)
                .is_some_and(|it| it.starts_with(&place.gap));
        let whole = || format!("{}{was}{}", place.lead, place.trail);
        let exact = is_same.then(|| (after + place.gap.len(), whole()));
        let near = match self.layout {
            CollectionForm::Block => {
                let at = if is_known { after } else { front.len() };
                (at, own_line(self.file, at, was))
            }
            CollectionForm::Flow => {
                let ranges: Vec<_> = self.entries.iter().map(FieldNode::range).collect();
                one_more(front, &(self.start - 1..front.len()), &ranges, was)
            }
        };
        exact.into_iter().chain([near]).collect()
    }
}

/// Where a node ends with everything in it: the range of a table in TOML is that of its header.
fn last_byte(node: &SourceNode) -> usize {
    let end = node.range.end;
    match &node.kind {
        NodeKind::Map(_, entries) => {
            let ends = entries.iter().map(|entry| last_byte(&entry.value));
            ends.fold(end, usize::max)
        }
        NodeKind::List(_, items) => items.iter().map(last_byte).fold(end, usize::max),
        NodeKind::Scalar(..) | NodeKind::Strange(_) => end,
    }
}
