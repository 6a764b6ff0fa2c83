//! Letters on links: following, copying, messages, and the way back.

use newsdesk::app::geometry::Pane;
use newsdesk::app::{Event, Label, Lead};
use newsdesk::command::Keymap;

use crate::picture::text;
use crate::session::{Configured, MEDIUM, NARROW, Session, WIDE, article, size};

/// The letters on the link with these words.
fn letters(session: &Session, words: &str) -> String {
    let labels = session.app.labels().expect("letters on links");
    let found = labels.left().find(|it| it.link.words == words);
    found.expect("a link with these words").letters.clone()
}

fn follow(session: &mut Session, words: &str) {
    session.press(";");
    let letters = letters(session, words);
    session.press(&letters);
}

fn one(body: &str) -> Session {
    let text = article("One", 2, "originalUrl: https://news.example/one\n") + body;
    let other = article("Two", 1, "originalUrl: https://news.example/two\n");
    Session::of(&[("1.md", &text), ("2.md", &other)], WIDE)
}

#[test]
fn a_link_that_is_there_twice_is_opened_from_either_place() {
    let mut session =
        one("[first](https://a.example/)\n\nSome words.\n\n[second](https://a.example/)\n");
    for words in ["first", "second"] {
        follow(&mut session, words);
        assert_eq!(session.opened(), ["https://a.example/"], "{words}");
    }
}

#[test]
fn a_letter_opens_a_link_of_the_text_and_copies_it_after_y() {
    let mut session =
        one("See [the paper](https://arxiv.example/1?a=b) and [more](http://b.example).\n");
    session.press(";");
    let picture = text(&session.app);
    assert!(picture.contains("FOLLOW A LINK"), "{picture}");
    assert!(
        picture.contains("arxiv.example") && picture.contains("b.example"),
        "{picture}"
    );
    let paper = letters(&session, "the paper");
    session.press(&paper);
    assert_eq!(session.opened(), ["https://arxiv.example/1?a=b"]);
    assert!(session.app.labels().is_none());
    session.press(";y");
    assert!(text(&session.app).contains("COPY A LINK"));
    session.press(&letters(&session, "more"));
    assert_eq!(session.copied(), ["http://b.example/"]);
}

#[test]
fn a_link_to_an_article_of_the_library_goes_there_and_backspace_back() {
    for size in [WIDE, MEDIUM, NARROW] {
        let mut session = one("See [the other](https://news.example/two) or [its file](2.md).\n");
        session.resize(size).press("<Enter>");
        for words in ["the other", "its file"] {
            follow(&mut session, words);
            assert_eq!((session.shown(), session.focus()), ("Two", Pane::Detail));
            assert!(session.opened().is_empty());
            session.press("<Backspace>");
            assert_eq!((session.shown(), session.focus()), ("One", Pane::Detail));
        }
    }
}

#[test]
fn related_entries_have_letters_too() {
    let more = "related:\n- title: Elsewhere\n  webUrl: https://far.example/x\n\
                - title: Inside\n  webUrl: https://news.example/two\n- title: Nowhere\n";
    let text = article("One", 2, more);
    let other = article("Two", 1, "originalUrl: https://news.example/two\n");
    let mut session = Session::of(&[("1.md", &text), ("2.md", &other)], WIDE);
    follow(&mut session, "Elsewhere");
    assert_eq!(session.opened(), ["https://far.example/x"]);
    session.press(";");
    let labels = session.app.labels().expect("letters");
    assert!(!labels.left().any(|it| it.link.words == "Nowhere"));
    let inside = letters(&session, "Inside");
    session.press(&inside);
    assert_eq!(session.shown(), "Two");
}

#[test]
fn a_wrong_letter_is_told_and_esc_leaves() {
    let mut session = one("[a](https://a.example)\n");
    session.press(";z");
    assert_eq!(session.said(), "There is no link z; Esc leaves.");
    assert!(session.app.labels().is_some());
    session.press("<Esc>");
    assert!(session.app.labels().is_none() && session.opened().is_empty());
    let file = "---\ntitle: Bare\nexcerpt: x\n---\n";
    let mut bare = Session::of(&[("1.md", file)], WIDE);
    bare.press(";");
    assert_eq!(
        bare.said(),
        "There is no link on the screen; O lists those of the article."
    );
}

#[test]
fn many_links_have_two_letters_and_backspace_takes_one_back() {
    let links: Vec<String> = (0..30)
        .map(|at| format!("[link {at}](https://h{at}.example)"))
        .collect();
    let mut session = one(&(links.join(" ") + "\n"));
    session.press(";");
    let name = letters(&session, "link 25");
    assert_eq!(name.len(), 2);
    session.press(&name[..1]);
    let left = |session: &Session| session.app.labels().expect("letters").left().count();
    let narrowed = left(&session);
    session.press("<Backspace>");
    assert!(narrowed < left(&session));
    session.press(&name);
    assert_eq!(session.opened(), ["https://h25.example/"]);
}

#[test]
fn only_what_is_on_the_screen_has_letters() {
    let lines = "word\n\n".repeat(200);
    let mut session = one(&format!(
        "[early](https://a.example)\n\n{lines}[late](https://b.example)\n"
    ));
    session.press("<Enter>;");
    let words = |session: &Session| -> Vec<String> {
        let labels = session.app.labels().expect("letters").left();
        labels.map(|it| it.link.words.clone()).collect()
    };
    assert!(words(&session).contains(&"early".to_owned()));
    assert!(!words(&session).contains(&"late".to_owned()));
    session.press("<Esc>G;");
    assert!(words(&session).contains(&"late".to_owned()));
    assert!(!words(&session).contains(&"early".to_owned()));
}

#[test]
fn a_link_over_two_lines_has_letters_once() {
    let long = "word ".repeat(40);
    let mut session = one(&format!("[{}](https://a.example)\n", long.trim()));
    session.press(";");
    let labels = session.app.labels().expect("letters").left();
    let same = labels.filter(|it| it.link.url == "https://a.example");
    assert_eq!(same.count(), 1);
}

#[test]
fn letters_go_when_the_screen_below_them_changes() {
    let mut session = one("[a](https://a.example)\n");
    session.press(";").resize(MEDIUM);
    assert!(session.app.labels().is_some(), "the same links");
    session.write("1.md", &(article("One", 2, "") + "nothing\n"));
    session.notice_changes();
    assert!(session.app.labels().is_none());
    assert_eq!(
        session.said(),
        "The screen has changed; ; puts letters on the links again."
    );
}

#[test]
fn what_cannot_be_opened_says_why() {
    let mut session = one("[run](javascript:x) [gone](./gone.md)\n");
    follow(&mut session, "run");
    assert_eq!(
        session.said(),
        "Not opened: “javascript:” links are not opened, only http and https"
    );
    follow(&mut session, "gone");
    assert!(
        session.said().starts_with("Not opened: "),
        "{}",
        session.said()
    );
    assert!(session.opened().is_empty());
}

#[test]
fn a_footnote_is_reached_and_left_by_its_letters() {
    let lines = "word\n\n".repeat(100);
    let mut session = one(&format!("Said so.[^1]\n\n{lines}\n[^1]: By her.\n"));
    session.press("<Enter>jj");
    let before = session.app.detail().scroll();
    follow(&mut session, "[1]");
    let picture = text(&session.app);
    assert!(picture.contains("By her."), "{picture}");
    session.press("<Backspace>");
    assert_eq!(session.app.detail().scroll(), before);
    session.press("G;");
    let labels = session.app.labels().expect("letters");
    let is_note = |it: &&Label| matches!(it.link.lead, Lead::Line(_));
    let name = labels
        .left()
        .find(is_note)
        .expect("the note")
        .letters
        .clone();
    session.press(&name);
    assert!(text(&session.app).contains("Said so."));
}

#[test]
fn letters_that_a_person_has_bound_are_left_out() {
    let keymap = Keymap::with_overrides([("letters", "f", "cancel")]).expect("keys");
    let config = Configured {
        keymap,
        ..Configured::default()
    };
    let text = article("One", 2, "") + "[a](https://a.example)\n";
    let mut session = Session::configured(&[("1.md", &text)], WIDE, config);
    session.press(";");
    assert_ne!(letters(&session, "a"), "f");
    session.press("f");
    assert!(session.app.labels().is_none());
}

#[test]
fn nothing_is_reached_through_the_letters() {
    let mut session = one("[a](https://a.example)\n");
    session.press(";");
    session.tell(Event::Paste("f".to_owned()));
    assert!(session.opened().is_empty());
    assert!(session.app.labels().is_some(), "pasting types no letter");
}

#[test]
fn the_panel_is_where_there_is_room_also_on_a_screen_of_another_size() {
    for to in [size(150, 40), MEDIUM, NARROW] {
        let mut session = one("See [the paper](https://arxiv.example/1).\n");
        session.press("<Enter>;").resize(to);
        let placement = |session: &Session| session.app.panel().map(|it| it.placement);
        let kept = placement(&session);
        assert!(kept.is_some(), "{to:?}: {}", session.said());
        session.press("<Esc>;");
        assert_eq!(kept, placement(&session), "{to:?}");
    }
}
