//! The marks: as the desk reported them last, and with the decisions under way.

use std::sync::Arc;

use roaring::RoaringBitmap;

use super::effect::RequestId;
use super::env::Env;
use super::glyphs::Sign;
use crate::desk::{Decided, FieldWish, MarkedRows, complete, edit};
use crate::format::edit::described;
use crate::format::line::TextRole;
use crate::library::ArticleId;
use crate::model::{Mark, MarkField, MarkValue};
use crate::query;

/// The marks of the library's articles.
#[derive(Debug, Default)]
pub struct LibraryMarks {
    /// In the form that queries need.
    sets: Arc<query::Marks>,
    /// The mark of each marked article.
    decided: Decided,
    /// The articles that are done, rejected or put off.
    handled: RoaringBitmap,
    /// The articles whose marks the desk has looked for.
    matched: RoaringBitmap,
    /// Decisions sent to the desk, latest last.
    under_way: Vec<UnderWay>,
}

/// A decision, or the undo of one, that the desk has not replied to.
#[derive(Debug)]
struct UnderWay {
    id: RequestId,
    articles: RoaringBitmap,
    /// With what follows from them.
    wishes: Vec<FieldWish>,
}

impl LibraryMarks {
    pub fn sets(&self) -> &Arc<query::Marks> {
        &self.sets
    }

    pub fn is_read(&self, id: ArticleId) -> bool {
        self.sets.read.contains(id.row())
    }

    /// Whether it is done, rejected or put off.
    pub fn is_handled(&self, id: ArticleId) -> bool {
        self.handled.contains(id.row())
    }

    pub fn handled(&self) -> &RoaringBitmap {
        &self.handled
    }

    /// Whether this is the article's mark.
    pub fn is(&self, id: ArticleId, mark: &Mark) -> bool {
        match self.decided.get(&id) {
            Some(decided) => decided == mark,
            None => *mark == Mark::default(),
        }
    }

    /// The article's mark; `None` if nothing was decided about it.
    pub fn known(&self, id: ArticleId) -> Option<&Mark> {
        self.decided.get(&id)
    }

    /// The article's mark.
    pub fn get(&self, id: ArticleId) -> Mark {
        self.known(id).cloned().unwrap_or_default()
    }

    /// Whether the desk has looked for its mark.
    pub(super) fn is_matched(&self, id: ArticleId) -> bool {
        self.matched.contains(id.row())
    }

    /// Whether nothing was decided about it, nor is being decided.
    pub(super) fn is_untouched(&self, id: ArticleId) -> bool {
        let is_about_it = |it: &UnderWay| it.articles.contains(id.row());
        self.known(id).is_none() && !self.under_way.iter().any(is_about_it)
    }

    /// The value that a pending decision gives a field.
    fn wished(&self, id: ArticleId, field: &MarkField) -> Option<&MarkValue> {
        let under_way = self.under_way.iter().rev();
        let mut about_it = under_way.filter(|it| it.articles.contains(id.row()));
        about_it.find_map(|it| {
            let mut wishes = it.wishes.iter();
            let wish = wishes.find(|(wished, _)| wished == field);
            wish.map(|(_, value)| value)
        })
    }

    /// The value of a field once the desk has carried out everything pending.
    pub fn will_be(&self, id: ArticleId, field: &MarkField) -> MarkValue {
        match self.wished(id, field) {
            Some(value) => value.clone(),
            None => match self.decided.get(&id) {
                Some(mark) => mark.get(field),
                None => Mark::default().get(field),
            },
        }
    }

    /// Whether a flag will be set.
    pub fn will_have(&self, id: ArticleId, field: &MarkField) -> bool {
        self.will_be(id, field) == MarkValue::Flag(true)
    }

    /// The note it will have.
    pub fn note_to_be(&self, id: ArticleId) -> String {
        match self.wished(id, &MarkField::Note) {
            Some(MarkValue::Text(note)) => note.clone(),
            _ => self.get(id).note,
        }
    }

    /// Whether it will be done or rejected: nothing is left to be decided.
    pub fn will_be_settled(&self, id: ArticleId) -> bool {
        self.will_have(id, &MarkField::Done) || self.will_have(id, &MarkField::Rejected)
    }

    /// Whether it will be handled.
    pub fn will_be_handled(&self, id: ArticleId) -> bool {
        let later = match self.wished(id, &MarkField::Later) {
            Some(later) => *later != MarkField::Later.untouched(),
            None => self.sets.later.contains(id.row()),
        };
        later || self.will_be_settled(id)
    }

    /// Takes new marks from the desk.
    pub(super) fn set(&mut self, marked: MarkedRows) {
        let MarkedRows {
            rows,
            decided,
            articles,
            ..
        } = marked;
        self.matched = articles;
        self.handled = &rows.done | &rows.rejected | &rows.later;
        self.sets = Arc::new(rows);
        self.decided = decided;
    }

    /// Drops the marks, because the articles they belong to have changed.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }

    /// Records that a decision was sent to the desk.
    pub(super) fn begin(&mut self, id: RequestId, articles: &[ArticleId], wishes: &[FieldWish]) {
        self.under_way.push(UnderWay {
            id,
            articles: articles.iter().map(|id| id.row()).collect(),
            wishes: complete(wishes.to_vec()),
        });
    }

    /// Records that an undo was sent to the desk: the pending decision it reverts no longer counts.
    pub(super) fn begin_undo(&mut self) {
        self.under_way.pop();
    }

    /// The desk has replied.
    pub(super) fn end(&mut self, id: RequestId) {
        self.under_way.retain(|it| it.id != id);
    }

    /// The article's mark in words, for its page.
    pub(super) fn lines(&self, id: ArticleId, env: &Env) -> Vec<(String, TextRole)> {
        let mark = self.get(id);
        let glyphs = env.glyphs;
        let mut short: Vec<String> = Vec::new();
        if mark.done {
            short.push(glyphs.before(Sign::Done, "done"));
        }
        if mark.rejected {
            short.push(glyphs.before(Sign::Rejected, "rejected"));
        }
        if let Some(until) = mark.later.filter(|until| *until > env.now) {
            let until = until.to_zoned(env.zone.clone());
            let until = format!("later, until {}", until.strftime("%a %-d %b %Y %H:%M"));
            short.push(glyphs.before(Sign::Later, &until));
        }
        if mark.starred {
            short.push(glyphs.before(Sign::Starred, "starred"));
        }
        if let Some(to) = mark.publication {
            let (sign, what) = match to {
                true => (Sign::ToPublish, "published"),
                false => (Sign::ToUnpublish, "unpublished"),
            };
            short.push(glyphs.before(sign, &format!("staged: to be {what}")));
        }
        if !mark.edits.is_empty() {
            let edits = mark.edits.iter();
            let edits: Vec<String> = edits
                .map(|(field, asked)| described(field, &edit::asked(asked)))
                .collect();
            short.push(glyphs.before(Sign::Edited, &format!("staged: {}", edits.join(", "))));
        }
        if self.sets.changed.contains(id.row()) {
            short.push("changed since you marked it".to_owned());
        }
        let mut lines = Vec::new();
        if !short.is_empty() {
            lines.push((short.join(glyphs.dot), TextRole::Strong));
        }
        if !mark.tags.is_empty() {
            let tags: Vec<String> = mark.tags.iter().map(|tag| format!("#{tag}")).collect();
            lines.push((tags.join(" "), TextRole::Staged));
        }
        if !mark.note.is_empty() {
            lines.push((format!("note: {}", mark.note), TextRole::Emphasis));
        }
        lines
    }
}
