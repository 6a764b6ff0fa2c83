//! Groups articles into stories, on a separate thread.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Instant;

use super::background;
use super::latest_slot::LatestSlot;
use super::loop_message::LoopMessage;
use super::saves_ahead::SavesAhead;
use super::spare;
use crate::app::{Reply, RequestId};
use crate::library::Articles;

/// Groups the newest articles it was given.
pub struct Grouper {
    newest: Arc<LatestSlot<(RequestId, Articles)>>,
}

impl Grouper {
    /// Starts the thread, which lets the saves `ahead` be done first; it ends with the process.
    ///
    /// # Errors
    /// If the thread cannot be started.
    pub fn start(ahead: SavesAhead, messages: Sender<LoopMessage>) -> io::Result<Self> {
        let newest = Arc::new(LatestSlot::default());
        let asked: Arc<LatestSlot<(RequestId, Articles)>> = Arc::clone(&newest);
        background::start("grouper", move || {
            loop {
                let (id, articles) = asked.take();
                ahead.wait();
                let begun = Instant::now();
                // If this is cancelled, the newer articles are grouped instead.
                let Some(stories) = articles.stories(&|| asked.has_newer()) else {
                    continue;
                };
                tracing::info!(
                    articles = articles.len(),
                    stories = stories.len(),
                    bytes = stories.bytes(),
                    took = ?begun.elapsed(),
                    "grouped into stories"
                );
                let reply = Reply::Grouped(stories.clone());
                // Fails only once the app is quitting.
                let _ = messages.send(LoopMessage::reply(id, reply));
                drop(articles);
                spare::give_back();
            }
        })?;
        Ok(Self { newest })
    }

    /// Groups these articles, unless newer ones arrive first.
    pub fn group(&self, id: RequestId, articles: Articles) {
        self.newest.put((id, articles));
    }
}
