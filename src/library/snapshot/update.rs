//! Brings a library up to date that the last run saved: for commands, which use nothing before
//! everything is checked. Nothing is saved here.

use std::sync::atomic::AtomicBool;

use super::restore::Restored;
use crate::library::{Left, Library, ReadDepth, Scanner, Source};

/// The library of `source` as it is now: reads the files that have changed since it was saved. `stop`
/// and `met` are those of [`Library::load_until`].
///
/// Returns `None` if what was saved is damaged, or if everything has to be read: a root is gone, or an
/// article is half written.
pub fn update(
    restored: Restored,
    source: &Source,
    stop: &AtomicBool,
    met: &dyn Fn(usize),
) -> Option<Library> {
    let file_index = restored.bring_in().ok()?;
    let mut scanner = Scanner::with_index(source.clone(), ReadDepth::List, file_index);
    let mut library = restored.library;
    let left = library.take_pass(&mut scanner, stop, met);
    let nothing_left = matches!(left, Ok(Left::Later(files)) if files.is_empty());
    nothing_left.then_some(library)
}
