//! What is known without reading a file must equal what reading it would tell.

use std::fs;
use std::io::Write;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use proptest::prelude::*;

use super::*;
use crate::desk::{Decider, Desk, NewDecision, SqliteDesk, draw};
use crate::format::Headline;
use crate::library::{Batch, Folder, Found, Library, ReadDepth};
use crate::model::{Mark, MarkField, MarkValue};

/// A library in a folder, and a desk in memory.
struct Case {
    folder: tempfile::TempDir,
    source: Source,
    desk: SqliteDesk,
    /// How often a file was written: no two versions of a file have the same time.
    written: u64,
}

impl Case {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let source = Source::new(&[folder.path().to_path_buf()]).expect("a source");
        Self {
            folder,
            source,
            desk: SqliteDesk::in_memory().expect("a desk"),
            written: 0,
        }
    }

    fn at(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    /// The library as its files are now, with the desk's marks as modified by `marks`.
    fn look(&mut self, marks: impl Fn(&mut Marked)) -> MarkedArticles {
        let library = Library::load(&self.source, ReadDepth::List);
        let mut all = self.desk.all().expect("the marks");
        all.iter_mut().for_each(marks);
        MarkedArticles::new(library.articles().clone(), self.source.clone(), all)
    }

    /// The same, completely read and recorded.
    fn see(&mut self) -> MarkedArticles {
        let mut marked = self.look(|_| {});
        while marked.read_words(usize::MAX) != WordsKnown::Known {}
        let seen = marked.renew();
        if !seen.is_empty() {
            self.desk
                .renew(&seen, Timestamp::UNIX_EPOCH)
                .expect("noted");
        }
        marked
    }

    fn write(&mut self, name: &str, page: u8, words: u8, body: bool) {
        let page = match page {
            0 => String::new(),
            page => format!("webUrl: https://a.example/{page}\n"),
        };
        let body = if body { "Text.\n" } else { "" };
        let text = format!("---\ntitle: T{words}\nexcerpt: e\n{page}---\n{body}");
        let mut file = fs::File::create(self.at(name)).expect("a file");
        file.write_all(text.as_bytes()).expect("its text");
        self.written += 1;
        let at = SystemTime::UNIX_EPOCH + Duration::from_secs(self.written);
        file.set_modified(at).expect("a time");
    }

    fn mark(&mut self, name: &str) {
        let marked = self.see();
        let path = self.at(name);
        let id = marked
            .articles()
            .ids()
            .find(|id| marked.article(*id).path() == path);
        let mut decision = NewDecision::default();
        let wish = [(MarkField::Starred, MarkValue::Flag(true))];
        if let Some(id) = id
            && Decider::new(&marked).add(id, &wish, &mut decision)
        {
            let id = draw().expect("a name");
            self.desk
                .commit(&decision, id, Timestamp::UNIX_EPOCH)
                .expect("kept");
        }
    }
}

#[test]
fn a_file_that_is_as_it_was_seen_is_not_read_again() {
    let mut case = Case::new();
    for name in ["a.md", "b.md", "c.md"] {
        case.write(name, name.as_bytes()[0], 1, name != "c.md");
        case.mark(name);
    }
    let mut again = case.look(|_| {});
    assert_eq!(again.read_words(0), WordsKnown::Known);
    let marks = again.by_row(Timestamp::UNIX_EPOCH);
    assert_eq!((marks.starred.len(), marks.marked.len()), (3, 3));

    case.write("b.md", b'b', 2, true);
    let mut changed = case.look(|_| {});
    assert_eq!(changed.unread.len(), 1);
    assert_eq!(changed.read_words(1), WordsKnown::Read);
    assert_eq!(changed.by_row(Timestamp::UNIX_EPOCH).changed.len(), 1);
    case.see();
    let mut again = case.look(|_| {});
    assert_eq!(again.read_words(0), WordsKnown::Known);
    assert_eq!(again.by_row(Timestamp::UNIX_EPOCH).changed.len(), 1);
}

#[test]
fn what_others_have_decided_is_taken_over() {
    let mut case = Case::new();
    case.write("a.md", 1, 1, true);
    let mut marked = case.see();
    case.mark("a.md");
    let mut news = case.desk.all().expect("the marks");
    marked.take_news(news.clone());
    assert_eq!(marked.by_row(Timestamp::UNIX_EPOCH).starred.len(), 1);
    news[0].mark.starred = false;
    marked.take_news(news);
    assert!(marked.by_row(Timestamp::UNIX_EPOCH).starred.is_empty());
    assert_eq!(marked.marks().len(), 1);
}

#[test]
fn a_mark_follows_its_article_to_another_file_by_its_page() {
    for (renamed, page) in [("a.md", 1), ("b.md", 2)] {
        let mut case = Case::new();
        for (name, page) in [("a.md", 1), ("b.md", 2)] {
            case.write(name, page, page, true);
            case.mark(name);
        }
        fs::remove_file(case.at(renamed)).expect("our file");
        case.write("c.md", page, 9, true);
        let marks = case.see().by_row(Timestamp::UNIX_EPOCH);
        assert_eq!(marks.starred.len(), 2, "{renamed}");
        assert_eq!(marks.changed.len(), 1, "{renamed}");
    }
}

/// Without its page an article is sought among those without one, by its words.
#[test]
fn only_what_may_be_the_lost_article_is_read() {
    for (page, read) in [
        (0, &["a.md", "old/x.md", "sub/x.md"][..]),
        (1, &["old/x.md", "sub/x.md"]),
    ] {
        let mut case = Case::new();
        case.write("x.md", page, 1, true);
        case.mark("x.md");
        fs::remove_file(case.at("x.md")).expect("our file");
        for folder in ["old", "sub"] {
            fs::create_dir(case.at(folder)).expect("a folder");
        }
        for (name, page) in [("a.md", 0), ("p.md", 2), ("old/x.md", 0), ("sub/x.md", 0)] {
            case.write(name, page, 2, true);
        }
        let marked = case.look(|_| {});
        let unread = marked.unread.iter().map(|id| marked.article(*id).path());
        let mut unread: Vec<_> = unread.collect();
        unread.sort();
        let read: Vec<_> = read.iter().map(|name| case.at(name)).collect();
        assert_eq!(unread, read);
    }
}

/// Articles without a page, in files of which nothing is known but their names.
fn listed(folder: &tempfile::TempDir, count: usize) -> (Articles, Source) {
    let source = Source::new(&[folder.path().to_path_buf()]).expect("a source");
    let files = Arc::new(Folder {
        path: folder.path().to_path_buf(),
        relative: "".into(),
        overrides: Arc::default(),
    });
    let found = (0..count).map(|number| {
        let name = format!("{number}.md").into();
        let found = Found::new(
            Arc::clone(&files),
            name,
            Stamp::default(),
            Headline::default(),
        );
        Box::new(found)
    });
    let mut library = Library::default();
    library.apply(Batch {
        files: count,
        found: found.collect(),
        ..Batch::default()
    });
    (library.articles().clone(), source)
}

#[test]
fn among_too_many_articles_without_a_page_none_is_sought() {
    let folder = tempfile::tempdir().expect("a folder");
    let words = Some(Fingerprint(1));
    let lost = Marked {
        identity: Identity {
            path: "lost.md".to_owned(),
            fingerprint: words,
            ..Identity::default()
        },
        seen: words,
        ..Marked::untouched(Subject(1))
    };
    for (count, unread) in [
        (MOST_WITHOUT_PAGE, MOST_WITHOUT_PAGE),
        (MOST_WITHOUT_PAGE + 1, 0),
    ] {
        let (articles, source) = listed(&folder, count);
        let marked = MarkedArticles::new(articles, source, vec![lost.clone()]);
        assert_eq!(marked.unread.len(), unread);
    }
}

#[test]
fn a_file_whose_versions_cannot_be_told_apart_is_read_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let (articles, source) = listed(&folder, 1);
    let with = |marks| MarkedArticles::new(articles.clone(), source.clone(), marks);
    let words = Some(Fingerprint(1));
    let seen = Marked {
        identity: Identity {
            fingerprint: words,
            version: Some(FileVersion(0)),
            ..with(Vec::new()).identity(ArticleId::from_row(0))
        },
        seen: words,
        ..Marked::untouched(Subject(1))
    };
    assert_eq!(with(vec![seen]).unread.len(), 1);
}

#[test]
fn the_next_to_come_back_is_the_first_whose_time_has_not_come() {
    let at = |second| Timestamp::from_second(second).expect("a time");
    let put_off = |second| Marked {
        mark: Mark {
            later: Some(at(second)),
            ..Mark::default()
        },
        ..Marked::untouched(Subject(second.unsigned_abs()))
    };
    let marks = [10, 30, 20].map(put_off).to_vec();
    let marked = MarkedArticles::new(Articles::default(), Source::Sample, marks);
    assert_eq!(marked.next_due(at(10)), Some(at(20)));
    assert_eq!(marked.next_due(at(30)), None);
}

/// What happens to a library with the files `0` to `5`.
#[derive(Clone, Debug)]
enum Step {
    Write(u8, u8, u8, bool),
    Move(u8, u8),
    Remove(u8),
    Mark(u8),
    See,
}

fn step() -> impl Strategy<Value = Step> {
    let file = || 0..6_u8;
    prop_oneof![
        (file(), 0..4_u8, 0..4_u8, any::<bool>())
            .prop_map(|(file, page, words, body)| Step::Write(file, page, words, body)),
        (file(), file()).prop_map(|(from, to)| Step::Move(from, to)),
        file().prop_map(Step::Remove),
        file().prop_map(Step::Mark),
        file().prop_map(Step::Mark),
        Just(Step::See),
    ]
}

/// The marks of each article, by its path.
fn followed(marked: &MarkedArticles) -> Vec<(std::path::PathBuf, Follows)> {
    let follows = marked.follows.iter();
    let mut found: Vec<_> = follows
        .map(|(id, follows)| (marked.article(*id).path(), follows.clone()))
        .collect();
    found.sort_by(|one, other| one.0.cmp(&other.0));
    found
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    #[test]
    fn versions_change_nothing_but_the_work(steps in proptest::collection::vec(step(), 1..16)) {
        let mut case = Case::new();
        let name = |file: u8| match file % 2 {
            0 => format!("{file}.md"),
            _ => format!("{file}/index.md"),
        };
        for folder in [1, 3, 5] {
            fs::create_dir(case.at(&folder.to_string())).expect("a folder");
        }
        for step in steps {
            match step {
                Step::Write(file, page, words, body) => {
                    case.write(&name(file), page, words, body);
                }
                // There may be nothing to move or remove.
                Step::Move(from, to) => {
                    let _ = fs::rename(case.at(&name(from)), case.at(&name(to)));
                }
                Step::Remove(file) => {
                    let _ = fs::remove_file(case.at(&name(file)));
                }
                Step::Mark(file) => case.mark(&name(file)),
                Step::See => {
                    case.see();
                }
            }
            let with = |case: &mut Case, change: fn(&mut Marked)| {
                let mut marked = case.look(change);
                while marked.read_words(usize::MAX) != WordsKnown::Known {}
                followed(&marked)
            };
            let quick = with(&mut case, |_| {});
            let slow = with(&mut case, |marked| marked.identity.version = None);
            prop_assert_eq!(quick, slow);
        }
    }
}
