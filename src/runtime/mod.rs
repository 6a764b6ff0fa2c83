//! What touches the machine: the terminal and its restoration, signals, keys, the clipboard and the
//! browser, and the loop. It carries out and reports; what to do is decided in `app`.

mod appearance;
pub mod clipboard;
pub mod ending;
pub mod input;
mod keeper;
pub mod opener;
mod outside;
mod reader;
mod run;
pub mod signals;
pub mod terminal;
mod wake;

pub use run::{Options, run};
