//! Carries out effects for real: with threads, the terminal and the browser. Replies come back
//! through the loop's channel.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Sender;

use anyhow::Result;

use super::background;
use super::copying::Copy;
use super::desk::DeskHandle;
use super::editor;
use super::effects::{Among, Edition, Outside};
use super::feeds::Fetcher;
use super::grouper::Grouper;
use super::history::HistoryFile;
use super::hooks::HookRunner;
use super::indexes::Indexes;
use super::input::InputReader;
use super::invocation;
use super::library_worker::LibraryWorker;
use super::loop_message::LoopMessage;
use super::opener::{self, Environment, OpenError, OpenOutcome, Opening};
use super::options::Options;
use super::pages;
#[cfg(feature = "pictures")]
use super::pictures::Gallery;
use super::reader::ArticleReader;
use super::saver::SnapshotSaver;
use super::saves_ahead::SavesAhead;
use super::searcher::{QueuedSearch, Searcher};
use super::settings::SettingsWatcher;
use super::side_queries::{Letters, SideQueries};
use super::stopped::Stopped;
use super::terminal::Screen;
use super::underway::Underway;
use super::variables::variable;
use crate::app::{
    Event, Indexing, OpenFailure, Page, PageLayout, Piped, Reply, RequestId, SearchRequest,
    WantedPictures, WebPictures, WrittenPage,
};
use crate::command::{HookRun, Invocation};
use crate::config::{Config, OutputUse, PaneSizes, ViewEdit, XdgEnvironment};
use crate::desk::DeskRequest;
use crate::feeds::service::{FeedsRequest, Service};
use crate::format::link::Link;
use crate::library::snapshot::LibraryPicture;
use crate::library::{ArticleId, Articles, Batch, body_line};
use crate::query::{Query, Sought};
use crate::theme::Base;

/// Everything needed to carry out effects.
pub struct EffectRunner {
    pub screen: Screen,
    input: InputReader,
    library_worker: LibraryWorker,
    reader: ArticleReader,
    #[cfg(feature = "pictures")]
    gallery: Gallery,
    saver: Option<SnapshotSaver>,
    searcher: Searcher,
    grouper: Grouper,
    side_queries: SideQueries,
    settings: SettingsWatcher,
    desk: DeskHandle,
    fetcher: Fetcher,
    /// How many articles the desk knows.
    followed: usize,
    history: Option<HistoryFile>,
    hooks: HookRunner,
    /// Programs whose output is no longer wanted.
    stopped: Stopped,
    underway: Underway,
    places: XdgEnvironment,
    /// Kept up to date by the loop.
    pub config: Arc<Config>,
    sender: Sender<LoopMessage>,
}

impl EffectRunner {
    /// Starts the worker threads.
    ///
    /// # Errors
    /// If a thread cannot be started.
    pub fn new(
        options: &Options,
        screen: Screen,
        input: InputReader,
        underway: &Underway,
        sender: Sender<LoopMessage>,
    ) -> io::Result<Self> {
        let Options {
            source,
            desk,
            config,
            places,
            ..
        } = options;
        let cache = places.cache_folder();
        let ahead = SavesAhead::default();
        let indexes = Arc::new(Indexes::after(ahead.clone()));
        let library_worker = LibraryWorker::start(
            source.clone(),
            cache.clone(),
            Arc::clone(&indexes),
            sender.clone(),
        )?;
        let stopped = Stopped::default();
        #[cfg(feature = "pictures")]
        let gallery = Gallery::start(
            source.clone(),
            cache.as_deref(),
            stopped.clone(),
            sender.clone(),
        )?;
        let saver = cache
            .map(|cache| {
                SnapshotSaver::start(source.clone(), cache, Arc::clone(&indexes), ahead.clone())
            })
            .transpose()?;
        let reader = ArticleReader::start(source.overrides(), sender.clone())?;
        let fetcher = Fetcher {
            service: Service {
                places: places.clone(),
                desk: desk.clone(),
                opened: config.opened.clone(),
            },
            underway: underway.clone(),
            sender: sender.clone(),
        };
        let desk = DeskHandle::start(
            desk.clone(),
            source.clone(),
            underway.clone(),
            sender.clone(),
        )?;
        let searcher = Searcher::start(Arc::clone(&indexes), sender.clone())?;
        let side_queries = SideQueries::start(indexes, sender.clone())?;
        let grouper = Grouper::start(ahead, sender.clone())?;
        let settings =
            SettingsWatcher::start(places.clone(), config.opened.clone(), sender.clone())?;
        let history = places.state_folder().map(HistoryFile::start).transpose()?;
        let hooks = HookRunner::start(underway.clone(), sender.clone())?;
        Ok(Self {
            screen,
            input,
            library_worker,
            reader,
            #[cfg(feature = "pictures")]
            gallery,
            saver,
            searcher,
            grouper,
            side_queries,
            desk,
            fetcher,
            followed: 0,
            settings,
            history,
            hooks,
            stopped,
            underway: underway.clone(),
            places: places.clone(),
            config: Arc::clone(config),
            sender,
        })
    }

    /// Copies a text through the terminal.
    ///
    /// # Errors
    /// If the terminal is lost, or a thread cannot be started.
    pub fn copy_by_terminal(&mut self, copy: Copy) -> Result<()> {
        copy.by_terminal(&mut self.screen, &self.sender)
    }

    fn reply(&self, id: RequestId, reply: Reply) {
        // Queued like everything else, so that the loop handles it with the messages already
        // waiting.
        let _ = self.sender.send(LoopMessage::reply(id, reply));
    }

    /// Continues opening a link after one step.
    ///
    /// # Errors
    /// If the terminal cannot be taken back from a browser that had it.
    pub fn go_on_opening(&mut self, id: RequestId, link: Link, outcome: OpenOutcome) -> Result<()> {
        match outcome {
            OpenOutcome::Opened => self.reply(id, Reply::Opened(Ok(()))),
            OpenOutcome::Failed(error) => self.reply(id, failed(link, &error)),
            OpenOutcome::WantsTerminal(opening) => {
                let outcome = self
                    .screen
                    .hand_over(&mut self.input, || opening.in_terminal())?;
                self.tell_size()?;
                return self.go_on_opening(id, link, outcome);
            }
        }
        Ok(())
    }

    /// Takes the next batch of files that the library's worker has found.
    pub fn take_batch(&self) -> Option<Batch> {
        self.library_worker.take_batch()
    }

    /// Reports the screen's size, which may have changed while another program had the terminal.
    fn tell_size(&self) -> Result<()> {
        let event = Event::Resize(self.screen.size()?);
        let _ = self.sender.send(LoopMessage::Event(event));
        Ok(())
    }
}

impl Outside for EffectRunner {
    fn look(&mut self) -> Result<()> {
        self.library_worker.look();
        Ok(())
    }

    fn keep(&mut self, picture: LibraryPicture) -> Result<()> {
        if let Some(saver) = &self.saver {
            saver.keep(picture);
        }
        Ok(())
    }

    fn index(&mut self, among: Edition, indexing: Indexing) -> Result<()> {
        self.searcher.prepare(among, indexing);
        Ok(())
    }

    fn follow(&mut self, articles: Articles) -> Result<()> {
        self.followed = articles.len();
        self.desk.follow(articles);
        Ok(())
    }

    fn followed(&self) -> usize {
        self.followed
    }

    fn remember(&mut self, line: String) -> Result<()> {
        if let Some(history) = &self.history {
            history.remember(line);
        }
        Ok(())
    }

    fn suspend(&mut self) -> Result<()> {
        Ok(self.screen.suspend()?)
    }

    fn redraw(&mut self) -> Result<()> {
        Ok(self.screen.redraw()?)
    }

    fn give_up(&mut self, id: RequestId) -> Result<()> {
        if !self.searcher.give_up(id) {
            self.side_queries.give_up(id);
        }
        self.stopped.insert(id);
        Ok(())
    }

    fn search(&mut self, id: RequestId, request: SearchRequest, among: Among) -> Result<()> {
        self.searcher.ask(QueuedSearch { id, request, among });
        Ok(())
    }

    fn group(&mut self, id: RequestId, articles: Articles) -> Result<()> {
        self.grouper.group(id, articles);
        Ok(())
    }

    fn count(&mut self, id: RequestId, queries: Vec<Query>, among: Among) -> Result<()> {
        self.side_queries.count(id, queries, among);
        Ok(())
    }

    fn jump(&mut self, id: RequestId, sought: Sought, typed: String, among: Among) -> Result<()> {
        self.side_queries.jump(id, Letters { sought, typed }, among);
        Ok(())
    }

    fn relate(
        &mut self,
        id: RequestId,
        article: ArticleId,
        most: usize,
        among: Edition,
    ) -> Result<()> {
        self.side_queries.relate(id, article, most, among);
        Ok(())
    }

    fn find_in_text(&mut self, id: RequestId, page: Page, query: Query) -> Result<()> {
        self.side_queries.find_in_text(id, page, query);
        Ok(())
    }

    fn select(&mut self, id: RequestId, query: Query, among: Among) -> Result<()> {
        self.side_queries.select(id, query, among);
        Ok(())
    }

    fn read(&mut self, id: RequestId, path: PathBuf, layout: PageLayout) -> Result<()> {
        self.reader.ask(id, path, layout);
        Ok(())
    }

    #[cfg(feature = "pictures")]
    fn pictures(&mut self, id: RequestId, wanted: WantedPictures) -> Result<()> {
        self.gallery.ask(id, wanted);
        Ok(())
    }

    #[cfg(feature = "pictures")]
    fn fetch_pictures(&mut self, id: RequestId, wanted: WebPictures) -> Result<()> {
        Ok(self.gallery.fetch(id, wanted)?)
    }

    /// Never called: this build shows captions.
    #[cfg(not(feature = "pictures"))]
    fn pictures(&mut self, _: RequestId, _: WantedPictures) -> Result<()> {
        Ok(())
    }

    /// Never called.
    #[cfg(not(feature = "pictures"))]
    fn fetch_pictures(&mut self, _: RequestId, _: WebPictures) -> Result<()> {
        Ok(())
    }

    fn desk(&mut self, id: RequestId, mut asked: DeskRequest) -> Result<()> {
        if let DeskRequest::Save(path) = &mut asked {
            *path = self.places.typed(path);
        }
        self.desk.ask(id, asked);
        Ok(())
    }

    fn feeds(&mut self, id: RequestId, request: FeedsRequest, among: Among) -> Result<()> {
        Ok(self.fetcher.start(id, request, among)?)
    }

    fn edit_views(&mut self, id: RequestId, edit: ViewEdit) -> Result<()> {
        self.settings.edit_views(id, edit);
        Ok(())
    }

    fn keep_panes(&mut self, id: RequestId, sizes: PaneSizes) -> Result<()> {
        self.settings.keep_panes(id, sizes);
        Ok(())
    }

    fn keep_theme(&mut self, id: RequestId, base: Base) -> Result<()> {
        self.settings.keep_theme(id, base);
        Ok(())
    }

    fn open(&mut self, id: RequestId, link: Link) -> Result<()> {
        let environment = Environment::of_process().with_browser(&self.config.browser);
        match opener::plan(&environment, &link) {
            Ok(attempts) => {
                let sender = self.sender.clone();
                let opening = Opening::new(attempts);
                opening.start(move |outcome| {
                    let _ = sender.send(LoopMessage::Opening(id, link, outcome));
                })?;
            }
            Err(error) => self.reply(id, failed(link, &error)),
        }
        Ok(())
    }

    /// Runs on this thread, since nothing is drawn and no key is read while the editor has the
    /// terminal.
    fn edit(&mut self, id: RequestId, path: PathBuf) -> Result<()> {
        let line = body_line(&path);
        let editor = self.config.editor.as_str();
        let edited = self.screen.hand_over(&mut self.input, || {
            editor::edit(editor, variable, &path, line)
        })?;
        self.tell_size()?;
        self.library_worker.look();
        self.reply(id, Reply::Edited(edited.map_err(|error| error.to_string())));
        Ok(())
    }

    fn run(&mut self, id: RequestId, program: Invocation) -> Result<()> {
        match program.output {
            OutputUse::None => {
                let sender = self.sender.clone();
                invocation::start(program, move |ran| {
                    let _ = sender.send(LoopMessage::reply(id, Reply::Ran(ran)));
                })?;
            }
            // A separate request asks for its output.
            OutputUse::Pane => {}
            OutputUse::Terminal => {
                let ran = self
                    .screen
                    .hand_over(&mut self.input, || invocation::in_terminal(&program))?;
                self.tell_size()?;
                self.reply(id, Reply::Ran(ran.map_err(|failure| failure.to_string())));
            }
        }
        Ok(())
    }

    fn pipe(&mut self, id: RequestId, piped: Piped, articles: Articles) -> Result<()> {
        let sender = self.sender.clone();
        let stopped = self.stopped.clone();
        let work = move || {
            let printed = pages::pipe(&piped, &articles, move || stopped.contains(id));
            let _ = sender.send(LoopMessage::reply(id, Reply::Printed(printed)));
        };
        background::start("pipe", work)?;
        Ok(())
    }

    fn write_page(&mut self, id: RequestId, page: WrittenPage, articles: Articles) -> Result<()> {
        let sender = self.sender.clone();
        let path = self.places.typed(&page.path);
        let task = self.underway.begin(format!("writing {}", path.display()));
        let work = move || {
            let said = pages::write(&page, &path, &articles);
            drop(task);
            let _ = sender.send(LoopMessage::reply(id, Reply::WrotePage(said)));
        };
        background::start("page", work)?;
        Ok(())
    }

    fn hook(&mut self, id: RequestId, run: HookRun, articles: Articles) -> Result<()> {
        self.hooks.ask(id, run, articles);
        Ok(())
    }

    fn copy(&mut self, id: RequestId, text: String, what: &'static str) -> Result<()> {
        let copy = Copy { id, text, what };
        copy.start(self.config.clipboard.clone(), self.sender.clone())?;
        Ok(())
    }
}

/// If no browser works, offers to copy the link instead.
fn failed(link: Link, error: &OpenError) -> Reply {
    let reason = error.to_string();
    Reply::Opened(Err(match error {
        OpenError::NoBrowser | OpenError::NotFound(_) => OpenFailure::NoBrowser { link, reason },
        OpenError::OpenQuote(_) | OpenError::NotStarted { .. } | OpenError::Failed { .. } => {
            OpenFailure::Failed { link, reason }
        }
    }))
}
