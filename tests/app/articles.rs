//! Commands on an article: opening, copying, marking as read, and their messages.

use newsdesk::app::OpenFailure;
use newsdesk::format::link::Link;

use crate::picture::text;
use crate::session::{Deed, MEDIUM, NARROW, Session, WIDE, article};

/// A library with one article whose original is this.
fn with_original(url: &str) -> Session {
    let original = format!("originalUrl: {url}\n");
    let text =
        article("The one", 5, "").replace("originalUrl: https://news.example/5\n", &original);
    Session::of(&[("one.md", &text)], WIDE)
}

#[test]
fn o_opens_the_original_once_and_says_where() {
    let mut session = Session::sample(WIDE);
    let article = session.app.list().current().expect("a selection");
    let original = session
        .app
        .cx()
        .catalog
        .library()
        .article(article)
        .original()
        .into_owned();
    for keys in ["o", "<Enter>o", "zo"] {
        session.press(keys);
        assert_eq!(session.opened(), [original.as_str()], "after {keys}");
        assert!(
            session.said().starts_with("Opening orbitandfield.example"),
            "{}",
            session.said()
        );
    }
    assert_eq!(session.app.unread_count(), 69, "opening is reading");
}

#[test]
fn what_must_not_be_opened_is_refused_with_a_reason() {
    for (url, reason) in [
        ("javascript:alert(1)", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("/relative/page", "does not start with http"),
        ("\"\"", "It has no link."),
    ] {
        let mut session = with_original(url);
        session.press("o");
        assert_eq!(session.take_outside(), [], "{url}");
        assert!(session.said().contains(reason), "{url}: {}", session.said());
        session.press("yy");
        assert_eq!(session.take_outside(), [], "{url} is not copied either");
    }
}

#[test]
fn an_article_without_any_link_says_so() {
    let text = article("The one", 5, "").replace("originalUrl: https://news.example/5\n", "");
    let mut session = Session::of(&[("one.md", &text)], WIDE);
    for keys in ["o", "yy", "ym"] {
        session.press(keys);
        assert_eq!(session.said(), "It has no link.", "after {keys}");
    }
    session.press("O");
    assert_eq!(session.said(), "It has no links.");
    assert_eq!(session.take_outside(), []);
    assert!(!session.has_overlay());
}

#[test]
fn the_true_host_of_a_link_that_pretends_is_pointed_out() {
    let mut session = with_original("https://bank.example@evil.example/login");
    session.press("o");
    assert!(
        session.error().contains("the page is on evil.example"),
        "{}",
        session.error()
    );
    assert_eq!(session.opened().len(), 1);
    let mut session = with_original("https://аpple.example/");
    session.press("o");
    assert!(session.error().contains("xn--"), "{}", session.error());
}

#[test]
fn one_of_all_its_links_is_picked() {
    let mut session = Session::sample(WIDE);
    session.press("O");
    let picture = text(&session.app);
    for label in [
        "original",
        "ampWebUrl",
        "cdnAmpWebUrl",
        "Fieldnotes Forum",
        "image",
    ] {
        assert!(picture.contains(label), "{label} is missing in\n{picture}");
    }
    session.press("jjj<Enter>");
    assert!(!session.has_overlay(), "picking closes the links");
    assert_eq!(session.opened(), [""; 0], "it is an article of the library");
    assert_eq!(session.shown(), "Listening to Satellites");
    session.press("<Backspace>Ojjjj<Enter>");
    assert!(session.opened()[0].starts_with("https://orbitandfield.example/"));
    session.press("Oyy");
    assert!(session.copied()[0].starts_with("https://orbitandfield.example/missions/"));
    assert!(session.has_overlay(), "copying does not");
}

#[test]
fn copying_gives_the_link_the_title_the_path_and_markdown() {
    let more = "originalUrl: https://news.example/a_(b)";
    let text = article("Of [brackets] and\u{1b} signs", 5, "")
        .replace("originalUrl: https://news.example/5", more);
    let text = text.replace("\u{1b}", "\\e");
    let mut session = Session::of(&[("one.md", &text)], WIDE);
    for (keys, copied) in [
        ("yy", "https://news.example/a_(b)"),
        ("yt", "Of [brackets] and␛ signs"),
        (
            "ym",
            "[Of \\[brackets\\] and␛ signs](<https://news.example/a_(b)>)",
        ),
    ] {
        session.press(keys);
        assert_eq!(session.copied(), [copied], "after {keys}");
    }
    session.press("yp");
    assert_eq!(session.copied(), [session.path("one.md").to_string_lossy()]);
    session.press("yt");
    assert_eq!(session.said(), "Sent the title.");
    session.copying(Err("The terminal took nothing.".to_owned()));
    session.press("yt");
    assert_eq!(session.error(), "The terminal took nothing.");
}

#[test]
fn read_and_unread_again() {
    let mut session = Session::sample(WIDE);
    session.press("r");
    assert_eq!(session.app.unread_count(), 69);
    session.press("m");
    assert_eq!(session.app.unread_count(), 70);
    session.press("rjr");
    assert!(text(&session.app).contains("70 articles · 69 stories · 68 unread"));
    session.topic("Space").press("<Space>");
    let (seen, unread) = (
        session.app.list().articles().len(),
        session.app.unread_count(),
    );
    assert_eq!(unread, seen - 1, "of those listed, one is read");
}

#[test]
fn to_the_next_and_the_previous_that_is_not_handled() {
    let mut session = Session::sample(WIDE);
    let titles = session.titles();
    session.press("jdbgg");
    session.press("n");
    assert_eq!(
        (session.selected(), session.shown()),
        (&*titles[3], &*titles[3])
    );
    session.press("N");
    assert_eq!(session.selected(), titles[0]);
    session.press("N");
    assert_eq!(session.said(), "Everything above is handled.");
    session.press("Gn");
    assert_eq!(session.said(), "Everything below is handled.");
}

#[test]
fn without_an_article_nothing_is_done_and_it_is_said() {
    let mut session = Session::of(&[], WIDE);
    for keys in ["o", "yy", "yt", "yp", "ym"] {
        session.press(keys);
        assert_eq!(session.said(), "There is no article here.", "after {keys}");
    }
    session.press("O");
    assert_eq!(session.said(), "It has no links.");
    session.press("rnNjkG<Enter>z[]<Backspace> ");
    assert_eq!(session.take_outside(), []);
}

#[test]
fn without_a_browser_the_link_is_shown_whole_and_can_be_copied() {
    for size in [WIDE, MEDIUM, NARROW] {
        let mut session = Session::sample(size);
        let link = Link::parse("https://news.example/here").expect("a link");
        let reason = "There is no browser here.".to_owned();
        session.opening(Err(OpenFailure::NoBrowser { link, reason }));
        session.press("o");
        let picture = text(&session.app);
        assert!(picture.contains("https://news.example/here"), "{picture}");
        assert!(picture.contains("There is no browser here."), "{picture}");
        session.press("yy");
        assert_eq!(session.copied(), ["https://news.example/here"]);
    }
}

#[test]
fn a_browser_that_failed_is_an_error_until_it_has_been_seen() {
    let mut session = Session::sample(WIDE);
    let link = Link::parse("https://news.example/").expect("a link");
    let reason = "it ended with 3".to_owned();
    session.opening(Err(OpenFailure::Failed { link, reason }));
    session.press("o");
    session.wait(3600);
    assert_eq!(
        session.error(),
        "news.example was not opened: it ended with 3"
    );
    session.press("j");
    assert_eq!(session.said(), "");
}

#[test]
fn what_just_happened_leaves_by_itself() {
    let mut session = Session::sample(WIDE);
    session.hold().press("o");
    assert_ne!(session.said(), "");
    session.wait(1);
    assert_ne!(session.said(), "");
    session.wait(4);
    assert_eq!(session.said(), "");
    session.deliver();
    assert_eq!(session.said(), "");
}

#[test]
fn a_file_that_is_gone_or_broken_by_now_says_so() {
    let files = [
        ("one.md", article("One", 1, "")),
        ("two.md", article("Two", 2, "")),
    ];
    let files: Vec<_> = files
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    let mut session = Session::of(&files, WIDE);
    session.remove("one.md");
    session.press("j");
    assert_eq!(session.shown(), "One");
    let page = session.page().join(" ");
    assert!(
        page.contains("The file cannot be read: no such file"),
        "{page}"
    );
    session.write("two.md", "---\ntitle: [\n---\n");
    session.write("one.md", "---\ntitle: [\n---\n");
    session.press("kj");
    let page = session.page().join(" ");
    assert!(page.contains("The file is broken at line"), "{page}");
    session.write("one.md", "no front matter");
    session.press("kj");
    let page = session.page().join(" ");
    assert!(
        page.contains("The file is no longer an article: no front matter"),
        "{page}"
    );
    session.press("o");
    assert_eq!(
        session.opened(),
        ["https://news.example/1"],
        "what is known still works"
    );
}

#[test]
fn an_article_command_acts_on_what_has_the_focus() {
    let mut session = Session::sample(WIDE);
    session.press("<Enter><Enter>");
    let entry = session.app.related().current().expect("an entry").clone();
    session.press("o");
    assert_eq!(session.opened(), [entry.url.clone().expect("a link")]);
    session.press("yt");
    assert_eq!(
        session.take_outside(),
        [Deed::Copy {
            text: entry.title.clone(),
            what: "the title"
        }]
    );
    let is_read = |session: &Session| {
        let marks = session.app.cx().marks;
        marks.is_read(entry.article.expect("an article of the library"))
    };
    assert!(is_read(&session), "its original was opened");
    session.press("r");
    assert!(!is_read(&session));
}

#[test]
fn the_editor_is_asked_for_the_file_and_never_for_the_sample() {
    let text = article("one", 1, "published: false");
    let mut session = Session::of(&[("a.md", &text)], WIDE);
    session.press("e");
    let deeds = session.take_outside();
    assert!(
        matches!(&deeds[..], [Deed::Edit(path)] if path.ends_with("a.md")),
        "{deeds:?}"
    );
    let mut sample = Session::sample(WIDE);
    sample.press("e");
    assert_eq!(sample.take_outside(), []);
    assert!(sample.said().contains("no files"), "{}", sample.said());
}
