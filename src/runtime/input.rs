//! Reads keys, pastes, resizes and the terminal's answers on a thread that can be paused while
//! another program has the terminal. What they mean is decided elsewhere.

use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crossterm::event::{self, Event, KeyEventKind, MouseButton, MouseEventKind};
use signal_hook::consts::SIGWINCH;
use signal_hook::low_level;

use super::background;
use super::terminal_query::{Answers, QueryOutcome, TerminalAnswer};
use crate::app::Gesture;

/// How often a thread that is still reading is nudged to pause.
const NUDGE: Duration = Duration::from_millis(100);

/// What the terminal has sent.
#[derive(Debug, PartialEq, Eq)]
pub enum Sent {
    Event(Event),
    /// An answer about itself.
    Told(TerminalAnswer),
}

/// A handle to the thread that reads the terminal; it ends with the process.
pub struct InputReader {
    gate: Arc<Gate>,
}

impl InputReader {
    /// Starts reading. `hear` gets key presses and repeats, pastes and resizes, and must not block.
    /// An error is the last thing it gets: the terminal can no longer be read.
    ///
    /// # Errors
    /// If the thread cannot be started.
    pub fn start(hear: impl Fn(io::Result<Sent>) + Send + 'static) -> io::Result<Self> {
        Self::listen_to(read, hear)
    }

    /// `next` waits for an event, up to the given time if there is one.
    fn listen_to(
        mut next: impl FnMut(Option<Duration>) -> io::Result<Option<Event>> + Send + 'static,
        hear: impl Fn(io::Result<Sent>) + Send + 'static,
    ) -> io::Result<Self> {
        let gate = Arc::new(Gate::default());
        let passed = Passing(Arc::clone(&gate));
        background::start("input", move || {
            let mut answers = Answers::default();
            loop {
                passed.0.pass();
                let heard = match next(answers.patience()) {
                    Ok(Some(event)) => answers.hear(event),
                    Ok(None) => QueryOutcome::Events(answers.give_up()),
                    Err(error) => return hear(Err(error)),
                };
                match heard {
                    QueryOutcome::Told(told) => hear(Ok(Sent::Told(told))),
                    QueryOutcome::Events(events) => {
                        let counting = events.into_iter().filter(counts);
                        counting.for_each(|event| hear(Ok(Sent::Event(event))));
                    }
                }
            }
        })?;
        Ok(Self { gate })
    }

    /// Stops reading, and returns once no thread reads the terminal any more. Dropping the guard
    /// resumes. An event that has just arrived is still delivered.
    pub fn pause(&mut self) -> Paused<'_> {
        self.gate.ask();
        // Crossterm only wakes up for what it listens to. A window-size signal is harmless: it just
        // makes crossterm look at the size. A thread that has only just started may miss it.
        self.gate.wait_until_shut(|| {
            let _ = low_level::raise(SIGWINCH);
        });
        Paused(&self.gate)
    }
}

/// Reading is paused while this guard lives.
#[must_use = "listening goes on when this is dropped"]
pub struct Paused<'a>(&'a Gate);

impl Drop for Paused<'_> {
    fn drop(&mut self) {
        self.0.open();
    }
}

/// Waits for an event, up to the given time if there is one.
fn read(patience: Option<Duration>) -> io::Result<Option<Event>> {
    match patience {
        Some(patience) if !event::poll(patience)? => Ok(None),
        Some(_) | None => event::read().map(Some),
    }
}

/// Filters out key releases, focus events, and mouse events other than clicks, drags with the left
/// button and scrolling.
fn counts(event: &Event) -> bool {
    match event {
        Event::Key(key) => key.kind != KeyEventKind::Release,
        Event::Paste(_) | Event::Resize(..) => true,
        Event::Mouse(mouse) => gesture(mouse.kind).is_some(),
        Event::FocusGained | Event::FocusLost => false,
    }
}

/// The gesture of a mouse event, if it counts.
pub(super) fn gesture(kind: MouseEventKind) -> Option<Gesture> {
    match kind {
        MouseEventKind::Down(MouseButton::Left) => Some(Gesture::Press),
        MouseEventKind::Drag(MouseButton::Left) => Some(Gesture::Drag),
        MouseEventKind::Up(MouseButton::Left) => Some(Gesture::Release),
        MouseEventKind::ScrollUp => Some(Gesture::WheelUp),
        MouseEventKind::ScrollDown => Some(Gesture::WheelDown),
        MouseEventKind::Down(_)
        | MouseEventKind::Drag(_)
        | MouseEventKind::Up(_)
        | MouseEventKind::Moved
        | MouseEventKind::ScrollLeft
        | MouseEventKind::ScrollRight => None,
    }
}

/// The gate that the reading thread passes before each wait.
#[derive(Default)]
struct Gate {
    phase: Mutex<Phase>,
    changed: Condvar,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Phase {
    #[default]
    Open,
    /// A pause is requested; the thread may still be reading.
    Asked,
    /// The thread is waiting at the gate.
    Shut,
    /// The thread has ended.
    Ended,
}

impl Gate {
    fn phase(&self) -> MutexGuard<'_, Phase> {
        self.phase.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Moves from one phase to another; does nothing in any other phase.
    fn turn(&self, from: Phase, to: Phase) {
        let mut phase = self.phase();
        if *phase == from {
            *phase = to;
            self.changed.notify_all();
        }
    }

    fn ask(&self) {
        self.turn(Phase::Open, Phase::Asked);
    }

    /// Calls `nudge` repeatedly until the gate is shut.
    fn wait_until_shut(&self, nudge: impl Fn()) {
        let mut phase = self.phase();
        while *phase == Phase::Asked {
            nudge();
            let waited = self.changed.wait_timeout(phase, NUDGE);
            phase = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn open(&self) {
        self.turn(Phase::Shut, Phase::Open);
    }

    fn pass(&self) {
        let mut phase = self.phase();
        loop {
            match *phase {
                Phase::Open | Phase::Ended => return,
                Phase::Asked => {
                    *phase = Phase::Shut;
                    self.changed.notify_all();
                }
                Phase::Shut => {
                    let waited = self.changed.wait(phase);
                    phase = waited.unwrap_or_else(PoisonError::into_inner);
                }
            }
        }
    }
}

/// Held by the thread: marks the gate as ended when dropped, so that nothing waits for a thread that
/// is gone.
struct Passing(Arc<Gate>);

impl Drop for Passing {
    fn drop(&mut self) {
        *self.0.phase() = Phase::Ended;
        self.0.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};

    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

    use super::*;

    fn key(letter: char, kind: KeyEventKind) -> Event {
        let code = KeyCode::Char(letter);
        Event::Key(KeyEvent::new_with_kind(code, KeyModifiers::NONE, kind))
    }

    /// An `InputReader` reading from a channel; returns where to type and what is heard.
    fn input() -> (InputReader, Sender<Event>, Receiver<io::Result<Sent>>) {
        let (typing, typed) = channel();
        let (hearing, heard) = channel();
        let next = move |_| match typed.recv_timeout(Duration::from_millis(5)) {
            Ok(event) => Ok(Some(event)),
            // Stands in for what a nudge causes.
            Err(RecvTimeoutError::Timeout) => Ok(Some(Event::FocusGained)),
            Err(RecvTimeoutError::Disconnected) => Err(io::Error::other("gone")),
        };
        let input = InputReader::listen_to(next, move |event| {
            hearing.send(event).expect("the test listens");
        });
        (input.expect("a thread"), typing, heard)
    }

    #[test]
    fn nothing_is_read_while_paused() {
        let (mut input, typing, heard) = input();
        typing.send(key('a', KeyEventKind::Press)).expect("listens");
        assert_eq!(
            heard.recv().expect("heard").expect("a key"),
            Sent::Event(key('a', KeyEventKind::Press))
        );

        let paused = input.pause();
        typing.send(key('b', KeyEventKind::Press)).expect("listens");
        assert_eq!(
            heard.recv_timeout(Duration::from_millis(50)).err(),
            Some(RecvTimeoutError::Timeout)
        );

        drop(paused);
        assert_eq!(
            heard.recv().expect("heard").expect("a key"),
            Sent::Event(key('b', KeyEventKind::Press))
        );
    }

    #[test]
    fn it_can_be_paused_again_and_again() {
        let (mut input, typing, heard) = input();
        for _ in 0..20 {
            drop(input.pause());
        }
        typing.send(key('a', KeyEventKind::Press)).expect("listens");
        assert!(heard.recv().expect("heard").is_ok());
    }

    #[test]
    fn a_lost_terminal_is_the_last_that_is_heard_and_holds_up_no_pause() {
        let (mut input, typing, heard) = input();
        drop(typing);
        assert!(heard.recv().expect("heard").is_err());
        drop(input.pause());
        assert!(heard.recv().is_err(), "the thread has ended");
    }

    #[test]
    fn releases_focus_and_a_mouse_that_only_moves_do_not_count() {
        assert!(counts(&key('a', KeyEventKind::Press)));
        assert!(counts(&key('a', KeyEventKind::Repeat)));
        assert!(!counts(&key('a', KeyEventKind::Release)));
        assert!(counts(&Event::Resize(80, 24)));
        assert!(counts(&Event::Paste("text".to_owned())));
        assert!(!counts(&Event::FocusLost));
        assert_eq!(gesture(MouseEventKind::Moved), None);
        let right = MouseEventKind::Down(MouseButton::Right);
        assert_eq!(gesture(right), None);
        let left = MouseEventKind::Down(MouseButton::Left);
        assert_eq!(gesture(left), Some(Gesture::Press));
    }
}
