//! A second start on the same folder, which shows what the first one saved.

use std::fs;
use std::path::Path;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use newsdesk::library::Watch;
use tempfile::TempDir;

use crate::pty::Pty;

/// A folder with a library of two articles, and folders for what is kept between runs.
fn home() -> TempDir {
    let home = TempDir::new().expect("a temporary folder");
    for folder in ["news", "cache/newsdesk"] {
        fs::create_dir_all(home.path().join(folder)).expect("a folder");
    }
    for (name, day) in [("older", 1), ("newer", 2)] {
        let text = format!("---\ntitle: The {name} one\ndate: 2021-12-0{day}\n---\n");
        fs::write(home.path().join(format!("news/{name}.md")), text).expect("an article");
    }
    home
}

fn start(home: &Path) -> Pty {
    let at = |folder: &str| home.join(folder).to_string_lossy().into_owned();
    Pty::start(
        &[&at("news")],
        24,
        100,
        &[
            ("XDG_CACHE_HOME", &at("cache")),
            ("XDG_STATE_HOME", &at("state")),
        ],
    )
}

fn quit(mut pty: Pty) {
    pty.press("q");
    assert!(pty.wait_exit().success());
    pty.assert_given_back();
}

#[test]
fn a_second_start_shows_what_the_first_one_kept() {
    let home = home();
    let cache = home.path().join("cache/newsdesk");
    let is_kept = || {
        let files = fs::read_dir(&cache).expect("the cache");
        files
            .filter_map(Result::ok)
            .any(|file| file.path().extension().is_some_and(|end| end == "snapshot"))
    };
    let (sender, hints) = channel();
    let watch = Watch::start(
        std::slice::from_ref(&cache),
        &std::sync::Arc::default(),
        move |hint| {
            let _ = sender.send(hint);
        },
    );
    let first = start(home.path());
    first.wait_for_text("2 articles");
    let begun = Instant::now();
    while !is_kept() {
        assert!(begun.elapsed() < Duration::from_secs(10), "nothing is kept");
        let _ = hints.recv_timeout(Duration::from_secs(1));
    }
    drop(watch);
    quit(first);

    fs::remove_file(home.path().join("news/older.md")).expect("removed");
    let text = "---\ntitle: The newest one\ndate: 2021-12-03\n---\n";
    for name in ["newest", "newest-too"] {
        fs::write(home.path().join(format!("news/{name}.md")), text).expect("an article");
    }
    let second = start(home.path());
    second.wait_for_text("3 articles");
    second.wait_for_text("The newest one");
    assert!(!second.screen_text().contains("The older one"));
    quit(second);
    let log = fs::read_to_string(home.path().join("state/newsdesk/newsdesk.log")).expect("a log");
    assert!(
        log.contains("the kept library is shown articles=2"),
        "{log}"
    );
}

#[test]
fn without_a_place_to_keep_anything_it_reads_the_files() {
    let home = home();
    for folder in ["cache", "state"] {
        let _ = fs::remove_dir_all(home.path().join(folder));
        fs::write(home.path().join(folder), "a file").expect("a file");
    }
    for _ in 0..2 {
        let pty = start(home.path());
        pty.wait_for_text("2 articles");
        quit(pty);
    }
}
