//! A library of real articles, if there is one: the folder named by `NEWSDESK_CORPUS`. Without it,
//! these tests say that they did nothing. They assert what holds for the library the format was
//! made for: 411 files in the folders of its site.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Once;

use newsdesk::format::body::{Markup, body};
use newsdesk::format::clean::Clean;
use newsdesk::format::{Conventions, Reading, read, wrap};
use newsdesk::library::{Library, ReadDepth, Source};
use newsdesk::model::{Article, ListedFlag, ListedName, ListedNumber, Severity};

/// Runs `test` on the folder, or says that there is none.
fn over_the_corpus(test: impl FnOnce(&Path)) {
    match std::env::var_os("NEWSDESK_CORPUS") {
        Some(folder) => test(Path::new(&folder)),
        None => say_once("corpus: nothing was tested: NEWSDESK_CORPUS names no folder"),
    }
}

/// Says it once, bypassing the test harness, which would swallow it.
fn say_once(sentence: &str) {
    static SAID: Once = Once::new();
    SAID.call_once(|| writeln!(std::io::stderr(), "{sentence}").expect("a stderr"));
}

fn load(folder: &Path, depth: ReadDepth) -> Library {
    let source = Source::new(&[folder.to_path_buf()]).expect("the corpus is there");
    Library::load(&source, depth)
}

/// Every article of a part of the corpus, with its file as text and its body.
fn articles(folder: &Path, part: &str) -> Vec<(PathBuf, String, Article, String)> {
    let library = load(&folder.join(part), ReadDepth::Everything);
    let read_again = |id| {
        let path = library.article(id).path();
        let bytes = std::fs::read(&path).expect("a file of the corpus");
        match read(&path, &bytes, &Conventions::default()) {
            Reading::Article(read) => {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                (path, text, read.article, read.body)
            }
            other => panic!("{}: {other:?}", path.display()),
        }
    };
    let found: Vec<_> = library.ids().map(read_again).collect();
    assert!(!found.is_empty(), "no articles in {part}");
    found
}

#[test]
fn every_file_is_accounted_for() {
    over_the_corpus(|folder| {
        let library = load(folder, ReadDepth::Everything);
        let tally = library.tally();
        assert_eq!(tally.files, 411);
        assert_eq!(tally.articles + tally.errors + tally.skipped, 411);
        assert_eq!(
            (tally.errors, tally.warnings),
            (0, 0),
            "{:?}",
            library.diagnostics()
        );
        assert_eq!(tally.skipped, 0);
        let listed = load(folder, ReadDepth::List);
        assert_eq!(listed.tally(), tally);
        assert_eq!(listed.count(Severity::Warning), 0);
    });
}

#[test]
fn each_kind_gives_what_belongs_to_it() {
    over_the_corpus(|folder| {
        for (part, kind, gives) in [
            (
                "_people",
                "profile",
                (|it| !it.bio.is_empty() && it.twitter.is_some()) as fn(&Article) -> bool,
            ),
            ("_communities", "forum", |it| {
                it.members.is_some_and(|count| count > 0)
            }),
            ("_learning/courses", "course", |it| {
                it.length.is_some() && it.price.is_some()
            }),
            ("_learning/videos", "video", |it| {
                it.length.is_some() && it.featured.len() == 1
            }),
            ("_learning/collections", "collection", |it| {
                it.items.len() > 1
            }),
            ("_samples", "download", |it| {
                !it.actions.is_empty() && !it.provider.authors.is_empty()
            }),
            ("_newsletters", "article", |it| {
                it.published_at.is_some() && it.urls.web.is_some()
            }),
            ("_news", "article", |it| {
                it.listed[ListedNumber::Quality].is_some()
                    && it.listed[ListedFlag::Published].is_some()
            }),
        ] {
            for (path, _, article, _) in articles(folder, part) {
                let found = article.listed[ListedName::Kind].as_deref();
                let is_kind = found == Some(kind) || (part == "_news" && found == Some("video"));
                assert!(is_kind, "{}: {found:?}", path.display());
                assert!(gives(&article), "{}: {article:#?}", path.display());
            }
        }
    });
}

#[test]
fn entities_escaped_twice_are_decoded() {
    over_the_corpus(|folder| {
        let found = articles(folder, "_samples");
        let twice = found.iter().filter(|(_, text, article, _)| {
            let excerpt = text.lines().find(|line| line.starts_with("excerpt: "));
            let escaped = excerpt.is_some_and(|excerpt| excerpt.contains("&amp;quot;"));
            assert!(!article.excerpt.contains("quot;") && !article.excerpt.contains("&amp;"));
            escaped && article.excerpt.contains('"')
        });
        assert!(twice.count() >= 3);
    });
}

#[test]
fn what_is_secured_is_nowhere() {
    over_the_corpus(|folder| {
        let mut secured = 0;
        for (path, text, article, _) in articles(folder, "") {
            let line = text
                .lines()
                .find_map(|line| line.strip_prefix("secured: \""));
            let Some((cipher, _)) = line.and_then(|line| line.rsplit_once('"')) else {
                assert_eq!(article.secured, None, "{}", path.display());
                continue;
            };
            secured += 1;
            assert_eq!(article.secured.map(|it| it.bytes), Some(cipher.len()));
            let start: String = cipher.chars().take(20).collect();
            assert!(
                !format!("{article:?}").contains(&start),
                "{}",
                path.display()
            );
        }
        assert!(secured > 400, "{secured} files are secured");
    });
}

#[test]
fn every_body_wraps_at_every_width() {
    over_the_corpus(|folder| {
        let mut bodies = 0;
        for (path, _, _, text) in articles(folder, "") {
            let document = body(Markup::from_path(&path), &text);
            assert_eq!(
                document.is_empty(),
                text.trim().is_empty(),
                "{}",
                path.display()
            );
            bodies += usize::from(!document.is_empty());
            for columns in [1, 20, 78] {
                for line in wrap::document(&document, columns) {
                    // One cell is too narrow for a wide character, which then sticks out.
                    let widest = columns.max(2);
                    assert!(line.width() <= widest, "{}: {line:?}", path.display());
                    let text: String = line.runs.iter().map(|run| run.text.as_str()).collect();
                    assert!(!text.contains("</"), "{}: {text}", path.display());
                    is_clean(&text);
                }
            }
        }
        assert!(bodies > 60, "{bodies} bodies");
    });
}

#[test]
fn every_title_and_excerpt_is_fit_for_the_screen() {
    over_the_corpus(|folder| {
        for (path, _, article, _) in articles(folder, "") {
            for text in [&article.title, &article.excerpt, &article.bio] {
                let clean = Clean::new(text);
                is_clean(clean.as_str());
                assert_eq!(clean.is_empty(), text.is_empty(), "{}", path.display());
            }
            assert!(!article.title.trim().is_empty(), "{}", path.display());
        }
    });
}

fn is_clean(text: &str) {
    assert!(!text.chars().any(char::is_control), "{text:?}");
    assert_eq!(Clean::new(text).as_str(), text);
}
