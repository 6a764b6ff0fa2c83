//! A malicious library, from end to end: what becomes of each of its files, what is written into
//! them, and what it costs to read and to show them. What reaches the terminal is checked in
//! `tests/end_to_end/hostile.rs`.

mod corpus;
#[path = "../fuzz/checks/memory.rs"]
mod memory;

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use corpus::{Case, Gives, Make, WriteBack};
use newsdesk::format::body::{Markup, body};
use newsdesk::format::{Conventions, read, wrap};
use newsdesk::library::read_shown;
use serde_json::Value;
use tempfile::TempDir;

#[global_allocator]
static ALLOCATOR: memory::Counting = memory::Counting;

/// How much of a file is read for a list, as in `library`.
const HEAD: u64 = 192 << 10;
/// Maximum bytes in use while listing a file, and while showing it.
const LISTED: usize = 10 << 20;
const SHOWN: usize = 32 << 20;
/// No machine is so slow, and nobody waits longer. The goals are 50 ms for listing and 100 ms for
/// showing; compare the figures printed here.
const FOR_EVER: Duration = Duration::from_secs(60);

/// The hostile library in its own folder, and an empty home.
struct Built {
    folder: TempDir,
    cases: Vec<Case>,
}

impl Built {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let cases = corpus::all();
        for part in ["site", "home"] {
            fs::create_dir(folder.path().join(part)).expect("a folder");
        }
        for case in &cases {
            case.build(&folder.path().join("site"));
        }
        Self { folder, cases }
    }

    fn path(&self, case: &Case) -> PathBuf {
        self.folder
            .path()
            .join("site")
            .join(std::ffi::OsStr::from_bytes(&case.name))
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_newsdesk"))
            .args(arguments)
            .env_clear()
            .env("HOME", self.folder.path().join("home"))
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .output()
            .expect("the program runs")
    }

    /// The regular files with their bytes.
    fn bytes(&self) -> BTreeMap<String, Vec<u8>> {
        let regular = self.cases.iter().filter(|case| is_regular(case));
        let read = |case: &Case| (case.printed(), fs::read(self.path(case)).expect("a file"));
        regular.map(read).collect()
    }
}

fn is_regular(case: &Case) -> bool {
    matches!(case.make, Make::Bytes(_) | Make::Sparse(_) | Make::HardLink)
}

fn beginning(path: &Path, most: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    let file = fs::File::open(path).expect("a file");
    file.take(most).read_to_end(&mut bytes).expect("its bytes");
    bytes
}

#[test]
fn there_are_enough_and_no_name_is_there_twice() {
    let cases = corpus::all();
    assert!(cases.len() >= 120, "{} files", cases.len());
    let mut names: Vec<_> = cases.iter().map(|case| &case.name).collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), cases.len());
}

#[test]
fn each_file_becomes_what_it_must() {
    let built = Built::new();
    let output = built.run(&["check", "--format", "json", "site"]);
    assert_eq!(
        output.status.code(),
        Some(1),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");

    let mut given: BTreeMap<String, Gives> = BTreeMap::new();
    let path = |entry: &Value| {
        let path = entry["path"].as_str().expect("a path");
        path.strip_prefix("site/")
            .expect("below the library")
            .to_owned()
    };
    for entry in report["diagnostics"].as_array().expect("a list") {
        let gives = match entry["severity"].as_str() {
            Some("error") => Gives::Error,
            _ => Gives::Warning,
        };
        given.insert(path(entry), gives);
    }
    let mut reasons: BTreeMap<String, &str> = BTreeMap::new();
    for entry in report["skipped"].as_array().expect("a list") {
        reasons.insert(path(entry), entry["reason"].as_str().expect("a reason"));
    }
    let mut wrong = Vec::new();
    for case in &built.cases {
        let printed = case.printed();
        let is = match (given.get(&printed), reasons.get(&printed)) {
            (Some(gives), _) => format!("{gives:?}"),
            (None, Some(reason)) => format!("Skip({reason:?})"),
            (None, None) => "Article".to_owned(),
        };
        if is != format!("{:?}", case.gives) {
            wrong.push(format!("{printed:?} gives {is}, not {:?}", case.gives));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));

    let count = |name: &str| report["count"][name].as_u64().expect("a number");
    let articles = built
        .cases
        .iter()
        .filter(|case| matches!(case.gives, Gives::Article | Gives::Warning));
    assert_eq!(count("articles"), articles.count() as u64);
    assert_eq!(
        count("files"),
        count("articles") + count("errors") + count("skipped")
    );
}

#[test]
fn only_what_may_be_written_is_written() {
    let built = Built::new();
    let before = built.bytes();
    let output = built.run(&["publish", "-q", "", "site", "--yes"]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(
        output.status.code(),
        Some(1),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let after = built.bytes();
    let mut wrong = Vec::new();
    for case in built.cases.iter().filter(|case| is_regular(case)) {
        let printed = case.printed();
        let (was, is) = (&before[&printed], &after[&printed]);
        let done = match (was == is, case.write) {
            (true, WriteBack::Refused | WriteBack::No) => None,
            (false, WriteBack::Allowed) => more_than_one_line(was, is),
            (true, WriteBack::Allowed) => Some("was not written".to_owned()),
            (false, _) => Some("was written".to_owned()),
        };
        wrong.extend(done.map(|done| format!("{printed:?} {done}")));
    }
    assert!(wrong.is_empty(), "{}\n{said}", wrong.join("\n"));
    let refused = built
        .cases
        .iter()
        .filter(|case| case.write == WriteBack::Refused)
        .count();
    assert!(said.ends_with(&format!("refused {refused}\n")), "{said}");
}

/// What has changed besides one line that says `published`.
fn more_than_one_line(was: &[u8], is: &[u8]) -> Option<String> {
    let lines = |bytes: &[u8]| -> Vec<String> {
        let text = String::from_utf8_lossy(bytes).into_owned();
        text.split(['\n', '\r'])
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (was, is) = (lines(was), lines(is));
    let same = was.iter().zip(&is).take_while(|(a, b)| a == b).count();
    let changed = is.get(same)?;
    let rest = &is[same + 1..];
    let is_it = changed.to_lowercase().contains("published: true")
        || changed.contains("published:     true");
    let kept = rest == &was[same..] || was.get(same + 1..).is_some_and(|was| rest == was);
    (!is_it || !kept).then(|| format!("was changed in more than {changed:?}"))
}

#[test]
fn bodies_are_searched_to_the_end() {
    let built = Built::new();
    let output = built.run(&["count", "-q", "body:nothingatall", "site"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(
        String::from_utf8_lossy(&output.stdout).trim(),
        "0",
        "{said}"
    );
}

#[test]
fn no_file_costs_much() {
    let built = Built::new();
    println!("      took    listed     shown (bytes held at most)");
    let mut wrong = Vec::new();
    for case in built.cases.iter().filter(|case| is_regular(case)) {
        let (path, printed) = (built.path(case), case.printed());
        let began = Instant::now();
        let (_, listed, _) = memory::cost_of(|| {
            drop(read(
                &path,
                &beginning(&path, HEAD),
                &Conventions::default(),
            ))
        });
        let ((), shown, _) = memory::cost_of(|| {
            if let Ok(shown) = read_shown(&path) {
                wrap::document(&body(Markup::from_path(&path), &shown.body), 100);
            }
        });
        let took = began.elapsed();
        println!("{took:>10.1?} {listed:>9} {shown:>9} {printed:?}");
        if listed > LISTED || shown > SHOWN || took > FOR_EVER {
            wrong.push(format!(
                "{printed:?}: listed {listed} bytes, shown {shown} bytes, {took:?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
