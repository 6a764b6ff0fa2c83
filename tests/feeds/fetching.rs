//! Fetching: what becomes files, and what servers are asked for.

use crate::samples::{Becomes, all, item, rss};
use crate::server::{Server, Serves};
use crate::world::World;

#[test]
fn every_sample_becomes_what_it_should() {
    let samples = all();
    assert!(samples.len() >= 60, "{}", samples.len());
    let server = Server::new([]);
    let world = World::new();
    let mut list = Vec::new();
    for (at, (name, bytes, _)) in samples.iter().enumerate() {
        server.put(
            &format!("/{at}"),
            Serves::Document("application/xml", bytes.clone()),
        );
        list.push((*name, server.url(&format!("/{at}"))));
    }
    world.feeds(&list);
    let said = world.run(&["fetch"]);
    assert_eq!(said.code(), Some(1), "{}", said.err());
    let (said, files) = (said.out(), world.files());
    let mut wrong = Vec::new();
    for (name, _, becomes) in &samples {
        let folder = format!("{}/", name.replace([' ', '.'], "-").to_lowercase());
        let own: Vec<&String> = files.iter().filter(|it| it.starts_with(&folder)).collect();
        let is_right = match becomes {
            Becomes::Failure(why) => {
                let start = format!("{name}: failed");
                let line = said.lines().find(|line| line.starts_with(&start));
                own.is_empty() && line.is_some_and(|line| line.contains(why))
            }
            Becomes::Articles(count, line) => {
                let last = own.last().map(|file| world.text(file)).unwrap_or_default();
                own.len() == *count && last.contains(line)
            }
        };
        if !is_right {
            wrong.push((
                name,
                own.iter().map(|file| world.text(file)).collect::<Vec<_>>(),
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}\n{said}");
    let checked = world.run(&["check"]);
    assert_eq!(checked.code(), Some(0), "{}", checked.out());
    let again = world.run(&["fetch", "--all"]).last();
    assert!(again.contains("new 0, updated 0"), "{again}");
    assert_eq!(world.files(), files);
}

#[test]
fn a_feed_that_has_not_changed_is_not_read_again() {
    let server = Server::new([
        ("/tagged", Serves::Tagged(rss("Tagged", 2))),
        ("/plain", Serves::Document("text/xml", rss("Plain", 2))),
    ]);
    let world = World::new();
    world.feeds(&[
        ("Tagged", server.url("/tagged")),
        ("Plain", server.url("/plain")),
    ]);
    assert!(world.run(&["fetch"]).done().contains("new 4"));
    let files: Vec<String> = world.files().iter().map(|file| world.text(file)).collect();
    let said = world.run(&["fetch", "--all"]).last();
    assert_eq!(said, "feeds 2, unchanged 2, new 0, updated 0, failed 0");
    assert!(
        server.seen("/tagged")[1]
            .headers
            .contains_key("if-none-match")
    );
    let again: Vec<String> = world.files().iter().map(|file| world.text(file)).collect();
    assert_eq!(files, again);
    // Nothing is due this soon.
    assert_eq!(
        world.run(&["fetch"]).last(),
        "feeds 0, unchanged 0, new 0, updated 0, failed 0"
    );
    assert_eq!(server.seen("/plain").len(), 2);
    // Losing the cache brings nothing twice.
    std::fs::remove_dir_all(world.path("home/.cache")).expect("a cache");
    let said = world.run(&["fetch"]).last();
    assert_eq!(said, "feeds 2, unchanged 2, new 0, updated 0, failed 0");
    assert_eq!(world.files().len(), 4);
}

#[test]
fn what_changes_at_the_source_is_updated() {
    let server = Server::new([("/feed", Serves::Tagged(rss("F", 2)))]);
    let world = World::new();
    world.feeds(&[("F", server.url("/feed"))]);
    world.run(&["fetch"]).done();
    let changed = String::from_utf8(rss("F", 3))
        .expect("text")
        .replace("Text 1.", "Another text.");
    server.put("/feed", Serves::Tagged(changed.into_bytes()));
    let dry = world.run(&["fetch", "--all", "--dry-run"]).last();
    assert_eq!(dry, "feeds 1, unchanged 0, new 1, updated 1, failed 0");
    assert_eq!(world.files().len(), 2);
    let said = world.run(&["fetch", "--all"]).last();
    assert_eq!(said, "feeds 1, unchanged 0, new 1, updated 1, failed 0");
    assert!(
        world
            .text("f/2026-03-01-entry-1.md")
            .ends_with("---\n\nAnother text.\n")
    );
}

#[test]
fn an_update_that_fails_is_made_by_a_later_fetch() {
    let feed = |text: &str| {
        let feed = String::from_utf8(rss("F", 1)).expect("text");
        Serves::Tagged(feed.replace("Text 1.", text).into_bytes())
    };
    let server = Server::new([("/feed", feed("Before."))]);
    let world = World::new();
    world.feeds(&[("F", server.url("/feed"))]);
    world.run(&["fetch"]).done();
    let (file, other) = (
        world.library().join("f/2026-03-01-entry-1.md"),
        world.path("other"),
    );
    std::fs::hard_link(&file, &other).expect("another name");
    server.put("/feed", feed("After."));
    let run = world.run(&["fetch", "--all"]);
    let said = run.out();
    assert!(said.contains("cannot be updated: "), "{said}");
    let counts = "feeds 1, unchanged 0, new 0, updated 0, failed 1";
    assert_eq!((run.code(), &*run.last()), (Some(1), counts));
    std::fs::remove_file(&other).expect("a file");
    let said = world.run(&["fetch", "--all"]).last();
    assert_eq!(said, "feeds 1, unchanged 0, new 0, updated 1, failed 0");
    let text = std::fs::read_to_string(&file).expect("a file");
    assert!(text.ends_with("\nAfter.\n"), "{text}");
}

#[test]
fn failures_are_told_and_hold_nobody_up() {
    let retry = vec![("Retry-After", "86400".to_owned())];
    let server = Server::new([
        ("/good", Serves::Tagged(rss("Good", 1))),
        ("/busy", Serves::Status(503, retry)),
        ("/gone", Serves::Status(410, Vec::new())),
        ("/hangup", Serves::Hangup),
    ]);
    let world = World::new();
    world.feeds(&[
        ("Busy", server.url("/busy")),
        ("Gone", server.url("/gone")),
        ("Hangup", server.url("/hangup")),
        ("Missing", server.url("/missing")),
        ("Nobody", "http://127.0.0.1:1/feed".to_owned()),
        ("Good", server.url("/good")),
    ]);
    let run = world.run(&["fetch"]);
    assert_eq!(run.code(), Some(1));
    assert_eq!(
        run.last(),
        "feeds 6, unchanged 0, new 1, updated 0, failed 5"
    );
    for said in [
        "Busy: failed: the server says 503: it has a problem",
        "Gone: failed: the server says 410: it is gone for good",
        "Hangup: failed: 127.0.0.1 cannot be reached",
        "Missing: failed: the server says 404: there is nothing at this address",
        "Nobody: failed: 127.0.0.1 cannot be reached: connection refused",
    ] {
        assert!(run.out().contains(said), "{said}\n{}", run.out());
    }
    let listed = world.run(&["feeds", "list", "--format", "json"]).done();
    let listed: serde_json::Value = serde_json::from_str(&listed).expect("JSON");
    let due = |at: usize| listed[at]["due"].as_str().expect("a time").to_owned();
    assert!(
        due(0) > due(1),
        "the server wants a day, and a failure costs a quarter of an hour"
    );
    assert!(
        listed[0]["error"]
            .as_str()
            .expect("an error")
            .contains("503")
    );
}

#[test]
fn a_feed_that_has_moved_is_followed_and_can_be_kept_there() {
    let server = Server::new([
        (
            "/old",
            Serves::Status(301, vec![("Location", "/new".into())]),
        ),
        ("/new", Serves::Tagged(rss("F", 2))),
    ]);
    let world = World::new();
    world.feeds(&[("F", server.url("/old"))]);
    let said = world.run(&["fetch"]).done();
    assert!(
        said.contains(&format!("it has moved to {}", server.url("/new"))),
        "{said}"
    );
    world.run(&["feeds", "move", "F"]).done();
    assert!(world.list().contains("/new\""), "{}", world.list());
    let said = world.run(&["fetch"]).last();
    assert_eq!(said, "feeds 1, unchanged 1, new 0, updated 0, failed 0");
}

#[test]
fn credentials_are_sent_to_their_host_and_nobody_else() {
    let other = Server::new([("/feed", Serves::Tagged(rss("F", 1)))]);
    let server = Server::new([
        ("/own", Serves::Tagged(rss("Own", 1))),
        (
            "/away",
            Serves::Status(302, vec![("Location", other.url("/feed"))]),
        ),
    ]);
    let world = World::new();
    let secret = "user = \"ada\"\npassword_command = [\"printf\", \"%s\", \"s3cret\"]\nheaders = { X-Key = \"k3y\" }\n";
    let table =
        |name: &str, url: String| format!("[[feed]]\nurl = {url:?}\nname = {name:?}\n{secret}\n");
    let list = table("Own", server.url("/own")) + &table("Away", server.url("/away"));
    world.write("home/.config/newsdesk/feeds.toml", &list);
    let run = world.run(&["fetch"]);
    assert!(run.done().contains("new 2"), "{}", run.out());
    let own = &server.seen("/own")[0].headers;
    assert_eq!(
        own.get("authorization").map(String::as_str),
        Some("Basic YWRhOnMzY3JldA==")
    );
    assert_eq!(own.get("x-key").map(String::as_str), Some("k3y"));
    assert!(own["user-agent"].starts_with("newsdesk/"), "{own:?}");
    let away = &other.seen("/feed")[0].headers;
    assert!(
        !away.contains_key("authorization") && !away.contains_key("x-key"),
        "{away:?}"
    );
    for shown in [
        run.out(),
        world.run(&["feeds", "list"]).out(),
        world.run(&["feeds", "export"]).out(),
    ] {
        assert!(
            !shown.contains("s3cret") && !shown.contains("k3y"),
            "{shown}"
        );
    }
}

#[test]
fn only_what_is_named_is_fetched_and_told_as_json() {
    let server = Server::new([
        ("/a", Serves::Tagged(rss("A", 1))),
        ("/b", Serves::Tagged(rss("B", 1))),
    ]);
    let world = World::new();
    world.feeds(&[("A", server.url("/a")), ("B", server.url("/b"))]);
    let said = world.run(&["fetch", "b", "--format", "json"]).done();
    let said: serde_json::Value = serde_json::from_str(&said).expect("JSON");
    assert_eq!(said["totals"]["new"], 1);
    assert_eq!(said["feeds"][0]["name"], "B");
    assert_eq!(said["feeds"][0]["status"], "changed");
    assert!(server.seen("/a").is_empty());
    let unknown = world.run(&["fetch", "c"]);
    assert_eq!(unknown.code(), Some(2));
    assert!(
        unknown.err().contains("there is no feed “c”"),
        "{}",
        unknown.err()
    );
}

#[test]
fn while_one_fetches_another_leaves_with_a_sentence() {
    let server = Server::new([("/slow", Serves::Drip)]);
    let world = World::new();
    world.feeds(&[("Slow", server.url("/slow"))]);
    let mut first = world
        .command(&["fetch"])
        .stdout(std::process::Stdio::null())
        .spawn()
        .expect("a run");
    while server.seen("/slow").is_empty() {
        std::thread::yield_now();
    }
    let second = world.run(&["fetch"]);
    first.kill().expect("it runs");
    first.wait().expect("its end");
    assert_eq!(second.code(), Some(2));
    assert!(
        second.err().contains("another fetch is under way"),
        "{}",
        second.err()
    );
    // A killed fetch leaves nothing in the way.
    world.feeds(&[("Slow", server.url("/slow")), ("New", server.url("/new"))]);
    server.put("/new", Serves::Tagged(rss("New", 1)));
    assert!(world.run(&["fetch", "new"]).done().contains("new 1"));
}

#[test]
fn a_folder_that_cannot_be_written_costs_its_feed_only() {
    let server = Server::new([
        ("/a", Serves::Tagged(rss("A", 1))),
        ("/b", Serves::Tagged(rss("B", 1))),
    ]);
    let world = World::new();
    world.write("home/news/a", "a file in the way");
    world.feeds(&[("A", server.url("/a")), ("B", server.url("/b"))]);
    let run = world.run(&["fetch"]);
    assert_eq!(run.code(), Some(1));
    assert!(
        run.out().contains("A: failed: ") && run.out().contains("cannot be written"),
        "{}",
        run.out()
    );
    assert_eq!(world.files(), ["a", "b/2026-03-01-entry-1.md"]);
    std::fs::remove_file(world.path("home/news/a")).expect("a file");
    assert!(
        world.run(&["fetch", "a"]).done().contains("new 1"),
        "nothing was remembered of it"
    );
}

#[test]
fn a_feed_without_a_folder_costs_the_others_nothing() {
    let server = Server::new([("/a", Serves::Tagged(rss("A", 1)))]);
    let world = World::new();
    std::fs::remove_file(world.path("home/.config/newsdesk/config.toml")).expect("a file");
    let (url, into) = (server.url("/a"), world.library());
    let list = format!(
        "[[feed]]\nurl = {url:?}\ninto = {into:?}\n[[feed]]\nurl = \"https://b.example\"\nname = \"B\"\n"
    );
    world.write("home/.config/newsdesk/feeds.toml", &list);
    let run = world.run(&["fetch"]);
    assert_eq!(run.code(), Some(1));
    assert!(
        run.out().contains("B: failed: “B” goes into"),
        "{}",
        run.out()
    );
    assert_eq!(world.files(), ["2026-03-01-entry-1.md"]);
}

#[test]
fn how_long_a_feed_asks_to_be_left_alone_holds_while_it_does_not_change() {
    let feed = String::from_utf8(rss("F", 1)).expect("text");
    let feed = feed.replace("<channel>", "<channel><ttl>240</ttl>");
    let server = Server::new([("/feed", Serves::Tagged(feed.into_bytes()))]);
    let world = World::new();
    world.feeds(&[("F", server.url("/feed"))]);
    for _ in 0..2 {
        world.run(&["fetch", "--all"]).done();
        let listed = world.run(&["feeds", "list", "--format", "json"]).done();
        let listed: serde_json::Value = serde_json::from_str(&listed).expect("JSON");
        let time = |key: &str| -> jiff::Timestamp {
            let time = listed[0][key].as_str().expect("a time");
            time.parse().expect("a time")
        };
        assert_eq!(time("due").duration_since(time("fetched")).as_hours(), 4);
    }
}

#[test]
fn entries_beyond_the_limit_are_told() {
    let items: String = (1..=1_200).map(item).collect();
    let feed = format!("<rss><channel>{items}</channel></rss>").into_bytes();
    let server = Server::new([("/feed", Serves::Tagged(feed))]);
    let world = World::new();
    world.feeds(&[("Long", server.url("/feed"))]);
    let said = world.run(&["fetch"]).done();
    assert!(
        said.contains("the feed has 1200 entries; the first 1000 are read"),
        "{said}"
    );
    assert_eq!(world.files().len(), 1_000);
}

#[test]
fn what_the_headers_say_counts() {
    let feed = b"<rss><channel><item><title>Caf\xe9</title></item></channel></rss>".to_vec();
    let headers = vec![
        (
            "Content-Type",
            "text/xml; charset=\"iso-8859-1\"".to_owned(),
        ),
        ("Cache-Control", "max-age=7200".to_owned()),
    ];
    let server = Server::new([("/feed", Serves::With(headers, feed))]);
    let world = World::new();
    world.feeds(&[("F", server.url("/feed"))]);
    world.run(&["fetch"]).done();
    assert!(world.text(&world.files()[0]).contains("title: \"Café\""));
    let listed = world.run(&["feeds", "list", "--format", "json"]).done();
    let listed: serde_json::Value = serde_json::from_str(&listed).expect("JSON");
    let time = |key: &str| -> jiff::Timestamp {
        listed[0][key]
            .as_str()
            .expect("a time")
            .parse()
            .expect("a time")
    };
    assert_eq!(time("due").duration_since(time("fetched")).as_hours(), 2);
}

#[test]
fn what_is_done_with_and_old_is_moved_into_the_archive() {
    let server = Server::new([("/feed", Serves::Tagged(rss("F", 3)))]);
    let world = World::new();
    let url = server.url("/feed");
    let list = format!("[[feed]]\nurl = {url:?}\nname = \"F\"\nkeep = 1\n");
    world.write("home/.config/newsdesk/feeds.toml", &list);
    let run = world.run(&["fetch"]).done();
    assert!(!run.contains("_archive"), "nothing is done yet: {run}");
    let library = world.library();
    let path = library.to_str().expect("a path");
    let query = "title:\"Entry 1\" OR title:\"Entry 3\"";
    world.run(&["mark", "-q", query, "--done", path]).done();
    let run = world.run(&["fetch", "--all"]).done();
    assert!(run.contains("1 article was moved into _archive"), "{run}");
    let stay = ["f/2026-03-02-entry-2.md", "f/2026-03-03-entry-3.md"];
    let moved = ["f/_archive/2026-03-01-entry-1.md"];
    assert_eq!(world.files(), [&stay[..], &moved].concat());
    // It is still in the library, still done, and does not come again.
    assert_eq!(world.run(&["count", "-q", "is:done"]).done().trim(), "2");
    server.put("/feed", Serves::Tagged(rss("F", 4)));
    let run = world.run(&["fetch", "--all"]).done();
    assert!(run.contains("new 1,"), "{run}");
}
