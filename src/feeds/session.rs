//! A fetch from beginning to end, whoever starts it: which feeds, into which folders, one fetch at
//! a time, and what is remembered from one to the next.

use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use thiserror::Error;

use super::fetch::FeedJob;
use super::list::Feed;
use super::lock::{self, Lock};
use super::memory::Memory;
use super::place;
use crate::config::XdgEnvironment;
use crate::format::system::system_words;

/// The right to fetch, with what is remembered of earlier fetches.
#[derive(Debug)]
pub struct Session {
    pub memory: Memory,
    /// The folder that holds the memory.
    cache: Option<PathBuf>,
    _lock: Lock,
}

/// Why nothing can be fetched now.
#[derive(Debug, Error)]
pub enum NoSession {
    #[error("there is no place for the lock; set HOME or XDG_STATE_HOME")]
    Nowhere,
    #[error("{}: {}", .folder.display(), system_words(.error))]
    Lock { folder: PathBuf, error: io::Error },
    #[error("another fetch is under way; nothing was fetched")]
    UnderWay,
}

impl Session {
    /// Takes the right to fetch.
    ///
    /// # Errors
    /// If another program has it, or the system cannot tell.
    pub fn begin(places: &XdgEnvironment) -> Result<Self, NoSession> {
        let folder = places.state_folder().ok_or(NoSession::Nowhere)?;
        let lock = lock::take(&folder).map_err(|error| NoSession::Lock { folder, error })?;
        let lock = lock.ok_or(NoSession::UnderWay)?;
        let cache = places.cache_folder();
        // Only now: a fetch that has just ended remembers more.
        let memory = Memory::load(cache.as_deref());
        Ok(Self {
            memory,
            cache,
            _lock: lock,
        })
    }

    /// Whether it is time to fetch a feed.
    pub fn is_due(&self, feed: &Feed, now: Timestamp) -> bool {
        let known = self.memory.feeds.get(&feed.url);
        known.is_none_or(|it| it.is_due(now))
    }

    /// Saves what is to be remembered.
    ///
    /// # Errors
    /// If it cannot be written: everything is then fetched again.
    pub fn remember(&self) -> io::Result<()> {
        match &self.cache {
            Some(folder) => self.memory.save(folder),
            None => Ok(()),
        }
    }
}

/// The feeds with their folders. `library` is the folder for those that name none of their own.
pub fn jobs<'f>(
    feeds: impl IntoIterator<Item = &'f Feed>,
    library: Option<&Path>,
    places: &XdgEnvironment,
) -> Vec<FeedJob> {
    let jobs = feeds.into_iter().map(|feed| FeedJob {
        folder: place::folder(feed, library, places),
        feed: feed.clone(),
    });
    jobs.collect()
}
