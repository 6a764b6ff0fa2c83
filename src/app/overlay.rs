//! The trait of everything that can lie over the panes. The topmost overlay gets the keys.

use std::fmt::Debug;

use super::context::Cx;
use super::event::Reply;
use super::overlays::msg::Msg;
use super::panel::Panel;
use crate::command::{Command, Context, Key};

/// Something over the panes.
pub trait Overlay: Debug {
    /// The context in which its keys are looked up.
    fn context(&self) -> Context;

    /// Runs a command; returns `None` if it is not one of its own, in which case a closing command
    /// closes it.
    fn handle(&mut self, command: Command, cx: Cx<'_>) -> Option<Vec<Msg>>;

    /// Takes a key that is not bound; returns `None` if nothing can be typed here.
    fn type_key(&mut self, _key: Key, _cx: Cx<'_>) -> Option<Vec<Msg>> {
        None
    }

    fn paste(&mut self, _text: &str, _cx: Cx<'_>) -> Vec<Msg> {
        Vec::new()
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
    fn question(&self) -> Question {
        Question::None
    }

    fn panel(&self, cx: Cx<'_>) -> Panel;
}

/// Whether an overlay asks before doing something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    None,
    /// It waits for what it is to show.
    Waiting,
    /// It shows what would be done.
    Shown,
}
