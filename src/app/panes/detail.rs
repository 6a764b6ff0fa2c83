//! The article shown: its page, the scroll position, and the file it waits for. The page below the
//! head is composed outside, since that takes a while if it is long.

mod found;
mod pictures;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use found::TextSearch;
use pictures::DetailPictures;

use crate::app::context::Cx;
use crate::app::cursor::{Move, step};
use crate::app::effect::AppRequest;
use crate::app::event::{PageExtent, ReadArticle};
use crate::app::overlays::msg::{Msg, OverlaySpec};
use crate::app::page::{
    HeadFacts, LoadedArticle, More, Page, PageLayout, PageLink, Section, StoryLines,
};
use crate::command::{Command, Context};
use crate::config::Measure;
use crate::library::{ArticleId, ArticleRef, ReadError};
use crate::model::{Article, Provider, Says, SitePublication, Urls};
pub use found::text_of;
pub use pictures::SeenPicture;

/// The detail pane.
#[derive(Debug, Default)]
pub struct DetailPane {
    article: Option<ArticleId>,
    pub(super) page: Page,
    /// The first visible line of the page.
    pub(super) scroll: usize,
    /// The search within the text.
    pub(super) finding: TextSearch,
    content: Content,
    pictures: DetailPictures,
    /// The width the page was composed for.
    columns: u16,
    /// The width it was requested for.
    asked: u16,
    /// The first visible line when the page was last composed for another width, and the scroll
    /// position that resulted: switching between two widths does not drift.
    held: Held,
    /// Where to go once the file has arrived: letters of the page before the first line.
    awaited: Option<usize>,
    /// When the article appeared.
    since: Duration,
    pub(super) window: Window,
    /// The length of the last complete page in lines: the panes keep their sizes while the next one
    /// loads.
    length: usize,
    /// Whether fields that only machines need are shown.
    more: More,
    /// Where each article scrolled in this run was left: letters before the first line.
    places: HashMap<ArticleId, usize>,
}

/// The visible part of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// The width text is wrapped to, in columns.
    pub columns: u16,
    pub height: usize,
    /// Rows of related that appear below the end of the text.
    pub below: usize,
}

impl Window {
    /// What fits into this many columns: one is left free before the scroll bar, and text is no
    /// wider than `measure`.
    pub fn new(columns: u16, height: usize, measure: Measure) -> Self {
        Self {
            columns: columns.saturating_sub(1).clamp(1, measure.columns()),
            height,
            below: 0,
        }
    }
}

/// A scroll position, and the letters before the line it stands for.
#[derive(Clone, Copy, Debug, Default)]
struct Held {
    scroll: usize,
    letters: usize,
}

/// How much of the article's file has arrived.
#[derive(Debug, Default)]
enum Content {
    #[default]
    Waiting,
    Failed(String),
    Loaded(Arc<LoadedArticle>),
}

impl DetailPane {
    pub fn article(&self) -> Option<ArticleId> {
        self.article
    }

    pub fn page(&self) -> &Page {
        &self.page
    }

    /// The first visible line of the page.
    pub fn scroll(&self) -> usize {
        self.scroll
    }

    /// The largest scroll position.
    pub fn last_scroll(&self) -> usize {
        (self.page.len() + self.window.below).saturating_sub(self.window.height)
    }

    /// Whether it was scrolled and the end of the text is visible.
    pub(in crate::app) fn is_scrolled_to_end(&self) -> bool {
        self.scroll > 0 && self.scroll + self.window.height >= self.page.len() && self.is_whole()
    }

    fn is_whole(&self) -> bool {
        matches!(self.content, Content::Loaded(_)) && self.length == self.page.len()
    }

    /// The length of the page in lines; while its file is read, that of the previous page.
    pub fn length(&self) -> usize {
        self.length
    }

    /// The visible part of the text.
    pub fn window(&self) -> Window {
        self.window
    }

    /// Whether the file has not arrived yet.
    pub fn is_waiting(&self) -> bool {
        matches!(self.content, Content::Waiting)
    }

    /// The width the page was composed for, in columns.
    pub fn columns(&self) -> u16 {
        self.columns
    }

    /// When the article appeared.
    pub fn since(&self) -> Duration {
        self.since
    }

    /// The file's contents, once read.
    pub(in crate::app) fn loaded(&self) -> Option<&LoadedArticle> {
        match &self.content {
            Content::Loaded(loaded) => Some(loaded),
            Content::Waiting | Content::Failed(_) => None,
        }
    }

    /// The links on the page, once the file is read.
    pub fn links(&self) -> Option<&[PageLink]> {
        self.loaded().map(|loaded| loaded.links.as_slice())
    }

    /// Runs a command of the text.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "commands of other panes and overlays are handled there"
    )]
    pub fn handle(&mut self, command: Command, cx: Cx<'_>) -> Vec<Msg> {
        if let Some(step) = step(command, self.window.height) {
            self.scroll_by(step);
            return Vec::new();
        }
        match command {
            Command::ScrollDown => self.scroll_by(Move::Down(1)),
            Command::ScrollUp => self.scroll_by(Move::Up(1)),
            Command::NextMatch => return self.go_to_match(Move::Down(1), cx),
            Command::PreviousMatch => return self.go_to_match(Move::Up(1), cx),
            Command::SearchText => return self.open_search(),
            Command::MoreFields => return self.toggle_more(cx),
            _ => {}
        }
        Vec::new()
    }

    /// Shows or hides the fields that only machines need, in every article.
    fn toggle_more(&mut self, cx: Cx<'_>) -> Vec<Msg> {
        self.more = match self.more {
            More::Folded => More::Open,
            More::Open => More::Folded,
        };
        self.show_again(cx)
    }

    /// Brings a line into view.
    pub(in crate::app) fn go_to_line(&mut self, line: usize) {
        let seen = self.scroll..self.scroll + self.window.height;
        if !seen.contains(&line) {
            self.scroll = line.min(self.last_scroll());
        }
    }

    /// Scrolls down a page; returns `false` at the end of the text.
    pub(in crate::app) fn page_down(&mut self) -> bool {
        let goes = self.scroll < self.last_scroll();
        if goes {
            self.scroll_by(Move::Down(self.window.height.saturating_sub(1).max(1)));
        }
        goes
    }

    fn open_search(&self) -> Vec<Msg> {
        vec![match self.article {
            Some(_) => Msg::Open(OverlaySpec::FindInText(self.scroll)),
            None => Msg::Say("There is no text to search in.".to_owned()),
        }]
    }

    pub(in crate::app) fn scroll_by(&mut self, step: Move) {
        self.awaited = None;
        self.scroll = step.from(self.scroll, self.last_scroll() + 1);
    }

    /// Shows an article from its beginning: at once with what the library knows, and requests its
    /// file.
    pub(in crate::app) fn show(&mut self, id: ArticleId, cx: Cx<'_>) -> Vec<Msg> {
        let mut places = std::mem::take(&mut self.places);
        if let Some(before) = self.article {
            match self.scroll {
                0 => places.remove(&before),
                _ => places.insert(before, self.letters_before()),
            };
        }
        *self = Self {
            article: Some(id),
            since: cx.env.uptime,
            window: self.window,
            length: self.length,
            more: self.more,
            awaited: places.get(&id).copied(),
            places,
            ..Self::default()
        };
        self.compose_head(cx);
        vec![self.ask(id, cx)]
    }

    /// Requests the article's file again, because it has changed. The page stays until it arrives.
    pub(in crate::app) fn show_again(&mut self, cx: Cx<'_>) -> Vec<Msg> {
        let id = self.article;
        id.map(|id| self.ask(id, cx)).into_iter().collect()
    }

    /// The file of the article shown was moved: it has another row now. The page stays.
    pub(in crate::app) fn replace(&mut self, now: ArticleId, cx: Cx<'_>) -> Vec<Msg> {
        self.article = Some(now);
        self.show_again(cx)
    }

    /// Shows nothing, because there is nothing to show.
    pub(in crate::app) fn show_nothing(&mut self) {
        *self = Self {
            window: self.window,
            more: self.more,
            ..Self::default()
        };
    }

    fn ask(&mut self, id: ArticleId, cx: Cx<'_>) -> Msg {
        self.asked = self.window.columns;
        Msg::Ask(AppRequest::Read {
            path: cx.catalog.library().article(id).path(),
            layout: self.layout(self.asked, cx),
        })
    }

    fn layout(&self, columns: u16, cx: Cx<'_>) -> PageLayout {
        PageLayout {
            columns,
            now: cx.env.now,
            zone: cx.env.zone.clone(),
            glyphs: cx.env.glyphs,
            more: self.more,
            spaces: self.pictures.spaces(),
        }
    }

    /// The article's file has been read, or could not be.
    pub(in crate::app) fn read(
        &mut self,
        read: Result<ReadArticle, ReadError>,
        cx: Cx<'_>,
    ) -> Vec<Msg> {
        if self.article.is_none() {
            return Vec::new();
        }
        let read = match read {
            Ok(read) => read,
            Err(error) => {
                self.content = Content::Failed(sentence(&error, cx));
                self.compose_head(cx);
                self.length = self.page.len();
                return Vec::new();
            }
        };
        // Whoever reads further down waits for the whole page.
        let is_early = read.extent == PageExtent::FirstLines;
        if is_early && (!self.is_waiting() || self.awaited.is_some()) {
            return Vec::new();
        }
        let letters = self.letters_before();
        let is_wrapped_anew = read.columns != self.columns && !self.page.is_empty();
        let is_spaced_anew = self.scroll > 0 && !self.page.is_spaced_like(&read.rest);
        if self.loaded().map(|it| &it.pictures) != Some(&read.loaded.pictures) {
            self.pictures.forget_asking();
        }
        self.content = Content::Loaded(read.loaded);
        self.columns = read.columns;
        self.page = Page::new(Section::default(), read.rest);
        self.compose_head(cx);
        match self.awaited {
            Some(letters) => {
                self.awaited = None;
                self.scroll = self.page.line_after(letters);
            }
            None if is_wrapped_anew || is_spaced_anew => {
                self.scroll = self.page.line_after(letters);
                let scroll = self.scroll;
                self.held = Held { scroll, letters };
            }
            None => {}
        }
        if !is_early {
            self.length = self.page.len();
        }
        self.find_again(cx)
    }

    /// Goes back to where the reader was, as soon as enough of the page is there.
    pub(in crate::app) fn return_to(&mut self, letters: usize) {
        if self.is_waiting() {
            self.awaited = Some(letters);
        } else {
            self.scroll = self.page.line_after(letters);
        }
    }

    /// The reader's position, independent of the width of the screen: letters of the page before
    /// the first visible line.
    pub(in crate::app) fn letters_before(&self) -> usize {
        if self.held.scroll == self.scroll {
            self.held.letters
        } else {
            self.page.letters_before(self.scroll)
        }
    }

    /// Composes the head of the page: what is known of the article, and its mark.
    pub(in crate::app) fn compose_head(&mut self, cx: Cx<'_>) {
        let Some(id) = self.article else {
            return;
        };
        if !matches!(self.content, Content::Loaded(_)) {
            self.columns = self.window.columns;
        }
        let decided = cx.marks.lines(id, cx.env);
        let kept = cx.catalog.library().article(id);
        let article = headline(kept);
        let publication = self.publication(kept.publication(), cx.env.now);
        let articles = cx.catalog.library().articles();
        let story = cx.grouping.story(id);
        let told = story.map(|story| StoryLines::new(story, id, articles));
        let known = HeadFacts {
            article: self.loaded().map_or(&article, |loaded| &loaded.article),
            words: self.loaded().map(|loaded| loaded.words),
            publication: &publication,
            decided: &decided,
            told: &told.unwrap_or_default(),
            failure: match &self.content {
                Content::Failed(reason) => Some(reason),
                Content::Waiting | Content::Loaded(_) => None,
            },
        };
        let layout = self.layout(self.columns, cx);
        let head = Section::head(&known, &layout);
        if !matches!(self.content, Content::Loaded(_)) {
            self.page = Page::default();
        }
        let is_whole = self.is_whole();
        self.page.set_head(head);
        if is_whole {
            self.length = self.page.len();
        }
    }

    /// What the site does with the article, and why, once its file is read. The library learns of a
    /// changed configuration before the file is read again.
    fn publication(&self, kept: SitePublication, now: Timestamp) -> Vec<String> {
        match self.loaded() {
            Some(loaded) if loaded.ruling.verdict.publication == kept => loaded.ruling.words(now),
            _ if kept.says == Says::Nothing => Vec::new(),
            _ => vec![kept.at(now).to_string()],
        }
    }

    /// Has the page composed again, although its width is the same.
    pub(in crate::app) fn compose_again(&mut self) {
        self.asked = 0;
    }

    /// Limits the scroll position to the page, and has the page composed again if the window has
    /// another width.
    pub(in crate::app) fn settle(&mut self, window: Window, cx: Cx<'_>) -> Vec<Msg> {
        self.window = window;
        let mut msgs = Vec::new();
        if let Some(id) = self.article
            && self.asked != window.columns
        {
            if !matches!(self.content, Content::Loaded(_)) {
                self.compose_head(cx);
            }
            msgs.push(self.ask(id, cx));
        }
        msgs.extend(self.ask_for_pictures(cx));
        let last = self.last_scroll();
        if self.scroll > last {
            // The position to return to is kept, for when there is more room again.
            if self.held.scroll == self.scroll {
                self.held.scroll = last;
            }
            self.scroll = last;
        }
        msgs
    }
}

/// Why only what the library knows is shown, and what to do about it.
fn sentence(error: &ReadError, cx: Cx<'_>) -> String {
    let reason = error.to_string();
    let mut letters = reason.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    let reason: String = first.into_iter().chain(letters).collect();
    let key = cx.env.key(Command::Refresh, Context::Detail);
    format!("{reason}. {key} reloads the library.")
}

/// What the library keeps of an article, as an `Article`, shown until its file is read.
fn headline(article: ArticleRef<'_>) -> Article {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Article {
        title: article.title().into_owned(),
        excerpt: article.excerpt().into_owned(),
        categories: article.categories().map(str::to_owned).collect(),
        listed: article.listed(),
        published_at: article.published_at(),
        updated_at: article.updated_at(),
        urls: Urls {
            original: some(&article.original()),
            ..Urls::default()
        },
        provider: Provider {
            name: article.provider().to_owned(),
            domain: article.domain().to_owned(),
            ..Provider::default()
        },
        topics: article.topics().map(str::to_owned).collect(),
        ..Article::default()
    }
}
