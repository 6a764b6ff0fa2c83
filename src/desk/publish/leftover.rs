//! What a writer that died has left behind: whether a file was written, and the version beside it.
//! The caller knows that the writer is gone.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::original::{Versions, hash_of, open};
use super::replace::{SUFFIX, prefix};

/// Which version of a file is at its path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VersionAtPath {
    Old,
    New,
    /// Another program's, or none.
    Other,
}

/// Which of two versions the file at `path` is.
pub fn version_at(path: &Path, versions: Versions) -> VersionAtPath {
    match open(path).and_then(|file| hash_of(&file)) {
        Ok(hash) if hash == versions.new => VersionAtPath::New,
        Ok(hash) if hash == versions.old => VersionAtPath::Old,
        _ => VersionAtPath::Other,
    }
}

/// Removes what is left beside files that were to be written: versions of them, or the beginning
/// of one. Keeps and returns what might be another program's.
pub fn remove_leftovers(files: &[(PathBuf, Versions, VersionAtPath)]) -> Vec<PathBuf> {
    let folders: HashSet<&Path> = files.iter().filter_map(|it| it.0.parent()).collect();
    let mut kept = Vec::new();
    for folder in folders {
        let here: Vec<_> = files
            .iter()
            .filter(|it| it.0.parent() == Some(folder))
            .collect();
        for path in beside(folder) {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let made_for: Vec<_> = here
                .iter()
                .filter(|it| name.starts_with(&prefix(it.1)))
                .collect();
            if made_for.is_empty() {
                continue;
            }
            // Files are exchanged in one step: until then, what is beside is ours alone.
            let is_before = made_for.iter().all(|it| it.2 == VersionAtPath::Old);
            let is_ours = is_before || version_at(&path, made_for[0].1) != VersionAtPath::Other;
            if !is_ours || fs::remove_file(&path).is_err() {
                kept.push(path);
            }
        }
    }
    kept.sort_unstable();
    kept
}

/// The regular files in a folder that are named like a version beside a file.
fn beside(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let is_one = |entry: &fs::DirEntry| {
        entry.file_name().to_string_lossy().ends_with(SUFFIX)
            && entry.file_type().is_ok_and(|kind| kind.is_file())
    };
    let entries = entries.filter_map(Result::ok);
    entries.filter(is_one).map(|it| it.path()).collect()
}
