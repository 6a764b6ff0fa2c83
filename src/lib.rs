//! newsdesk: a keyboard-driven reader and triage desk for news articles kept as files.
//!
//! Each folder is a layer and uses only the layers listed above it. `tests/layers.rs` enforces
//! this; `docs/architecture.md` walks through it.
//!
//! This crate is a library so that its layers can be tested from outside; the program is
//! `src/main.rs`. Nothing here is a stable interface for other crates.

// Bad input never ends the program: it becomes an error with a message. Adding a variant to one of
// our enums makes the compiler point at every `match` on it.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::wildcard_enum_match_arm
    )
)]

pub mod model;

pub mod format;

pub mod theme;

pub mod config;

pub mod process;

pub mod library;

pub mod query;

pub mod desk;
pub mod feeds;

pub mod output;

pub mod command;

pub mod app;

pub mod ui;

pub mod runtime;

pub mod cli;
