//! What happens to the app. Data, like what it asks for.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::effect::RequestId;
use super::geometry::Size;
use super::page::{LoadedArticle, Match, Section};
use crate::command::Key;
use crate::config::ViewEdit;
use crate::desk::DeskEvent;
use crate::format::link::Link;
use crate::library::{ArticleId, Batch, Library, ReadError};
use crate::query::{Answer, Hit};

/// Something that happened.
#[derive(Debug)]
pub enum Event {
    Key(KeyPress),
    /// Text pasted into the terminal.
    Paste(String),
    Resize(Size),
    /// The time, told about once a second and before the first frame.
    Tick(Timestamp),
    /// What has happened so far is on the screen, this long after the program started.
    Drawn(Duration),
    /// The library as it was when it was kept last, its articles in the order of the list. Not all
    /// of it may be in memory yet.
    Restored(Box<Library>),
    /// All of what was restored is in memory, and whole.
    RestoredWhole,
    /// What was restored is damaged: the library has to be read from its files.
    RestoredDamaged,
    /// Files of the library that are new, changed or gone.
    Found(Batch),
    /// All of the library has been looked at.
    Loaded,
    /// Why the library cannot be looked at, or is not watched; `None` when that is over.
    Trouble(Option<String>),
    /// What the desk tells without having been asked.
    Desk(DeskEvent),
    /// The reply to a request, or a part of it.
    Reply {
        id: RequestId,
        reply: Reply,
    },
}

/// A key, and when it was read: this long after the program started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyPress {
    pub key: Key,
    pub at: Duration,
}

/// What has become of a request.
#[derive(Debug)]
pub enum Reply {
    /// What a query selects, or a part of it.
    Searched(Answer),
    /// How many articles each of some queries selects.
    Counted(Vec<u64>),
    /// What was found by some letters.
    Jumped(Vec<Hit>),
    /// An article's file, and the lines of its page.
    Read(Result<ReadArticle, ReadError>),
    /// Where a page has what is looked for.
    FoundInText(Vec<Match>),
    /// The articles that a command is about.
    Selected(Vec<ArticleId>),
    /// All that the desk tells about what it was asked.
    Desk(Vec<DeskEvent>),
    /// The views are so in the configuration file, or why they are not.
    EditedViews(Result<ViewEdit, String>),
    /// The sizes of the panes are in the configuration file, or why they are not.
    KeptPanes(Result<(), String>),
    /// How opening a link went.
    Opened(Result<(), OpenFailure>),
    /// How handing a text to the clipboard went: what was sent where, or why not.
    Copied(Result<String, String>),
}

/// An article's file, read and composed.
#[derive(Clone, Debug)]
pub struct ReadArticle {
    pub loaded: Arc<LoadedArticle>,
    /// The page below its head, or the beginning of it.
    pub rest: Arc<Section>,
    /// The columns that it was composed for.
    pub columns: u16,
    pub extent: PageExtent,
}

/// How much of a page has been composed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageExtent {
    /// The first lines; all of them follow.
    FirstLines,
    Whole,
}

/// Why a link was not opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenFailure {
    /// There is no browser here: the person takes the link elsewhere.
    NoBrowser { link: Link, reason: String },
    /// The browser failed.
    Failed { link: Link, reason: String },
}
