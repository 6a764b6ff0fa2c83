//! Staged changes of files: planned, shown, written, and recorded at the desk. `publish` does the
//! writing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::super::decide::is_published;
use super::super::edit;
use super::super::intent::{Intent, Staged, State};
use super::super::publication::{AT_ONCE, OpenPublication};
use super::super::publish::{
    ChangePlan as Outcome, Planner, StagedChange as FileChange, WriteRefusal,
};
use super::super::trouble::DeskError;
use super::{DeskEvent, DeskService};
use crate::library::{ArticleId, Source};
use crate::model::Transaction;

/// The plan for a staged change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedFile {
    pub article: ArticleId,
    pub path: PathBuf,
    pub what: FilePlan,
}

/// What will happen to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilePlan {
    /// These lines change.
    Lines(Vec<ChangedLines>),
    /// The file says so already.
    Unchanged,
    Refused(String),
}

/// Lines of a file that are replaced; without old ones they are added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedLines {
    /// The number of the first line, counted from 1.
    pub number: u32,
    pub old: Vec<String>,
    pub new: Vec<String>,
}

/// What the last review showed of a file, and what writing it takes.
pub(super) struct PlannedWrite {
    intent: Intent,
    file: PlannedFile,
    /// `None` if there is nothing to write, or it is refused.
    change: Option<FileChange>,
}

impl DeskService {
    /// Returns what would be written, file by file.
    pub(super) fn review(&mut self, now: Timestamp) -> DeskEvent {
        self.planned.clear();
        let decided = self.marked.decided();
        let waits = decided.iter().filter(|(_, mark)| mark.is_staged());
        let mut staged: Vec<(ArticleId, Staged)> =
            waits.map(|(id, mark)| (id, Staged::from(mark))).collect();
        staged.sort_unstable_by_key(|(id, _)| self.marked.articles().newest_first(*id));
        let mut planned = Vec::new();
        let planner = Planner::new(self.marked.articles(), now);
        let wanted: Vec<(ArticleId, &Staged)> = staged.iter().map(|(id, it)| (*id, it)).collect();
        for ((id, staged), plan) in wanted.iter().zip(self.changes(&planner, &wanted)) {
            let (id, path) = (*id, self.marked.article(*id).path());
            let (change, what) = match plan {
                Ok(Outcome::Change(change)) => {
                    let plan = lines_of(&change);
                    (Some(*change), plan)
                }
                Ok(Outcome::Unchanged(_)) => (None, FilePlan::Unchanged),
                Err(refusal) => (None, FilePlan::Refused(refusal)),
            };
            let intent = self.intent(id, &path, staged, change.as_ref(), &what);
            let file = PlannedFile {
                article: id,
                path,
                what,
            };
            planned.push(PlannedWrite {
                intent,
                file,
                change,
            });
        }
        self.planned = planned;
        DeskEvent::Review(self.planned.iter().map(|it| it.file.clone()).collect())
    }

    fn intent(
        &self,
        id: ArticleId,
        path: &Path,
        staged: &Staged,
        change: Option<&FileChange>,
        what: &FilePlan,
    ) -> Intent {
        let marks = self.marked.marks_of(id);
        Intent {
            subjects: marks
                .map(|it| (it.subject, Staged::from(&it.mark)))
                .collect(),
            identity: self.marked.identity(id),
            path: path.to_path_buf(),
            says: staged.publication,
            edits: edit::intents(
                &staged.edits,
                change.map_or(&BTreeMap::new(), FileChange::ways_back),
            ),
            versions: change.map(FileChange::versions),
            state: match what {
                FilePlan::Unchanged => State::SaysSo,
                FilePlan::Lines(_) | FilePlan::Refused(_) => State::Waits,
            },
        }
    }

    fn changes(
        &self,
        planner: &Planner<'_>,
        staged: &[(ArticleId, &Staged)],
    ) -> Vec<Result<Outcome, String>> {
        if self.source == Source::Sample {
            let reason = "the sample library is part of the program and cannot be written";
            return staged.iter().map(|_| Err(reason.to_owned())).collect();
        }
        let plans = planner.plan_all(staged).into_iter();
        let plans = plans.map(|it| it.map_err(|refusal| refusal.to_string()));
        plans.collect()
    }

    /// Why an article's site does not let a field of its file decide. Other obstacles, which may be
    /// gone by the time it is written, are shown by the review.
    pub(super) fn ruled_out(&self, id: ArticleId, to: bool, now: Timestamp) -> Option<String> {
        let article = self.marked.article(id);
        if self.source == Source::Sample || is_published(article, now) == Some(to) {
            return None;
        }
        let planner = Planner::new(self.marked.articles(), now);
        match planner.plan(article, Some(to), &[]) {
            Err(WriteRefusal::Rule(reason)) => {
                let word = if to { "published" } else { "unpublished" };
                Some(format!("“{}” is not {word}: {reason}", article.title()))
            }
            Ok(_) | Err(_) => None,
        }
    }

    /// Writes what the last review showed. Files that already say so are unstaged. Nothing is written
    /// if any of it is no longer staged like that: somebody has decided otherwise since.
    pub(super) fn write(&mut self, now: Timestamp) -> Vec<DeskEvent> {
        let mut told = match self.desk.poll(now) {
            Some(answer) => self.tell(answer, &[], now),
            None => Vec::new(),
        };
        let planned = std::mem::take(&mut self.planned);
        if !planned.iter().all(|it| self.is_still_staged(&it.intent)) {
            let said = "Nothing was written: what is staged has changed since it was shown.";
            told.push(DeskEvent::Refused(said.to_owned()));
            return told;
        }
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

    fn is_still_staged(&self, intent: &Intent) -> bool {
        intent.subjects.iter().all(|(subject, staged)| {
            let mark = self.marked.mark(*subject).map(|it| &it.mark);
            mark.is_some_and(|mark| Staged::from(mark) == *staged)
        })
    }

    fn publish(
        &mut self,
        planned: &[PlannedWrite],
        now: Timestamp,
    ) -> Result<(DeskEvent, Option<Transaction>), DeskError> {
        let desk = self.desk.for_publication(now)?;
        let intents: Vec<Intent> = planned.iter().map(|it| it.intent.clone()).collect();
        let publication = OpenPublication::begin(desk, &intents, self.source.overrides(), now)?;
        let (mut written, mut unchanged, mut refused) = (Vec::new(), 0, Vec::new());
        for some in planned.chunks(AT_ONCE) {
            let changes = some
                .iter()
                .filter_map(|it| Some((&it.intent, it.change.as_ref()?)));
            let changes: Vec<_> = changes.collect();
            let mut told = publication.write(desk, &changes)?.into_iter();
            for PlannedWrite { file, change, .. } in some {
                let outcome = change.as_ref().and_then(|_| told.next());
                match (&file.what, outcome) {
                    (FilePlan::Unchanged, _) => unchanged += 1,
                    (FilePlan::Lines(_), Some(Ok(()))) => written.push(file.article),
                    (FilePlan::Lines(_), Some(Err(refusal))) => refused.push(PlannedFile {
                        what: FilePlan::Refused(refusal.to_string()),
                        ..file.clone()
                    }),
                    (FilePlan::Refused(_) | FilePlan::Lines(_), _) => refused.push(file.clone()),
                }
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

/// The lines that show a change.
fn lines_of(change: &FileChange) -> FilePlan {
    let lines = change.diffs().map(|diff| ChangedLines {
        number: diff.line,
        old: diff.old.to_vec(),
        new: diff.new.to_vec(),
    });
    FilePlan::Lines(lines.collect())
}
