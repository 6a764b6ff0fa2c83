//! Which commands a context inherits from the contexts that enclose it: a pane all of them, an
//! overlay some.

use super::{Command, Context};

/// What a context inherits from those that enclose it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inheritance {
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
    pub(super) fn takes(self) -> Inheritance {
        match self {
            Context::Everywhere
            | Context::Article
            | Context::List
            | Context::Detail
            | Context::Related
            | Context::Facets => Inheritance::All,
            Context::Line | Context::Letters => Inheritance::WhileTyping(&[LINE]),
            Context::Help => Inheritance::WhileTyping(&[OVERLAY]),
            Context::Jump => Inheritance::WhileTyping(&[OVERLAY, &[Command::Enter]]),
            Context::Views => {
                Inheritance::Only(&[OVERLAY, &[Command::Enter, Command::NumberedView]])
            }
            Context::Journal | Context::Confirm => Inheritance::Only(&[OVERLAY, &[Command::Enter]]),
            Context::Review => Inheritance::Only(&[OVERLAY, &[Command::Enter, Command::Confirm]]),
            Context::Output => Inheritance::Only(&[OVERLAY]),
            Context::Orders | Context::Themes | Context::Feeds => {
                Inheritance::Only(&[OVERLAY, &[Command::Enter]])
            }
            Context::Picker => Inheritance::Only(&[OVERLAY, &[Command::Enter, Command::CopyLink]]),
            Context::Diagnostics => Inheritance::Only(&[OVERLAY, &[Command::ShowDiagnostics]]),
        }
    }
}
