//! Where the paths of a snapshot start: at the roots, which the next run may spell differently from
//! another working directory. Also names snapshot files.

use std::ffi::OsString;
use std::io;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

/// A path relative to one of the roots. It need not be UTF-8.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    root: u32,
    below: Vec<u8>,
}

/// The folder at which the paths of each root start, as spelled in this run.
pub struct Bases(Vec<PathBuf>);

impl Bases {
    pub fn new(roots: &[PathBuf]) -> Self {
        Self(roots.iter().map(|root| base(root)).collect())
    }

    /// Converts a path of this run to a relative one.
    pub fn place(&self, path: &Path) -> Option<Placed> {
        let roots = self.0.iter().enumerate();
        let (root, below) = roots
            .filter_map(|(root, base)| Some((root, path.strip_prefix(base).ok()?)))
            .min_by_key(|(_, below)| below.as_os_str().len())?;
        Some(Placed {
            root: root as u32,
            below: bytes(below),
        })
    }

    /// Converts a stored path to one of this run.
    pub fn find(&self, placed: Placed) -> Option<PathBuf> {
        let base = self.0.get(placed.root as usize)?;
        Some(if placed.below.is_empty() {
            base.clone()
        } else {
            base.join(path(placed.below))
        })
    }
}

/// The folder itself, or the one around a root that is a file. A path below `.` is spelled without
/// it.
fn base(root: &Path) -> PathBuf {
    let root = root.strip_prefix("./").unwrap_or(root);
    if root.is_file() {
        root.parent().unwrap_or(Path::new("")).to_path_buf()
    } else {
        root.to_path_buf()
    }
}

pub fn bytes(path: &Path) -> Vec<u8> {
    path.as_os_str().as_bytes().to_vec()
}

pub fn path(bytes: Vec<u8>) -> PathBuf {
    OsString::from_vec(bytes).into()
}

/// The roots as the system spells them, independent of the working directory.
///
/// # Errors
/// If one does not exist.
pub fn real(roots: &[PathBuf]) -> io::Result<Vec<Vec<u8>>> {
    roots
        .iter()
        .map(|root| Ok(bytes(&root.canonicalize()?)))
        .collect()
}

/// Extension of snapshot files.
pub const EXTENSION: &str = "snapshot";

/// The file name for these roots, as the system spells them.
pub fn file_name(real: &[Vec<u8>]) -> String {
    // No path contains a zero byte.
    format!("{:016x}.{EXTENSION}", xxh3_64(&real.join(&0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved(path: &str, from: &[&str], to: &[&str]) -> Option<PathBuf> {
        let bases =
            |roots: &[&str]| Bases(roots.iter().map(|root| base(Path::new(root))).collect());
        bases(to).find(bases(from).place(Path::new(path))?)
    }

    #[test]
    fn a_path_follows_the_spelling_of_its_root() {
        let found = |path, from, to| moved(path, from, to).map(|path| path.display().to_string());
        assert_eq!(
            found("news/a/b.md", &["news"], &["/srv/news"]).as_deref(),
            Some("/srv/news/a/b.md")
        );
        assert_eq!(found("a/b.md", &["."], &["x"]).as_deref(), Some("x/a/b.md"));
        assert_eq!(found("x", &["x"], &["."]).as_deref(), Some(""));
        assert_eq!(
            found("/srv/b/c.md", &[".", "/srv/b"], &["n", "m"]).as_deref(),
            Some("m/c.md"),
            "not below the first, though nothing is said of where that is"
        );
        assert_eq!(found("/elsewhere", &["news"], &["news"]), None);
        assert_eq!(found("a/b", &["a", "b"], &[]), None);
    }

    #[test]
    fn a_path_that_is_no_text_comes_back() {
        let path = path(b"news/\xff.md".to_vec());
        let bases = Bases(vec!["news".into()]);
        let placed = bases.place(&path).expect("below the root");
        assert_eq!(bases.find(placed), Some(path));
    }

    #[test]
    fn roots_in_another_order_are_another_library() {
        let [a, b] = [b"/a".to_vec(), b"/b".to_vec()];
        let names = [vec![a.clone(), b.clone()], vec![b, a]].map(|roots| file_name(&roots));
        assert_ne!(names[0], names[1]);
    }
}
