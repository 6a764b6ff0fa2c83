//! The real generators on our small libraries, if they are installed: what newsdesk calls published
//! appears in the site, before and after it publishes and unpublishes. Otherwise the tests say that
//! they were skipped, and why.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::case::Case;
use crate::libraries::case_of;

/// Builds the site of a case into a folder of its own.
fn build(case: &Case, program: &str, arguments: &[&str]) -> bool {
    let out = case.path("built");
    let _ = fs::remove_dir_all(&out);
    let run = Command::new(program)
        .args(arguments)
        .arg(&out)
        .current_dir(case.path("site"))
        .env("HOME", case.path("home"))
        .output();
    match run {
        Ok(run) => {
            let said = String::from_utf8_lossy(&run.stderr);
            assert!(run.status.success(), "{program}: {said}");
            true
        }
        Err(error) => {
            println!("skipped: {program} cannot be run: {error}");
            false
        }
    }
}

/// Whether any page of the built site contains a text.
fn shows(folder: &Path, text: &str) -> bool {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.into_iter().any(|entry| {
        let path = entry.path();
        if path.is_dir() {
            shows(&path, text)
        } else {
            fs::read(&path).is_ok_and(|bytes| String::from_utf8_lossy(&bytes).contains(text))
        }
    })
}

/// Builds a library before and after publishing and unpublishing, and compares what is shown with
/// what newsdesk says. The texts are from bodies.
fn compare(library: &str, program: &str, arguments: &[&str], texts: &[(&str, &str)]) {
    let case = case_of(library);
    if !build(&case, program, arguments) {
        return;
    }
    let agrees = |when: &str| {
        for (file, text) in texts {
            let query = format!("path:\"{file}\" is:published");
            let says = case.run(&["count", "site", "-q", &query]).out() == "1\n";
            let is = shows(&case.path("built"), text);
            assert_eq!(says, is, "{library} {file}, {when}");
        }
    };
    agrees("at first");
    for command in ["publish", "unpublish"] {
        case.run(&[command, "-q", "path:\"\"", "site", "--yes"]);
        assert!(build(&case, program, arguments));
        agrees(&format!("after {command}"));
    }
}

const HUGO: [(&str, &str); 6] = [
    ("news/timetable.md", "Two crossings fewer on Sundays"),
    ("news/engine.md", "It hums"),
    ("news/jetty.md", "By four metres"),
    ("news/jubilee.md", "To come"),
    ("news/detour.md", "Was."),
    ("internal/rota.md", "For the crew"),
];

#[test]
fn hugo_shows_what_is_called_published() {
    compare("hugo-yaml", "hugo", &["--quiet", "--destination"], &HUGO);
}

#[test]
fn jekyll_shows_what_is_called_published() {
    let texts = [
        ("new-sails.md", "The old sails went"),
        ("flour.md", "The stones turn"),
        ("open-day.md", "Jekyll does not know draft"),
        ("centenary.md", "Not yet"),
        ("a-thought.md", "About water"),
    ];
    let arguments = ["build", "--quiet", "--destination"];
    compare("jekyll", "jekyll", &arguments, &texts);
}

#[test]
fn zola_shows_what_is_called_published() {
    let texts = [
        ("count.md", "Forty this spring"),
        ("swarm.md", "At noon"),
        ("ledger.md", "Not for all"),
    ];
    compare(
        "zola",
        "zola",
        &["build", "--force", "--output-dir"],
        &texts,
    );
}

/// Jekyll ignores `draft`; elsewhere it is what publishes.
#[test]
fn a_site_is_known_however_its_folder_is_named() {
    for (folder, root) in [
        ("site/_posts", "."),
        ("site/_posts", "2026-01-01-a.md"),
        ("site", "_posts/../_posts"),
        (".", "posts"),
    ] {
        let post = "---\ntitle: a\ndate: 2026-01-01\ndraft: false\n---\nText.\n";
        let case = Case::new()
            .file("_config.yml", "title: a\n")
            .file("_posts/2026-01-01-a.md", post);
        std::os::unix::fs::symlink("site/_posts", case.path("posts")).expect("a link");
        let mut command = case.command(&["unpublish", "-q", "title:a", "--yes", root]);
        let run = command.current_dir(case.path(folder)).output();
        assert!(run.expect("the program runs").status.success(), "{root}");
        let text = fs::read_to_string(case.path("site/_posts/2026-01-01-a.md")).expect("a file");
        assert!(
            text.contains("draft: false\npublished: false\n"),
            "{root}: {text}"
        );
    }
}
