//! A program in a pseudo-terminal: pressing its keys, waiting for what its screen shows, and
//! checking the terminal after its end. Nothing here sleeps: each wait ends with an event, or fails
//! at its deadline and prints the screen.

use std::io::{Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use portable_pty::{CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::frames::whole_frames;

/// How long to wait for what must happen. Generous: a busy machine is not a failure.
const DEADLINE: Duration = Duration::from_secs(10);

/// How long nothing must be written before the screen counts as showing all that follows from a
/// key.
const STILL: Duration = Duration::from_millis(400);

/// How long to wait for a reply before asking again.
const NUDGE: Duration = Duration::from_millis(100);

/// Keys without a character, as `press` takes them, and what xterm sends for them.
const NAMED_KEYS: &[(&str, &str)] = &[
    ("enter", "\r"),
    ("esc", "\x1b"),
    ("tab", "\t"),
    ("backtab", "\x1b[Z"),
    ("backspace", "\x7f"),
    ("space", " "),
    ("up", "\x1b[A"),
    ("down", "\x1b[B"),
    ("right", "\x1b[C"),
    ("left", "\x1b[D"),
    ("home", "\x1b[H"),
    ("end", "\x1b[F"),
    ("pageup", "\x1b[5~"),
    ("pagedown", "\x1b[6~"),
    ("lt", "<"),
];

/// A program in its own terminal. Dropping it kills the program.
pub struct Pty {
    shared: Arc<Shared>,
    /// Our side of the terminal; `None` after a hang-up.
    master: Option<Master>,
    pid: Pid,
    /// The modes before the program started.
    found: String,
    home: TempDir,
}

struct Master {
    pty: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
}

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    /// Every byte of the program's output.
    written: Vec<u8>,
    /// How much of it the terminal has shown.
    shown: usize,
    terminal: vt100::Parser<Copied>,
    reading: Reading,
    status: Option<ExitStatus>,
}

/// Whether the program's output is still read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    Going,
    /// Stop at the next output.
    Stopping,
    Over,
}

/// What the program copied by OSC 52, in base64.
#[derive(Default)]
struct Copied(Vec<Vec<u8>>);

impl vt100::Callbacks for Copied {
    fn copy_to_clipboard(&mut self, _: &mut vt100::Screen, _: &[u8], data: &[u8]) {
        self.0.push(data.to_vec());
    }
}

impl Pty {
    /// Starts newsdesk.
    pub fn start(
        arguments: &[&str],
        rows: u16,
        columns: u16,
        environment: &[(&str, &str)],
    ) -> Self {
        let program = Path::new(env!("CARGO_BIN_EXE_newsdesk"));
        Self::run(program, arguments, rows, columns, environment)
    }

    /// Starts a program in an empty home with a clean environment plus `environment`.
    pub fn run(
        program: &Path,
        arguments: &[&str],
        rows: u16,
        columns: u16,
        environment: &[(&str, &str)],
    ) -> Self {
        let home = TempDir::new().expect("a temporary folder");
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.cwd(home.path());
        set_environment(&mut command, home.path(), environment);

        let pair = native_pty_system()
            .openpty(size(rows, columns))
            .expect("a pseudo-terminal");
        let found = modes(pair.master.as_ref());
        let output = pair.master.try_clone_reader().expect("its output");
        let keys = pair.master.take_writer().expect("its keys");
        let child: Box<dyn portable_pty::Child> =
            pair.slave.spawn_command(command).expect("the program");
        let child = *child.downcast::<Child>().expect("a process of the system");
        // Its output ends only when nobody here has the other side open.
        drop(pair.slave);

        let pid = Pid::from_child(&child);
        let shared = Arc::new(Shared {
            state: Mutex::new(State {
                written: Vec::new(),
                shown: 0,
                terminal: vt100::Parser::new_with_callbacks(rows, columns, 0, Copied::default()),
                reading: Reading::Going,
                status: None,
            }),
            changed: Condvar::new(),
        });
        read_output(Arc::clone(&shared), output);
        wait_for_end(Arc::clone(&shared), child);
        Self {
            shared,
            master: Some(Master {
                pty: pair.master,
                keys,
            }),
            pid,
            found,
            home,
        }
    }

    /// The home folder of the program.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Presses keys: characters as they are, others by name, such as `jj<enter>` or `<ctrl-z>`.
    ///
    /// `<esc>` must be last, and its effect awaited: followed by a character, a terminal means Alt.
    pub fn press(&mut self, keys: &str) {
        let escape = keys.find("<esc>");
        assert!(
            escape.is_none_or(|at| at + "<esc>".len() == keys.len()),
            "{keys}: <esc> has to be the last"
        );
        self.type_raw(&key_bytes(keys));
    }

    /// Sends these bytes, as a terminal does for input that is not a key.
    pub fn type_raw(&mut self, bytes: &str) {
        let master = self.master.as_mut().expect("no hang-up before");
        master.keys.write_all(bytes.as_bytes()).expect("keys go in");
        master.keys.flush().expect("keys go in");
    }

    /// Confirms a question until the expected result appears: one that has only just come up takes no
    /// answer yet, and says so.
    pub fn confirm(&mut self, awaited: &str) {
        const TOO_EARLY: &str = "That key came before you could read";
        loop {
            self.press("<enter>");
            self.wait_for(awaited, |screen| {
                let text = screen.contents();
                text.contains(awaited) || text.contains(TOO_EARLY)
            });
            if self.screen_text().contains(awaited) {
                return;
            }
            // Any key dismisses the message.
            self.press("j");
            self.wait_for("the question alone", |screen| {
                !screen.contents().contains(TOO_EARLY)
            });
        }
    }

    /// Changes the size of the terminal.
    pub fn resize(&mut self, rows: u16, columns: u16) {
        self.state().terminal.screen_mut().set_size(rows, columns);
        let master = self.master.as_ref().expect("no hang-up before");
        master
            .pty
            .resize(size(rows, columns))
            .expect("another size");
    }

    /// The number of the program's process.
    #[cfg(target_os = "linux")]
    pub fn id(&self) -> i32 {
        self.pid.as_raw_nonzero().get()
    }

    /// Sends a signal to the program.
    pub fn signal(&self, signal: Signal) {
        kill_process(self.pid, signal).expect("the program is there");
    }

    /// Sends a signal that may have no name.
    pub fn signal_number(&self, signal: i32) {
        let sent = Command::new("kill")
            .args([format!("-{signal}"), self.pid.as_raw_nonzero().to_string()])
            .status();
        assert!(sent.expect("kill").success(), "signal {signal}");
    }

    /// Closes the terminal, like closing its window. The program must respond to a resize: only its
    /// output wakes the reader, which holds our side open as well.
    pub fn hang_up(&mut self) {
        self.state().reading = Reading::Stopping;
        let (rows, columns) = self.with_screen(vt100::Screen::size);
        let deadline = Instant::now() + DEADLINE;
        for step in (0..2).cycle() {
            // Repeatedly, because a program that has just started may not listen yet.
            self.resize(rows, columns - step);
            let state = self.state();
            let going_on = |state: &mut State| state.reading != Reading::Over;
            let waited = self
                .shared
                .changed
                .wait_timeout_while(state, NUDGE, going_on);
            if !waited.expect("no reader has panicked").1.timed_out() {
                break;
            }
            assert!(Instant::now() < deadline, "no answer to a new size");
        }
        self.master = None;
    }

    /// Waits until the screen is as `wanted`.
    pub fn wait_for(&self, what: &str, wanted: impl Fn(&vt100::Screen) -> bool) {
        self.wait(what, |state| wanted(state.terminal.screen()));
    }

    /// Waits until nothing has been written for a while. Only for pictures of the screen: a test waits
    /// for what it expects.
    pub fn wait_until_still(&self) {
        let mut state = self.state();
        loop {
            let waited = self.shared.changed.wait_timeout(state, STILL);
            let (after, waited) = waited.expect("no reader has panicked");
            if waited.timed_out() {
                return;
            }
            state = after;
        }
    }

    /// Waits until `text` is on the screen.
    pub fn wait_for_text(&self, text: &str) {
        self.wait_for(text, |screen| screen.contents().contains(text));
    }

    /// Waits until the program has ended and all of its output was read.
    pub fn wait_exit(&self) -> ExitStatus {
        self.wait("the end", |state| {
            state.status.is_some() && state.reading == Reading::Over
        });
        self.state().status.expect("it has ended")
    }

    /// The signal that ended the program.
    pub fn wait_death(&self) -> Option<Signal> {
        self.wait_exit().signal().and_then(Signal::from_named_raw)
    }

    /// The text on the screen.
    pub fn screen_text(&self) -> String {
        self.with_screen(vt100::Screen::contents)
    }

    /// Every byte that the program has written so far.
    pub fn written(&self) -> Vec<u8> {
        self.state().written.clone()
    }

    /// What was copied to the clipboard, last first.
    pub fn copied(&self) -> Vec<String> {
        let state = self.state();
        let texts = state.terminal.callbacks().0.iter().rev().map(|data| {
            let text = STANDARD.decode(data).expect("base64");
            String::from_utf8(text).expect("UTF-8")
        });
        texts.collect()
    }

    /// Fails unless the terminal is as it was before the program started.
    pub fn assert_given_back(&self) {
        self.with_screen(|screen| {
            assert!(!screen.alternate_screen(), "still on the alternate screen");
            assert!(!screen.hide_cursor(), "the cursor is hidden");
            assert!(!screen.bracketed_paste(), "pastes are still marked");
            let mouse = screen.mouse_protocol_mode();
            assert_eq!(
                mouse,
                vt100::MouseProtocolMode::None,
                "the mouse is still taken"
            );
        });
        let master = self.master.as_ref().expect("no hang-up before");
        assert_eq!(
            modes(master.pty.as_ref()),
            self.found,
            "the terminal's modes"
        );
    }

    /// Looks at the screen.
    pub fn with_screen<T>(&self, look: impl FnOnce(&vt100::Screen) -> T) -> T {
        look(self.state().terminal.screen())
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.shared.state.lock().expect("no reader has panicked")
    }

    fn wait(&self, what: &str, wanted: impl Fn(&State) -> bool) {
        let deadline = Instant::now() + DEADLINE;
        let mut state = self.state();
        while !wanted(&state) {
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(
                !left.is_zero(),
                "waited for {what:?} in vain (ended: {:?}), and the screen is:\n{}",
                state.status,
                state.terminal.screen().contents()
            );
            let waited = self.shared.changed.wait_timeout(state, left);
            state = waited.expect("no reader has panicked").0;
        }
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        if self
            .shared
            .state
            .lock()
            .is_ok_and(|state| state.status.is_none())
        {
            // It may have ended just now.
            let _ = kill_process(self.pid, Signal::KILL);
        }
    }
}

impl State {
    /// Shows what was written but for a frame that has not ended, like a terminal that knows
    /// synchronized updates: half a frame has rows of two states of the program.
    fn show_whole_frames(&mut self) {
        let new = &self.written[self.shown..];
        let whole = &new[..whole_frames(new)];
        self.terminal.process(whole);
        self.shown += whole.len();
    }
}

impl Shared {
    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state.lock().expect("no other thread has panicked"));
        self.changed.notify_all();
    }
}

fn read_output(shared: Arc<Shared>, mut output: Box<dyn Read + Send>) {
    thread::spawn(move || {
        let mut bytes = [0; 16 * 1024];
        while let Ok(count @ 1..) = output.read(&mut bytes) {
            shared.change(|state| {
                state.written.extend_from_slice(&bytes[..count]);
                state.show_whole_frames();
            });
            if shared
                .state
                .lock()
                .is_ok_and(|state| state.reading == Reading::Stopping)
            {
                break;
            }
        }
        drop(output);
        shared.change(|state| state.reading = Reading::Over);
    });
}

fn wait_for_end(shared: Arc<Shared>, mut child: Child) {
    thread::spawn(move || {
        let status = child.wait().expect("a child of ours");
        shared.change(|state| state.status = Some(status));
    });
}

fn set_environment(command: &mut CommandBuilder, home: &Path, more: &[(&str, &str)]) {
    command.env_clear();
    command.env("PATH", "/usr/local/bin:/usr/bin:/bin");
    command.env("TERM", "xterm-256color");
    command.env("LANG", "C.UTF-8");
    command.env("TZ", "UTC");
    command.env("HOME", home);
    for (variable, folder) in [
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_DATA_HOME", "data"),
        ("XDG_STATE_HOME", "state"),
        ("XDG_CACHE_HOME", "cache"),
        ("XDG_RUNTIME_DIR", "run"),
    ] {
        command.env(variable, home.join(folder));
    }
    for (variable, value) in more {
        command.env(variable, value);
    }
}

fn size(rows: u16, columns: u16) -> PtySize {
    PtySize {
        rows,
        cols: columns,
        pixel_width: 0,
        pixel_height: 0,
    }
}

/// The terminal's modes, such as echo, in a form that can be compared and read.
fn modes(pty: &dyn MasterPty) -> String {
    format!("{:?}", pty.get_termios().expect("the terminal's modes"))
}

fn key_bytes(keys: &str) -> String {
    let mut bytes = String::new();
    let mut rest = keys;
    while let Some((before, named)) = rest.split_once('<') {
        let (name, after) = named.split_once('>').expect("`>` after `<`; `<` is `<lt>`");
        bytes.push_str(before);
        bytes.push_str(&named_key(name));
        rest = after;
    }
    bytes + rest
}

fn named_key(name: &str) -> String {
    if let Some(letter) = name.strip_prefix("ctrl-") {
        let letter = letter.bytes().next().expect("a letter after ctrl-");
        return char::from(letter & 0x1f).to_string();
    }
    let found = NAMED_KEYS.iter().find(|(known, _)| *known == name);
    let (_, bytes) = found.unwrap_or_else(|| panic!("no key is called <{name}>"));
    (*bytes).to_owned()
}
