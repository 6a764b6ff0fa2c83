//! A library of many files that are rewritten while somebody reads.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::pty::Pty;

const FILES: usize = 20_000;

fn article(number: usize, title: &str) -> String {
    format!(
        "---\ntitle: {title} {number}\noriginalUrl: https://a.example/{number}\n\
         publishedDateTime: 2021-12-{:02}T{:02}:{:02}:00Z\nquality: {}\ntopics:\n  - Topic {}\n---\n",
        number % 28 + 1,
        number % 24,
        number % 60,
        number % 100,
        number % 12,
    )
}

fn write(root: &Path, number: usize, title: &str) {
    let name = format!("news/{:03}/{number}.md", number / 100);
    fs::write(root.join(name), article(number, title)).expect("an article");
}

fn library() -> TempDir {
    let root = TempDir::new().expect("a temporary folder");
    for folder in 0..FILES / 100 {
        fs::create_dir_all(root.path().join(format!("news/{folder:03}"))).expect("a folder");
    }
    for number in 0..FILES {
        write(root.path(), number, "Story");
    }
    root
}

/// What the machine that fills the library does in an hour.
fn rewrite(root: &Path) {
    fs::create_dir_all(root.join("_archive")).expect("a folder");
    for number in 0..300 {
        write(root, number * 7, "Rewritten");
    }
    for number in 300..400 {
        let name = format!("news/{:03}/{number}.md", number / 100);
        fs::rename(root.join(name), root.join(format!("_archive/{number}.md"))).expect("moved");
    }
    for number in 400..450 {
        fs::remove_file(root.join(format!("news/{:03}/{number}.md", number / 100)))
            .expect("removed");
    }
    for number in FILES..FILES + 25 {
        fs::write(
            root.join(format!("news/000/{number}.md")),
            article(number, "Brand new"),
        )
        .expect("new");
    }
}

/// The titles that `newsdesk list` prints, in order.
fn listed(root: &Path) -> Vec<String> {
    let output = Command::new(env!("CARGO_BIN_EXE_newsdesk"))
        .args(["list", "--format", "jsonl"])
        .arg(root)
        .env("NEWSDESK_CONFIG", "/dev/null")
        .output()
        .expect("newsdesk runs");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.lines()
        .map(|line| {
            let article: serde_json::Value = serde_json::from_str(line).expect("JSON");
            article["title"].as_str().expect("a title").to_owned()
        })
        .collect()
}

#[test]
fn the_selection_stays_and_the_list_ends_as_the_files_are() {
    let library = library();
    let root = library.path().to_str().expect("UTF-8");
    let mut pty = Pty::start(&[root], 45, 160, &[]);
    pty.wait_for_text("20,000 articles ");
    pty.wait_for_text("1/20,000");
    let before = listed(library.path());
    pty.press("jjjj");
    pty.wait_for_text("5/20,000");
    let selected = before[4].clone();

    rewrite(library.path());
    // What was moved keeps its rows.
    pty.wait_for_text("19,950 articles · 25 new, R to show");
    let bar = format!("▌●   {selected}");
    pty.wait_for_text(&bar);

    pty.press("R");
    pty.wait_for_text("/19,975");
    pty.wait_for_text("19,975 articles ");
    pty.press("gg");
    pty.wait_for_text("1/19,975");
    let after = listed(library.path());
    assert_eq!(after.len(), 19_975);
    let screen = pty.screen_text();
    let shown: Vec<&str> = screen.lines().skip(2).take(40).collect();
    for (title, line) in after.iter().zip(shown) {
        assert!(
            line.contains(&format!("  {title} ")),
            "{title} is not in {line}"
        );
    }
    pty.press("Q");
    assert!(pty.wait_exit().success());
}

/// A namespace in which the system has no watches left, if one can be had.
const WITHOUT_WATCHES: &str = "echo 0 > /proc/sys/user/max_inotify_watches && exec \"$@\"";

#[test]
fn without_watches_it_looks_from_time_to_time_and_says_so() {
    let unshare = |arguments: &[&str]| {
        let mut all = vec![
            "--user",
            "--map-root-user",
            "sh",
            "-c",
            WITHOUT_WATCHES,
            "sh",
        ];
        all.extend(arguments);
        all.into_iter().map(str::to_owned).collect::<Vec<String>>()
    };
    let permitted = Command::new("unshare").args(unshare(&["true"])).output();
    if !permitted.is_ok_and(|output| output.status.success()) {
        eprintln!("not permitted here: namespaces without watches");
        return;
    }
    let root = TempDir::new().expect("a temporary folder");
    fs::write(root.path().join("1.md"), article(1, "Story")).expect("an article");
    let arguments = unshare(&[
        env!("CARGO_BIN_EXE_newsdesk"),
        root.path().to_str().expect("UTF-8"),
    ]);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mut pty = Pty::run(Path::new("unshare"), &arguments, 30, 120, &[]);
    pty.wait_for_text("checking every few seconds");
    fs::write(root.path().join("2.md"), article(2, "Later")).expect("an article");
    pty.wait_for_text("Later 2");
    pty.press("Q");
    assert!(pty.wait_exit().success());
}
