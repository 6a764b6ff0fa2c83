//! What a pointer does, and what it can be on. Plain data: `ui` knows what it has drawn where, and
//! the app decides what follows.

use std::time::Duration;

use super::geometry::Pane;
use crate::command::Command;
use crate::library::ArticleId;

/// An action of the pointer, in cells of the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PointerEvent {
    pub gesture: Gesture,
    pub x: u16,
    pub y: u16,
    /// What was drawn there in the last frame.
    pub target: PointerTarget,
    /// When, since the start of the program.
    pub at: Duration,
}

/// What the pointer has done. Only the left button counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gesture {
    Press,
    /// Moved with the button down.
    Drag,
    Release,
    WheelUp,
    WheelDown,
}

/// What the pointer can be on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PointerTarget {
    /// Nothing that does anything.
    #[default]
    Nothing,
    /// A pane, apart from its rows.
    Pane(Pane),
    /// A row of the list.
    Article(ArticleId),
    /// A row of the facets, counted from the first.
    Facet(usize),
    /// A related entry, counted from the first.
    Related(usize),
    /// Words of the text that lead somewhere.
    Link {
        /// As written.
        url: String,
        /// The line of the page.
        line: usize,
    },
    Border(Border),
    /// A key and its label in the bottom line.
    Hint(Command),
    /// A visible row of the topmost overlay, counted from the first visible one.
    PanelRow(usize),
}

/// A line between panes that can be dragged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Border {
    /// To the right of the facets.
    Facets,
    /// Between list and text.
    List,
    /// Above related.
    Related,
}

impl PointerTarget {
    /// The pane that it belongs to.
    pub fn pane(&self) -> Option<Pane> {
        match self {
            PointerTarget::Pane(pane) => Some(*pane),
            PointerTarget::Article(_) => Some(Pane::List),
            PointerTarget::Facet(_) => Some(Pane::Facets),
            PointerTarget::Related(_) => Some(Pane::Related),
            PointerTarget::Link { .. } => Some(Pane::Detail),
            PointerTarget::Nothing
            | PointerTarget::Border(_)
            | PointerTarget::Hint(_)
            | PointerTarget::PanelRow(_) => None,
        }
    }
}
