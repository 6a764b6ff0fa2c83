//! Requests without a reply yet: who sent them, and what a person has asked for that must be
//! finished before the program leaves. One rule for all such work.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use super::effect::{AppRequest, Effect, RequestId, RequestKind};
use crate::desk::DeskRequest;
use crate::feeds::service::{FeedSelection, FeedsRequest};
use crate::format::number;

/// Work that takes longer than this is shown.
const LONG: Duration = Duration::from_millis(300);

/// Who waits for a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asker {
    /// The app itself.
    App,
    /// The app, for something automatic: its outcome is not reported.
    Quietly,
    Layer(LayerId),
}

/// The id of an overlay on the stack; never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LayerId(pub u64);

/// A request that waits for its reply.
#[derive(Debug)]
pub struct PendingRequest {
    pub asker: Asker,
    pub kind: RequestKind,
    /// The work, if a person has asked for it.
    pub work: Option<AskedWork>,
    /// What to call it if the reply finds nobody waiting.
    pub question: Option<&'static str>,
    /// How often the list's cursor had been moved.
    pub moves: u64,
}

/// Work that a person has asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedWork {
    /// What is being done: `keeping`.
    pub doing: &'static str,
    /// On how many articles, if known.
    pub articles: Option<usize>,
    /// Its name in a sentence: `done`.
    pub label: String,
    /// When it was requested, since the start of the program.
    pub since: Duration,
}

impl fmt::Display for AskedWork {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.articles {
            Some(count) => write!(
                f,
                "{} “{}” for {}",
                self.doing,
                self.label,
                number::articles(count)
            ),
            None => write!(f, "{} {}", self.doing, self.label),
        }
    }
}

impl AskedWork {
    /// The work a person waits for; `None` for requests that only look something up.
    fn new(request: &AppRequest, since: Duration) -> Option<Self> {
        let work = |doing, articles, label: &str| {
            Some(Self {
                doing,
                articles,
                label: label.to_owned(),
                since,
            })
        };
        match request {
            AppRequest::Desk(asked) => match asked {
                DeskRequest::Decide {
                    articles, label, ..
                } => work("saving", Some(articles.len()), label),
                DeskRequest::Bind(binding) => {
                    work("saving", Some(binding.articles().len()), binding.label())
                }
                DeskRequest::Undo(_) => work("undoing", None, "the last decision"),
                DeskRequest::Redo => work("redoing", None, "the last decision"),
                DeskRequest::Write => work("writing", None, "what is staged into files"),
                DeskRequest::Save(_) => work("writing", None, "the decisions held only in memory"),
                DeskRequest::Journal | DeskRequest::Review => None,
            },
            AppRequest::Feeds(asked) => match asked {
                FeedsRequest::Fetch(FeedSelection::All) => work("fetching", None, "the feeds"),
                // Nobody has asked for it, and the next fetch brings what it misses.
                FeedsRequest::Fetch(FeedSelection::Due) => None,
                FeedsRequest::Add(_) => work("adding", None, "a feed"),
                FeedsRequest::Remove(_) => work("removing", None, "a feed"),
                FeedsRequest::Save(_) => work("saving", None, "a page"),
                FeedsRequest::GetTexts(wanted) => work("fetching", Some(wanted.len()), "full text"),
                FeedsRequest::WriteTexts(_) => work("writing", None, "full texts"),
                FeedsRequest::List => None,
            },
            AppRequest::FetchPictures(_) => work("fetching", None, "pictures"),
            AppRequest::EditViews(_) => work("saving", None, "the views"),
            AppRequest::KeepPanes(_) => work("saving", None, "the pane sizes"),
            AppRequest::KeepTheme(_) => work("saving", None, "the theme"),
            AppRequest::Open(_) => work("opening", None, "a link"),
            AppRequest::Edit(_) => work("editing", None, "a file"),
            AppRequest::Copy { what, .. } => work("copying", None, what),
            // It may run for as long as it likes, even after we end.
            AppRequest::Run(_) => None,
            AppRequest::Pipe(piped) => work("running", None, &piped.program.program),
            AppRequest::WritePage(_) => work("writing", None, "a page"),
            AppRequest::Hook(run) => work("running", None, &format!("the hook {}", run.hook.key())),
            AppRequest::Search(_)
            | AppRequest::Group
            | AppRequest::Count(_)
            | AppRequest::Jump { .. }
            | AppRequest::Read { .. }
            | AppRequest::Pictures(_)
            | AppRequest::Relate { .. }
            | AppRequest::FindInText { .. }
            | AppRequest::Select(_) => None,
        }
    }
}

/// What a person calls the output that an overlay waits for.
pub const OUTPUT: &str = "The output of the program";

/// What a person calls the reply to a request that an overlay needs for its question.
fn question(request: &AppRequest) -> Option<&'static str> {
    if let AppRequest::Select(_) = request {
        return Some("The question about a command");
    }
    if let AppRequest::Pipe(_) = request {
        return Some(OUTPUT);
    }
    let AppRequest::Desk(asked) = request else {
        return None;
    };
    match asked {
        DeskRequest::Review => Some("The review"),
        DeskRequest::Journal => Some("The journal"),
        DeskRequest::Decide { .. }
        | DeskRequest::Bind(_)
        | DeskRequest::Undo(_)
        | DeskRequest::Redo
        | DeskRequest::Write
        | DeskRequest::Save(_) => None,
    }
}

/// The register of requests.
#[derive(Debug, Default)]
pub struct Requests {
    last: u64,
    waiting: BTreeMap<RequestId, PendingRequest>,
}

impl Requests {
    /// Gives a request its id, and records who waits for the reply.
    pub fn ask(
        &mut self,
        asker: Asker,
        request: AppRequest,
        since: Duration,
        moves: u64,
    ) -> (RequestId, Effect) {
        self.last += 1;
        let id = RequestId(self.last);
        let kind = request.kind();
        if kind != RequestKind::Each {
            self.waiting.retain(|_, it| it.kind != kind);
        }
        self.waiting.insert(
            id,
            PendingRequest {
                asker,
                kind,
                work: AskedWork::new(&request, since),
                question: question(&request),
                moves,
            },
        );
        (id, Effect::Ask { id, request })
    }

    /// Makes a request that the app sent by itself work that a person waits for as well, like `other`.
    pub fn adopt(&mut self, id: RequestId, other: &AppRequest, since: Duration) {
        if let Some(request) = self.waiting.get_mut(&id) {
            request.work = AskedWork::new(other, since);
        }
    }

    /// The request that a partial reply belongs to; it keeps waiting.
    pub fn get(&self, id: RequestId) -> Option<&PendingRequest> {
        self.waiting.get(&id)
    }

    /// Removes and returns the request that a reply belongs to. `None` if a newer one has replaced
    /// it, or it was replied to before.
    pub fn take(&mut self, id: RequestId) -> Option<PendingRequest> {
        self.waiting.remove(&id)
    }

    /// Removes the request of a kind of which only the newest counts, and returns its id.
    pub fn take_kind(&mut self, kind: RequestKind) -> Option<RequestId> {
        let found = self.waiting.iter().find(|(_, it)| it.kind == kind);
        let id = *found?.0;
        self.waiting.remove(&id);
        Some(id)
    }

    /// The questions that an overlay waits for, and what each is called.
    pub fn questions_of(&self, layer: LayerId) -> Vec<(RequestId, &'static str)> {
        let own = self.waiting.iter();
        let own = own.filter(|(_, it)| it.asker == Asker::Layer(layer));
        own.filter_map(|(id, it)| Some((*id, it.question?)))
            .collect()
    }

    /// Unfinished work that a person has asked for, oldest first.
    pub fn under_way(&self) -> impl Iterator<Item = &AskedWork> {
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
