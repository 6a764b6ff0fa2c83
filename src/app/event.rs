//! What happens to the app, and what it asks for. Both are data: whoever carries effects out
//! answers with events.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;

use super::geometry::Size;
use super::jumping::JumpRequest;
use super::page::Sheet;
use super::search::Request;
use super::views::NamedView;
use crate::command::Key;
use crate::desk::{DeskEvent, DeskRequest};
use crate::format::link::Link;
use crate::library::{ArticleId, Batch, Library, ReadError};
use crate::query::{Answer, Hit, Query};

/// Something that happened.
#[derive(Debug)]
pub enum Event {
    Key(Key),
    /// Text pasted into the terminal.
    Paste(String),
    Resize(Size),
    /// The time, told about once a second and before the first frame.
    Tick(Timestamp),
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
    /// What a query selects, or a part of it.
    Searched {
        generation: u64,
        answer: Answer,
    },
    /// How many articles each of some queries selects.
    Counted(Vec<u64>),
    /// What was found by some letters.
    Jumped {
        generation: u64,
        hits: Vec<Hit>,
    },
    /// The articles that a command is about.
    Selected(Vec<ArticleId>),
    /// What the desk has to tell.
    Desk(DeskEvent),
    /// A view is in the configuration file, or why it is not.
    KeptView(Result<NamedView, String>),
    /// The file of an article has been read.
    Shown {
        generation: u64,
        outcome: Result<Arc<Sheet>, ReadError>,
    },
    /// How opening a link went.
    Opened(Result<(), OpenFailure>),
    /// How handing a text to the clipboard went: what was copied, or why not.
    Copied(Result<&'static str, String>),
}

/// Why a link was not opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenFailure {
    /// There is no browser here: the person takes the link elsewhere.
    NoBrowser { link: Link, reason: String },
    /// The browser failed.
    Failed { link: Link, reason: String },
}

/// Something to be done outside.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Look at all of the library, and read what is not as it was.
    Look,
    /// Keep the library for the next run.
    Keep,
    /// Ask a query; only the newest request matters.
    Search(Request),
    /// Count what queries select.
    Count(Vec<Query>),
    /// Find the articles that a command is about.
    Select(Query),
    /// Ask something of the desk.
    Desk(DeskRequest),
    /// Find the articles of the marks again: there are others.
    Follow,
    /// Find something by some letters; only the newest request matters.
    Jump(JumpRequest),
    /// Put a view into the configuration file.
    KeepView(NamedView),
    /// Keep a line that was typed for the next time.
    Remember(String),
    /// Read the file of an article; only the newest request matters.
    Show {
        generation: u64,
        path: PathBuf,
    },
    Open(Link),
    /// Put a text into the clipboard; `what` names it in the answer.
    Copy {
        text: String,
        what: &'static str,
    },
    /// Give the shell the terminal.
    Suspend,
    /// Draw the whole screen again.
    Redraw,
    Quit,
}
