//! Fetches the feeds when a person asks for it, on a thread of its own. How that is done is up to
//! the `feeds` layer.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use super::loop_message::LoopMessage;
use super::underway::Underway;
use crate::app::{Reply, RequestId};
use crate::config::{Config, Places};
use crate::desk::{OnDamage, Opening, SqliteDesk, open};
use crate::feeds::Feeds;
use crate::feeds::fetch::{Fetch, Mode};
use crate::feeds::http::Http;
use crate::feeds::outcome::Totals;
use crate::feeds::session::{Session, jobs};
use crate::library::folder_of;

/// How long to wait for another program that holds the desk.
const PATIENCE: Duration = Duration::from_secs(5);

/// Where what is fetched goes.
#[derive(Clone)]
pub struct Fetcher {
    pub places: Places,
    /// The file of the desk.
    pub desk: Option<PathBuf>,
    pub underway: Underway,
    pub sender: Sender<LoopMessage>,
}

impl Fetcher {
    /// Fetches all feeds, and replies with what they have brought.
    ///
    /// # Errors
    /// If the thread cannot be started.
    pub fn start(&self, id: RequestId) -> io::Result<()> {
        let fetcher = self.clone();
        let work = move || {
            let _task = fetcher.underway.begin("fetching the feeds".to_owned());
            let reply = Reply::Fetched(fetcher.fetch());
            // The loop may have ended meanwhile.
            let _ = fetcher.sender.send(LoopMessage::reply(id, reply));
        };
        thread::Builder::new()
            .name("feeds".to_owned())
            .spawn(work)?;
        Ok(())
    }

    fn fetch(&self) -> Result<Totals, String> {
        let places = &self.places;
        let list =
            Feeds::load(places.feeds_file().as_deref()).map_err(|error| error.to_string())?;
        if list.feeds.is_empty() {
            return Err("there are no feeds yet; `newsdesk feeds add URL` adds one".to_owned());
        }
        let config = Config::load_leniently(places);
        let library = config.first_root().map(folder_of);
        let jobs = jobs(&list.feeds, library, places);
        let mut session = Session::begin(places).map_err(|error| error.to_string())?;
        let mut desk = self.writable_desk()?;
        let mut fetch = Fetch {
            http: &Http::default(),
            desk: &mut desk,
            memory: &mut session.memory,
            mode: Mode::Keep,
            stop: &AtomicBool::new(false),
        };
        let totals = fetch.run(&jobs, &mut |_| {});
        if let Err(error) = session.remember() {
            tracing::warn!("when feeds are due is not remembered: {error}");
        }
        Ok(totals)
    }

    fn writable_desk(&self) -> Result<SqliteDesk, String> {
        let path: &Path = self
            .desk
            .as_deref()
            .ok_or("no place for the desk is known")?;
        match open(path, PATIENCE, OnDamage::Leave) {
            Opening::Opened { desk, .. } => Ok(desk),
            Opening::ReadOnly { why, .. } | Opening::Unusable { why } => Err(why.to_string()),
        }
    }
}
