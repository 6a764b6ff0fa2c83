//! A person's own files: configuration, desk, cache.

use std::path::Path;
use std::time::Duration;

use super::disk::{self, ByteSize, FolderAccess};
use crate::cli::keys;
use crate::config::{Config, XdgEnvironment};
use crate::desk::{NoPlace, OnDamage, Opening, open};
use crate::feeds::Feeds;
use crate::model::Finding;

/// How long to wait for another program that writes to the desk.
const PATIENCE: Duration = Duration::from_secs(2);

/// Whether the configuration can be used, and where it is.
pub fn configuration(places: &XdgEnvironment) -> Finding {
    const ABOUT: &str = "configuration";
    let Some(path) = places.config_file() else {
        let says = "there is no place for it: HOME is not set";
        return Finding::warn(ABOUT, says, "set HOME, or NEWSDESK_CONFIG to a file");
    };
    let mut config = Config::load_leniently(places);
    keys::usable(&mut config, places);
    match config.troubles.first() {
        Some(trouble) => Finding::bad(
            ABOUT,
            trouble.clone(),
            "fix the file: `newsdesk config edit`; `newsdesk config check` lists what is wrong",
        ),
        None if disk::size(&path).is_some() => Finding::ok(ABOUT, path.display().to_string()),
        None => Finding::ok(
            ABOUT,
            format!("the defaults; {} does not exist", path.display()),
        ),
    }
}

/// Whether the list of feeds can be read, and how many there are.
pub fn feeds(places: &XdgEnvironment) -> Finding {
    const ABOUT: &str = "feeds";
    match Feeds::load(places.feeds_file().as_deref()) {
        Ok(list) => Finding::ok(ABOUT, list.feeds.len().to_string()),
        Err(error) => Finding::bad(
            ABOUT,
            error.to_string(),
            "fix the file; until then nothing is fetched",
        ),
    }
}

/// Whether marks can be kept.
pub fn desk(path: Option<&Path>) -> Finding {
    const ABOUT: &str = "desk";
    let Some(path) = path else {
        return Finding::bad(
            ABOUT,
            NoPlace.to_string(),
            "set HOME, or NEWSDESK_DESK to a file",
        );
    };
    let place = path.display();
    let Some(size) = disk::size(path) else {
        return match disk::folder(path.parent().unwrap_or(path)) {
            FolderAccess::ReadOnly => Finding::bad(
                ABOUT,
                format!("{place} cannot be created"),
                "name a file in a folder that you can write to with --desk or NEWSDESK_DESK",
            ),
            FolderAccess::Writable | FolderAccess::Missing => {
                Finding::ok(ABOUT, format!("none yet; the first mark creates {place}"))
            }
        };
    };
    // Opening it checks it.
    match open(path, PATIENCE, OnDamage::Leave) {
        Opening::Opened { notice: None, .. } => Finding::ok(
            ABOUT,
            format!("{place}, {}, writable and sound", ByteSize(size)),
        ),
        Opening::Opened {
            notice: Some(notice),
            ..
        } => {
            let says = format!("{place}, {}: {notice}", ByteSize(size));
            Finding::warn(
                ABOUT,
                says,
                "docs/desk.md says how to look at an earlier desk",
            )
        }
        Opening::ReadOnly { why, .. } => Finding::warn(
            ABOUT,
            why.to_string(),
            "marks are shown, but cannot be kept until the file and its folder are writable",
        ),
        Opening::Unusable { why } => Finding::bad(
            ABOUT,
            why.to_string(),
            "use another desk with --desk meanwhile; docs/desk.md says how to restore this one",
        ),
    }
}

/// Whether the library can be shown at once next time.
pub fn cache(places: &XdgEnvironment) -> Finding {
    const ABOUT: &str = "cache";
    let Some(path) = places.cache_folder() else {
        let says = "there is no place for it: HOME is not set";
        return Finding::warn(ABOUT, says, "set HOME or XDG_CACHE_HOME");
    };
    let place = path.display();
    match disk::folder(&path) {
        FolderAccess::Writable => {
            let size = ByteSize(disk::size_within(&path));
            Finding::ok(ABOUT, format!("{place}, {size}"))
        }
        FolderAccess::Missing => {
            Finding::ok(ABOUT, format!("none yet; the reader creates {place}"))
        }
        FolderAccess::ReadOnly => Finding::warn(
            ABOUT,
            format!("{place} cannot be written to"),
            "make it writable: until then, every start reads all files",
        ),
    }
}
