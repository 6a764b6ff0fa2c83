//! `newsdesk check`, and what every command says about files that it could not read.

use serde_json::Value;

use crate::case::{Case, Run};
use crate::listing::FULL;

#[test]
fn the_sample_library_is_clean() {
    let run = Case::new().run(&["check"]);
    assert_eq!(run.code(), 0, "{}", run.out());
    assert!(
        run.out().starts_with("Sample library: 70 articles, "),
        "{}",
        run.out()
    );
    assert!(run.out().ends_with("errors 0, skipped 0, warnings 0\n"));
}

#[test]
fn a_folder_is_described_alike_however_it_is_named() {
    let case = Case::new().file("a/x.md", FULL).file("a/y.md", FULL);
    for (folder, root) in [
        ("site", "."),
        ("site", "./"),
        ("site", "../site"),
        ("site/a", ".."),
        (".", "./site"),
        (".", "site/a/.."),
    ] {
        let mut command = case.command(&["check", root]);
        let output = command.current_dir(case.path(folder)).output();
        let run = Run(output.expect("the program runs"));
        let first = run.out().lines().next();
        assert_eq!(first, Some("Folder of files: 2 articles in a"), "{root}");
    }
}

#[test]
fn findings_are_said_as_compilers_do_and_counted() {
    let case = Case::new()
        .file("a.md", "---\ntitle: a: b\n---\n")
        .file("b.md", FULL.replace("39", "high"))
        .file("c.pdf", "");
    let run = case.run(&["check", "site"]);
    assert_eq!((run.code(), run.err()), (1, ""));
    let lines: Vec<&str> = run.out().lines().collect();
    assert!(
        lines[1].starts_with("site/a.md:2:9: error: "),
        "{}",
        lines[1]
    );
    assert_eq!(lines[0], "Folder of files: 1 article");
    assert!(lines[2].starts_with("    hint: ") && lines[2].contains("quotes"));
    assert!(
        lines[3].starts_with("site/b.md:9:1: warning: quality: "),
        "{}",
        lines[3]
    );
    assert_eq!(
        lines[lines.len() - 2..],
        [
            "site/c.pdf: skipped: not a Markdown, HTML, YAML or text file",
            "files 3, articles 1, errors 1, skipped 1, warnings 1"
        ]
    );
    let report = case.run(&["check", "--format", "json", "site"]);
    assert_eq!(report.code(), 1);
    let report = report.json();
    assert_eq!(report["count"]["files"], 3);
    assert_eq!(report["diagnostics"][0]["path"], "site/a.md");
    assert_eq!(report["diagnostics"][0]["line"], 2);
    assert_eq!(report["diagnostics"][1]["field"], "quality");
    assert_eq!(report["skipped"][0]["path"], "site/c.pdf");
}

#[test]
fn a_skipped_file_alone_is_no_finding() {
    let case = Case::new().file("a.md", FULL).file("b.pdf", "");
    assert_eq!(case.run(&["check", "site"]).code(), 0);
}

#[test]
fn what_is_not_in_the_list_is_counted_beside_it() {
    let case = Case::new()
        .file("a.md", FULL)
        .file("b.md", "---\ntitle: a: b\n---\n");
    let run = case.run(&["list", "site"]);
    assert_eq!(run.code(), 0);
    assert!(
        run.err().contains("1 of 2 files could not be read"),
        "{}",
        run.err()
    );
}

#[test]
fn an_empty_library_is_said_to_be_empty() {
    let case = Case::new();
    let table = case.run(&["list", "site"]);
    assert_eq!((table.code(), table.out()), (1, ""));
    assert!(
        table
            .err()
            .starts_with("newsdesk: the library has no files")
    );
    let json = case.run(&["list", "site", "--format", "json"]);
    assert_eq!(json.json(), Value::Array(Vec::new()));
}

#[test]
fn an_unknown_path_is_named() {
    let case = Case::new();
    for command in [&["list", "nope"][..], &["check", "site", "nope"], &["nope"]] {
        case.run(command)
            .is_refused("nope: there is no such file or folder");
    }
}

#[test]
fn a_configured_path_that_is_gone_is_named_with_the_configuration() {
    let case = Case::new().config("library = [\"gone\"]");
    let run = case.run(&["list"]);
    run.is_refused("gone: there is no such file or folder; it is set as the library in ");
    assert!(run.err().contains("home/.config/newsdesk/config.toml"));
}

#[test]
fn a_configuration_that_is_wrong_is_refused_where_it_is_needed() {
    let case = Case::new().config("\nlibary = []").file("a.md", FULL);
    let line = "config.toml, line 2, column 1: there is no key `libary`; did you mean `library`?";
    for command in [&["list"][..], &["check"]] {
        case.run(command).is_refused(line);
    }
    let keys = case.run(&["keys"]);
    assert_eq!(keys.code(), 0, "the keys are shown all the same");
    assert!(
        keys.out().contains("did you mean `library`?"),
        "{}",
        keys.out()
    );
    case.run(&["site"]).is_refused("terminal");
    assert_eq!(case.run(&["list", "site"]).code(), 0);
    let named = case
        .command(&["keys"])
        .env("NEWSDESK_CONFIG", "/dev/null")
        .output();
    assert_eq!(Run(named.expect("the program runs")).code(), 0);
}

/// The real corpus, if there is one.
fn corpus() -> Option<String> {
    std::env::var("NEWSDESK_CORPUS").ok()
}

#[test]
fn every_file_of_the_corpus_is_accounted_for() {
    let Some(corpus) = corpus() else { return };
    let case = Case::new();
    let check = case.run(&["check", &corpus]);
    let last = check.out().lines().last().expect("a last line");
    assert!(last.starts_with("files 411, "), "{last}");
    let counts: Vec<usize> = last
        .split(", ")
        .map(|it| {
            it.rsplit(' ')
                .next()
                .and_then(|it| it.parse().ok())
                .expect("a count")
        })
        .collect();
    let [files, articles, errors, skipped, _] = counts[..] else {
        panic!("{last}");
    };
    assert_eq!(files, articles + errors + skipped);
    let list = case.run(&["list", "--format", "json", &corpus]);
    assert_eq!(list.json().as_array().map(Vec::len), Some(articles));
}
