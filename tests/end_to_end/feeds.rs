//! A sitting over the news of a feed: it is added, fetched, read, decided on and published.

use std::fs;
use std::process::Command;

use crate::pty::Pty;
use crate::server::{Server, Serves};

/// The older of its entries, as the site gets it.
const PUBLISHED: &str = "---
category: news
title: \"Low Tide\"
excerpt: \"The water of day 1.\"
publishedDateTime: 2026-03-01T10:00:00Z
originalUrl: \"https://a.example/1\"
webUrl: \"https://a.example/1\"
type: article
published: true

provider:
  name: Coast
  domain: a.example

guid: \"1\"
feed: \"Coast\"
---

The water of day 1.
";

fn feed() -> Serves {
    let item = |number: usize, title: &str| {
        format!(
            "<item><title>{title}</title><link>https://a.example/{number}</link><guid>{number}</guid>\
             <pubDate>0{number} Mar 2026 10:00:00 GMT</pubDate>\
             <description>&lt;p&gt;The water of day {number}.&lt;/p&gt;</description></item>"
        )
    };
    let items = [item(2, "High Tide"), item(1, "Low Tide")].concat();
    let feed = format!("<rss version='2.0'><channel><title>Coast</title>{items}</channel></rss>");
    Serves::Tagged(feed.into_bytes())
}

#[test]
fn what_a_feed_brings_is_read_decided_on_and_published() {
    let server = Server::new([("/feed", feed())]);
    let home = tempfile::tempdir().expect("a home");
    let places = [
        ("HOME", ""),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_STATE_HOME", "state"),
        ("XDG_CACHE_HOME", "cache"),
    ];
    let places = places.map(|(name, folder)| {
        let place = home.path().join(folder).to_string_lossy().into_owned();
        (name, place)
    });
    let environment = places
        .each_ref()
        .map(|(name, place)| (*name, place.as_str()));
    let added = Command::new(env!("CARGO_BIN_EXE_newsdesk"))
        .args(["feeds", "add", &server.url("/feed")])
        .env_clear()
        .envs(environment)
        .output()
        .expect("newsdesk runs");
    let said = String::from_utf8_lossy(&added.stdout);
    assert!(said.contains("added Coast: 2 articles"), "{added:?}");

    let mut pty = Pty::start(&[], 45, 160, &environment);
    pty.wait_for_text(" 0 articles");
    pty.press("gr");
    pty.wait_for_text("2 new, R to show.");
    pty.wait_for_text("2 articles");
    pty.press("R");
    pty.wait_for_text("The water of day 2.");
    pty.press("d");
    pty.wait_for_text("The water of day 1.");
    pty.press("P");
    pty.wait_for_text("1 staged");
    pty.press("$");
    pty.wait_for_text("REVIEW: publish 1");
    pty.confirm("written 1, unchanged 0, refused 0");
    pty.press("Q");
    assert!(pty.wait_exit().success());
    pty.assert_given_back();

    let file = home.path().join("news/coast/2026-03-01-low-tide.md");
    assert_eq!(fs::read_to_string(&file).expect("a file"), PUBLISHED);
}
