//! From the paths of the command line, or of the configuration, to a loaded library.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, PoisonError};

use super::{Failure, Surroundings};
use crate::config::{Config, Places};
use crate::library::{Library, Source, scan};

/// The library of the paths, else the configured one, else the sample library.
pub fn load(paths: &[PathBuf], surroundings: &Surroundings) -> Result<Library, Failure> {
    let source = if paths.is_empty() {
        configured(&Config::load(&surroundings.places)?, &surroundings.places)?
    } else {
        Source::of(paths)?
    };
    Ok(scanned(&source))
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

fn scanned(source: &Source) -> Library {
    let library = Mutex::new(Library::default());
    scan(source, &AtomicBool::new(false), &|batch| {
        library
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .add(batch);
    });
    library.into_inner().unwrap_or_else(PoisonError::into_inner)
}
