//! Carries out a plan: starts one program after another until one works.
//!
//! A program has failed if it cannot be started, or exits with a failure within [`WATCHED`]. After
//! that nothing waits any more, and starting another would open the page twice.

use std::collections::VecDeque;
use std::io;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant};

use super::super::background;
use super::{Attempt, OpenError, RunsIn};

/// How long to watch a program for an early failure. `xdg-open` takes some tens of milliseconds to
/// notice that there is no browser.
const WATCHED: Duration = Duration::from_millis(500);

/// A plan under way: what is left to try, and what has gone wrong so far.
#[derive(Debug)]
pub struct Opening {
    left: VecDeque<Attempt>,
    /// Programs that are not installed.
    missing: Vec<String>,
    /// The failure of the first program that was installed but did not work: the preferred one.
    failure: Option<OpenError>,
}

/// How far a plan has come.
#[derive(Debug)]
pub enum OpenOutcome {
    /// A program has taken the link.
    Opened,
    /// The next program needs the terminal: hand it over, and call [`Opening::in_terminal`].
    WantsTerminal(Opening),
    /// Nothing worked.
    Failed(OpenError),
}

impl Opening {
    /// Takes the attempts of a [`plan`](super::plan).
    pub fn new(attempts: Vec<Attempt>) -> Self {
        Self {
            left: attempts.into(),
            missing: Vec::new(),
            failure: None,
        }
    }

    /// Tries the programs in turn on a new thread, and reports once.
    ///
    /// # Errors
    /// If the thread cannot be started; nothing is reported then.
    pub fn start(self, report: impl FnOnce(OpenOutcome) + Send + 'static) -> io::Result<()> {
        background::start("opener", move || report(self.carry_out()))
    }

    /// Tries the programs in turn, for up to half a second each, until one works or needs the
    /// terminal.
    pub fn carry_out(mut self) -> OpenOutcome {
        while let Some(attempt) = self.left.pop_front() {
            let ended = match attempt.place {
                RunsIn::Terminal => {
                    self.left.push_front(attempt);
                    return OpenOutcome::WantsTerminal(self);
                }
                RunsIn::Detached => start_detached(&attempt),
            };
            if self.note(attempt, ended) {
                return OpenOutcome::Opened;
            }
        }
        OpenOutcome::Failed(self.into_error())
    }

    /// Runs the program that needs the terminal until it ends, and tries the rest if it fails. The
    /// terminal must have been handed over: cooked mode, main screen, no other thread reading keys.
    pub fn in_terminal(mut self) -> OpenOutcome {
        if let Some(attempt) = self.left.pop_front() {
            let ended = run_in_terminal(&attempt);
            if self.note(attempt, ended) {
                return OpenOutcome::Opened;
            }
        }
        self.carry_out()
    }

    /// Whether the attempt worked; if not, records why. `ended` is the exit status of a program
    /// that ended while watched.
    fn note(&mut self, attempt: Attempt, ended: io::Result<Option<ExitStatus>>) -> bool {
        let program = attempt.program;
        let failure = match ended {
            Ok(None) => return true,
            Ok(Some(status)) if status.success() => return true,
            Ok(Some(status)) => OpenError::Failed { program, status },
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                self.missing.push(program);
                return false;
            }
            Err(reason) => OpenError::NotStarted { program, reason },
        };
        self.failure.get_or_insert(failure);
        false
    }

    fn into_error(self) -> OpenError {
        self.failure
            .unwrap_or_else(|| OpenError::NotFound(self.missing.join(", ")))
    }
}

/// Starts a program that must not touch the screen, and watches it briefly. Its own process group
/// shields it from signals that the terminal sends to this process when it closes.
fn start_detached(attempt: &Attempt) -> io::Result<Option<ExitStatus>> {
    let child = Command::new(&attempt.program)
        .args(&attempt.arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()?;
    watch(child)
}

/// Returns the exit status if the program ends while watched. Otherwise a thread keeps waiting for
/// it, so that it leaves no zombie.
fn watch(mut child: Child) -> io::Result<Option<ExitStatus>> {
    let (ended, watched) = sync_channel(1);
    background::start("browser", move || {
        // The receiver may be gone; that does no harm.
        let _ = ended.send(child.wait());
    })?;
    match watched.recv_timeout(WATCHED) {
        Ok(status) => status.map(Some),
        Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => Ok(None),
    }
}

/// Runs a program in the terminal. A failure after a while does not count: a person who leaves a
/// browser has seen the page, whatever the exit status.
fn run_in_terminal(attempt: &Attempt) -> io::Result<Option<ExitStatus>> {
    let started = Instant::now();
    let status = Command::new(&attempt.program)
        .args(&attempt.arguments)
        .status()?;
    Ok((started.elapsed() < WATCHED).then_some(status))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attempt(program: &str, arguments: &[&str], place: RunsIn) -> Attempt {
        Attempt {
            program: program.to_owned(),
            arguments: arguments.iter().map(|word| (*word).to_owned()).collect(),
            place,
        }
    }

    fn detached(program: &str, arguments: &[&str]) -> Attempt {
        attempt(program, arguments, RunsIn::Detached)
    }

    #[test]
    fn missing_programs_are_passed_over() {
        let opening = Opening::new(vec![
            detached("no-such-browser", &[]),
            detached("true", &[]),
        ]);
        assert!(matches!(opening.carry_out(), OpenOutcome::Opened));
    }

    #[test]
    fn when_all_are_missing_each_is_named() {
        let opening = Opening::new(vec![
            detached("no-such-browser", &[]),
            detached("/nor/this-one", &[]),
        ]);
        let OpenOutcome::Failed(error) = opening.carry_out() else {
            panic!("nothing was there to open it")
        };
        assert_eq!(
            error.to_string(),
            "no browser found (tried no-such-browser, /nor/this-one): \
             set $BROWSER, or copy the link with `y y`"
        );
    }

    #[test]
    fn the_first_failure_is_told_after_the_others_were_tried() {
        let opening = Opening::new(vec![
            detached("false", &[]),
            detached("sh", &["-c", "exit 7"]),
            detached("no-such-browser", &[]),
        ]);
        let OpenOutcome::Failed(error) = opening.carry_out() else {
            panic!("all of them failed")
        };
        assert_eq!(
            error.to_string(),
            "false failed (exit status: 1): set $BROWSER, or copy the link with `y y`"
        );
    }

    #[test]
    fn a_program_that_keeps_running_has_taken_the_link() {
        let opening = Opening::new(vec![detached("sleep", &["2"]), detached("false", &[])]);
        let (sender, outcome) = std::sync::mpsc::channel();
        opening
            .start(move |outcome| sender.send(outcome).expect("the test waits"))
            .expect("a thread");
        assert!(matches!(outcome.recv(), Ok(OpenOutcome::Opened)));
    }

    #[test]
    fn a_terminal_browser_waits_for_the_terminal_and_the_rest_follows() {
        let opening = Opening::new(vec![
            attempt("false", &[], RunsIn::Terminal),
            detached("true", &[]),
        ]);
        let OpenOutcome::WantsTerminal(opening) = opening.carry_out() else {
            panic!("a terminal browser was started without the terminal")
        };
        assert!(matches!(opening.in_terminal(), OpenOutcome::Opened));
    }

    #[test]
    fn what_is_no_program_is_told() {
        let opening = Opening::new(vec![detached("/", &[])]);
        assert!(matches!(
            opening.carry_out(),
            OpenOutcome::Failed(OpenError::NotStarted { .. })
        ));
    }
}
