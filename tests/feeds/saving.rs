//! `newsdesk add`: pages of the web as articles.

use std::fs;
use std::process::Stdio;
use std::sync::{Arc, Mutex};

use newsdesk::config::XdgEnvironment;
use newsdesk::feeds::service::{FeedsReply, FeedsRequest, Service};
use newsdesk::format::link::Link;
use rustix::process::{Pid, Signal, kill_process};

use crate::samples::rss;
use crate::server::{Server, Serves};
use crate::world::World;

fn page(main: &str) -> Serves {
    Serves::Document("text/html; charset=utf-8", html(main))
}

fn html(main: &str) -> Vec<u8> {
    let prose =
        "<p>The sea rises and falls twice a day, as it follows the moon, and a little the sun; \
                 where the coast narrows, <a href='/bay'>the bay</a> adds metres to it.</p>"
            .repeat(4);
    format!(
        "<html><head><title>Tides</title><meta name=author content='Ada'>\
         <meta property='og:description' content='What the moon does.'>\
         <meta property='article:published_time' content='2026-03-05T10:00:00Z'></head><body>\
         <nav><a href='/'>Home</a></nav><article><h1>Tides</h1>{prose}{main}</article></body></html>"
    )
    .into_bytes()
}

#[test]
fn a_page_becomes_an_article_once() {
    let server = Server::new([
        ("/tides", page("")),
        (
            "/tides?utm_source=x",
            page("<script>no()</script><p>Ebb.</p>"),
        ),
        (
            "/short",
            Serves::Status(302, vec![("Location", "/tides".into())]),
        ),
    ]);
    let world = World::new();
    let said = world
        .run(&["add", &server.url("/tides?utm_source=x")])
        .done();
    assert!(said.starts_with("saved “Tides”: "), "{said}");
    let file = "2026-03-05-tides.md";
    assert_eq!(world.files(), [file]);
    let text = world.text(file);
    for part in [
        "title: \"Tides\"\n",
        "excerpt: \"What the moon does.\"\n",
        "publishedDateTime: 2026-03-05T10:00:00Z\n",
        "published: false\n",
        "- name: Ada\n",
        &format!("[the bay]({})", server.url("/bay")),
        "\nEbb.\n",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert!(
        !text.contains("guid:") && !text.contains("no()") && !text.contains("Home"),
        "{text}"
    );
    // Under any of its addresses.
    for again in ["/tides", "/short"] {
        let said = world.run(&["add", &server.url(again)]).done();
        assert!(said.contains("there already: "), "{said}");
    }
    assert_eq!(world.files(), [file]);
    world.run(&["check"]).done();
}

#[test]
fn pages_that_lead_to_one_become_one_article() {
    let to = |path: &str| Serves::Status(302, vec![("Location", path.to_owned())]);
    let server = Server::new([
        ("/tides", page("")),
        ("/short", to("/tides?utm_source=x")),
        ("/tides?utm_source=x", page("")),
    ]);
    let world = World::new();
    let [page, short] = ["/tides", "/short"].map(|path| server.url(path));
    let said = world.run(&["add", &page, &short]).done();
    assert!(
        said.contains("saved “Tides”: ") && said.contains("there already: "),
        "{said}"
    );
    assert_eq!(world.files(), ["2026-03-05-tides.md"]);
    // The same in the reader, which knows the article by then.
    let path = world.library().join("2026-03-05-tides.md");
    let known = |url: &str| (url == format!("{page}?utm_source=x")).then(|| path.clone());
    let service = Service {
        places: XdgEnvironment {
            home: Some(world.path("home")),
            ..XdgEnvironment::default()
        },
        desk: None,
        opened: None,
    };
    let save = FeedsRequest::Save(Link::parse(&short).expect("a link"));
    let reply = service.answer(save, &|_| false, &known);
    let why = format!("it is there already: {}", path.display());
    assert_eq!(reply, FeedsReply::Saved(Err(why)));
    assert_eq!(world.files(), ["2026-03-05-tides.md"]);
}

#[test]
fn pages_and_feeds_go_into_the_library_that_is_named() {
    let server = Server::new([
        ("/tides", page("")),
        ("/feed", Serves::Tagged(rss("News", 1))),
    ]);
    let world = World::new();
    let two = "default_library = \"Home\"\n[libraries.Home]\nroots = [\"~/news\"]\n\
               [libraries.Work]\nroots = [\"~/news/work\"]\n";
    world.write("home/.config/newsdesk/config.toml", two);
    fs::create_dir(world.library().join("work")).expect("a folder");
    let [page, feed] = ["/tides", "/feed"].map(|path| server.url(path));
    world.run(&["-l", "Work", "add", &page]).done();
    // A feed stays where it was added.
    world.run(&["-l", "Work", "feeds", "add", &feed]).done();
    world.run(&["fetch"]).done();
    let expected = [
        "work/2026-03-05-tides.md",
        "work/news/2026-03-01-entry-1.md",
    ];
    assert_eq!(world.files(), expected);
    world.feeds(&[("Other", format!("{feed}?other"))]);
    server.put("/feed?other", Serves::Tagged(rss("Other", 1)));
    world.run(&["-l", "Work", "fetch"]).done();
    assert_eq!(world.files()[2..], ["work/other/2026-03-01-entry-1.md"]);
    let nowhere = world.run(&["-l", "Nowhere", "fetch"]);
    assert_eq!(nowhere.code(), Some(2), "{}", nowhere.out());
}

#[test]
fn what_cannot_be_saved_is_told_and_costs_the_others_nothing() {
    let deep = "<ul><li>".repeat(5_000);
    let server = Server::new([
        ("/good", page("")),
        ("/deep", page(&deep)),
        ("/large", page(&"<p>word</p>".repeat(500_000))),
        (
            "/pdf",
            Serves::Document("application/pdf", b"%PDF-1.7".to_vec()),
        ),
        (
            "/app",
            Serves::Document("text/html", b"<div id=app></div>".to_vec()),
        ),
    ]);
    let world = World::new();
    let list: Vec<String> = ["/deep", "/large", "/pdf", "/app", "/missing", "/good"]
        .map(|path| server.url(path))
        .to_vec();
    world.write("links", &(list.join("\n\n") + "\n"));
    let links = fs::File::open(world.path("links")).expect("a file");
    let mut command = world.command(&["add", "--into", "reading", "-"]);
    let run = command
        .stdin(links)
        .stdout(Stdio::piped())
        .output()
        .expect("the program");
    let err = String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(1), "{err}");
    for said in [
        "/deep: the page nests elements more than 512 deep",
        "/large: the answer is larger than 5 MB",
        "/pdf: it is not a page: its server says that it is application/pdf",
        "/app: no main text was found in the page",
        "/missing: the server says 404",
    ] {
        assert!(err.contains(said), "{said}\n{err}");
    }
    assert_eq!(world.files(), ["reading/2026-03-05-tides.md"]);
}

#[test]
fn a_page_that_fails_makes_nobody_a_library() {
    let server = Server::new([("/tides", page(""))]);
    let world = World::new();
    let config = world.path("home/.config/newsdesk/config.toml");
    fs::remove_file(&config).expect("a file");
    fs::remove_dir(world.library()).expect("a folder");
    let run = world.run(&["add", &server.url("/gone")]);
    assert_eq!(run.code(), Some(1), "{}", run.err());
    assert!(!config.exists() && !world.library().exists());
    let said = world.run(&["add", &server.url("/gone"), &server.url("/tides")]);
    assert!(
        said.out().starts_with("your library is now "),
        "{}",
        said.out()
    );
    assert_eq!(world.files(), ["2026-03-05-tides.md"]);
}

#[test]
fn a_page_is_read_in_its_own_charset() {
    let words =
        "Morgens f\u{e4}llt das Wasser, abends steigt es wieder \u{fc}ber die Ufer. ".repeat(12);
    let html = format!(
        "<html><head><meta charset=windows-1252><title>Gezeiten</title></head><body><p>{words}</p></body></html>"
    );
    let bytes: Vec<u8> = html.chars().map(|sign| sign as u8).collect();
    let server = Server::new([("/page", Serves::Document("text/html", bytes))]);
    let world = World::new();
    world.run(&["add", &server.url("/page")]).done();
    let text = world.text(&world.files()[0]);
    assert!(text.contains("f\u{e4}llt das Wasser"), "{text}");
}

#[test]
fn a_feed_gets_the_full_text_of_its_new_entries_once() {
    let feed = |teaser: &str| {
        let feed = format!(
            "<rss version='2.0'><channel><title>F</title><item><title>Tides</title><guid>1</guid>\
             <link>/tides</link><pubDate>Thu, 05 Mar 2026 10:00:00 GMT</pubDate>\
             <description>{teaser}</description></item><item><title>Gone</title><guid>2</guid>\
             <link>/gone</link><pubDate>Wed, 04 Mar 2026 10:00:00 GMT</pubDate>\
             <description>Short.</description></item></channel></rss>"
        );
        Serves::Tagged(feed.into_bytes())
    };
    let server = Server::new([("/feed", feed("The sea.")), ("/tides", page("<p>Ebb.</p>"))]);
    let world = World::new();
    let url = server.url("/feed");
    let list = format!("[[feed]]\nurl = {url:?}\nname = \"F\"\nfull_text = true\n");
    world.write("home/.config/newsdesk/feeds.toml", &list);
    let said = world.run(&["fetch"]).done();
    assert!(
        said.contains("1 article came without its full text: the server says 404"),
        "{said}"
    );
    let file = "f/2026-03-05-tides.md";
    let text = world.text(file);
    assert!(
        text.contains("excerpt: \"The sea.\"") && text.ends_with("\nEbb.\n"),
        "{text}"
    );
    assert!(world.text("f/2026-03-04-gone.md").ends_with("\nShort.\n"));
    // What the feed says now is neither news nor a reason to request the page again.
    server.put("/feed", feed("The sea rises."));
    let said = world.run(&["fetch", "--all"]).done();
    assert!(!said.contains("somebody else"), "{said}");
    assert!(
        world.text(file).ends_with("\nEbb.\n"),
        "{}",
        world.text(file)
    );
    assert_eq!(server.seen("/tides").len(), 1);
    // Without it, the full text stays.
    world.write(
        "home/.config/newsdesk/feeds.toml",
        &list.replace("true", "false"),
    );
    server.put("/feed", feed("The sea rises and falls."));
    world.run(&["fetch", "--all"]).done();
    assert!(
        world.text(file).ends_with("\nEbb.\n"),
        "{}",
        world.text(file)
    );
}

/// A world with a feed of this many entries, which get their text from their pages.
fn with_full_texts(server: &Server, entries: usize) -> World {
    let feed = String::from_utf8(rss("F", entries)).expect("text");
    let feed = feed.replace("https://a.example/F/", &server.url("/"));
    server.put("/feed", Serves::Tagged(feed.into_bytes()));
    let world = World::new();
    let url = server.url("/feed");
    let list = format!("[[feed]]\nurl = {url:?}\nname = \"F\"\nfull_text = true\n");
    world.write("home/.config/newsdesk/feeds.toml", &list);
    world
}

fn has_full_texts(world: &World) -> bool {
    let mut files = world.files().into_iter();
    files.all(|file| world.text(&file).ends_with("\nEbb.\n"))
}

#[test]
fn a_fetch_that_is_stopped_leaves_no_article_without_its_full_text() {
    const ENTRIES: usize = 20;
    let server = Server::new([]);
    let gate = Arc::new(Mutex::new(()));
    for number in 1..=ENTRIES {
        let held = Serves::Held(Arc::clone(&gate), html("<p>Ebb.</p>"));
        server.put(&format!("/{number}"), held);
    }
    let world = with_full_texts(&server, ENTRIES);
    let closed = gate.lock().expect("a gate");
    let mut fetch = world.command(&["fetch"]);
    let fetch = fetch.stdout(Stdio::piped()).spawn().expect("a run");
    while server.seen("/20").is_empty() {
        std::thread::yield_now();
    }
    let process = Pid::from_child(&fetch);
    kill_process(process, Signal::INT).expect("a signal");
    drop(closed);
    let run = fetch.wait_with_output().expect("its end");
    assert_eq!(run.status.code(), Some(130));
    let said = String::from_utf8_lossy(&run.stdout);
    assert!(said.contains("left for the next fetch"), "{said}");
    assert!(has_full_texts(&world));
    // It is due at once.
    world.run(&["fetch"]).done();
    assert!(has_full_texts(&world));
    assert_eq!(world.files().len(), ENTRIES);
}
