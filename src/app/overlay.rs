//! The trait of everything that can lie over the panes. The topmost overlay gets the keys.

use std::fmt::Debug;

use tui_input::Input;

use super::context::Cx;
use super::event::Reply;
use super::geometry::Area;
use super::labels::Labels;
use super::line::{self, LineEdit};
use super::overlays::msg::Msg;
use super::panel::Panel;
use crate::command::{Command, Context, Key};

/// Something over the panes.
pub trait Overlay: Debug {
    /// The context for looking up its keys.
    fn context(&self) -> Context;

    /// Runs a command; returns `None` if it is not one of its own, in which case a closing command
    /// closes it.
    fn handle(&mut self, command: Command, cx: Cx<'_>) -> Option<Vec<Msg>>;

    /// The line that keys are typed into, if there is one now.
    fn input(&mut self) -> Option<&mut Input> {
        None
    }

    /// Called when the text of that line changes; returns what follows.
    fn typed(&mut self) -> Vec<Msg> {
        Vec::new()
    }

    /// Takes a key that is not bound; returns `None` if nothing can be typed here.
    fn type_key(&mut self, key: Key, _cx: Cx<'_>) -> Option<Vec<Msg>> {
        Some(match line::type_key(self.input()?, key) {
            LineEdit::Text => self.typed(),
            LineEdit::Cursor | LineEdit::Nothing => Vec::new(),
        })
    }

    fn paste(&mut self, text: &str, _cx: Cx<'_>) -> Vec<Msg> {
        match self.input() {
            Some(input) => line::paste(input, text),
            None => return Vec::new(),
        }
        self.typed()
    }

    /// Takes the reply to a request of its own.
    fn reply(&mut self, _reply: Reply, _cx: Cx<'_>) -> Vec<Msg> {
        Vec::new()
    }

    /// Fits what is visible to the screen and the library, which may have changed.
    fn settle(&mut self, _cx: Cx<'_>) {}

    /// What to do when it is closed without being confirmed.
    fn cancel(&mut self, _cx: Cx<'_>) -> Vec<Msg> {
        Vec::new()
    }

    /// Whether Enter does something that must have been seen before.
    fn question(&self) -> OverlayQuestion {
        OverlayQuestion::None
    }

    /// The labels it has put on the links of the screen.
    fn labels(&self) -> Option<&Labels> {
        None
    }

    /// Takes the area where its panel covers none of those links.
    fn take_room(&mut self, _room: Area) {}

    fn panel(&self, cx: Cx<'_>) -> Panel;
}

/// Whether an overlay asks before doing something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OverlayQuestion {
    None,
    /// It waits for what it will show.
    Waiting,
    /// It shows what would be done.
    Shown,
}
