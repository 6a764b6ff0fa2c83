//! Locates a picture that an article names: below the root of its library, on the web, or nowhere.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf, absolute};

use url::Url;

use crate::format::link::Link;
use crate::library::{Source, folder_of};

/// Most bytes of a file.
const MAX_FILE: u64 = 32 << 20;

/// Where a picture is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PictureSource {
    /// A file below the root of the library, without links in its path.
    File(PathBuf),
    Web(Link),
    /// Why it is not looked for, or was not found.
    Nowhere(String),
}

/// Locates the picture that the article in the file `article` names. A relative address starts from the
/// article's folder or else from the root, and one that begins with `/` from the root.
pub fn place(address: &str, article: &Path, source: &Source) -> PictureSource {
    let whole = match address.strip_prefix("//") {
        Some(rest) => format!("https://{rest}"),
        None => address.to_owned(),
    };
    if let Ok(link) = Link::parse(&whole) {
        return PictureSource::Web(link);
    }
    if Url::parse(&whole).is_ok() || whole.starts_with("https://") {
        return PictureSource::Nowhere("it is neither a file nor on the web".to_owned());
    }
    let Some((root, article)) = root_of(article, source) else {
        return PictureSource::Nowhere("its article is in no folder".to_owned());
    };
    let Ok(real_root) = fs::canonicalize(&root) else {
        return PictureSource::Nowhere("the library is gone".to_owned());
    };
    let candidates = match address.strip_prefix('/') {
        Some(rest) => [below(&root, rest), None],
        None => [
            article.parent().and_then(|folder| below(folder, address)),
            below(&root, address),
        ],
    };
    let mut found = candidates
        .into_iter()
        .flatten()
        .filter_map(|path| fs::canonicalize(path).ok());
    match found.next() {
        Some(path) if path.starts_with(&real_root) => PictureSource::File(path),
        Some(_) => PictureSource::Nowhere("it is outside the library".to_owned()),
        None => PictureSource::Nowhere("there is no such file in the library".to_owned()),
    }
}

/// The folder of the root that contains an article, and the article's path, both absolute.
fn root_of(article: &Path, source: &Source) -> Option<(PathBuf, PathBuf)> {
    let Source::Roots(roots, _) = source else {
        return None;
    };
    let article = absolute(article).ok()?;
    let folders = roots
        .iter()
        .filter_map(|root| absolute(folder_of(root)).ok());
    let root = folders.into_iter().find(|root| article.starts_with(root))?;
    Some((root, article))
}

/// The file that a relative address refers to in a folder. Percent signs are decoded, and a query is
/// dropped.
fn below(folder: &Path, address: &str) -> Option<PathBuf> {
    let folder = Url::from_directory_path(folder).ok()?;
    folder.join(address).ok()?.to_file_path().ok()
}

/// The bytes of a file.
///
/// # Errors
/// The reason, in words that follow "Not shown: ".
pub fn read(path: &Path) -> Result<Vec<u8>, String> {
    let metadata = fs::metadata(path).map_err(|error| error.to_string())?;
    // Other kinds of files may never end.
    if !metadata.is_file() {
        return Err("it is not a file".to_owned());
    }
    let too_large = || format!("it is larger than {} MB", MAX_FILE >> 20);
    if metadata.len() > MAX_FILE {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| error.to_string())?;
    file.take(MAX_FILE + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| error.to_string())?;
    match bytes.len() as u64 > MAX_FILE {
        true => Err(too_large()),
        false => Ok(bytes),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use tempfile::TempDir;

    use super::*;

    /// A folder with a library in `news`, whose article is `posts/a.md`, and pictures in and beside it.
    fn folder() -> (TempDir, PathBuf, Source) {
        let folder = tempfile::tempdir().expect("a folder");
        let real = folder.path().canonicalize().expect("a folder");
        for path in ["news/posts/own", "news/images", "beside"] {
            fs::create_dir_all(real.join(path)).expect("a folder");
        }
        for path in [
            "news/posts/a.md",
            "news/posts/own/a b.png",
            "news/images/c.png",
            "beside/d.png",
        ] {
            fs::write(real.join(path), "x").expect("a file");
        }
        symlink(real.join("beside/d.png"), real.join("news/link.png")).expect("a link");
        symlink(real.join("beside"), real.join("news/linked")).expect("a link");
        symlink(
            real.join("news/images/c.png"),
            real.join("news/posts/e.png"),
        )
        .expect("a link");
        let source = Source::new(&[real.join("news")]).expect("a source");
        (folder, real, source)
    }

    #[test]
    fn files_below_the_root_are_found_from_the_article_and_from_the_root() {
        let (_folder, real, source) = folder();
        let article = real.join("news/posts/a.md");
        for (address, file) in [
            ("own/a%20b.png", "news/posts/own/a b.png"),
            ("./own/a b.png?w=300#x", "news/posts/own/a b.png"),
            ("../images/c.png", "news/images/c.png"),
            ("images/c.png", "news/images/c.png"),
            ("/images/c.png", "news/images/c.png"),
            ("e.png", "news/images/c.png"),
        ] {
            let found = place(address, &article, &source);
            assert_eq!(found, PictureSource::File(real.join(file)), "{address}");
        }
    }

    #[test]
    fn nothing_outside_the_root_is_looked_at() {
        let (_folder, real, source) = folder();
        let article = real.join("news/posts/a.md");
        let absolute = real.join("beside/d.png");
        let absolute = absolute.to_str().expect("a path in UTF-8");
        let file = format!("file://{absolute}");
        for address in [
            "../../beside/d.png",
            "..%2F..%2Fbeside/d.png",
            "/../beside/d.png",
            "/link.png",
            "../link.png",
            "../linked/d.png",
            "/etc/passwd",
            "no.png",
            "own",
            absolute,
            &file,
            "data:image/png;base64,AAAA",
            "\0",
            "",
        ] {
            let found = place(address, &article, &source);
            let is_refused = match &found {
                PictureSource::Nowhere(_) => true,
                PictureSource::File(path) => read(path).is_err(),
                PictureSource::Web(_) => false,
            };
            assert!(is_refused, "{address:?}: {found:?}");
        }
        let sample = place("a.png", Path::new("sample:a.md"), &Source::Sample);
        assert!(matches!(sample, PictureSource::Nowhere(_)));
    }

    #[test]
    fn what_is_on_the_web_stays_there() {
        let (_folder, real, source) = folder();
        let article = real.join("news/posts/a.md");
        for (address, url) in [
            ("https://a.example/b.png", "https://a.example/b.png"),
            ("//a.example/b.png", "https://a.example/b.png"),
        ] {
            let link = Link::parse(url).expect("a link");
            assert_eq!(place(address, &article, &source), PictureSource::Web(link));
        }
    }

    #[test]
    fn what_is_no_file_or_too_large_is_not_read() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(read(folder.path()).is_err());
        let path = folder.path().join("large.png");
        let file = File::create(&path).expect("a file");
        file.set_len(MAX_FILE + 1).expect("a sparse file");
        assert_eq!(read(&path), Err("it is larger than 32 MB".to_owned()));
    }
}
