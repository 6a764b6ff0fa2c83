//! The library of the last run, saved in a file in the cache folder so that the next run can show it at
//! once. It only saves time: if anything is wrong with it, the articles are read from their files, and it
//! is always checked against the files.
//!
//! The file consists of a header, the articles newest first in chunks, the indexes, what other parts of the
//! program keep beside the articles, and the contents, which locate the rest. Everything has a checksum.
//! Header and contents are read at the start; the rest when needed, or by [`Restored::bring_in`]. A file is
//! never written in place, so an open one never changes.

mod beside;
mod contents;
mod extent;
mod header;
mod keep;
mod picture;
mod places;
mod restore;
mod tidy;
mod update;

#[cfg(test)]
mod tests;

pub use beside::{SavedBeside, SavedParts};
pub use keep::{MakesParts, SavedSnapshot, keep, keep_with};
pub use picture::LibraryPicture;
pub use restore::{Restored, Unfit, restore};
pub use tidy::tidy;
pub use update::update;
