//! What can wake the loop. Everything comes through one channel.

use std::io;

use super::opener::Outcome;
use crate::app::Event;
use crate::format::link::Link;

/// Something the loop has to look at.
pub enum Wake {
    /// Something that happened to the app.
    Event(Event),
    /// How far opening a link has come.
    Opening(Link, Outcome),
    /// The terminal cannot be read any more.
    Lost(io::Error),
}
