//! What is told of requests, and what happens without any.

use std::fs;

use super::*;
use crate::library::{Library, ReadDepth};
use crate::model::MarkField;

/// A folder with articles, and a desk beside it.
struct Case {
    folder: tempfile::TempDir,
    service: DeskService,
}

fn now() -> Timestamp {
    Timestamp::from_second(1_640_000_000).expect("a time")
}

impl Case {
    fn new(articles: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("news")).expect("a folder");
        for (title, fields) in articles {
            write(&folder, title, fields);
        }
        Self::open(folder)
    }

    fn open(folder: tempfile::TempDir) -> Self {
        let service = open(&folder);
        let mut case = Self { folder, service };
        case.look();
        case
    }

    /// Reads the files as they are now.
    fn look(&mut self) {
        let library = Library::load(&self.service.source, ReadDepth::List);
        let articles = library.articles().clone();
        self.service.set_articles(articles, now());
        while self.service.is_busy() {
            self.service.poll(now());
        }
    }

    fn id(&self, title: &str) -> ArticleId {
        let articles = self.service.marked.articles();
        let mut ids = articles.ids();
        let found = ids.find(|id| articles.article(*id).title() == title);
        found.expect("an article")
    }

    /// An article of a later snapshot.
    fn unknown(&self) -> ArticleId {
        ArticleId::from_row(self.service.marked.articles().len() as u32)
    }

    fn ask(&mut self, request: DeskRequest) -> Vec<String> {
        said(self.service.ask(request, now()))
    }

    fn decide(
        &mut self,
        articles: Vec<ArticleId>,
        field: MarkField,
        value: MarkValue,
    ) -> Vec<String> {
        let label = field.to_string();
        let wishes = vec![(field, value)];
        self.ask(DeskRequest::Decide {
            articles,
            wishes,
            label,
        })
    }

    fn done(&mut self, articles: Vec<ArticleId>) -> Vec<String> {
        self.decide(articles, MarkField::Done, MarkValue::Flag(true))
    }

    fn stage(&mut self, title: &str) -> Vec<String> {
        let to = MarkValue::Staged(Some(true));
        self.decide(vec![self.id(title)], MarkField::Publication, to)
    }
}

fn open(folder: &tempfile::TempDir) -> DeskService {
    let source = Source::new(&[folder.path().join("news")]).expect("a source");
    let service = DeskService::open(&folder.path().join("desk.db"), source, now());
    service.expect("a desk")
}

fn write(folder: &tempfile::TempDir, title: &str, fields: &str) {
    let path = folder.path().join(format!("news/{title}.md"));
    let text = format!("---\ntitle: {title}\n{fields}---\nText of {title}.\n");
    fs::write(path, text).expect("a file");
}

/// Each event in a few words.
fn said(events: Vec<DeskEvent>) -> Vec<String> {
    let words = |event| match event {
        DeskEvent::Marks(marked) => format!("marks: {} done", marked.rows.done.len()),
        DeskEvent::Kept {
            label,
            articles,
            handled,
            trouble,
        } => format!("kept {label}: {} {handled} {trouble:?}", articles.len()),
        DeskEvent::Unchanged { label } => format!("unchanged {label}"),
        DeskEvent::TakenBack {
            label,
            articles,
            left,
        } => format!("{label}: {} left {left}", articles.len()),
        DeskEvent::Journal(noted) => {
            let entry = |it: &JournalLine| format!("{} ({})", it.entry.transaction.label, it.about);
            noted.iter().map(entry).collect::<Vec<_>>().join("; ")
        }
        DeskEvent::Review(planned) => {
            let plans = planned.into_iter().map(|it| match it.what {
                FilePlan::Lines(lines) => lines.into_iter().flat_map(|it| it.new).collect(),
                FilePlan::Unchanged => "unchanged".to_owned(),
                FilePlan::Refused(why) => why,
            });
            plans.collect::<Vec<_>>().join("; ")
        }
        DeskEvent::Written {
            written,
            unchanged,
            refused,
        } => format!(
            "written {}, unchanged {unchanged}, refused {}",
            written.len(),
            refused.len()
        ),
        DeskEvent::Saved(path) => format!("saved {}", path.display()),
        DeskEvent::Trouble(why) => format!("trouble: {why:?}"),
        DeskEvent::Notice(text) => format!("notice: {text}"),
        DeskEvent::Refused(why) => format!("refused: {why}"),
    };
    events.into_iter().map(words).collect()
}

#[test]
fn a_decision_is_told_with_the_marks_and_taken_back() {
    let mut case = Case::new(&[("a", ""), ("b", ""), ("c", "")]);
    let two = vec![case.id("a"), case.id("b"), case.unknown()];
    let told = case.done(two.clone());
    assert_eq!(
        told,
        ["marks: 2 done", "kept done, 2 articles: 2 true None"]
    );
    assert_eq!(case.done(two), ["unchanged done"]);
    let one = vec![case.id("c")];
    let told = case.decide(one, MarkField::Starred, MarkValue::Flag(true));
    assert_eq!(told, ["marks: 2 done", "kept starred: 1 false None"]);
    assert_eq!(
        case.ask(DeskRequest::Journal),
        ["starred (c); done, 2 articles ()"]
    );

    let told = case.ask(DeskRequest::Undo(UndoTarget::Last));
    assert_eq!(told, ["marks: 2 done", "undo: starred: 1 left 0"]);
    let told = case.ask(DeskRequest::Undo(UndoTarget::Last));
    assert_eq!(told, ["marks: 0 done", "undo: done, 2 articles: 2 left 0"]);
    let told = case.ask(DeskRequest::Redo);
    assert_eq!(told, ["marks: 2 done", "redo: done, 2 articles: 2 left 0"]);
}

#[test]
fn the_journal_names_a_file_that_is_gone() {
    let mut case = Case::new(&[("a", ""), ("b", "")]);
    case.done(vec![case.id("a")]);
    fs::remove_file(case.folder.path().join("news/a.md")).expect("our file");
    case.look();
    assert_eq!(case.ask(DeskRequest::Journal), ["done (a.md)"]);
}

#[test]
fn what_is_wrong_with_the_desk_is_told_once() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("news")).expect("a folder");
    write(&folder, "a", "");
    let rubbish = "nothing that a desk would hold";
    fs::write(folder.path().join("desk.db"), rubbish).expect("damage");
    let mut service = open(&folder);
    let told = said(service.begin());
    assert!(
        told.len() == 1 && told[0].starts_with("trouble: ") && told[0].contains("was damaged"),
        "{told:?}"
    );
    assert_eq!(said(service.begin()), [""; 0]);
    let mut case = Case { folder, service };
    case.look();
    let told = case.done(vec![case.id("a")]);
    assert_eq!(told.len(), 2);
    assert!(told[1].contains("was damaged"), "{told:?}");

    let told = said(open(&case.folder).begin());
    assert!(
        told.len() == 1 && told[0].starts_with("notice: an earlier desk was damaged"),
        "{told:?}"
    );
}

#[test]
fn what_an_article_says_now_is_recorded() {
    let mut case = Case::new(&[("a", "")]);
    case.done(vec![case.id("a")]);
    write(&case.folder, "a", "excerpt: more of it\n");
    case.look();
    let marks = case.service.desk.all().expect("the marks");
    let [marked] = &marks[..] else {
        panic!("{marks:?}");
    };
    assert!(marked.seen.is_some());
    assert_ne!(marked.seen, marked.identity.fingerprint);
}

#[test]
fn what_was_put_off_is_told_when_its_time_comes() {
    let mut case = Case::new(&[("a", "")]);
    let until = |seconds| now() + jiff::SignedDuration::from_secs(seconds);
    let later = MarkValue::Until(Some(until(60)));
    case.decide(vec![case.id("a")], MarkField::Later, later);
    assert_eq!(said(case.service.poll(until(59))), [""; 0]);
    assert_eq!(said(case.service.poll(until(60))), ["marks: 0 done"]);
    assert_eq!(said(case.service.poll(until(61))), [""; 0]);
}

#[test]
fn stories_are_joined_among_the_articles_that_are_known() {
    let mut case = Case::new(&[("a", ""), ("b", "")]);
    let (a, b, unknown) = (case.id("a"), case.id("b"), case.unknown());
    for articles in [vec![a, unknown], vec![unknown, a]] {
        let told = case.ask(DeskRequest::Bind(StoryChange::Join(articles)));
        assert_eq!(told, ["unchanged joined into one story"]);
    }
    let told = case.ask(DeskRequest::Bind(StoryChange::Join(vec![a, b])));
    assert_eq!(
        told,
        ["marks: 0 done", "kept joined into one story: 2 false None"]
    );
}

#[test]
fn what_is_staged_is_shown_and_then_written() {
    let not = "published: false\n";
    let mut case = Case::new(&[("a", not), ("b", not), ("c", not)]);
    for title in ["a", "b", "c"] {
        let told = case.stage(title);
        assert_eq!(told, ["marks: 0 done", "kept publication: 1 false None"]);
    }
    // Published by hand meanwhile.
    for title in ["b", "c"] {
        write(&case.folder, title, "published: true\n");
    }
    case.look();
    let shown = case.ask(DeskRequest::Review);
    let mut plans: Vec<&str> = shown.iter().flat_map(|it| it.split("; ")).collect();
    plans.sort_unstable();
    assert_eq!(plans, ["published: true", "unchanged", "unchanged"]);
    let told = case.ask(DeskRequest::Write);
    assert_eq!(told, ["marks: 0 done", "written 1, unchanged 2, refused 0"]);
    let text = fs::read_to_string(case.folder.path().join("news/a.md")).expect("a file");
    assert!(text.contains("published: true\n"), "{text}");
    assert_eq!(case.ask(DeskRequest::Review), [""]);
}

#[test]
fn what_was_taken_back_elsewhere_since_the_review_is_not_written() {
    let mut case = Case::new(&[("a", "published: false\n"), ("b", "published: false\n")]);
    case.stage("a");
    case.stage("b");
    case.ask(DeskRequest::Review);
    let desk = case.folder.path().join("desk.db");
    let source = case.service.source.clone();
    let mut other = DeskService::open(&desk, source, now()).expect("a desk");
    other.ask(DeskRequest::Undo(UndoTarget::Last), now());
    let told = case.ask(DeskRequest::Write);
    let refused = "refused: Nothing was written: what is staged has changed since it was shown.";
    assert_eq!(told, ["marks: 0 done", refused]);
    for title in ["a", "b"] {
        let path = case.folder.path().join(format!("news/{title}.md"));
        let text = fs::read_to_string(path).expect("a file");
        assert!(text.contains("published: false"), "{text}");
    }
    assert_eq!(
        case.ask(DeskRequest::Write),
        ["marks: 0 done", "written 0, unchanged 0, refused 0"]
    );
    case.ask(DeskRequest::Review);
    assert_eq!(
        case.ask(DeskRequest::Write),
        ["marks: 0 done", "written 1, unchanged 0, refused 0"]
    );
}

#[test]
fn what_no_field_decides_is_not_staged() {
    let mut case = Case::new(&[("a", "")]);
    let told = case.stage("a");
    assert!(
        told.len() == 1 && told[0].starts_with("refused: “a” is not published: nothing says"),
        "{told:?}"
    );
    assert_eq!(case.done(vec![case.id("a")]).len(), 2);
}

#[test]
fn the_sample_library_is_not_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.db");
    let service = DeskService::open(&path, Source::Sample, now()).expect("a desk");
    let mut case = Case { folder, service };
    case.look();
    let id = ArticleId::from_row(0);
    case.decide(
        vec![id],
        MarkField::Publication,
        MarkValue::Staged(Some(true)),
    );
    let told = case.ask(DeskRequest::Review);
    assert!(told[0].starts_with("the sample library"), "{told:?}");
}
