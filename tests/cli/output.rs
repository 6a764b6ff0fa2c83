//! Standard output as other programs and terminals provide it: closed, full, hostile, interrupted.

use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

use crate::case::{Case, Run};
use crate::listing::FULL;

#[test]
fn hostile_text_and_names_never_steer_the_terminal() {
    let hostile = "a\u{1b}]0;b\u{7}\u{9b}2J\u{202e}c\u{2066}d\u{2028}e\u{200b}f\u{e0041}";
    let escaped: String = hostile
        .chars()
        .map(|c| format!("\\U{:08x}", c as u32))
        .collect();
    let article = format!(
        "---\ntitle: \"{escaped}\"\nquality: \"{escaped}\"\nexcerpt: \"{escaped}\"\n\
         topics: [\"{escaped}\"]\nprovider:\n  name: \"{escaped}\"\n---\n"
    );
    let mut case = Case::new()
        .file(format!("{hostile}.md"), &article)
        .file(format!("{hostile}.pdf"), "")
        .file(format!("{hostile}.yaml"), "title: a: b");
    if cfg!(target_os = "linux") {
        use std::os::unix::ffi::OsStrExt;
        case = case.file(OsStr::from_bytes(b"\xff\x1b[2J\xc2\x9b.md"), &article);
    }
    let option = format!("--{hostile}");
    let unclosed = format!("({hostile}");
    for arguments in [
        &["list", "site"][..],
        &["list", "site", "--format", "tsv"],
        &["list", "site", "--format", "json"],
        &["list", "site", "--format", "jsonl"],
        &["show", "site"],
        &["show", "site", "--format", "markdown"],
        &["show", "site", "--format", "html"],
        &["show", "site", "--format", "json"],
        &["check", "site"],
        &["check", "site", "--format", "json"],
        &["check", hostile],
        &["list", "site", "--fields", "title,path,topics"],
        &["facets", "site", "--by", "topic"],
        &["facets", "site", "--by", "provider", "--format", "json"],
        &["count", "site", "-q", &unclosed],
        &["list", &option],
        &[&option],
    ] {
        let run = case.run(arguments);
        let printed = format!("{}{}", run.out(), run.err());
        assert!(printed.len() > 20, "{arguments:?} printed nothing");
        for line in printed.lines() {
            let bad = line.chars().find(|c| steers(*c) && *c != '\t');
            assert_eq!(bad, None, "{arguments:?}: {line:?}");
        }
    }
    let list = case.run(&["list", "site", "--format", "json"]).json();
    assert_eq!(list[0]["title"], hostile, "the text itself is kept");
}

fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{e0000}'..='\u{e007f}')
}

/// A library whose list is longer than a pipe's buffer.
fn long() -> Case {
    let excerpt = "word ".repeat(3_000);
    let article = format!("---\ntitle: A\nexcerpt: {excerpt}\n---\n");
    (0..20).fold(Case::new(), |case, number| {
        case.file(format!("{number}.md"), &article)
    })
}

#[test]
fn a_reader_who_has_read_enough_is_no_error() {
    let case = long();
    for format in ["json", "jsonl", "tsv"] {
        let mut child = case
            .command(&["list", "site", "--format", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut first = String::new();
        lines.read_line(&mut first).expect("a line");
        drop(lines);
        let mut said = String::new();
        let mut stderr = child.stderr.take().expect("a pipe");
        stderr.read_to_string(&mut said).expect("UTF-8");
        let code = child.wait().expect("an end").code();
        assert_eq!((code, said.as_str()), (Some(0), ""), "{format}: {first}");
    }
}

#[test]
fn a_pipe_that_nobody_reads_is_no_error() {
    let case = Case::new().file("a.md", "---\ntitle: a: b\n---\n");
    for arguments in [&["list"][..], &["check", "site"], &["keys"], &["--help"]] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let output = case.command(arguments).stdout(writer).output();
        let run = Run(output.expect("the program runs"));
        assert_eq!((run.code(), run.err()), (0, ""), "{arguments:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let case = Case::new().file("a.md", FULL);
    let full = fs::OpenOptions::new().write(true).open("/dev/full");
    let output = case
        .command(&["list", "site"])
        .stdout(full.expect("/dev/full"))
        .output();
    Run(output.expect("the program runs")).is_refused("cannot write the output");
}

#[test]
fn marking_goes_on_when_nobody_reads_on() {
    let article = "---\ntitle: A\n---\nText.\n";
    let case = (0..5).fold(Case::new(), |case, number| {
        case.file(format!("{number}.md"), article)
    });
    let (unread, out) = std::io::pipe().expect("a pipe");
    drop(unread);
    let mark = ["mark", "-q", "", "--star", "--acknowledge", "site"];
    let output = case.command(&mark).stdout(out).output();
    let run = Run(output.expect("the program runs"));
    assert_eq!((run.code(), run.err()), (0, ""));
    let starred = case.run(&["count", "-q", "is:starred", "site"]);
    assert_eq!(starred.printed(), "5\n");
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_kept_is_said_if_it_cannot_be_printed() {
    let article = "---\ntitle: A\npublished: false\n---\nText.\n";
    let case = Case::new().file("a.md", article);
    for (arguments, kept) in [
        (
            &["mark", "-q", "", "--star", "site"][..],
            "marked 1, unchanged 0",
        ),
        (
            &["mark", "-q", "", "--done", "--acknowledge", "site"],
            "marked 1, unchanged 0",
        ),
        (&["undo"], "restored "),
        (&["redo"], "restored "),
        (&["publish", "-q", "", "site"], "the changes are staged"),
        (&["publish", "-q", "", "site", "--yes"], "written 1"),
    ] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full");
        let output = case
            .command(arguments)
            .stdout(full.expect("/dev/full"))
            .output();
        let run = Run(output.expect("the program runs"));
        run.is_refused(&format!("; it is kept all the same: {kept}"));
    }
}

#[test]
fn ctrl_c_ends_it_also_while_nobody_reads() {
    use rustix::process::{Pid, Signal, kill_process};

    let case = long();
    let mut child = case
        .command(&["list", "site", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe"));
    lines.read_line(&mut String::new()).expect("a line");
    kill_process(Pid::from_child(&child), Signal::INT).expect("a signal");
    assert_eq!(child.wait().expect("an end").code(), Some(130));
    let mut said = String::new();
    let mut stderr = child.stderr.take().expect("a pipe");
    stderr.read_to_string(&mut said).expect("UTF-8");
    assert_eq!(said, "");
}
