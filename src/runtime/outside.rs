//! Carrying effects out: the hands of the loop. What cannot be answered at once answers through the
//! channel later.

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::Sender;

use anyhow::Result;

use super::asides::{Among, Aside, Asides};
use super::clipboard::{self, Between};
use super::desk::Desk;
use super::history::History;
use super::input::Input;
use super::keeper::Keeper;
use super::opener::{self, Environment, OpenError, Opening, Outcome};
use super::reader::Reader;
use super::saver::Saver;
use super::searcher::{Question, Searcher};
use super::terminal::Screen;
use super::wake::Wake;
use crate::app::{Effect, Event, NamedView, OpenFailure};
use crate::config::{self, Places};
use crate::format::link::Link;
use crate::library::snapshot::Picture;
use crate::library::{Articles, Source};

/// Everything that effects are carried out with.
pub struct Outside {
    pub screen: Screen,
    input: Input,
    keeper: Keeper,
    reader: Reader,
    saver: Option<Saver>,
    searcher: Searcher,
    asides: Asides,
    places: Places,
    desk: Desk,
    history: Option<History>,
    sender: Sender<Wake>,
}

impl Outside {
    /// Starts the threads that read files.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn new(
        source: Source,
        desk: Option<PathBuf>,
        places: &Places,
        screen: Screen,
        input: Input,
        sender: Sender<Wake>,
    ) -> io::Result<Self> {
        let cache = places.cache_folder();
        let keeper = Keeper::start(source.clone(), cache.clone(), sender.clone())?;
        let saver = cache
            .map(|cache| Saver::start(source.clone(), cache))
            .transpose()?;
        let reader = Reader::start(sender.clone())?;
        let desk = Desk::start(desk, source.clone(), sender.clone())?;
        let asides = Asides::start(sender.clone())?;
        let searcher = Searcher::start(sender.clone())?;
        let history = places.state_folder().map(History::start).transpose()?;
        Ok(Self {
            screen,
            input,
            keeper,
            reader,
            saver,
            searcher,
            asides,
            desk,
            places: places.clone(),
            history,
            sender,
        })
    }

    /// Has the library of this moment kept for the next run.
    pub fn keep(&self, picture: Picture) {
        if let Some(saver) = &self.saver {
            saver.keep(picture);
        }
    }

    /// Has a query answered.
    pub fn ask(&self, question: Question) {
        self.searcher.ask(question);
    }

    /// Has something answered beside the query in force.
    pub fn ask_aside(&self, aside: Aside, among: Among) {
        self.asides.ask(aside, among);
    }

    /// Has the articles of the marks found again.
    pub fn follow(&self, articles: Articles) {
        self.desk.follow(articles);
    }

    /// Puts a view into the configuration file, on a thread of its own as a disk may be slow.
    fn keep_view(&self, view: NamedView) -> Result<()> {
        let (path, sender) = (self.places.config_file(), self.sender.clone());
        let work = move || {
            let kept = config::keep_view(path.as_deref(), &view.name, &view.text);
            let kept = kept.map(|()| view).map_err(|error| error.to_string());
            // Nobody listens any more once the app is quitting.
            let _ = sender.send(Wake::Event(Event::KeptView(kept)));
        };
        std::thread::Builder::new()
            .name("views".to_owned())
            .spawn(work)?;
        Ok(())
    }

    /// Carries an effect out, and answers with what is known at once.
    ///
    /// # Errors
    /// When the terminal fails or the system gives no thread: then there is no going on.
    pub fn carry_out(&mut self, effect: Effect) -> Result<Vec<Event>> {
        Ok(match effect {
            Effect::Look => {
                self.keeper.look();
                Vec::new()
            }
            Effect::Show { generation, path } => {
                self.reader.ask(generation, path);
                Vec::new()
            }
            Effect::Desk(asked) => {
                self.desk.ask(asked);
                Vec::new()
            }
            Effect::KeepView(view) => {
                self.keep_view(view)?;
                Vec::new()
            }
            Effect::Remember(line) => {
                if let Some(history) = &self.history {
                    history.remember(line);
                }
                Vec::new()
            }
            Effect::Open(link) => self.open(link)?.into_iter().collect(),
            Effect::Copy { text, what } => vec![self.copy(&text, what)?],
            Effect::Suspend => {
                self.screen.suspend()?;
                vec![Event::Resize(self.screen.size()?)]
            }
            Effect::Redraw => {
                self.screen.redraw()?;
                Vec::new()
            }
            // The loop sees to these, as they need the state.
            Effect::Keep
            | Effect::Search(_)
            | Effect::Count(_)
            | Effect::Select(_)
            | Effect::Follow
            | Effect::Jump(_)
            | Effect::Quit => Vec::new(),
        })
    }

    fn copy(&mut self, text: &str, what: &'static str) -> Result<Event> {
        Ok(Event::Copied(
            match clipboard::copy(text, Between::of_process()) {
                Ok(sequence) => {
                    self.screen.send(&sequence)?;
                    Ok(what)
                }
                Err(error) => Err(error.to_string()),
            },
        ))
    }

    fn open(&mut self, link: Link) -> Result<Option<Event>> {
        match opener::plan(&Environment::of_process(), &link) {
            Ok(attempts) => {
                let sender = self.sender.clone();
                let opening = Opening::new(attempts);
                opening.start(move |outcome| {
                    let _ = sender.send(Wake::Opening(link, outcome));
                })?;
                Ok(None)
            }
            Err(error) => Ok(Some(failed(link, &error))),
        }
    }

    /// Goes on with opening a link after a step of it.
    ///
    /// # Errors
    /// When the terminal cannot be taken back from a browser that had it.
    pub fn go_on_opening(&mut self, link: Link, outcome: Outcome) -> Result<Option<Event>> {
        Ok(Some(match outcome {
            Outcome::Opened => Event::Opened(Ok(())),
            Outcome::Failed(error) => failed(link, &error),
            Outcome::WantsTerminal(opening) => {
                let outcome = self
                    .screen
                    .hand_over(&mut self.input, || opening.in_terminal())?;
                let _ = self
                    .sender
                    .send(Wake::Event(Event::Resize(self.screen.size()?)));
                return self.go_on_opening(link, outcome);
            }
        }))
    }
}

/// Without any browser the link is offered, to be taken elsewhere.
fn failed(link: Link, error: &OpenError) -> Event {
    let reason = error.to_string();
    Event::Opened(Err(match error {
        OpenError::NoBrowser | OpenError::NotFound(_) => OpenFailure::NoBrowser { link, reason },
        OpenError::OpenQuote(_) | OpenError::NotStarted { .. } | OpenError::Failed { .. } => {
            OpenFailure::Failed { link, reason }
        }
    }))
}
