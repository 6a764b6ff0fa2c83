//! Where a library comes from: named folders and files, or the sample library.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use thiserror::Error;

use super::skips::{FoundPath, LinkKind, Root};
use crate::format::SiteOverrides;
use crate::format::system::system_words;

/// Where the articles come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The library built into the program.
    Sample,
    /// Folders and files, none inside another, and what the person configured about all of them.
    Roots(Vec<PathBuf>, Arc<SiteOverrides>),
}

/// A path that cannot be a root.
#[derive(Debug, Error)]
pub enum RootError {
    #[error("{}: there is no such file or folder", .0.display())]
    Missing(PathBuf),
    #[error("{}: {}", .path.display(), system_words(.error))]
    Unreadable {
        path: PathBuf,
        error: std::io::Error,
    },
    #[error("{}: neither a folder nor a regular file", .0.display())]
    Neither(PathBuf),
}

impl Source {
    /// Checks that every path exists, and drops paths that are met on the way through another.
    ///
    /// # Errors
    /// The first path that does not exist, cannot be read, or is neither a folder nor a file.
    pub fn new(paths: &[PathBuf]) -> Result<Self, RootError> {
        let mut found = Vec::with_capacity(paths.len());
        for (at, path) in paths.iter().enumerate() {
            found.push((real(path)?, at));
        }
        // What a folder contains comes right after it.
        found.sort_unstable();
        let mut around: Vec<PathBuf> = Vec::new();
        found.retain(|(path, _)| {
            around.retain(|outer| path.starts_with(outer));
            let is_met = around.iter().any(|outer| leads_to(outer, path));
            around.push(path.clone());
            !is_met
        });
        found.sort_unstable_by_key(|(_, at)| *at);
        let kept = found.iter().map(|(_, at)| spelt_plainly(&paths[*at]));
        let kept = kept.collect();
        Ok(Source::Roots(kept, Arc::default()))
    }

    /// The same articles, with overrides for their site.
    #[must_use]
    pub fn with(self, overrides: SiteOverrides) -> Self {
        match self {
            Self::Sample => Self::Sample,
            Self::Roots(roots, _) => Self::Roots(roots, Arc::new(overrides)),
        }
    }

    /// What the person configured about the library.
    pub fn overrides(&self) -> Arc<SiteOverrides> {
        match self {
            Self::Sample => Arc::default(),
            Self::Roots(_, overrides) => Arc::clone(overrides),
        }
    }

    /// Checks that a root exists and can be read.
    ///
    /// # Errors
    /// If it does not.
    pub fn check(root: &Path) -> Result<(), RootError> {
        real(root).map(drop)
    }

    /// A label for the screen: the names of its roots.
    pub fn label(&self) -> String {
        match self {
            Source::Sample => "sample library".to_owned(),
            Source::Roots(roots, _) => {
                let names: Vec<String> = roots.iter().map(|root| name(root)).collect();
                names.join(", ")
            }
        }
    }
}

/// The folder of a root: the root itself, or the folder containing a root that is a file.
pub fn folder_of(root: &Path) -> &Path {
    match root.parent() {
        Some(parent) if root.is_file() => parent,
        _ => root,
    }
}

/// A path without the `./` that walking `.` adds; the paths of a library never begin with it.
pub fn undotted(path: &Path) -> &Path {
    // Most paths begin with another letter, and splitting a path takes long.
    match path.as_os_str().as_encoded_bytes() {
        [b'.', ..] => path.strip_prefix("./").unwrap_or(path),
        _ => path,
    }
}

/// Whether nothing between a root and a path inside it is skipped.
fn leads_to(root: &Path, path: &Path) -> bool {
    let place = Root {
        named: root,
        real: root,
        overrides: &Arc::default(),
    };
    let is_met = |path: &Path| {
        let (Some(name), Ok(metadata)) = (path.file_name(), path.metadata()) else {
            return false;
        };
        let found = FoundPath {
            path,
            name,
            kind: metadata.file_type(),
            link: LinkKind::No,
        };
        found.skip(place).is_none()
    };
    path.ancestors().take_while(|it| *it != root).all(is_met)
}

/// Removes redundant separators and dots, so that joining and stripping a path gives the same
/// bytes.
fn spelt_plainly(path: &Path) -> PathBuf {
    path.components().collect()
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the enum is not ours")]
fn real(path: &Path) -> Result<PathBuf, RootError> {
    let described = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => RootError::Missing(path.to_path_buf()),
        _ => RootError::Unreadable {
            path: path.to_path_buf(),
            error,
        },
    };
    let kind = std::fs::metadata(path).map_err(described)?.file_type();
    if kind.is_dir() {
        std::fs::read_dir(path).map_err(described)?;
    } else if !kind.is_file() {
        return Err(RootError::Neither(path.to_path_buf()));
    }
    path.canonicalize().map_err(described)
}

/// The last component of a root's path, even for `.` and `..`.
fn name(root: &Path) -> String {
    let real = root.canonicalize();
    let named = real.as_deref().unwrap_or(root);
    named
        .file_name()
        .unwrap_or(named.as_os_str())
        .to_string_lossy()
        .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_root_inside_another_is_dropped() {
        let outer = tempfile::tempdir().expect("a folder");
        let inner = outer.path().join("inner");
        std::fs::create_dir(&inner).expect("a folder");
        let named = [
            inner.clone(),
            outer.path().to_path_buf(),
            inner,
            outer.path().join("."),
        ];
        let source = Source::new(&named).expect("roots");
        assert_eq!(
            source,
            Source::Roots(vec![outer.path().to_path_buf()], Arc::default())
        );
    }

    #[test]
    fn a_root_that_another_one_passes_over_is_kept() {
        let outer = tempfile::tempdir().expect("a folder");
        let [hidden, inside, seen, built] =
            [".drafts", ".drafts/later", "posts", "_site/old"].map(|it| outer.path().join(it));
        for folder in [&inside, &seen, &built] {
            std::fs::create_dir_all(folder).expect("a folder");
        }
        let root = outer.path().to_path_buf();
        let named = [
            root.clone(),
            hidden.clone(),
            inside,
            seen,
            built.clone(),
            root.clone(),
        ];
        let source = Source::new(&named).expect("roots");
        assert_eq!(
            source,
            Source::Roots(vec![root, hidden, built], Arc::default())
        );
    }

    #[test]
    fn a_root_is_spelt_plainly() {
        let folder = tempfile::tempdir().expect("a folder");
        let source = Source::new(&[folder.path().join("./")]).expect("a root");
        let Source::Roots(roots, _) = source else {
            panic!("no roots");
        };
        assert_eq!(roots[0].as_os_str(), folder.path().as_os_str());
    }

    #[test]
    fn a_missing_root_is_named() {
        let error = Source::new(&[PathBuf::from("/nowhere/at/all")]).expect_err("nothing there");
        assert_eq!(
            error.to_string(),
            "/nowhere/at/all: there is no such file or folder"
        );
    }
}
