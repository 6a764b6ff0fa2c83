//! Deciding on articles: what each key wants of which of them. The desk makes it so, and only what
//! it has kept is shown; see `at_desk` for what it tells.

use jiff::Timestamp;

use super::event::Effect;
use super::geometry::Pane;
use super::list::Move;
use super::prompt::Purpose;
use super::state::State;
use crate::config::MarkRead;
use crate::desk::{DeskRequest, Which, Wish, until};
use crate::format::number;
use crate::library::ArticleId;
use crate::model::{Field, Mark, Value};

/// What is wanted of articles, and what a person calls it.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    pub wishes: Vec<Wish>,
    pub label: String,
}

impl Wanted {
    fn flag(field: Field, on: bool, label: &str) -> Self {
        Self {
            wishes: vec![(field, Value::Flag(on))],
            label: label.to_owned(),
        }
    }

    pub fn done(on: bool) -> Self {
        Self::flag(Field::Done, on, if on { "done" } else { "not done" })
    }

    pub fn read(on: bool) -> Self {
        Self::flag(Field::Read, on, if on { "read" } else { "unread" })
    }

    pub fn starred(on: bool) -> Self {
        let label = if on { "starred" } else { "not starred" };
        Self::flag(Field::Starred, on, label)
    }

    /// What is put off comes back, so that it is not done.
    pub fn later(until: Timestamp, said: &str) -> Self {
        Self {
            wishes: vec![
                (Field::Later, Value::Until(Some(until))),
                (Field::Done, Value::Flag(false)),
            ],
            label: format!("later {said}"),
        }
    }

    pub fn not_later() -> Self {
        Self {
            wishes: vec![(Field::Later, Value::Until(None))],
            label: "not later".to_owned(),
        }
    }

    pub fn note(text: &str) -> Self {
        let label = if text.is_empty() { "no note" } else { "note" };
        Self {
            wishes: vec![(Field::Note, Value::Text(text.to_owned()))],
            label: label.to_owned(),
        }
    }

    /// `to`: what is to be written into the files; `None` takes back what is staged.
    pub fn staged(to: Option<bool>) -> Self {
        let label = match to {
            Some(true) => "publish: staged",
            Some(false) => "unpublish: staged",
            None => "not staged",
        };
        Self {
            wishes: vec![(Field::Publication, Value::Staged(to))],
            label: label.to_owned(),
        }
    }

    /// Tags to put on, and with a `-` to take off: words, or between commas anything.
    pub fn tags(typed: &str) -> Option<Self> {
        let parts: Vec<&str> = if typed.contains(',') {
            typed.split(',').collect()
        } else {
            typed.split_whitespace().collect()
        };
        let tags: Vec<(bool, &str)> = parts
            .into_iter()
            .map(str::trim)
            .map(|part| match part.strip_prefix('-') {
                Some(name) => (false, name),
                None => (true, part.strip_prefix('+').unwrap_or(part)),
            })
            .collect();
        let wish = |(on, name): &(bool, &str)| Some((Field::tag(name)?, Value::Flag(*on)));
        let wishes: Vec<Wish> = tags.iter().filter_map(wish).collect();
        let sign = |on: bool| if on { '+' } else { '-' };
        let names: Vec<String> = tags
            .iter()
            .filter(|(_, name)| !name.trim().is_empty())
            .map(|(on, name)| format!("tag {}{}", sign(*on), name.trim()))
            .collect();
        (!wishes.is_empty()).then(|| Self {
            wishes,
            label: names.join(", "),
        })
    }
}

impl State {
    /// What was decided about an article.
    pub fn mark_of(&self, id: ArticleId) -> Mark {
        self.desk.decided.get(&id).cloned().unwrap_or_default()
    }

    /// The articles that a decision is about: those that are selected, else that under the cursor.
    pub(super) fn decided_on(&self) -> Vec<ArticleId> {
        if self.selection.is_empty() {
            return self.target_article().into_iter().collect();
        }
        let is_selected = |id: &&ArticleId| self.selection.contains(id.row());
        self.list.rows.iter().filter(is_selected).copied().collect()
    }

    /// Why there is nothing to decide on.
    fn nothing_here(&self) -> &'static str {
        match self.related.current() {
            Some(_) if self.reading_pane() == Pane::Related => {
                "It is not in this library: it cannot be marked."
            }
            _ => "There is no article here.",
        }
    }

    /// Has the desk decide.
    pub(super) fn decide(&mut self, wanted: Wanted) -> Vec<Effect> {
        let articles = self.decided_on();
        if articles.is_empty() {
            self.notice(self.nothing_here());
            return Vec::new();
        }
        self.decide_on(articles, wanted)
    }

    /// Has the desk decide on these articles.
    pub(super) fn decide_on(&mut self, articles: Vec<ArticleId>, wanted: Wanted) -> Vec<Effect> {
        for id in &articles {
            let before = self.mark_of(*id);
            self.desk.run.touched.entry(*id).or_insert(before);
        }
        self.selection.clear();
        self.desk.last = Some(wanted.clone());
        vec![Effect::Desk(DeskRequest::Decide {
            articles,
            wishes: wanted.wishes,
            label: wanted.label,
        })]
    }

    /// Done, and on to the next one; what is done already is taken back, and stays.
    pub(super) fn done_and_next(&mut self) -> Vec<Effect> {
        let articles = self.decided_on();
        let is_bulk = !self.selection.is_empty();
        if let [id] = articles[..]
            && self.marks.done.contains(id.row())
        {
            return self.decide(Wanted::done(false));
        }
        let mut effects = self.decide(Wanted::done(true));
        if !is_bulk && !articles.is_empty() && self.reading_pane() != Pane::Related {
            effects.extend(self.go_on());
        }
        effects
    }

    /// To the next article of the list.
    fn go_on(&mut self) -> Vec<Effect> {
        if self.list.cursor.at + 1 >= self.list.rows.len() {
            self.notice("That was the last article of the list.");
            return Vec::new();
        }
        self.go_in_list(Move::Down(1))
    }

    /// Opens the original, and then as `done_and_next`.
    pub(super) fn open_done_and_next(&mut self) -> Vec<Effect> {
        let mut effects = self.open_original();
        let is_open = effects.iter().any(|it| matches!(it, Effect::Open(_)));
        let all_done = self
            .decided_on()
            .iter()
            .all(|id| self.marks.done.contains(id.row()));
        if is_open && !all_done {
            effects.extend(self.done_and_next());
        }
        effects
    }

    /// Turns a mark on, or off where all have it.
    fn toggle(
        &mut self,
        has: impl Fn(&Self, ArticleId) -> bool,
        wanted: fn(bool) -> Wanted,
    ) -> Vec<Effect> {
        let all = self.decided_on().iter().all(|id| has(self, *id));
        self.decide(wanted(!all))
    }

    pub(super) fn toggle_read(&mut self) -> Vec<Effect> {
        self.toggle(
            |state, id| state.marks.read.contains(id.row()),
            Wanted::read,
        )
    }

    pub(super) fn toggle_star(&mut self) -> Vec<Effect> {
        self.toggle(
            |state, id| state.marks.starred.contains(id.row()),
            Wanted::starred,
        )
    }

    /// Stages the contrary of what the file says; once more: takes that back.
    pub(super) fn stage(&mut self) -> Vec<Effect> {
        let articles = self.decided_on();
        if articles
            .iter()
            .all(|id| self.marks.staged.contains(id.row()))
            && !articles.is_empty()
        {
            return self.decide(Wanted::staged(None));
        }
        let is_published =
            |id: &ArticleId| self.library.article(*id).flags().published == Some(true);
        let to = !articles.iter().all(is_published);
        self.decide(Wanted::staged(Some(to)))
    }

    /// The last decision, on what is under the cursor.
    pub(super) fn repeat(&mut self) -> Vec<Effect> {
        match self.desk.last.clone() {
            Some(wanted) => self.decide(wanted),
            None => {
                self.notice("Nothing was decided in this run yet: there is nothing to repeat.");
                Vec::new()
            }
        }
    }

    /// Asks until when, which tags, or for a note.
    pub(super) fn ask_for(&mut self, purpose: Purpose) -> Vec<Effect> {
        let articles = self.decided_on();
        let Some(first) = articles.first() else {
            self.notice(self.nothing_here());
            return Vec::new();
        };
        let text = match (&purpose, articles.len()) {
            (Purpose::Note, 1) => self.mark_of(*first).note,
            _ => String::new(),
        };
        self.open_prompt(purpose, text)
    }

    /// Puts off until what was typed; nothing typed: no longer.
    pub(super) fn put_off(&mut self, typed: &str) -> Vec<Effect> {
        if typed.is_empty() {
            return self.decide(Wanted::not_later());
        }
        match until::parse(typed, self.now, &self.zone) {
            Ok(until) => self.decide(Wanted::later(until, typed)),
            Err(error) => {
                self.error(&error.to_string());
                Vec::new()
            }
        }
    }

    pub(super) fn tag(&mut self, typed: &str) -> Vec<Effect> {
        match Wanted::tags(typed) {
            Some(wanted) => self.decide(wanted),
            None => Vec::new(),
        }
    }

    pub(super) fn undo(&mut self) -> Vec<Effect> {
        vec![Effect::Desk(DeskRequest::Undo(Which::Last))]
    }

    /// Marks what has been shown for long enough as read, if that is wanted.
    pub(super) fn read_in_time(&mut self) -> Vec<Effect> {
        let MarkRead::After(seconds) = self.mark_read else {
            return Vec::new();
        };
        let shown = self.now.duration_since(self.shown_since);
        match self.detail.article {
            Some(id) if shown.as_secs() >= i64::from(seconds) && !self.detail.is_waiting() => {
                self.mark_as_read(id)
            }
            _ => Vec::new(),
        }
    }

    /// Marks what is read as read, if that is wanted without a key.
    pub(super) fn mark_as_read(&mut self, id: ArticleId) -> Vec<Effect> {
        if self.marks.read.contains(id.row()) {
            return Vec::new();
        }
        let last = self.desk.last.take();
        let selection = std::mem::take(&mut self.selection);
        let effects = self.decide_on(vec![id], Wanted::read(true));
        self.desk.last = last;
        self.selection = selection;
        effects
    }
}

/// `1 article`, `1,200 articles`.
pub fn articles(count: usize) -> String {
    match count {
        1 => "1 article".to_owned(),
        _ => format!("{} articles", number::grouped(count as i64)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_words_or_stand_between_commas() {
        let names = |typed: &str| {
            let wanted = Wanted::tags(typed)?;
            let name = |(field, value): &Wish| (field.to_string(), *value == Value::Flag(true));
            Some(wanted.wishes.iter().map(name).collect::<Vec<_>>())
        };
        let tag = |name: &str, on| (format!("tag:{name}"), on);
        assert_eq!(
            names("a +b -c"),
            Some(vec![tag("a", true), tag("b", true), tag("c", false)])
        );
        assert_eq!(
            names("to do, -x"),
            Some(vec![tag("to do", true), tag("x", false)])
        );
        assert_eq!(names(" - , "), None);
        assert_eq!(
            Wanted::tags("to do, -x").map(|it| it.label),
            Some("tag +to do, tag -x".to_owned())
        );
    }

    #[test]
    fn what_is_put_off_is_not_done() {
        let wanted = Wanted::later(Timestamp::UNIX_EPOCH, "1d");
        assert!(wanted.wishes.contains(&(Field::Done, Value::Flag(false))));
    }
}
