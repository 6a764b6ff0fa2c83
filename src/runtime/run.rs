//! The loop: everything that happens comes through one channel, the state changes by it, what it
//! asks for is carried out, and when nothing more waits the screen is drawn once. Not for deciding
//! anything.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use crossterm::event::Event as TerminalEvent;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::appearance;
use super::asides::{Among, Aside};
use super::ending::Ending;
use super::history;
use super::input::Input;
use super::log;
use super::outside::Outside;
use super::searcher::Question;
use super::signals;
use super::terminal::{Screen, Tty};
use super::wake::Wake;
use crate::app::geometry::Size;
use crate::app::{Effect, Event, Loading, Start, State, update};
use crate::command::{Key, Keymap};
use crate::config::{MarkRead, Places, Signs};
use crate::library::Source;
use crate::query::Clock;
use crate::ui::{self, Theme};

/// How often the state is told the time, for ages and for messages that leave.
const TICK: Duration = Duration::from_secs(1);
/// The same while the library is coming in: a gauge moves.
const TICK_LOADING: Duration = Duration::from_millis(80);
/// The longest that what waits in the channel is taken before a frame is drawn.
const BURST: Duration = Duration::from_millis(25);

/// What the reader starts with.
pub struct Options {
    pub source: Source,
    pub keymap: Keymap,
    pub signs: Signs,
    /// The file of the desk; `None`: nothing says where.
    pub desk: Option<PathBuf>,
    pub mark_read: MarkRead,
    /// A person's own views: names and queries.
    pub views: Vec<(String, String)>,
    pub places: Places,
}

/// Runs the reader until the person quits. Answers what was decided, if anything was.
///
/// # Errors
/// When there is no terminal, it cannot be read or written any more, or the system gives no thread.
pub fn run(options: Options) -> Result<Option<String>> {
    log::start(options.places.state_folder().as_deref());
    let tty = Tty::open().context("the terminal cannot be used")?;
    let ending = Ending::new(tty.clone());
    ending.on_panic();
    signals::watch(&ending).context("signals cannot be watched")?;
    let screen = Screen::enter(tty).context("the terminal cannot be used")?;
    let (sender, wakes) = channel();
    let input = Input::start(hear(sender.clone())).context("the keys cannot be read")?;
    // First, as it restores what was kept while the rest is got ready.
    let outside = Outside::new(
        options.source.clone(),
        options.desk,
        &options.places,
        screen,
        input,
        sender,
    )?;
    let history = options.places.state_folder();
    let history = history.map_or_else(Vec::new, |folder| history::load(&folder));
    let state = State::new(Start {
        source: options.source,
        size: outside.screen.size()?,
        now: Timestamp::now(),
        zone: TimeZone::system(),
        signs: appearance::signs(options.signs, variable),
        keymap: options.keymap,
        history,
        views: options.views,
        mark_read: options.mark_read,
    });
    Loop {
        state,
        theme: appearance::theme(variable),
        wakes,
        outside,
        ticked: Instant::now(),
        followed: 0,
    }
    .run()
}

fn variable(name: &str) -> Option<String> {
    std::env::var_os(name).map(|value| value.to_string_lossy().into_owned())
}

/// Turns what the terminal tells into events, and leaves out what the app has no use for.
fn hear(sender: Sender<Wake>) -> impl Fn(io::Result<TerminalEvent>) + Send + 'static {
    move |heard| {
        let event = match heard {
            Ok(TerminalEvent::Key(key)) => Key::from_event(key).map(Event::Key),
            Ok(TerminalEvent::Paste(text)) => Some(Event::Paste(text)),
            Ok(TerminalEvent::Resize(columns, rows)) => Some(Event::Resize(Size { columns, rows })),
            Ok(_) => None,
            Err(error) => {
                let _ = sender.send(Wake::Lost(error));
                None
            }
        };
        if let Some(event) = event {
            // Nobody listens any more once the app is quitting.
            let _ = sender.send(Wake::Event(event));
        }
    }
}

/// Whether the loop goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    Wait,
    Quit,
}

struct Loop {
    state: State,
    theme: Theme,
    wakes: Receiver<Wake>,
    outside: Outside,
    ticked: Instant,
    /// How many articles the desk knows.
    followed: usize,
}

impl Loop {
    fn run(mut self) -> Result<Option<String>> {
        let effects = self.state.begin();
        let mut next = self.carry_out(effects)?;
        while next == Next::Wait {
            self.outside
                .screen
                .draw(|frame| ui::draw(&self.state, &self.theme, frame))?;
            next = self.wait()?;
        }
        Ok(self.state.summary())
    }

    /// Waits for something to happen, and takes everything that has happened by then.
    fn wait(&mut self) -> Result<Next> {
        let first = match self
            .wakes
            .recv_timeout(self.tick_after().saturating_sub(self.ticked.elapsed()))
        {
            Ok(wake) => Some(wake),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => return Ok(Next::Quit),
        };
        self.tick()?;
        let begun = Instant::now();
        let mut next = first;
        while let Some(wake) = next {
            if self.take(wake)? == Next::Quit {
                return Ok(Next::Quit);
            }
            next = if begun.elapsed() < BURST {
                self.wakes.try_recv().ok()
            } else {
                None
            };
        }
        Ok(Next::Wait)
    }

    fn tick_after(&self) -> Duration {
        match self.state.loading {
            Loading::Ready => TICK,
            Loading::Growing | Loading::Restored | Loading::Checking | Loading::Again(_) => {
                TICK_LOADING
            }
        }
    }

    fn tick(&mut self) -> Result<()> {
        if self.ticked.elapsed() >= self.tick_after() {
            self.ticked = Instant::now();
            // A change of size can slip by before the keys are listened to, or while suspended.
            let size = self.outside.screen.size()?;
            if size != self.state.size {
                update(&mut self.state, Event::Resize(size));
            }
            let effects = update(&mut self.state, Event::Tick(Timestamp::now()));
            self.carry_out(effects)?;
        }
        Ok(())
    }

    fn take(&mut self, wake: Wake) -> Result<Next> {
        let event = match wake {
            Wake::Event(event) => event,
            Wake::Opening(link, outcome) => match self.outside.go_on_opening(link, outcome)? {
                Some(event) => event,
                None => return Ok(Next::Wait),
            },
            Wake::Lost(error) => return Err(error).context("the terminal cannot be read any more"),
        };
        let effects = update(&mut self.state, event);
        self.carry_out(effects)
    }

    /// Has the desk know the articles of this moment.
    fn follow(&mut self) {
        let articles = self.state.library.articles().clone();
        self.followed = articles.len();
        self.outside.follow(articles);
    }

    /// What queries are asked of at this moment.
    fn among(&self) -> Among {
        Among {
            articles: self.state.library.articles().clone(),
            marks: Arc::clone(&self.state.marks),
            clock: Clock {
                now: self.state.now,
                zone: self.state.zone.clone(),
            },
        }
    }

    fn carry_out(&mut self, effects: Vec<Effect>) -> Result<Next> {
        for effect in effects {
            match effect {
                Effect::Quit => return Ok(Next::Quit),
                Effect::Keep => {
                    self.outside.keep(self.state.library.picture());
                    continue;
                }
                Effect::Search(request) => {
                    let among = self.among();
                    self.outside.ask(Question { request, among });
                    continue;
                }
                Effect::Jump(request) => {
                    self.outside.ask_aside(Aside::Jump(request), self.among());
                    continue;
                }
                Effect::Follow => {
                    self.follow();
                    continue;
                }
                // Whoever decides on an article has to know it.
                Effect::Desk(_) if self.followed != self.state.library.articles().len() => {
                    self.follow();
                }
                Effect::Select(query) => {
                    self.outside.ask_aside(Aside::Select(query), self.among());
                    continue;
                }
                Effect::Count(queries) => {
                    self.outside.ask_aside(Aside::Count(queries), self.among());
                    continue;
                }
                _ => {}
            }
            for event in self.outside.carry_out(effect)? {
                // What is answered at once asks for nothing more.
                update(&mut self.state, event);
            }
        }
        Ok(Next::Wait)
    }
}
