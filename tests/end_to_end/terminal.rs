//! newsdesk and its terminal: however it ends, the terminal is restored, and `o` opens the link.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use rustix::process::Signal;
use tempfile::TempDir;

use crate::fake_program::FakeProgram;
use crate::pty::Pty;

/// How soon the terminal is restored, whatever happens.
const PROMISED: Duration = Duration::from_secs(2);

/// A library with one article, with a link that a shell would take apart.
fn library() -> (TempDir, PathBuf) {
    let folder = TempDir::new().expect("a temporary folder");
    let path = folder.path().join("2024-03-05-lighthouse.md");
    let text = "---\n\
                title: The lighthouse that answers letters\n\
                publishedDateTime: 2024-03-05T08:00:00Z\n\
                originalUrl: \"https://example.org/a?b=$(id)&c=;d\"\n\
                ---\n\
                Keepers reply by hand.\n";
    fs::write(&path, text).expect("an article");
    let root = folder.path().to_owned();
    (folder, root)
}

/// Starts newsdesk on it and waits for its list.
fn start(library: &(TempDir, PathBuf), environment: &[(&str, &str)]) -> Pty {
    let root = library.1.to_str().expect("a path in UTF-8");
    let pty = Pty::start(&[root], 30, 100, environment);
    pty.wait_for_text("ARTICLES");
    pty.wait_for_text("The lighthouse");
    pty
}

#[test]
fn quitting_gives_the_terminal_back() {
    let library = library();
    let mut pty = start(&library, &[]);
    pty.press("Q");
    assert!(pty.wait_exit().success());
    pty.assert_given_back();
}

#[test]
fn each_signal_gives_the_terminal_back() {
    let library = library();
    for signal in [
        Signal::TERM,
        Signal::INT,
        Signal::HUP,
        Signal::QUIT,
        Signal::USR1,
        Signal::USR2,
        Signal::ALARM,
        Signal::ABORT,
        Signal::SEGV,
        Signal::BUS,
    ] {
        let pty = start(&library, &[]);
        let sent = Instant::now();
        pty.signal(signal);
        assert_eq!(pty.wait_death(), Some(signal));
        assert!(sent.elapsed() < PROMISED, "{signal:?}");
        pty.assert_given_back();
    }
}

#[test]
fn a_hang_up_ends_it_whatever_is_open() {
    let library = library();
    for (keys, shown) in [
        ("", "The lighthouse"),
        ("/light", "/light"),
        ("?", "KEYS"),
        ("<enter>", "Keepers reply"),
        ("y", "copy link"),
        (":", ":"),
    ] {
        let mut pty = start(&library, &[]);
        pty.press(keys);
        pty.wait_for_text(shown);
        pty.hang_up();
        let gone = Instant::now();
        // By the signal, or because drawing failed before it arrived.
        assert!(!pty.wait_exit().success(), "{keys}");
        assert!(gone.elapsed() < PROMISED, "{keys}");
    }
}

#[test]
fn any_size_is_survived_while_keys_arrive() {
    let library = library();
    let mut pty = start(&library, &[]);
    for (rows, columns) in [
        (1, 1),
        (1, 2),
        (2, 1),
        (1000, 1000),
        (1, 1000),
        (1000, 1),
        (5, 20),
    ] {
        pty.press("jk<tab>");
        pty.resize(rows, columns);
        pty.press("j<enter>k<backtab>");
    }
    pty.resize(30, 100);
    pty.wait_for_text("The lighthouse");
    pty.press("Q");
    assert!(pty.wait_exit().success());
    pty.assert_given_back();
}

#[test]
fn the_original_opens_as_one_argument() {
    let library = library();
    let browser = FakeProgram::graphical();
    let mut pty = start(&library, &[("BROWSER", &browser.command())]);
    pty.press("o");
    assert_eq!(
        browser.wait_for_arguments(),
        ["https://example.org/a?b=$(id)&c=;d"]
    );
    pty.press("Q");
    assert!(pty.wait_exit().success());
}

#[test]
fn a_terminal_browser_gets_the_terminal_and_gives_it_back() {
    let library = library();
    let browser = FakeProgram::in_terminal();
    let mut pty = start(&library, &[("BROWSER", &browser.command())]);
    pty.press("o");
    pty.wait_for_text("fake page");
    pty.press("Q<enter>");
    pty.wait_for_text("ARTICLES");
    pty.press("Q");
    assert!(pty.wait_exit().success());
    pty.assert_given_back();
}

#[test]
fn the_editor_gets_the_file_at_its_text_and_what_it_wrote_is_shown() {
    let library = library();
    let editor = FakeProgram::editor("A windmill was added.");
    let mut pty = start(&library, &[("VISUAL", ""), ("EDITOR", &editor.command())]);
    pty.press("<enter>e");
    let arguments = editor.wait_for_arguments();
    assert!(arguments[0].starts_with('+'), "{arguments:?}");
    assert!(arguments[1].ends_with(".md"), "{arguments:?}");
    pty.wait_for_text("A windmill was added.");
    pty.press("Q");
    assert!(pty.wait_exit().success());
    pty.assert_given_back();
}

#[test]
fn copying_the_link_reaches_the_clipboard() {
    let library = library();
    let mut pty = start(&library, &[]);
    pty.press("yyQ");
    pty.wait_exit();
    assert_eq!(pty.copied(), ["https://example.org/a?b=$(id)&c=;d"]);
}
