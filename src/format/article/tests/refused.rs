//! Files that cannot be read as articles: each gives exactly one error, with place, reason and
//! hint, and gives it quickly, whatever it contains.

use std::time::{Duration, Instant};

use super::{error, file, place, warned};
use crate::format::caps;

/// Reading takes milliseconds even without optimisation; anything quadratic takes many seconds.
const AT_ONCE: Duration = Duration::from_secs(2);

/// A file with this front matter, whose first line is the second of the file.
fn fenced(front: &str) -> Vec<u8> {
    format!("---\n{front}\n---\nBody\n").into_bytes()
}

/// The place and reason of a file that must be refused, quickly.
fn refused(front: &str) -> (Option<(u32, u32)>, String) {
    let start = Instant::now();
    let diagnostic = error("a.md", &fenced(front));
    assert!(start.elapsed() < AT_ONCE, "{diagnostic:?}");
    assert!(diagnostic.hint.is_some(), "{diagnostic:?}");
    (place(&diagnostic), diagnostic.reason)
}

#[test]
fn what_is_no_yaml_is_named_with_its_place() {
    for (front, place, reason) in [
        ("type: x\ntitle: a: b", (3, 9), "a second `: ` in one line"),
        ("type: x\n\ttitle: b", (3, 1), "a tab in the indentation"),
        (
            "type: x\ntags: [-]",
            (3, 8),
            "a value begins with a character that makes it a list or a key",
        ),
        (
            "bio: x\ntitle: \"open\nb: c",
            (3, 8),
            "a quoted text begins here and never ends",
        ),
    ] {
        assert_eq!(refused(front), (Some(place), reason.to_owned()), "{front}");
    }
    let hint = error("a.md", &fenced("title: a: b")).hint;
    let hint = hint.unwrap_or_default();
    assert!(hint.contains("quotes") && hint.contains("title"), "{hint}");
}

#[test]
fn other_encodings_are_refused() {
    let diagnostic = error("a.md", b"---\ntitle: x\nbio: n\xc3\xa9\xff\n---\nBody\n");
    assert_eq!(place(&diagnostic), Some((3, 8)));
    assert!(diagnostic.reason.contains("not UTF-8"));
    for mark in [[0xff, 0xfe], [0xfe, 0xff]] {
        let diagnostic = error("a.md", &[&mark[..], b"-\0-\0-\0\n\0"].concat());
        assert_eq!(diagnostic.reason, "the file is UTF-16");
        assert!(diagnostic.hint.is_some());
    }
}

#[test]
fn a_front_matter_without_an_end_is_refused() {
    let diagnostic = error("a.md", b"---\ntitle: T\n\nBody\n");
    assert_eq!(place(&diagnostic), Some((1, 1)));
    assert!(diagnostic.reason.contains("never ends"));
    let long = format!("---\ntitle: T\n{}", "Body\n".repeat(20_000));
    assert!(error("a.md", long.as_bytes()).reason.contains("97 KiB"));
}

#[test]
fn a_front_matter_of_more_than_64_kib_is_refused() {
    let filled = |bytes: usize| format!("bio: {}", "x".repeat(bytes - "bio: \n".len()));
    let most = caps::FRONT_MATTER_BYTES;
    let read = file("a.md", &fenced(&filled(most)));
    assert_eq!(read.article.title, "a");
    let (place, reason) = refused(&filled(most + 1));
    assert_eq!(place, Some((2, 1)));
    assert!(reason.contains("64 KiB"));
}

#[test]
fn an_alias_of_nothing_is_refused() {
    let (place, reason) = refused("title: x\nbio: *b");
    assert_eq!(place, Some((3, 6)));
    assert!(reason.contains("alias"), "{reason}");
    assert!(refused("title: x\n<<: *base").1.contains("alias"));
}

#[test]
fn deep_brackets_are_refused_at_once_wherever_they_stand() {
    let deep = "[".repeat(32_000);
    for start in [
        "bio: ",
        "bio: x\n? ",
        "bio: !t ",
        "bio: [#,'\n",
        "bio:\n  - ? ",
    ] {
        let (_, reason) = refused(&format!("{start}{deep}"));
        assert_eq!(reason, "brackets are nested more than 16 deep", "{start}");
    }
    let in_a_comment = format!("bio: x # \u{2028}y: {deep}");
    assert_eq!(file("a.md", &fenced(&in_a_comment)).article.bio, "x");
}

#[test]
fn deep_blocks_are_refused_at_once() {
    let step = |depth: usize| format!("{}a:\n", " ".repeat(depth));
    for front in [
        format!("bio:\n  {}x", "- ".repeat(20_000)),
        format!("bio:\n  {}x", "? ".repeat(20_000)),
        format!("bio:\n  {}x", "- a: ".repeat(10_000)),
        format!("bio: x\n{}", "{a: ".repeat(10_000)),
        (0..350).map(step).collect(),
    ] {
        refused(&front);
    }
}

#[test]
fn many_of_a_kind_take_no_time_in_squares() {
    let numbered = |start: &str, end: &str| -> String {
        let one = |number| format!("{start}{number}{end}");
        (0..3_000).map(one).collect()
    };
    for front in [
        numbered("key", ": 1\n"),
        format!("levels:\n{}", numbered("- ", "\n")),
        format!("levels:\n{}", "- [x]\n".repeat(9_000)),
        format!(
            "z: |\n{}related:\n{}",
            "  x\n".repeat(6_000),
            "- 7\n".repeat(9_000)
        ),
        format!("name: x{}", "&amp;".repeat(12_000)),
        format!("name: {}", "x&#".repeat(20_000)),
        format!("featuredContent: '{}'", "<a href=x".repeat(6_000)),
    ] {
        let start = Instant::now();
        let read = file("a.md", &fenced(&format!("bio: x\n{front}")));
        assert_eq!(read.article.bio, "x");
        assert!(start.elapsed() < AT_ONCE, "{front:.40}");
    }
}

#[test]
fn lines_are_those_of_an_editor_whatever_ends_them() {
    let broken = "---\ntitle: x\nquality: high\nbio: é: b\n---\nBody\n";
    let sound = "---\ntitle: x\nquality: high\nbio: é\n---\nBody\n";
    for end in ["\n", "\r\n", "\r"] {
        for mark in ["", "\u{feff}"] {
            let made = |text: &str| format!("{mark}{}", text.replace('\n', end));
            let diagnostic = error("a.md", made(broken).as_bytes());
            assert_eq!(place(&diagnostic), Some((4, 7)), "{end:?} {mark:?}");
            let read = file("a.md", made(sound).as_bytes());
            assert_eq!(warned(&read), [("quality", 3)], "{end:?} {mark:?}");
        }
    }
    let capped = error("a.md", b"---\r\nbio: \xc3\xa9\r\ndate: *x\r\n---\r\n");
    assert_eq!(place(&capped), Some((3, 7)));
    let foreign = error("a.md", b"---\rbio: x\rdate: \xff\r---\r");
    assert_eq!(place(&foreign), Some((3, 7)));
}
