//! The list of feeds.

use crate::samples::rss;
use crate::server::{Server, Serves};
use crate::world::World;

const PAGE: &str = "<!doctype html><html><head><title>Site</title>\
    <link rel=alternate type=application/rss+xml title=News href=/feed>\
    <link rel=alternate type=application/atom+xml title=Comments href=/comments></head></html>";

fn html(text: &str) -> Serves {
    Serves::Document("text/html", text.as_bytes().to_vec())
}

#[test]
fn a_feed_is_added_by_its_address_and_fetched() {
    let server = Server::new([("/feed", Serves::Tagged(rss("News", 2)))]);
    let world = World::new();
    let said = world
        .run(&["feeds", "add", &server.url("/feed"), "--topic", "AI"])
        .done();
    assert!(said.starts_with("added News: 2 articles"), "{said}");
    let table = format!(
        "[[feed]]\nurl = \"{}\"\nname = \"News\"\ninto = \"news\"\ntopics = [\"AI\"]\n",
        server.url("/feed")
    );
    assert_eq!(world.list(), table);
    let said = world.run(&["fetch"]).done();
    assert_eq!(
        said,
        "News: 2 new\nfeeds 1, unchanged 0, new 2, updated 0, failed 0\n"
    );
    assert_eq!(
        world.files(),
        ["news/2026-03-01-entry-1.md", "news/2026-03-02-entry-2.md"]
    );
    assert!(
        world
            .text("news/2026-03-01-entry-1.md")
            .contains("\ntopics:\n  - AI\n")
    );
    let again = world.run(&["feeds", "add", &server.url("/feed")]);
    assert_eq!(again.code(), Some(2));
    assert!(
        again.err().contains("is in the list already, as “News”"),
        "{}",
        again.err()
    );
}

#[test]
fn the_feeds_of_a_page_are_offered() {
    let feed = || Serves::Tagged(rss("News", 1));
    let server = Server::new([("/", html(PAGE)), ("/feed", feed()), ("/comments", feed())]);
    let world = World::new();
    let offered = world.run(&["feeds", "add", &server.url("/")]);
    assert_eq!(offered.code(), Some(1));
    let lines = offered.out();
    assert!(
        lines.starts_with(&format!("1  {}  News\n", server.url("/feed"))),
        "{lines}"
    );
    assert!(lines.ends_with("--pick N\n"), "{lines}");
    world
        .run(&[
            "feeds",
            "add",
            &server.url("/"),
            "--pick",
            "2",
            "--name",
            "Talk",
        ])
        .done();
    assert!(
        world.list().contains("/comments\"\nname = \"Talk\""),
        "{}",
        world.list()
    );
}

#[test]
fn a_feed_at_a_usual_place_is_found() {
    let server = Server::new([
        ("/blog", html("<html><body>No feed here</body></html>")),
        ("/atom.xml", Serves::Tagged(rss("Hidden", 1))),
    ]);
    let world = World::new();
    world.run(&["feeds", "add", &server.url("/blog")]).done();
    assert!(world.list().contains("/atom.xml"), "{}", world.list());
    let nothing = Server::new([("/", html("<html></html>"))]);
    let refused = world.run(&["feeds", "add", &nothing.url("/")]);
    assert_eq!(refused.code(), Some(2));
    assert!(
        refused.err().contains("links to no feed"),
        "{}",
        refused.err()
    );
}

#[test]
fn a_feed_is_added_where_it_is_for_good() {
    let to = |status, place: &str| Serves::Status(status, vec![("Location", place.to_owned())]);
    let server = Server::new([
        ("/for-now", to(302, "/here")),
        ("/for-good", to(308, "/other")),
        ("/here", Serves::Tagged(rss("Feed", 1))),
        ("/other", Serves::Tagged(rss("Other", 1))),
        ("/page", html("<html></html>")),
        ("/rss", to(307, "/here")),
    ]);
    let world = World::new();
    for (path, kept) in [
        ("/for-now", "/for-now"),
        ("/for-good", "/other"),
        ("/page", "/rss"),
    ] {
        world.run(&["feeds", "add", &server.url(path)]).done();
        let line = format!("url = \"{}\"\n", server.url(kept));
        assert!(world.list().contains(&line), "{path}\n{}", world.list());
    }
}

#[test]
fn a_time_that_is_none_is_refused() {
    let server = Server::new([("/feed", Serves::Tagged(rss("News", 1)))]);
    let world = World::new();
    let refused = world.run(&["feeds", "add", &server.url("/feed"), "--every", "often"]);
    assert_eq!(refused.code(), Some(2));
    assert!(
        refused.err().contains("expected a time"),
        "{}",
        refused.err()
    );
    assert_eq!(world.list(), "");
}

#[test]
fn names_addresses_and_comments_are_kept_in_order() {
    let world = World::new();
    let text = "# mine\n[[feed]]\nurl = \"https://a.example/feed\" # here\nname = \"A\"\n";
    world.write("home/.config/newsdesk/feeds.toml", text);
    world.run(&["feeds", "rename", "a", "Alpha"]).done();
    assert_eq!(world.list(), text.replace("\"A\"", "\"Alpha\""));
    world
        .run(&["feeds", "move", "alpha", "https://b.example/feed"])
        .done();
    assert!(
        world
            .list()
            .contains("url = \"https://b.example/feed\" # here"),
        "{}",
        world.list()
    );
    let listed = world.run(&["feeds", "list"]).done();
    assert!(
        listed.contains("Alpha") && listed.contains("never fetched"),
        "{listed}"
    );
    world.run(&["feeds", "remove", "alpha"]).done();
    assert!(!world.list().contains("[[feed]]"), "{}", world.list());
    let none = world.run(&["fetch"]);
    assert_eq!(none.code(), Some(2));
    assert!(none.err().contains("feeds add"), "{}", none.err());
}

#[test]
fn a_list_goes_out_and_comes_in_again() {
    let world = World::new();
    world.feeds(&[
        ("A & B", "https://a.example/?x=1&y=2".into()),
        ("C", "https://c.example/".into()),
    ]);
    world.run(&["feeds", "export", "out.opml"]).done();
    let other = World::new();
    let file = world.path("out.opml");
    let file = file.to_str().expect("a path");
    let said = other.run(&["feeds", "import", file]).done();
    assert_eq!(said, "added 2, known 0, left out 0\n");
    let again = other.run(&["feeds", "import", file]).done();
    assert_eq!(again, "added 0, known 2, left out 0\n");
    let [one, two] = [&world, &other].map(|it| it.run(&["feeds", "export"]).done());
    assert_eq!(one, two);
}

#[test]
fn secrets_go_to_another_host_only_where_its_name_is_typed() {
    let world = World::new();
    let list = "[[feed]]\nurl = \"https://a.example/feed\"\nname = \"A\"\n\
                user = \"ada\"\npassword_command = [\"printf\", \"secret\"]\n";
    world.write("home/.config/newsdesk/feeds.toml", list);
    let answered = |answer: &str, to: &str| {
        world.write("answer", answer);
        let answer = std::fs::File::open(world.path("answer")).expect("a file");
        let mut command = world.command(&["feeds", "move", "A", to]);
        command.stdin(answer).output().expect("the program")
    };
    let refused = answered("y\n", "https://b.example/feed");
    assert_eq!(refused.status.code(), Some(2));
    assert_eq!(world.list(), list);
    // The same host needs no answer.
    assert!(answered("", "https://a.example/new").status.success());
    assert!(
        answered("b.example\n", "https://b.example/feed")
            .status
            .success()
    );
    assert!(
        world.list().contains("https://b.example/feed"),
        "{}",
        world.list()
    );
}

#[test]
fn a_user_in_an_address_is_refused_without_showing_it() {
    let world = World::new();
    let refused = world.run(&["feeds", "add", "https://ada:secret@a.example/feed"]);
    assert_eq!(refused.code(), Some(2));
    assert!(refused.err().contains("password_command") && !refused.err().contains("secret"));
    world.feeds(&[("A", "https://ada:secret@a.example/feed".into())]);
    let refused = world.run(&["fetch"]);
    assert_eq!(refused.code(), Some(2));
    assert!(!refused.err().contains("secret"), "{}", refused.err());
}

#[test]
fn a_name_is_one_line() {
    let world = World::new();
    world.feeds(&[("A", "https://a.example/feed".into())]);
    let said = world
        .run(&["feeds", "rename", "A", " Ars\nTechnica "])
        .done();
    assert_eq!(said, "A is now called Ars Technica\n");
    assert!(
        world.list().contains("name = \"Ars Technica\"\n"),
        "{}",
        world.list()
    );
    let refused = world.run(&["feeds", "rename", "Ars Technica", "\n"]);
    assert_eq!(refused.code(), Some(2));
}

#[test]
fn a_list_without_feeds_is_noticed() {
    let world = World::new();
    world.write("home/empty.opml", "<opml version='2.0'><body/></opml>");
    let path = world.path("home/empty.opml");
    let run = world.run(&["feeds", "import", path.to_str().expect("UTF-8")]);
    assert_eq!(run.code(), Some(1));
    assert!(
        run.err().contains("there is no feed in it"),
        "{}",
        run.err()
    );
}

#[test]
fn feeds_that_are_imported_have_a_library_to_go_to() {
    let server = Server::new([("/feed", Serves::Tagged(rss("News", 1)))]);
    let world = World::new();
    std::fs::remove_file(world.path("home/.config/newsdesk/config.toml")).expect("a file");
    let opml = format!(
        "<opml version='2.0'><body><outline text='News' xmlUrl='{}'/></body></opml>",
        server.url("/feed")
    );
    world.write("home/list.opml", &opml);
    let path = world.path("home/list.opml");
    let path = path.to_str().expect("UTF-8");
    let said = world.run(&["feeds", "import", "--dry-run", path]).done();
    assert!(!said.contains("your library"), "{said}");
    let said = world.run(&["feeds", "import", path]).done();
    assert!(said.contains("your library is now"), "{said}");
    world.run(&["fetch"]).done();
    assert_eq!(world.files(), ["news/2026-03-01-entry-1.md"]);
}

#[test]
fn somebody_without_a_library_gets_one() {
    let server = Server::new([("/feed", Serves::Tagged(rss("News", 1)))]);
    let world = World::new();
    std::fs::remove_file(world.path("home/.config/newsdesk/config.toml")).expect("a file");
    let said = world.run(&["feeds", "add", &server.url("/feed")]).done();
    assert!(said.contains("your library is"), "{said}");
    world.run(&["fetch"]).done();
    assert_eq!(world.files(), ["news/2026-03-01-entry-1.md"]);
    let listed = world.run(&["list", "--format", "tsv"]).done();
    assert!(listed.contains("Entry 1"), "{listed}");
}
