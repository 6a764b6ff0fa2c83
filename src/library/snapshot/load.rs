//! Loads a library as it is now, starting from what the last run saved: for commands, which use
//! nothing before everything is checked. Nothing is saved here.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::restore::restore;
use crate::library::{Left, Library, ReadDepth, Scanner, Source};

/// Loads the library of `source` from `folder`, and reads the files that have changed since. `stop`
/// and `met` are those of [`Library::load_until`].
///
/// Returns `None` if there is no usable snapshot, or if everything has to be read: a root is gone, or
/// an article is half written.
pub fn load(
    source: &Source,
    folder: &Path,
    stop: &AtomicBool,
    met: &dyn Fn(usize),
) -> Option<Library> {
    let restored = restore(source, folder).ok()?;
    let file_index = restored.bring_in().ok()?;
    let mut scanner = Scanner::with_index(source.clone(), ReadDepth::List, file_index);
    let mut library = restored.library;
    let left = library.take_pass(&mut scanner, stop, met);
    let nothing_left = matches!(left, Ok(Left::Later(files)) if files.is_empty());
    nothing_left.then_some(library)
}
