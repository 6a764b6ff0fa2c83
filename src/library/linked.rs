//! Finds the article that a link in another one leads to, by the path of its file or of its page.
//! Links to other sites are not handled here.

use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

use super::{ArticleId, Library};

/// Extensions that may follow the name in a link to a file.
const ENDINGS: [&str; 8] = ["md", "markdown", "mdx", "qmd", "rmd", "html", "htm", "txt"];

impl Library {
    /// The article that a path in an article's text leads to. The path is relative to the article's
    /// folder or, with a `/`, to a folder above it.
    pub fn linked_from(&self, from: ArticleId, path: &str) -> Option<ArticleId> {
        let own = self.article(from).path();
        let folder = own.parent()?;
        let path = percent_decoded(path);
        let found = match path.strip_prefix('/') {
            None => self.at_page(&folder.join(&path)),
            Some(below) => folder
                .ancestors()
                .find_map(|above| self.at_page(&above.join(below))),
        };
        found.or_else(|| self.by_page_path(&path))
    }

    /// The article whose file or page has this path.
    fn at_page(&self, path: &Path) -> Option<ArticleId> {
        let path = plain(path);
        let (folder, name) = (path.parent()?, path.file_name()?);
        let stem = match path.extension().and_then(OsStr::to_str) {
            Some("html" | "htm") => path.file_stem()?,
            _ => name,
        };
        let with = |stem: &OsStr, ending: &str| {
            let mut name = stem.to_owned();
            name.push(".");
            name.push(ending);
            name
        };
        let inside = folder.join(stem);
        self.at(folder, name)
            .or_else(|| {
                ENDINGS
                    .iter()
                    .find_map(|it| self.at(folder, &with(stem, it)))
            })
            .or_else(|| {
                let index = OsStr::new("index");
                ENDINGS
                    .iter()
                    .find_map(|it| self.at(&inside, &with(index, it)))
            })
    }

    /// The only article that the path of a page names, as `/2021/12/30/tides/` names
    /// `2021-12-30-tides.md`: matched by the last part and, if there is one, the date before it.
    fn by_page_path(&self, path: &str) -> Option<ArticleId> {
        let mut parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let last = parts.pop()?;
        let slug = last.strip_suffix(".html").unwrap_or(last);
        let is_number = |part: &&&str| part.bytes().all(|byte| byte.is_ascii_digit());
        let numbers: Vec<&str> = parts.iter().filter(is_number).copied().collect();
        let date = numbers.join("-");
        let is_it = |id: &ArticleId| {
            let name = self.article(*id).file_name();
            let name = name.to_string_lossy();
            let stem = name.rsplit_once('.').map_or(&*name, |(stem, _)| stem);
            let dated = stem
                .get(..11)
                .filter(|it| crate::format::date::in_file_name(it).is_some());
            match dated {
                Some(start) => stem.get(11..) == Some(slug) && start.starts_with(&date),
                None => date.is_empty() && stem == slug,
            }
        };
        let mut found = self.ids().filter(is_it);
        let only = found.next()?;
        found.next().is_none().then_some(only)
    }
}

/// Resolves `.` and `..` in the path alone, without touching the file system.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if plain.file_name().is_some() => {
                plain.pop();
            }
            Component::ParentDir
            | Component::Normal(_)
            | Component::RootDir
            | Component::Prefix(_) => plain.push(part),
        }
    }
    plain
}

/// Decodes a path into file names: `%20` is a space.
fn percent_decoded(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut left = path.as_bytes();
    while let Some((first, rest)) = left.split_first() {
        let hex = rest.get(..2).and_then(|it| std::str::from_utf8(it).ok());
        match hex.and_then(|it| u8::from_str_radix(it, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                left = &rest[2..];
            }
            _ => {
                bytes.push(*first);
                left = rest;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::library::{ReadDepth, Source};

    #[test]
    fn paths_lead_to_the_articles_of_their_files_and_pages() {
        let root = tempfile::tempdir().expect("a folder");
        for name in [
            "content/posts/first.md",
            "content/posts/second.md",
            "content/posts/with blank.md",
            "content/posts/boats/index.md",
            "content/about.md",
            "content/_posts/2021-12-30-tides.md",
            "content/_posts/2020-12-30-tides.md",
            "content/one/twice.md",
            "content/two/twice.md",
        ] {
            let path = root.path().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, format!("---\ntitle: {name}\nbio: x\n---\nText.\n")).expect("a file");
        }
        let source = Source::new(&[root.path().to_path_buf()]).expect("a folder");
        let library = Library::load(&source, ReadDepth::List);
        let titled = |title: &str| {
            library
                .ids()
                .find(|id| library.article(*id).title() == title)
        };
        let from = titled("content/posts/first.md").expect("an article");
        let leads_to = |path: &str| {
            let found = library.linked_from(from, path);
            found.map(|id| {
                library
                    .article(id)
                    .title()
                    .trim_start_matches("content/")
                    .to_owned()
            })
        };
        for (path, title) in [
            ("./second.md", "posts/second.md"),
            ("second", "posts/second.md"),
            ("second.html", "posts/second.md"),
            ("with%20blank.md", "posts/with blank.md"),
            ("boats/", "posts/boats/index.md"),
            ("../about.md", "about.md"),
            ("/about/", "about.md"),
            ("/posts/second/", "posts/second.md"),
            ("/2021/12/30/tides.html", "_posts/2021-12-30-tides.md"),
            ("/blog/2020/12/30/tides/", "_posts/2020-12-30-tides.md"),
        ] {
            assert_eq!(leads_to(path).as_deref(), Some(title), "{path}");
        }
        for path in [
            "nothing.md",
            "/",
            "..",
            "../../../..",
            "/x/twice/",
            "/2019/01/01/tides",
        ] {
            assert_eq!(leads_to(path), None, "{path}");
        }
    }
}
