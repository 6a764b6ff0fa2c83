//! Pictures from the web: fetched when a person asks for them, and cached up to a limit. Their
//! bytes are not examined here.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::SystemTime;

use tempfile::Builder;
use thiserror::Error;
use xxhash_rust::xxh3::xxh3_128;

use super::http::{Http, HttpAnswer, HttpError, HttpRequest};
use super::queue;
use crate::format::link::Link;
use crate::format::system::system_words;

/// Most bytes of a picture, decompressed.
pub const MAX_PICTURE: u64 = 10 << 20;
/// Most bytes of the whole cache.
const MOST: u64 = 200 << 20;
/// Its folder in the cache folder.
const FOLDER: &str = "pictures";
/// How the names of unfinished files start.
const TEMPORARY: &str = ".picture-";

const ACCEPT: &str = "image/png, image/jpeg, image/webp, image/gif";

/// An Internet address that belongs to nobody (RFC 5737). It stands for whatever named a picture in
/// a file that names no page.
const NOBODY: &str = "https://192.0.2.1/";

/// Why there is no picture, worded for people.
#[derive(Debug, Error)]
pub enum PictureError {
    #[error(transparent)]
    Http(#[from] HttpError),
    #[error("{}: cannot be written: {}", .path.display(), system_words(.error))]
    NotKept { path: PathBuf, error: io::Error },
    #[error("there is no place for it; set HOME")]
    Nowhere,
}

/// The cached pictures.
#[derive(Clone, Debug)]
pub struct Album {
    folder: PathBuf,
    most: u64,
}

impl Album {
    /// The pictures below a cache folder. Creates nothing until there is something to keep.
    pub fn new(cache: &Path) -> Self {
        Self {
            folder: cache.join(FOLDER),
            most: MOST,
        }
    }

    /// The same with another limit, in bytes.
    pub fn up_to(self, most: u64) -> Self {
        Self { most, ..self }
    }

    /// The bytes of a picture, if cached.
    pub fn get(&self, link: &Link) -> Option<Vec<u8>> {
        let file = File::open(self.path(link)).ok()?;
        // Records when it was last seen: what has not been seen for longest makes room.
        let _ = file.set_modified(SystemTime::now());
        let mut bytes = Vec::new();
        file.take(MAX_PICTURE).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    /// Fetches a picture that `page` shows, and caches it. If the page is on the Internet, or the
    /// article names none, the picture must be on the Internet too.
    ///
    /// # Errors
    /// If there is none within the limits, or it cannot be kept.
    pub fn fetch(&self, http: &Http, link: &Link, page: Option<&Link>) -> Result<(), PictureError> {
        let nobody = Link::parse(NOBODY).ok();
        let answer = http.get(&HttpRequest {
            url: link,
            said_by: page.or(nobody.as_ref()),
            accept: ACCEPT,
            most: MAX_PICTURE,
            etag: None,
            modified: None,
            credentials: None,
            headers: None,
        })?;
        // The request was not conditional, so there is always a document.
        if let HttpAnswer::Document(document) = answer {
            let path = self.path(link);
            self.keep(&path, &document.bytes)
                .map_err(|error| PictureError::NotKept { path, error })?;
        }
        Ok(())
    }

    /// Fetches several at once, and passes on each result, like [`fetch`](Self::fetch). `stop` ends
    /// it before the next one.
    pub fn fetch_all(
        &self,
        http: &Http,
        links: &[Link],
        page: Option<&Link>,
        stop: &AtomicBool,
        mut take: impl FnMut(&Link, Result<(), PictureError>),
    ) {
        let hosts = links.iter().map(|link| link.host().to_owned()).collect();
        queue::each(
            hosts,
            stop,
            |at| self.fetch(http, &links[at], page),
            |fetched| {
                fetched
                    .into_iter()
                    .for_each(|(at, it)| take(&links[at], it))
            },
        );
    }

    fn path(&self, link: &Link) -> PathBuf {
        let address = link.bare();
        let name = format!("{:032x}", xxh3_128(address.as_str().as_bytes()));
        self.folder.join(name)
    }

    fn keep(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let mut file = Builder::new().prefix(TEMPORARY).tempfile_in(&self.folder)?;
        file.write_all(bytes)?;
        file.persist(path).map_err(|refused| refused.error)?;
        self.tidy()
    }

    /// Removes those not seen for longest until the rest are within the limit.
    fn tidy(&self) -> io::Result<()> {
        let mut kept = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            // Another program may have removed it just now.
            let Ok(metadata) = entry.metadata() else {
                continue;
            };
            if metadata.is_file() {
                kept.push((metadata.modified()?, metadata.len(), entry.path()));
            }
        }
        kept.sort();
        let mut bytes = 0;
        for (_, length, path) in kept.into_iter().rev() {
            bytes += length;
            if bytes > self.most {
                match fs::remove_file(path) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                    _ => {}
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn link(text: &str) -> Link {
        Link::parse(text).expect(text)
    }

    /// Caches a picture that was last seen this many seconds ago.
    fn keep(album: &Album, name: &str, bytes: usize, ago: u64) -> Link {
        let link = link(&format!("https://a.example/{name}"));
        let path = album.path(&link);
        album.keep(&path, &vec![0; bytes]).expect("it is kept");
        let seen = SystemTime::now() - Duration::from_secs(ago);
        let file = File::options().write(true).open(path).expect("the file");
        file.set_modified(seen).expect("a time");
        link
    }

    #[test]
    fn those_not_seen_for_longest_make_room() {
        let folder = tempfile::tempdir().expect("a folder");
        let album = Album::new(folder.path()).up_to(100);
        let old = keep(&album, "old", 40, 300);
        let older = keep(&album, "older", 40, 400);
        // It has been seen again, and is now the newest.
        assert_eq!(album.get(&older).map(|it| it.len()), Some(40));
        let new = keep(&album, "new", 30, 0);
        let is_kept = |link: &Link| album.get(link).is_some();
        assert!(!is_kept(&old) && is_kept(&older) && is_kept(&new));
    }

    #[test]
    fn a_picture_is_kept_under_what_is_asked_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let album = Album::new(folder.path());
        let kept = keep(&album, "a.png?w=3", 5, 0);
        assert_eq!(album.get(&kept).map(|it| it.len()), Some(5));
        let with_user = link("https://u:p@a.example/a.png?w=3#x");
        assert_eq!(album.get(&with_user).map(|it| it.len()), Some(5));
        assert_eq!(album.get(&link("https://a.example/a.png?w=4")), None);
    }

    #[test]
    fn what_an_article_of_the_internet_names_is_not_fetched_from_this_machine() {
        let folder = tempfile::tempdir().expect("a folder");
        let album = Album::new(folder.path());
        // Nothing listens there.
        let own = link("http://127.0.0.1:1/a.png");
        let fetch = |page: Option<&Link>| album.fetch(&Http::default(), &own, page);
        let of_the_internet = link("https://1.1.1.1/news");
        for page in [None, Some(&of_the_internet)] {
            let refused = fetch(page);
            let is_private = matches!(refused, Err(PictureError::Http(HttpError::Private(_))));
            assert!(is_private, "{refused:?}");
        }
        let tried = fetch(Some(&link("http://127.0.0.1:1/news")));
        let is_tried = matches!(
            tried,
            Err(PictureError::Http(HttpError::Unreachable { .. }))
        );
        assert!(is_tried, "{tried:?}");
    }
}
