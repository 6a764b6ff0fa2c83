//! The program as a shell runs it: what it prints where, and its exit code. `case` creates the
//! folders and runs it.

mod asking;
mod case;
mod checking;
mod config;
mod desk;
mod doctor;
mod export;
mod generators;
mod hooks;
mod libraries;
mod listing;
mod output;
mod overrides;
mod program;
mod said;
mod schema;
mod showing;
mod starting;
mod stats;
mod stories;
mod surroundings;
mod tutorials;
