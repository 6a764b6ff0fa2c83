//! The folders into which `newsdesk fetch` and `newsdesk feeds` bring articles.

use std::path::{Path, PathBuf};

use super::{Failure, Surroundings};
use crate::config::Config;

/// The folder for the articles of feeds that name none of their own: the first of the default library.
pub fn library_folder(surroundings: &Surroundings) -> Result<Option<PathBuf>, Failure> {
    let config = Config::load(&surroundings.places)?;
    let first = config.first_root().map(crate::library::folder_of);
    Ok(first.map(Path::to_path_buf))
}
