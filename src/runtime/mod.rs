//! What touches the machine: the terminal and its restoration, signals, keys, the clipboard and the
//! browser, and the loop. It carries out and reports; what to do is decided in `app`.

mod appearance;
mod asides;
pub mod clipboard;
mod desk;
pub mod ending;
mod history;
pub mod input;
mod keeper;
mod log;
mod newest;
pub mod opener;
mod outside;
mod reader;
mod run;
mod saver;
mod searcher;
pub mod signals;
pub mod terminal;
mod wake;

pub use run::{Options, run};
