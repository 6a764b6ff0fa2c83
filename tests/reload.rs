//! A library kept up to date while its files change equals one loaded afresh, whatever has happened
//! to the files and however that was reported.

mod facts;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use facts::facts;
use newsdesk::library::{
    Batch, Left, Library, ReadDepth, Scanner, Source, Watch, WatchEvent, WhereChanged,
};
use proptest::prelude::*;
use tempfile::TempDir;

/// A library with its scanner.
struct Kept {
    root: TempDir,
    library: Library,
    scanner: Scanner,
}

impl Kept {
    fn new() -> Self {
        let root = tempfile::tempdir().expect("a folder");
        let source = source(root.path());
        let mut kept = Self {
            root,
            library: Library::default(),
            scanner: Scanner::new(source, ReadDepth::Everything),
        };
        kept.pass();
        kept
    }

    fn at(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    fn pass(&mut self) -> Left {
        let batches = Mutex::new(Vec::new());
        let left = self
            .scanner
            .pass(&AtomicBool::new(false), &|batch| {
                batches.lock().expect("no panic").push(batch)
            })
            .expect("the root is there");
        self.take(batches);
        left
    }

    fn look(&mut self, files: &BTreeSet<PathBuf>) -> Left {
        let batches = Mutex::new(Vec::new());
        let left = self.scanner.look(files, &|batch| {
            batches.lock().expect("no panic").push(batch)
        });
        self.take(batches);
        left
    }

    fn take(&mut self, batches: Mutex<Vec<Batch>>) {
        for batch in batches.into_inner().expect("no panic") {
            self.library.apply(batch);
        }
    }

    /// Scans until nothing is left to scan.
    fn follow(&mut self, changes: WhereChanged) {
        let mut left = match changes {
            WhereChanged::Files(files) => self.look(&files),
            WhereChanged::Everything | WhereChanged::Unwatched(_) => self.pass(),
        };
        loop {
            left = match left {
                Left::Pass => self.pass(),
                Left::Later(files) if files.is_empty() => return,
                Left::Later(files) => self.look(&files),
            }
        }
    }

    fn assert_fresh(&self) {
        assert_eq!(
            facts(&self.library),
            facts(&Library::load(
                &source(self.root.path()),
                ReadDepth::Everything
            ))
        );
    }
}

fn source(root: &Path) -> Source {
    Source::new(&[root.to_path_buf()]).expect("a root")
}

fn article(number: u8) -> String {
    let topic = ["AI", "Energy", "Space"][usize::from(number % 3)];
    format!(
        "---\ntitle: Number {number}\noriginalUrl: https://a.example/{}\npublishedDateTime: 2021-12-{:02}\n\
         quality: {number}\npublished: {}\ntopics:\n  - {topic}\n---\n",
        number % 7,
        number % 28 + 1,
        number.is_multiple_of(2),
    )
}

/// Something that happens to a file.
#[derive(Clone, Debug)]
enum Happening {
    Write(usize, u8),
    WriteBroken(usize),
    WriteProse(usize),
    Remove(usize),
    Move(usize, usize),
    RemoveFolder(usize),
    MoveFolder(usize, usize),
}

const FILES: [&str; 8] = [
    "a.md",
    "b.md",
    "news/c.md",
    "news/d.html",
    "_archive/news/c.md",
    "_archive/e.md",
    "news/.f.md",
    "news/g.md~",
];
const FOLDERS: [&str; 3] = ["news", "_archive", "_archive/news"];

fn happening() -> impl Strategy<Value = Happening> {
    let file = 0..FILES.len();
    let folder = 0..FOLDERS.len();
    prop_oneof![
        6 => (file.clone(), any::<u8>()).prop_map(|(file, number)| Happening::Write(file, number)),
        1 => file.clone().prop_map(Happening::WriteBroken),
        1 => file.clone().prop_map(Happening::WriteProse),
        2 => file.clone().prop_map(Happening::Remove),
        3 => (file.clone(), file).prop_map(|(from, to)| Happening::Move(from, to)),
        1 => folder.clone().prop_map(Happening::RemoveFolder),
        1 => (folder.clone(), folder).prop_map(|(from, to)| Happening::MoveFolder(from, to)),
    ]
}

impl Happening {
    /// Does it if possible, and returns the paths that it touches.
    fn happen(&self, root: &Path) -> Vec<PathBuf> {
        let write = |file: usize, text: &str| {
            let path = root.join(FILES[file]);
            if let Some(folder) = path.parent() {
                let _ = fs::create_dir_all(folder);
            }
            let _ = fs::write(&path, text);
            old(&path);
            vec![path]
        };
        match *self {
            Happening::Write(file, number) => write(file, &article(number)),
            Happening::WriteBroken(file) => write(file, "---\ntitle: a: b\n---\n"),
            Happening::WriteProse(file) => write(file, "Just prose.\n"),
            Happening::Remove(file) => {
                let _ = fs::remove_file(root.join(FILES[file]));
                vec![root.join(FILES[file])]
            }
            Happening::Move(from, to) => {
                let (from, to) = (root.join(FILES[from]), root.join(FILES[to]));
                let _ = fs::rename(&from, &to);
                vec![from, to]
            }
            Happening::RemoveFolder(folder) => {
                let _ = fs::remove_dir_all(root.join(FOLDERS[folder]));
                vec![root.join(FOLDERS[folder])]
            }
            Happening::MoveFolder(from, to) => {
                let (from, to) = (root.join(FOLDERS[from]), root.join(FOLDERS[to]));
                let _ = fs::rename(&from, &to);
                vec![from, to]
            }
        }
    }
}

/// Makes a file look as if it had been written long ago, so that nobody seems to be writing it.
fn old(path: &Path) {
    let long_ago = std::time::SystemTime::now() - Duration::from_secs(60);
    if let Ok(file) = fs::File::options().write(true).open(path) {
        let _ = file.set_modified(long_ago);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_happens_it_is_as_if_loaded_afresh(
        history in prop::collection::vec((happening(), any::<bool>()), 1..40),
    ) {
        let mut kept = Kept::new();
        let mut touched = BTreeSet::new();
        for (happening, heard) in history {
            touched.extend(happening.happen(kept.root.path()));
            if heard {
                kept.follow(WhereChanged::Files(std::mem::take(&mut touched)));
                kept.assert_fresh();
            }
        }
        kept.follow(WhereChanged::Everything);
        kept.assert_fresh();
    }
}

#[test]
fn a_file_rewritten_in_its_place_is_read_again_though_its_time_was_set_back() {
    let mut kept = Kept::new();
    let path = kept.at("a.md");
    fs::write(&path, article(1)).expect("a file");
    kept.follow(WhereChanged::Everything);
    let before = fs::metadata(&path).expect("the file");
    let (time, changed) = (
        before.modified().expect("a time"),
        (before.ctime(), before.ctime_nsec()),
    );
    let file = fs::File::options().write(true).open(&path);
    let mut file = file.expect("the file");
    file.write_all(article(7).as_bytes()).expect("its text");
    // A file system whose clock is coarse may need another moment.
    let has_moved_on = || {
        file.set_modified(time).expect("a time");
        let now = file.metadata().expect("the file");
        (now.ctime(), now.ctime_nsec()) != changed
    };
    while !has_moved_on() {
        std::thread::yield_now();
    }
    assert_eq!(article(1).len(), article(7).len());
    kept.follow(WhereChanged::Everything);
    kept.assert_fresh();
}

#[test]
fn a_half_written_file_keeps_its_article_and_is_tried_again() {
    let mut kept = Kept::new();
    let path = kept.at("a.md");
    fs::write(&path, article(1)).expect("a file");
    let files = BTreeSet::from([path.clone()]);
    kept.follow(WhereChanged::Files(files.clone()));
    fs::write(&path, "---\ntitle: Half").expect("a file");
    assert_eq!(kept.look(&files), Left::Later(files.clone()));
    assert_eq!(kept.library.tally().articles, 1);
    fs::write(&path, article(2)).expect("a file");
    kept.follow(WhereChanged::Files(files));
    let titles: Vec<String> = kept
        .library
        .ids()
        .map(|id| kept.library.article(id).title().into_owned())
        .collect();
    assert_eq!(titles, ["Number 2"]);
}

#[test]
fn a_file_that_stays_broken_loses_its_article_in_the_end() {
    let mut kept = Kept::new();
    let path = kept.at("a.md");
    fs::write(&path, article(1)).expect("a file");
    kept.follow(WhereChanged::Everything);
    fs::write(&path, "---\ntitle: a: b\n---\n").expect("a file");
    old(&path);
    kept.follow(WhereChanged::Files(BTreeSet::from([path])));
    let tally = kept.library.tally();
    assert_eq!((tally.articles, tally.errors), (0, 1));
}

#[test]
fn a_rewritten_secured_changes_nothing_that_a_list_shows() {
    let mut kept = Kept::new();
    let path = kept.at("a.md");
    let secured =
        |text: &str| article(1).replace("quality", &format!("secured: \"{text}\"\nquality"));
    fs::write(&path, secured("AAAA")).expect("a file");
    kept.follow(WhereChanged::Everything);
    fs::write(&path, secured("BBBBBBBB")).expect("a file");
    let batches = Mutex::new(Vec::new());
    kept.scanner.look(&BTreeSet::from([path]), &|batch| {
        batches.lock().expect("no panic").push(batch)
    });
    let mut rewritten = 0;
    for batch in batches.into_inner().expect("no panic") {
        let taken = kept.library.apply(batch);
        assert!(taken.changed.is_empty() && taken.new.is_empty() && taken.gone.is_empty());
        rewritten += taken.rewritten.len();
    }
    assert_eq!(rewritten, 1);
}

#[test]
fn a_root_that_vanishes_empties_nothing() {
    let mut kept = Kept::new();
    fs::write(kept.at("a.md"), article(1)).expect("a file");
    kept.follow(WhereChanged::Everything);
    let elsewhere = kept.root.path().with_extension("elsewhere");
    fs::rename(kept.root.path(), &elsewhere).expect("moved away");
    let outcome = kept.scanner.pass(&AtomicBool::new(false), &|_| {
        panic!("nothing was to be seen")
    });
    assert!(outcome.is_err());
    assert_eq!(kept.library.tally().articles, 1);
    fs::rename(&elsewhere, kept.root.path()).expect("moved back");
    kept.follow(WhereChanged::Everything);
    kept.assert_fresh();
}

/// A watch and its hints.
struct Listening(Watch, Receiver<WatchEvent>);

impl Listening {
    fn to(root: &Path) -> Self {
        let (sender, hints) = channel();
        let watch = Watch::start(
            &[root.to_path_buf()],
            &std::sync::Arc::default(),
            move |hint| {
                let _ = sender.send(hint);
            },
        );
        Self(watch.expect("a watch"), hints)
    }

    fn next(&mut self, patience: Duration) -> Option<WhereChanged> {
        let first = self.1.recv_timeout(patience).ok()?;
        let more = |patience| self.1.recv_timeout(patience).ok();
        self.0.gather(first, more)
    }
}

#[test]
fn a_watch_hears_enough_to_follow() {
    let mut kept = Kept::new();
    fs::create_dir(kept.at("news")).expect("a folder");
    let mut watch = Listening::to(kept.root.path());
    for number in 0..40 {
        fs::write(kept.at(&format!("news/{number}.md")), article(number)).expect("a file");
    }
    fs::create_dir(kept.at("_archive")).expect("a folder");
    for number in 0..20 {
        let name = format!("{number}.md");
        fs::rename(kept.at("news").join(&name), kept.at("_archive").join(&name)).expect("moved");
    }
    fs::remove_file(kept.at("news/30.md")).expect("removed");
    let deadline = Instant::now() + Duration::from_secs(20);
    while kept.library.tally().articles != 39
        || kept.library.by_url("https://a.example/1").is_none()
    {
        assert!(Instant::now() < deadline, "{:?}", kept.library.tally());
        if let Some(changes) = watch.next(Duration::from_millis(200)) {
            kept.follow(changes);
        }
    }
    while let Some(changes) = watch.next(Duration::from_millis(300)) {
        kept.follow(changes);
    }
    kept.assert_fresh();
}

/// The kernel's event queue overflows: everything is scanned again, and nothing is missing. Those
/// who may write its limit can make it short; it is restored afterwards.
#[test]
fn an_overflow_of_the_queue_loses_nothing() {
    const LENGTH: &str = "/proc/sys/fs/inotify/max_queued_events";
    let mut kept = Kept::new();
    let before = fs::read_to_string(LENGTH).unwrap_or_default();
    if before.is_empty() || fs::write(LENGTH, "2").is_err() {
        eprintln!("left out: the queue of changes cannot be made shorter here");
        return;
    }
    let mut watch = Listening::to(kept.root.path());
    fs::write(LENGTH, before.trim()).expect("the length it had");
    // Faster than anybody reads them.
    let root = kept.root.path().to_path_buf();
    let writers: Vec<_> = (0..4_u8)
        .map(|part| {
            let root = root.clone();
            std::thread::spawn(move || {
                for number in 0..500 {
                    let path = root.join(format!("{part}-{number}.md"));
                    fs::write(path, article(part)).expect("an article");
                }
            })
        })
        .collect();
    for writer in writers {
        writer.join().expect("no panic");
    }
    let limit = Instant::now() + Duration::from_secs(30);
    let mut everything = 0;
    while kept.library.len() < 2_000 && Instant::now() < limit {
        match watch.next(Duration::from_millis(200)) {
            Some(WhereChanged::Everything) => {
                everything += 1;
                kept.pass();
            }
            Some(WhereChanged::Files(files)) => {
                kept.look(&files);
            }
            Some(WhereChanged::Unwatched(reason)) => panic!("{reason}"),
            None => {}
        }
    }
    assert!(everything > 0, "the queue has not overflowed");
    kept.assert_fresh();
}
