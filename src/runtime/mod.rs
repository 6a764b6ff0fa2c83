//! What touches the machine: the terminal and its restoration, signals, keys, the clipboard and the
//! browser, and the loop. It carries out and reports; what to do is decided in `app`.

mod appearance;
pub mod clipboard;
mod desk;
mod drawing;
mod effect_runner;
pub mod effects;
pub mod ending;
mod history;
pub mod input;
mod latest_slot;
mod library_worker;
mod log;
mod loop_message;
pub mod opener;
pub mod reader;
mod run;
mod saver;
mod searcher;
mod settings;
mod side_queries;
mod sigaction;
pub mod signals;
pub mod terminal;
pub mod underway;

pub use run::{Options, run};
