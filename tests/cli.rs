//! The program as a shell runs it: what it prints where, and with what code it ends. `case` makes
//! the folders and runs it.

#[path = "cli/case.rs"]
mod case;
#[path = "cli/desk.rs"]
mod desk;
#[path = "cli/said.rs"]
mod said;

use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::Stdio;

use case::{Case, Run};
use serde_json::Value;

#[path = "cli/config.rs"]
mod config;
#[path = "cli/doctor.rs"]
mod doctor;
#[path = "cli/export.rs"]
mod export;
#[path = "cli/generators.rs"]
mod generators;
#[path = "cli/libraries.rs"]
mod libraries;
#[path = "cli/program.rs"]
mod program;
#[path = "cli/schema.rs"]
mod schema;
#[path = "cli/stats.rs"]
mod stats;

const FULL: &str = "---
title: \"Sensors &amp; sense\"
excerpt: An excerpt
category: news
type: article
publishedDateTime: 2021-12-30T23:19:00+01:00
updatedDateTime: 2021-12-31
originalUrl: https://example.org/a
quality: 39
heat: -1
published: \"yes\"
removed: false
provider:
  name: Example
  domain: example.org
topics: [AI, Robotics]
---
Body.
";

#[test]
fn an_object_carries_the_names_of_the_front_matter_in_their_order() {
    let case = Case::new().file("a.md", FULL);
    let run = case.run(&["list", "--format", "json", "site"]);
    assert_eq!((run.code(), run.err()), (0, ""));
    assert_eq!(
        run.out(),
        "[\n{\"id\":\"6ab57f8279f280cf\",\"path\":\"site/a.md\",\"title\":\"Sensors & sense\",\
         \"excerpt\":\"An excerpt\",\"category\":\"news\",\"type\":\"article\",\
         \"publishedDateTime\":\"2021-12-30T22:19:00Z\",\
         \"updatedDateTime\":\"2021-12-31T00:00:00Z\",\
         \"originalUrl\":\"https://example.org/a\",\"quality\":39,\"heat\":-1,\
         \"published\":true,\"removed\":false,\
         \"provider\":{\"name\":\"Example\",\"domain\":\"example.org\"},\
         \"topics\":[\"AI\",\"Robotics\"],\"categories\":[\"news\"],\"hasBody\":true,\"meta\":{},\
         \"marks\":{\"read\":false,\"starred\":false,\"done\":false,\"later\":null,\"rejected\":false,\"tags\":[],\
         \"note\":\"\",\"staged\":null}}\n]\n"
    );
}

#[test]
fn what_a_file_does_not_say_is_absent() {
    let case = Case::new().file("a.md", "---\ntitle: A\n---\nBody.\n");
    let run = case.run(&["list", "--format", "jsonl", "site"]);
    let entry: Value = serde_json::from_str(run.out().trim_end()).expect("an object on a line");
    let names: Vec<&String> = entry.as_object().expect("an object").keys().collect();
    assert_eq!(names, ["id", "path", "title", "hasBody", "meta", "marks"]);
}

#[test]
fn articles_come_newest_first_in_every_format() {
    let case = Case::new()
        .file("2021-01-02-old.md", "---\ntitle: Old\n---\nBody.\n")
        .file("2021-03-04-new.md", "---\ntitle: New\n---\nBody.\n")
        .file("never.md", "---\ntitle: Never\n---\nBody.\n");
    for format in ["table", "json", "jsonl", "tsv"] {
        let run = case.run(&["list", "site", "--format", format]);
        let at = |title| run.out().find(title).expect("the title");
        assert!(at("New") < at("Old"), "{}", run.out());
        assert!(at("Old") < at("Never"), "{}", run.out());
    }
}

#[test]
fn the_table_has_columns_and_the_values_between_tabs_have_names() {
    let case = Case::new().file("a.md", FULL);
    assert_eq!(
        case.run(&["list", "site"]).out(),
        "DATE        PROVIDER  QUALITY  TITLE\n\
         2021-12-30  Example        39  Sensors & sense\n"
    );
    let run = case.run(&["list", "--format=tsv", "site"]);
    let lines: Vec<Vec<&str>> = run
        .out()
        .lines()
        .map(|line| line.split('\t').collect())
        .collect();
    assert_eq!((lines.len(), lines[0].len()), (2, lines[1].len()));
    let value = |name| {
        let column = lines[0].iter().position(|it| *it == name);
        lines[1][column.expect("the column")]
    };
    assert_eq!(value("provider.domain"), "example.org");
    assert_eq!(value("published"), "true");
    assert_eq!(value("deleted"), "");
    assert_eq!(value("topics"), "AI; Robotics");
}

#[test]
fn a_path_can_be_opened_from_where_it_was_run() {
    let case = Case::new().file("a.md", FULL);
    for root in ["site", ".", "./site/a.md", "home/../site"] {
        let run = case.run(&["list", "--format", "json", root]);
        let path = run.json()[0]["path"].as_str().expect("a path").to_owned();
        assert!(case.path(&path).is_file(), "{root}: {path}");
    }
}

#[test]
fn without_a_path_it_is_the_sample_library_or_the_configured_one() {
    let sample = Case::new().run(&["list", "--format", "json"]);
    assert!(sample.json().as_array().expect("an array").len() > 40);
    assert_eq!(sample.code(), 0);

    let case = Case::new().file("a.md", FULL);
    let library = format!("library = [{:?}]", case.path("site"));
    let case = case.config(&library);
    let configured = case.run(&["list", "--format", "json"]);
    assert_eq!(configured.json().as_array().map(Vec::len), Some(1));
}

#[test]
fn the_sample_library_is_clean() {
    let run = Case::new().run(&["check"]);
    assert_eq!(run.code(), 0, "{}", run.out());
    assert!(run.out().ends_with("errors 0, skipped 0, warnings 0\n"));
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
    assert!(table.err().starts_with("newsdesk: no articles"));
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
    for command in [&["list"][..], &["check"], &["keys"], &["site"]] {
        case.run(command).is_refused(line);
    }
    assert_eq!(case.run(&["list", "site"]).code(), 0);
    let named = case
        .command(&["keys"])
        .env("NEWSDESK_CONFIG", "/dev/null")
        .output();
    assert_eq!(Run(named.expect("the program runs")).code(), 0);
}

#[test]
fn the_reader_wants_a_terminal() {
    let case = Case::new().file("a.md", FULL);
    case.run(&[]).is_refused("terminal");
    case.run(&["site"]).is_refused("terminal");
}

#[test]
fn arguments_that_mean_nothing_are_refused_and_help_is_given() {
    let case = Case::new();
    let run = case.run(&["list", "--frmat", "json"]);
    assert_eq!((run.code(), run.out()), (2, ""));
    assert!(
        run.err()
            .starts_with("newsdesk: unexpected argument '--frmat'")
    );
    let help = case.run(&["--help"]);
    assert_eq!((help.code(), help.err()), (0, ""));
    assert!(help.out().contains("newsdesk check ~/site"));
    let version = case.run(&["--version"]);
    let expected = concat!("newsdesk ", env!("CARGO_PKG_VERSION"), "\n");
    assert_eq!((version.code(), version.out()), (0, expected));
}

#[test]
fn the_keys_are_printed_with_a_persons_own() {
    let case = Case::new().config("[keys.list]\n\"x\" = \"open-original\"");
    let keys = case.run(&["keys"]);
    assert_eq!(keys.code(), 0);
    assert!(
        keys.out().lines().any(|line| line.contains("x")
            && line.contains("list")
            && line.contains("open-original"))
    );
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/keys.md"));
    let printed = case.run(&["keys", "--format", "markdown"]);
    assert_eq!(printed.out(), page.expect("docs/keys.md"));
}

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

/// A library whose list is longer than what a pipe holds.
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

/// Five articles, of which two are about lidar and one only says so in its text.
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

/// The titles that a list of the query has, in its order.
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
fn only_the_fields_that_were_asked_for_are_printed_in_their_order() {
    let case = Case::new().file("a.md", FULL);
    let list = |format| {
        let fields = "quality,provider.name,deleted,title";
        let run = case.run(&["list", "site", "--fields", fields, "--format", format]);
        assert_eq!((run.code(), run.err()), (0, ""));
        run.out().to_owned()
    };
    let object =
        "{\"quality\":39,\"provider\":{\"name\":\"Example\"},\"title\":\"Sensors & sense\"}";
    assert_eq!(list("jsonl"), format!("{object}\n"));
    assert_eq!(list("json"), format!("[\n{object}\n]\n"));
    assert_eq!(
        list("tsv"),
        "quality\tprovider.name\tdeleted\ttitle\n39\tExample\t\tSensors & sense\n"
    );
    assert_eq!(
        list("table"),
        "QUALITY  PROVIDER.NAME  DELETED  TITLE\n     39  Example                 Sensors & sense\n"
    );
    let wrong = case.run(&["list", "site", "--fields", "title,qualty"]);
    assert_eq!((wrong.code(), wrong.out()), (2, ""));
    assert!(wrong.err().contains("'qualty'"), "{}", wrong.err());
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

#[test]
fn there_is_help_about_queries_and_commands() {
    let case = Case::new();
    let query = case.run(&["help", "query"]);
    assert_eq!((query.code(), query.err()), (0, ""));
    assert!(query.out().contains("quality>50") && query.out().contains("last week"));
    for command in ["list", "count", "facets", "check", "keys"] {
        let help = case.run(&["help", command]);
        assert_eq!((help.code(), help.err()), (0, ""));
        assert_eq!(help.out(), case.run(&[command, "--help"]).out());
    }
    assert_eq!(case.run(&["help"]).out(), case.run(&["--help"]).out());
    assert_eq!(case.run(&["help", "nothing"]).code(), 2);
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

/// The real corpus, where a person has one.
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
