//! The log: a small file for finding out why something was slow or missing. Nothing in it is
//! needed, and none of it reaches the screen.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::sync::Mutex;

use tracing::Level;

/// Size in bytes at which a log is rotated; the previous one is kept beside it.
const MOST: u64 = 1024 * 1024;

/// Starts logging to `newsdesk.log` in this folder. If that fails, there is no log.
pub fn start(folder: Option<&Path>) {
    let Some(file) = folder.and_then(|folder| open(folder).ok()) else {
        return;
    };
    let subscriber = tracing_subscriber::fmt()
        .with_ansi(false)
        .with_max_level(Level::INFO)
        .with_target(false)
        .log_internal_errors(false)
        .with_writer(Mutex::new(file))
        .finish();
    // Fails only if a subscriber is already set, and then that one stays.
    let _ = tracing::subscriber::set_global_default(subscriber);
}

fn open(folder: &Path) -> io::Result<File> {
    fs::create_dir_all(folder)?;
    let path = folder.join("newsdesk.log");
    if fs::metadata(&path).is_ok_and(|metadata| metadata.len() > MOST) {
        fs::rename(&path, folder.join("newsdesk.log.old"))?;
    }
    File::options().create(true).append(true).open(path)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn a_log_that_is_too_long_is_begun_anew() {
        let home = tempfile::tempdir().expect("a folder");
        let folder = home.path().join("state/newsdesk");
        let length = |name: &str| fs::metadata(folder.join(name)).expect("a log").len();
        let write = |bytes: usize| {
            let mut log = open(&folder).expect("a log");
            log.write_all(&vec![b'x'; bytes]).expect("written");
            length("newsdesk.log")
        };
        assert_eq!(write(10), 10);
        assert_eq!(write(MOST as usize), MOST + 10);
        assert_eq!(write(1), 1);
        assert_eq!(length("newsdesk.log.old"), MOST + 10);
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_an_error() {
        let home = tempfile::tempdir().expect("a folder");
        let file = home.path().join("state");
        fs::write(&file, "").expect("a file");
        assert!(open(&file.join("newsdesk")).is_err());
    }
}
