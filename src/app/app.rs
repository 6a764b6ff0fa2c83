//! The app: its parts, and the only way they change. An event comes in, effects go out. What one
//! part wants from another is a message, and the router here carries it out. No I/O, no clock, no
//! terminal, so that tests can press keys and look at the state.

mod articles;
mod binding;
mod configuring;
mod deciding;
mod desk;
mod feeds;
mod grouping;
mod keys;
mod layers;
mod leaving;
mod library;
mod lines;
mod links;
mod pictures;
mod pointing;
mod programs;
mod searching;
mod seen;
mod sizing;

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::catalog::Catalog;
use super::context::Shared;
use super::effect::{AppRequest, Effect, RequestId};
use super::env::Env;
use super::event::{Event, Reply};
use super::geometry::{Pane, Size, Zoom, panel_body};
use super::glyphs::GlyphSet;
use super::grouping::Grouping;
use super::in_force::InForce;
use super::looks::Looks;
use super::marks::LibraryMarks;
use super::message::Message;
use super::overlays::msg::Msg;
use super::panes::{DetailPane, FacetsPane, ListPane, RelatedPane};
use super::pictures::Canvas;
use super::requests::{Asker, Requests};
use super::search::SearchState;
use super::triage::{DecisionReach, Triage};
use super::views::all_views;
use crate::command::{Context, Keymap};
use crate::config::{Config, ScreenReader};
use crate::desk::DeskRequest;
use crate::feeds::service::NewText;
use crate::library::Source;
use crate::theme::Terminal;
use desk::Returning;
use feeds::Fetching;
use keys::Pressed;
use layers::{Layer, WayBack};
use leaving::LeavingState;
pub use leaving::TimeShown;
use pointing::Pointing;

/// A sequence left unfinished for longer than this shows what can follow.
const LONG: Duration = Duration::from_millis(300);

/// The whole state.
#[derive(Debug)]
pub struct App {
    shared: Shared,
    list: ListPane,
    facets: FacetsPane,
    detail: DetailPane,
    related: RelatedPane,
    focus: Pane,
    zoom: Zoom,
    search: SearchState,
    triage: Triage,
    /// The overlays over the panes, topmost last.
    layers: Vec<Layer>,
    /// How many overlays there have been.
    layered: u64,
    requests: Requests,
    pressed: Pressed,
    pointing: Pointing,
    message: Option<Message>,
    leaving: LeavingState,
    /// What went wrong while the program was being left, to be said after its end.
    untold: Vec<String>,
    fetching: Fetching,
    /// Full texts that differ from what is there, to be reviewed once nothing is open.
    differing: Vec<NewText>,
    /// The name of the library to open after leaving.
    next_library: Option<String>,
    /// Where related articles were followed from, latest last.
    trail: Vec<WayBack>,
    /// What was taken back, until the cursor is on it.
    returning: Option<Returning>,
    /// Effects to return from this update.
    effects: Vec<Effect>,
}

/// What an app starts with.
pub struct Start {
    pub source: Source,
    pub size: Size,
    pub now: Timestamp,
    pub zone: TimeZone,
    pub glyphs: GlyphSet,
    /// What is known about the terminal's colours.
    pub terminal: Terminal,
    /// How the screen can show pictures, as far as that is known.
    pub canvas: Canvas,
    pub keymap: Keymap,
    /// The configuration.
    pub config: Arc<Config>,
    /// Lines typed in earlier runs, latest last.
    pub history: Vec<String>,
}

/// What to do next, for somebody who has no library yet.
const FIRST_MINUTE: &str = "This is a sample. For your own folder: newsdesk FOLDER, or newsdesk \
     init. To fill one: newsdesk feeds add URL, or newsdesk feeds import FILE.opml.";

impl App {
    pub fn new(start: Start) -> Self {
        let mut app = Self {
            shared: Shared {
                env: Env {
                    size: start.size,
                    now: start.now,
                    uptime: Duration::ZERO,
                    zone: start.zone,
                    glyphs: start.glyphs.glyphs(),
                    looks: Looks::new(start.config.theme.clone(), start.terminal),
                    offered: start.canvas,
                    keymap: start.keymap,
                    views: all_views(&start.config),
                    panes: start.config.panes,
                    config: Arc::clone(&start.config),
                    latest: Vec::new(),
                    history: start.history,
                },
                catalog: Catalog::new(start.source),
                marks: LibraryMarks::default(),
                grouping: Grouping::new(start.config.row_for),
                in_force: InForce::default(),
            },
            list: ListPane::default(),
            facets: FacetsPane::default(),
            detail: DetailPane::default(),
            related: RelatedPane::default(),
            focus: Pane::List,
            zoom: Zoom::Panes,
            search: SearchState::default(),
            triage: Triage::default(),
            layers: Vec::new(),
            layered: 0,
            requests: Requests::default(),
            pressed: Pressed::default(),
            pointing: Pointing::default(),
            message: None,
            leaving: LeavingState::default(),
            untold: Vec::new(),
            fetching: Fetching::default(),
            differing: Vec::new(),
            next_library: None,
            trail: Vec::new(),
            returning: None,
            effects: Vec::new(),
        };
        app.settle();
        app
    }

    /// Returns what to do before the first frame.
    pub fn begin(&mut self) -> Vec<Effect> {
        let Env { config, uptime, .. } = &self.shared.env;
        if *self.shared.catalog.source() == Source::Sample && config.first_root().is_none() {
            self.message = Some(Message::advice(FIRST_MINUTE, *uptime));
        }
        vec![Effect::Look]
    }

    /// Applies an event, and returns what to do outside.
    pub fn update(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::Key(press) => self.press(press),
            Event::Pointer(event) => self.point(event),
            Event::Paste(text) => self.paste(&text),
            Event::Resize(size) => self.shared.env.size = size,
            Event::Colour(slot, colour) => {
                self.shared.env.looks.learn(|it| it.learn(slot, colour));
            }
            Event::Canvas(canvas) => self.use_canvas(canvas),
            Event::Tick { now, uptime } => self.tick(now, uptime),
            Event::Drawn(at) => self.drawn(at),
            Event::Found(batch) => self.found(batch),
            Event::Restored(library) => self.restored(*library),
            Event::RestoredWhole => self.restored_whole(),
            Event::RestoredDamaged => self.restored_damaged(),
            Event::Loaded => self.loaded(),
            Event::NotScanned => self.not_scanned(),
            Event::Trouble(trouble) => self.shared.catalog.set_trouble(trouble),
            Event::Configured(configured) => self.configured(configured),
            Event::Desk(told) => self.told(told, None),
            Event::Reply { id, reply } => self.reply(id, reply),
        }
        self.settle();
        self.press_early();
        self.leave_when_done();
        self.review_texts();
        std::mem::take(&mut self.effects)
    }

    fn tick(&mut self, now: Timestamp, uptime: Duration) {
        self.shared.env.now = now;
        self.shared.env.uptime = uptime.max(self.shared.env.uptime);
        // A screen reader's user may not have reached it yet.
        if self.shared.env.config.screen_reader == ScreenReader::Absent {
            self.message.take_if(|message| message.is_over(uptime));
        }
        if self.shared.catalog.is_time_to_keep(uptime) {
            self.effects.push(Effect::Keep);
        }
        self.ask_in_time();
        self.group_in_time();
        self.read_in_time();
        self.fetch_in_time();
    }

    /// Everything so far has been on the screen since this moment.
    fn drawn(&mut self, at: Duration) {
        self.shared.env.uptime = at;
        let has_room = !self.is_too_small() && panel_body(self.shared.env.size).rows > 0;
        if let Some(layer) = self.layers.last_mut().filter(|_| has_room) {
            layer.seen.get_or_insert(at);
        }
    }

    /// Carries out messages in order.
    fn deliver(&mut self, from: Asker, msgs: impl IntoIterator<Item = Msg>) {
        for msg in msgs {
            self.route(from, msg);
        }
    }

    /// Carries out one message. Exhaustive, so that none is forgotten.
    fn route(&mut self, from: Asker, msg: Msg) {
        match msg {
            Msg::Search(query, update) => self.look_for(query, update),
            Msg::Restore(query, before) => self.bring_back(query, before),
            Msg::Show(id) => self.show(id),
            Msg::JumpTo(id) => self.jump_to(id),
            Msg::Follow(id) => self.follow(id),
            Msg::FollowNote(line) => self.follow_note(line),
            Msg::LookAtView(at) => self.look_at_view(at),
            Msg::EditViews(edit) => self.edit_views(from, edit),
            // The sender has already asked any question there is.
            Msg::Decide(edit, articles) => self.decide_for(articles, DecisionReach::Articles, edit),
            Msg::Rescue(path) if path.is_empty() => self.quit(),
            Msg::Rescue(path) => {
                self.ask(from, AppRequest::Desk(DeskRequest::Save(path.into())));
            }
            Msg::Leave => self.leave(),
            Msg::LeaveNow => self.quit(),
            Msg::Stay => self.leaving = LeavingState::No,
            Msg::OpenLibrary(name) => self.open_library(&name),
            Msg::Focus(pane) => self.focus = pane,
            Msg::NarrowValues(typed) => {
                self.facets.narrow(&typed);
                self.arrange_facets();
            }
            Msg::FirstValue => self.facets.go_to_first(),
            Msg::Find(query, from) => {
                let msgs = self.detail.find(query, from);
                self.deliver(Asker::App, msgs);
            }
            Msg::SayFound => self.say_found(),
            Msg::FindNothing(scroll) => self.detail.find_nothing(scroll),
            Msg::OpenUrl(url) => self.open_url(&url),
            Msg::CopyUrl(url) => self.copy_url(&url),
            Msg::SavePage(url) => self.save_page(&url),
            Msg::Typed => self.triage.note_typed(),
            Msg::Run(command) => self.run_picked(command),
            Msg::RunLine(line, articles) => self.run_lines(&[line], &articles),
            Msg::Choose(choice) => self.shared.env.looks.choose(choice),
            Msg::Remember(line) => self.remember(line),
            Msg::Ask(request) => {
                self.ask(from, request);
            }
            Msg::Open(spec) => self.open(spec),
            Msg::Close => self.close(from),
            Msg::Say(text) => self.say(&text),
        }
    }

    /// Sends a request.
    fn ask(&mut self, from: Asker, request: AppRequest) -> RequestId {
        // An overlay that the same key has closed no longer waits for anything.
        let from = match from {
            Asker::Layer(id) if self.layer(id).is_none() => Asker::App,
            other @ (Asker::App | Asker::Quietly | Asker::Layer(_)) => other,
        };
        let decided = if let AppRequest::Desk(DeskRequest::Decide {
            articles, wishes, ..
        }) = &request
        {
            Some((articles.clone(), wishes.clone()))
        } else {
            None
        };
        if let AppRequest::Desk(DeskRequest::Undo(_)) = request {
            self.shared.marks.begin_undo();
        }
        let uptime = self.shared.env.uptime;
        let (id, effect) = self.requests.ask(from, request, uptime, self.list.moves());
        if let Some((articles, wishes)) = decided {
            self.shared.marks.begin(id, &articles, &wishes);
        }
        self.effects.push(effect);
        id
    }

    /// Takes a reply, or part of one. Drops it if it was replied to already, or if a newer request
    /// has replaced it.
    fn reply(&mut self, id: RequestId, reply: Reply) {
        let is_part = reply.is_part();
        if is_part && self.requests.get(id).is_none() {
            return;
        }
        let waiting = if is_part {
            None
        } else {
            match self.requests.take(id) {
                Some(waiting) => Some(waiting),
                None => return,
            }
        };
        match reply {
            Reply::Searched(answer) => self.searched(answer),
            Reply::Grouped(stories) => self.grouped(stories),
            Reply::Read(read) => self.read(read),
            Reply::Picture(url, fate) => self.take_picture(url, fate),
            Reply::AllPictures => {}
            Reply::FetchedPictures { fetched, failed } => self.fetched_pictures(fetched, &failed),
            Reply::Related(id, found) => self.related_found(id, found),
            Reply::Desk(told) => self.replied_by_desk(id, told, waiting),
            Reply::FoundInText(matches) => self.found_in_text(matches),
            Reply::Feeds(replied) => {
                if let Some(waiting) = waiting {
                    self.hand(&waiting, Reply::Feeds(replied.clone()));
                }
                self.replied_by_feeds(replied);
            }
            Reply::EditedViews(edited) => self.edited_views(edited),
            Reply::KeptPanes(kept) => self.kept_panes(kept),
            Reply::KeptTheme(Ok(name)) => {
                self.say(&format!("The theme is {name}, saved in the configuration."))
            }
            Reply::KeptTheme(Err(reason)) => {
                self.warn(&format!("The theme lasts until you quit: {reason}"))
            }
            Reply::Opened(outcome) => self.opened(outcome),
            Reply::Edited(Ok(())) => {}
            Reply::Edited(Err(reason)) => self.warn(&format!("Not edited: {reason}")),
            Reply::Ran(ran) => self.ran(ran),
            Reply::WrotePage(Ok(said)) => self.say(&said),
            Reply::WrotePage(Err(reason)) => self.warn(&reason),
            Reply::Copied(Ok(sent)) => self.say(&sent),
            Reply::Copied(Err(reason)) => self.warn(&reason),
            reply @ (Reply::Counted(_)
            | Reply::Jumped(_)
            | Reply::Selected(_)
            | Reply::Printed(_)) => {
                if let Some(waiting) = waiting {
                    self.hand(&waiting, reply);
                }
            }
        }
    }

    /// Shows a notice, unless it would hide an error that has not been seen yet.
    fn say(&mut self, text: &str) {
        if self.has_error() {
            return;
        }
        self.message = Some(Message::notice(text, self.shared.env.uptime));
    }

    /// Shows an error.
    fn warn(&mut self, text: &str) {
        if self.leaving != LeavingState::No {
            self.untold.push(text.to_owned());
        }
        self.message = Some(Message::error(text, self.shared.env.uptime));
    }

    /// Adds a line to the history, for this run and later ones.
    fn remember(&mut self, line: String) {
        let history = &mut self.shared.env.history;
        if line.is_empty() || history.last() == Some(&line) {
            return;
        }
        history.retain(|it| *it != line);
        history.push(line.clone());
        self.effects.push(Effect::Remember(line));
    }

    /// Fits cursors, windows and the page to what there is now, and to the screen.
    fn settle(&mut self) {
        self.widen_facets();
        self.list.settle(self.pane_height(Pane::List));
        self.facets.settle(self.pane_height(Pane::Facets));
        let window = self.text_window();
        let msgs = self.detail.settle(window, self.shared.cx());
        self.deliver(Asker::App, msgs);
        self.related.settle(self.pane_height(Pane::Related));
        for layer in &mut self.layers {
            layer.overlay.settle(self.shared.cx());
        }
        self.settle_labels();
    }
}

fn pane_context(pane: Pane) -> Context {
    match pane {
        Pane::Facets => Context::Facets,
        Pane::List => Context::List,
        Pane::Detail => Context::Detail,
        Pane::Related => Context::Related,
    }
}
