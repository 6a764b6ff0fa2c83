//! Servers that mean harm: each costs a sentence, within its limit.

use crate::samples::rss;
use crate::server::{Server, Serves};
use crate::world::World;

/// What a fetch reports about what is at a path.
fn said(serves: Serves) -> String {
    let server = Server::new([("/feed", serves)]);
    let world = World::new();
    world.feeds(&[("Bad", server.url("/feed"))]);
    let run = world.run(&["fetch"]);
    assert_eq!(run.code(), Some(1), "{}{}", run.out(), run.err());
    assert!(world.files().is_empty(), "{:?}", world.files());
    run.out().lines().next().unwrap_or_default().to_owned()
}

fn redirect(to: &str) -> Serves {
    Serves::Status(302, vec![("Location", to.to_owned())])
}

#[test]
fn what_has_no_end_is_cut() {
    let large = "Bad: failed: the answer is larger than 10 MB";
    assert_eq!(
        said(Serves::Endless("<item><title>x</title></item>")),
        large
    );
    assert_eq!(said(Serves::Gzip(vec![b' '; 64 << 20])), large);
}

#[test]
fn entities_are_not_expanded() {
    let mut bomb = String::from("<!DOCTYPE rss [<!ENTITY a0 \"ha\">");
    for at in 1..30 {
        let before = at - 1;
        bomb.push_str(&format!("<!ENTITY a{at} \"&a{before};&a{before};\">"));
    }
    bomb.push_str("<!ENTITY x SYSTEM \"file:///etc/passwd\">]>");
    let feed = format!("{bomb}<rss><channel><item><title>&a29; &x;</title></item></channel></rss>");
    let server = Server::new([("/feed", Serves::Document("text/xml", feed.into_bytes()))]);
    let world = World::new();
    world.feeds(&[("Bomb", server.url("/feed"))]);
    world.run(&["fetch"]).done();
    assert!(
        world
            .text(&world.files()[0])
            .contains("title: \"&a29; &x;\"")
    );
}

#[test]
fn redirects_have_limits() {
    assert_eq!(
        said(redirect("/feed")),
        "Bad: failed: more than 5 redirects"
    );
    for to in [
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "javascript:alert(1)",
    ] {
        let said = said(redirect(to));
        assert!(
            said.starts_with("Bad: failed: it is redirected to "),
            "{said}"
        );
    }
}

#[test]
fn depth_has_a_limit() {
    let deep = format!("<rss><channel>{}", "<a>".repeat(1_000_000));
    let said = said(Serves::Document("text/xml", deep.into_bytes()));
    assert_eq!(said, "Bad: failed: line 1: it ends in the middle");
    let json = format!("{{\"version\":{}", "[".repeat(1_000_000));
    let said = self::said(Serves::Document("application/json", json.into_bytes()));
    assert!(said.contains("recursion limit"), "{said}");
}

#[test]
fn what_is_said_is_safe_to_print() {
    let said = said(Serves::Document(
        "text/plain",
        b"\x1b]0;x\x07 \xe2\x80\xae hello".to_vec(),
    ));
    assert!(
        !said.contains('\u{1b}') && !said.contains('\u{202e}'),
        "{said:?}"
    );
    let feed = String::from_utf8(rss("\u{1b}[2J\u{9b}31m", 1)).expect("text");
    let server = Server::new([("/feed", Serves::Document("text/xml", feed.into_bytes()))]);
    let world = World::new();
    let added = world.run(&["feeds", "add", &server.url("/feed")]).done();
    assert!(
        !added.contains('\u{1b}') && !added.contains('\u{9b}'),
        "{added:?}"
    );
}

#[test]
fn a_body_of_a_million_tags_is_an_article_all_the_same() {
    let body = "&lt;div&gt;".repeat(500_000);
    let feed = format!(
        "<rss><channel><item><title>A</title><description>{body}x</description></item></channel></rss>"
    );
    let server = Server::new([("/feed", Serves::Document("text/xml", feed.into_bytes()))]);
    let world = World::new();
    world.feeds(&[("Deep", server.url("/feed"))]);
    world.run(&["fetch"]).done();
    assert_eq!(world.files().len(), 1);
}
