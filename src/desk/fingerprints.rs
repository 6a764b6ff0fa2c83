//! Fingerprints of articles: from what the library has in memory if that is complete, otherwise
//! from their files. The model defines what a fingerprint consists of.

use std::path::Path;

use crate::format::SiteOverrides;
use crate::library::{ArticleRef, Bodies, Shown, read_article, read_shown_with};
use crate::model::{Fingerprint, Has};

/// Computes fingerprints of articles.
#[derive(Debug, Default)]
pub(super) struct Fingerprints {
    bodies: Bodies,
}

impl Fingerprints {
    /// The fingerprint of the version that the library has; `None` if the file cannot be read.
    pub(super) fn of(&self, article: ArticleRef<'_>) -> Option<Fingerprint> {
        if !article.has_whole_texts() {
            return read(article);
        }
        let of = |body: &str| Fingerprint::new(&article.title(), &article.excerpt(), body);
        if !article.has().contains(Has::BODY) {
            return Some(of(""));
        }
        match self.bodies.body(article) {
            Some(body) => Some(of(&String::from_utf8_lossy(&body))),
            None => read(article),
        }
    }
}

/// The fingerprint of what an article's file says now; `None` if it cannot be read.
fn read(article: ArticleRef<'_>) -> Option<Fingerprint> {
    Some(of_shown(&*read_article(article).ok()?))
}

/// The fingerprint of what the file at `path` says now; `None` if it cannot be read. `overrides` is
/// what the person says about its library.
pub(super) fn fingerprint(path: &Path, overrides: &SiteOverrides) -> Option<Fingerprint> {
    Some(of_shown(&*read_shown_with(path, overrides).ok()?))
}

fn of_shown(shown: &Shown) -> Fingerprint {
    let article = &shown.article;
    let excerpt = if article.excerpt.is_empty() {
        &article.bio
    } else {
        &article.excerpt
    };
    Fingerprint::new(&article.title, excerpt, &shown.body)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::library::{Library, ReadDepth, Source};

    /// Every article of the sample library, as files, and some that differ only in their bodies.
    #[test]
    fn the_short_way_gives_what_the_whole_file_gives() {
        let extra = tempfile::tempdir().expect("a folder");
        for (name, text) in [
            ("bio.md", "---\ntitle: A\nbio: who it is\n---\n\n \n"),
            (
                "cut.md",
                "---\ntitle: A\ndate: 2021-12-20\n---\nFirst.\n\n<!--more-->\n\nRest.\n",
            ),
            ("bare.md", "# A heading\n\nA paragraph \u{fffd} of it.\n"),
            (
                "toml.md",
                "+++\ntitle = \"A\"\ndate = 2021-12-20\n+++\n\n\u{a0}\n",
            ),
            (
                "block.md",
                "---\ntitle: >-\n  A\n  title\nexcerpt: e\n---\nText.\n",
            ),
        ] {
            std::fs::write(extra.path().join(name), text).expect("a file");
        }
        let seeds = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/seeds"));
        let source = Source::new(&[seeds, extra.path().to_path_buf()]).expect("a source");
        let library = Library::load(&source, ReadDepth::List);
        assert!(library.len() > 60);
        let fingerprints = Fingerprints::default();
        for id in library.ids() {
            let article = library.article(id);
            let path = article.path();
            assert_eq!(
                fingerprints.of(article),
                read(article),
                "{}",
                path.display()
            );
        }
    }
}
