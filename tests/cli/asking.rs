//! Queries on the command line: `list -q`, `count` and `facets`.

use newsdesk::library::{Library, ReadDepth, Source, snapshot};
use newsdesk::query::kept;
use serde_json::Value;

use crate::case::Case;

/// Five articles; two are about lidar, and one says so only in its text.
fn asked() -> Case {
    let article = |title: &str, day: u8, quality: u8, rest: &str| {
        format!(
            "---\ntitle: {title}\npublishedDateTime: 2021-12-{day:02}\nquality: {quality}\n{rest}\n"
        )
    };
    Case::new()
        .file(
            "a.md",
            article(
                "Lidar on wheels",
                1,
                40,
                "topics: [AI, Cars]\npublished: true\n---\n",
            ),
        )
        .file(
            "b.md",
            article("Wheels", 2, 90, "excerpt: Lidar again\ntopics: [AI]\n---\n"),
        )
        .file(
            "c.md",
            article(
                "Boats",
                3,
                60,
                "topics: [Sea]\npublished: false\n---\nWith **lidar**.\n",
            ),
        )
        .file("d.md", article("Trains", 4, 70, "---\nOn rails.\n"))
        .file("e.md", "---\ntitle: Never dated\n---\nBody.\n")
}

/// The titles that a list of the query has, in order.
#[track_caller]
fn titles(case: &Case, query: &str, more: &[&str]) -> Vec<String> {
    let mut arguments = vec!["list", "site", "-q", query, "--format", "tsv"];
    arguments.extend(["--fields", "title"]);
    arguments.extend(more);
    let run = case.run(&arguments);
    assert_eq!(run.err(), "");
    assert_eq!(run.code(), i32::from(run.out().lines().count() < 2));
    run.out().lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn a_query_selects_and_sorts_what_is_listed() {
    let case = asked();
    for (query, expected) in [
        (
            "",
            &[
                "Trains",
                "Boats",
                "Wheels",
                "Lidar on wheels",
                "Never dated",
            ][..],
        ),
        ("lidar", &["Lidar on wheels", "Wheels"]),
        ("lidar sort:-date", &["Wheels", "Lidar on wheels"]),
        ("quality>50 sort:quality", &["Boats", "Trains", "Wheels"]),
        ("-is:published topic:ai", &["Wheels"]),
        ("body:lidar", &["Boats"]),
        (
            "body:lidar OR lidar sort:title",
            &["Boats", "Lidar on wheels", "Wheels"],
        ),
        ("-body:lidar -lidar", &["Trains", "Never dated"]),
        ("submarine", &[]),
    ] {
        assert_eq!(titles(&case, query, &[]), expected, "{query}");
    }
    assert_eq!(
        titles(&case, "lidar", &["--limit", "1"]),
        ["Lidar on wheels"]
    );
    assert_eq!(case.run(&["list", "site", "--limit", "0"]).code(), 2);
}

#[test]
fn a_query_holds_in_every_format() {
    let case = asked();
    for (format, lines) in [("table", 2), ("json", 3), ("jsonl", 1), ("tsv", 2)] {
        let run = case.run(&["list", "site", "-q", "title:boats", "--format", format]);
        assert_eq!(run.out().lines().count(), lines, "{}", run.out());
        assert!(run.out().contains("Boats"));
    }
    let run = case.run(&["list", "site", "-q", "submarine", "--format", "json"]);
    assert_eq!((run.code(), run.json()), (1, Value::Array(Vec::new())));
}

#[test]
fn a_count_is_a_number_alone() {
    let case = asked();
    for (query, count) in [
        ("lidar", "2\n"),
        ("body:lidar OR lidar", "3\n"),
        ("", "5\n"),
    ] {
        let run = case.run(&["count", "-q", query, "site"]);
        assert_eq!(
            (run.code(), run.out(), run.err()),
            (0, count, ""),
            "{query}"
        );
    }
    let none = case.run(&["count", "-q", "submarine", "site"]);
    assert_eq!((none.code(), none.out()), (1, "0\n"));
    let sample = Case::new().run(&["count"]);
    assert!(sample.out().trim().parse::<usize>().expect("a number") > 40);
}

#[test]
fn values_of_a_facet_are_counted_among_what_was_found() {
    let case = asked();
    let table = |by: &str, query: &str| {
        let run = case.run(&["facets", "--by", by, "-q", query, "site"]);
        assert_eq!((run.code(), run.err()), (0, ""), "{by}");
        run.out().to_owned()
    };
    assert_eq!(
        table("topic", "lidar"),
        "COUNT  TOPIC\n    2  AI\n    1  Cars\n"
    );
    assert_eq!(
        table("topic", "topic:=Cars"),
        "COUNT  TOPIC\n    1  AI\n    1  Cars\n"
    );
    assert_eq!(table("topic", "body:lidar"), "COUNT  TOPIC\n    1  Sea\n");
    assert_eq!(table("month", ""), "COUNT  MONTH\n    4  2021-12\n");
    let publication = table("publication", "");
    assert!(publication.contains("1  published\n") && publication.contains("1  unpublished\n"));
    let json = case.run(&["facets", "--by", "topic", "--format", "json", "site"]);
    assert_eq!(
        json.out(),
        "[\n{\"value\":\"AI\",\"count\":2},\n{\"value\":\"Cars\",\"count\":1},\n\
         {\"value\":\"Sea\",\"count\":1}\n]\n"
    );
    for by in ["provider", "kind"] {
        let none = case.run(&["facets", "--by", by, "--format", "json", "site"]);
        assert_eq!(
            (none.code(), none.json()),
            (1, Value::Array(Vec::new())),
            "{by}"
        );
        let sample = Case::new().run(&["facets", "--by", by]);
        assert!(sample.out().lines().count() > 2, "{}", sample.out());
    }
}

#[test]
fn a_wrong_query_is_underlined_at_its_place() {
    let case = asked();
    for command in [&["list"][..], &["count"], &["facets", "--by", "topic"]] {
        let run = case.run(&[command, &["-q", "lidar qualty:3 x", "nowhere"]].concat());
        assert_eq!((run.code(), run.out()), (2, ""));
        let lines: Vec<&str> = run.err().lines().collect();
        assert!(
            lines[0].starts_with("newsdesk: ") && lines[0].contains("did you mean “quality”?"),
            "{lines:?}"
        );
        assert_eq!(lines[1..], ["  lidar qualty:3 x", "        ^^^^^^"]);
    }
    let long = case.run(&["count", "-q", &"a ".repeat(50_000), "site"]);
    assert_eq!(long.code(), 2);
    assert!(long.err().lines().all(|line| line.chars().count() < 100));
}

/// With `--cached`, what was saved is used without reading the files; else it is only a start.
#[test]
fn what_the_reader_saved_answers_where_nothing_is_checked() {
    let case = asked();
    assert_eq!(case.run(&["count", "--cached", "site"]).out(), "5\n");
    let source = Source::new(&[case.path("site")]).expect("a source");
    let picture = Library::load(&source, ReadDepth::List).picture();
    let cache = case.path("home/.cache/newsdesk");
    snapshot::keep(&picture, &source, &cache).expect("it is saved");
    std::fs::remove_file(case.path("site/a.md")).expect("our file");

    let cached = case.run(&[
        "list", "--cached", "-q", "lidar", "--format", "jsonl", "site",
    ]);
    assert_eq!(cached.out().lines().count(), 2);
    assert_eq!(case.run(&["count", "--cached", "site"]).out(), "5\n");
    assert_eq!(case.run(&["count", "site"]).out(), "4\n");
}

/// The words that were saved give the numbers that the texts give, and need no article. What is
/// damaged is not used.
#[test]
fn saved_words_are_counted_like_texts() {
    let case = asked();
    let source = Source::new(&[case.path("site")]).expect("a source");
    let picture = Library::load(&source, ReadDepth::List).picture();
    let cache = case.path("home/.cache/newsdesk");
    snapshot::keep_with(&picture, &source, &cache, &kept::parts).expect("it is saved");
    let counted = |query: &str| {
        let run = case.run(&["count", "--cached", "-q", query, "site"]);
        assert_eq!(run.err(), "", "{query}");
        run.out().to_owned()
    };
    let queries = [
        ("lidar", "2\n"),
        ("-lidar", "3\n"),
        ("title:wheels lidar", "2\n"),
        ("lidar OR boats", "3\n"),
        ("ai", "2\n"),
        ("~lidr", "2\n"),
        ("lidar quality>50", "1\n"),
        ("submarine", "0\n"),
    ];
    for (query, count) in queries {
        assert_eq!(counted(query), count, "{query}");
    }
    std::fs::remove_file(case.path("site/a.md")).expect("our file");
    assert_eq!(counted("lidar"), "2\n", "it was not checked");

    let saved = std::fs::read_dir(&cache).expect("a folder").next();
    let saved = saved.expect("a file").expect("a file").path();
    let whole = std::fs::read(&saved).expect("a snapshot");
    let words = whole.windows(7).rposition(|it| it == b"\nlidar\n");
    let mut damaged = whole.clone();
    damaged[words.expect("the word") + 1] = b'L';
    std::fs::write(&saved, damaged).expect("our file");
    assert_eq!(
        counted("lidar"),
        "2\n",
        "from the texts, which are as saved"
    );
    // The last byte says where the parts are.
    let mut damaged = whole;
    *damaged.last_mut().expect("a byte") ^= 0xff;
    std::fs::write(&saved, damaged).expect("our file");
    assert_eq!(counted("lidar"), "1\n", "from the files");
}

/// Without `--cached`, saved words answer too, but for the files as they are.
#[test]
fn saved_words_are_checked_against_the_files() {
    let case = asked();
    let source = Source::new(&[case.path("site")]).expect("a source");
    let picture = Library::load(&source, ReadDepth::List).picture();
    let cache = case.path("home/.cache/newsdesk");
    snapshot::keep_with(&picture, &source, &cache, &kept::parts).expect("it is saved");
    let counted = |query: &str| {
        let run = case.run(&["count", "-q", query, "site"]);
        assert_eq!(run.err(), "", "{query}");
        run.out().to_owned()
    };
    assert_eq!(
        ["lidar", "-lidar", "boats"].map(counted),
        ["2\n", "3\n", "1\n"]
    );
    let write = |file: &str, title: &str| {
        let text = format!("---\ntitle: {title}\nexcerpt: Some words\n---\n");
        std::fs::write(case.path(file), text).expect("our file");
    };
    std::fs::remove_file(case.path("site/a.md")).expect("our file");
    write("site/c.md", "Lidar instead of boats");
    write("site/new.md", "Boats and lidar");
    assert_eq!(
        ["lidar", "-lidar", "boats"].map(counted),
        ["3\n", "2\n", "2\n"]
    );
    assert_eq!(counted("title:wheels"), "1\n");
}

/// A desk that is in the way stops only who asks what is on it.
#[test]
fn a_query_about_texts_does_not_open_the_desk() {
    let case = asked();
    let desk = case.path("home/.local/state/newsdesk/desk.db");
    std::fs::create_dir_all(desk.parent().expect("a folder")).expect("room");
    std::fs::write(&desk, "not a desk").expect("room");
    assert_eq!(case.run(&["count", "-q", "lidar", "site"]).out(), "2\n");
    assert_eq!(titles(&case, "lidar", &[]).len(), 2);
    for query in [
        "is:unread",
        "lidar tag:x",
        "marked:today",
        "has:note",
        "-is:story-lead",
    ] {
        let run = case.run(&["count", "-q", query, "site"]);
        assert_eq!(run.out(), "", "{query}");
        assert!(run.err().contains("desk.db"), "{query}: {}", run.err());
    }
}
