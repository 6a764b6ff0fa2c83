//! Where articles are, in the desk's names for places, however a person spelled the folders.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::xxh3_64;

use crate::format::link::canonical_key;
use crate::library::{ArticleRef, Articles, RootFolder, Source};
use crate::model::{FileVersion, Identity};

/// The folders of articles, as the desk names them.
#[derive(Debug, Default)]
pub(super) struct Roots {
    /// By the number of the folder.
    folders: Vec<Named>,
    /// Whether the system can tell versions of files apart.
    has_versions: bool,
}

#[derive(Debug)]
struct Named {
    /// The absolute path of its root.
    root: String,
    /// What the paths of its files start with, relative to the root.
    below: String,
}

/// A hash of the whole path of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct PathHash(u64);

impl PathHash {
    /// Takes the parts of the path below the root.
    pub(super) fn new(root: &str, path: &[&str], room: &mut String) -> Self {
        room.clear();
        room.push_str(root.trim_end_matches('/'));
        room.push('/');
        path.iter().for_each(|part| room.push_str(part));
        Self(xxh3_64(room.as_bytes()))
    }
}

impl Roots {
    pub(super) fn new(articles: &Articles, source: &Source) -> Self {
        let is_real = *source != Source::Sample;
        // The absolute path of each root, by its spelling.
        let mut real: HashMap<PathBuf, PathBuf> = HashMap::new();
        let folders = articles.folders().iter().map(|folder| {
            let named = root_of_folder(folder);
            let root = real.entry(named).or_insert_with_key(|named| {
                let real = named.canonicalize().ok().filter(|_| is_real);
                real.unwrap_or_else(|| named.clone())
            });
            let here = Identity::new(root, &folder.relative, None, None);
            let below = match here.path.as_str() {
                "" => String::new(),
                folder => format!("{folder}/"),
            };
            Named {
                root: here.root,
                below,
            }
        });
        Self {
            folders: folders.collect(),
            has_versions: is_real,
        }
    }

    /// What an article is, except for its words and the version of the file that goes with them.
    pub(super) fn identity(&self, article: ArticleRef<'_>) -> Identity {
        let (root, path) = self.place(article);
        Identity {
            root: root.to_owned(),
            path,
            page: canonical_key(&article.original()),
            ..Identity::default()
        }
    }

    /// The version of an article's file that the library has; `None` if the system cannot tell it
    /// from another.
    pub(super) fn version(&self, article: ArticleRef<'_>) -> Option<FileVersion> {
        let stamp = article.stamp().0;
        (self.has_versions && stamp != 0).then_some(FileVersion(stamp))
    }

    pub(super) fn hash(&self, article: ArticleRef<'_>, room: &mut String) -> PathHash {
        let name = article.file_name();
        let name = name.to_string_lossy();
        let (root, below) = self.folder(article);
        PathHash::new(root, &[below, &name], room)
    }

    fn place(&self, article: ArticleRef<'_>) -> (&str, String) {
        let name = article.file_name();
        let name = name.to_string_lossy();
        let (root, below) = self.folder(article);
        (root, format!("{below}{name}"))
    }

    /// The root of an article, and what its path starts with.
    fn folder(&self, article: ArticleRef<'_>) -> (&str, &str) {
        let folder = self.folders.get(article.folder_number() as usize);
        folder.map_or(("", ""), |it| (&it.root, &it.below))
    }
}

/// The root folder of an article's file, as a path that can be opened.
pub fn root_of(article: ArticleRef<'_>) -> PathBuf {
    root_of_folder(article.folder())
}

fn root_of_folder(folder: &RootFolder) -> PathBuf {
    let below = folder.relative.components().count();
    match folder.path.ancestors().nth(below) {
        Some(root) if *root != *Path::new("") => root.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_root_can_be_opened_also_if_it_is_the_working_directory() {
        for (path, relative, root) in [
            ("/site/_news/old", "_news/old", "/site"),
            ("site", "", "site"),
            ("_news", "_news", "."),
        ] {
            let folder = RootFolder {
                path: path.into(),
                relative: relative.into(),
                overrides: Default::default(),
            };
            assert_eq!(root_of_folder(&folder), Path::new(root), "{path}");
        }
    }
}
