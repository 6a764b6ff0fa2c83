//! The thread that reads the article to be shown; only the newest request counts. Pages are cached for
//! a while, since people go back and forth.

use std::io;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Sender;

use lru::LruCache;

use super::background;
use super::latest_slot::LatestSlot;
use super::loop_message::LoopMessage;
use crate::app::{LoadedArticle, PageExtent, PageLayout, ReadArticle, Reply, RequestId, Section};
use crate::format::SiteOverrides;
use crate::library::{ReadError, Stamp, read_shown_with};

/// Total bytes of the files whose pages are cached.
const KEPT_BYTES: usize = 32 * 1024 * 1024;
/// Most pages cached, since each takes some memory however short its file is.
const KEPT_PAGES: NonZeroUsize = NonZeroUsize::MIN.saturating_add(1_999);

/// Reads the article to be shown. A newer request replaces one that has not begun, so that holding a
/// key down never builds up a queue.
pub struct ArticleReader {
    newest: Arc<LatestSlot<(RequestId, PathBuf, PageLayout)>>,
}

impl ArticleReader {
    /// Starts the thread, for a library with these `overrides`; it ends with the process.
    ///
    /// # Errors
    /// If the thread cannot be started.
    pub fn start(overrides: Arc<SiteOverrides>, messages: Sender<LoopMessage>) -> io::Result<Self> {
        let newest = Arc::new(LatestSlot::default());
        let requests = Arc::clone(&newest);
        let mut work = Work {
            messages,
            pages: Pages::new(KEPT_BYTES, overrides),
            composed: None,
        };
        background::start("reader", move || {
            loop {
                let (id, path, layout) = requests.take();
                let heard = match work.pages.read(path) {
                    Err(error) => work.tell(id, Reply::Read(Err(error))),
                    Ok(loaded) => work.compose(id, loaded, &layout, &requests),
                };
                if heard == Heard::No {
                    return;
                }
            }
        })?;
        Ok(Self { newest })
    }

    /// Reads the file at `path` and composes its page with `layout`.
    pub fn ask(&self, id: RequestId, path: PathBuf, layout: PageLayout) {
        self.newest.put((id, path, layout));
    }
}

/// Composes an article's page, without its head: the beginning first and then the whole, or the whole
/// at once if it is short.
pub fn compose(
    loaded: &Arc<LoadedArticle>,
    layout: &PageLayout,
) -> impl Iterator<Item = ReadArticle> {
    let read = |rest: Section, extent| ReadArticle {
        loaded: Arc::clone(loaded),
        rest: Arc::new(rest),
        columns: layout.columns,
        extent,
    };
    let beginning = Section::beginning(loaded, layout);
    let beginning = beginning.map(|rest| read(rest, PageExtent::FirstLines));
    let whole =
        std::iter::once_with(move || read(Section::rest(loaded, layout), PageExtent::Whole));
    beginning.into_iter().chain(whole)
}

struct Work {
    messages: Sender<LoopMessage>,
    pages: Pages,
    /// The section composed last. Held here until the next one, so that a long one is not dropped on
    /// the screen's thread.
    composed: Option<Arc<Section>>,
}

/// Whether the receiver still exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Heard {
    Yes,
    No,
}

impl Work {
    fn compose(
        &mut self,
        id: RequestId,
        loaded: Arc<LoadedArticle>,
        layout: &PageLayout,
        requests: &LatestSlot<(RequestId, PathBuf, PageLayout)>,
    ) -> Heard {
        for read in compose(&loaded, layout) {
            self.composed = Some(Arc::clone(&read.rest));
            if self.tell(id, Reply::Read(Ok(read))) == Heard::No {
                return Heard::No;
            }
            // A newer request is waiting, so the rest is not needed.
            if requests.has_newer() {
                break;
            }
        }
        Heard::Yes
    }

    fn tell(&self, id: RequestId, reply: Reply) -> Heard {
        match self.messages.send(LoopMessage::reply(id, reply)) {
            Ok(()) => Heard::Yes,
            Err(_) => Heard::No,
        }
    }
}

/// Recently read pages, valid while their files are unchanged.
struct Pages {
    kept: LruCache<PathBuf, Kept>,
    bytes: usize,
    most: usize,
    overrides: Arc<SiteOverrides>,
}

struct Kept {
    stamp: Stamp,
    bytes: usize,
    loaded: Arc<LoadedArticle>,
}

impl Pages {
    fn new(most: usize, overrides: Arc<SiteOverrides>) -> Self {
        Self {
            kept: LruCache::new(KEPT_PAGES),
            bytes: 0,
            most,
            overrides,
        }
    }

    fn read(&mut self, path: PathBuf) -> Result<Arc<LoadedArticle>, ReadError> {
        let metadata = std::fs::metadata(&path).ok();
        let stamp = metadata.as_ref().map_or(Stamp::NONE, Stamp::from_metadata);
        if stamp != Stamp::NONE
            && let Some(kept) = self.kept.get(&path)
            && kept.stamp == stamp
        {
            return Ok(Arc::clone(&kept.loaded));
        }
        let shown = read_shown_with(&path, &self.overrides)?;
        let loaded = Arc::new(LoadedArticle::new(*shown, &path));
        if let Some(metadata) = metadata {
            let bytes = usize::try_from(metadata.len()).unwrap_or(usize::MAX);
            self.keep(
                path,
                Kept {
                    stamp,
                    bytes,
                    loaded: Arc::clone(&loaded),
                },
            );
        }
        Ok(loaded)
    }

    fn keep(&mut self, path: PathBuf, page: Kept) {
        if page.bytes > self.most {
            return;
        }
        self.bytes += page.bytes;
        if let Some((_, before)) = self.kept.push(path, page) {
            self.bytes -= before.bytes;
        }
        while self.bytes > self.most
            && let Some((_, oldest)) = self.kept.pop_lru()
        {
            self.bytes -= oldest.bytes;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn title(pages: &mut Pages, path: &std::path::Path) -> (String, Arc<LoadedArticle>) {
        let loaded = pages.read(path.to_path_buf()).expect("an article");
        (loaded.article.title.clone(), loaded)
    }

    #[test]
    fn a_page_is_kept_until_its_file_changes() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.md");
        fs::write(&path, "---\ntitle: One\nexcerpt: x\n---\n").expect("a file");
        let mut pages = Pages::new(10_000, Arc::default());
        let (_, first) = title(&mut pages, &path);
        assert!(Arc::ptr_eq(&first, &title(&mut pages, &path).1));
        fs::write(&path, "---\ntitle: Another\nexcerpt: x\n---\n").expect("a file");
        assert_eq!(title(&mut pages, &path).0, "Another");
    }

    #[test]
    fn the_pages_not_seen_for_longest_make_room() {
        let folder = tempfile::tempdir().expect("a folder");
        let text = format!("---\ntitle: One\nexcerpt: {}\n---\n", "x".repeat(300));
        let paths: Vec<PathBuf> = (0..5)
            .map(|number| folder.path().join(format!("{number}.md")))
            .collect();
        let mut pages = Pages::new(text.len() * 3, Arc::default());
        for path in &paths {
            fs::write(path, &text).expect("a file");
            title(&mut pages, path);
            title(&mut pages, &paths[0]);
        }
        let kept: Vec<bool> = paths.iter().map(|path| pages.kept.contains(path)).collect();
        assert_eq!(kept, [true, false, false, true, true]);
        assert!(pages.bytes <= pages.most);
    }
}
