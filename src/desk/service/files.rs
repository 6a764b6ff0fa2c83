//! What is staged, as changes of files: planned, shown, written, and noted at the desk. How a file is
//! written is `publish`'s.

use std::path::PathBuf;

use jiff::Timestamp;

use super::super::fallback::{Answer, Request};
use super::super::publish::{Change as FileChange, Planned as Outcome, Planner};
use super::super::written::Written;
use super::{DeskEvent, DeskService};
use crate::library::{ArticleId, Source};
use crate::model::{Field, Value};

/// What becomes of a staged change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    pub article: ArticleId,
    pub path: PathBuf,
    pub what: Plan,
}

/// What is to be done with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plan {
    /// The line with this number, counted from 1, is to be another; without an old one it is added.
    Line {
        number: u32,
        old: Option<String>,
        new: String,
    },
    /// The file says so already.
    Unchanged,
    Refused(String),
}

impl DeskService {
    /// What would be written, file by file.
    pub(super) fn review(&mut self, now: Timestamp) -> DeskEvent {
        self.planned.clear();
        let mut plans = Vec::new();
        let decided = self.marked.decided();
        let mut staged: Vec<(ArticleId, bool)> = decided
            .iter()
            .filter_map(|(id, mark)| Some((*id, mark.publication?)))
            .collect();
        staged.sort_unstable_by_key(|(id, _)| self.marked.articles().newest_first(*id));
        let mut changes = Vec::new();
        let planner = Planner::new(self.marked.articles(), now);
        for (id, to) in staged {
            let path = self.marked.article(id).path();
            let what = match self.change(&planner, id, to) {
                Ok(Outcome::Change(change)) => {
                    let plan = line_of(&change);
                    changes.push((id, to, *change));
                    plan
                }
                Ok(Outcome::Unchanged(_)) => Plan::Unchanged,
                Err(refusal) => Plan::Refused(refusal),
            };
            plans.push(Planned {
                article: id,
                path,
                what,
            });
        }
        self.planned = changes;
        DeskEvent::Review(plans)
    }

    fn change(&self, planner: &Planner<'_>, id: ArticleId, to: bool) -> Result<Outcome, String> {
        if self.source == Source::Sample {
            return Err("the sample library is a part of the program: it cannot be written".into());
        }
        let article = self.marked.article(id);
        planner
            .plan(article, to)
            .map_err(|refusal| refusal.to_string())
    }

    /// Writes what the last review has told, and notes it at the desk. What a file says already
    /// waits no longer.
    pub(super) fn write(&mut self, now: Timestamp) -> Vec<DeskEvent> {
        let mut refused = Vec::new();
        let mut written: Vec<(ArticleId, bool)> = Vec::new();
        for (id, to, change) in std::mem::take(&mut self.planned) {
            match change.write() {
                Ok(_) => written.push((id, to)),
                Err(refusal) => refused.push(Planned {
                    article: id,
                    path: change.path().to_path_buf(),
                    what: Plan::Refused(refusal.to_string()),
                }),
            }
        }
        let mut told = Vec::new();
        for to in [true, false] {
            let ids: Vec<ArticleId> = written
                .iter()
                .filter(|(_, it)| *it == to)
                .map(|(id, _)| *id)
                .collect();
            told.extend(self.note_written(&ids, to, now));
        }
        let unchanged = self.unstage(now);
        told.push(self.marks(now));
        told.push(DeskEvent::Written {
            written: written.into_iter().map(|(id, _)| id).collect(),
            unchanged,
            refused,
        });
        told
    }

    fn note_written(&mut self, ids: &[ArticleId], to: bool, now: Timestamp) -> Option<DeskEvent> {
        if ids.is_empty() {
            return None;
        }
        let word = if to { "publish" } else { "unpublish" };
        let subjects = ids.iter().flat_map(|id| self.marked.marks_of(*id));
        let written = Written {
            subjects: subjects.map(|it| it.subject).collect(),
            to,
            label: match ids.len() {
                1 => format!("{word}: written"),
                count => format!("{word}: written, {count} articles"),
            },
        };
        match self.desk.handle(Request::Written(written), now) {
            Answer::Committed {
                transaction: Some(transaction),
                ..
            } => {
                self.marked.note(&transaction, &[]);
                None
            }
            Answer::Refused(error) => Some(DeskEvent::Refused(error.to_string())),
            _ => None,
        }
    }

    /// Nothing waits any more for files that say so already; how many there are.
    fn unstage(&mut self, now: Timestamp) -> usize {
        let DeskEvent::Review(plans) = self.review(now) else {
            return 0;
        };
        self.planned.clear();
        let said = plans.iter().filter(|plan| plan.what == Plan::Unchanged);
        let ids: Vec<ArticleId> = said.map(|plan| plan.article).collect();
        if !ids.is_empty() {
            let wishes = [(Field::Publication, Value::Staged(None))];
            self.decide(&ids, &wishes, "not staged".to_owned(), now);
        }
        ids.len()
    }
}

/// A change as a line: publication changes one, or several fields that say the same.
fn line_of(change: &FileChange) -> Plan {
    let diffs: Vec<_> = change.diffs().collect();
    let old: Vec<&str> = diffs
        .iter()
        .flat_map(|diff| diff.old)
        .map(String::as_str)
        .collect();
    let new: Vec<&str> = diffs
        .iter()
        .flat_map(|diff| diff.new)
        .map(String::as_str)
        .collect();
    Plan::Line {
        number: diffs.first().map_or(1, |diff| diff.line),
        old: (!old.is_empty()).then(|| old.join(", ")),
        new: new.join(", "),
    }
}
