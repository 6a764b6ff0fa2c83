//! What the loop is told. Everything comes through one channel.

use std::io;

use super::opener::Outcome;
use crate::app::{Event, Reply, RequestId};
use crate::format::link::Link;

/// Something the loop has to look at.
pub enum LoopMessage {
    /// Something that happened to the app.
    Event(Event),
    /// How far opening a link has come.
    Opening(RequestId, Link, Outcome),
    /// The screen has the terminal again after the process was stopped.
    Continued,
    /// The terminal cannot be read any more.
    Lost(io::Error),
}

impl LoopMessage {
    /// The reply to a request.
    pub fn reply(id: RequestId, reply: Reply) -> Self {
        Self::Event(Event::Reply { id, reply })
    }
}
