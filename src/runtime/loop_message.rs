//! Messages to the loop. Everything reaches it through one channel.

use std::io;

use super::opener::Outcome;
use crate::app::{Event, Reply, RequestId};
use crate::format::link::Link;

/// A message to the loop.
pub enum LoopMessage {
    /// An event for the app.
    Event(Event),
    /// Progress in opening a link.
    Opening(RequestId, Link, Outcome),
    /// The screen has the terminal again after the process was stopped.
    Continued,
    /// The terminal can no longer be read.
    Lost(io::Error),
}

impl LoopMessage {
    /// A reply to a request.
    pub fn reply(id: RequestId, reply: Reply) -> Self {
        Self::Event(Event::Reply { id, reply })
    }
}
