//! What `export` writes, parsed by other programs' parsers: feeds, Markdown, HTML, CSV, JSON.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;

use feed_rs::model::{Feed, FeedType};
use pulldown_cmark::{Event, Parser, Tag};

use crate::case::Case;

const LIDAR: &str = "---
title: \"Lidar &amp; sense\"
excerpt: What 1 < 2 means
publishedDateTime: 2021-12-30T23:19:00+01:00
updatedDateTime: 2021-12-31T08:00:00Z
originalUrl: https://example.org/a?b=1&c=2
author: Ada
provider:
  name: Example
  domain: example.org
topics: [AI, Robotics]
---
Body.
";

/// Every text attacks one of the formats, and the original attacks whoever clicks.
const HOSTILE: &str = "---
title: \"</title><script>alert(1)</script>]]> [x](javascript:alert(1)) \\u001b[2J\"
excerpt: \"=HYPERLINK(\\\"http://evil.example\\\") <img src=x onerror=alert(1)> ![p](http://evil.example/p)\"
publishedDateTime: 2021-12-29
originalUrl: javascript:alert(1)
provider:
  name: \"\\\" onmouseover=\\\"x\"
topics: [\"<b>\", \"@SUM(A1)\"]
---
";

fn library() -> Case {
    Case::new().file("a.md", LIDAR).file("b.md", HOSTILE)
}

fn exported(case: &Case, format: &str) -> String {
    let run = case.run(&[
        "export",
        "--format",
        format,
        "--title",
        "This & that",
        "site",
    ]);
    run.printed().to_owned()
}

fn feed(text: &str) -> Feed {
    feed_rs::parser::parse(text.as_bytes()).expect("a feed")
}

#[test]
fn rss_and_atom_are_read_by_a_feed_reader() {
    let case = library();
    for (format, kind) in [("rss", FeedType::RSS2), ("atom", FeedType::Atom)] {
        let feed = feed(&exported(&case, format));
        assert_eq!(feed.feed_type, kind);
        let title =
            |text: &Option<feed_rs::model::Text>| text.as_ref().map(|it| it.content.clone());
        assert_eq!(title(&feed.title).as_deref(), Some("This & that"));
        assert_eq!(
            feed.links[0].href, "https://example.org/a?b=1&c=2",
            "{format}"
        );
        let [lidar, hostile] = &feed.entries[..] else {
            panic!("two entries: {:?}", feed.entries);
        };
        assert_eq!(title(&lidar.title).as_deref(), Some("Lidar & sense"));
        assert_eq!(lidar.links[0].href, "https://example.org/a?b=1&c=2");
        assert_eq!(lidar.authors[0].name.as_deref(), Some("Ada"));
        let published = lidar.published.expect("a date");
        assert_eq!(published.to_rfc3339(), "2021-12-30T22:19:00+00:00");
        let topics: Vec<&str> = lidar.categories.iter().map(|it| it.term.as_str()).collect();
        assert_eq!(topics, ["AI", "Robotics"]);
        assert!(lidar.id.starts_with("urn:uuid:") && lidar.id != hostile.id);
        // A link that a browser would run is not a link.
        assert!(hostile.links.is_empty(), "{format}: {:?}", hostile.links);
    }
}

#[test]
fn an_excerpt_in_rss_is_html_and_in_atom_text() {
    let case = library();
    let summary = |format: &str| {
        let feed = feed(&exported(&case, format));
        feed.entries[0]
            .summary
            .as_ref()
            .map(|it| it.content.clone())
    };
    assert_eq!(summary("rss").as_deref(), Some("What 1 &lt; 2 means"));
    assert_eq!(summary("atom").as_deref(), Some("What 1 < 2 means"));
}

#[test]
fn a_feed_is_the_same_in_every_run_and_belongs_to_the_page_that_is_named() {
    let case = library();
    let arguments = [
        "export",
        "--format",
        "atom",
        "--link",
        "https://desk.example/",
        "site",
    ];
    let first = case.run(&arguments).printed().to_owned();
    assert_eq!(case.run(&arguments).printed(), first);
    assert_eq!(feed(&first).links[0].href, "https://desk.example/");
    let wrong = [
        "export",
        "--format",
        "atom",
        "--link",
        "javascript:alert(1)",
        "site",
    ];
    case.run(&wrong).is_refused_with_hint("javascript");
}

#[test]
fn a_feed_without_a_single_date_or_link_is_one_all_the_same() {
    let case = Case::new().file("a.md", "---\ntitle: A\n---\nBody.\n");
    for format in ["rss", "atom"] {
        let run = case.run(&["export", "--format", format, "site"]);
        assert_eq!(feed(run.printed()).entries.len(), 1);
    }
    let empty = case.run(&["export", "--format", "rss", "-q", "title:nowhere", "site"]);
    assert_eq!(empty.code(), 1);
    assert!(feed(empty.out()).entries.is_empty());
}

/// The tags of a page, and the values of attributes that load or run something.
fn tags(page: &str) -> (BTreeSet<String>, Vec<String>) {
    let mut names = BTreeSet::new();
    let mut addresses = Vec::new();
    for token in html5gum::Tokenizer::new(page).flatten() {
        if let html5gum::Token::StartTag(tag) = token {
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            names.insert(text(&tag.name));
            for (name, value) in &tag.attributes {
                let name = text(name);
                assert!(!name.starts_with("on") && name != "src", "{name} in {page}");
                if name == "href" {
                    addresses.push(text(value));
                }
            }
        }
    }
    (names, addresses)
}

#[test]
fn a_digest_in_html_has_its_own_tags_and_checked_links_alone() {
    let page = exported(&library(), "html");
    let (names, addresses) = tags(&page);
    let own = [
        "a", "article", "body", "h1", "h2", "head", "html", "meta", "p", "style", "title",
    ];
    assert_eq!(names, own.map(str::to_owned).into());
    assert_eq!(addresses, ["https://example.org/a?b=1&c=2"]);
    assert!(page.contains("<title>This &amp; that</title>"), "{page}");
    assert!(page.contains("Lidar &amp; sense</a>"), "{page}");
    assert!(
        page.contains("Example · Ada · 30 Dec 2021 · AI, Robotics"),
        "{page}"
    );
    assert!(!page.contains('\u{1b}'));
}

#[test]
fn a_digest_in_markdown_has_its_own_markup_and_checked_links_alone() {
    let page = exported(&library(), "md");
    let mut addresses = Vec::new();
    let mut texts = String::new();
    for event in Parser::new(&page) {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => addresses.push(dest_url.to_string()),
            Event::Start(Tag::Heading { .. } | Tag::Paragraph) | Event::End(_) => {}
            Event::Text(text) => texts.push_str(&text),
            other => panic!("{other:?} in {page}"),
        }
    }
    assert_eq!(addresses, ["https://example.org/a?b=1&c=2"]);
    assert!(texts.contains("<img src=x onerror=alert(1)>"), "{texts}");
    assert!(
        page.starts_with("# This & that\n\n## [Lidar & sense](https://"),
        "{page}"
    );
}

#[test]
fn csv_has_a_record_for_each_article_and_no_formula() {
    let case = library();
    let fields = "title,excerpt,topics,quality";
    let run = case.run(&["export", "--format", "csv", "--fields", fields, "site"]);
    let lines: Vec<&str> = run.printed().split_terminator("\r\n").collect();
    assert_eq!(lines[0], fields);
    assert_eq!(
        lines[1],
        "\"Lidar & sense\",\"What 1 < 2 means\",\"AI; Robotics\","
    );
    assert!(
        lines[2].contains(",\"'=HYPERLINK(\"\"http://evil.example\"\")"),
        "{}",
        lines[2]
    );
    assert_eq!(lines.len(), 3);
}

#[test]
fn json_is_what_list_prints() {
    let case = library();
    for format in ["json", "jsonl"] {
        let exported = case.run(&["export", "--format", format, "site"]);
        let listed = case.run(&["list", "--format", format, "site"]);
        assert_eq!(exported.printed(), listed.printed());
    }
    let picked = [
        "--fields",
        "title,marks.tags",
        "--limit",
        "1",
        "--format",
        "jsonl",
        "site",
    ];
    let exported = case.run(&[&["export"], &picked[..]].concat());
    assert_eq!(
        exported.printed(),
        "{\"title\":\"Lidar & sense\",\"marks\":{\"tags\":[]}}\n"
    );
}

#[test]
fn a_file_is_made_once_and_replaced_only_if_told() {
    let case = library();
    let export = ["export", "--format", "md", "-o", "digest.md", "site"];
    let run = case.run(&export);
    assert_eq!(run.printed(), "");
    let path = case.path("digest.md");
    let first = fs::read_to_string(&path).expect("a file");
    let mode = fs::metadata(&path).expect("a file").permissions().mode();
    assert_ne!(mode & 0o044, 0, "others can read it: {mode:o}");

    fs::write(&path, "mine").expect("a file");
    case.run(&export)
        .is_refused("digest.md: the file exists already; --force");
    assert_eq!(fs::read_to_string(&path).expect("a file"), "mine");
    case.run(&[&export[..], &["--force"]].concat()).printed();
    assert_eq!(fs::read_to_string(&path).expect("a file"), first);
    let nowhere = ["export", "--format", "md", "-o", "no/where.md", "site"];
    case.run(&nowhere).is_refused("no/where.md");
}

#[test]
fn the_title_is_that_of_the_view_or_the_query_where_none_is_given() {
    let case = library();
    let title = |arguments: &[&str]| {
        let all = [&["export", "--format", "md", "site"], arguments].concat();
        case.run(&all)
            .out()
            .lines()
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    assert_eq!(title(&[]), "# Articles");
    assert_eq!(title(&["-q", "lidar"]), "# lidar");
    assert_eq!(title(&["-q", "lidar", "--view", "Inbox"]), "# Inbox");
}

#[test]
fn options_without_effect_are_refused() {
    let case = library();
    for (format, option, value, hint) in [
        ("md", "fields", "title", "json, jsonl or csv"),
        ("rss", "fields", "title", "json, jsonl or csv"),
        ("json", "title", "x", "rss, atom, html or md"),
        ("html", "link", "https://example.org", "rss or atom"),
    ] {
        let option = format!("--{option}");
        let run = case.run(&["export", "--format", format, &option, value, "site"]);
        run.is_refused(hint);
    }
    case.run(&["export", "--format", "md", "--force", "site"])
        .is_refused_with_hint("--output");
}
