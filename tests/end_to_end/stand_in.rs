//! The smallest program on the runtime: this test binary becomes it when started again in a
//! pseudo-terminal. With it, what cannot be provoked in newsdesk can be: a panic, a loop that
//! hangs.

use std::path::Path;
use std::sync::mpsc::channel;
use std::time::Duration;
use std::{env, io, process, thread};

use crossterm::event::{Event, KeyCode, KeyModifiers};
use newsdesk::format::link::Link;
use newsdesk::runtime::ending::Ending;
use newsdesk::runtime::graphics::Graphics;
use newsdesk::runtime::hyperlinks::Hyperlinks;
use newsdesk::runtime::input::{InputReader, Sent};
use newsdesk::runtime::opener::{Environment, OpenOutcome, Opening, plan};
use newsdesk::runtime::signals;
use newsdesk::runtime::terminal::{Holder, Screen, Tty, Usage};
use newsdesk::runtime::underway::Underway;
use ratatui::widgets::Paragraph;
use rustix::process::Pid;

use crate::pty::Pty;

/// Set for the process that is to be the stand-in.
const SWITCH: &str = "NEWSDESK_STAND_IN";

/// What `o` opens.
pub const LINK: &str = "https://example.org/a?b=$(id)&c=;d";

/// Starts it, and waits until it shows its screen.
pub fn start(environment: &[(&str, &str)]) -> Pty {
    let pty = Pty::run(
        &env::current_exe().expect("this test binary"),
        &command_line(),
        10,
        60,
        &[environment, &[(SWITCH, "1")]].concat(),
    );
    pty.wait_for_text("STAND-IN: ready");
    pty
}

/// Starts it from a shell with job control, as a person does.
pub fn start_in_shell() -> Pty {
    let program = env::current_exe().expect("this test binary");
    let command = format!("{} {}", program.display(), command_line().join(" "));
    let environment = [(SWITCH, "1"), ("PS1", "shell> "), ("STAND_IN", &command)];
    let mut pty = Pty::run(Path::new("/bin/sh"), &["-i"], 10, 60, &environment);
    pty.wait_for_text("shell> ");
    pty.press("$STAND_IN<enter>");
    pty.wait_for_text("STAND-IN: ready");
    pty
}

/// The stand-in that a shell has started, found by what it shows.
pub fn process(pty: &Pty) -> Pid {
    let screen = pty.screen_text();
    let shown = screen.split_whitespace().last().expect("its number");
    Pid::from_raw(shown.parse().expect("a number")).expect("a process")
}

fn command_line() -> [&'static str; 3] {
    ["--exact", "stand_in::stand_in", "--nocapture"]
}

/// Not a test by itself: where the other process starts.
#[test]
fn stand_in() {
    if env::var_os(SWITCH).is_some() {
        let ended = run();
        assert!(ended.is_ok(), "{ended:?}");
        // The test harness would go on to print a summary on the terminal under test.
        process::exit(0);
    }
}

enum Happened {
    Heard(io::Result<Sent>),
    Opened(OpenOutcome),
    Continued,
}

fn run() -> io::Result<()> {
    let tty = Tty::open()?;
    let underway = Underway::default();
    let ending = Ending::new(tty.clone(), underway.clone());
    ending.on_panic();
    let (sender, happened) = channel();
    let continued = sender.clone();
    signals::watch(&ending, move || {
        let _ = continued.send(Happened::Continued);
    })?;
    let mut screen = Screen::enter(tty.clone(), Usage::default())?;
    let hearing = sender.clone();
    let mut input = InputReader::start(move |sent| {
        let _ = hearing.send(Happened::Heard(sent));
    })?;
    let mut shown = format!("ready as {}", process::id());
    let mut size = String::new();
    loop {
        screen.draw(|frame| {
            let text = format!("STAND-IN: {shown}\n{size}");
            frame.render_widget(Paragraph::new(text), frame.area());
            (Graphics::default(), Hyperlinks::default)
        })?;
        let report = {
            let sender = sender.clone();
            move |outcome| {
                let _ = sender.send(Happened::Opened(outcome));
            }
        };
        match happened.recv().map_err(io::Error::other)? {
            Happened::Opened(OpenOutcome::WantsTerminal(opening)) => {
                report(screen.hand_over(&mut input, || opening.in_terminal())?);
            }
            Happened::Opened(OpenOutcome::Opened) => shown = "opened".to_owned(),
            Happened::Opened(OpenOutcome::Failed(error)) => shown = error.to_string(),
            Happened::Continued => {
                screen.redraw()?;
                shown = "continued".to_owned();
            }
            Happened::Heard(sent) => match event(sent?) {
                Event::Resize(columns, rows) => size = format!("{columns}x{rows}"),
                Event::Paste(text) => shown = format!("pasted {text}"),
                Event::Key(key) if key.modifiers == KeyModifiers::CONTROL => {
                    screen.suspend()?;
                }
                Event::Key(key) => match key.code {
                    KeyCode::Char('q') => return Ok(()),
                    KeyCode::Char('o') => match plan(&Environment::of_process(), &link()) {
                        Ok(attempts) => Opening::new(attempts).start(report)?,
                        Err(error) => shown = error.to_string(),
                    },
                    KeyCode::Char('c') => screen.send(b"\x1b]52;c;YQ==\x07")?,
                    KeyCode::Char('p') => panic!("on purpose, here"),
                    KeyCode::Char('w') => {
                        thread::spawn(|| panic!("on purpose, elsewhere"));
                    }
                    KeyCode::Char('h') => loop {
                        thread::park();
                    },
                    KeyCode::Char('a') => process::abort(),
                    KeyCode::Char('r') => shown = full_stack(0).to_string(),
                    KeyCode::Char('e') => {
                        thread::spawn(|| full_stack(0));
                    }
                    KeyCode::Char('u') => {
                        let task = underway.begin("a decision".to_owned());
                        // For good, as if the disk were gone.
                        std::mem::forget(task);
                    }
                    KeyCode::Char('t') => {
                        let task = underway.begin("another decision".to_owned());
                        let tty = tty.clone();
                        thread::spawn(move || {
                            // Done only once the ending has begun.
                            while tty.holder() == Holder::Screen {
                                thread::yield_now();
                            }
                            // As long as a disk takes; what was written sooner could still go to
                            // the alternate screen.
                            thread::sleep(Duration::from_millis(100));
                            eprintln!("STAND-IN: kept");
                            drop(task);
                        });
                    }
                    code => shown = format!("pressed {code:?}"),
                },
                _ => {}
            },
        }
    }
}

/// Never returns: each call takes more of the stack, until none is left.
#[expect(unconditional_recursion, reason = "a stack that is full is wanted")]
fn full_stack(depth: u64) -> u64 {
    let room = std::hint::black_box([depth; 100]);
    full_stack(depth + 1) + room[0]
}

fn link() -> Link {
    Link::parse(LINK).expect("a link")
}

/// The event that was sent; colours do not matter here.
fn event(sent: Sent) -> Event {
    match sent {
        Sent::Event(event) => event,
        Sent::Told(_) => Event::FocusGained,
    }
}
