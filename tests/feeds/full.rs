//! Fetching onto a full disk: what cannot be written is reported, leaves nothing behind, and comes
//! once there is room.

use std::process::Command;

use crate::samples::rss;
use crate::server::{Server, Serves};
use crate::world::{Run, World};

/// Runs a command whose files may not exceed this many bytes: writing more fails, as it does on a
/// full disk.
fn within(bytes: usize, world: &World, arguments: &[&str]) -> Run {
    const SCRIPT: &str = "trap '' XFSZ; ulimit -f \"$1\"; shift; exec \"$@\"";
    let command = world.command(arguments);
    let environment = command
        .get_envs()
        .filter_map(|(key, value)| Some((key, value?)));
    let mut limited = Command::new("/bin/sh");
    limited
        .args(["-c", SCRIPT, "sh", &(bytes / 512).to_string()])
        .arg(command.get_program())
        .args(command.get_args())
        .env_clear()
        .envs(environment);
    Run(limited.output().expect("the program"))
}

/// A feed of this many entries, whose texts and guids contain this.
fn feed(name: &str, entries: usize, text: &str, guid: &str) -> Serves {
    let feed = String::from_utf8(rss(name, entries)).expect("text");
    let feed = feed
        .replace("Text 2.", text)
        .replace("<guid>", &format!("<guid>{guid}"));
    Serves::Tagged(feed.into_bytes())
}

/// A world that already has a desk.
fn world(server: &Server) -> World {
    let world = World::new();
    server.put("/first", feed("First", 1, "", ""));
    world.feeds(&[("First", server.url("/first"))]);
    world.run(&["fetch"]).done();
    world
}

#[test]
fn an_article_without_room_costs_neither_those_before_it_nor_other_feeds_anything() {
    let server = Server::new([
        ("/large", feed("Large", 3, &"word ".repeat(100_000), "")),
        ("/small", feed("Small", 2, "", "")),
    ]);
    let world = world(&server);
    world.feeds(&[
        ("Large", server.url("/large")),
        ("Small", server.url("/small")),
    ]);
    let run = within(400 << 10, &world, &["fetch"]);
    assert_eq!(run.code(), Some(1), "{}", run.err());
    let folder = world.library().join("large");
    let why = format!(
        "Large: failed: {}: cannot be written: file too large",
        folder.display()
    );
    assert!(run.out().contains(&why), "{}", run.out());
    let files = [
        "first/2026-03-01-entry-1.md",
        "large/2026-03-01-entry-1.md",
        "small/2026-03-01-entry-1.md",
        "small/2026-03-02-entry-2.md",
    ];
    assert_eq!(world.files(), files);
    world.run(&["check"]).done();
    let said = world.run(&["fetch", "--all"]).last();
    assert_eq!(said, "feeds 2, unchanged 1, new 2, updated 0, failed 0");
    assert!(world.text("large/2026-03-02-entry-2.md").len() > 500_000);
}

#[test]
fn articles_of_which_the_desk_has_no_room_to_know_come_once() {
    let server = Server::new([("/feed", feed("F", 100, "", &"g".repeat(900)))]);
    let world = world(&server);
    world.feeds(&[("F", server.url("/feed"))]);
    let run = within(48 << 10, &world, &["fetch"]);
    assert_eq!(run.code(), Some(1), "{}{}", run.out(), run.err());
    assert!(
        run.out().contains("F: failed: writing to the desk"),
        "{}",
        run.out()
    );
    let files = world.files();
    let texts: Vec<String> = files.iter().map(|file| world.text(file)).collect();
    world.run(&["fetch", "--all"]).done();
    assert_eq!(world.files(), files);
    let again: Vec<String> = files.iter().map(|file| world.text(file)).collect();
    assert_eq!(again, texts);
}
