//! A page of the web as an article.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use jiff::Timestamp;
use thiserror::Error;

use super::article::{Draft, of_page};
use super::files;
use super::http::{Answer, Document, Http, HttpError, MAX_PAGE, Request};
use super::queue;
use super::read;
use super::readable::{Unreadable, readable};
use crate::format::link::Link;

/// What servers are asked for.
const ACCEPT: &str = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1";

/// Why a page does not become an article.
#[derive(Debug, Error)]
pub enum PageError {
    #[error(transparent)]
    Http(#[from] HttpError),
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
}

/// Asks for a page, and makes an article of it.
///
/// # Errors
/// If there is none, or it has no main text.
pub fn page(http: &Http, url: &Link) -> Result<Draft, PageError> {
    let answer = http.get(&Request {
        url,
        said_by: None,
        accept: ACCEPT,
        most: MAX_PAGE,
        etag: None,
        modified: None,
        credentials: None,
        headers: None,
    })?;
    let Answer::Document(document) = answer else {
        // Nobody has asked on a condition.
        return Err(Unreadable::NoText.into());
    };
    let html = html(&document)?;
    let (contents, entry) = readable(&html, &document.url)?;
    of_page(&contents, &entry, Timestamp::now()).ok_or_else(|| Unreadable::NoText.into())
}

/// The text of a page. What its server says of it counts, unless it says nothing.
fn html(document: &Document) -> Result<String, Unreadable> {
    let text = read::text(&document.bytes, document.charset.as_deref());
    match document.kind.as_str() {
        "text/html" | "application/xhtml+xml" => Ok(text),
        "" if read::is_page(&text) => Ok(text),
        "" => Err(Unreadable::NoPage("something else".to_owned())),
        kind => Err(Unreadable::NoPage(kind.chars().take(80).collect())),
    }
}

/// Asks for several pages at once, and passes on each as it comes, with its number. `stop` ends it
/// before the next one.
pub fn each_page(
    http: &Http,
    urls: &[Link],
    stop: &AtomicBool,
    mut take: impl FnMut(usize, Result<Draft, PageError>),
) {
    let hosts = urls.iter().map(|url| url.host().to_owned()).collect();
    queue::each(
        hosts,
        stop,
        |at| page(http, &urls[at]),
        |brought| {
            for (at, page) in brought {
                take(at, page);
            }
        },
    );
}

/// Makes a file of an article, in a folder, and brings it to the disk.
///
/// # Errors
/// If that cannot be written.
pub fn save(folder: &Path, draft: &Draft) -> std::io::Result<PathBuf> {
    let path = files::create(folder, draft)?;
    files::sync(folder)?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_page_is_said_to_be_none() {
        let document = |kind: &str, text: &str| Document {
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
