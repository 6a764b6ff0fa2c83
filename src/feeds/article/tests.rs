//! What entries become.

use super::*;
use crate::feeds::read::{self, Recording};

fn now() -> Timestamp {
    "2026-11-26T10:00:00Z".parse().expect("a time")
}

fn feed() -> Feed {
    Feed {
        url: "https://www.a.example/feed".into(),
        name: "A feed".into(),
        topics: vec!["AI".into()],
        ..Feed::default()
    }
}

fn one(entry: FeedEntry) -> ArticleDraft {
    let contents = ParsedFeed {
        title: "Its title".into(),
        site: Some("https://www.a.example/".into()),
        entries: vec![entry],
        ..ParsedFeed::default()
    };
    let (mut drafts, _) = drafts(&feed(), &contents, now());
    assert_eq!(drafts.len(), 1);
    drafts.remove(0)
}

fn html(text: &str) -> Option<TextMarkup> {
    Some(TextMarkup::Html(text.to_owned()))
}

#[test]
fn an_entry_becomes_a_file() {
    let contents = read::read(
        "<rss version='2.0'><channel><title>The A</title><link>https://www.a.example</link><item>\
         <title>R&amp;amp;D: &lt;b&gt;new&lt;/b&gt;</title><link>/1?utm_source=rss</link><guid>g1</guid>\
         <pubDate>Thu, 05 Mar 2026 10:00:00 GMT</pubDate><dc:creator>Ada</dc:creator>\
         <category>ai</category><category>#Robots</category><description>Short.</description>\
         <content:encoded><![CDATA[<p>See <a href='/x'>this</a>.<script>no()</script></p>\
         <img src='p.png' alt='P'><img src='t.gif' width=1 height=1>\
         <iframe src='https://player.example/1'></iframe>]]></content:encoded></item></channel></rss>"
            .as_bytes(),
        None,
        "https://www.a.example/feed",
    )
    .expect("a feed");
    let (drafts, _) = drafts(&feed(), &contents, now());
    assert_eq!(drafts[0].stem(), "2026-03-05-r-d-new");
    assert_eq!(
        drafts[0].file(),
        "---
category: news
title: \"R&D: new\"
excerpt: \"Short.\"
publishedDateTime: 2026-03-05T10:00:00Z
originalUrl: \"https://www.a.example/1?utm_source=rss\"
webUrl: \"https://www.a.example/1?utm_source=rss\"
type: article
published: false

provider:
  name: A feed
  domain: a.example
  authors:
    - name: Ada

topics:
  - AI
  - Robots

images:
  - url: \"https://www.a.example/p.png\"

guid: \"g1\"
feed: \"A feed\"
---

See [this](https://www.a.example/x).

![P](https://www.a.example/p.png)

[\\[embedded: player.example\\]](https://player.example/1)
"
    );
}

#[test]
fn an_entry_without_a_title_has_the_beginning_of_its_text() {
    let text = "<p>Just a toot with <a href='https://b.example'>a link</a> and a lot of words after it.</p>\
                <p>And a second paragraph.</p>";
    let draft = one(FeedEntry {
        link: Some("https://a.example/@ada/1".into()),
        summary: html(text),
        ..FeedEntry::default()
    });
    assert_eq!(
        draft.article.title,
        "Just a toot with a link and a lot of words after it. And a second paragraph."
    );
    assert_eq!(draft.origin.guid, "https://a.example/@ada/1");
    assert_eq!(draft.at, now());
}

#[test]
fn recordings_make_podcasts_and_videos() {
    let recorded = |kind, url: &str| {
        one(FeedEntry {
            title: html("A"),
            link: Some("https://a.example/1".into()),
            media: vec![Recording {
                url: url.into(),
                kind,
                seconds: Some(61),
            }],
            ..FeedEntry::default()
        })
    };
    let podcast = recorded(RecordingKind::Audio, "https://a.example/1.mp3");
    assert_eq!(
        podcast.article.listed[ListedName::Kind].as_deref(),
        Some("podcast")
    );
    assert_eq!(podcast.article.length, Some(61));
    assert_eq!(
        podcast.body,
        "[audio: a.example](https://a.example/1.mp3)\n"
    );
    let video = recorded(RecordingKind::Video, "javascript:alert(1)");
    assert_eq!(
        (
            video.article.listed[ListedName::Kind].as_deref(),
            video.body.as_str()
        ),
        (Some("video"), "")
    );
    let tube = one(FeedEntry {
        title: html("A"),
        link: Some("https://www.youtube.com/watch?v=x".into()),
        ..FeedEntry::default()
    });
    assert_eq!(
        tube.article.listed[ListedName::Kind].as_deref(),
        Some("video")
    );
}

#[test]
fn pages_that_several_entries_share_identify_none() {
    let entry = |guid: &str, link: &str| FeedEntry {
        guid: guid.into(),
        title: html(guid),
        link: Some(link.into()),
        ..FeedEntry::default()
    };
    let contents = ParsedFeed {
        entries: vec![
            entry("1", "https://a.example/"),
            entry("2", "https://a.example/#2"),
            entry("3", "https://a.example/3"),
            entry("3", "https://a.example/again"),
            FeedEntry::default(),
        ],
        ..ParsedFeed::default()
    };
    let (drafts, left_out) = drafts(&feed(), &contents, now());
    let notes: Vec<String> = left_out.notes().collect();
    assert_eq!(
        notes,
        [
            "1 entry was left out: there is nothing in it",
            "1 entry was left out: an entry before it has the same id"
        ]
    );
    let pages: Vec<bool> = drafts.iter().map(|it| it.page.is_some()).collect();
    assert_eq!(pages, [false, false, true]);
}

#[test]
fn lengths_have_limits() {
    let draft = one(FeedEntry {
        guid: "g".repeat(1 << 20),
        title: html(&"t".repeat(1 << 20)),
        link: Some(format!("https://a.example/{}", "x".repeat(1 << 20))),
        categories: (0..1_000).map(|at| format!("c{at}")).collect(),
        authors: (0..1_000).map(|at| format!("a{at}")).collect(),
        content: html(&"<p>w</p>".repeat(100_000)),
        ..FeedEntry::default()
    });
    let front = draft.file().len() - draft.body.len();
    assert!(front < 4_000, "{front}");
    assert_eq!(draft.article.urls.original, None);
}

#[test]
fn plain_text_stays_plain() {
    let draft = one(FeedEntry {
        title: Some(TextMarkup::Text("a < b & Vec<T>".into())),
        content: Some(TextMarkup::Text("one\ntwo\n\n<three>".into())),
        ..FeedEntry::default()
    });
    assert_eq!(draft.article.title, "a < b & Vec<T>");
    assert_eq!(draft.body, "one\\\ntwo\n\n\\<three>\n");
}
