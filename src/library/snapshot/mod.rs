//! The library of the last run, kept in a file of the cache folder so that the next run can show it
//! at once. It only saves time: whatever is wrong with it, the files of the articles are read
//! instead, and what it says is checked against them in any case.
//!
//! The file: a header, the articles newest first in chunks, the indexes, and the contents, which
//! say where the rest lies. Everything has a checksum. The header and the contents are read at the
//! start; the rest as it is needed, or by [`Restored::bring_in`]. A file is never written in place,
//! so that one that is open stays what it was.

mod contents;
mod extent;
mod header;
mod keep;
mod picture;
mod places;
mod restore;
mod tidy;

#[cfg(test)]
mod tests;

pub use keep::{Kept, keep};
pub use picture::Picture;
pub use restore::{Restored, Unfit, restore};
pub use tidy::tidy;
