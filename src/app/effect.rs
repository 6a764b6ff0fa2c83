//! What the app asks for. Data: whoever carries it out returns events.

use std::path::PathBuf;

use super::page::{Layout, Page};
use crate::config::{PaneSizes, ViewEdit};
use crate::desk::DeskRequest;
use crate::format::link::Link;
use crate::query::{Query, Sought, Wanted};

/// The number of a request: its reply carries the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(pub u64);

/// Something to be done outside.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Do something that is replied to.
    Ask {
        id: RequestId,
        request: Request,
    },
    /// Nobody waits for the reply to this request any more.
    GiveUp(RequestId),
    /// Look at the whole library, and read what has changed.
    Look,
    /// Keep the library for the next run.
    Keep,
    /// Find the articles of the marks again: there are others.
    Follow,
    /// Keep a line that was typed for the next time.
    Remember(String),
    /// Give the shell the terminal.
    Suspend,
    /// Draw the whole screen again.
    Redraw,
    Quit,
}

/// Something that is replied to.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// Ask the query in force. Only the newest matters.
    Search(SearchRequest),
    /// Count what queries select. Only the newest matters.
    Count(Vec<Query>),
    /// Find something by some letters. Only the newest matters.
    Jump {
        sought: Sought,
        typed: String,
    },
    /// Read an article's file and compose its page. Only the newest matters.
    Read {
        path: PathBuf,
        layout: Layout,
    },
    /// Look through a page. Only the newest matters.
    FindInText {
        page: Page,
        query: Query,
    },
    /// Find the articles that a command is about.
    Select(Query),
    /// Ask something of the desk.
    Desk(DeskRequest),
    /// Change the views in the configuration file.
    EditViews(ViewEdit),
    /// Keep the sizes of the panes in the configuration file. Only the newest matters.
    KeepPanes(PaneSizes),
    Open(Link),
    /// Put a text into the clipboard; `what` names it in the reply.
    Copy {
        text: String,
        what: &'static str,
    },
}

/// What kind a request is: a newer one takes the place of an older one of its kind only, and only
/// where no more than the newest matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Search,
    Count,
    Jump,
    Read,
    FindInText,
    KeepPanes,
    /// Each matters.
    Each,
}

impl Request {
    pub fn kind(&self) -> Kind {
        match self {
            Request::Search(_) => Kind::Search,
            Request::Count(_) => Kind::Count,
            Request::Jump { .. } => Kind::Jump,
            Request::Read { .. } => Kind::Read,
            Request::FindInText { .. } => Kind::FindInText,
            Request::KeepPanes(_) => Kind::KeepPanes,
            Request::Select(_)
            | Request::Desk(_)
            | Request::EditViews(_)
            | Request::Open(_)
            | Request::Copy { .. } => Kind::Each,
        }
    }
}

/// A query to be asked.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchRequest {
    pub query: Query,
    pub wanted: Wanted,
    /// Another number: what was known of articles from before does not hold any more.
    pub edition: u64,
    pub indexing: Indexing,
}

/// Whether an index is worth its while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Indexing {
    /// Somebody is looking for something.
    Wanted,
    /// Nobody is, or the library is still coming in.
    NotYet,
}
