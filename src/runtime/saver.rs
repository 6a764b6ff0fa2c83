//! The thread that saves the library for the next run. The app decides when.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::time::{Instant, SystemTime};

use super::background;
use super::indexes::Indexes;
use super::saves_ahead::{SaveAhead, SavesAhead};
use super::spare;
use crate::library::Source;
use crate::library::snapshot::{self, LibraryPicture};
use crate::query::kept;

/// Saves libraries. The thread ends with the process; a file that is unfinished then is never used.
pub struct SnapshotSaver {
    pictures: Sender<(LibraryPicture, SaveAhead)>,
    ahead: SavesAhead,
}

impl SnapshotSaver {
    /// Starts the thread that saves libraries of `source` in the folder `cache`, and words for `indexes`
    /// beside them, each announced to those who wait for `ahead`.
    ///
    /// # Errors
    /// If the thread cannot be started.
    pub fn start(
        source: Source,
        cache: PathBuf,
        indexes: Arc<Indexes>,
        ahead: SavesAhead,
    ) -> io::Result<Self> {
        let (pictures, asked) = channel::<(LibraryPicture, SaveAhead)>();
        background::start("saver", move || {
            for (picture, ahead) in asked {
                keep(&picture, &source, &cache, &indexes);
                drop(picture);
                tidy(&cache);
                spare::give_back();
                drop(ahead);
            }
        })?;
        Ok(Self { pictures, ahead })
    }

    /// Saves a library.
    pub fn keep(&self, picture: LibraryPicture) {
        // Cannot fail: the thread lives as long as the process.
        let _ = self.pictures.send((picture, self.ahead.announce()));
    }
}

/// Failing only makes the next start slower, so it is logged rather than shown.
fn keep(picture: &LibraryPicture, source: &Source, cache: &Path, indexes: &Indexes) {
    let begun = Instant::now();
    match snapshot::keep_with(picture, source, cache, &kept::parts) {
        Ok(None) => {}
        Ok(Some(kept)) => {
            tracing::info!(
                articles = kept.articles,
                bytes = kept.bytes,
                took = ?begun.elapsed(),
                "saved the library"
            );
            indexes.keep(kept.beside);
        }
        Err(error) => tracing::warn!("cannot save the library in {}: {error}", cache.display()),
    }
}

/// Removes snapshots that are no longer needed.
fn tidy(cache: &Path) {
    match snapshot::tidy(cache, SystemTime::now()) {
        Ok(removed) => {
            for path in removed {
                tracing::info!("removed, no longer needed: {}", path.display());
            }
        }
        Err(error) => tracing::warn!("cannot tidy {}: {error}", cache.display()),
    }
}
