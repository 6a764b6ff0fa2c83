//! What a part of the app wants of the others, as data. The router in `app.rs` does it. It lies
//! with the overlays, as each of the two is about the other.

pub use super::OverlaySpec;

use crate::app::before::Before;
use crate::app::effect::Request;
use crate::app::geometry::Pane;
use crate::app::mark_edit::MarkEdit;
use crate::command::Command;
use crate::config::ViewEdit;
use crate::library::ArticleId;
use crate::query::Query;

/// Something that is wanted.
#[derive(Debug)]
pub enum Msg {
    /// List what another query selects.
    Search(Query, ListUpdate),
    /// Bring the list back as it was.
    Restore(Query, Before),
    /// Show an article, or nothing.
    Show(Option<ArticleId>),
    /// Go to an article; list everything where it is not listed.
    JumpTo(ArticleId),
    /// Go to an article that a link leads to, leaving a way back.
    Follow(ArticleId),
    /// List what a view selects, counted from 0.
    LookAtView(usize),
    EditViews(ViewEdit),
    /// Have the desk decide.
    Decide(MarkEdit, Vec<ArticleId>),
    /// Write the decisions that only memory holds to a file, or leave without them.
    Rescue(String),
    /// Leave, as soon as nothing is under way.
    Leave,
    /// Leave, whatever is under way.
    LeaveNow,
    /// Do not leave.
    Stay,
    Focus(Pane),
    /// Narrow the values of the facets.
    NarrowValues(String),
    /// Go to the first value of the facets.
    FirstValue,
    /// Look for something in the text that is shown, from a line on.
    Find(Query, usize),
    /// Say what became of looking for it.
    SayFound,
    /// Look for nothing in it any more, and go back to a line.
    FindNothing(usize),
    /// Open a URL if it is fit for that.
    OpenUrl(String),
    CopyUrl(String),
    /// A line was typed and accepted.
    Typed,
    /// Run a command, as its key would.
    Run(Command),
    /// Keep a line that was typed for the next time.
    Remember(String),
    /// Ask for something that is replied to.
    Ask(Request),
    Open(OverlaySpec),
    /// Close the overlay that says this.
    Close,
    /// Say what just happened.
    Say(String),
}

/// What becomes of the list when an answer is there, the strongest last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ListUpdate {
    /// The rows stay; which of them belong there is known anew.
    Reconsider,
    /// The rows are others, and the selection stays with its article.
    Relist,
    /// The rows are others, and the first is selected.
    FromTop,
}
