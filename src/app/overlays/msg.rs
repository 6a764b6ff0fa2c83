//! Messages: what one part of the app wants from another, as data. The router in `app.rs` carries
//! them out. They are in this folder because messages and overlays refer to each other.

pub use super::OverlaySpec;

use crate::app::before::ListBefore;
use crate::app::effect::AppRequest;
use crate::app::geometry::Pane;
use crate::app::mark_edit::MarkEdit;
use crate::command::{Command, ParsedLine};
use crate::config::ViewEdit;
use crate::library::ArticleId;
use crate::query::Query;
use crate::theme::ThemeChoice;

/// A message.
#[derive(Debug)]
pub enum Msg {
    /// List what another query selects.
    Search(Query, ListUpdate),
    /// Restore the list as it was.
    Restore(Query, ListBefore),
    /// Show an article, or nothing.
    Show(Option<ArticleId>),
    /// Go to an article; if it is not listed, list everything.
    JumpTo(ArticleId),
    /// Go to the article that a link leads to, leaving a way back.
    Follow(ArticleId),
    /// Go to a line of the page, leaving a way back.
    FollowNote(usize),
    /// Show a view, counted from 0.
    LookAtView(usize),
    EditViews(ViewEdit),
    /// Send a decision to the desk.
    Decide(MarkEdit, Vec<ArticleId>),
    /// Write decisions held only in memory to a file, or leave without them.
    Rescue(String),
    /// Leave, as soon as nothing is under way.
    Leave,
    /// Leave, even if something is under way.
    LeaveNow,
    /// Leave for the library with this name.
    OpenLibrary(String),
    /// Do not leave.
    Stay,
    Focus(Pane),
    /// Filter the facet values by name.
    NarrowValues(String),
    /// Go to the first facet value.
    FirstValue,
    /// Search the text shown, from a line on.
    Find(Query, usize),
    /// Report the result of searching the text.
    SayFound,
    /// Stop searching the text, and go back to a line.
    FindNothing(usize),
    /// Open a URL if it is safe to open.
    OpenUrl(String),
    CopyUrl(String),
    /// Save a page as an article.
    SavePage(String),
    /// A line was typed and accepted.
    Typed,
    /// Run a command, as its key would.
    Run(Command),
    /// Run a line; a decision without a query is on these articles.
    RunLine(ParsedLine, Vec<ArticleId>),
    /// Draw with another theme.
    Choose(ThemeChoice),
    /// Add a line to the history.
    Remember(String),
    /// Send a request, which gets a reply.
    Ask(AppRequest),
    Open(OverlaySpec),
    /// Close the overlay that sends this.
    Close,
    /// Show a notice.
    Say(String),
}

/// What happens to the list when results arrive, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ListUpdate {
    /// The rows stay; only which of them belong there is updated.
    Reconsider,
    /// The rows are replaced, and the selection stays on its article.
    Relist,
    /// The rows are replaced, and the first is selected.
    FromTop,
}
