//! `newsdesk list`: what it prints of each article, in every format and order.

use serde_json::Value;

use crate::case::Case;

pub const FULL: &str = "---
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
