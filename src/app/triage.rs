//! The decisions of this run, their summary, and what is wrong with the desk.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use super::context::Cx;
use super::mark_edit::MarkEdit;
use crate::command::{Command, Context};
use crate::format::number;
use crate::library::ArticleId;
use crate::model::Mark;

/// Decisions since the program started.
#[derive(Debug, Default)]
pub struct Triage {
    /// The last decision.
    last: Option<(MarkEdit, DecisionReach)>,
    /// Articles that were decided on, with their marks from before.
    touched: HashMap<ArticleId, Mark>,
    /// Articles whose files were written.
    written: HashSet<ArticleId>,
    /// Number of decisions held only in memory.
    in_memory: usize,
    /// The file that decisions were rescued into.
    rescued: Option<PathBuf>,
    /// Number of lines typed and accepted.
    typed: usize,
    /// Whether the desk has reported the existing marks.
    is_heard: bool,
    /// What is wrong with the desk.
    trouble: Option<String>,
}

/// What a decision is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecisionReach {
    /// The articles that it was made on.
    Articles,
    /// All articles of their stories.
    Stories,
}

impl Triage {
    /// The last decision, to be repeated.
    pub fn last(&self) -> Option<&(MarkEdit, DecisionReach)> {
        self.last.as_ref()
    }

    /// Number of decisions held only in memory.
    pub fn in_memory(&self) -> usize {
        self.in_memory
    }

    /// Whether the desk has reported the existing marks.
    pub(super) fn is_heard(&self) -> bool {
        self.is_heard
    }

    /// What is wrong with the desk.
    pub fn trouble(&self) -> Option<&str> {
        self.trouble.as_deref()
    }

    /// Records how articles are before a decision.
    pub(super) fn touch(&mut self, articles: &[ArticleId], cx: Cx<'_>) {
        for id in articles {
            self.touched.entry(*id).or_insert_with(|| cx.marks.get(*id));
        }
    }

    pub(super) fn set_last(&mut self, edit: MarkEdit, reach: DecisionReach) {
        self.last = Some((edit, reach));
    }

    pub(super) fn note_written(&mut self, articles: &[ArticleId]) {
        self.written.extend(articles);
    }

    pub(super) fn note_typed(&mut self) {
        self.typed += 1;
    }

    /// Whether anything was typed in this run, or staged and not written.
    pub(super) fn is_worth_asking(&self, cx: Cx<'_>) -> bool {
        let mut changed = self.changed(cx);
        self.typed > 0 || changed.any(|(id, _)| cx.marks.known(id).is_some_and(Mark::is_staged))
    }

    pub(super) fn note_in_memory(&mut self) {
        self.in_memory += 1;
    }

    /// Nothing is held only in memory any more: it is in this file too.
    pub(super) fn note_saved(&mut self, path: PathBuf) {
        self.in_memory = 0;
        self.rescued = Some(path);
    }

    pub(super) fn set_trouble(&mut self, trouble: Option<String>) {
        if trouble.is_none() {
            self.in_memory = 0;
            self.rescued = None;
        }
        self.trouble = trouble;
    }

    /// The desk has reported marks; returns whether for the first time.
    pub(super) fn hear(&mut self) -> bool {
        !std::mem::replace(&mut self.is_heard, true)
    }

    /// Files were moved: their articles are these now.
    pub(super) fn replace(&mut self, moved: &[(ArticleId, ArticleId)]) {
        for (before, now) in moved {
            if let Some(mark) = self.touched.remove(before) {
                self.touched.entry(*now).or_insert(mark);
            }
            if self.written.remove(before) {
                self.written.insert(*now);
            }
        }
    }

    /// Drops which articles were decided on, because the articles have changed.
    pub(super) fn forget_articles(&mut self) {
        self.touched.clear();
        self.written.clear();
    }

    /// Articles whose marks differ from before this run, with the marks from before.
    fn changed<'a>(&'a self, cx: Cx<'a>) -> impl Iterator<Item = (ArticleId, &'a Mark)> {
        let touched = self.touched.iter().map(|(id, before)| (*id, before));
        touched.filter(move |(id, before)| !cx.marks.is(*id, before))
    }

    /// Number of articles that differ from before this run, in their marks or their files.
    pub fn decided(&self, cx: Cx<'_>) -> usize {
        let is_marked = |id: &ArticleId| {
            let before = self.touched.get(id);
            before.is_some_and(|before| !cx.marks.is(*id, before))
        };
        let unmarked = self.written.iter().filter(|id| !is_marked(id)).count();
        self.changed(cx).count() + unmarked
    }

    /// A summary of the run, for after its end; `None` if nothing was decided. Decisions that were not
    /// kept are not counted among those made.
    pub fn summary(&self, cx: Cx<'_>) -> Option<String> {
        match self.in_memory {
            0 => {}
            1 => return Some("One decision was only in memory and was not kept.".to_owned()),
            lost => {
                let lost = number::grouped(lost as i64);
                return Some(format!(
                    "{lost} decisions were only in memory and were not kept."
                ));
            }
        }
        let changes: Vec<(&Mark, Mark)> = self
            .changed(cx)
            .map(|(id, before)| (before, cx.marks.get(id)))
            .collect();
        if changes.is_empty() && self.written.is_empty() {
            return None;
        }
        let count = |is_it: fn(&Mark, &Mark) -> bool| {
            let found = changes.iter().filter(|(before, now)| is_it(before, now));
            found.count()
        };
        let kinds: [(usize, &str); 11] = [
            (count(|a, b| !a.done && b.done), "done"),
            (count(|a, b| a.done && !b.done), "no longer done"),
            (count(|a, b| !a.rejected && b.rejected), "rejected"),
            // Done articles count as read anyway.
            (count(|a, b| !a.read && b.read && !b.done), "read"),
            (count(|a, b| a.read && !b.read && !a.done), "unread"),
            (count(|a, b| !a.starred && b.starred), "starred"),
            (count(|a, b| a.starred && !b.starred), "no longer starred"),
            (
                count(|a, b| a.later != b.later && b.later.is_some()),
                "later",
            ),
            (count(|a, b| a.tags != b.tags), "tagged"),
            (count(|a, b| a.note != b.note), "with a note"),
            (self.written.len(), "written into their files"),
        ];
        let kinds = kinds.iter().filter(|(count, _)| *count > 0);
        let kinds: Vec<String> = kinds
            .map(|(count, word)| format!("{} {word}", number::grouped(*count as i64)))
            .collect();
        let minutes = match cx.env.uptime.as_secs() / 60 {
            0 => "less than a minute".to_owned(),
            1 => "a minute".to_owned(),
            minutes => format!("{minutes} minutes"),
        };
        let mut said = format!(
            "{} decided in {minutes}",
            number::articles(self.decided(cx))
        );
        if !kinds.is_empty() {
            said.push_str(&format!(": {}", kinds.join(", ")));
        }
        let staged = cx.marks.sets().staged.len();
        if staged > 0 {
            let staged = number::articles(staged as usize);
            let key = cx.env.key(Command::Review, Context::List);
            said.push_str(&format!("; {staged} staged, to be written with {key}"));
        }
        if let Some(path) = &self.rescued {
            said.push_str(&format!("; rescued into {}", path.display()));
        }
        Some(format!("{said}."))
    }
}
