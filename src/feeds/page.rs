//! A web page as an article.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use jiff::Timestamp;
use thiserror::Error;

use super::article::{ArticleDraft, of_page};
use super::files;
use super::http::{Http, HttpAnswer, HttpError, HttpRequest, MAX_PAGE, WebDocument};
use super::queue;
use super::read;
use super::readable::{Unreadable, readable};
use crate::format::link::Link;
use crate::format::system::system_words;

/// What to ask servers for: the value of `Accept`.
const ACCEPT: &str = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1";

/// Why a page does not become an article.
#[derive(Debug, Error)]
pub enum PageError {
    #[error(transparent)]
    Http(#[from] HttpError),
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    #[error("{}: cannot be written: {}", .folder.display(), system_words(.error))]
    Folder { folder: PathBuf, error: io::Error },
}

/// Fetches a page and makes an article of it. `said_by` is what named the page, unless a person
/// did.
///
/// # Errors
/// If there is none, or it has no main text.
pub fn page(http: &Http, url: &Link, said_by: Option<&Link>) -> Result<ArticleDraft, PageError> {
    let answer = http.get(&HttpRequest {
        url,
        said_by,
        accept: ACCEPT,
        most: MAX_PAGE,
        etag: None,
        modified: None,
        credentials: None,
        headers: None,
    })?;
    let HttpAnswer::Document(document) = answer else {
        // The request was not conditional.
        return Err(Unreadable::NoText.into());
    };
    let html = html(&document)?;
    let (contents, entry) = readable(&html, &document.url)?;
    of_page(&contents, &entry, Timestamp::now()).ok_or_else(|| Unreadable::NoText.into())
}

/// The text of a page. The server's media type counts, if it gives one.
fn html(document: &WebDocument) -> Result<String, Unreadable> {
    let text = read::text(&document.bytes, document.charset.as_deref());
    match document.kind.as_str() {
        "text/html" | "application/xhtml+xml" => Ok(text),
        "" if read::is_page(&text) => Ok(text),
        "" => Err(Unreadable::NoPage("something else".to_owned())),
        kind => Err(Unreadable::NoPage(kind.chars().take(80).collect())),
    }
}

/// Fetches several pages at once, and passes on each as it arrives, with its number. `stop` ends it
/// before the next one.
pub fn each_page(
    http: &Http,
    urls: &[Link],
    stop: &AtomicBool,
    mut take: impl FnMut(usize, Result<ArticleDraft, PageError>),
) {
    let hosts = urls.iter().map(|url| url.host().to_owned()).collect();
    queue::each(
        hosts,
        stop,
        |at| page(http, &urls[at], None),
        |brought| {
            for (at, page) in brought {
                take(at, page);
            }
        },
    );
}

/// Saves pages as articles, each once.
pub struct PageSaver<'a> {
    folder: &'a Path,
    file_of: FileOf<'a>,
    /// The files that it has saved, by page.
    saved: HashMap<u64, PathBuf>,
}

/// Finds the file of the library's article for a URL.
pub type FileOf<'a> = &'a dyn Fn(&str) -> Option<PathBuf>;

/// What became of a page.
#[derive(Debug, PartialEq, Eq)]
pub enum Saved {
    /// The file of a new article.
    New(PathBuf),
    /// The file of an article that has this page already.
    There(PathBuf),
}

impl<'a> PageSaver<'a> {
    /// A saver that writes into a folder.
    pub fn new(folder: &'a Path, file_of: FileOf<'a>) -> Self {
        Self {
            folder,
            file_of,
            saved: HashMap::new(),
        }
    }

    /// Writes a page to a file and syncs it, unless the library has it already: where its address
    /// led is known only now.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn save(&mut self, draft: &ArticleDraft) -> Result<Saved, PageError> {
        let page = draft.page.as_ref();
        let saved = || page.and_then(|page| self.saved.get(page)).cloned();
        let url = draft.article.urls.original.as_deref();
        if let Some(path) = url.and_then(self.file_of).or_else(saved) {
            return Ok(Saved::There(path));
        }
        let path = self.write(draft).map_err(|error| {
            let folder = self.folder.to_path_buf();
            PageError::Folder { folder, error }
        })?;
        if let Some(page) = page {
            self.saved.insert(*page, path.clone());
        }
        Ok(Saved::New(path))
    }

    fn write(&self, draft: &ArticleDraft) -> io::Result<PathBuf> {
        let path = files::create(self.folder, draft)?;
        files::sync(self.folder)?;
        Ok(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_saved_once_under_whichever_of_its_addresses() {
        let link = Some("https://a.example/1".to_owned());
        let entry = crate::feeds::read::FeedEntry {
            link,
            ..Default::default()
        };
        let now = Timestamp::UNIX_EPOCH;
        let draft = of_page(&Default::default(), &entry, now).expect("a draft");
        let folder = tempfile::tempdir().expect("a folder");
        let known = |url: &str| (url == "https://a.example/1").then(|| PathBuf::from("a.md"));
        let saved = PageSaver::new(folder.path(), &known).save(&draft);
        assert_eq!(saved.expect("it is saved"), Saved::There("a.md".into()));
        // The library does not know yet what was just saved.
        let mut saver = PageSaver::new(folder.path(), &|_| None);
        let saved = [0, 1].map(|_| saver.save(&draft).expect("it is saved"));
        let [Saved::New(path), again] = saved else {
            panic!("{saved:?}");
        };
        assert_eq!(again, Saved::There(path));
    }

    #[test]
    fn what_is_no_page_is_said_to_be_none() {
        let document = |kind: &str, text: &str| WebDocument {
            url: Link::parse("https://a.example/").expect("a link"),
            moved: None,
            bytes: text.as_bytes().to_vec(),
            kind: kind.to_owned(),
            charset: None,
            etag: None,
            modified: None,
            fresh: None,
        };
        assert!(html(&document("text/html", "a")).is_ok());
        assert!(html(&document("", "<!DOCTYPE html><p>a")).is_ok());
        for (kind, text) in [
            ("application/pdf", "%PDF"),
            ("", "%PDF"),
            ("image/png", "<html>"),
        ] {
            assert!(
                matches!(html(&document(kind, text)), Err(Unreadable::NoPage(_))),
                "{kind}"
            );
        }
    }
}
