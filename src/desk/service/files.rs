//! Staged changes of files: planned, shown, written, and recorded at the desk. `publish` does the
//! writing.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::super::decide::is_published;
use super::super::intent::{Intent, State};
use super::super::publication::Publication;
use super::super::publish::{Change as FileChange, Planned as Outcome, Planner, Refusal};
use super::super::trouble::DeskError;
use super::{DeskEvent, DeskService};
use crate::library::{ArticleId, Source};
use crate::model::Transaction;

/// The plan for a staged change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    pub article: ArticleId,
    pub path: PathBuf,
    pub what: Plan,
}

/// What will happen to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plan {
    /// The line with this number, counted from 1, is replaced; without an old one it is added.
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
    /// Returns what would be written, file by file.
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
            let (change, what) = match self.change(&planner, id, to) {
                Ok(Outcome::Change(change)) => {
                    let plan = line_of(&change);
                    (Some(*change), plan)
                }
                Ok(Outcome::Unchanged(_)) => (None, Plan::Unchanged),
                Err(refusal) => (None, Plan::Refused(refusal)),
            };
            let intent = self.intent(id, &path, to, change.as_ref(), &what);
            changes.push((intent, id, change));
            plans.push(Planned {
                article: id,
                path,
                what,
            });
        }
        self.planned = changes;
        DeskEvent::Review(plans)
    }

    fn intent(
        &self,
        id: ArticleId,
        path: &Path,
        says: bool,
        change: Option<&FileChange>,
        what: &Plan,
    ) -> Intent {
        let marks = self.marked.marks_of(id);
        Intent {
            subjects: marks.map(|it| (it.subject, it.mark.publication)).collect(),
            identity: self.marked.identity(id),
            path: path.to_path_buf(),
            says,
            versions: change.map(FileChange::versions),
            state: match what {
                Plan::Unchanged => State::SaysSo,
                Plan::Line { .. } | Plan::Refused(_) => State::Waits,
            },
        }
    }

    fn change(&self, planner: &Planner<'_>, id: ArticleId, to: bool) -> Result<Outcome, String> {
        if self.source == Source::Sample {
            return Err("the sample library is part of the program and cannot be written".into());
        }
        let article = self.marked.article(id);
        planner
            .plan(article, to)
            .map_err(|refusal| refusal.to_string())
    }

    /// Why an article's site does not let a field of its file decide. Other obstacles, which may be
    /// gone by the time it is written, are shown by the review.
    pub(super) fn ruled_out(&self, id: ArticleId, to: bool, now: Timestamp) -> Option<String> {
        let article = self.marked.article(id);
        if self.source == Source::Sample || is_published(article, now) == Some(to) {
            return None;
        }
        let planner = Planner::new(self.marked.articles(), now);
        match planner.plan(article, to) {
            Err(Refusal::Rule(reason)) => {
                let word = if to { "published" } else { "unpublished" };
                Some(format!("“{}” is not {word}: {reason}", article.title()))
            }
            Ok(_) | Err(_) => None,
        }
    }

    /// Writes what the last review showed. Files that already say so are unstaged.
    pub(super) fn write(&mut self, now: Timestamp) -> Vec<DeskEvent> {
        let planned = std::mem::take(&mut self.planned);
        let mut told = Vec::new();
        match self.publish(&planned, now) {
            Ok((done, transaction)) => {
                if let Some(transaction) = transaction {
                    self.marked.note(&transaction, &[]);
                }
                told.push(self.marks(now));
                told.push(done);
            }
            Err(error) => told.push(DeskEvent::Refused(error.to_string())),
        }
        told
    }

    fn publish(
        &mut self,
        planned: &[(Intent, ArticleId, Option<FileChange>)],
        now: Timestamp,
    ) -> Result<(DeskEvent, Option<Transaction>), DeskError> {
        let desk = self.desk.for_publication(now)?;
        let intents: Vec<Intent> = planned.iter().map(|(it, ..)| it.clone()).collect();
        let publication = Publication::begin(desk, &intents, now)?;
        let (mut written, mut unchanged, mut refused) = (Vec::new(), 0, Vec::new());
        for (intent, article, change) in planned {
            unchanged += usize::from(intent.state == State::SaysSo);
            let Some(change) = change else {
                continue;
            };
            match publication.write(desk, intent, change)? {
                Ok(()) => written.push(*article),
                Err(refusal) => refused.push(Planned {
                    article: *article,
                    path: intent.path.clone(),
                    what: Plan::Refused(refusal.to_string()),
                }),
            }
        }
        let transaction = publication.finish(desk, now)?;
        let done = DeskEvent::Written {
            written,
            unchanged,
            refused,
        };
        Ok((done, transaction))
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
