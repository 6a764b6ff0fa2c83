//! A small library for each generator: what is found in it, and what publishing changes. The
//! libraries and the expected results are in `tests/libraries`.

use std::fs;
use std::path::{Path, PathBuf};

use crate::case::Case;

/// A row of the table.
struct Expected {
    library: String,
    file: String,
    title: String,
    date: String,
    topics: String,
    /// A word of `is:`.
    standing: String,
    publish: Written,
    unpublish: Written,
}

/// What publishing does to a file.
enum Written {
    Unchanged,
    Refused,
    /// A text is replaced.
    Replaced(String, String),
    /// A line is added.
    Added(String),
}

impl Written {
    fn of(cell: &str) -> Self {
        match cell.split_once('>') {
            None if cell == "=" => Self::Unchanged,
            None => Self::Refused,
            Some(("", line)) => Self::Added(line.to_owned()),
            Some((old, new)) => Self::Replaced(old.to_owned(), new.to_owned()),
        }
    }

    fn word(&self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged ",
            Self::Refused => "refused ",
            Self::Replaced(..) | Self::Added(_) => "written ",
        }
    }

    /// Whether a file has become what is expected, to the byte.
    fn is_right(&self, before: &str, after: &str) -> bool {
        match self {
            Self::Unchanged | Self::Refused => before == after,
            Self::Replaced(old, new) => {
                before.matches(old.as_str()).count() == 1 && before.replace(old, new) == after
            }
            Self::Added(line) => {
                let added = format!("{line}\n");
                after.matches(&added).count() == 1 && after.replace(&added, "") == before
            }
        }
    }
}

fn libraries() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/libraries")
}

fn table() -> Vec<Expected> {
    let text = fs::read_to_string(libraries().join("EXPECTED.tsv")).expect("the table");
    let rows = text.lines().skip(1).map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        let [
            library,
            file,
            title,
            date,
            topics,
            standing,
            publish,
            unpublish,
        ] = cells[..]
        else {
            panic!("a row has eight cells: {line}");
        };
        Expected {
            library: library.to_owned(),
            file: file.to_owned(),
            title: title.to_owned(),
            date: date.to_owned(),
            topics: topics.to_owned(),
            standing: standing.to_owned(),
            publish: Written::of(publish),
            unpublish: Written::of(unpublish),
        }
    });
    rows.collect()
}

/// A case with a copy of a library as its site.
pub fn case_of(library: &str) -> Case {
    let case = Case::new();
    copy(&libraries().join(library), &case.path("site"));
    case
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a library") {
        let entry = entry.expect("an entry");
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).expect("a copy");
        }
    }
}

fn query_for(file: &str) -> String {
    format!("path:\"{file}\"")
}

#[test]
fn each_article_is_what_its_own_site_makes_of_it() {
    for row in table() {
        let case = case_of(&row.library);
        let query = format!("{} is:{}", query_for(&row.file), row.standing);
        let run = case.run(&["list", "site", "--format", "json", "-q", &query]);
        let place = format!("{} {}", row.library, row.file);
        assert_eq!(
            run.code(),
            0,
            "{place} is not {}: {}",
            row.standing,
            run.err()
        );
        let found = run.json();
        let article = &found[0];
        assert_eq!(article["title"], *row.title, "{place}");
        let date = article["publishedDateTime"].as_str().unwrap_or_default();
        if !row.date.is_empty() {
            assert_eq!(date.get(..10), Some(row.date.as_str()), "{place}");
        }
        if !row.topics.is_empty() {
            let topics: Vec<&str> = article["topics"]
                .as_array()
                .map(|topics| topics.iter().filter_map(|it| it.as_str()).collect())
                .unwrap_or_default();
            assert_eq!(topics.join(", "), row.topics, "{place}");
        }
    }
}

#[test]
fn each_field_is_printed_as_its_file_means_it() {
    let text = fs::read_to_string(libraries().join("FIELDS.tsv")).expect("the table");
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [library, file, field, expected] = cells[..] else {
            panic!("a row has four cells: {line}");
        };
        let query = query_for(file);
        let run = case_of(library).run(&["list", "site", "--format", "json", "-q", &query]);
        let mut value = &run.json()[0];
        for part in field.split('.') {
            value = &value[part];
        }
        assert_eq!(value.to_string(), expected, "{library} {file} {field}");
    }
}

#[test]
fn publishing_changes_the_field_that_decides_and_nothing_else() {
    for row in table() {
        for (command, expected) in [("publish", &row.publish), ("unpublish", &row.unpublish)] {
            let case = case_of(&row.library);
            let path = case.path("site").join(&row.file);
            let before = fs::read_to_string(&path).expect("the file");
            let run = case.run(&[command, "-q", &query_for(&row.file), "site", "--yes"]);
            let after = fs::read_to_string(&path).expect("the file");
            let place = format!("{command} {} {}: {}", row.library, row.file, run.out());
            assert!(
                run.out().starts_with(expected.word()),
                "{place}{}",
                run.err()
            );
            assert!(expected.is_right(&before, &after), "{place}{after}");
            if !matches!(expected, Written::Refused) {
                let is = if command == "publish" {
                    "published"
                } else {
                    "unpublished"
                };
                let query = format!("{} is:{is}", query_for(&row.file));
                let found = case.run(&["count", "site", "-q", &query]);
                let standing = if row.standing == "expired" {
                    "0\n"
                } else {
                    "1\n"
                };
                assert_eq!(found.out(), standing, "{place}");
            }
        }
    }
}

#[test]
fn check_says_what_it_took_a_folder_for() {
    for (library, expected) in [
        (
            "jekyll",
            "Jekyll site: 5 articles, 1 draft, 1 unpublished, 1 scheduled",
        ),
        ("docusaurus", "Docusaurus site: "),
        ("obsidian", "Obsidian vault: "),
        ("plain", "Folder of files: "),
    ] {
        let run = case_of(library).run(&["check", "site"]);
        assert!(run.out().starts_with(expected), "{library}: {}", run.out());
    }
}

#[test]
fn a_folder_without_an_article_is_told_with_a_remedy() {
    let mut case = Case::new();
    for number in 0..6 {
        case = case.file(format!("_{number}.csv"), "a,b\n");
    }
    let run = case.run(&["check", "site"]);
    assert_eq!(run.code(), 1);
    assert!(
        run.out()
            .contains("no articles among 6 files; 6 were skipped"),
        "{}",
        run.out()
    );
}

#[test]
fn fields_of_all_that_a_query_finds_are_changed() {
    let case = case_of("hugo-yaml");
    let path = case.path("site/content/news/timetable.md");
    let before = fs::read_to_string(&path).expect("the file");
    let change = |last: &str| {
        let all = [
            "edit",
            "-q",
            "title:timetable",
            "site",
            "--set",
            "quality=70",
            "--add",
            "topics=ai",
            "--remove",
            "topics=ferries",
            last,
        ];
        case.run(&all)
    };
    let shown = change("--dry-run");
    assert_eq!(shown.code(), 0, "{}", shown.err());
    assert!(shown.out().contains("+quality: 70\n"), "{}", shown.out());
    assert!(
        shown
            .out()
            .ends_with("would write 1, written 0, unchanged 0, refused 0\n")
    );
    assert_eq!(fs::read_to_string(&path).expect("the file"), before);
    assert!(change("--yes").out().starts_with("written "));
    let expected = before
        .replace("[\"ferries\", \"islands\"]", "[\"islands\", \"ai\"]")
        .replace("---\nTwo", "quality: 70\n---\nTwo");
    assert_eq!(fs::read_to_string(&path).expect("the file"), expected);
    assert!(change("--yes").out().starts_with("unchanged "));
    let nothing = case.run(&["edit", "-q", "title:timetable", "site"]);
    assert_eq!((nothing.code(), nothing.out()), (2, ""));
    assert!(nothing.err().contains("--set"), "{}", nothing.err());
}

#[test]
fn an_edit_is_one_decision_and_undoing_it_stages_the_way_back() {
    let text = "---\ntitle: Ropes\nquality: 60\ntopics: [sea, knots]\n---\nSpliced.\n";
    let case = Case::new().file("ropes.md", text);
    let read = || fs::read_to_string(case.path("site/ropes.md")).expect("the file");
    let marks = || {
        let run = case.run(&["list", "--format", "json", "site"]);
        let listed: serde_json::Value = serde_json::from_str(run.out()).expect("JSON");
        listed[0]["marks"].clone()
    };
    let ask = [
        "edit",
        "-q",
        "title:ropes",
        "--set",
        "quality=70",
        "--remove",
        "topics=sea",
    ];
    let edit = |last: &[&str]| case.run(&[&ask, last, &["site"]].concat());

    edit(&[]);
    assert_eq!(read(), text, "it is only staged");
    let staged = serde_json::json!({"quality": [{"set": "70"}], "topics": [{"take": "sea"}]});
    assert_eq!(marks()["edits"], staged);

    assert!(edit(&["--yes"]).out().starts_with("written "));
    let written = text.replace("60", "70").replace("sea, ", "");
    assert_eq!(read(), written);
    assert_eq!(marks().get("edits"), None, "nothing waits any more");

    assert_eq!(case.run(&["undo"]).code(), 0);
    assert_eq!(
        marks()["edits"]["quality"][0]["restore"]["was"],
        "quality: 60"
    );
    assert_eq!(read(), written, "to be looked at and written again");
    let shown = case.run(&["write", "site"]);
    assert!(shown.out().contains("+quality: 60"), "{}", shown.out());
    assert_eq!(read(), written, "it is only shown");
    assert!(
        case.run(&["write", "--yes", "site"])
            .out()
            .starts_with("written ")
    );
    assert_eq!(read(), text, "to the byte");
    assert!(case.run(&["write", "site"]).out().starts_with("written 0"));
    let journal = case.run(&["journal"]);
    assert!(
        journal.out().contains("edit: written, 1 article"),
        "{}",
        journal.out()
    );
}

#[test]
fn staged_files_that_are_gone_or_broken_are_refused_by_name() {
    let text = |title: &str| format!("---\ntitle: {title}\nquality: 60\n---\nText.\n");
    let case = Case::new()
        .file("good.md", text("Good"))
        .file("broken.md", text("Broken"))
        .file("gone.md", text("Gone"));
    case.run(&["edit", "-q", "quality:60", "--set", "quality=70", "site"]);
    fs::write(case.path("site/broken.md"), "---\ntitle: [x\n---\n").expect("a file");
    fs::remove_file(case.path("site/gone.md")).expect("a file");
    let run = case.run(&["write", "--yes", "site"]);
    assert_eq!(run.code(), 1, "{}", run.out());
    for part in [
        "broken.md: ",
        "gone.md: the file no longer exists",
        "written 1, unchanged 0, refused 2",
    ] {
        assert!(run.out().contains(part), "{part}: {}", run.out());
    }
}

#[test]
fn publishing_what_was_hidden_is_undone_to_hidden() {
    let hidden = "Title: A\nDate: 2024-01-01\nStatus: hidden\n\nBody\n";
    let case = Case::new()
        .file("pelicanconf.py", "SITENAME = 'S'\n")
        .file("content/a.md", hidden);
    let read = || fs::read_to_string(case.path("site/content/a.md")).expect("the file");
    case.run(&["publish", "-q", "title:a", "--yes", "site"]);
    assert_eq!(read(), hidden.replace("hidden", "published"));
    case.run(&["undo"]);
    case.run(&["write", "--yes", "site"]);
    assert_eq!(read(), hidden);
}

#[test]
fn what_was_rejected_is_published_only_where_it_is_named() {
    let text = |title: &str| format!("---\ntitle: {title}\npublished: false\n---\nText.\n");
    let case = Case::new()
        .file("good.md", text("Good"))
        .file("bad.md", text("Bad"));
    case.run(&["mark", "-q", "title:bad", "--reject", "site"]);
    let run = case.run(&["publish", "-q", "is:unpublished", "--yes", "site"]);
    assert!(
        run.out().ends_with("written 1, unchanged 0, refused 0\n"),
        "{}",
        run.out()
    );
    assert!(
        run.err().contains("left out 1 article, rejected"),
        "{}",
        run.err()
    );
    let named = case.run(&[
        "publish",
        "-q",
        "is:unpublished is:rejected",
        "--yes",
        "site",
    ]);
    assert!(
        named.out().ends_with("written 1, unchanged 0, refused 0\n"),
        "{}",
        named.out()
    );
}

#[test]
fn a_title_of_ones_own_does_not_make_its_article_changed() {
    let text = "---\ntitle: Ropes\n---\nSpliced.\n";
    let case = Case::new().file("ropes.md", text);
    let changed = || {
        case.run(&["count", "-q", "is:changed", "site"])
            .out()
            .trim()
            .to_owned()
    };
    case.run(&["mark", "-q", "title:ropes", "--done", "site"]);
    let edit = [
        "edit",
        "-q",
        "title:ropes",
        "--set",
        "title=Ropes and knots",
        "--yes",
        "site",
    ];
    assert!(case.run(&edit).out().starts_with("written "));
    assert_eq!(changed(), "0");
    let others = fs::read_to_string(case.path("site/ropes.md")).expect("the file");
    fs::write(
        case.path("site/ropes.md"),
        others.replace("Spliced", "Tied"),
    )
    .expect("a change");
    assert_eq!(changed(), "1", "a change by others is seen");
}

#[test]
fn published_is_added_only_where_the_library_goes_by_it() {
    let plain = "---\ntitle: Ropes\ndate: 2024-01-01\n---\nSpliced.\n";
    let dated = "---\ntitle: Knots\npublished: 2024-01-01\n---\nTied.\n";
    let alone = Case::new().file("ropes.md", plain);
    let publish = ["publish", "-q", "title:ropes", "site", "--yes"];
    assert!(alone.run(&publish).out().starts_with("refused "));
    let case = Case::new().file("ropes.md", plain).file("knots.md", dated);
    assert!(case.run(&publish).out().starts_with("written "));
    let text = |name: &str| fs::read_to_string(case.path("site").join(name)).expect("the file");
    assert_eq!(
        text("ropes.md"),
        plain.replace("---\nSpliced", "published: true\n---\nSpliced")
    );
    let run = case.run(&["publish", "-q", "title:knots", "site", "--yes"]);
    assert!(run.out().starts_with("refused "), "{}", run.out());
    assert_eq!(text("knots.md"), dated);
}

#[test]
fn authors_are_named_by_the_file_of_their_site() {
    let text = "---\ntitle: Ropes\nauthors: [nora, Bo]\n---\nText.\n";
    for (name, authors) in [
        (
            "authors.yml",
            "nora:\n  name: Nora Field\n  url: https://a.example\n",
        ),
        ("_data/authors.yml", "nora: Nora Field\n"),
        ("authors.toml", "[nora]\nname = 'Nora Field'\n"),
    ] {
        let case = Case::new()
            .file("blog/ropes.md", text)
            .file("docusaurus.config.js", "module.exports = {}\n")
            .file(name, authors);
        let run = case.run(&[
            "list",
            "site",
            "--format",
            "json",
            "-q",
            "author:=\"Nora Field\"",
        ]);
        let article = &run.json()[0];
        assert_eq!(
            article["authors"].to_string(),
            r#"["Nora Field","Bo"]"#,
            "{name}"
        );
    }
}
