//! A library restored from a snapshot equals one read from its files, whatever has happened to the
//! files or to the snapshot.

mod facts;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, SystemTime};

use facts::facts;
use newsdesk::library::snapshot::{Unfit, keep, restore};
use newsdesk::library::{Library, ReadDepth, Scanner, Source};
use proptest::prelude::*;
use tempfile::TempDir;

/// Folders with a library, and a cache for it.
struct Case {
    home: TempDir,
}

impl Case {
    fn new() -> Self {
        let home = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(home.path().join("news/_archive")).expect("a folder");
        Self { home }
    }

    /// With enough of everything for a snapshot of some length.
    fn filled() -> Self {
        let case = Self::new();
        for number in 0..120 {
            case.write(&format!("{number}.md"), &article(number));
        }
        case.write("broken.md", "---\ntitle: a: b\n---\n");
        case.write("prose.md", "Just prose.\n");
        case.write("_archive/x.pdf", "");
        case
    }

    fn at(&self, file: &str) -> PathBuf {
        self.home.path().join("news").join(file)
    }

    fn write(&self, file: &str, text: &str) {
        fs::write(self.at(file), text).expect("a file");
        let written = fs::File::options().write(true).open(self.at(file));
        let long_ago = SystemTime::now() - Duration::from_secs(60);
        written
            .and_then(|file| file.set_modified(long_ago))
            .expect("a file that nobody is writing");
    }

    fn source(&self) -> Source {
        Source::new(&[self.home.path().join("news")]).expect("a root")
    }

    fn cache(&self) -> PathBuf {
        self.home.path().join("cache")
    }

    fn afresh(&self) -> Library {
        Library::load(&self.source(), ReadDepth::List)
    }

    fn keep(&self, library: &Library) {
        keep(&library.picture(), &self.source(), &self.cache()).expect("kept");
    }

    fn kept_file(&self) -> PathBuf {
        let mut files = fs::read_dir(self.cache()).expect("a cache");
        files.next().expect("a file").expect("a file").path()
    }

    /// As the reader starts: from the snapshot, checked against the files, or from the files.
    fn start(&self) -> (Library, Result<(), Unfit>) {
        let restored = restore(&self.source(), &self.cache())
            .and_then(|restored| Ok((restored.bring_in()?, restored.library)));
        let (mut library, mut scanner, outcome) = match restored {
            Ok((file_index, library)) => {
                let scanner = Scanner::with_index(self.source(), ReadDepth::List, file_index);
                (library, scanner, Ok(()))
            }
            Err(unfit) => {
                let scanner = Scanner::new(self.source(), ReadDepth::List);
                (Library::default(), scanner, Err(unfit))
            }
        };
        let batches = Mutex::new(Vec::new());
        scanner
            .pass(&AtomicBool::new(false), &|batch| {
                batches.lock().expect("no panic").push(batch)
            })
            .expect("the root is there");
        for batch in batches.into_inner().expect("no panic") {
            library.apply(batch);
        }
        (library, outcome)
    }
}

fn article(number: u32) -> String {
    let topic = ["AI", "Energy", "Space"][number as usize % 3];
    format!(
        "---\ntitle: Number {number}\noriginalUrl: https://a.example/{}\n\
         publishedDateTime: 2021-12-{:02}\nquality: {number}\ntopics:\n  - {topic}\n---\n",
        number % 70,
        number % 28 + 1,
    )
}

#[test]
fn what_was_kept_comes_back() {
    let case = Case::filled();
    let afresh = case.afresh();
    case.keep(&afresh);
    let restored = restore(&case.source(), &case.cache()).expect("restored");
    assert_eq!(facts(&restored.library), facts(&afresh));
    case.keep(&restored.library);
    let again = restore(&case.source(), &case.cache()).expect("restored");
    assert_eq!(facts(&again.library), facts(&afresh));
}

#[test]
fn nothing_is_read_again_that_is_as_it_was() {
    let case = Case::filled();
    case.keep(&case.afresh());
    let restored = restore(&case.source(), &case.cache()).expect("restored");
    let file_index = restored.bring_in().expect("whole");
    Scanner::with_index(case.source(), ReadDepth::List, file_index)
        .pass(&AtomicBool::new(false), &|batch| {
            panic!("nothing is new: {batch:?}")
        })
        .expect("the root is there");
}

#[test]
fn a_damaged_snapshot_is_as_good_as_none() {
    let case = Case::filled();
    let expected = facts(&case.afresh());
    case.keep(&case.afresh());
    let file = case.kept_file();
    let whole = fs::read(&file).expect("the snapshot");
    assert!(whole.len() > 10_000, "{}", whole.len());
    let assert_as_afresh = |bytes: &[u8], what: &str| {
        fs::write(&file, bytes).expect("written");
        let (library, outcome) = case.start();
        assert!(outcome.is_err(), "{what}");
        assert_eq!(facts(&library), expected, "{what}");
    };
    for length in (0..whole.len()).step_by(1000) {
        assert_as_afresh(&whole[..length], &format!("cut at {length}"));
    }
    for at in (0..whole.len()).step_by(1000) {
        let mut flipped = whole.clone();
        flipped[at] = !flipped[at];
        assert_as_afresh(&flipped, &format!("flipped at {at}"));
    }
    assert_as_afresh(b"something else entirely", "foreign");
    fs::write(&file, &whole).expect("written");
    let (library, outcome) = case.start();
    assert!(outcome.is_ok());
    assert_eq!(facts(&library), expected);
}

#[test]
fn a_file_that_is_damaged_later_is_noticed_when_it_is_brought_in() {
    let case = Case::filled();
    case.keep(&case.afresh());
    let file = case.kept_file();
    let restored = restore(&case.source(), &case.cache()).expect("restored");
    fs::write(&file, "").expect("written in place, as nobody should");
    assert!(matches!(restored.bring_in(), Err(Unfit::Damaged)));
}

#[test]
fn a_snapshot_that_is_replaced_stays_what_it_was_for_who_has_it() {
    let case = Case::filled();
    let before = case.afresh();
    case.keep(&before);
    let restored = restore(&case.source(), &case.cache()).expect("restored");
    fs::remove_file(case.at("3.md")).expect("removed");
    case.keep(&case.afresh());
    restored.bring_in().expect("whole");
    assert_eq!(facts(&restored.library), facts(&before));
}

#[test]
fn where_nothing_can_be_kept_the_files_are_read() {
    let case = Case::filled();
    fs::write(case.cache(), "a file where the cache should be").expect("a file");
    let afresh = case.afresh();
    assert!(keep(&afresh.picture(), &case.source(), &case.cache()).is_err());
    let (library, outcome) = case.start();
    assert!(outcome.is_err());
    assert_eq!(facts(&library), facts(&afresh));
}

/// Something that happens to a file while nobody looks.
#[derive(Clone, Debug)]
enum Happening {
    Write(usize, u32),
    Break(usize),
    Remove(usize),
    Move(usize, usize),
}

const FILES: [&str; 6] = [
    "a.md",
    "b.md",
    "c.md",
    "_archive/a.md",
    "_archive/d.md",
    "e.pdf",
];

fn happening() -> impl Strategy<Value = Happening> {
    let file = 0..FILES.len();
    prop_oneof![
        4 => (file.clone(), 0_u32..99).prop_map(|(file, number)| Happening::Write(file, number)),
        1 => file.clone().prop_map(Happening::Break),
        2 => file.clone().prop_map(Happening::Remove),
        2 => (file.clone(), file).prop_map(|(from, to)| Happening::Move(from, to)),
    ]
}

fn happen(happening: &Happening, case: &Case) {
    match *happening {
        Happening::Write(file, number) => case.write(FILES[file], &article(number)),
        Happening::Break(file) => case.write(FILES[file], "---\ntitle: a: b\n---\n"),
        Happening::Remove(file) => drop(fs::remove_file(case.at(FILES[file]))),
        Happening::Move(from, to) => {
            drop(fs::rename(case.at(FILES[from]), case.at(FILES[to])));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_has_changed_between_runs_is_found(
        runs in prop::collection::vec(prop::collection::vec(happening(), 0..8), 1..6),
    ) {
        let case = Case::new();
        for happenings in runs {
            for it in &happenings {
                happen(it, &case);
            }
            let (library, _) = case.start();
            assert_eq!(facts(&library), facts(&case.afresh()));
            case.keep(&library);
            assert!(Path::exists(&case.kept_file()));
        }
    }
}
