//! Messages to the loop. Everything reaches it through one channel.

use std::io;
use std::time::Duration;

use super::copying::Copy;
use super::opener::OpenOutcome;
use super::terminal_query::TerminalAnswer;
use crate::app::{Event, Gesture, Reply, RequestId};
use crate::command::Keymap;
use crate::config::Config;
use crate::format::link::Link;

/// A message to the loop.
pub enum LoopMessage {
    /// An event for the app.
    Event(Event),
    /// New, changed and deleted files of the library: a batch waits at the library's worker.
    Found,
    /// The configuration file has changed: its new contents, or everything that is wrong with it.
    Configured(Result<Box<NewConfig>, Vec<String>>),
    /// A mouse gesture, with its column, row and time.
    Pointer(Gesture, u16, u16, Duration),
    /// The terminal's answers about itself, besides its colours.
    Told(TerminalAnswer),
    /// Progress in opening a link.
    Opening(RequestId, Link, OpenOutcome),
    /// No program could copy this, so the terminal has to.
    Copy(Copy),
    /// The screen has the terminal back after the process was stopped.
    Continued,
    /// The terminal can no longer be read.
    Lost(io::Error),
}

/// A configuration that was read while the program is running.
pub struct NewConfig {
    pub config: Config,
    pub keymap: Keymap,
}

impl LoopMessage {
    /// A reply to a request.
    pub fn reply(id: RequestId, reply: Reply) -> Self {
        Self::Event(Event::Reply { id, reply })
    }
}
