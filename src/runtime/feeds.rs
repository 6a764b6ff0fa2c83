//! Fetches feeds and web pages on separate threads. The `feeds` layer does the work.

use std::cell::LazyCell;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

use super::background;
use super::effects::Among;
use super::loop_message::LoopMessage;
use super::underway::Underway;
use crate::app::{Reply, RequestId};
use crate::feeds::service::{FeedSelection, FeedsRequest, Service};
use crate::format::link::canonical_key;
use crate::library::Articles;

/// Starts requests about feeds.
pub struct Fetcher {
    pub service: Service,
    pub underway: Underway,
    pub sender: Sender<LoopMessage>,
}

impl Fetcher {
    /// Carries out a request, given the articles and their marks, and replies with the result.
    ///
    /// # Errors
    /// If the thread cannot be started.
    pub fn start(&self, id: RequestId, request: FeedsRequest, among: Among) -> io::Result<()> {
        let (service, sender) = (self.service.clone(), self.sender.clone());
        let task = label(&request).map(|label| self.underway.begin(label.to_owned()));
        let work = move || {
            // Needed for few feeds only.
            let done = LazyCell::new(|| among.marks.done_with(&among.articles));
            let is_done_with = |path: &Path| done.contains(path);
            let file_of = |url: &str| file_of(url, &among.articles);
            let reply = Reply::Feeds(service.answer(request, &is_done_with, &file_of));
            drop(task);
            // The loop may have ended in the meantime.
            let _ = sender.send(LoopMessage::reply(id, reply));
        };
        background::start("feeds", work)?;
        Ok(())
    }
}

/// The file of the article whose page is this URL. Looks at all articles, since they have no index of
/// their own.
fn file_of(url: &str, articles: &Articles) -> Option<PathBuf> {
    let page = canonical_key(url)?;
    let mut all = articles.ids().map(|id| articles.article(id));
    let found = all.find(|article| article.pages().contains(&page));
    found.map(|article| article.path())
}

/// What is lost if the program does not wait for it.
fn label(request: &FeedsRequest) -> Option<&'static str> {
    match request {
        FeedsRequest::Fetch(FeedSelection::All) => Some("fetching the feeds"),
        FeedsRequest::Fetch(FeedSelection::Due) | FeedsRequest::List => None,
        FeedsRequest::Add(_) => Some("adding a feed"),
        FeedsRequest::Remove(_) => Some("removing a feed"),
        FeedsRequest::Save(_) => Some("saving a page"),
        FeedsRequest::GetTexts(_) | FeedsRequest::WriteTexts(_) => Some("writing full texts"),
    }
}
