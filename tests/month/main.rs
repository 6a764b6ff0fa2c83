//! A month of a real library in a minute: a machine writes into it, a person marks articles in it,
//! and in the end every mark is where it was made. Takes long, so it is run on demand:
//! `cargo test --release --test month -- --ignored --nocapture`.

#[path = "../facts/mod.rs"]
mod facts;
mod site;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

use facts::facts;
use jiff::Timestamp;
use newsdesk::desk::{DeskEvent, DeskRequest, DeskService};
use newsdesk::library::{ArticleId, Left, Library, ReadDepth, Scanner, Source};
use newsdesk::model::{MarkField, MarkValue};
use proptest::prelude::Rng as _;
use proptest::test_runner::{RngAlgorithm, TestRng};
use site::{Number, Site};

const EVENTS: usize = 10_000;
const MARKS: usize = 500;
/// Maximum number of events between two scans.
const AT_ONCE: u64 = 40;
/// The program is restarted after this many events, as if on another day.
const DAY: usize = 1_000;
/// What the allocator may keep besides what is in use.
const SLACK: usize = 16 << 20;

/// The program: its library and its desk.
struct Program {
    library: Library,
    scanner: Scanner,
    desk: DeskService,
    now: Timestamp,
}

impl Program {
    fn start(site: &Path, desk: &Path, now: Timestamp) -> Self {
        let source = Source::new(&[site.to_path_buf()]).expect("a folder");
        let mut program = Self {
            library: Library::default(),
            scanner: Scanner::new(source.clone(), ReadDepth::List),
            desk: DeskService::open(desk, source, now).expect("a desk"),
            now,
        };
        program.look(None);
        program
    }

    /// Takes in what has changed: the named files, or all of them.
    fn look(&mut self, files: Option<&BTreeSet<PathBuf>>) {
        let batches = Mutex::new(Vec::new());
        let hand = |batch| batches.lock().expect("no panic").push(batch);
        let mut left = match files {
            Some(files) => self.scanner.look(files, &hand),
            None => Left::Pass,
        };
        while left != Left::Later(BTreeSet::new()) {
            left = match left {
                Left::Later(files) => self.scanner.look(&files, &hand),
                Left::Pass => self
                    .scanner
                    .pass(&AtomicBool::new(false), &hand)
                    .expect("the folder is there"),
            };
        }
        for batch in batches.into_inner().expect("no panic") {
            self.library.apply(batch);
        }
        let articles = self.library.articles().clone();
        self.desk.set_articles(articles, self.now);
        while self.desk.is_busy() {
            self.desk.poll(self.now);
        }
    }

    /// Gives an article a tag that distinguishes it from all others.
    fn mark(&mut self, path: &Path, number: Number) {
        let found = |id: &ArticleId| self.library.article(*id).path() == path;
        let article = self.library.ids().find(found).expect("it is listed");
        let told = self.desk.ask(
            DeskRequest::Decide {
                articles: vec![article],
                wishes: vec![(tag(number), MarkValue::Flag(true))],
                label: "tag".to_owned(),
            },
            self.now,
        );
        let kept = |event: &DeskEvent| matches!(event, DeskEvent::Kept { trouble: None, .. });
        assert!(told.iter().any(kept), "{told:?}");
    }

    /// The tags of every article that has any.
    fn tags(&mut self) -> BTreeMap<PathBuf, BTreeSet<String>> {
        let DeskEvent::Marks(marks) = self
            .desk
            .set_articles(self.library.articles().clone(), self.now)
        else {
            panic!("no marks");
        };
        let decided = marks.decided.iter();
        decided
            .map(|(id, mark)| (self.library.article(id).path(), mark.tags.clone()))
            .collect()
    }
}

fn tag(number: Number) -> MarkField {
    MarkField::Tag(format!("number-{number}"))
}

/// Every mark is with its article, and no article has another's.
fn assert_marks(program: &mut Program, site: &Site, marked: &BTreeSet<Number>, after: &str) {
    let wanted: BTreeMap<PathBuf, BTreeSet<String>> = marked
        .iter()
        .map(|number| {
            let tag = BTreeSet::from([format!("number-{number}")]);
            (site.path(*number), tag)
        })
        .collect();
    let tags = program.tags();
    for (path, wanted) in &wanted {
        assert_eq!(
            tags.get(path),
            Some(wanted),
            "{} after {after}",
            path.display()
        );
    }
    assert_eq!(
        tags.len(),
        wanted.len(),
        "marks of other articles after {after}"
    );
}

/// Bytes of memory of this process, if the system says.
fn resident() -> Option<usize> {
    let pages = std::fs::read_to_string("/proc/self/statm").ok()?;
    pages
        .split(' ')
        .nth(1)?
        .parse::<usize>()
        .ok()
        .map(|pages| pages * 4096)
}

#[test]
#[ignore = "takes a minute and more"]
fn ten_thousand_events_cost_no_mark_and_no_memory() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = folder.path().join("desk.db");
    let mut site = Site::new(&folder.path().join("site"));
    let mut random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut now: Timestamp = "2026-11-01T06:00:00Z".parse().expect("a time");
    let mut program = Program::start(site.root(), &desk, now);
    let mut marked = BTreeSet::new();
    let mut happened = 0;
    let mut memory = None;
    while happened < EVENTS {
        let day = happened / DAY;
        let mut changed = BTreeSet::new();
        let mut touched = BTreeSet::new();
        let mut events = Vec::new();
        for _ in 0..=random.next_u64() % AT_ONCE {
            events.push(site.happen(&mut random, &mut touched, &mut changed));
        }
        happened += events.len();
        now += jiff::SignedDuration::from_secs(60);
        program.now = now;
        // From time to time the system reports too much, and all files are scanned.
        let is_overflow = random.next_u64().is_multiple_of(8);
        program.look((!is_overflow).then_some(&changed));
        while marked.len() * EVENTS < MARKS * happened.min(EVENTS) {
            let number = site.any(&mut random);
            if marked.insert(number) {
                program.mark(&site.path(number), number);
            }
        }
        let after = format!("{happened} events, the last {events:?}");
        assert_marks(&mut program, &site, &marked, &after);
        if happened / DAY > day {
            if day == 1 {
                memory = resident();
            }
            program = Program::start(site.root(), &desk, now);
            assert_marks(
                &mut program,
                &site,
                &marked,
                &format!("a new start, {after}"),
            );
        }
    }
    let cold = Library::load(
        &Source::new(&[site.root().to_path_buf()]).expect("a folder"),
        ReadDepth::List,
    );
    assert_eq!(facts(&program.library), facts(&cold));
    println!(
        "{happened} events, {} marks on {} articles, memory then {memory:?}, now {:?}",
        marked.len(),
        program.library.len(),
        resident()
    );
    if let (Some(then), Some(now)) = (memory, resident()) {
        assert!(now < then + SLACK, "memory grew from {then} to {now}");
    }
}
