//! The terminal: taking it for the screen, lending it to another program, and giving it back from
//! any thread at any time. What is drawn on it is not decided here, nor when the program ends.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use ratatui::{Frame, Terminal};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process::{Signal, getpgrp, kill_process_group};
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcgetpgrp, tcsetattr};

use super::drawing::Drawing;
use super::input::Input;
use crate::app::geometry::Size;
use crate::config::HardwareCursor;

/// Alternate screen, hidden cursor, no wrapping at the end of a line, pastes marked as such. No
/// mouse: selecting text stays the terminal's own. Whatever is set here is undone below.
const TAKE: &[u8] = b"\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?2004h";

/// The opposite, with colours and attributes reset first.
const GIVE_BACK: &[u8] = b"\x1b[0m\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[?1049l";

/// How long a terminal that takes no output, as after Ctrl-S, may hold up giving it back.
const STALLED: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 300_000_000,
};

/// How long after a guest's end an interrupt still counts as the guest's.
const AFTERMATH: Duration = Duration::from_secs(1);

/// Enough for a frame of a large screen, so that one is written at once.
const FRAME_BYTES: usize = 256 * 1024;

/// The terminal that this process was started in, as it was found. Clones are the same terminal;
/// giving it back needs no lock, so that neither a panic nor a signal can find one taken.
#[derive(Clone)]
pub struct Tty(Arc<Inner>);

struct Inner {
    input: OwnedFd,
    output: OwnedFd,
    /// The modes to go back to.
    found: Termios,
    holder: AtomicU8,
    guest_left: Mutex<Option<Instant>>,
}

/// Who has the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Holder {
    /// Whoever started us; it is as it was found.
    Starter,
    /// The screen.
    Screen,
    /// A program that we run and wait for, such as a terminal browser.
    Guest,
    /// Whoever stopped us, until we continue.
    Stopper,
}

impl Tty {
    /// Looks at the terminal and changes nothing.
    ///
    /// # Errors
    /// When standard output is not a terminal, or there is none for the keys.
    pub fn open() -> io::Result<Self> {
        let output = io::stdout();
        if !output.is_terminal() {
            return Err(io::Error::other("standard output is not a terminal"));
        }
        let stdin = io::stdin();
        // As crossterm does it, which reads the keys: files may be piped in.
        let input = if stdin.is_terminal() {
            stdin.as_fd().try_clone_to_owned()?
        } else {
            File::options()
                .read(true)
                .write(true)
                .open("/dev/tty")?
                .into()
        };
        Ok(Self(Arc::new(Inner {
            found: tcgetattr(&input)?,
            input,
            output: output.as_fd().try_clone_to_owned()?,
            holder: AtomicU8::new(Holder::Starter as u8),
            guest_left: Mutex::default(),
        })))
    }

    /// Who has it now.
    pub fn holder(&self) -> Holder {
        from_number(self.0.holder.load(Ordering::SeqCst))
    }

    /// Whether an interrupt that arrives now was typed into a guest: one that ended the guest was
    /// sent to us as well, and can be heard of after the guest's end.
    pub fn interrupt_is_guests(&self) -> bool {
        // In this order: a guest that leaves in between has left its time behind.
        self.holder() == Holder::Guest
            || self
                .guest_left()
                .is_some_and(|left| left.elapsed() < AFTERMATH)
    }

    fn guest_left(&self) -> MutexGuard<'_, Option<Instant>> {
        let left = self.0.guest_left.lock();
        left.unwrap_or_else(PoisonError::into_inner)
    }

    /// Gives it back as it was found if the screen has it, and does nothing otherwise: a guest's
    /// modes are the guest's. Can be called from any thread, any number of times.
    pub fn give_back(&self) {
        self.release(Holder::Starter);
    }

    /// Waits until the terminal is gone: its window closed, its connection lost. `false` where the
    /// system cannot watch a terminal for that.
    pub fn wait_for_hang_up(&self) -> bool {
        loop {
            // A hang-up is always reported, so nothing has to be asked for.
            let mut watched = [PollFd::new(&self.0.input, PollFlags::empty())];
            match poll(&mut watched, None) {
                Ok(_) => {
                    return watched[0]
                        .revents()
                        .intersects(PollFlags::HUP | PollFlags::ERR);
                }
                Err(Errno::INTR) => {}
                Err(_) => return false,
            }
        }
    }

    /// Gives it back for the time that the process is stopped, if the screen has it.
    pub(super) fn yield_to_stopper(&self) {
        if self.holder() == Holder::Screen {
            self.release(Holder::Stopper);
        }
    }

    /// Takes it for the screen again after the process was stopped, by whatever, and answers whether
    /// the screen has it now: a guest keeps it, an ending has no more use for it, and from the
    /// background nothing is taken.
    pub(super) fn take_again(&self) -> io::Result<bool> {
        let holder = self.holder();
        if matches!(holder, Holder::Starter | Holder::Guest) {
            return Ok(false);
        }
        if holder == Holder::Screen {
            // Stopped without a chance to give it back. The alternate screen is left now, or the
            // cursor would be kept where the shell has put it there.
            Output(self.clone()).write_all(GIVE_BACK)?;
            self.pass_on(Holder::Screen, Holder::Stopper);
        }
        // Setting modes from there would stop us again, even if we are about to end.
        if !self.is_in_background() {
            self.take(Holder::Stopper)?;
        }
        Ok(self.holder() == Holder::Screen)
    }

    /// Takes it from `from` for the screen.
    fn take(&self, from: Holder) -> io::Result<()> {
        let mut raw = self.0.found.clone();
        raw.make_raw();
        tcsetattr(&self.0.input, OptionalActions::Now, &raw)?;
        if !self.pass_on(from, Holder::Screen) {
            // An ending on another thread has been faster.
            return Ok(tcsetattr(
                &self.0.input,
                OptionalActions::Now,
                &self.0.found,
            )?);
        }
        Output(self.clone()).write_all(TAKE)
    }

    /// Notes another holder, unless it has changed hands meanwhile.
    fn pass_on(&self, from: Holder, to: Holder) -> bool {
        self.0
            .holder
            .compare_exchange(from as u8, to as u8, Ordering::SeqCst, Ordering::SeqCst)
            .is_ok()
    }

    /// Whether another program of the same session is in front of the terminal.
    fn is_in_background(&self) -> bool {
        tcgetpgrp(&self.0.input).is_ok_and(|front| front != getpgrp())
    }

    fn release(&self, to: Holder) {
        let before = self.0.holder.swap(to as u8, Ordering::SeqCst);
        if from_number(before) != Holder::Screen {
            return;
        }
        // Nothing can be done about a failure: the terminal is gone, and with it what to restore.
        // The modes come first because setting them never blocks.
        let _ = tcsetattr(&self.0.input, OptionalActions::Now, &self.0.found);
        let mut output = [PollFd::new(&self.0.output, PollFlags::OUT)];
        if poll(&mut output, Some(&STALLED)).is_ok_and(|ready| ready > 0) {
            let _ = rustix::io::write(&self.0.output, GIVE_BACK);
        }
    }
}

fn from_number(number: u8) -> Holder {
    match number {
        1 => Holder::Screen,
        2 => Holder::Guest,
        3 => Holder::Stopper,
        _ => Holder::Starter,
    }
}

/// Writes to the terminal while the screen has it, and nowhere otherwise: a frame that another
/// thread is still drawing must not land on a terminal that was given back.
///
/// Not `Stdout`, whose lock a thread may hold that waits for a stalled terminal.
pub struct Output(Tty);

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.0.holder() {
            Holder::Screen => Ok(rustix::io::write(&self.0.0.output, bytes)?),
            Holder::Starter | Holder::Guest | Holder::Stopper => Ok(bytes.len()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The whole terminal as a screen to draw on. Dropping it gives the terminal back.
pub struct Screen {
    tty: Tty,
    terminal: Terminal<Drawing<BufWriter<Output>>>,
}

impl Screen {
    /// Takes the terminal. Have [`Ending`](super::ending::Ending) in place before.
    pub fn enter(tty: Tty, cursor: HardwareCursor) -> io::Result<Self> {
        // With NO_COLOR crossterm drops bold and reversed as well; the theme honours it better.
        crossterm::style::force_color_output(true);
        let output = BufWriter::with_capacity(FRAME_BYTES, Output(tty.clone()));
        let terminal = Terminal::new(Drawing::new(output, cursor))?;
        let screen = Self { tty, terminal };
        screen.tty.take(Holder::Starter)?;
        Ok(screen)
    }

    /// Its size now.
    pub fn size(&self) -> io::Result<Size> {
        let size = self.terminal.size()?;
        Ok(Size {
            columns: size.width,
            rows: size.height,
        })
    }

    /// Has the next frame drawn whole, over whatever another program may have left there.
    pub fn redraw(&mut self) -> io::Result<()> {
        // Not `clear`, which asks the terminal for the cursor while the input thread reads.
        let size = self.terminal.size()?;
        self.terminal.resize(size.into())
    }

    /// Draws one frame; only what differs from the last is written.
    pub fn draw(&mut self, picture: impl FnOnce(&mut Frame)) -> io::Result<()> {
        self.terminal.draw(picture).map(drop)
    }

    /// Sends a control sequence of our own making, such as one that copies.
    pub fn send(&mut self, sequence: &[u8]) -> io::Result<()> {
        self.terminal.backend_mut().send(sequence)
    }

    /// Stops the process as Ctrl-Z does. What that does to the terminal is seen to where signals
    /// are watched.
    pub fn suspend(&self) -> io::Result<()> {
        // The whole group, as the terminal would: a shell waits for everything that it started.
        Ok(kill_process_group(getpgrp(), Signal::TSTP)?)
    }

    /// Lends the terminal to `guest`, which runs a program and waits for its end; meanwhile nobody
    /// here reads a key. Draw afterwards.
    ///
    /// # Errors
    /// When the terminal cannot be taken again.
    pub fn hand_over<T>(&mut self, input: &mut Input, guest: impl FnOnce() -> T) -> io::Result<T> {
        let _paused = input.pause();
        self.tty.release(Holder::Guest);
        let answer = guest();
        *self.tty.guest_left() = Some(Instant::now());
        self.tty.take(Holder::Guest)?;
        // It can have another size by now.
        self.redraw()?;
        Ok(answer)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.tty.give_back();
    }
}
