//! A part of a snapshot's file: where it is, and whether it is intact. Its contents are not
//! interpreted here.

use std::fs::File;
use std::io::{self, Write};
use std::os::unix::fs::FileExt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

/// A range of bytes in the file, with its checksum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extent {
    pub offset: u64,
    pub length: u64,
    pub hash: u64,
}

impl Extent {
    /// Where it ends; `None` if no file can be that long.
    pub fn end(&self) -> Option<u64> {
        self.offset.checked_add(self.length)
    }
}

/// The file of a snapshot, from which parts are read when needed.
#[derive(Debug)]
pub struct Store {
    file: File,
    length: u64,
    damaged: AtomicBool,
}

impl Store {
    /// A file of this length in bytes.
    pub fn new(file: File, length: u64) -> Self {
        Self {
            file,
            length,
            damaged: AtomicBool::new(false),
        }
    }

    /// Records when the file was last used, as its modification time.
    pub fn set_used(&self, time: SystemTime) -> io::Result<()> {
        self.file.set_modified(time)
    }

    /// Length of the file in bytes.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// The first bytes of the file; `None` if it is shorter.
    pub fn first<const N: usize>(&self) -> Option<[u8; N]> {
        let mut bytes = [0; N];
        self.file.read_exact_at(&mut bytes, 0).ok()?;
        Some(bytes)
    }

    /// The bytes of a part; `None` if they cannot be read or are damaged.
    pub fn read(&self, extent: &Extent) -> Option<Vec<u8>> {
        if extent.end()? > self.length {
            return None;
        }
        let mut bytes = vec![0; usize::try_from(extent.length).ok()?];
        self.file.read_exact_at(&mut bytes, extent.offset).ok()?;
        (xxh3_64(&bytes) == extent.hash).then_some(bytes)
    }

    /// Reads a part of the file with `part`; if it is damaged, returns a stand-in until the damage
    /// is reported.
    pub fn part<T>(
        &self,
        part: impl FnOnce(&Self) -> Option<T>,
        stand_in: impl FnOnce() -> T,
    ) -> T {
        part(self).unwrap_or_else(|| {
            self.damaged.store(true, Ordering::Release);
            stand_in()
        })
    }

    /// Whether a part that was read turned out to be damaged.
    pub fn is_damaged(&self) -> bool {
        self.damaged.load(Ordering::Acquire)
    }
}

/// Writes the parts of a file, one after another.
pub struct Writing<W> {
    out: W,
    offset: u64,
}

impl<W: Write> Writing<W> {
    /// Starts after the first `offset` bytes, which `out` already has.
    pub fn new(out: W, offset: u64) -> Self {
        Self { out, offset }
    }

    /// Writes a part, and returns where it is.
    pub fn put(&mut self, bytes: &[u8]) -> io::Result<Extent> {
        let extent = Extent {
            offset: self.offset,
            length: bytes.len() as u64,
            hash: xxh3_64(bytes),
        };
        self.out.write_all(bytes)?;
        self.offset += extent.length;
        Ok(extent)
    }
}
