//! The desk commands as a shell runs them, each in its own process: what is kept, what is undone,
//! and which bytes of a file change.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use crate::case::{Case, Run};

fn article(title: &str, published: &str) -> String {
    format!(
        "---\ntitle: {title}\noriginalUrl: https://example.org/{title}\n# kept\n\
         published: {published}   # by hand\nquality: 5\n---\nBody of {title}.\n"
    )
}

/// Three articles, none of them published.
fn three() -> Case {
    Case::new()
        .file("a.md", article("Alpha", "false"))
        .file("b.md", article("Beta", "false"))
        .file("c.md", article("Gamma", "false"))
}

/// The output of a run that succeeded.
#[track_caller]
fn printed(case: &Case, arguments: &[&str]) -> String {
    let run = case.run(arguments);
    assert_eq!((run.code(), run.err()), (0, ""), "{arguments:?}");
    run.out().to_owned()
}

/// The articles that a query selects, according to a dry run of `mark`.
#[track_caller]
fn selected(case: &Case, query: &str) -> Vec<String> {
    let out = printed(
        case,
        &["mark", "-q", query, "site", "--tag", "+probe", "--dry-run"],
    );
    let paths = out.lines().filter_map(|line| line.split_once(": "));
    paths.map(|(path, _)| path.to_owned()).collect()
}

fn text(case: &Case, path: &str) -> String {
    fs::read_to_string(case.path(path)).expect("a file")
}

fn with_input(case: &Case, arguments: &[&str], input: &str) -> Run {
    let mut child = case
        .command(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(input.as_bytes()).expect("it reads");
    drop(stdin);
    Run(child.wait_with_output().expect("an end"))
}

#[test]
fn a_mark_is_seen_by_the_next_run_and_can_be_taken_back_and_again() {
    let case = three();
    let star = [
        "mark",
        "-q",
        "title:beta",
        "site",
        "--star",
        "--done",
        "--tag",
        "+x",
    ];
    assert_eq!(printed(&case, &star), "marked 1, unchanged 0\n");
    assert_eq!(printed(&case, &star), "marked 0, unchanged 1\n");
    for query in [
        "is:starred",
        "is:done",
        "tag:x",
        "is:starred body:\"of beta\"",
    ] {
        assert_eq!(selected(&case, query), ["site/b.md"], "{query}");
    }
    assert_eq!(selected(&case, "is:inbox").len(), 2);

    let undone = printed(&case, &["undo"]);
    assert_eq!(
        undone,
        "undo: starred, done, tag +x, 1 article: restored 4, left 0\n"
    );
    assert!(selected(&case, "is:starred").is_empty());
    printed(&case, &["redo"]);
    assert_eq!(selected(&case, "is:starred tag:x"), ["site/b.md"]);
}

#[test]
fn a_mark_follows_its_file_and_tells_when_that_changed() {
    let case = three();
    printed(&case, &["mark", "-q", "title:alpha", "site", "--star"]);
    fs::rename(case.path("site/a.md"), case.path("site/moved.md")).expect("a file");
    assert_eq!(selected(&case, "is:starred"), ["site/moved.md"]);
    assert!(selected(&case, "is:changed").is_empty());
    let longer = text(&case, "site/moved.md") + "And more.\n";
    fs::write(case.path("site/moved.md"), longer).expect("a file");
    assert_eq!(selected(&case, "is:starred is:changed"), ["site/moved.md"]);
}

#[test]
fn a_mark_outlasts_a_corrected_url_and_a_later_rename() {
    let case = three();
    printed(
        &case,
        &["mark", "-q", "title:alpha", "site", "--tag", "keep"],
    );
    let count = || printed(&case, &["count", "-q", "tag:=keep", "site"]);
    let corrected = text(&case, "site/a.md").replace("example.org", "example.com");
    fs::write(case.path("site/a.md"), corrected).expect("a file");
    assert_eq!(count(), "1\n");
    fs::rename(case.path("site/a.md"), case.path("site/moved.md")).expect("a file");
    assert_eq!(count(), "1\n");
    let longer = text(&case, "site/moved.md") + "And more.\n";
    fs::write(case.path("site/moved.md"), longer).expect("a file");
    assert_eq!(count(), "1\n");
    assert_eq!(selected(&case, "tag:keep is:changed"), ["site/moved.md"]);
}

#[test]
fn files_that_change_places_between_two_runs_keep_their_marks() {
    let case = three();
    printed(&case, &["mark", "-q", "title:alpha", "site", "--star"]);
    for (from, to) in [("a.md", "x"), ("b.md", "a.md"), ("x", "b.md")] {
        let path = |name| case.path(&format!("site/{name}"));
        fs::rename(path(from), path(to)).expect("a file");
    }
    assert_eq!(selected(&case, "is:starred"), ["site/b.md"]);
}

#[test]
fn the_journal_tells_all_and_a_number_in_it_takes_back() {
    let case = three();
    printed(&case, &["mark", "-q", "", "site", "--read"]);
    printed(
        &case,
        &["mark", "-q", "title:alpha", "site", "--later", "3d"],
    );
    let lines = printed(&case, &["journal", "site"]);
    let lines: Vec<&str> = lines.lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(
        lines[0].ends_with("later 3d, 1 article  Alpha"),
        "{}",
        lines[0]
    );
    assert!(lines[1].trim_start().starts_with("1 "), "{}", lines[1]);
    assert!(
        lines[1].contains("read, 3 articles  ") && lines[1].ends_with(" and 2 more"),
        "{}",
        lines[1]
    );

    printed(&case, &["undo", "1"]);
    let journal = case.run(&["journal", "site", "--format", "json"]).json();
    assert_eq!(journal[2]["takenBack"], true);
    assert_eq!(journal[0]["undoes"], journal[2]["id"]);
    assert_eq!(journal[2]["changes"][0]["field"], "read");
    assert_eq!(journal[2]["changes"].as_array().map(Vec::len), Some(3));
    assert_eq!(journal[1]["changes"][0]["path"], "a.md");
    assert_eq!(journal[1]["changes"][0]["title"], "Alpha");
    assert!(selected(&case, "is:read").is_empty());
    assert_eq!(selected(&case, "is:later"), ["site/a.md"]);
    case.run(&["undo", "99"]).is_refused("no decision 99");
    assert_eq!(
        printed(&case, &["journal", "--limit", "1"]).lines().count(),
        1
    );
}

#[test]
fn a_dry_run_makes_no_desk_and_shows_a_sample() {
    let mut case = Case::new();
    for number in 0..12 {
        case = case.file(
            format!("{number}.md"),
            article(&format!("T{number}"), "false"),
        );
    }
    let out = printed(&case, &["mark", "-q", "", "site", "--done", "--dry-run"]);
    assert_eq!(out.lines().count(), 12, "{out}");
    assert!(
        out.ends_with("… and 2 more\nwould mark 12, unchanged 0\n"),
        "{out}"
    );
    let out = printed(&case, &["publish", "-q", "", "site", "--dry-run"]);
    assert!(out.ends_with("would write 12, written 0, unchanged 0, refused 0\n"));
    assert_eq!(printed(&case, &["journal"]), "");
    assert!(!case.path("home/.local").exists());
}

#[test]
fn every_acknowledged_article_is_an_undo_by_itself() {
    let case = three();
    printed(&case, &["mark", "-q", "title:beta", "site", "--done"]);
    let out = printed(
        &case,
        &[
            "mark",
            "-q",
            "sort:title",
            "site",
            "--done",
            "--acknowledge",
        ],
    );
    assert_eq!(
        out,
        "kept site/a.md\nunchanged site/b.md\nkept site/c.md\nmarked 2, unchanged 1\n"
    );
    printed(&case, &["undo"]);
    assert_eq!(
        selected(&case, "is:done sort:title"),
        ["site/a.md", "site/b.md"]
    );
}

#[test]
fn the_desk_is_where_it_is_named() {
    let case = three();
    printed(
        &case,
        &["--desk", "one.db", "mark", "-q", "", "site", "--read"],
    );
    let by_variable = case
        .command(&["journal"])
        .env("NEWSDESK_DESK", case.path("one.db"))
        .output();
    let by_variable = Run(by_variable.expect("the program runs"));
    assert_eq!(by_variable.out().lines().count(), 1);
    assert_eq!(printed(&case, &["journal", "--desk", "two.db"]), "");
    let homeless = case.command(&["undo"]).env_remove("HOME").output();
    Run(homeless.expect("the program runs")).is_refused("--desk");
    case.run(&["undo", "--desk", "site/a.md"])
        .is_refused("not a desk");
}

#[test]
fn an_export_is_merged_once_however_often_it_comes() {
    let case = three();
    printed(
        &case,
        &[
            "mark",
            "-q",
            "title:alpha",
            "site",
            "--star",
            "--note",
            "why",
        ],
    );
    printed(&case, &["mark", "-q", "title:beta", "site", "--done"]);
    let export = printed(&case, &["desk", "export"]);
    let other = ["--desk", "other.db", "desk", "import"];
    assert_eq!(
        with_input(&case, &other, &export).out(),
        "imported 2, known 0\n"
    );
    printed(&case, &["desk", "export", "marks.jsonl"]);
    assert_eq!(text(&case, "marks.jsonl"), export);
    case.run(&["desk", "export", "marks.jsonl"])
        .is_refused("exists");
    let again = printed(
        &case,
        &["--desk", "other.db", "desk", "import", "marks.jsonl"],
    );
    assert_eq!(again, "imported 0, known 2\n");
    assert_eq!(
        printed(&case, &["--desk", "other.db", "desk", "export"]),
        export
    );
    assert_eq!(
        printed(&case, &["--desk", "other.db", "desk", "rebuild"]),
        "corrected 0\n"
    );
    with_input(&case, &other, "{\"newsdesk\":1}\nnonsense\n").is_refused("line 2");
}

#[test]
fn publishing_shows_first_and_then_changes_one_value_of_each_file() {
    let case = three();
    let before = text(&case, "site/a.md");
    let publish = ["publish", "-q", "title:alpha", "site"];
    let shown = "site/a.md:5\n-published: false   # by hand\n+published: true   # by hand\n\
                 would write 1, written 0, unchanged 0, refused 0\n";
    assert_eq!(
        printed(&case, &[&publish[..], &["--dry-run"]].concat()),
        shown
    );
    assert_eq!(
        printed(&case, &publish),
        format!("{shown}nothing written yet; add --yes to write the changes\n")
    );
    assert_eq!(text(&case, "site/a.md"), before);
    assert_eq!(selected(&case, "is:staged"), ["site/a.md"]);

    let yes = [&publish[..], &["--yes"]].concat();
    assert_eq!(
        printed(&case, &yes),
        "written site/a.md:5\nwritten 1, unchanged 0, refused 0\n"
    );
    let changed = before.replace("published: false", "published: true");
    assert_eq!(text(&case, "site/a.md"), changed);
    assert!(selected(&case, "is:staged").is_empty());
    assert_eq!(selected(&case, "is:published"), ["site/a.md"]);
    assert_eq!(
        printed(&case, &yes),
        "unchanged site/a.md\nwritten 0, unchanged 1, refused 0\n"
    );
}

#[test]
fn taking_back_a_publication_stages_the_contrary() {
    let case = three();
    let before = text(&case, "site/b.md");
    printed(&case, &["publish", "-q", "title:beta", "site", "--yes"]);
    let journal = printed(&case, &["journal", "--limit", "1"]);
    assert!(
        journal.ends_with("publish: written, 1 article  b.md\n"),
        "{journal}"
    );
    let undone = printed(&case, &["undo"]);
    assert!(
        undone.contains("`newsdesk unpublish -q is:staged`"),
        "{undone}"
    );
    assert_ne!(text(&case, "site/b.md"), before);
    printed(&case, &["unpublish", "-q", "is:staged", "site", "--yes"]);
    assert_eq!(text(&case, "site/b.md"), before);
    assert!(selected(&case, "is:staged").is_empty());
    assert_eq!(printed(&case, &["desk", "rebuild"]), "corrected 0\n");
}

#[test]
fn what_is_refused_is_told_stays_staged_and_is_left_as_it_is() {
    let case = three()
        .file("d.md", article("Delta", "\"false\""))
        .file("e.md", article("Epsilon", "true"));
    let before = text(&case, "site/d.md");
    let run = case.run(&["publish", "-q", "sort:title", "site", "--yes"]);
    assert_eq!((run.code(), run.err()), (1, ""));
    let lines: Vec<&str> = run.out().lines().collect();
    assert!(lines.contains(&"unchanged site/e.md"), "{lines:?}");
    let refused = lines
        .iter()
        .find(|line| line.starts_with("refused site/d.md: line 5:"));
    assert!(refused.is_some(), "{lines:?}");
    assert_eq!(lines.last(), Some(&"written 3, unchanged 1, refused 1"));
    assert_eq!(text(&case, "site/d.md"), before);
    assert_eq!(selected(&case, "is:staged"), ["site/d.md"]);
}

#[test]
fn without_a_path_the_configured_library_is_marked() {
    let case = three();
    let library = format!("library = [{:?}]\n", case.path("site"));
    let case = case.config(&library);
    assert_eq!(
        printed(&case, &["mark", "-q", "title:beta", "--star"]),
        "marked 1, unchanged 0\n"
    );
    assert_eq!(selected(&case, "is:starred"), ["site/b.md"]);
}

#[test]
fn what_cannot_be_done_is_said_in_a_sentence() {
    let case = three();
    case.run(&["publish", "-q", "", "--yes"])
        .is_refused("sample library");
    case.run(&["undo"]).is_refused("nothing to undo");
    case.run(&["redo"]).is_refused("nothing to redo");
    let refused = case.run(&["mark", "-q", "quality>", "site", "--read"]);
    assert_eq!(refused.code(), 2);
    assert!(
        refused.err().contains("a value is missing"),
        "{}",
        refused.err()
    );
    case.run(&["mark", "-q", "", "site", "--later", "1999-01-01"])
        .is_refused("in the past");
    assert_eq!(case.run(&["mark", "-q", "", "site"]).code(), 2);
    assert_eq!(case.run(&["mark", "site", "--read"]).code(), 2);
}

#[test]
fn a_title_steers_no_terminal() {
    let case = Case::new().file("a.md", "---\ntitle: \"a\\e[2Jb\"\n---\nBody.\n");
    let out = printed(&case, &["mark", "-q", "", "site", "--read", "--dry-run"]);
    assert!(!out.contains('\u{1b}'), "{out:?}");
}

#[test]
fn list_and_count_know_what_was_decided() {
    let case = three();
    case.run(&["mark", "-q", "title:beta", "site", "--star"]);
    let starred = case.run(&[
        "list",
        "-q",
        "is:starred",
        "site",
        "--format",
        "jsonl",
        "--fields",
        "title",
    ]);
    assert_eq!(starred.out().trim(), "{\"title\":\"Beta\"}");
    assert_eq!(
        case.run(&["count", "-q", "-is:starred", "site"])
            .out()
            .trim(),
        "2"
    );
}

#[test]
fn what_could_not_be_read_is_said_beside_the_decision() {
    let case = three().file("bad.md", "---\ntitle: a: b: c\n---\n");
    for arguments in [
        &["mark", "-q", "", "site", "--done"][..],
        &["publish", "-q", "", "site"],
    ] {
        let run = case.run(arguments);
        assert_eq!(run.code(), 0);
        assert!(
            run.err().contains("1 of 4 files could not be read"),
            "{}",
            run.err()
        );
    }
}
