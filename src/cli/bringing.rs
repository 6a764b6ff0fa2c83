//! What the commands that bring articles in share: addresses as typed, and folders.

use std::path::{Path, PathBuf};

use super::{CommandFailure, Surroundings, library};
use crate::config::{self, Config};
use crate::feeds::place;
use crate::library::folder_of;

/// The folder for the articles of feeds that name none of their own: the first one of the named
/// library, or else of the default one.
pub fn library_folder(surroundings: &Surroundings) -> Result<Option<PathBuf>, CommandFailure> {
    let config = Config::load(&surroundings.places)?;
    let roots = library::roots(&config, surroundings.library.as_deref())?;
    Ok(roots.first().map(|root| folder_of(root).to_path_buf()))
}

/// Where articles go.
#[derive(Debug)]
pub enum Destination {
    /// A folder of the library that there is, or an absolute one.
    Folder(PathBuf),
    /// A folder below a library that is still to be made, for somebody who has none.
    FirstLibrary { library: PathBuf, folder: PathBuf },
}

impl Destination {
    /// The folder that a text means: absolute, or in the library.
    pub fn below(into: &str, surroundings: &Surroundings) -> Result<Self, CommandFailure> {
        let places = &surroundings.places;
        let library = library_folder(surroundings)?;
        Ok(match place::below(into, library.as_deref(), places)? {
            Some(folder) => Self::Folder(folder),
            None => {
                let library = places.from_home(Path::new("~/news"));
                let folder = library.join(into);
                Self::FirstLibrary { library, folder }
            }
        })
    }

    pub fn folder(&self) -> &Path {
        match self {
            Self::Folder(folder) | Self::FirstLibrary { folder, .. } => folder,
        }
    }

    /// The paths of the library that the folder is in, none for the configured one; `None` if there is no
    /// library yet.
    pub fn library(&self) -> Option<Vec<PathBuf>> {
        match self {
            Self::Folder(_) => Some(Vec::new()),
            Self::FirstLibrary { library, .. } => library.is_dir().then(|| vec![library.clone()]),
        }
    }

    /// Makes and configures the first library, unless there is one, and returns a sentence about it. Only
    /// for something that can be put there: what fails changes no configuration.
    pub fn prepare(
        &mut self,
        surroundings: &Surroundings,
    ) -> Result<Option<String>, CommandFailure> {
        let Self::FirstLibrary { library, folder } = self else {
            return Ok(None);
        };
        let places = &surroundings.places;
        std::fs::create_dir_all(&*library).map_err(|error| CommandFailure::Exchange {
            path: library.clone(),
            error,
        })?;
        let file = places.config_file();
        config::set(file.as_deref(), "library", &places.at_home(library), |_| {
            Ok(())
        })?;
        let sentence = format!("your library is now {}", library.display());
        *self = Self::Folder(std::mem::take(folder));
        Ok(Some(sentence))
    }
}
