//! Files that are written, and read again.

use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::format::{Conventions, Reading, read, scan};
use crate::model::{ListedFields, ListedFlag, ListedName, Urls};

const NAME: &str = "2026-03-05-a.md";

fn moment(second: i64) -> Option<Moment> {
    jiff::Timestamp::from_second(second)
        .ok()
        .map(Moment::instant)
}

fn sample() -> Article {
    Article {
        title: "AT&T: “A \"quoted\" title” # and more".into(),
        excerpt: "One: two - three".into(),
        categories: vec!["news".into()],
        topics: vec!["Machine Learning".into(), "C#".into(), "no".into()],
        listed: ListedFields::default()
            .with(ListedName::Kind, "article".to_owned())
            .with(ListedFlag::Published, false),
        published_at: moment(1_640_906_340),
        updated_at: moment(1_640_992_740),
        urls: Urls {
            original: Some("https://a.example/?b=1&copy=2".into()),
            web: Some("https://a.example/?b=1&copy=2".into()),
            ..Urls::default()
        },
        provider: Provider {
            name: "A: B".into(),
            domain: "a.example".into(),
            authors: vec!["Ada Lovelace".into()],
            ..Provider::default()
        },
        images: vec![Image {
            url: "https://a.example/i.png".into(),
            width: Some(640),
            ..Image::default()
        }],
        ..Article::default()
    }
}

fn origin() -> FeedOrigin {
    FeedOrigin {
        feed: "A feed".into(),
        guid: "tag:a.example,2026:1".into(),
    }
}

#[test]
fn a_file_is_written_field_by_field() {
    let file = compose(&sample(), &origin(), "Text.\n");
    assert_eq!(
        file,
        "---
category: news
title: \"AT&T: “A \\\"quoted\\\" title” # and more\"
excerpt: \"One: two - three\"
publishedDateTime: 2021-12-30T23:19:00Z
updatedDateTime: 2021-12-31T23:19:00Z
originalUrl: \"https://a.example/?b=1&copy=2\"
webUrl: \"https://a.example/?b=1&copy=2\"
type: article
published: false

provider:
  name: \"A: B\"
  domain: a.example
  authors:
    - name: Ada Lovelace

topics:
  - Machine Learning
  - \"C#\"
  - \"no\"

images:
  - url: \"https://a.example/i.png\"
    width: 640

guid: \"tag:a.example,2026:1\"
feed: \"A feed\"
---

Text.
"
    );
}

#[test]
fn a_text_becomes_a_line_that_stays_as_it_is() {
    for (text, line) in [
        (" a\n b\u{2028}c\u{1b}[2Jd\u{feff} ", "a b c [2Jd"),
        ("R&amp;amp;amp;amp;D", "R&D"),
        ("{{ a }}", "{ { a }}"),
        ("about {{ a }}", "about {{ a }}"),
    ] {
        assert_eq!(field_text(text, 100), line, "{text:?}");
    }
    assert_eq!(field_text("one two three four", 15), "one two three…");
    assert_eq!(field_text(&"x".repeat(1 << 20), 10), "xxxxxxxxxx…");
}

/// Text with everything that means something to YAML, HTML or a terminal.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[-:#&*!|>'\"%@`{}\\[\\],?=~<>;a-z0-9 \n\t\\\\]{0,40}",
        "\\PC{0,24}",
        any::<String>(),
        proptest::sample::select(vec![
            "true",
            "no",
            "~",
            "null",
            "12",
            "1e3",
            "0x1f",
            "2026-01-01",
            "12:30",
            "---",
            "+++",
            "&amp;lt;b&gt;",
            "{{ x }}",
            "{% raw %}",
            "- a",
            "a: b",
            "<<",
            "=",
            "\u{85}\u{2028}",
        ])
        .prop_map(str::to_owned),
    ]
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(
        title in any_text(),
        excerpt in any_text(),
        category in any_text(),
        topics in proptest::collection::vec(any_text(), 0..4),
        authors in proptest::collection::vec(any_text(), 0..3),
        feed in any_text(),
        body in any_text(),
    ) {
        let line = |text: &str| field_text(text, 100);
        let mut article = sample();
        article.title = line(&format!("T {title}"));
        article.excerpt = line(&excerpt);
        article.categories = Some(line(&category)).filter(|it| !it.is_empty()).into_iter().collect();
        article.topics = topics.iter().map(|it| line(&format!("t {it}"))).collect();
        article.topics.sort();
        article.topics.dedup();
        article.provider.authors = authors.iter().map(|it| line(&format!("a {it}"))).collect();
        let origin = FeedOrigin { feed: line(&feed), guid: "1".into() };
        let file = compose(&article, &origin, &body);

        let conventions = Conventions::default();
        let read = match read(Path::new(NAME), file.as_bytes(), &conventions) {
            Reading::Article(read) => read,
            other => return Err(TestCaseError::fail(format!("{other:?}\n{file}"))),
        };
        prop_assert!(read.warnings.is_empty(), "{:?}\n{}", read.warnings, file);
        prop_assert_eq!(&read.article.title, &article.title);
        prop_assert_eq!(&read.article.topics, &article.topics);
        prop_assert_eq!(&read.article.categories, &article.categories);
        prop_assert_eq!(&read.article.provider, &article.provider);
        prop_assert_eq!(&read.article.urls, &article.urls);
        prop_assert_eq!(&read.article.images, &article.images);
        prop_assert_eq!(read.article.published_at, article.published_at);
        prop_assert_eq!(read.article.listed[ListedFlag::Published], Some(false));
        if !article.excerpt.is_empty() {
            prop_assert_eq!(&read.article.excerpt, &article.excerpt);
            let listed = scan(Path::new(NAME), file.as_bytes(), &conventions);
            prop_assert!(listed.is_some(), "handed over:\n{}", file);
        }
        prop_assert_eq!(read.body.trim(), body.trim_end().trim());
    }
}
