//! What has been asked for and not been replied to: who asked, and what a person has asked for that
//! has to be finished before the program leaves. One rule for all such work.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use super::effect::{Effect, Kind, Request, RequestId};
use super::mark_edit::articles;
use crate::desk::DeskRequest;
use crate::format::number;

/// Work that takes longer is told about.
const LONG: Duration = Duration::from_millis(300);

/// Who waits for a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asker {
    /// The app itself.
    App,
    /// The app, for something that follows by itself: what has become of it is not said.
    Quietly,
    Layer(LayerId),
}

/// The number of an overlay on the stack; none is given twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LayerId(pub u64);

/// A request that waits for its reply.
#[derive(Debug)]
pub struct Waiting {
    pub asker: Asker,
    pub kind: Kind,
    /// What is to be done, if a person has asked for it to be done.
    pub work: Option<Work>,
    /// What is to be said when the reply finds nobody waiting for it.
    pub question: Option<&'static str>,
    /// How often the cursor of the list had been moved.
    pub moves: u64,
}

/// Work that a person has asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    /// What is being done: `keeping`.
    pub doing: &'static str,
    /// Of how many articles, where that is known.
    pub articles: Option<usize>,
    /// What it is called in a sentence: `done`.
    pub label: String,
    /// When it was asked for, after the program started.
    pub since: Duration,
}

impl fmt::Display for Work {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.articles {
            Some(count) => write!(f, "{} “{}” of {}", self.doing, self.label, articles(count)),
            None => write!(f, "{} {}", self.doing, self.label),
        }
    }
}

impl Work {
    /// What a person who has asked for this waits for; `None` for what is only looked at.
    fn new(request: &Request, since: Duration) -> Option<Self> {
        let work = |doing, articles, label: &str| {
            Some(Self {
                doing,
                articles,
                label: label.to_owned(),
                since,
            })
        };
        match request {
            Request::Desk(asked) => match asked {
                DeskRequest::Decide {
                    articles, label, ..
                } => work("keeping", Some(articles.len()), label),
                DeskRequest::Undo(_) => work("undoing", None, "the last decision"),
                DeskRequest::Redo => work("redoing", None, "the last decision"),
                DeskRequest::Write => work("writing", None, "what is staged into files"),
                DeskRequest::Save(_) => {
                    work("writing", None, "the decisions that only memory holds")
                }
                DeskRequest::Journal | DeskRequest::Review => None,
            },
            Request::EditViews(_) => work("keeping", None, "the views"),
            Request::KeepPanes(_) => work("keeping", None, "the sizes of the panes"),
            Request::Open(_) => work("opening", None, "a link"),
            Request::Copy { what, .. } => work("copying", None, what),
            Request::Search(_)
            | Request::Count(_)
            | Request::Jump { .. }
            | Request::Read { .. }
            | Request::FindInText { .. }
            | Request::Select(_) => None,
        }
    }
}

/// The register of what is under way.
#[derive(Debug, Default)]
pub struct Requests {
    last: u64,
    waiting: BTreeMap<RequestId, Waiting>,
}

impl Requests {
    /// Gives a request its number and notes who waits for the reply.
    pub fn ask(
        &mut self,
        asker: Asker,
        request: Request,
        since: Duration,
        moves: u64,
    ) -> (RequestId, Effect) {
        self.last += 1;
        let id = RequestId(self.last);
        let kind = request.kind();
        if kind != Kind::Each {
            self.waiting.retain(|_, it| it.kind != kind);
        }
        self.waiting.insert(
            id,
            Waiting {
                asker,
                kind,
                work: Work::new(&request, since),
                question: match &request {
                    Request::Select(_) => Some("The question about a command"),
                    Request::Desk(DeskRequest::Review) => Some("The review"),
                    Request::Desk(DeskRequest::Journal) => Some("The journal"),
                    Request::Search(_)
                    | Request::Count(_)
                    | Request::Jump { .. }
                    | Request::Read { .. }
                    | Request::Desk(_)
                    | Request::EditViews(_)
                    | Request::KeepPanes(_)
                    | Request::FindInText { .. }
                    | Request::Open(_)
                    | Request::Copy { .. } => None,
                },
                moves,
            },
        );
        (id, Effect::Ask { id, request })
    }

    /// The request that a part of a reply is to, which goes on waiting.
    pub fn get(&self, id: RequestId) -> Option<&Waiting> {
        self.waiting.get(&id)
    }

    /// The request that a reply is to, which waits no longer. `None`: a newer one has taken its
    /// place, or it was replied to before.
    pub fn take(&mut self, id: RequestId) -> Option<Waiting> {
        self.waiting.remove(&id)
    }

    /// The questions that an overlay waits for.
    pub fn questions_of(&self, layer: LayerId) -> Vec<RequestId> {
        let is_it = |it: &Waiting| it.asker == Asker::Layer(layer) && it.question.is_some();
        let found = self.waiting.iter().filter(|(_, it)| is_it(it));
        found.map(|(id, _)| *id).collect()
    }

    /// What is under way of all that a person has asked for, the oldest first.
    pub fn under_way(&self) -> impl Iterator<Item = &Work> {
        self.waiting.values().filter_map(|it| it.work.as_ref())
    }

    /// What is being done, in a few words, once it takes long: `keeping 15,000…`.
    pub fn progress(&self, uptime: Duration, ellipsis: &str) -> Option<String> {
        let oldest = self.under_way().next()?;
        (uptime.saturating_sub(oldest.since) >= LONG).then(|| self.doing(ellipsis))
    }

    /// What is being done, in a few words.
    pub fn doing(&self, ellipsis: &str) -> String {
        let Some(oldest) = self.under_way().next() else {
            return String::new();
        };
        let same = self.under_way().filter(|it| it.doing == oldest.doing);
        let count: usize = same.filter_map(|it| it.articles).sum();
        match count {
            0 => format!("{oldest}{ellipsis}"),
            count => format!(
                "{} {}{ellipsis}",
                oldest.doing,
                number::grouped(count as i64)
            ),
        }
    }
}
