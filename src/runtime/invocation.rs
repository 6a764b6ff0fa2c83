//! Runs programs that a person has bound to keys. No shell is involved: program and arguments stay
//! apart, and are passed on as they are.

use std::io::{self, Read};
use std::os::unix::process::CommandExt;
use std::process::{Command, ExitStatus, Stdio};
use std::thread;

use crate::command::Invocation;
use crate::format::clean::Clean;

/// How much of what a program says about its failure is read, in bytes.
const SAID: u64 = 4096;

/// Starts a program that must not touch our screen, and reports how it ended. Its own process group
/// shields it from signals that the terminal sends to ours when it closes.
///
/// # Errors
/// If the thread that waits for it cannot be started; nothing is reported then.
pub fn start(
    program: Invocation,
    report: impl FnOnce(Result<(), String>) + Send + 'static,
) -> io::Result<()> {
    thread::Builder::new()
        .name("program".to_owned())
        .spawn(move || report(in_background(&program)))
        .map(drop)
}

fn in_background(program: &Invocation) -> Result<(), String> {
    let child = Command::new(&program.program)
        .args(&program.arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .process_group(0)
        .spawn();
    let mut child = child.map_err(|error| not_started(program, &error))?;
    let mut said = Vec::new();
    if let Some(stderr) = &mut child.stderr {
        let mut first = stderr.take(SAID);
        // What cannot be read is left out of the message.
        let _ = first.read_to_end(&mut said);
        let _ = io::copy(stderr, &mut io::sink());
    }
    let status = child.wait().map_err(|error| not_started(program, &error))?;
    outcome(program, status, &String::from_utf8_lossy(&said))
}

/// Runs a program in the terminal, which must have been handed over, until it ends.
///
/// # Errors
/// If it cannot be started, or fails; the error is a sentence.
pub fn in_terminal(program: &Invocation) -> Result<(), String> {
    let status = Command::new(&program.program)
        .args(&program.arguments)
        .status();
    let status = status.map_err(|error| not_started(program, &error))?;
    outcome(program, status, "")
}

fn outcome(program: &Invocation, status: ExitStatus, said: &str) -> Result<(), String> {
    if status.success() {
        return Ok(());
    }
    let last = said.lines().rev().find(|line| !line.trim().is_empty());
    let last = last.map_or_else(String::new, |line| format!(": {}", Clean::new(line.trim())));
    Err(format!("{} failed ({status}){last}", program.program))
}

fn not_started(program: &Invocation, error: &io::Error) -> String {
    if error.kind() == io::ErrorKind::NotFound {
        return format!("{} is not installed", program.program);
    }
    format!("{} could not be started ({error})", program.program)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Output;

    fn invocation(program: &str, arguments: &[&str]) -> Invocation {
        Invocation {
            program: program.to_owned(),
            arguments: arguments.iter().map(Into::into).collect(),
            output: Output::None,
        }
    }

    #[test]
    fn a_failure_is_told_with_what_the_program_said_last() {
        let ran = |program, arguments: &[&str]| in_background(&invocation(program, arguments));
        assert_eq!(ran("true", &[]), Ok(()));
        assert_eq!(
            ran(
                "sh",
                &["-c", "echo one >&2; echo '\x1b[31mtwo' >&2; exit 3"]
            ),
            Err("sh failed (exit status: 3): ␛[31mtwo".to_owned())
        );
        assert_eq!(
            ran("no-such-program", &[]),
            Err("no-such-program is not installed".to_owned())
        );
    }

    #[test]
    fn arguments_reach_the_program_as_they_are() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("$(x) 'a'; b");
        let path = file.to_string_lossy();
        assert_eq!(in_background(&invocation("touch", &["--", &path])), Ok(()));
        assert!(file.exists());
    }
}
