//! Measures decisions with 100,000 marks on the desk: `cargo bench --bench desk`, or with a million
//! `cargo bench --bench desk -- 1000000`. What is measured, and how it compares, is in docs/performance.md.

#[expect(dead_code, reason = "the benchmark library prints its own lines")]
mod figures;
mod generate;
mod sizes;

use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use divan::Bencher;
use jiff::Timestamp;
use newsdesk::desk::{
    Decider, Desk, DeskRequest, DeskService, MarkedArticles, NewDecision, OnDamage, Opening,
    SqliteDesk, UndoTarget, WordsKnown, complete, draw, open,
};
use newsdesk::library::{ArticleId, Library, ReadDepth, Source};
use newsdesk::model::{MarkField, MarkValue};
use sizes::sizes;

/// How many articles, unless a number is given.
const USUAL: u64 = 100_000;

fn main() {
    figures::run("desk", sizes::run);
}

/// A generated library, and a desk beside it.
struct Case {
    folder: tempfile::TempDir,
    source: Source,
    library: Library,
}

impl Case {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder for the library");
        let root = folder.path().join("library");
        generate::write(&root, sizes(&[USUAL])[0]).expect("room for the library");
        let source = Source::new(&[root]).expect("the library just written");
        let library = Library::load(&source, ReadDepth::List);
        Self {
            folder,
            source,
            library,
        }
    }

    /// The same with a mark for every article.
    fn marked() -> Self {
        let case = Self::new();
        let mut desk = case.desk();
        let decision = case.done(&case.followed(&mut desk));
        let name = draw().expect("a name");
        desk.commit(&decision, name, Timestamp::now())
            .expect("kept");
        case
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("desk.db")
    }

    fn desk(&self) -> SqliteDesk {
        match open(&self.path(), Duration::ZERO, OnDamage::Leave) {
            Opening::Opened { desk, .. } => desk,
            other => panic!("the desk cannot be used: {other:?}"),
        }
    }

    fn followed(&self, desk: &mut SqliteDesk) -> MarkedArticles {
        let marks = desk.all().expect("the marks");
        let articles = self.library.articles().clone();
        let mut marked = MarkedArticles::new(articles, self.source.clone(), marks);
        while marked.read_words(usize::MAX) != WordsKnown::Known {}
        marked
    }

    /// Marks all articles done.
    fn done(&self, marked: &MarkedArticles) -> NewDecision {
        let wishes = complete(vec![(MarkField::Done, MarkValue::Flag(true))]);
        let mut decider = Decider::new(marked);
        let mut decision = NewDecision::default();
        for id in self.library.ids() {
            decider.add(id, &wishes, &mut decision);
        }
        decision
    }
}

/// Opens a desk with 100,000 marks that another program has opened before.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn open_a_desk(bencher: Bencher<'_, '_>) {
    let case = Case::marked();
    // What was written less than two seconds ago counts as unsettled, and is checked as a whole each time.
    thread::sleep(Duration::from_secs(3));
    drop(case.desk());
    bencher.bench_local(|| case.desk());
}

/// Reads its marks and finds the article of each.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn follow_marks(bencher: Bencher<'_, '_>) {
    let case = Case::marked();
    bencher.bench_local(|| case.followed(&mut case.desk()));
}

/// One decision in the reader, with 100,000 marks on the desk.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn decide_on_one(bencher: Bencher<'_, '_>) {
    let case = Case::marked();
    let now = Timestamp::now();
    let mut desk = DeskService::open(&case.path(), case.source.clone(), now).expect("a desk");
    desk.set_articles(case.library.articles().clone(), now);
    let mut row = 0;
    bencher.bench_local(|| {
        row += 1;
        let request = DeskRequest::Decide {
            articles: vec![ArticleId::from_row(row)],
            wishes: vec![(MarkField::Starred, MarkValue::Flag(true))],
            label: "star".to_owned(),
        };
        desk.ask(request, Timestamp::now())
    });
}

/// A decision on this many articles without marks, and its undo.
#[divan::bench(args = sizes(&[15_000, USUAL]), sample_count = 1, sample_size = 1)]
fn decide_and_undo(bencher: Bencher<'_, '_>, articles: u64) {
    let case = Case::new();
    let now = Timestamp::now();
    let mut desk = DeskService::open(&case.path(), case.source.clone(), now).expect("a desk");
    desk.set_articles(case.library.articles().clone(), now);
    bencher.bench_local(|| {
        let request = DeskRequest::Decide {
            articles: case.library.ids().take(articles as usize).collect(),
            wishes: vec![(MarkField::Done, MarkValue::Flag(true))],
            label: "done".to_owned(),
        };
        desk.ask(request, Timestamp::now());
        desk.ask(DeskRequest::Undo(UndoTarget::Last), Timestamp::now())
    });
}
