//! The terminal: taking it for the screen, lending it to another program, and restoring it from any
//! thread at any time. What is drawn, and when the program ends, is decided elsewhere.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use ratatui::backend::Backend;
use ratatui::{Frame, Terminal};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process::{Signal, getpgrp, kill_process_group};
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcgetpgrp, tcsetattr};

use super::drawing::{Drawing, FrameExtras};
use super::graphics::Graphics;
use super::hyperlinks::Hyperlinks;
use super::input::InputReader;
use crate::app::CellSize;
use crate::app::geometry::Size;
use crate::config::{HardwareCursor, Hyperlinking, Mouse, ScreenReader};

/// Alternate screen, hidden cursor, no line wrapping, bracketed paste. Everything set here is undone
/// below.
const TAKE: &[u8] = b"\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?2004h";

/// The mouse as well, including drags, in SGR format (xterm, Control Sequences: Mouse Tracking).
/// Selecting text then needs Shift.
const TAKE_MOUSE: &[u8] = b"\x1b[?1002h\x1b[?1006h";

/// The opposite.
const LEAVE_MOUSE: &[u8] = b"\x1b[?1006l\x1b[?1002l";

/// The opposite, after ending an update and resetting colours and attributes.
const GIVE_BACK: &[u8] =
    b"\x1b[?2026l\x1b[0m\x1b[?1006l\x1b[?1002l\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[?1049l";

/// The same, after ending a link: a frame may have been cut short.
const GIVE_BACK_LINKED: &[u8] =
    b"\x1b[?2026l\x1b]8;;\x1b\\\x1b[0m\x1b[?1006l\x1b[?1002l\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[?1049l";

/// How long a terminal that accepts no output, as after Ctrl-S, may delay restoring it.
const STALLED: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 300_000_000,
};

/// How long after a guest has ended an interrupt is still taken to be meant for it.
const AFTERMATH: Duration = Duration::from_secs(1);

/// Enough for a frame on a large screen, so that it goes out in one write.
const FRAME_BYTES: usize = 256 * 1024;

/// The terminal that this process was started in, and the modes it was found in. Clones share it.
/// Restoring needs no lock, so neither a panic nor a signal can deadlock on it.
#[derive(Clone)]
pub struct Tty(Arc<Inner>);

struct Inner {
    input: OwnedFd,
    output: OwnedFd,
    /// The modes to restore.
    found: Termios,
    /// Whether the screen has the mouse as well.
    takes_mouse: AtomicBool,
    /// Whether frames have links.
    has_links: AtomicBool,
    holder: AtomicU8,
    guest_left: Mutex<Option<Instant>>,
}

/// Who has the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Holder {
    /// The process that started this one; its modes are as they were found.
    Starter,
    /// The screen.
    Screen,
    /// A program that runs in the terminal until it ends, such as a terminal browser.
    Guest,
    /// The process that stopped this one, until it continues.
    Stopper,
}

impl Tty {
    /// Opens the terminal without changing anything.
    ///
    /// # Errors
    /// If stdout is not a terminal, or there is no terminal to read keys from.
    pub fn open() -> io::Result<Self> {
        let output = io::stdout();
        if !output.is_terminal() {
            return Err(io::Error::other("standard output is not a terminal"));
        }
        let stdin = io::stdin();
        // Like crossterm, which reads the keys: stdin may be a pipe.
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
            takes_mouse: AtomicBool::new(false),
            has_links: AtomicBool::new(false),
            input,
            output: output.as_fd().try_clone_to_owned()?,
            holder: AtomicU8::new(Holder::Starter as u8),
            guest_left: Mutex::default(),
        })))
    }

    /// Who has the terminal now.
    pub fn holder(&self) -> Holder {
        from_number(self.0.holder.load(Ordering::SeqCst))
    }

    /// Whether an interrupt arriving now was typed into a guest. An interrupt that ended the guest
    /// goes to this process as well, and may arrive after the guest's end.
    pub fn interrupt_is_guests(&self) -> bool {
        // In this order: a guest that ends in between has recorded its time.
        self.holder() == Holder::Guest
            || self
                .guest_left()
                .is_some_and(|left| left.elapsed() < AFTERMATH)
    }

    fn guest_left(&self) -> MutexGuard<'_, Option<Instant>> {
        let left = self.0.guest_left.lock();
        left.unwrap_or_else(PoisonError::into_inner)
    }

    /// Restores the terminal if the screen has it; otherwise does nothing, since a guest's modes
    /// are its own. May be called from any thread, any number of times.
    pub fn give_back(&self) {
        self.release(Holder::Starter);
    }

    /// Waits until the terminal is gone: window closed, connection lost. Returns `false` if the
    /// system cannot watch a terminal for that.
    pub fn wait_for_hang_up(&self) -> bool {
        loop {
            // Hang-ups are always reported, so no events need to be requested.
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

    /// Restores the terminal while the process is stopped, if the screen has it.
    pub(super) fn yield_to_stopper(&self) {
        if self.holder() == Holder::Screen {
            self.release(Holder::Stopper);
        }
    }

    /// Takes the terminal for the screen again after the process was stopped, by whatever means.
    /// Returns whether the screen has it now: a guest keeps it, an ending process no longer needs it,
    /// and a background process must not take it.
    pub(super) fn take_again(&self) -> io::Result<bool> {
        let holder = self.holder();
        if matches!(holder, Holder::Starter | Holder::Guest) {
            return Ok(false);
        }
        if holder == Holder::Screen {
            // Stopped without a chance to restore it. Leave the alternate screen now, or the cursor
            // would stay where the shell has put it there.
            ScreenWriter(self.clone()).write_all(self.giving_back())?;
            self.pass_on(Holder::Screen, Holder::Stopper);
        }
        // Setting modes from the background would stop the process again, even if it is about to end.
        if !self.is_in_background() {
            self.take(Holder::Stopper)?;
        }
        Ok(self.holder() == Holder::Screen)
    }

    /// Takes it for the screen from `from`.
    fn take(&self, from: Holder) -> io::Result<()> {
        let mut raw = self.0.found.clone();
        raw.make_raw();
        tcsetattr(&self.0.input, OptionalActions::Now, &raw)?;
        if !self.pass_on(from, Holder::Screen) {
            // Another thread has begun to end the process.
            return Ok(tcsetattr(
                &self.0.input,
                OptionalActions::Now,
                &self.0.found,
            )?);
        }
        ScreenWriter(self.clone()).write_all(TAKE)?;
        match self.0.takes_mouse.load(Ordering::SeqCst) {
            true => ScreenWriter(self.clone()).write_all(TAKE_MOUSE),
            false => Ok(()),
        }
    }

    /// Takes the mouse, or leaves it to the terminal, now and whenever the screen has the terminal.
    fn set_mouse(&self, mouse: Mouse) -> io::Result<()> {
        let takes = mouse == Mouse::Used;
        let took = self.0.takes_mouse.swap(takes, Ordering::SeqCst);
        if takes == took || self.holder() != Holder::Screen {
            return Ok(());
        }
        let sequence = if takes { TAKE_MOUSE } else { LEAVE_MOUSE };
        ScreenWriter(self.clone()).write_all(sequence)
    }

    fn giving_back(&self) -> &'static [u8] {
        match self.0.has_links.load(Ordering::SeqCst) {
            true => GIVE_BACK_LINKED,
            false => GIVE_BACK,
        }
    }

    /// Changes the holder, unless another thread has done so first.
    fn pass_on(&self, from: Holder, to: Holder) -> bool {
        self.0
            .holder
            .compare_exchange(from as u8, to as u8, Ordering::SeqCst, Ordering::SeqCst)
            .is_ok()
    }

    /// Whether another program of the same session is in the foreground.
    fn is_in_background(&self) -> bool {
        tcgetpgrp(&self.0.input).is_ok_and(|front| front != getpgrp())
    }

    fn release(&self, to: Holder) {
        let before = self.0.holder.swap(to as u8, Ordering::SeqCst);
        if from_number(before) != Holder::Screen {
            return;
        }
        // Failures are ignored: the terminal is gone, and nothing is left to restore. Modes come
        // first because setting them never blocks.
        let _ = tcsetattr(&self.0.input, OptionalActions::Now, &self.0.found);
        let mut output = [PollFd::new(&self.0.output, PollFlags::OUT)];
        if poll(&mut output, Some(&STALLED)).is_ok_and(|ready| ready > 0) {
            let _ = rustix::io::write(&self.0.output, self.giving_back());
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

/// Writes to the terminal while the screen has it, and otherwise discards: a frame that another
/// thread is still drawing must not land on a terminal that was given back.
///
/// Not `Stdout`, whose lock may be held by a thread waiting for a stalled terminal.
pub struct ScreenWriter(Tty);

impl Write for ScreenWriter {
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

/// How the screen uses the terminal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    pub cursor: HardwareCursor,
    pub screen_reader: ScreenReader,
    pub mouse: Mouse,
    pub hyperlinks: Hyperlinking,
    /// The query to send whenever the terminal may have changed.
    pub question: Vec<u8>,
}

/// The whole terminal as a screen to draw on. Dropping it restores the terminal.
pub struct Screen {
    tty: Tty,
    terminal: Terminal<Drawing<BufWriter<ScreenWriter>>>,
    question: Vec<u8>,
    hyperlinks: Hyperlinking,
    /// Where the links and pictures of a frame go.
    beside: Rc<RefCell<FrameExtras>>,
}

impl Screen {
    /// Takes the terminal, and sends it a query if there is one. Set up
    /// [`Ending`](super::ending::Ending) first.
    pub fn enter(tty: Tty, usage: Usage) -> io::Result<Self> {
        // With NO_COLOR crossterm drops bold and reversed as well; the theme handles it better.
        crossterm::style::force_color_output(true);
        let output = BufWriter::with_capacity(FRAME_BYTES, ScreenWriter(tty.clone()));
        let drawing = Drawing::new(output);
        let mut screen = Self {
            tty,
            beside: drawing.beside(),
            terminal: Terminal::new(drawing)?,
            question: Vec::new(),
            hyperlinks: Hyperlinking::default(),
        };
        screen.tty.take(Holder::Starter)?;
        screen.use_as(usage)?;
        Ok(screen)
    }

    /// The current size.
    pub fn size(&self) -> io::Result<Size> {
        let size = self.terminal.size()?;
        Ok(Size {
            columns: size.width,
            rows: size.height,
        })
    }

    /// The size of a cell, if the terminal reports it. The system knows it from the terminal; no
    /// query is sent.
    pub fn cell_size(&mut self) -> Option<CellSize> {
        let size = self.terminal.backend_mut().window_size().ok()?;
        let (pixels, cells) = (size.pixels, size.columns_rows);
        let width = pixels.width.checked_div(cells.width)?;
        let height = pixels.height.checked_div(cells.height)?;
        (width > 0 && height > 0).then_some(CellSize { width, height })
    }

    /// Uses the terminal in a different way from now on.
    pub fn use_as(&mut self, usage: Usage) -> io::Result<()> {
        let drawing = self.terminal.backend_mut();
        drawing.set_cursor(usage.cursor);
        drawing.set_reader(usage.screen_reader);
        self.tty.set_mouse(usage.mouse)?;
        self.hyperlinks = usage.hyperlinks;
        if usage.hyperlinks == Hyperlinking::On {
            self.tty.0.has_links.store(true, Ordering::SeqCst);
        }
        let asked = std::mem::replace(&mut self.question, usage.question);
        match asked == self.question {
            true => Ok(()),
            false => self.ask(),
        }
    }

    /// Sends the terminal all queries, in one write.
    fn ask(&mut self) -> io::Result<()> {
        let question = self.question.as_slice();
        self.terminal.backend_mut().send(question)
    }

    /// Makes the next frame redraw everything, over anything that another program left behind.
    /// Queries the terminal again, since its colours may have changed.
    pub fn redraw(&mut self) -> io::Result<()> {
        self.ask()?;
        // Not `clear`, which queries the cursor position while the input thread reads.
        let size = self.terminal.size()?;
        self.terminal.resize(size.into())
    }

    /// Draws one frame, writing only the differences from the last. `picture` draws it, and returns
    /// the pictures for the terminal to show and a closure that says where cells lead, which is
    /// called only if the terminal can have links.
    pub fn draw<L: FnOnce() -> Hyperlinks>(
        &mut self,
        picture: impl FnOnce(&mut Frame) -> (Graphics, L),
    ) -> io::Result<()> {
        let drawn = self.terminal.draw(|frame| {
            let (graphics, links) = picture(frame);
            let links = match self.hyperlinks {
                Hyperlinking::On => links(),
                Hyperlinking::Off => Hyperlinks::default(),
            };
            *self.beside.borrow_mut() = FrameExtras { links, graphics };
        });
        drawn.map(drop)
    }

    /// Sends one of this program's own control sequences, such as copying to the clipboard.
    pub fn send(&mut self, sequence: &[u8]) -> io::Result<()> {
        self.terminal.backend_mut().send(sequence)
    }

    /// Stops the process as Ctrl-Z does. `signals` takes care of the terminal.
    pub fn suspend(&self) -> io::Result<()> {
        // The whole process group, as the terminal would: a shell waits for everything it has
        // started.
        Ok(kill_process_group(getpgrp(), Signal::TSTP)?)
    }

    /// Lends the terminal to `guest`, which runs a program and waits for it to end; no keys are
    /// read here meanwhile. Draw afterwards.
    ///
    /// # Errors
    /// If the terminal cannot be taken back.
    pub fn hand_over<T>(
        &mut self,
        input: &mut InputReader,
        guest: impl FnOnce() -> T,
    ) -> io::Result<T> {
        let _paused = input.pause();
        self.tty.release(Holder::Guest);
        let answer = guest();
        *self.tty.guest_left() = Some(Instant::now());
        self.tty.take(Holder::Guest)?;
        // The size may have changed.
        self.redraw()?;
        Ok(answer)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // It drops them by itself once it needs the room.
        let _ = self.terminal.backend_mut().drop_pictures();
        self.tty.give_back();
    }
}
