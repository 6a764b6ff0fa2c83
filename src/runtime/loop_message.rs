//! Messages to the loop. Everything reaches it through one channel.

use std::io;
use std::time::Duration;

use super::copying::Copy;
use super::opener::Outcome;
use super::terminal_query::Told;
use crate::app::{Event, Gesture, Reply, RequestId};
use crate::command::Keymap;
use crate::config::Config;
use crate::format::link::Link;

/// A message to the loop.
pub enum LoopMessage {
    /// An event for the app.
    Event(Event),
    /// The configuration file has changed: what it says, or everything that is wrong with it.
    Configured(Result<Box<NewConfig>, Vec<String>>),
    /// What a mouse has done, in which column and row, and when.
    Pointer(Gesture, u16, u16, Duration),
    /// What the terminal says of itself, besides its colours.
    Told(Told),
    /// Progress in opening a link.
    Opening(RequestId, Link, Outcome),
    /// No program could copy this: the terminal may.
    Copy(Copy),
    /// The screen has the terminal again after the process was stopped.
    Continued,
    /// The terminal can no longer be read.
    Lost(io::Error),
}

/// A configuration that was read while the program runs.
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
