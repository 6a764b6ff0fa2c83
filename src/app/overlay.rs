//! What can lie over the panes: one trait for all that does. The one on top gets the keys.

use std::fmt::Debug;

use super::context::Cx;
use super::event::Reply;
use super::overlays::msg::Msg;
use super::panel::Panel;
use crate::command::{Command, Context, Key};

/// Something over the panes.
pub trait Overlay: Debug {
    /// Where its keys are looked up.
    fn context(&self) -> Context;

    /// Carries out a command; `None` where it is none of its own. Then what closes things closes
    /// it.
    fn handle(&mut self, command: Command, cx: Cx<'_>) -> Option<Vec<Msg>>;

    /// Takes a key that is bound to nothing; `None` where nothing is typed here.
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

    /// Brings what is seen back to what there is, as the screen or the library may be others.
    fn settle(&mut self, _cx: Cx<'_>) {}

    /// What is to be done when it is given up.
    fn cancel(&mut self, _cx: Cx<'_>) -> Vec<Msg> {
        Vec::new()
    }

    /// Whether Enter does something that has to have been seen before.
    fn question(&self) -> Question {
        Question::None
    }

    fn panel(&self, cx: Cx<'_>) -> Panel;
}

/// Whether an overlay asks before something is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    None,
    /// It waits for what it is to show.
    Waiting,
    /// It shows what would be done.
    Shown,
}
