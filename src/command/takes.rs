//! Which commands a context inherits from the contexts that enclose it: a pane all of them, an
//! overlay some.

use super::{Command, Context};

/// What a context inherits from those that enclose it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Every binding: it is a pane.
    All,
    /// The bindings of these commands: it is an overlay.
    Only(&'static [&'static [Command]]),
    /// The bindings of these commands that do not begin with a character: it is an overlay with a
    /// text line, and characters go into the line.
    WhileTyping(&'static [&'static [Command]]),
}

/// What every overlay inherits: moving in rows, the ways out, and what users of a terminal expect
/// to work at any time.
const OVERLAY: &[Command] = &[
    Command::Down,
    Command::Up,
    Command::First,
    Command::Last,
    Command::HalfPageDown,
    Command::HalfPageUp,
    Command::PageDown,
    Command::PageUp,
    Command::Cancel,
    Command::Back,
    Command::Quit,
    Command::Suspend,
    Command::Redraw,
];

/// What a text line inherits: it has its own use for the keys that move.
const LINE: &[Command] = &[Command::Cancel, Command::Suspend, Command::Redraw];

impl Context {
    /// What the context inherits.
    pub(super) fn takes(self) -> Takes {
        match self {
            Context::Everywhere
            | Context::Article
            | Context::List
            | Context::Detail
            | Context::Related
            | Context::Facets => Takes::All,
            Context::Line | Context::Letters => Takes::WhileTyping(&[LINE]),
            Context::Help => Takes::WhileTyping(&[OVERLAY]),
            Context::Jump => Takes::WhileTyping(&[OVERLAY, &[Command::Enter]]),
            Context::Views => Takes::Only(&[OVERLAY, &[Command::Enter, Command::NumberedView]]),
            Context::Journal | Context::Confirm => Takes::Only(&[OVERLAY, &[Command::Enter]]),
            Context::Review => Takes::Only(&[OVERLAY, &[Command::Enter, Command::Confirm]]),
            Context::Output => Takes::Only(&[OVERLAY]),
            Context::Orders | Context::Themes | Context::Feeds => {
                Takes::Only(&[OVERLAY, &[Command::Enter]])
            }
            Context::Picker => Takes::Only(&[OVERLAY, &[Command::Enter, Command::CopyLink]]),
            Context::Diagnostics => Takes::Only(&[OVERLAY, &[Command::ShowDiagnostics]]),
        }
    }
}
