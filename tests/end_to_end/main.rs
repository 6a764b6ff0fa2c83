//! The program as a person uses it: in a terminal, by its keys. A single test binary, so that it is
//! linked once and every helper is used.

mod alive;
mod colours;
mod configuring;
mod fake_program;
mod feeds;
mod frames;
mod ghosts;
mod harness;
mod hooks;
mod hostile;
#[cfg(target_os = "linux")]
mod idle;
mod mouse;
mod pictures;
mod pty;
mod reading;
mod recording;
mod runtime;
#[path = "../feeds/server.rs"]
#[expect(dead_code, reason = "other tests want more of it")]
mod server;
mod session;
mod snapshot;
mod stand_in;
#[path = "../svg/mod.rs"]
mod svg;
mod terminal;
mod triage;
