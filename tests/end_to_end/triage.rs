//! A session at the desk, and another after it: what was decided is there.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;

use crate::pty::Pty;

const ARTICLES: usize = 12;

fn library(root: &Path) {
    library_of(ARTICLES, root);
}

fn library_of(articles: usize, root: &Path) {
    for number in 1..=articles {
        let day = number.min(31);
        let text = format!(
            "---\ntitle: Article {number}\nexcerpt: Number {number}.\n# a comment\npublished: false # by the machine\ndate: 2021-12-{day:02}\n---\nText.\n"
        );
        fs::write(root.join(format!("{number:02}.md")), text).expect("an article");
    }
}

fn texts(root: &Path) -> Vec<String> {
    let read = |number| fs::read_to_string(root.join(format!("{number:02}.md"))).expect("a file");
    (1..=ARTICLES).map(read).collect()
}

#[test]
fn what_is_decided_in_one_packet_with_quitting_is_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let news = folder.path().join("news");
    fs::create_dir(&news).expect("a folder");
    library(&news);
    let (news_path, state) = (
        news.to_string_lossy().into_owned(),
        folder.path().to_string_lossy().into_owned(),
    );
    let environment = [("XDG_STATE_HOME", state.as_str())];
    let mut pty = Pty::start(&[&news_path], 45, 160, &environment);
    pty.wait_for_text("12 articles");
    pty.press("ddsq");
    assert!(pty.wait_exit().success());
    pty.wait_for_text("3 articles decided in less than a minute: 2 done, 1 starred.");
    let pty = Pty::start(&[&news_path], 45, 160, &environment);
    for row in ["✓   Article 12", "✓   Article 11", "★  Article 10"] {
        pty.wait_for_text(row);
    }
}

#[test]
fn decide_undo_quit_and_find_it_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let news = folder.path().join("news");
    fs::create_dir(&news).expect("a folder");
    library(&news);
    let (news_path, state) = (
        news.to_string_lossy().into_owned(),
        folder.path().to_string_lossy().into_owned(),
    );
    let environment = [("XDG_STATE_HOME", state.as_str())];
    let before = texts(&news);

    let mut pty = Pty::start(&[&news_path], 45, 160, &environment);
    pty.wait_for_text("12 articles");
    pty.press("1");
    pty.wait_for_text("12 of 12   Inbox");
    pty.press("dddddddddd");
    pty.wait_for_text("10 decided · 2 left");
    pty.press("uu");
    pty.wait_for_text("8 decided · 4 left");
    pty.press("Q");
    assert!(pty.wait_exit().success());
    pty.assert_given_back();
    pty.wait_for_text("8 articles decided in less than a minute: 8 done.");
    assert_eq!(texts(&news), before, "marking writes into no file");

    let mut pty = Pty::start(&[&news_path], 45, 160, &environment);
    pty.wait_for_text("12 articles");
    pty.press("1");
    pty.wait_for_text("4 of 12   Inbox");
    pty.press("PjPjP");
    pty.wait_for_text("3 staged");
    pty.press("$");
    pty.wait_for_text("REVIEW: publish 3");
    pty.wait_for_text("+ published: true # by the machine");
    assert_eq!(texts(&news), before);
    pty.confirm("written 3, unchanged 0, refused 0");
    let after = texts(&news);
    let changed = before
        .iter()
        .zip(&after)
        .filter(|(before, after)| before != after);
    let mut count = 0;
    for (before, after) in changed {
        assert_eq!(
            *after,
            before.replace("published: false", "published: true")
        );
        count += 1;
    }
    assert_eq!(count, 3);
    pty.press("Q");
    assert!(pty.wait_exit().success());
    pty.assert_given_back();
}

#[test]
fn two_readers_see_each_others_marks() {
    let folder = tempfile::tempdir().expect("a folder");
    let news = folder.path().join("news");
    fs::create_dir(&news).expect("a folder");
    library(&news);
    let (news_path, state) = (
        news.to_string_lossy().into_owned(),
        folder.path().to_string_lossy().into_owned(),
    );
    let environment = [("XDG_STATE_HOME", state.as_str())];
    let start = || Pty::start(&[&news_path], 20, 60, &environment);
    let (mut one, mut other) = (start(), start());
    for pty in [&one, &other] {
        pty.wait_for_text("12 articles");
    }
    one.press("s");
    one.wait_for_text("★");
    other.wait_for_text("★");
    other.press("jd");
    other.wait_for_text("✓");
    one.wait_for_text("✓");
}

#[test]
fn thirty_decisions_take_thirty_keys() {
    /// One key per decision: done, to be published, rejected.
    const KEYS: &str = "ddPbdddPdbddddPdddbddPddddbddd";
    let folder = tempfile::tempdir().expect("a folder");
    let news = folder.path().join("news");
    fs::create_dir(&news).expect("a folder");
    library_of(40, &news);
    let (news_path, state) = (
        news.to_string_lossy().into_owned(),
        folder.path().to_string_lossy().into_owned(),
    );
    let environment = [("XDG_STATE_HOME", state.as_str())];
    let mut pty = Pty::start(&[&news_path], 45, 160, &environment);
    pty.wait_for_text("40 articles");
    pty.press("1");
    pty.wait_for_text("40 of 40");
    let mut pressed = 0;
    for key in KEYS.chars() {
        pty.press(&key.to_string());
        pressed += 1;
    }
    assert_eq!(pressed, 30);
    pty.wait_for_text("30 decided · 10 left");
    pty.wait_for_text("4 staged");
    pty.wait_for_text("10 of 40");
    pty.press("Q");
    assert!(pty.wait_exit().success());
    pty.assert_given_back();
    pty.wait_for_text("30 articles decided in less than a minute: 26 done, 4 rejected");
}

/// Runs a command on the library and desk of a reader.
fn beside(arguments: &[&str], news: &str, state: &str) {
    let output = Command::new(env!("CARGO_BIN_EXE_newsdesk"))
        .args(arguments)
        .arg(news)
        .env("XDG_STATE_HOME", state)
        .env("NEWSDESK_CONFIG", "/dev/null")
        .output()
        .expect("newsdesk runs");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {told}");
}

#[test]
fn a_reader_keeps_up_with_several_programs_until_its_desk_is_swapped() {
    let folder = tempfile::tempdir().expect("a folder");
    let news = folder.path().join("news");
    fs::create_dir(&news).expect("a folder");
    library(&news);
    let (news_path, state) = (
        news.to_string_lossy().into_owned(),
        folder.path().to_string_lossy().into_owned(),
    );
    let mut pty = Pty::start(&[&news_path], 45, 160, &[("XDG_STATE_HOME", &state)]);
    pty.wait_for_text("12 articles");
    thread::scope(|scope| {
        let (news, state) = (&news_path, &state);
        for day in [10, 11, 12] {
            let one = format!("title:\"Article {day}\"");
            scope.spawn(move || beside(&["mark", "--done", "-q", &one], news, state));
        }
        scope.spawn(move || {
            beside(
                &[
                    "publish",
                    "--yes",
                    "-q",
                    "title:\"Article 09\" OR title:\"Article 9\"",
                ],
                news,
                state,
            )
        });
        pty.press("GsGs");
    });
    for row in [
        "✓   Article 12",
        "✓   Article 11",
        "✓   Article 10",
        "▲ Article 9",
    ] {
        pty.wait_for_text(row);
    }

    let desk = folder.path().join("newsdesk/desk.db");
    let aside = folder.path().join("aside.db");
    fs::rename(&desk, &aside).expect("moved");
    fs::copy(&aside, &desk).expect("copied");
    pty.press("ggs");
    pty.wait_for_text("! decisions are kept in memory only");
}
