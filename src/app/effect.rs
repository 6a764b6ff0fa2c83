//! What the app wants done outside. Plain data: whoever carries it out sends events back.

use std::path::PathBuf;

use super::page::{Page, PageLayout};
use super::pictures::{WantedPictures, WebPictures};
use crate::command::{HookRun, Invocation};
use crate::config::{PaneSizes, ViewEdit};
use crate::desk::DeskRequest;
use crate::feeds::service::FeedsRequest;
use crate::format::link::Link;
use crate::library::ArticleId;
use crate::model::Mark;
use crate::output::OutputForm;
use crate::query::{AnswerKind, Query, Sought};
use crate::theme::Base;

/// The id of a request; its reply carries the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(pub u64);

/// Something to do outside.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Carry out a request, which gets a reply.
    Ask {
        id: RequestId,
        request: AppRequest,
    },
    /// Nobody waits for the reply to this request any more.
    GiveUp(RequestId),
    /// Scan the whole library, and read what has changed.
    Look,
    /// Save the library for the next run.
    Keep,
    /// Have an index of the articles in this edition ready: somebody is about to search.
    Index {
        edition: u64,
        indexing: Indexing,
    },
    /// Match the marks to the articles again: the articles have changed.
    Follow,
    /// Add a line to the history.
    Remember(String),
    /// Give the terminal to the shell.
    Suspend,
    /// Redraw the whole screen.
    Redraw,
    Quit,
}

/// Something that gets a reply.
#[derive(Clone, Debug, PartialEq)]
pub enum AppRequest {
    /// Run the query in force. Only the newest counts.
    Search(SearchRequest),
    /// Group the articles into stories. Only the newest counts.
    Group,
    /// Count what queries select. Only the newest counts.
    Count(Vec<Query>),
    /// Find something by some letters. Only the newest counts.
    Jump {
        sought: Sought,
        typed: String,
    },
    /// Read an article's file and compose its page. Only the newest counts.
    Read {
        path: PathBuf,
        layout: PageLayout,
    },
    /// Make the pictures of an article ready for the screen. Only the newest counts.
    Pictures(WantedPictures),
    /// Fetch pictures from the web, to be kept.
    FetchPictures(WebPictures),
    /// Find what is similar to an article, among the articles as they are. Only the newest counts.
    Relate {
        article: ArticleId,
        /// How many to find.
        most: usize,
        /// Changes when existing articles have changed.
        edition: u64,
    },
    /// Search a page. Only the newest counts.
    FindInText {
        page: Page,
        query: Query,
    },
    /// Find the articles that a command applies to.
    Select(Query),
    /// Send a request to the desk.
    Desk(DeskRequest),
    /// Send a request about feeds or web pages.
    Feeds(FeedsRequest),
    /// Change the views in the configuration file.
    EditViews(ViewEdit),
    /// Save the pane sizes in the configuration file. Only the newest counts.
    KeepPanes(PaneSizes),
    /// Save the base of the theme in the configuration file.
    KeepTheme(Base),
    Open(Link),
    /// Open a file in the person's editor, and wait until it ends.
    Edit(PathBuf),
    /// Run a program.
    Run(Invocation),
    Hook(HookRun),
    /// Run a program on articles, and keep what it prints.
    Pipe(Piped),
    /// Write articles into a new file.
    WritePage(WrittenPage),
    /// Copy a text to the clipboard; `what` names it in the reply.
    Copy {
        text: String,
        what: &'static str,
    },
}

/// The kind of a request: a newer one replaces an older one of the same kind, if only the newest
/// counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestKind {
    Search,
    Group,
    Count,
    Jump,
    Read,
    Pictures,
    Relate,
    FindInText,
    KeepPanes,
    /// Each one counts.
    Each,
}

impl AppRequest {
    pub fn kind(&self) -> RequestKind {
        match self {
            AppRequest::Search(_) => RequestKind::Search,
            AppRequest::Group => RequestKind::Group,
            AppRequest::Count(_) => RequestKind::Count,
            AppRequest::Jump { .. } => RequestKind::Jump,
            AppRequest::Read { .. } => RequestKind::Read,
            AppRequest::Pictures(_) => RequestKind::Pictures,
            AppRequest::Relate { .. } => RequestKind::Relate,
            AppRequest::FindInText { .. } => RequestKind::FindInText,
            AppRequest::KeepPanes(_) => RequestKind::KeepPanes,
            AppRequest::Select(_)
            | AppRequest::FetchPictures(_)
            | AppRequest::Desk(_)
            | AppRequest::Feeds(_)
            | AppRequest::EditViews(_)
            | AppRequest::KeepTheme(_)
            | AppRequest::Open(_)
            | AppRequest::Edit(_)
            | AppRequest::Run(_)
            | AppRequest::Hook(_)
            | AppRequest::Pipe(_)
            | AppRequest::WritePage(_)
            | AppRequest::Copy { .. } => RequestKind::Each,
        }
    }
}

/// A program whose output is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Piped {
    pub program: Invocation,
    /// The form in which it reads the articles; `None` if it reads nothing.
    pub form: Option<OutputForm>,
    /// With their marks.
    pub articles: Vec<(ArticleId, Mark)>,
}

/// Articles to write into a file.
#[derive(Clone, Debug, PartialEq)]
pub struct WrittenPage {
    /// As typed.
    pub path: PathBuf,
    pub form: OutputForm,
    /// With their marks.
    pub articles: Vec<(ArticleId, Mark)>,
}

/// A query to run.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchRequest {
    pub query: Query,
    pub wanted: AnswerKind,
    /// Changes when existing articles have changed: earlier results no longer hold then.
    pub edition: u64,
    pub indexing: Indexing,
}

/// Whether an index is worth having.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Indexing {
    /// Somebody is searching: it is built if there is none.
    Wanted,
    /// Somebody is, but the library is still loading: only one that was kept is taken up.
    Kept,
    /// Nobody is.
    NotYet,
}
