//! What the reader asks of feeds and web pages, and the answers: plain data on both sides.
//! [`Service::answer`] takes as long as the network does, so it belongs on a thread of its own.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use jiff::Timestamp;

use super::adding::{ToAdd, to_add};
use super::changes;
use super::fetch::{Fetch, Mode};
use super::http::Http;
use super::list::{Feed, Feeds};
use super::memory::{Memory, Remembered};
use super::outcome::Totals;
use super::page::{FileOf, PageSaver, Saved, each_page, page};
use super::session::{Session, jobs};
use super::text::{self, TextResults};
use crate::config::{Config, XdgEnvironment};
use crate::desk::{OnDamage, Opening, SqliteDesk, open};
use crate::format::link::Link;
use crate::library::folder_of;

pub use super::text::{NewText, WantedText};

/// How long to wait for another program that holds the desk.
const PATIENCE: Duration = Duration::from_secs(5);

/// Something to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FeedsRequest {
    Fetch(FeedSelection),
    /// List the feeds and how their last fetches went.
    List,
    /// Add the feed at an address as it was typed.
    Add(String),
    /// Remove the feed with this address from the list.
    Remove(String),
    /// Save a page as an article.
    Save(Link),
    /// Get the full texts of articles.
    GetTexts(Vec<WantedText>),
    /// Write texts into the files of articles, replacing any that are there.
    WriteTexts(Vec<NewText>),
}

/// Which feeds to fetch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeedSelection {
    All,
    Due,
}

/// The outcome. A failure is a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FeedsReply {
    Fetched(FeedSelection, Result<Totals, String>),
    /// The file of the list, and the feeds in it.
    Listed(Result<(PathBuf, Vec<Listed>), String>),
    /// The name of the feed.
    Added(Result<String, String>),
    /// The name of the feed.
    Removed(Result<String, String>),
    /// The title of the article.
    Saved(Result<String, String>),
    Texts(TextResults),
}

/// A feed of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub name: String,
    pub url: String,
    pub last: Remembered,
}

/// Where the list, the desk and the library are.
#[derive(Clone, Debug)]
pub struct Service {
    pub places: XdgEnvironment,
    /// The file of the desk.
    pub desk: Option<PathBuf>,
    /// The name of the open library, if it has one.
    pub opened: Option<String>,
}

impl Service {
    /// Does what is asked. `is_done_with` tells whether an article's file is done with.
    pub fn answer(
        &self,
        request: FeedsRequest,
        is_done_with: &dyn Fn(&Path) -> bool,
        file_of: FileOf<'_>,
    ) -> FeedsReply {
        match request {
            FeedsRequest::Fetch(which) => {
                FeedsReply::Fetched(which, self.fetch(which, is_done_with))
            }
            FeedsRequest::List => FeedsReply::Listed(self.list()),
            FeedsRequest::Add(typed) => FeedsReply::Added(self.add(&typed)),
            FeedsRequest::Remove(url) => FeedsReply::Removed(self.remove(&url)),
            FeedsRequest::Save(link) => FeedsReply::Saved(self.save(&link, file_of)),
            FeedsRequest::GetTexts(wanted) => FeedsReply::Texts(get_texts(&wanted)),
            FeedsRequest::WriteTexts(new) => FeedsReply::Texts(text::write(&new)),
        }
    }

    fn feeds(&self) -> Result<Feeds, String> {
        Feeds::load(self.places.feeds_file().as_deref()).map_err(|error| error.to_string())
    }

    /// The folder for the articles of feeds that name none of their own: the same whichever library
    /// is open.
    fn library(&self) -> Option<PathBuf> {
        let config = Config::load_leniently(&self.places);
        config.first_root().map(folder_of).map(Path::to_path_buf)
    }

    /// The folder for pages.
    fn folder_of_pages(&self) -> Option<PathBuf> {
        let config = Config::load_leniently(&self.places);
        let root = config.root_of_pages(self.opened.as_deref());
        root.map(folder_of).map(Path::to_path_buf)
    }

    fn fetch(
        &self,
        which: FeedSelection,
        is_done_with: &dyn Fn(&Path) -> bool,
    ) -> Result<Totals, String> {
        let places = &self.places;
        let list = self.feeds()?;
        if list.feeds.is_empty() {
            return Err("there are no feeds yet; `newsdesk feeds add URL` adds one".to_owned());
        }
        let mut session = Session::begin(places).map_err(|error| error.to_string())?;
        let now = Timestamp::now();
        let is_wanted = |feed: &&Feed| which == FeedSelection::All || session.is_due(feed, now);
        let wanted = list.feeds.iter().filter(is_wanted);
        let jobs = jobs(wanted, self.library().as_deref(), places);
        let mut desk = self.writable_desk()?;
        let mut fetch = Fetch {
            http: &Http::default(),
            desk: &mut desk,
            memory: &mut session.memory,
            mode: Mode::Keep,
            is_done_with,
            stop: &AtomicBool::new(false),
        };
        let totals = fetch.run(&jobs, &mut |_| {});
        if let Err(error) = session.remember() {
            tracing::warn!("cannot save when feeds are due: {error}");
        }
        Ok(totals)
    }

    fn list(&self) -> Result<(PathBuf, Vec<Listed>), String> {
        let file = self.places.feeds_file();
        let file = file.ok_or_else(|| super::ListError::Nowhere.to_string())?;
        let memory = Memory::load(self.places.cache_folder().as_deref());
        let feeds = self.feeds()?.feeds.into_iter().map(|feed| Listed {
            name: feed.label().to_owned(),
            last: memory.feeds.get(&feed.url).cloned().unwrap_or_default(),
            url: feed.url,
        });
        Ok((file, feeds.collect()))
    }

    fn add(&self, typed: &str) -> Result<String, String> {
        let feeds = self.feeds()?;
        let found = to_add(&Http::default(), typed, None, &feeds);
        let feed = match found.map_err(|error| error.to_string())? {
            ToAdd::Feed(feed, _) => feed,
            ToAdd::Several(found) => {
                let urls: Vec<&str> = found.iter().map(|it| it.url.as_str()).collect();
                return Err(format!("the page links to several: {}", urls.join(", ")));
            }
        };
        let file = self.places.feeds_file();
        changes::add(file.as_deref(), std::slice::from_ref(&feed))
            .map_err(|error| error.to_string())?;
        Ok(feed.name)
    }

    fn remove(&self, url: &str) -> Result<String, String> {
        let feeds = self.feeds()?;
        let feed = feeds.named(url).map_err(|error| error.to_string())?;
        let file = self.places.feeds_file();
        changes::remove(file.as_deref(), url).map_err(|error| error.to_string())?;
        Ok(feed.label().to_owned())
    }

    fn save(&self, link: &Link, file_of: FileOf<'_>) -> Result<String, String> {
        let folder = self
            .folder_of_pages()
            .ok_or("no library is configured to save it in; set one with `newsdesk init FOLDER`")?;
        let draft = page(&Http::default(), link, None).map_err(|error| error.to_string())?;
        let saved = PageSaver::new(&folder, file_of).save(&draft);
        match saved.map_err(|error| error.to_string())? {
            Saved::New(_) => Ok(draft.article.title),
            Saved::There(path) => Err(format!("it is there already: {}", path.display())),
        }
    }

    fn writable_desk(&self) -> Result<SqliteDesk, String> {
        let path = self.desk.as_deref();
        let path = path.ok_or("there is no place for the desk")?;
        match open(path, PATIENCE, OnDamage::Leave) {
            Opening::Opened { desk, .. } => Ok(desk),
            Opening::ReadOnly { why, .. } | Opening::Unusable { why } => Err(why.to_string()),
        }
    }
}

fn get_texts(wanted: &[WantedText]) -> TextResults {
    let mut texts = TextResults::default();
    let mut asked = Vec::new();
    let mut links = Vec::new();
    for article in wanted {
        match Link::parse(&article.url) {
            Ok(link) => {
                asked.push(article);
                links.push(link);
            }
            Err(refusal) => texts.failed(&article.title, &refusal.to_string()),
        }
    }
    let never = AtomicBool::new(false);
    each_page(&Http::default(), &links, &never, |at, page| {
        let article = asked[at];
        match page {
            Ok(draft) => texts.take(article, draft.body),
            Err(error) => texts.failed(&article.title, &error.to_string()),
        }
    });
    texts
}
