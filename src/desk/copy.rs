//! A copy of a desk in the temporary folder: to read it where the desk itself cannot be opened, and
//! to tell damage from a failing disk. Nothing is written beside the desk here.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use xxhash_rust::xxh3::Xxh3;

/// The files that SQLite keeps beside a database.
pub(super) const COMPANIONS: [&str; 2] = ["-wal", "-shm"];

/// The database and its log: everything that holds marks.
const PARTS: [&str; 2] = ["", COMPANIONS[0]];

/// Bytes read at once.
const BLOCK: usize = 1 << 16;

/// A copy, removed when dropped.
#[derive(Debug)]
pub(super) struct DeskCopy {
    folder: TempDir,
    /// Hashes of the database and its log; `None` if there is none.
    hashes: [Option<u128>; PARTS.len()],
}

impl DeskCopy {
    /// Copies the whole desk at `path`.
    ///
    /// # Errors
    /// If it cannot be read, or there is no room for a copy.
    pub(super) fn new(path: &Path) -> io::Result<Self> {
        let folder = tempfile::tempdir()?;
        let mut hashes = [None; PARTS.len()];
        for (part, hash) in PARTS.iter().zip(&mut hashes) {
            let mut to = File::create_new(beside(&folder.path().join("desk.db"), part))?;
            *hash = read(&beside(path, part), &mut to)?;
            if hash.is_none() {
                std::fs::remove_file(beside(&folder.path().join("desk.db"), part))?;
            }
        }
        Ok(Self { folder, hashes })
    }

    pub(super) fn path(&self) -> PathBuf {
        self.folder.path().join("desk.db")
    }

    /// Reads the desk at `path` again, and returns whether it is what was copied.
    ///
    /// # Errors
    /// If it cannot be read.
    pub(super) fn is_like(&self, path: &Path) -> io::Result<bool> {
        let mut hashes = [None; PARTS.len()];
        for (part, hash) in PARTS.iter().zip(&mut hashes) {
            *hash = read(&beside(path, part), &mut io::sink())?;
        }
        Ok(hashes == self.hashes)
    }
}

/// Copies a file and returns its hash; `None` if there is no such file.
fn read(path: &Path, to: &mut dyn Write) -> io::Result<Option<u128>> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut hash = Xxh3::new();
    let mut block = vec![0; BLOCK];
    loop {
        match file.read(&mut block)? {
            0 => return Ok(Some(hash.digest128())),
            length => {
                hash.update(&block[..length]);
                to.write_all(&block[..length])?;
            }
        }
    }
}

/// The path of a file that belongs to the database at `path`.
pub(super) fn beside(path: &Path, companion: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(companion);
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn what_cannot_be_read_is_not_taken_for_missing() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("desk.db");
        assert!(DeskCopy::new(&path).is_ok(), "there is none");
        symlink(&path, &path).expect("a link to itself");
        assert!(DeskCopy::new(&path).is_err());
    }
}
