//! From the paths of the command line, or of the configuration, to a loaded library.

use std::path::PathBuf;

use super::{Failure, Surroundings};
use crate::config::{Config, Places};
use crate::library::{Depth, Library, Source};

/// The library of the paths, else the configured one, else the sample library.
pub fn load(
    paths: &[PathBuf],
    depth: Depth,
    surroundings: &Surroundings,
) -> Result<Library, Failure> {
    Ok(Library::load(&source(paths, surroundings)?, depth))
}

/// What these paths name, else the configured library, else the sample library.
pub fn source(paths: &[PathBuf], surroundings: &Surroundings) -> Result<Source, Failure> {
    if paths.is_empty() {
        configured(&Config::load(&surroundings.places)?, &surroundings.places)
    } else {
        Ok(Source::of(paths)?)
    }
}

/// The configured library, else the sample library.
pub fn configured(config: &Config, places: &Places) -> Result<Source, Failure> {
    if config.library.is_empty() {
        return Ok(Source::Sample);
    }
    Source::of(&config.library).map_err(|error| Failure::ConfiguredRoot {
        error,
        config: places.config_file().unwrap_or_default(),
    })
}
