//! What touches the machine: the terminal and its restoration, signals, keys, the clipboard and the
//! browser. It carries out and reports; what to do is decided in `app`.

pub mod clipboard;
pub mod ending;
pub mod input;
pub mod opener;
pub mod signals;
pub mod terminal;
