//! Everything that touches the machine: the terminal and its restoration, signals, keys, the
//! clipboard, the browser, and the loop. It carries out and reports; `app` decides.

mod appearance;
mod background;
mod canvas;
pub mod clipboard;
mod copier;
mod copying;
mod desk;
mod drawing;
mod editor;
mod effect_runner;
pub mod effects;
pub mod ending;
mod feeds;
pub mod graphics;
mod grouper;
mod history;
mod hooks;
pub mod hyperlinks;
mod indexes;
pub mod input;
mod invocation;
mod latest_slot;
mod library_worker;
mod log;
mod loop_message;
pub mod opener;
mod options;
mod outside;
mod pages;
#[cfg(feature = "pictures")]
pub mod pictures;
pub mod reader;
mod run;
mod saver;
mod saves_ahead;
mod searcher;
mod settings;
mod side_queries;
mod sigaction;
pub mod signals;
mod spare;
mod stopped;
pub mod terminal;
pub mod terminal_query;
pub mod underway;
mod variables;

pub use editor::{EditorError, edit_file};
pub use options::Options;
pub use outside::findings;
pub use run::{ReaderEnd, run};
