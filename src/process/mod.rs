//! Runs a program apart from the terminal, without a shell: what it reads, how much of what it writes
//! is kept, and how long it may take.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};
use thiserror::Error;

use crate::format::clean::Clean;
use crate::format::system::system_words;

/// How long programs that an ended program has started may keep its output open.
const GRACE: Duration = Duration::from_millis(200);
/// How long a program may take to end once asked to.
const LAST_WORDS: Duration = Duration::from_millis(500);
/// How often to check a program that is being waited for.
const LOOK: Duration = Duration::from_millis(15);
/// How much of a program's message about a failure is kept, in bytes.
const COMPLAINT: usize = 4096;

/// Writes what a program reads.
pub type ProgramInput = Box<dyn FnOnce(&mut dyn Write) -> io::Result<()> + Send>;

/// How long a program may take, and how much of what it prints is kept.
pub struct Limits<'a> {
    /// `None`: as long as it likes.
    pub time: Option<Duration>,
    /// In bytes. The rest is dropped.
    pub kept: usize,
    /// Says whether to stop it now.
    pub stopped: Box<dyn Fn() -> bool + Send + 'a>,
}

impl Default for Limits<'_> {
    fn default() -> Self {
        Self {
            time: None,
            kept: 0,
            stopped: Box::new(|| false),
        }
    }
}

/// A program that has ended.
#[derive(Debug)]
pub struct ProgramEnd {
    pub status: ExitStatus,
    /// The beginning of its output.
    pub printed: Vec<u8>,
    /// Whether that is all.
    pub is_all: bool,
    /// The end of its output on stderr. If it failed and said nothing there, the end of the other, unless
    /// that is kept: it may be a password.
    pub complaint: Vec<u8>,
}

/// Why a program did not do its work. Each is a sentence that begins with its name.
#[derive(Debug, Error)]
pub enum RunFailure {
    #[error("{0} is not installed")]
    NotInstalled(String),
    #[error("{program} could not be started ({})", system_words(.error))]
    NotStarted { program: String, error: io::Error },
    #[error("{program} failed ({status}){said}")]
    Failed {
        program: String,
        status: ExitStatus,
        /// With a colon before it, unless it is empty.
        said: String,
    },
    #[error("{program} was stopped: it took longer than {} s", .limit.as_secs())]
    TooLong { program: String, limit: Duration },
    #[error("{0} was stopped")]
    Stopped(String),
}

impl ProgramEnd {
    /// The program's failure, if it says that it has failed.
    ///
    /// # Errors
    /// That failure.
    pub fn success(self, program: &str) -> Result<Self, RunFailure> {
        if self.status.success() {
            return Ok(self);
        }
        Err(failed(program, self.status, &self.complaint))
    }
}

/// The failure of a program, with the last thing it printed.
pub fn failed(program: &str, status: ExitStatus, complaint: &[u8]) -> RunFailure {
    let text = String::from_utf8_lossy(complaint);
    let last = text.lines().rev().find(|line| !line.trim().is_empty());
    let said = last.map(|line| format!(": {}", Clean::new(line.trim())));
    RunFailure::Failed {
        program: program.to_owned(),
        status,
        said: said.unwrap_or_default(),
    }
}

/// Why a program did not start.
pub fn not_started(program: &str, error: io::Error) -> RunFailure {
    let program = program.to_owned();
    if error.kind() == io::ErrorKind::NotFound {
        return RunFailure::NotInstalled(program);
    }
    RunFailure::NotStarted { program, error }
}

/// Runs a program to its end. Its own process group shields it from signals that the terminal sends to
/// ours when it closes, and lets all of it be stopped.
///
/// # Errors
/// If it does not start, takes too long, or is stopped. One that ends with a failure has [`ProgramEnd`].
pub fn run(
    program: &str,
    arguments: &[OsString],
    input: Option<ProgramInput>,
    limits: &Limits<'_>,
) -> Result<ProgramEnd, RunFailure> {
    let child = Command::new(program)
        .args(arguments)
        .stdin(if input.is_some() {
            Stdio::piped()
        } else {
            Stdio::null()
        })
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group(0)
        .spawn();
    let mut child = child.map_err(|error| not_started(program, error))?;
    let printed = child.stdout.take().map(|it| read(it, limits.kept));
    let complaint = child.stderr.take().map(|it| read(it, 0));
    if let (Some(input), Some(mut stdin)) = (input, child.stdin.take()) {
        // On its own thread, since the program may not read it. It may also end before it has read
        // everything, which is its own business.
        in_thread(move || drop(input(&mut stdin)));
    }
    let status = wait(&mut child, program, limits)?;
    let mut complaint = complaint.map(|it| it.gathered().end).unwrap_or_default();
    let is_silent = !status.success() && complaint.trim_ascii().is_empty() && limits.kept == 0;
    // Whatever holds its output open is waited for only if somebody wants it.
    let is_wanted = limits.kept > 0 || is_silent;
    let printed = printed.filter(|_| is_wanted).map(Reading::gathered);
    let printed = printed.unwrap_or_default();
    if is_silent {
        complaint = printed.end;
    }
    Ok(ProgramEnd {
        status,
        printed: printed.beginning,
        is_all: !printed.is_cut,
        complaint,
    })
}

fn wait(child: &mut Child, program: &str, limits: &Limits<'_>) -> Result<ExitStatus, RunFailure> {
    let begun = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status),
            Ok(None) => {}
            Err(error) => return Err(not_started(program, error)),
        }
        let name = || program.to_owned();
        let over = limits.time.filter(|limit| begun.elapsed() >= *limit);
        if let Some(limit) = over {
            stop(child);
            let program = name();
            return Err(RunFailure::TooLong { program, limit });
        }
        if (limits.stopped)() {
            stop(child);
            return Err(RunFailure::Stopped(name()));
        }
        // The system wakes nobody after a time or a cancellation, only after the end of a child: so
        // it is looked at now and then, on a thread of its own.
        thread::sleep(LOOK);
    }
}

/// Asks a program and all that it has started to end, and then ends them.
fn stop(child: &mut Child) {
    let group = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    let signal = |signal| {
        if let Some(group) = group {
            // It may have ended by itself.
            let _ = kill_process_group(group, signal);
        }
    };
    signal(Signal::TERM);
    let asked = Instant::now();
    while asked.elapsed() < LAST_WORDS {
        if matches!(child.try_wait(), Ok(Some(_)) | Err(_)) {
            break;
        }
        // It is given time, but not for ever; see above.
        thread::sleep(LOOK);
    }
    signal(Signal::KILL);
    // So that it leaves no zombie.
    let _ = child.wait();
}

/// A thread that reads; it may end with the program, or later.
struct Reading {
    kept: Arc<Mutex<Kept>>,
    /// Closed when there is no more to read.
    over: Receiver<()>,
}

/// What is kept of a program's output, however much it prints.
#[derive(Default)]
struct Kept {
    beginning: Vec<u8>,
    end: Vec<u8>,
    /// Whether the beginning is not all.
    is_cut: bool,
}

impl Kept {
    /// Adds a piece; the beginning has at most `most` bytes.
    fn add(&mut self, piece: &[u8], most: usize) {
        let room = most.saturating_sub(self.beginning.len()).min(piece.len());
        self.beginning.extend(&piece[..room]);
        self.is_cut |= room < piece.len();
        self.end.extend(piece);
        let surplus = self.end.len().saturating_sub(COMPLAINT);
        drop(self.end.drain(..surplus));
    }
}

impl Reading {
    /// What was read by the program's end, or little later.
    fn gathered(self) -> Kept {
        let over = self.over.recv_timeout(GRACE);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let mut kept = std::mem::take(&mut *kept);
        kept.is_cut |= over == Err(RecvTimeoutError::Timeout);
        kept
    }
}

/// Keeps the beginning of what it reads, at most `most` bytes, and the end.
fn read(mut from: impl Read + Send + 'static, most: usize) -> Reading {
    let kept = Arc::<Mutex<Kept>>::default();
    let (sender, over) = channel::<()>();
    let reading = Arc::clone(&kept);
    in_thread(move || {
        let _open = sender;
        let mut buffer = [0; 8192];
        // An interrupted read ends it like the end of the output.
        while let Ok(count @ 1..) = from.read(&mut buffer) {
            let mut kept = reading.lock().unwrap_or_else(PoisonError::into_inner);
            kept.add(&buffer[..count], most);
        }
    });
    Reading { kept, over }
}

/// Without a thread nothing is read or written, which the program's output shows.
fn in_thread(work: impl FnOnce() + Send + 'static) {
    let _ = thread::Builder::new().name("pipe".to_owned()).spawn(work);
}

#[cfg(test)]
mod tests {
    use super::*;

    type Line<'a> = (&'a str, &'a [&'a str]);

    fn ended(
        (program, arguments): Line<'_>,
        input: Option<ProgramInput>,
        limits: &Limits<'_>,
    ) -> Result<ProgramEnd, RunFailure> {
        let arguments: Vec<OsString> = arguments.iter().map(Into::into).collect();
        run(program, &arguments, input, limits)
    }

    fn with(program: Line<'_>, limits: &Limits<'_>) -> Result<(String, bool), String> {
        let text = "one\ntwo\n".repeat(20_000);
        let input: ProgramInput = Box::new(move |stdin| stdin.write_all(text.as_bytes()));
        let ended = ended(program, Some(input), limits);
        let ended = ended.and_then(|it| it.success(program.0));
        let ended = ended.map_err(|error| error.to_string())?;
        Ok((
            String::from_utf8_lossy(&ended.printed).into_owned(),
            ended.is_all,
        ))
    }

    fn keeping(kept: usize) -> Limits<'static> {
        Limits {
            kept,
            ..Limits::default()
        }
    }

    #[test]
    fn what_is_written_goes_in_and_what_is_printed_comes_out() {
        let counted = with(("wc", &["-l"]), &keeping(100));
        assert_eq!(counted, Ok(("40000\n".to_owned(), true)));
        let cut = with(("cat", &[]), &keeping(3));
        assert_eq!(cut, Ok(("one".to_owned(), false)));
        // It reads nothing of what it is given.
        assert_eq!(with(("true", &[]), &keeping(3)), Ok((String::new(), true)));
    }

    #[test]
    fn a_failure_is_told_with_what_was_said_last() {
        let said = with(
            (
                "sh",
                &["-c", "echo one >&2; echo '\x1b[31mtwo' >&2; exit 3"],
            ),
            &keeping(9),
        );
        assert_eq!(said, Err("sh failed (exit status: 3): ␛[31mtwo".to_owned()));
        let much = "yes | head -c 3000000 >&2; echo last >&2; exit 1";
        let said = with(("sh", &["-c", much]), &keeping(9));
        assert_eq!(said, Err("sh failed (exit status: 1): last".to_owned()));
        let said = with(("no-such-program", &[]), &keeping(9));
        assert_eq!(said, Err("no-such-program is not installed".to_owned()));
    }

    #[test]
    fn a_failure_that_stderr_is_silent_about_is_told_from_the_output() {
        let printed = "yes | head -c 3000000; echo nothing to commit; exit 1";
        let said = with(("sh", &["-c", printed]), &keeping(0));
        let expected = "sh failed (exit status: 1): nothing to commit";
        assert_eq!(said, Err(expected.to_owned()));
        let said = with(("sh", &["-c", "echo s3cret; exit 1"]), &keeping(9));
        let expected = "sh failed (exit status: 1)";
        assert_eq!(said, Err(expected.to_owned()), "it may be a password");
    }

    #[test]
    fn what_takes_too_long_is_stopped_with_all_that_it_started() {
        let limits = Limits {
            time: Some(Duration::from_millis(50)),
            ..keeping(9)
        };
        let said = with(("sh", &["-c", "sleep 60 & sleep 60"]), &limits);
        assert_eq!(
            said,
            Err("sh was stopped: it took longer than 0 s".to_owned())
        );
        let limits = Limits {
            stopped: Box::new(|| true),
            ..keeping(9)
        };
        let said = with(("sleep", &["60"]), &limits);
        assert_eq!(said, Err("sleep was stopped".to_owned()));
    }

    #[test]
    fn a_program_left_behind_is_not_waited_for() {
        let left: Line<'_> = ("sh", &["-c", "echo one; sleep 60 &"]);
        assert_eq!(with(left, &keeping(9)), Ok(("one\n".to_owned(), false)));
    }

    #[test]
    fn arguments_reach_the_program_as_they_are() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("$(x) 'a'; b");
        let touch: Line<'_> = ("touch", &["--", &file.to_string_lossy()]);
        let ended = ended(touch, None, &Limits::default()).expect("it runs");
        assert!(ended.status.success() && file.exists());
    }
}
