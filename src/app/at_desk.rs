//! What the desk tells: marks, what was kept and taken back, what is wrong with it. And what a run
//! has come to.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use roaring::RoaringBitmap;

use super::confirm::{Confirm, Then as Confirmed};
use super::deciding::{Wanted, articles};
use super::event::Effect;
use super::journal::Journal;
use super::overlay::Overlay;
use super::search::Then;
use super::state::{Anchor, State};
use crate::desk::{DeskEvent, DeskRequest, MarkedRows};
use crate::format::line::Role;
use crate::library::ArticleId;
use crate::model::Mark;

/// What is known of the desk.
#[derive(Debug, Default)]
pub struct AtDesk {
    /// What was decided about each article about which anything was.
    pub decided: HashMap<ArticleId, Mark>,
    /// Whether it has told what was decided before.
    is_heard: bool,
    /// What is wrong with the desk.
    pub trouble: Option<String>,
    /// The articles that are done or put off.
    pub(super) handled: RoaringBitmap,
    /// What was wanted last.
    pub(super) last: Option<Wanted>,
    pub(super) run: Run,
    /// Decisions that only memory holds.
    pub(super) in_memory: usize,
}

/// What was decided since the program started.
#[derive(Debug, Default)]
pub(super) struct Run {
    /// Articles that were decided on, as they were before.
    pub(super) touched: HashMap<ArticleId, Mark>,
    /// Articles into whose files something was written.
    pub(super) written: HashSet<ArticleId>,
}

impl State {
    /// The desk has something to tell.
    pub(super) fn told(&mut self, told: DeskEvent) -> Vec<Effect> {
        match told {
            DeskEvent::Marks(marked) => return self.marked(*marked),
            DeskEvent::Kept {
                label,
                articles,
                trouble,
            } => self.kept(&label, &articles, trouble.is_some()),
            DeskEvent::Unchanged { label } => {
                self.notice(&format!("Nothing to do: {label} already."))
            }
            DeskEvent::TakenBack {
                label,
                articles,
                left,
            } => return self.taken_back(&label, &articles, left),
            DeskEvent::Journal(entries) => {
                self.overlay = Some(Overlay::Journal(Journal::new(entries)));
            }
            DeskEvent::Review(plans) => self.review(plans),
            DeskEvent::Written {
                written,
                unchanged,
                refused,
            } => {
                self.desk.run.written.extend(&written);
                let said = format!(
                    "written {}, unchanged {unchanged}, refused {}",
                    written.len(),
                    refused.len()
                );
                match refused.first() {
                    None => self.notice(&said),
                    Some(_) => {
                        self.error(&format!("{said}: what was refused is still staged"));
                    }
                }
            }
            DeskEvent::Saved(path) => {
                self.desk.in_memory = 0;
                self.notice(&format!("Written to {}.", path.display()));
                if self.leaving {
                    return vec![Effect::Quit];
                }
            }
            DeskEvent::Trouble(trouble) => {
                if trouble.is_none() {
                    self.desk.in_memory = 0;
                }
                self.desk.trouble = trouble;
            }
            DeskEvent::Notice(text) => self.notice(&text),
            DeskEvent::Refused(reason) => {
                self.leaving = false;
                self.error(&reason);
            }
        }
        Vec::new()
    }

    /// Shows what was decided, and finds out what of it the query in force selects now.
    fn marked(&mut self, marked: MarkedRows) -> Vec<Effect> {
        let MarkedRows { rows, decided } = marked;
        self.desk.handled = &rows.done | &rows.later;
        self.marks = Arc::new(rows);
        self.desk.decided = decided;
        self.compose();
        // What was listed before the desk was heard of was listed without it.
        let is_first = !std::mem::replace(&mut self.desk.is_heard, true);
        self.ask_again(if is_first {
            Then::Relist
        } else {
            Then::Reconsider
        })
    }

    /// Forgets which articles the marks belong to: they are others.
    pub(super) fn forget_marks(&mut self) {
        self.marks = Arc::default();
        self.desk.decided.clear();
        self.desk.handled.clear();
        self.selection.clear();
    }

    fn kept(&mut self, label: &str, about: &[ArticleId], in_memory: bool) {
        if in_memory {
            self.desk.in_memory += 1;
        }
        let what = match about {
            [id] => self.library.article(*id).title().to_owned(),
            _ => articles(about.len()),
        };
        // A label of many says their number already.
        let label = label.split(", ").next().unwrap_or(label).to_owned();
        self.notice(&format!("{label}: {what}"));
    }

    /// Says what was taken back, and goes to the article if it was one.
    fn taken_back(&mut self, label: &str, about: &[ArticleId], left: usize) -> Vec<Effect> {
        let said = match (about, left) {
            ([id], 0) => format!("{label}: {}", self.library.article(*id).title()),
            (_, 0) => label.to_owned(),
            _ => format!("{label}; {left} not, as a later decision holds"),
        };
        let effects = match about {
            [id] => self.select_listed(*id),
            _ => Vec::new(),
        };
        self.notice(&said);
        effects
    }

    /// Selects an article where it is listed.
    fn select_listed(&mut self, id: ArticleId) -> Vec<Effect> {
        match self.list.rows.iter().position(|row| *row == id) {
            Some(at) => {
                self.list.cursor.at = at;
                self.anchored = Anchor::Article;
                self.show_current()
            }
            None => Vec::new(),
        }
    }

    /// What was decided about an article, for its page.
    pub(super) fn decided_lines(&self, id: ArticleId) -> Vec<(String, Role)> {
        let mark = self.mark_of(id);
        let signs = self.signs;
        let mut short: Vec<String> = Vec::new();
        if mark.done {
            short.push(format!("{} done", signs.done));
        }
        if let Some(until) = mark.later.filter(|until| *until > self.now) {
            let until = until.to_zoned(self.zone.clone());
            short.push(format!(
                "{} later, until {}",
                signs.later,
                until.strftime("%a %-d %b %Y %H:%M")
            ));
        }
        if mark.starred {
            short.push(format!("{} starred", signs.starred));
        }
        if let Some(to) = mark.publication {
            let what = if to { "published" } else { "unpublished" };
            short.push(format!("{} staged: to be {what}", signs.staged));
        }
        if self.marks.changed.contains(id.row()) {
            short.push("changed since it was decided on".to_owned());
        }
        let mut lines = Vec::new();
        if !short.is_empty() {
            lines.push((short.join(signs.dot), Role::Strong));
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

    /// Articles decided on in this run, and those that are listed and wait for it.
    pub fn progress(&self) -> Option<(usize, u64)> {
        let decided = self.count_decided();
        if decided == 0 {
            return None;
        }
        let listed = &self.list.listed;
        let left = listed.len() - listed.intersection_len(&self.desk.handled);
        Some((decided, left))
    }

    /// Articles that are otherwise than before this run, as they were before and as they are.
    fn decided_in_run(&self) -> impl Iterator<Item = (&Mark, Mark)> {
        let touched = self.desk.run.touched.iter();
        touched
            .map(|(id, before)| (before, self.mark_of(*id)))
            .filter(|(before, now)| *before != now)
    }

    /// Articles that are otherwise than before this run, by their marks or in their files.
    fn count_decided(&self) -> usize {
        let run = &self.desk.run;
        let is_marked = |id: &ArticleId| {
            let before = run.touched.get(id);
            before.is_some_and(|before| *before != self.mark_of(*id))
        };
        let unmarked = run.written.iter().filter(|id| !is_marked(id)).count();
        self.decided_in_run().count() + unmarked
    }

    /// What the run has come to, for after its end; `None` if nothing was decided.
    pub fn summary(&self) -> Option<String> {
        let changes: Vec<(&Mark, Mark)> = self.decided_in_run().collect();
        if changes.is_empty() && self.desk.run.written.is_empty() {
            return None;
        }
        let count = |is_it: fn(&Mark, &Mark) -> bool| {
            let found = changes.iter().filter(|(before, now)| is_it(before, now));
            found.count()
        };
        let kinds: [(usize, &str); 8] = [
            (count(|a, b| !a.done && b.done), "done"),
            (count(|a, b| a.done && !b.done), "not done any more"),
            (count(|a, b| !a.read && b.read), "read"),
            (count(|a, b| !a.starred && b.starred), "starred"),
            (
                count(|a, b| a.later != b.later && b.later.is_some()),
                "later",
            ),
            (count(|a, b| a.tags != b.tags), "tagged"),
            (count(|a, b| a.note != b.note), "with a note"),
            (self.desk.run.written.len(), "written into their files"),
        ];
        let kinds = kinds.iter().filter(|(count, _)| *count > 0);
        let kinds: Vec<String> = kinds
            .map(|(count, word)| format!("{count} {word}"))
            .collect();
        let took = self.now.duration_since(self.began);
        let minutes = match took.as_mins() {
            0 => "less than a minute".to_owned(),
            1 => "a minute".to_owned(),
            minutes => format!("{minutes} minutes"),
        };
        let mut said = format!("{} decided in {minutes}", articles(self.count_decided()));
        if !kinds.is_empty() {
            said.push_str(&format!(": {}", kinds.join(", ")));
        }
        let staged = self.marks.staged.len();
        if staged > 0 {
            let staged = articles(staged as usize);
            said.push_str(&format!("; {staged} staged, to be written with $"));
        }
        Some(format!("{said}."))
    }

    /// Quits, unless decisions would be lost with it: then asks where to write them.
    pub(super) fn quit(&mut self) -> Vec<Effect> {
        if self.desk.in_memory == 0 {
            return vec![Effect::Quit];
        }
        self.leaving = true;
        self.open_prompt(
            super::prompt::Purpose::Rescue,
            "newsdesk-decisions.jsonl".to_owned(),
        )
    }

    /// Has what only memory holds written to a file; without a name for it, quits without.
    pub(super) fn rescue(&mut self, path: &str) -> Vec<Effect> {
        if path.is_empty() {
            return vec![Effect::Quit];
        }
        vec![Effect::Desk(DeskRequest::Save(path.into()))]
    }

    /// Asks whether all that is listed is done.
    pub(super) fn all_done(&mut self) -> Vec<Effect> {
        let waiting = self.list.rows.iter();
        let waiting = waiting.filter(|id| !self.desk.handled.contains(id.row()));
        let ids: Vec<ArticleId> = waiting.copied().collect();
        if ids.is_empty() {
            self.notice("Everything that is listed is done or put off already.");
            return Vec::new();
        }
        self.confirm_decision(ids, Wanted::done(true));
        Vec::new()
    }

    /// Says on how many articles, and on which for example, and waits for Enter.
    pub(super) fn confirm_decision(&mut self, ids: Vec<ArticleId>, wanted: Wanted) {
        let title = format!("{}: {}?", wanted.label, articles(ids.len()));
        let titles: Vec<&str> = ids
            .iter()
            .take(SAMPLE)
            .map(|id| self.library.article(*id).title())
            .collect();
        let confirm = Confirm::sample(&title, &titles, ids.len(), Confirmed::Decide(ids, wanted));
        self.overlay = Some(Overlay::Confirm(confirm));
    }
}

/// Titles that are shown of the articles of a decision.
const SAMPLE: usize = 12;
