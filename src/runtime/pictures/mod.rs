//! The thread that prepares the pictures of the article shown, and the one that fetches pictures from
//! the web. Only the newest article counts; nothing waits for it.

mod decode;
mod encode;
mod find;

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::Sender;

use super::background;
use super::latest_slot::LatestSlot;
use super::loop_message::LoopMessage;
use super::stopped::Stopped;
use crate::app::{Fate, Reply, RequestId, WantedPictures, WebPictures};
use crate::feeds::http::Http;
use crate::feeds::pictures::{Album, PictureError};
use crate::library::Source;

pub use decode::{DecodeError, decode};
pub use encode::{Numbers, render};
pub use find::{PictureSource, place};

/// A handle to the thread.
pub struct Gallery {
    newest: Arc<LatestSlot<(RequestId, WantedPictures)>>,
    /// Without a cache folder, nothing can be fetched.
    album: Option<Album>,
    messages: Sender<LoopMessage>,
}

impl Gallery {
    /// Starts the thread; it ends with the process. `cache` is the cache folder.
    ///
    /// # Errors
    /// If the thread cannot be started.
    pub fn start(
        source: Source,
        cache: Option<&Path>,
        stopped: Stopped,
        messages: Sender<LoopMessage>,
    ) -> io::Result<Self> {
        let newest = Arc::new(LatestSlot::default());
        let requests: Arc<LatestSlot<(RequestId, WantedPictures)>> = Arc::clone(&newest);
        let album = cache.map(Album::new);
        let mut look = Look {
            source,
            album: album.clone(),
            numbers: Numbers::default(),
        };
        let replies = messages.clone();
        background::start("pictures", move || {
            loop {
                let (id, wanted) = requests.take();
                let tell = |reply| replies.send(LoopMessage::reply(id, reply)).is_ok();
                let is_wanted = || !requests.has_newer() && !stopped.contains(id);
                for (url, fate) in look.at(&wanted) {
                    if !is_wanted() {
                        break;
                    }
                    tell(Reply::Picture(url, fate));
                }
                if !tell(Reply::AllPictures) {
                    return;
                }
            }
        })?;
        Ok(Self {
            newest,
            album,
            messages,
        })
    }

    /// Prepares pictures for the screen.
    pub fn ask(&self, id: RequestId, wanted: WantedPictures) {
        self.newest.put((id, wanted));
    }

    /// Fetches pictures from the web, on a separate thread.
    ///
    /// # Errors
    /// If the thread cannot be started.
    pub fn fetch(&self, id: RequestId, wanted: WebPictures) -> io::Result<()> {
        let (album, messages) = (self.album.clone(), self.messages.clone());
        let work = move || {
            // The loop may have ended in the meantime.
            let _ = messages.send(LoopMessage::reply(id, fetch(album.as_ref(), &wanted)));
        };
        background::start("web pictures", work)?;
        Ok(())
    }
}

/// Fetches pictures into the album.
pub fn fetch(album: Option<&Album>, wanted: &WebPictures) -> Reply {
    let Some(album) = album else {
        let failed = vec![PictureError::Nowhere.to_string()];
        return Reply::FetchedPictures { fetched: 0, failed };
    };
    let never = AtomicBool::new(false);
    let (mut fetched, mut failed) = (0, Vec::new());
    album.fetch_all(
        &Http::default(),
        &wanted.links,
        wanted.page.as_ref(),
        &never,
        |link, outcome| match outcome {
            Ok(()) => fetched += 1,
            Err(error) => failed.push(format!("{}: {error}", link.host())),
        },
    );
    Reply::FetchedPictures { fetched, failed }
}

/// Examines pictures: where they are, and what they show.
pub struct Look {
    pub source: Source,
    pub album: Option<Album>,
    pub numbers: Numbers,
}

impl Look {
    /// The fate of each picture, one by one: each is decoded only when the iterator reaches it.
    pub fn at(&mut self, wanted: &WantedPictures) -> impl Iterator<Item = (String, Fate)> {
        wanted
            .urls
            .iter()
            .map(|url| (url.clone(), self.fate(url, wanted)))
    }

    fn fate(&mut self, url: &str, wanted: &WantedPictures) -> Fate {
        let bytes = match place(url, &wanted.path, &self.source) {
            PictureSource::Web(link) => {
                match self.album.as_ref().and_then(|album| album.get(&link)) {
                    Some(bytes) => bytes,
                    None => return Fate::Elsewhere(link),
                }
            }
            PictureSource::File(path) => match find::read(&path) {
                Ok(bytes) => bytes,
                Err(why) => return Fate::Refused(why),
            },
            PictureSource::Nowhere(why) => return Fate::Refused(why),
        };
        let rendered = decode(&bytes)
            .map_err(|error| error.to_string())
            .and_then(|image| render(image, &wanted.canvas, wanted.most, &mut self.numbers));
        match rendered {
            Ok(rendered) => Fate::Shown(Arc::new(rendered)),
            Err(why) => Fate::Refused(why),
        }
    }
}
