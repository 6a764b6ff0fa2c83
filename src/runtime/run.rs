//! The loop: takes everything from one channel, updates the app, carries out its effects, and draws
//! once when nothing more is waiting. Makes no decisions.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use crossterm::event::Event as TerminalEvent;
use jiff::Timestamp;

use super::appearance;
use super::canvas::{self, TerminalAnswers};
use super::effect_runner::EffectRunner;
use super::effects::{Next, carry_out};
use super::ending::Ending;
use super::graphics::Graphics;
use super::history;
use super::hyperlinks::Hyperlinks;
use super::input::{InputReader, Sent, gesture};
use super::log;
use super::loop_message::{LoopMessage, NewConfig};
use super::options::Options;
use super::signals;
use super::spare;
use super::terminal::{Screen, Tty};
use super::terminal_query::TerminalAnswer;
use super::underway::Underway;
use super::variables::variable;
use crate::app::geometry::Size;
use crate::app::{
    App, Canvas, Configured, Effect, Event, KeyPress, PointerEvent, Start, TimeShown,
};
use crate::command::Key;
use crate::config::Config;
use crate::format::link::Link;
use crate::ui::{self, Targets};

/// How often to tell the app the time, for ages and for messages that expire.
const TICK: Duration = Duration::from_secs(1);
/// The same while something on the screen is animated, such as a gauge.
const TICK_MOVING: Duration = Duration::from_millis(80);
/// How long the first frame waits for the terminal's background, if the theme depends on it.
const ANSWER: Duration = Duration::from_millis(100);
/// How long the channel may be drained before a frame is drawn.
const BURST: Duration = Duration::from_millis(25);

/// How the reader ended.
pub struct ReaderEnd {
    /// A summary of what was decided, if anything.
    pub summary: Option<String>,
    /// What went wrong while it was being left.
    pub untold: Vec<String>,
    /// The name of the library to open instead.
    pub next: Option<String>,
}

/// Runs the reader until the person quits.
///
/// # Errors
/// If there is no terminal, if it can no longer be read or written, or if a thread cannot be
/// started.
pub fn run(options: Options) -> Result<ReaderEnd> {
    spare::keep_little();
    log::start(options.places.state_folder().as_deref());
    let tty = Tty::open().context("the terminal cannot be used")?;
    let underway = Underway::default();
    let ending = Ending::new(tty.clone(), underway.clone());
    ending.on_panic();
    let (sender, messages) = channel();
    signals::watch(&ending, tell_continued(sender.clone())).context("signals cannot be watched")?;
    let usage = appearance::usage(&options.config, variable);
    let asks = !usage.question.is_empty();
    let screen = Screen::enter(tty, usage).context("the terminal cannot be used")?;
    let started = Instant::now();
    let input =
        InputReader::start(hear(sender.clone(), started)).context("the keys cannot be read")?;
    // Created first: it restores the kept library during the rest of the setup.
    let mut outside = EffectRunner::new(&options, screen, input, &underway, sender)?;
    let history = options.places.state_folder();
    let history = history.map_or_else(Vec::new, |folder| history::load(&folder));
    let known = TerminalAnswers::default();
    let app = App::new(Start {
        source: options.source,
        size: outside.screen.size()?,
        canvas: canvas_of(&options.config, &known, &mut outside.screen),
        now: Timestamp::now(),
        zone: options.config.zone(),
        glyphs: appearance::glyphs(&options.config, variable),
        terminal: appearance::terminal(options.config.background, variable),
        keymap: options.keymap,
        history,
        config: options.config,
    });
    Loop {
        app,
        known,
        messages,
        targets: Targets::default(),
        outside,
        started,
        ticked: Instant::now(),
        drawn: None,
    }
    .run(if asks { ANSWER } else { Duration::ZERO })
}

/// How the screen can show pictures, given what is known about the terminal so far.
fn canvas_of(config: &Config, known: &TerminalAnswers, screen: &mut Screen) -> Canvas {
    let glyphs = appearance::glyphs(config, variable);
    let depth = appearance::terminal(config.background, variable).depth;
    canvas::canvas(config, glyphs, depth, known, screen.cell_size())
}

fn tell_continued(sender: Sender<LoopMessage>) -> impl Fn() + Send + Sync + 'static {
    move || {
        // Fails only once the app is quitting.
        let _ = sender.send(LoopMessage::Continued);
    }
}

/// Turns the terminal's input into events, and leaves out what the app has no use for. Each key
/// carries the time it was read, however long it then waits.
fn hear(
    sender: Sender<LoopMessage>,
    started: Instant,
) -> impl Fn(io::Result<Sent>) + Send + 'static {
    move |heard| {
        let event = match heard {
            Ok(Sent::Told(TerminalAnswer::Colour(slot, colour))) => {
                Some(Event::Colour(slot, colour))
            }
            Ok(Sent::Told(told @ (TerminalAnswer::Name(_) | TerminalAnswer::ShowsPictures))) => {
                let _ = sender.send(LoopMessage::Told(told));
                None
            }
            Ok(Sent::Event(TerminalEvent::Key(key))) => Key::from_event(key).map(|key| {
                let at = started.elapsed();
                Event::Key(KeyPress { key, at })
            }),
            Ok(Sent::Event(TerminalEvent::Mouse(mouse))) => {
                if let Some(gesture) = gesture(mouse.kind) {
                    let (x, y, at) = (mouse.column, mouse.row, started.elapsed());
                    let _ = sender.send(LoopMessage::Pointer(gesture, x, y, at));
                }
                None
            }
            Ok(Sent::Event(TerminalEvent::Paste(text))) => Some(Event::Paste(text)),
            Ok(Sent::Event(TerminalEvent::Resize(columns, rows))) => {
                Some(Event::Resize(Size { columns, rows }))
            }
            Ok(Sent::Event(_)) => None,
            Err(error) => {
                let _ = sender.send(LoopMessage::Lost(error));
                None
            }
        };
        if let Some(event) = event {
            // Fails only once the app is quitting.
            let _ = sender.send(LoopMessage::Event(event));
        }
    }
}

struct Loop {
    app: App,
    /// What the terminal has said about itself.
    known: TerminalAnswers,
    messages: Receiver<LoopMessage>,
    /// Where the last frame drew what.
    targets: Targets,
    outside: EffectRunner,
    started: Instant,
    ticked: Instant,
    /// What the last frame showed of the time; `None` if anything has happened since.
    drawn: Option<TimeShown>,
}

impl Loop {
    /// `patience` is how long to wait for the terminal's background.
    fn run(mut self, patience: Duration) -> Result<ReaderEnd> {
        let effects = self.app.begin();
        let mut next = self.carry_out(effects)?;
        let until = Instant::now() + patience;
        while next == Next::Wait && self.app.cx().env.looks.lacks_background() {
            let left = until.saturating_duration_since(Instant::now());
            // A message that is already waiting is received even if no time is left.
            if left.is_zero() {
                break;
            }
            match self.messages.recv_timeout(left) {
                Ok(message) => next = self.take(message)?,
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
            }
        }
        while next == Next::Wait {
            next = self.draw()?;
            if next == Next::Wait {
                next = self.wait()?;
            }
        }
        Ok(ReaderEnd {
            summary: self.app.summary(),
            untold: self.app.untold().to_vec(),
            next: self.app.next_library().map(str::to_owned),
        })
    }

    /// Draws a frame, unless it would be the same as the last one.
    fn draw(&mut self) -> Result<Next> {
        let shown = self.app.time_shown();
        if self.drawn == Some(shown) {
            return Ok(Next::Wait);
        }
        self.drawn = Some(shown);
        let (app, targets) = (&self.app, &mut self.targets);
        let screen = &mut self.outside.screen;
        screen.draw(|frame| {
            *targets = ui::draw(app, frame);
            (Graphics::of(targets), || hyperlinks(targets))
        })?;
        let effects = self.app.update(Event::Drawn(self.started.elapsed()));
        self.carry_out(effects)
    }

    /// Waits for something to happen, and handles everything that has arrived by then.
    fn wait(&mut self) -> Result<Next> {
        let patience = self.tick_after().saturating_sub(self.ticked.elapsed());
        let first = match self.messages.recv_timeout(patience) {
            Ok(message) => Some(message),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => return Ok(Next::Quit),
        };
        if self.tick()? == Next::Quit {
            return Ok(Next::Quit);
        }
        let begun = Instant::now();
        let mut next = first;
        while let Some(message) = next {
            if self.take(message)? == Next::Quit {
                return Ok(Next::Quit);
            }
            next = if begun.elapsed() < BURST {
                self.messages.try_recv().ok()
            } else {
                None
            };
        }
        Ok(Next::Wait)
    }

    fn tick_after(&self) -> Duration {
        if self.app.is_moving() {
            TICK_MOVING
        } else {
            TICK
        }
    }

    fn tick(&mut self) -> Result<Next> {
        if self.ticked.elapsed() < self.tick_after() {
            return Ok(Next::Wait);
        }
        self.ticked = Instant::now();
        // A resize can be missed before the input thread runs, or while suspended.
        let size = self.outside.screen.size()?;
        if size != self.app.cx().env.size && self.happen(Event::Resize(size))? == Next::Quit {
            return Ok(Next::Quit);
        }
        let effects = self.app.update(Event::Tick {
            now: Timestamp::now(),
            uptime: self.started.elapsed(),
        });
        if !effects.is_empty() {
            self.drawn = None;
        }
        self.carry_out(effects)
    }

    fn take(&mut self, message: LoopMessage) -> Result<Next> {
        self.drawn = None;
        match message {
            LoopMessage::Event(event) => self.happen(event),
            LoopMessage::Found => match self.outside.take_batch() {
                Some(batch) => self.happen(Event::Found(batch)),
                None => Ok(Next::Wait),
            },
            LoopMessage::Pointer(gesture, x, y, at) => {
                let target = self.targets.at(x, y);
                self.happen(Event::Pointer(PointerEvent {
                    gesture,
                    x,
                    y,
                    target,
                    at,
                }))
            }
            LoopMessage::Told(told) => {
                self.known.note(told);
                self.look_at_canvas()
            }
            LoopMessage::Opening(id, link, outcome) => {
                self.outside.go_on_opening(id, link, outcome)?;
                Ok(Next::Wait)
            }
            LoopMessage::Configured(configured) => {
                let configured = match configured {
                    Ok(new) => Ok(Box::new(self.take_config(*new)?)),
                    Err(troubles) => Err(troubles),
                };
                self.happen(Event::Configured(configured))
            }
            LoopMessage::Copy(copy) => {
                self.outside.copy_by_terminal(copy)?;
                Ok(Next::Wait)
            }
            LoopMessage::Continued => {
                self.outside.screen.redraw()?;
                let size = self.outside.screen.size()?;
                self.happen(Event::Resize(size))
            }
            LoopMessage::Lost(error) => Err(error).context("the terminal can no longer be read"),
        }
    }

    /// Applies the parts of a configuration that concern the terminal.
    fn take_config(&mut self, new: NewConfig) -> Result<Configured> {
        let NewConfig { config, keymap } = new;
        let config = Arc::new(config);
        let usage = appearance::usage(&config, variable);
        let screen = &mut self.outside.screen;
        screen
            .use_as(usage)
            .context("the terminal cannot be used")?;
        let canvas = canvas_of(&config, &self.known, screen);
        self.outside.config = Arc::clone(&config);
        Ok(Configured {
            glyphs: appearance::glyphs(&config, variable),
            terminal: appearance::terminal(config.background, variable),
            canvas,
            zone: config.zone(),
            config,
            keymap,
        })
    }

    fn happen(&mut self, event: Event) -> Result<Next> {
        self.drawn = None;
        // The size of the letters may have changed too.
        let is_resized = matches!(event, Event::Resize(_));
        let effects = self.app.update(event);
        match self.carry_out(effects)? {
            Next::Wait if is_resized => self.look_at_canvas(),
            next @ (Next::Wait | Next::Quit) => Ok(next),
        }
    }

    /// Tells the app if the way to show pictures has changed.
    fn look_at_canvas(&mut self) -> Result<Next> {
        let canvas = canvas_of(&self.outside.config, &self.known, &mut self.outside.screen);
        match canvas == self.app.cx().env.offered {
            true => Ok(Next::Wait),
            false => self.happen(Event::Canvas(canvas)),
        }
    }

    fn carry_out(&mut self, effects: Vec<Effect>) -> Result<Next> {
        carry_out(&self.app, effects, &mut self.outside)
    }
}

/// The links on the cells of a frame.
fn hyperlinks(targets: &Targets) -> Hyperlinks {
    let mut links = Hyperlinks::default();
    for (y, columns, url) in targets.links() {
        if let Ok(link) = Link::parse(url) {
            links.add(y, columns, &link);
        }
    }
    links
}
