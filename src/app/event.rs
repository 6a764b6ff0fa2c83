//! What happens to the app. Plain data, like its effects.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::effect::RequestId;
use super::geometry::Size;
use super::glyphs::GlyphSet;
use super::page::{LoadedArticle, Match, Section};
use super::pictures::{Canvas, Fate};
use super::pointer::PointerEvent;
use crate::command::{Key, Keymap};
use crate::config::{Config, ViewEdit};
use crate::desk::DeskEvent;
use crate::feeds::service::FeedsReply;
use crate::format::link::Link;
use crate::library::{ArticleId, Batch, Library, ReadError, Stories};
use crate::query::{AnswerExtent, Hit, PartialAnswer, Similar};
use crate::theme::{Rgb, Slot, Terminal};

/// Something that happened.
#[derive(Debug)]
pub enum Event {
    Key(KeyPress),
    Pointer(PointerEvent),
    /// Text pasted into the terminal.
    Paste(String),
    Resize(Size),
    /// The terminal has reported one of its colours.
    Colour(Slot, Rgb),
    /// How the screen can show pictures is known now, or has changed.
    Canvas(Canvas),
    /// The time, sent about once a second and before the first frame. Spans are measured by
    /// `uptime`, since the start of the program: a system's clock can be set back.
    Tick {
        now: Timestamp,
        uptime: Duration,
    },
    /// Everything so far is on the screen, at this time after the start of the program.
    Drawn(Duration),
    /// The library kept by the last run, with its articles in list order. Not all of it may be in
    /// memory yet.
    Restored(Box<Library>),
    /// The restored library is completely in memory, and undamaged.
    RestoredWhole,
    /// The restored library is damaged: it has to be read from its files.
    RestoredDamaged,
    /// New, changed and deleted files of the library.
    Found(Batch),
    /// The whole library has been scanned.
    Loaded,
    /// The library could not be scanned again as requested; why was told before.
    NotScanned,
    /// Why the library cannot be scanned, or is not watched; `None` once that is over.
    Trouble(Option<String>),
    /// The configuration file has changed: what it says now, or everything that is wrong with it.
    Configured(Result<Box<Configured>, Vec<String>>),
    /// An unrequested event from the desk.
    Desk(DeskEvent),
    /// The reply to a request, or part of it.
    Reply {
        id: RequestId,
        reply: Reply,
    },
}

/// A configuration, and what the terminal makes of it.
#[derive(Debug)]
pub struct Configured {
    pub config: Arc<Config>,
    pub keymap: Keymap,
    pub glyphs: GlyphSet,
    /// What is known about its colours before it is asked.
    pub terminal: Terminal,
    /// How the screen can show pictures.
    pub canvas: Canvas,
    pub zone: TimeZone,
}

/// A key, and when it was read, since the start of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyPress {
    pub key: Key,
    pub at: Duration,
}

/// The outcome of a request.
#[derive(Debug)]
pub enum Reply {
    /// What a query selects, or part of it.
    Searched(PartialAnswer),
    /// The stories that the articles tell.
    Grouped(Stories),
    /// How many articles each query selects.
    Counted(Vec<u64>),
    /// What was found by some letters.
    Jumped(Vec<Hit>),
    /// An article's file, and the lines of its page.
    Read(Result<ReadArticle, ReadError>),
    /// What became of a picture, by its address as written; others may follow.
    Picture(String, Fate),
    /// There are no more pictures.
    AllPictures,
    /// How many pictures were fetched, and why each of the others was not.
    FetchedPictures { fetched: usize, failed: Vec<String> },
    /// What is similar to an article, the most similar first.
    Related(ArticleId, Vec<Similar>),
    /// The matches in a page.
    FoundInText(Vec<Match>),
    /// The articles that a command applies to.
    Selected(Vec<ArticleId>),
    /// All events of the desk in reply to the request.
    Desk(Vec<DeskEvent>),
    /// The outcome of a request about feeds.
    Feeds(FeedsReply),
    /// The views were changed in the configuration file, or why not.
    EditedViews(Result<ViewEdit, String>),
    /// The pane sizes were saved in the configuration file, or why not.
    KeptPanes(Result<(), String>),
    /// The base of the theme was saved in the configuration file, or why not.
    KeptTheme(Result<&'static str, String>),
    /// How opening a link went.
    Opened(Result<(), OpenFailure>),
    /// How the person's editor ended, or why it did not start.
    Edited(Result<(), String>),
    /// How a program ended, or why it did not start.
    Ran(Result<(), String>),
    /// What a program has printed, or why it did not run.
    Printed(Result<Printed, String>),
    /// Where articles were written, or why not.
    WrotePage(Result<String, String>),
    /// How copying went: what was sent where, or why not.
    Copied(Result<String, String>),
}

impl Reply {
    /// Whether more of the same reply follows.
    pub fn is_part(&self) -> bool {
        match self {
            Reply::Searched(answer) => answer.extent != AnswerExtent::Whole,
            Reply::Read(Ok(read)) => read.extent != PageExtent::Whole,
            Reply::Picture(..) => true,
            Reply::Grouped(_)
            | Reply::Counted(_)
            | Reply::Jumped(_)
            | Reply::Related(..)
            | Reply::AllPictures
            | Reply::FetchedPictures { .. }
            | Reply::Read(Err(_))
            | Reply::Selected(_)
            | Reply::Desk(_)
            | Reply::Feeds(_)
            | Reply::EditedViews(_)
            | Reply::KeptPanes(_)
            | Reply::KeptTheme(_)
            | Reply::FoundInText(_)
            | Reply::Opened(_)
            | Reply::Edited(_)
            | Reply::Ran(_)
            | Reply::Printed(_)
            | Reply::WrotePage(_)
            | Reply::Copied(_) => false,
        }
    }
}

/// An article's file, read and composed.
#[derive(Clone, Debug)]
pub struct ReadArticle {
    pub loaded: Arc<LoadedArticle>,
    /// The page below its head, or the beginning of it.
    pub rest: Arc<Section>,
    /// The width it was composed for, in columns.
    pub columns: u16,
    pub extent: PageExtent,
}

/// How much of a page has been composed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageExtent {
    /// The first lines; the whole page follows.
    FirstLines,
    Whole,
}

/// What a program has printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    pub text: String,
    /// Whether that is all.
    pub is_all: bool,
    /// How it failed, if it did.
    pub failure: Option<String>,
}

/// Why a link was not opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenFailure {
    /// There is no browser here; the link can be copied instead.
    NoBrowser { link: Link, reason: String },
    /// The browser failed.
    Failed { link: Link, reason: String },
}
