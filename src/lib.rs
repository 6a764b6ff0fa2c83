//! newsdesk: a keyboard-driven reader and triage desk for news articles kept as files.
//!
//! Every folder is a layer and uses only the layers above it in this list; `tests/layers.rs`
//! keeps it so, and `docs/architecture.md` shows the ways through the house.
//!
//! This crate is a library so that its layers can be tested from outside; the program is
//! `src/main.rs`. Nothing here is a stable interface for other crates.

// What comes from outside never ends the program: it is an error with a sentence. A variant that is
// added to an enum of ours is looked at wherever that enum is matched.
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

pub mod config;

pub mod library;

pub mod query;

pub mod desk;

pub mod command;

pub mod app;

pub mod ui;

pub mod runtime;

pub mod cli;
