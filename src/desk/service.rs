//! The desk of a run together with its articles: takes requests about articles, and reports what
//! was decided about them. It starts no thread: whoever has one calls [`DeskService::ask`] and,
//! twice a second, [`DeskService::poll`].

mod files;

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use roaring::RoaringBitmap;

use super::bonds::{self, StoryChange};
use super::decide::{Decider, FieldWish, wishes_for};
use super::decided::Decided;
use super::fallback::{DeskAnswer, FallbackDesk, Kept, Request};
use super::marked::{MarkedArticles, WordsKnown};
use super::trouble::DeskError;
use super::{JournalEntry, NewDecision, UndoTarget};
use crate::format::number;
use crate::library::{ArticleId, ArticleRef, Articles, Source, StoryWishes};
use crate::model::{MarkChange, MarkValue, Subject, Transaction};
use crate::query::Marks;

pub use files::{ChangedLines, FilePlan, PlannedFile};

/// Files read per poll.
const FILES: usize = 200;
/// Entries of the journal shown at once.
const JOURNAL: usize = 200;

/// A request.
#[derive(Clone, Debug, PartialEq)]
pub enum DeskRequest {
    Decide {
        articles: Vec<ArticleId>,
        wishes: Vec<FieldWish>,
        /// For people: `done`.
        label: String,
    },
    /// Split a story, or join some.
    Bind(StoryChange),
    Undo(UndoTarget),
    Redo,
    Journal,
    /// What would be written into files for what is staged.
    Review,
    /// Write what the last review showed.
    Write,
    /// Write what is held only in memory to a new file.
    Save(PathBuf),
}

/// The outcome of a request, or news from the desk.
#[derive(Clone, Debug)]
pub enum DeskEvent {
    /// All marks of the articles.
    Marks(Box<RowMarks>),
    /// A decision is kept.
    Kept {
        label: String,
        articles: Vec<ArticleId>,
        /// Whether it took any of them out of the Inbox.
        handled: bool,
        /// Why it is kept in memory only.
        trouble: Option<String>,
    },
    /// The articles already had the wanted marks.
    Unchanged {
        label: String,
    },
    /// A decision was undone, or an undo was.
    TakenBack {
        label: String,
        articles: Vec<ArticleId>,
        /// Number of changes left alone, because a later decision prevails.
        left: usize,
    },
    Journal(Vec<JournalLine>),
    Review(Vec<PlannedFile>),
    Written {
        written: Vec<ArticleId>,
        unchanged: usize,
        refused: Vec<PlannedFile>,
    },
    Saved(PathBuf),
    /// What is wrong with the desk; `None` once that is over.
    Trouble(Option<String>),
    Notice(String),
    /// It was not done, and why.
    Refused(String),
}

/// The marks of the articles, by row and by article.
#[derive(Clone, Debug, Default)]
pub struct RowMarks {
    pub rows: Marks,
    /// The marked articles.
    pub decided: Decided,
    /// What was decided about stories.
    pub wishes: StoryWishes,
    /// The articles of that snapshot: it is not yet known whether others have marks.
    pub articles: RoaringBitmap,
}

/// An entry of the journal, with the article it is about, if there is only one.
#[derive(Clone, Debug)]
pub struct JournalLine {
    pub entry: JournalEntry,
    /// Its title if it is in the library, otherwise its path; empty if there are several.
    pub about: String,
}

/// The desk of a run.
pub struct DeskService {
    desk: FallbackDesk,
    marked: MarkedArticles,
    source: Source,
    /// When an article that was put off comes back.
    due: Option<Timestamp>,
    told: Option<String>,
    /// Whether it is known which articles have changed since they were decided on.
    words: WordsKnown,
    /// What the last review showed, and can be written.
    planned: Vec<files::PlannedWrite>,
}

impl DeskService {
    /// Opens the desk at `path` for the articles of `source`.
    ///
    /// # Errors
    /// If not even the desk in memory can be made.
    pub fn open(path: &Path, source: Source, now: Timestamp) -> Result<Self, DeskError> {
        Ok(Self::over(FallbackDesk::open(path, now)?, source))
    }

    /// Keeps decisions in memory, because there is no place for a desk.
    ///
    /// # Errors
    /// If not even the desk in memory can be made.
    pub fn without_place(source: Source) -> Result<Self, DeskError> {
        Ok(Self::over(FallbackDesk::without_place()?, source))
    }

    fn over(mut desk: FallbackDesk, source: Source) -> Self {
        let marks = desk.all().unwrap_or_default();
        Self {
            desk,
            marked: MarkedArticles::new(Articles::default(), source.clone(), marks),
            source,
            due: None,
            told: None,
            words: WordsKnown::Known,
            planned: Vec::new(),
        }
    }

    /// Unrequested events: at the start, and since.
    pub fn begin(&mut self) -> Vec<DeskEvent> {
        let notices = self.desk.take_notices().into_iter();
        let told = notices.map(|it| DeskEvent::Notice(it.to_string()));
        told.chain(self.trouble()).collect()
    }

    /// Switches to another snapshot of the articles.
    pub fn set_articles(&mut self, articles: Articles, now: Timestamp) -> DeskEvent {
        self.marked.set_articles(articles);
        self.words = WordsKnown::Missing;
        self.renew(now);
        self.marks(now)
    }

    /// Carries out a request.
    pub fn ask(&mut self, request: DeskRequest, now: Timestamp) -> Vec<DeskEvent> {
        let mut told = match request {
            DeskRequest::Decide {
                articles,
                wishes,
                label,
            } => self.decide(&articles, &wishes, label, now),
            DeskRequest::Bind(binding) => self.bind(&binding, now),
            DeskRequest::Undo(which) => self.handle(Request::Undo(which), now),
            DeskRequest::Redo => self.handle(Request::Redo, now),
            DeskRequest::Journal => {
                let most = JOURNAL;
                self.handle(Request::Journal { before: None, most }, now)
            }
            DeskRequest::Review => vec![self.review(now)],
            DeskRequest::Write => self.write(now),
            DeskRequest::Save(path) => self.handle(Request::SaveElsewhere(path), now),
        };
        told.extend(self.begin());
        told
    }

    /// Returns what has happened meanwhile.
    pub fn poll(&mut self, now: Timestamp) -> Vec<DeskEvent> {
        let mut told = match self.desk.poll(now) {
            Some(answer) => self.tell(answer, &[], now),
            None => Vec::new(),
        };
        self.words = self.marked.read_words(FILES);
        if self.words == WordsKnown::Read {
            self.renew(now);
        }
        if self.words == WordsKnown::Read || self.due.is_some_and(|due| due <= now) {
            told.push(self.marks(now));
        }
        told.extend(self.begin());
        told
    }

    /// Whether there is unrequested work left; if so, poll again at once.
    pub fn is_busy(&self) -> bool {
        self.words == WordsKnown::Missing
    }

    /// What is wrong with the desk, if that was not reported yet.
    fn trouble(&mut self) -> Option<DeskEvent> {
        let trouble = self.desk.trouble().map(ToString::to_string);
        (trouble != self.told).then(|| {
            self.told.clone_from(&trouble);
            DeskEvent::Trouble(trouble)
        })
    }

    /// Records how the articles look now. If that fails, they are found the same way next time.
    fn renew(&mut self, now: Timestamp) {
        let seen = self.marked.renew();
        if !seen.is_empty() {
            self.desk.handle(Request::Renew(seen), now);
        }
    }

    fn marks(&mut self, now: Timestamp) -> DeskEvent {
        self.due = self.marked.next_due(now);
        DeskEvent::Marks(Box::new(RowMarks {
            rows: self.marked.by_row(now),
            decided: self.marked.decided().clone(),
            wishes: bonds::wishes(&self.marked),
            articles: self.marked.articles().rows(),
        }))
    }

    fn handle(&mut self, request: Request, now: Timestamp) -> Vec<DeskEvent> {
        let answer = self.desk.handle(request, now);
        self.tell(answer, &[], now)
    }

    fn decide(
        &mut self,
        articles: &[ArticleId],
        wishes: &[FieldWish],
        label: String,
        now: Timestamp,
    ) -> Vec<DeskEvent> {
        // Articles of a later snapshot are not known here yet.
        let known = self.marked.articles().len() as u32;
        let articles: Vec<ArticleId> = articles
            .iter()
            .filter(|id| id.row() < known)
            .copied()
            .collect();
        if let [article] = articles[..]
            && let Some(to) = wishes.iter().find_map(stages)
            && let Some(reason) = self.ruled_out(article, to, now)
        {
            return vec![DeskEvent::Refused(reason)];
        }
        let mut decider = Decider::new(&self.marked);
        let mut decision = NewDecision::default();
        let wishes = |article: ArticleRef<'_>| wishes_for(article, wishes, now);
        let changed = decider.add_all(&articles, wishes, &mut decision).len();
        let about = decider.about();
        if changed == 0 {
            return vec![DeskEvent::Unchanged { label }];
        }
        decision.label = match changed {
            1 => label,
            _ => format!("{label}, {}", number::articles(changed)),
        };
        let answer = self.desk.handle(Request::Commit(decision), now);
        self.tell(answer, &about, now)
    }

    /// Splits a story, or joins some. The message is about what was split off or joined, and the
    /// journal gives its title.
    fn bind(&mut self, binding: &StoryChange, now: Timestamp) -> Vec<DeskEvent> {
        let known = self.marked.articles().len() as u32;
        let mut bonds = binding.bonds(&self.marked);
        bonds.retain(|((one, other), _)| one.row() < known && other.row() < known);
        let mut decider = Decider::new(&self.marked);
        let mut decision = NewDecision::default();
        decider.bind(&bonds, &mut decision);
        let about = decider.about();
        let label = binding.label().to_owned();
        if decision.changes.is_empty() {
            return vec![DeskEvent::Unchanged { label }];
        }
        decision.label = match binding.articles() {
            [one] => format!("{label}: {}", self.marked.article(*one).title()),
            several => format!("{label}, {}", number::articles(several.len())),
        };
        let answer = self.desk.handle(Request::Commit(decision), now);
        let mut told = self.tell(answer, &about, now);
        for event in &mut told {
            if let DeskEvent::Kept {
                label: said,
                articles,
                ..
            } = event
            {
                said.clone_from(&label);
                *articles = binding.articles().to_vec();
            }
        }
        told
    }

    /// Takes an answer, and returns what it means for the articles.
    fn tell(
        &mut self,
        answer: DeskAnswer,
        about: &[(Subject, ArticleId, crate::model::Identity)],
        now: Timestamp,
    ) -> Vec<DeskEvent> {
        match answer {
            DeskAnswer::Committed { transaction, kept } => match transaction {
                Some(transaction) => {
                    self.marked.note(&transaction, about);
                    let said = DeskEvent::Kept {
                        label: transaction.label.clone(),
                        articles: self.articles_of(&transaction),
                        handled: transaction.changes.iter().any(MarkChange::handles),
                        trouble: reason(&kept),
                    };
                    vec![self.marks(now), said]
                }
                None => vec![DeskEvent::Notice(
                    "This had been decided elsewhere already.".to_owned(),
                )],
            },
            DeskAnswer::Undone { undone, .. } => {
                self.marked.note(&undone.transaction, &[]);
                let said = DeskEvent::TakenBack {
                    label: undone.transaction.label.clone(),
                    articles: self.articles_of(&undone.transaction),
                    left: undone.left.len(),
                };
                vec![self.marks(now), said]
            }
            DeskAnswer::News(news) => {
                self.marked.take_news(news);
                vec![self.marks(now)]
            }
            DeskAnswer::Settled => match self.desk.all() {
                Ok(marks) => {
                    self.marked.take_news(marks);
                    let said = "The desk works again, and has the decisions made meanwhile.";
                    vec![self.marks(now), DeskEvent::Notice(said.to_owned())]
                }
                Err(error) => vec![DeskEvent::Refused(error.to_string())],
            },
            DeskAnswer::Journal(entries) => {
                let noted = entries.into_iter().map(|entry| JournalLine {
                    about: self.about(&entry.transaction),
                    entry,
                });
                vec![DeskEvent::Journal(noted.collect())]
            }
            DeskAnswer::Renewed => Vec::new(),
            DeskAnswer::Saved(path) => vec![DeskEvent::Saved(path)],
            DeskAnswer::Refused(error) => vec![DeskEvent::Refused(error.to_string())],
        }
    }

    /// The article of a transaction, if there is only one.
    fn about(&self, transaction: &Transaction) -> String {
        let Some(first) = transaction.changes.first() else {
            return String::new();
        };
        if transaction
            .changes
            .iter()
            .any(|it| it.article != first.article)
        {
            return String::new();
        }
        if let Some(id) = self.marked.by_subject(first.article) {
            return self.marked.article(id).title().into_owned();
        }
        let known = self.marked.mark(first.article);
        known.map_or_else(String::new, |it| it.identity.path.clone())
    }

    fn articles_of(&self, transaction: &Transaction) -> Vec<ArticleId> {
        let mut subjects: Vec<Subject> = transaction.changes.iter().map(|it| it.article).collect();
        subjects.sort_unstable();
        subjects.dedup();
        let found = subjects.into_iter();
        found.filter_map(|it| self.marked.by_subject(it)).collect()
    }
}

/// The publication that a wish stages.
fn stages((_, value): &FieldWish) -> Option<bool> {
    match value {
        MarkValue::Staged(to) => *to,
        MarkValue::Flag(_) | MarkValue::Until(_) | MarkValue::Text(_) | MarkValue::Bond(_) => None,
    }
}

fn reason(kept: &Kept) -> Option<String> {
    match kept {
        Kept::OnDesk => None,
        Kept::InMemory(trouble) => Some(trouble.to_string()),
    }
}

#[cfg(test)]
mod tests;
