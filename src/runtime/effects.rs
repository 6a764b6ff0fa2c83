//! Dispatches effects: one `match` assigns each to its handler, for the loop and for tests alike.
//! An [`Outside`] does the work itself.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Result;

use crate::app::{
    App, AppRequest, Effect, Indexing, Page, PageLayout, Piped, RequestId, SearchRequest,
    WantedPictures, WebPictures, WrittenPage,
};
use crate::command::{HookRun, Invocation};
use crate::config::{PaneSizes, ViewEdit};
use crate::desk::DeskRequest;
use crate::feeds::service::FeedsRequest;
use crate::format::link::Link;
use crate::library::snapshot::LibraryPicture;
use crate::library::{ArticleId, Articles};
use crate::query::{Clock, Marks, Query, Sought};
use crate::theme::Base;

/// The world outside the app. A request with a [`RequestId`] gets an event with the same id in
/// reply, at once or later.
///
/// # Errors
/// A method fails only if the program cannot continue: the terminal is lost, or a thread cannot be
/// started.
pub trait Outside {
    fn look(&mut self) -> Result<()>;
    fn keep(&mut self, picture: LibraryPicture) -> Result<()>;
    /// Has an index of these articles ready.
    fn index(&mut self, among: Edition, indexing: Indexing) -> Result<()>;
    /// Matches marks to these articles.
    fn follow(&mut self, articles: Articles) -> Result<()>;
    /// How many articles the desk knows.
    fn followed(&self) -> usize;
    fn remember(&mut self, line: String) -> Result<()>;
    fn suspend(&mut self) -> Result<()>;
    fn redraw(&mut self) -> Result<()>;
    fn give_up(&mut self, id: RequestId) -> Result<()>;

    fn search(&mut self, id: RequestId, request: SearchRequest, among: Among) -> Result<()>;
    fn group(&mut self, id: RequestId, articles: Articles) -> Result<()>;
    fn count(&mut self, id: RequestId, queries: Vec<Query>, among: Among) -> Result<()>;
    fn jump(&mut self, id: RequestId, sought: Sought, typed: String, among: Among) -> Result<()>;
    /// Finds at most `most` articles similar to this one.
    fn relate(
        &mut self,
        id: RequestId,
        article: ArticleId,
        most: usize,
        among: Edition,
    ) -> Result<()>;
    fn find_in_text(&mut self, id: RequestId, page: Page, query: Query) -> Result<()>;
    fn select(&mut self, id: RequestId, query: Query, among: Among) -> Result<()>;
    fn read(&mut self, id: RequestId, path: PathBuf, layout: PageLayout) -> Result<()>;
    fn pictures(&mut self, id: RequestId, wanted: WantedPictures) -> Result<()>;
    fn fetch_pictures(&mut self, id: RequestId, wanted: WebPictures) -> Result<()>;
    fn desk(&mut self, id: RequestId, asked: DeskRequest) -> Result<()>;
    fn feeds(&mut self, id: RequestId, request: FeedsRequest, among: Among) -> Result<()>;
    fn edit_views(&mut self, id: RequestId, edit: ViewEdit) -> Result<()>;
    fn keep_panes(&mut self, id: RequestId, sizes: PaneSizes) -> Result<()>;
    fn keep_theme(&mut self, id: RequestId, base: Base) -> Result<()>;
    fn open(&mut self, id: RequestId, link: Link) -> Result<()>;
    fn edit(&mut self, id: RequestId, path: PathBuf) -> Result<()>;
    fn run(&mut self, id: RequestId, program: Invocation) -> Result<()>;
    /// Runs a hook on articles of this snapshot.
    fn hook(&mut self, id: RequestId, run: HookRun, articles: Articles) -> Result<()>;
    fn pipe(&mut self, id: RequestId, piped: Piped, articles: Articles) -> Result<()>;
    fn write_page(&mut self, id: RequestId, page: WrittenPage, articles: Articles) -> Result<()>;
    fn copy(&mut self, id: RequestId, text: String, what: &'static str) -> Result<()>;
}

/// The articles in one edition.
pub struct Edition {
    pub articles: Articles,
    /// Changes when existing articles have changed.
    pub number: u64,
    pub clock: Clock,
}

/// A snapshot for queries to run on.
pub struct Among {
    pub articles: Articles,
    pub marks: Arc<Marks>,
    pub clock: Clock,
}

impl Among {
    /// Takes the snapshot.
    fn now(app: &App) -> Self {
        let cx = app.cx();
        Self {
            articles: cx.catalog.library().articles().clone(),
            marks: Arc::clone(cx.marks.sets()),
            clock: Clock {
                now: cx.env.now,
                zone: cx.env.zone.clone(),
            },
        }
    }

    /// Just the articles, as this edition.
    pub fn in_edition(self, number: u64) -> Edition {
        Edition {
            articles: self.articles,
            number,
            clock: self.clock,
        }
    }
}

/// Whether the program continues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    Wait,
    Quit,
}

/// Carries out the app's effects in order.
///
/// # Errors
/// If the program cannot continue.
pub fn carry_out(app: &App, effects: Vec<Effect>, outside: &mut impl Outside) -> Result<Next> {
    let mut next = Next::Wait;
    for effect in effects {
        let library = app.cx().catalog.library();
        match effect {
            Effect::Ask { id, request } => ask(app, id, request, outside)?,
            Effect::GiveUp(id) => outside.give_up(id)?,
            Effect::Look => outside.look()?,
            Effect::Keep => outside.keep(library.picture())?,
            Effect::Index { edition, indexing } => {
                outside.index(Among::now(app).in_edition(edition), indexing)?;
            }
            Effect::Follow => outside.follow(library.articles().clone())?,
            Effect::Remember(line) => outside.remember(line)?,
            Effect::Suspend => outside.suspend()?,
            Effect::Redraw => outside.redraw()?,
            Effect::Quit => next = Next::Quit,
        }
    }
    Ok(next)
}

fn ask(app: &App, id: RequestId, request: AppRequest, outside: &mut impl Outside) -> Result<()> {
    match request {
        AppRequest::Search(request) => outside.search(id, request, Among::now(app)),
        AppRequest::Group => outside.group(id, articles_of(app)),
        AppRequest::Count(queries) => outside.count(id, queries, Among::now(app)),
        AppRequest::Jump { sought, typed } => outside.jump(id, sought, typed, Among::now(app)),
        AppRequest::Relate {
            article,
            most,
            edition,
        } => outside.relate(id, article, most, Among::now(app).in_edition(edition)),
        AppRequest::FindInText { page, query } => outside.find_in_text(id, page, query),
        AppRequest::Select(query) => outside.select(id, query, Among::now(app)),
        AppRequest::Read { path, layout } => outside.read(id, path, layout),
        AppRequest::Pictures(wanted) => outside.pictures(id, wanted),
        AppRequest::FetchPictures(wanted) => outside.fetch_pictures(id, wanted),
        AppRequest::Desk(asked) => {
            let articles = app.cx().catalog.library().articles();
            // The desk must know an article before it can keep a decision about it.
            if outside.followed() != articles.len() {
                outside.follow(articles.clone())?;
            }
            outside.desk(id, asked)
        }
        AppRequest::Feeds(request) => outside.feeds(id, request, Among::now(app)),
        AppRequest::EditViews(edit) => outside.edit_views(id, edit),
        AppRequest::KeepPanes(sizes) => outside.keep_panes(id, sizes),
        AppRequest::KeepTheme(base) => outside.keep_theme(id, base),
        AppRequest::Open(link) => outside.open(id, link),
        AppRequest::Edit(path) => outside.edit(id, path),
        AppRequest::Run(program) => outside.run(id, program),
        AppRequest::Hook(run) => outside.hook(id, run, articles_of(app)),
        AppRequest::Pipe(piped) => outside.pipe(id, piped, articles_of(app)),
        AppRequest::WritePage(page) => outside.write_page(id, page, articles_of(app)),
        AppRequest::Copy { text, what } => outside.copy(id, text, what),
    }
}

/// The articles as they are now.
fn articles_of(app: &App) -> Articles {
    app.cx().catalog.library().articles().clone()
}
