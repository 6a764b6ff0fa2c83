//! Systems with limits: no home, few open files, no space, a read-only file system, and a signal in
//! the middle of the work.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};

use crate::case::{Case, Run};

fn article(number: usize) -> String {
    format!("---\ntitle: Article {number}\npublished: false\n---\nText.\n")
}

fn articles(count: usize) -> Case {
    (0..count).fold(Case::new(), |case, number| {
        case.file(format!("{number}.md"), article(number))
    })
}

#[test]
fn without_a_home_there_is_a_library_and_a_desk_has_to_be_named() {
    let case = articles(2);
    let run = |arguments: &[&str]| {
        let mut command = case.command(arguments);
        command.env_remove("HOME");
        Run(command.output().expect("the program runs"))
    };
    assert_eq!(run(&["count", "site"]).out(), "2\n");
    run(&["mark", "-q", "", "site", "--star"]).is_refused("HOME is not set");
    let marked = run(&["mark", "-q", "", "site", "--star", "--desk", "desk.db"]);
    assert_eq!(marked.out(), "marked 2, unchanged 0\n");
}

#[test]
fn a_few_open_files_are_enough() {
    let case = articles(150);
    let few = |arguments: &[&str]| {
        let limited = "ulimit -n 64 && exec \"$0\" \"$@\"";
        let arguments = [&["-c", limited, env!("CARGO_BIN_EXE_newsdesk")], arguments].concat();
        let mut shell = case.command_of("/bin/sh", &arguments);
        Run(shell.output().expect("a shell"))
    };
    assert_eq!(few(&["count", "-q", "body:text", "site"]).out(), "150\n");
    assert_eq!(few(&["check", "site"]).code(), 0);
    let marked = few(&["mark", "-q", "", "site", "--star"]);
    assert_eq!(
        marked.out(),
        "marked 150, unchanged 0\n",
        "{}",
        marked.err()
    );
    let written = few(&["publish", "-q", "", "site", "--yes"]);
    assert!(
        written
            .out()
            .ends_with("written 150, unchanged 0, refused 0\n")
    );
    assert_eq!(few(&["undo"]).code(), 0);
}

/// A file system in memory; gone when dropped.
struct Mounted(PathBuf);

impl Mounted {
    /// `None` if mounting is not permitted, which is reported.
    fn at(path: &Path, options: &str) -> Option<Self> {
        fs::create_dir_all(path).expect("a folder");
        let mount = Command::new("mount")
            .args(["-t", "tmpfs", "-o", options, "tmpfs"])
            .arg(path)
            .output();
        match mount {
            Ok(output) if output.status.success() => Some(Self(path.to_path_buf())),
            Ok(output) => {
                let why = String::from_utf8_lossy(&output.stderr).trim().to_owned();
                eprintln!("left out, as nothing can be mounted: {why}");
                None
            }
            Err(error) => {
                eprintln!("left out, as nothing can be mounted: {error}");
                None
            }
        }
    }

    fn allow_only_reading(&self) {
        let remount = Command::new("mount")
            .args(["-o", "remount,ro"])
            .arg(&self.0)
            .status();
        assert!(remount.expect("mount").success());
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn without_room_nothing_is_kept_or_written_and_marks_can_be_read() {
    let case = articles(3);
    let Some(disk) = Mounted::at(&case.path("disk"), "size=64k") else {
        return;
    };
    // Created where there is space: 64 KiB are not enough for a new one.
    assert_eq!(
        case.run(&["mark", "-q", "1", "site", "--star", "--desk", "made.db"])
            .code(),
        0
    );
    case.run(&["mark", "-q", "", "site", "--star", "--desk", "disk/new.db"])
        .is_refused("no space left");
    fs::remove_file(disk.0.join("new.db")).expect("what there was room for");
    for companion in ["new.db-wal", "new.db-shm"] {
        let _ = fs::remove_file(disk.0.join(companion));
    }
    fs::copy(case.path("made.db"), disk.0.join("desk.db")).expect("room for a desk");
    fs::write(disk.0.join("a.md"), article(1)).expect("room for an article");
    let rest = vec![0; 64 << 10];
    // As much of it as fits.
    let _ = fs::write(disk.0.join("rest"), rest);

    let starred = [
        "count",
        "-q",
        "is:starred",
        "site",
        "--desk",
        "disk/desk.db",
    ];
    assert_eq!(case.run(&starred).out(), "1\n");
    case.run(&["mark", "-q", "", "site", "--star", "--desk", "disk/desk.db"])
        .is_refused("no space left");
    assert_eq!(case.run(&starred).out(), "1\n");

    let written = case.run(&["publish", "-q", "", "disk", "--yes"]);
    assert_eq!(written.code(), 1);
    assert!(written.out().contains("no space left"), "{}", written.out());
    let there = fs::read_to_string(disk.0.join("a.md")).expect("the article");
    assert_eq!(there, article(1));
    let names = fs::read_dir(&disk.0)
        .expect("the disk")
        .map(|it| it.expect("an entry").file_name());
    assert!(
        !names
            .into_iter()
            .any(|it| it.to_string_lossy().contains(".newsdesk-"))
    );
}

#[test]
fn what_may_only_be_read_is_read() {
    let case = articles(3);
    let Some(disk) = Mounted::at(&case.path("disk"), "size=1m") else {
        return;
    };
    fs::write(disk.0.join("a.md"), article(1)).expect("an article");
    let marked = case.run(&[
        "mark",
        "-q",
        "1",
        "site",
        "--star",
        "--desk",
        "disk/desk.db",
    ]);
    assert_eq!(marked.code(), 0);
    disk.allow_only_reading();
    let starred = case.run(&[
        "count",
        "-q",
        "is:starred",
        "site",
        "--desk",
        "disk/desk.db",
    ]);
    assert_eq!(starred.out(), "1\n");
    for arguments in [
        &["mark", "-q", "", "site", "--star", "--desk", "disk/desk.db"][..],
        &["undo", "--desk", "disk/desk.db"],
    ] {
        case.run(arguments).is_refused("cannot be written");
    }
    let written = case.run(&["publish", "-q", "", "disk", "--yes"]);
    assert_eq!(written.code(), 1);
    assert!(
        written.out().contains("refused disk/a.md: "),
        "{}",
        written.out()
    );
}

/// A publication with more output than a pipe holds waits for its reader, so the signal arrives
/// while it is under way.
#[test]
fn a_publication_stops_between_two_files_and_the_next_run_knows_which() {
    const FILES: usize = 400;
    for (signal, code) in [(Signal::INT, 130), (Signal::TERM, 143)] {
        let long = "long-name-".repeat(20);
        let case = (0..FILES).fold(Case::new(), |case, number| {
            case.file(format!("{long}{number}.md"), article(number))
        });
        let mut child = case
            .command(&["publish", "-q", "", "site", "--yes"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut said = String::new();
        lines.read_line(&mut said).expect("a line");
        kill_process(Pid::from_child(&child), signal).expect("a signal");
        lines.read_to_string(&mut said).expect("UTF-8");
        assert_eq!(child.wait().expect("an end").code(), Some(code));
        let written = said
            .lines()
            .filter(|it| it.starts_with("written site/"))
            .count();
        assert!((1..FILES).contains(&written), "{written}");
        let published = (0..FILES).filter(|number| {
            let path = case.path(&format!("site/{long}{number}.md"));
            fs::read_to_string(path)
                .expect("an article")
                .contains("published: true")
        });
        assert_eq!(published.count(), written);
        assert_eq!(case.run(&["undo"]).code(), 0);
        let staged = case.run(&["count", "-q", "is:staged", "site"]);
        assert_eq!(staged.out(), format!("{written}\n"));
    }
}
