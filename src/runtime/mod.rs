//! What touches the machine: the terminal and its restoration, signals, keys, the clipboard and the
//! browser, and the loop. It carries out and reports; what to do is decided in `app`.

mod clipboard;
mod ending;
mod input;
mod opener;
mod outside;
mod run;
mod signals;
mod terminal;
mod wake;
mod workers;

pub use run::{Options, run};
