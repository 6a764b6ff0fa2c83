//! What was decided about articles: as the desk told it last, and with what is under way.

use std::sync::Arc;

use roaring::RoaringBitmap;

use super::effect::RequestId;
use super::env::Env;
use crate::desk::{Decided, MarkedRows, Wish, edit};
use crate::format::edit::described;
use crate::format::line::Role;
use crate::library::ArticleId;
use crate::model::{Field, Mark, Value};
use crate::query;

/// The marks of the articles of the library.
#[derive(Debug, Default)]
pub struct Marks {
    /// As queries ask for them.
    sets: Arc<query::Marks>,
    /// What was decided about each article about which anything was.
    decided: Decided,
    /// The articles that are done, rejected or put off.
    handled: RoaringBitmap,
    /// What the desk was asked to decide, the latest last.
    under_way: Vec<UnderWay>,
}

/// A decision, or the undoing of one, that the desk has not replied to.
#[derive(Debug)]
struct UnderWay {
    id: RequestId,
    articles: RoaringBitmap,
    wishes: Vec<Wish>,
}

impl Marks {
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

    /// Whether this is what was decided about an article.
    pub fn is(&self, id: ArticleId, mark: &Mark) -> bool {
        match self.decided.get(&id) {
            Some(decided) => decided == mark,
            None => *mark == Mark::default(),
        }
    }

    /// What was decided about an article.
    pub fn get(&self, id: ArticleId) -> Mark {
        self.decided.get(&id).cloned().unwrap_or_default()
    }

    /// What the desk was asked to make of a mark and has not replied to.
    fn wished(&self, id: ArticleId, field: &Field) -> Option<&Value> {
        let under_way = self.under_way.iter().rev();
        let mut about_it = under_way.filter(|it| it.articles.contains(id.row()));
        about_it.find_map(|it| {
            let mut wishes = it.wishes.iter();
            let wish = wishes.find(|(wished, _)| wished == field);
            wish.map(|(_, value)| value)
        })
    }

    /// What a mark will say once the desk has done all that it was asked.
    pub fn will_be(&self, id: ArticleId, field: &Field) -> Value {
        match self.wished(id, field) {
            Some(value) => value.clone(),
            None => match self.decided.get(&id) {
                Some(mark) => mark.get(field),
                None => Mark::default().get(field),
            },
        }
    }

    /// Whether a mark will be on.
    pub fn will_have(&self, id: ArticleId, field: &Field) -> bool {
        self.will_be(id, field) == Value::Flag(true)
    }

    /// The note that it will have.
    pub fn note_to_be(&self, id: ArticleId) -> String {
        match self.wished(id, &Field::Note) {
            Some(Value::Text(note)) => note.clone(),
            _ => self.get(id).note,
        }
    }

    /// Whether it will be done or put off.
    pub fn will_be_handled(&self, id: ArticleId) -> bool {
        match (
            self.wished(id, &Field::Later),
            self.wished(id, &Field::Done),
        ) {
            (Some(Value::Until(Some(_))), _) => true,
            (_, Some(Value::Flag(done))) => *done,
            _ => self.is_handled(id),
        }
    }

    /// Takes over what the desk tells.
    pub(super) fn set(&mut self, marked: MarkedRows) {
        let MarkedRows { rows, decided } = marked;
        self.handled = &rows.done | &rows.rejected | &rows.later;
        self.sets = Arc::new(rows);
        self.decided = decided;
    }

    /// Forgets which articles the marks belong to: they are others.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }

    /// Notes that the desk was asked to decide.
    pub(super) fn begin(&mut self, id: RequestId, articles: &[ArticleId], wishes: &[Wish]) {
        self.under_way.push(UnderWay {
            id,
            articles: articles.iter().map(|id| id.row()).collect(),
            wishes: wishes.to_vec(),
        });
    }

    /// Notes that the desk was asked to take the last decision back: what is under way of it does
    /// not hold.
    pub(super) fn begin_undo(&mut self) {
        self.under_way.pop();
    }

    /// The desk has replied.
    pub(super) fn end(&mut self, id: RequestId) {
        self.under_way.retain(|it| it.id != id);
    }

    /// What was decided about an article, in words, for its page.
    pub(super) fn lines(&self, id: ArticleId, env: &Env) -> Vec<(String, Role)> {
        let mark = self.get(id);
        let glyphs = env.glyphs;
        let mut short: Vec<String> = Vec::new();
        if mark.done {
            short.push(format!("{} done", glyphs.done));
        }
        if mark.rejected {
            short.push(format!("{} rejected", glyphs.rejected));
        }
        if let Some(until) = mark.later.filter(|until| *until > env.now) {
            let until = until.to_zoned(env.zone.clone());
            short.push(format!(
                "{} later, until {}",
                glyphs.later,
                until.strftime("%a %-d %b %Y %H:%M")
            ));
        }
        if mark.starred {
            short.push(format!("{} starred", glyphs.starred));
        }
        if let Some(to) = mark.publication {
            let (sign, what) = match to {
                true => (glyphs.to_publish, "published"),
                false => (glyphs.to_unpublish, "unpublished"),
            };
            short.push(format!("{sign} staged: to be {what}"));
        }
        for (field, asked) in &mark.edits {
            let asked = edit::asked(asked);
            let sign = glyphs.edited;
            short.push(format!("{sign} staged: {}", described(field, &asked)));
        }
        if self.sets.changed.contains(id.row()) {
            short.push("changed since it was decided on".to_owned());
        }
        let mut lines = Vec::new();
        if !short.is_empty() {
            lines.push((short.join(glyphs.dot), Role::Strong));
        }
        if !mark.tags.is_empty() {
            let tags: Vec<String> = mark.tags.iter().map(|tag| format!("#{tag}")).collect();
            lines.push((tags.join(" "), Role::Staged));
        }
        if !mark.note.is_empty() {
            lines.push((format!("note: {}", mark.note), Role::Emphasis));
        }
        lines
    }
}
