//! What the reader starts with.

use std::path::PathBuf;
use std::sync::Arc;

use crate::command::Keymap;
use crate::config::{Config, XdgEnvironment};
use crate::library::Source;

/// What the reader starts with.
pub struct Options {
    pub source: Source,
    pub keymap: Keymap,
    /// The desk's file; `None` if there is no place for it.
    pub desk: Option<PathBuf>,
    pub config: Arc<Config>,
    pub places: XdgEnvironment,
}
