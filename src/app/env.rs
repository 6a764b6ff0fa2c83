//! The app's environment: the screen, the time, the keys, and the configuration.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::geometry::Size;
use super::glyphs::Glyphs;
use super::looks::Looks;
use super::pictures::Canvas;
use super::views::View;
use crate::command::{Command, Context, Keymap, show};
use crate::config::{Config, PaneSizes};

/// Everything besides the library and its articles.
#[derive(Debug)]
pub struct Env {
    pub size: Size,
    /// The time as last reported.
    pub now: Timestamp,
    /// How long the program has run, as reported by keys and frames.
    pub uptime: Duration,
    pub zone: TimeZone,
    pub glyphs: &'static Glyphs,
    pub looks: Looks,
    /// How the terminal can show pictures.
    pub offered: Canvas,
    pub keymap: Keymap,
    pub config: Arc<Config>,
    pub views: Vec<View>,
    pub panes: PaneSizes,
    /// Commands chosen from the palette, latest first.
    pub latest: Vec<Command>,
    /// Lines typed before, latest last.
    pub history: Vec<String>,
}

impl Env {
    /// How pictures are shown: as the terminal can, unless colours are not wanted.
    pub fn canvas(&self) -> Canvas {
        match self.looks.choice().is_monochrome() {
            true => Canvas::default(),
            false => Canvas {
                paper: self.looks.paper(),
                ..self.offered
            },
        }
    }

    /// The key bound to a command in a context, for messages: `y y`. For a command without a key,
    /// its name.
    pub fn key(&self, command: Command, context: Context) -> String {
        match self.keymap.keys_of(command, context).next() {
            Some(keys) => show(keys),
            None => format!("`{}` (no key)", command.row().name),
        }
    }
}
