//! Runs the programs that a person has bound to keys.

use std::io;
use std::process::Command;

use super::background;
use crate::command::Invocation;
use crate::process::{self, Limits, RunFailure};

/// Starts a program that must not touch the screen, and reports how it ended.
///
/// # Errors
/// If the thread that waits for it cannot be started; nothing is reported then.
pub fn start(
    program: Invocation,
    report: impl FnOnce(Result<(), String>) + Send + 'static,
) -> io::Result<()> {
    let run = move || {
        let (name, arguments) = (&program.program, &program.arguments);
        let ended = process::run(name, arguments, None, &Limits::default());
        let ended = ended.and_then(|it| it.success(name));
        report(ended.map(drop).map_err(|failure| failure.to_string()));
    };
    background::start("program", run)
}

/// Runs a program in the terminal, which must have been handed over, until it ends.
///
/// # Errors
/// If it cannot be started, or fails.
pub fn in_terminal(program: &Invocation) -> Result<(), RunFailure> {
    let status = Command::new(&program.program)
        .args(&program.arguments)
        .status();
    let status = status.map_err(|error| process::not_started(&program.program, error))?;
    match status.success() {
        true => Ok(()),
        false => Err(process::failed(&program.program, status, b"")),
    }
}
