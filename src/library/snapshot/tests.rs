//! Snapshots as other code uses them: they restore what was saved, or nothing.

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tempfile::TempDir;

use super::*;
use crate::format::Headline;
use crate::library::columns::CHUNK;
use crate::library::{
    ArticleKey, Batch, Because, FoundArticle, Library, Member, ReadDepth, RootFolder, Source,
    Stamp, StoryWishes,
};

/// A library in a folder, and a cache beside it.
struct Case {
    home: TempDir,
}

impl Case {
    fn new() -> Self {
        let home = tempfile::tempdir().expect("a folder");
        for folder in ["a", "b"] {
            fs::create_dir(home.path().join(folder)).expect("a folder");
        }
        Self { home }
    }

    fn write(&self, file: &str, title: &str, day: u32) {
        let text = format!("---\ntitle: {title}\ndate: 2021-12-{day:02}\ntopics: [AI]\n---\n");
        fs::write(self.home.path().join(file), text).expect("a file");
    }

    fn roots(&self) -> Vec<PathBuf> {
        ["a", "b"].map(|root| self.home.path().join(root)).to_vec()
    }

    fn source(&self) -> Source {
        Source::new(&self.roots()).expect("roots")
    }

    fn cache(&self) -> PathBuf {
        self.home.path().join("cache/newsdesk")
    }

    fn keep(&self, library: &Library) {
        let kept = keep(&library.picture(), &self.source(), &self.cache()).expect("kept");
        let bytes = fs::metadata(self.kept_file()).expect("a file").len();
        let kept = kept.map(|kept| (kept.articles, kept.bytes));
        assert_eq!(kept, Some((library.len(), bytes)));
    }

    fn kept_file(&self) -> PathBuf {
        let mut files = fs::read_dir(self.cache()).expect("a cache");
        let only = files.next().expect("a file").expect("a file").path();
        assert!(files.next().is_none(), "nothing else is left there");
        only
    }
}

fn titles(library: &Library) -> Vec<Cow<'_, str>> {
    let ids = library.ids();
    ids.map(|id| library.article(id).title()).collect()
}

/// What a command can see of a library, whatever the order of its rows.
fn told(library: &Library) -> impl PartialEq + std::fmt::Debug + use<> {
    let articles = library.ids().map(|id| {
        let article = library.article(id);
        let topics: Vec<String> = article.topics().map(str::to_owned).collect();
        (
            article.path(),
            article.title().into_owned(),
            article.stamp(),
            topics,
        )
    });
    let mut articles: Vec<_> = articles.collect();
    articles.sort_unstable_by(|one, other| one.0.cmp(&other.0));
    let diagnostics: Vec<String> = library
        .diagnostics()
        .iter()
        .map(|it| format!("{it:?}"))
        .collect();
    let folders = library.articles().folders().len();
    (articles, library.tally(), diagnostics, folders)
}

#[test]
fn a_library_that_starts_from_what_was_saved_is_that_of_its_files() {
    let case = Case::new();
    for (file, day) in [
        ("a/x.md", 3),
        ("a/y.md", 9),
        ("b/z.md", 5),
        ("b/gone.md", 7),
    ] {
        case.write(file, file, day);
    }
    let at = |file: &str| case.home.path().join(file);
    fs::write(at("a/broken.md"), "---\ntitle: [\n---\n").expect("a file");
    fs::write(at("a/doubtful.md"), "---\ntitle: d\ndate: someday\n---\n").expect("a file");
    let load = || {
        let restored = restore(&case.source(), &case.cache()).ok()?;
        update(restored, &case.source(), &AtomicBool::new(false), &|_| {})
    };
    assert!(load().is_none(), "nothing was saved");
    case.keep(&Library::load(&case.source(), ReadDepth::List));
    let from_files = || told(&Library::load(&case.source(), ReadDepth::List));
    let saved = from_files();
    assert_eq!(load().as_ref().map(told), Some(from_files()));

    case.write("a/x.md", "another title", 4);
    case.write("a/broken.md", "mended", 4);
    case.write("b/new.md", "new", 8);
    fs::remove_file(at("b/gone.md")).expect("our file");
    fs::rename(at("a/y.md"), at("b/moved.md")).expect("our file");
    assert_eq!(load().as_ref().map(told), Some(from_files()));
    let as_saved = || {
        let restored = restore(&case.source(), &case.cache()).ok()?;
        restored.bring_in().ok()?;
        Some(restored.library)
    };
    assert_eq!(as_saved().as_ref().map(told), Some(saved));

    // An article that has just become unreadable may be half written, so its file has to be looked
    // at.
    fs::write(at("b/z.md"), "---\ntitle: [\n---\n").expect("a file");
    assert!(load().is_none());
    let bytes = fs::read(case.kept_file()).expect("what was saved");
    fs::write(case.kept_file(), &bytes[..bytes.len() - 1]).expect("damage");
    assert!(load().is_none(), "it is damaged");
    assert!(as_saved().is_none());
}

#[test]
fn articles_come_back_newest_first_and_without_those_that_are_gone() {
    let case = Case::new();
    for (file, day) in [
        ("a/x.md", 3),
        ("a/y.md", 9),
        ("b/z.md", 5),
        ("b/gone.md", 7),
    ] {
        case.write(file, file, day);
    }
    let mut library = Library::load(&case.source(), ReadDepth::List);
    let gone = library
        .ids()
        .find(|id| library.article(*id).title() == "b/gone.md");
    std::sync::Arc::make_mut(&mut library.articles.gone).insert(gone.expect("it is there").row());
    library.files -= 1;
    case.keep(&library);
    let restored = restore(&case.source(), &case.cache()).expect("restored");
    assert_eq!(titles(&restored.library), ["a/y.md", "b/z.md", "a/x.md"]);
    assert_eq!(restored.library.tally(), library.tally());
}

/// Rows are kept in chunks.
#[test]
fn more_articles_than_a_chunk_holds_come_back() {
    let case = Case::new();
    let folder = Arc::new(RootFolder {
        path: case.home.path().join("a"),
        relative: PathBuf::new(),
        overrides: Arc::default(),
    });
    let found = (0..=CHUNK).map(|number| {
        let name = format!("{number}.md");
        let headline = Headline {
            title: name.clone(),
            ..Headline::default()
        };
        let folder = Arc::clone(&folder);
        Box::new(FoundArticle::new(
            folder,
            name.into(),
            Stamp::default(),
            headline,
        ))
    });
    let mut library = Library::default();
    library.apply(Batch {
        files: CHUNK + 1,
        found: found.collect(),
        ..Batch::default()
    });
    case.keep(&library);
    let restored = restore(&case.source(), &case.cache()).expect("restored");
    assert!(restored.bring_in().is_ok());
    assert_eq!(told(&restored.library), told(&library));
}

#[test]
fn the_second_of_two_roots_takes_the_key_of_a_first_that_is_gone() {
    let case = Case::new();
    case.write("a/x.md", "first", 1);
    case.write("b/x.md", "second", 2);
    let mut library = Library::load(&case.source(), ReadDepth::List);
    let first = library
        .ids()
        .find(|id| library.article(*id).title() == "first");
    std::sync::Arc::make_mut(&mut library.articles.gone).insert(first.expect("it is there").row());
    library.files -= 1;
    case.keep(&library);
    let restored = restore(&case.source(), &case.cache()).expect("restored");
    let key = ArticleKey::new(Path::new(""), "x.md".as_ref());
    let found = restored.library.by_key(key).expect("the other");
    assert_eq!(restored.library.article(found).title(), "second");
}

/// Stories by their articles' titles, and whether they had to be grouped.
fn stories(library: &Library) -> (Vec<Vec<(String, Because)>>, bool) {
    let is_new = AtomicBool::new(false);
    let cancelled = || {
        is_new.store(true, Ordering::Relaxed);
        false
    };
    let articles = library.articles();
    let stories = articles.stories(&cancelled).expect("nobody gives up");
    let member = |it: &Member| {
        let title = articles.article(it.article).title().into_owned();
        (title, it.because)
    };
    let stories = stories
        .iter()
        .map(|story| story.members.iter().map(member).collect());
    (stories.collect(), is_new.into_inner())
}

#[test]
fn stories_are_kept_until_an_article_changes_or_a_person_decides_otherwise() {
    let case = Case::new();
    for (file, day) in [("a/x.md", 3), ("b/y.md", 5), ("a/z.md", 9)] {
        let text = format!(
            "---\ntitle: {file}\ndate: 2021-12-{day:02}\noriginalUrl: https://a.example/same\n---\n"
        );
        fs::write(case.home.path().join(file), text).expect("a file");
    }
    let mut library = Library::load(&case.source(), ReadDepth::List);
    let key = |library: &Library, title: &str| {
        let mut articles = library.ids().map(|id| library.article(id));
        let found = articles.find(|it| it.title() == title);
        found.expect("an article").key()
    };
    let apart = (key(&library, "a/x.md"), key(&library, "a/z.md"));
    let wishes = StoryWishes {
        apart: vec![apart],
        ..StoryWishes::default()
    };
    library.heed(wishes.clone());
    let (grouped, is_new) = stories(&library);
    assert!(is_new);
    assert_eq!(grouped.len(), 1, "{grouped:?}");
    case.keep(&library);
    let restored = || {
        let restored = restore(&case.source(), &case.cache());
        restored.expect("restored").library
    };
    assert_eq!(stories(&restored()), (grouped.clone(), false));
    // The desk reports the same again.
    let mut same = restored();
    same.heed(wishes);
    assert_eq!(stories(&same), (grouped.clone(), false));
    // Decided differently in the meantime.
    let mut other = restored();
    other.heed(StoryWishes::default());
    let (joined, is_new) = stories(&other);
    assert_eq!((joined[0].len(), is_new), (3, true));
    // Changed in the meantime.
    case.write("b/y.md", "another title", 5);
    let stop = AtomicBool::new(false);
    let saved = restore(&case.source(), &case.cache()).expect("restored");
    let changed = update(saved, &case.source(), &stop, &|_| {}).expect("a library");
    assert_eq!(stories(&changed), (Vec::new(), true));
}

#[test]
fn the_same_folders_under_another_name_have_the_same_library() {
    let case = Case::new();
    case.write("a/x.md", "x", 1);
    case.write("b/unread.md", "y", 2);
    fs::write(
        case.home.path().join("a/broken.md"),
        "---\ntitle: a: b\n---\n",
    )
    .expect("a file");
    case.keep(&Library::load(&case.source(), ReadDepth::List));
    let link = case.home.path().join("link");
    std::os::unix::fs::symlink(case.home.path(), &link).expect("a link");
    let renamed = Source::new(&["a", "b"].map(|root| link.join(root))).expect("roots");
    let restored = restore(&renamed, &case.cache()).expect("restored");
    let afresh = Library::load(&renamed, ReadDepth::List);
    assert_eq!(restored.library.diagnostics(), afresh.diagnostics());
    let mut paths: Vec<PathBuf> = restored
        .library
        .ids()
        .map(|id| restored.library.article(id).path())
        .collect();
    paths.sort();
    assert_eq!(paths, [link.join("a/x.md"), link.join("b/unread.md")]);
}

#[test]
fn other_folders_have_another_file() {
    let case = Case::new();
    case.keep(&Library::load(&case.source(), ReadDepth::List));
    let restored = restore(&case.source(), &case.cache()).expect("restored");
    assert!(restored.library.is_empty());
    let other = Source::new(&case.roots()[..1]).expect("a root");
    assert!(matches!(restore(&other, &case.cache()), Err(Unfit::Absent)));
    let mine = case.kept_file();
    let theirs = case.cache().join(super::places::file_name(
        &super::places::real(&case.roots()[..1]).expect("roots"),
    ));
    fs::copy(&mine, theirs).expect("a copy");
    assert!(matches!(
        restore(&other, &case.cache()),
        Err(Unfit::OtherRoots)
    ));
}

#[test]
fn what_is_no_snapshot_of_this_version_says_so() {
    let case = Case::new();
    case.keep(&Library::load(&case.source(), ReadDepth::List));
    let file = case.kept_file();
    let whole = fs::read(&file).expect("the snapshot");
    let unfit = |bytes: &[u8]| {
        fs::write(&file, bytes).expect("written");
        restore(&case.source(), &case.cache())
            .expect_err("unfit")
            .to_string()
    };
    assert_eq!(unfit(b""), "it is something else");
    assert_eq!(unfit(&[b'x'; 4096]), "it is something else");
    assert_eq!(unfit(&whole[..whole.len() - 1]), "it is damaged");
    assert_eq!(unfit(&[&whole[..], b"x"].concat()), "it is damaged");
}

#[test]
fn the_sample_library_is_not_kept() {
    let case = Case::new();
    let picture = crate::library::sample_library().picture();
    let kept = keep(&picture, &Source::Sample, &case.cache()).expect("nothing to do");
    assert!(kept.is_none());
    assert!(!case.cache().exists());
}
