//! `newsdesk desk`: exports, imports or rebuilds a desk as a whole.

use super::args::{DeskArgs, DeskWork};
use crate::cli::desk_file::DeskFile;
use crate::cli::new_file::{Existing, Readers, make};
use crate::cli::{CommandFailure, Exit, Streams, dash};
use crate::desk::{Desk, Merged, export, import};

/// Exports, imports or rebuilds.
pub fn run(
    args: &DeskArgs,
    place: &DeskFile,
    streams: &mut Streams<'_>,
) -> Result<Exit, CommandFailure> {
    match &args.work {
        DeskWork::Export { file } => {
            let mut lines = Vec::new();
            export(&mut place.readable(streams.err)?, &mut lines)?;
            match dash::file(file.as_deref()) {
                Some(path) => {
                    // A file that exists may be the only copy of something, such as the desk itself.
                    make(path, &lines, Readers::Owner, Existing::Kept)
                        .map_err(|error| CommandFailure::unwritten(path, error))?;
                }
                None => streams.out.write_all(&lines)?,
            }
        }
        DeskWork::Import { file } => {
            let mut lines = dash::input(file.as_deref())?;
            let mut desk = place.writable(streams.err)?;
            let Merged { new, known } = import(&mut desk, &mut *lines)?;
            writeln!(streams.out, "imported {new}, known {known}")?;
        }
        DeskWork::Rebuild => {
            let corrected = place.writable(streams.err)?.rebuild()?;
            writeln!(streams.out, "corrected {corrected}")?;
        }
    }
    Ok(Exit::Clean)
}
