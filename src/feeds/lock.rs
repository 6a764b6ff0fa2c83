//! Allows only one fetch at a time on a machine, whoever starts it.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;

use rustix::fs::{FlockOperation, flock};
use rustix::io::Errno;

/// The right to fetch; released when dropped, or when the program ends in any way.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "its being open is what counts")] File);

/// Takes the right to fetch; `None` if another program has it. `folder` is the state folder.
///
/// # Errors
/// If the system cannot tell.
pub fn take(folder: &Path) -> io::Result<Option<Lock>> {
    fs::create_dir_all(folder)?;
    let mut options = OpenOptions::new();
    let file = options
        .create(true)
        .truncate(false)
        .write(true)
        .open(folder.join("fetch.lock"))?;
    match flock(&file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(Some(Lock(file))),
        Err(Errno::WOULDBLOCK) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_has_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = take(folder.path()).expect("a lock");
        assert!(first.is_some());
        assert!(take(folder.path()).expect("an answer").is_none());
        drop(first);
        assert!(take(folder.path()).expect("an answer").is_some());
    }
}
