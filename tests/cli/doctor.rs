//! What `doctor` finds wrong, in homes where one thing is.

use std::fs;

use serde_json::Value;

use crate::case::{Case, Run};

/// A home where nothing is wrong, except that a test has no terminal.
fn sound() -> Case {
    let case = Case::new().file("a.md", "---\ntitle: A\n---\nBody.\n");
    let site = case.path("site");
    case.config(&format!("library = [\"{}\"]\n", site.display()))
}

fn doctor(case: &Case, set: &[(&str, &str)]) -> (i32, Vec<Value>) {
    let mut command = case.command(&["doctor", "--format", "json"]);
    command
        .env("PATH", "/usr/bin:/bin")
        .env("LANG", "C.UTF-8")
        .env("EDITOR", "sh")
        .env("BROWSER", "sh");
    for (name, value) in set {
        command.env(name, value);
    }
    let run = Run(command.output().expect("the program runs"));
    let findings = run.json().as_array().expect("an array").clone();
    (run.code(), findings)
}

/// The finding about something: verdict, message, and what to do.
#[track_caller]
fn about(findings: &[Value], thing: &str) -> (String, String, String) {
    let finding = findings
        .iter()
        .find(|it| it["about"] == thing)
        .expect(thing);
    let text = |name: &str| finding[name].as_str().unwrap_or_default().to_owned();
    (text("verdict"), text("says"), text("hint"))
}

#[test]
fn where_nothing_is_wrong_only_the_terminal_is_missing() {
    let (code, findings) = doctor(&sound(), &[]);
    let wrong = findings
        .iter()
        .filter(|it| it["verdict"] != "ok")
        .map(|it| &it["about"]);
    assert_eq!(wrong.collect::<Vec<_>>(), ["terminal"]);
    assert_eq!(code, 1);
    let all: Vec<&str> = findings
        .iter()
        .filter_map(|it| it["about"].as_str())
        .collect();
    let expected = [
        "terminal",
        "colours",
        "signs",
        "browser",
        "editor",
        "clipboard",
        "configuration",
        "feeds",
        "desk",
        "cache",
        "library",
        "watching",
    ];
    assert_eq!(all, expected);
    let (_, says, _) = about(&findings, "library");
    assert!(says.ends_with("site: Folder of files: 1 article"), "{says}");
}

#[test]
fn a_wrong_configuration_is_told_with_its_place_and_the_rest_is_looked_at() {
    let case = Case::new().config("\nsigns = \"emoji\"\n");
    let (code, findings) = doctor(&case, &[]);
    let (verdict, says, hint) = about(&findings, "configuration");
    assert_eq!((code, verdict.as_str()), (2, "bad"));
    assert!(says.contains("line 2") && says.contains("emoji"), "{says}");
    assert!(!hint.is_empty());
    assert_eq!(about(&findings, "desk").0, "ok");
    let keys = Case::new().config("[keys.list]\n\"x\" = \"fly\"\n");
    let (_, findings) = doctor(&keys, &[]);
    assert!(about(&findings, "configuration").1.contains("`fly`"));
}

#[test]
fn a_list_of_feeds_that_cannot_be_read_is_told() {
    let case = sound();
    assert_eq!(about(&doctor(&case, &[]).1, "feeds").1, "0");
    let path = case.path("home/.config/newsdesk/feeds.toml");
    fs::write(
        &path,
        "[[feed]]\nurl = \"https://a.example/feed\"\n[[feed\n",
    )
    .expect("a file");
    let (code, findings) = doctor(&case, &[]);
    let (verdict, says, hint) = about(&findings, "feeds");
    assert_eq!((code, verdict.as_str()), (2, "bad"));
    assert!(says.contains("feeds.toml"), "{says}");
    assert!(hint.contains("nothing is fetched"), "{hint}");
}

#[test]
fn a_desk_is_checked_and_none_is_made() {
    let case = sound();
    let desk = case.path("home/.local/state/newsdesk/desk.db");
    let (_, findings) = doctor(&case, &[]);
    assert!(about(&findings, "desk").1.starts_with("none yet"));
    assert!(!desk.exists());
    case.run(&["mark", "-q", "title:a", "--star", "site"])
        .printed();
    let (verdict, says, _) = about(&doctor(&case, &[]).1, "desk");
    assert!(
        verdict == "ok" && says.ends_with("writable and sound"),
        "{says}"
    );
    fs::write(&desk, "no database at all, only a text").expect("a file");
    let (code, findings) = doctor(&case, &[]);
    let (verdict, _, hint) = about(&findings, "desk");
    assert_eq!((code, verdict.as_str()), (2, "bad"));
    assert!(hint.contains("--desk"), "{hint}");
}

#[test]
fn a_library_that_is_gone_or_empty_is_told() {
    let case = sound();
    fs::remove_file(case.path("site/a.md")).expect("a file");
    let (_, findings) = doctor(&case, &[]);
    let (verdict, _, hint) = about(&findings, "library");
    assert!(
        verdict == "warn" && hint.contains("newsdesk check"),
        "{hint}"
    );
    fs::remove_dir_all(case.path("site")).expect("a folder");
    let (code, findings) = doctor(&case, &[]);
    let (verdict, says, _) = about(&findings, "library");
    assert_eq!((code, verdict.as_str()), (2, "bad"));
    assert!(says.contains("no such file or folder"), "{says}");
    let (_, findings) = doctor(&Case::new(), &[]);
    assert!(about(&findings, "library").2.contains("newsdesk FOLDER"));
}

#[test]
fn programs_that_are_missing_are_told_with_what_to_set() {
    let set = [
        ("BROWSER", "no-such-browser"),
        ("EDITOR", "no-such-editor"),
        ("LANG", "C"),
    ];
    let (code, findings) = doctor(&sound(), &set);
    assert_eq!(code, 1);
    for (thing, word) in [
        ("browser", "$BROWSER"),
        ("editor", "$EDITOR"),
        ("signs", "LANG"),
    ] {
        let (verdict, _, hint) = about(&findings, thing);
        assert!(verdict == "warn" && hint.contains(word), "{thing}: {hint}");
    }
}

#[test]
fn it_prints_a_line_for_each_and_below_it_what_to_do() {
    let case = sound();
    let mut command = case.command(&["doctor"]);
    let run = Run(command
        .env("TERM", "dumb")
        .output()
        .expect("the program runs"));
    assert_eq!(run.code(), 1);
    let lines: Vec<&str> = run.out().lines().collect();
    assert!(
        lines[0].starts_with("warn  terminal       "),
        "{}",
        lines[0]
    );
    assert!(lines[1].trim_start().starts_with("hint: "), "{}", lines[1]);
    assert!(
        lines.iter().any(|it| it.starts_with("ok    desk")),
        "{lines:?}"
    );
}

#[test]
fn a_cache_that_cannot_be_written_is_told() {
    let case = sound();
    let cache = case.path("home/.cache");
    fs::write(&cache, "in its place").expect("a file");
    let (_, findings) = doctor(&case, &[]);
    let (verdict, _, hint) = about(&findings, "cache");
    assert!(verdict == "warn" && hint.contains("writable"), "{hint}");
}
