//! Reads the bodies of articles without parsing the front matter, for searching many. `read` reads
//! an article to be shown.

use std::borrow::Cow;

use super::article::ArticleRef;
use super::file_index::Stamp;
use super::read::{SHOWN_BYTES, open, rest_of};
use super::sample;
use super::site::Sites;
use crate::format;

/// Reads bodies.
#[derive(Debug, Default)]
pub struct Bodies {
    sites: Sites,
}

impl Bodies {
    /// The bytes of an article's body; `None` if its file cannot be read, or is not the version
    /// that the library has. [`read_shown`](super::read_shown) then returns the current state.
    pub fn body(&self, article: ArticleRef<'_>) -> Option<Cow<'static, [u8]>> {
        let path = article.path();
        let name = article.file_name();
        let name = name.to_string_lossy();
        if let Some(bytes) = sample::bytes(&path) {
            return format::body_of(&name, bytes).map(Cow::Borrowed);
        }
        let (file, metadata) = open(&path).ok()?;
        let rule = self
            .sites
            .rule(&article.folder().path, &article.folder().overrides);
        if Stamp::from_metadata(&metadata).judged(rule.fingerprint) != article.stamp() {
            return None;
        }
        let mut bytes = rest_of(file, &metadata, SHOWN_BYTES).ok()?;
        let body = format::body_of(&name, &bytes)?.len();
        // The body is the end of the file.
        bytes.drain(..bytes.len() - body);
        Some(Cow::Owned(bytes))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::library::{Library, ReadDepth, Source, read_shown};

    /// Returns the same body as the full reader, in every container.
    #[test]
    fn a_body_is_what_stands_behind_the_front_matter() {
        let folder = tempfile::tempdir().expect("a folder");
        let files = [
            (
                "yaml.md",
                "---\ntitle: A\nexcerpt: e\n---\n\nText --- of it.\n",
            ),
            (
                "dots.md",
                "\u{feff}---\ntitle: A\nexcerpt: e\n...\r\nText\r\n",
            ),
            (
                "toml.md",
                "+++\ntitle = \"A\"\ndate = 2021-12-20\n+++\nText of +++ it.\n",
            ),
            (
                "json.md",
                "{\"title\": \"A}\", \"date\": \"2021-12-20\"}\n\nText of it.\n",
            ),
            ("pelican.md", "Title: A\nDate: 2021-12-20\n\nText: of it.\n"),
            ("bare.md", "# A heading\n\nText of it.\n\n---\n\nMore.\n"),
            ("2021-12-20-page.html", "---\ntitle: A\n---\n<p>Text</p>\n"),
            ("only.yml", "title: A\nexcerpt: e\n"),
        ];
        for (name, text) in files {
            fs::write(folder.path().join(name), text).expect("a file");
        }
        let source = Source::new(&[folder.path().to_path_buf()]).expect("a source");
        let library = Library::load(&source, ReadDepth::List);
        assert_eq!(library.len(), files.len());
        let bodies = Bodies::default();
        for id in library.ids() {
            let article = library.article(id);
            let whole = read_shown(&article.path()).expect("an article");
            let body = bodies.body(article).expect("its body");
            assert_eq!(String::from_utf8_lossy(&body), whole.body);
        }
    }

    #[test]
    fn of_another_version_than_the_listed_one_there_is_no_body() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.md");
        fs::write(&path, "---\ntitle: A\nexcerpt: e\n---\nText.\n").expect("a file");
        let source = Source::new(&[folder.path().to_path_buf()]).expect("a source");
        let library = Library::load(&source, ReadDepth::List);
        let id = library.ids().next().expect("an article");
        let bodies = Bodies::default();
        assert!(bodies.body(library.article(id)).is_some());
        fs::write(&path, "---\ntitle: A\nexcerpt: e\n---\nOther words.\n").expect("a file");
        assert!(bodies.body(library.article(id)).is_none());
        fs::remove_file(&path).expect("our file");
        assert!(bodies.body(library.article(id)).is_none());
    }
}
