//! What the commands that bring articles in share: addresses as typed, and folders.

use std::path::{Path, PathBuf};

use super::{CommandFailure, Streams, Surroundings, library};
use crate::config::{self, Config};
use crate::feeds::place;
use crate::format::clean::Clean;
use crate::library::folder_of;

/// The folder for the articles of feeds that name none of their own: the first one of the named
/// library, or else of the default one.
pub fn library_folder(surroundings: &Surroundings) -> Result<Option<PathBuf>, CommandFailure> {
    let config = Config::load(&surroundings.places)?;
    let roots = library::roots(&config, surroundings.library.as_deref())?;
    Ok(roots.first().map(|root| folder_of(root).to_path_buf()))
}

/// The folder that a text means: absolute, or in the library, which is created for somebody who has
/// none.
pub fn folder_below(
    into: &str,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<PathBuf, CommandFailure> {
    let library = library_folder(surroundings)?;
    match place::below(into, library.as_deref(), &surroundings.places) {
        Some(folder) => Ok(folder),
        None => Ok(first_library(surroundings, streams)?.join(into)),
    }
}

/// Makes `~/news` the library of somebody who has none.
fn first_library(
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<PathBuf, CommandFailure> {
    let places = &surroundings.places;
    let folder = places.from_home(Path::new("~/news"));
    config::set(
        places.config_file().as_deref(),
        "library",
        &places.at_home(&folder),
        |_| Ok(()),
    )?;
    std::fs::create_dir_all(&folder).map_err(|error| CommandFailure::Exchange {
        path: folder.clone(),
        error,
    })?;
    let sentence = format!("your library is now {}", folder.display());
    writeln!(streams.out, "{}", Clean::new(&sentence))?;
    Ok(folder)
}
