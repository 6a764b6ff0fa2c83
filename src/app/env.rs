//! What the app runs in: the screen, the time, the keys, and what a person has configured.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::geometry::Size;
use super::glyphs::Glyphs;
use super::views::View;
use crate::command::{Command, Context, Keymap, show};
use crate::config::{Config, PaneSizes};

/// Everything around the library and its articles.
#[derive(Debug)]
pub struct Env {
    pub size: Size,
    /// The time, as it was told last.
    pub now: Timestamp,
    /// How long the program has run, as keys and frames tell.
    pub uptime: Duration,
    pub zone: TimeZone,
    pub glyphs: &'static Glyphs,
    pub keymap: Keymap,
    /// What a person has configured, as it was when the reader started.
    pub config: Arc<Config>,
    pub views: Vec<View>,
    pub panes: PaneSizes,
    /// Commands that were picked from the palette, the latest first.
    pub latest: Vec<Command>,
    /// Lines that were typed before, the latest last.
    pub history: Vec<String>,
}

impl Env {
    /// The key for a command in a context as a person has it, for sentences: `y y`. A command
    /// without a key is named.
    pub fn key(&self, command: Command, context: Context) -> String {
        match self.keymap.keys_of(command, context).first() {
            Some(keys) => show(keys),
            None => format!("`{}` (no key)", command.row().name),
        }
    }
}
