//! The thread that keeps the library for the next run, beside everything else. Not for when: the app
//! says so.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::{Instant, SystemTime};

use crate::library::Source;
use crate::library::snapshot::{self, Picture};

/// Keeps libraries. The thread ends with the process; what it has not finished then, nobody sees.
pub struct Saver {
    pictures: Sender<Picture>,
}

impl Saver {
    /// Starts the thread, for libraries of `source` that are kept in the folder `cache`.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(source: Source, cache: PathBuf) -> io::Result<Self> {
        let (pictures, asked) = channel();
        thread::Builder::new()
            .name("saver".to_owned())
            .spawn(move || {
                for picture in asked {
                    keep(&picture, &source, &cache);
                    tidy(&cache);
                }
            })?;
        Ok(Self { pictures })
    }

    /// Has a library kept.
    pub fn keep(&self, picture: Picture) {
        // The thread ends only with the process.
        let _ = self.pictures.send(picture);
    }
}

/// Failing costs only time at the next start, so it is nothing to bother a person with.
fn keep(picture: &Picture, source: &Source, cache: &Path) {
    let begun = Instant::now();
    match snapshot::keep(picture, source, cache) {
        Ok(None) => {}
        Ok(Some(kept)) => tracing::info!(
            articles = kept.articles,
            bytes = kept.bytes,
            took = ?begun.elapsed(),
            "the library is kept"
        ),
        Err(error) => tracing::warn!("the library is not kept in {}: {error}", cache.display()),
    }
}

/// Makes room for what is used.
fn tidy(cache: &Path) {
    match snapshot::tidy(cache, SystemTime::now()) {
        Ok(removed) => {
            for path in removed {
                tracing::info!("not needed any more: {}", path.display());
            }
        }
        Err(error) => tracing::warn!("{} is not tidied: {error}", cache.display()),
    }
}
