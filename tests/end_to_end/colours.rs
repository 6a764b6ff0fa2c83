//! The terminal's own colours: newsdesk asks for them, and never takes a reply for input.

use vt100::Color;

use crate::pty::Pty;

/// The sequence that asks for the background.
const QUESTION: &[u8] = b"\x1b]11;?\x1b\\";

fn has_asked(pty: &Pty) -> bool {
    let written = pty.written();
    written.windows(QUESTION.len()).any(|it| it == QUESTION)
}

/// The colour of the line to the right of the list.
fn line(screen: &vt100::Screen) -> Option<Color> {
    let (_, columns) = screen.size();
    let mut cells = (0..columns).filter_map(|column| screen.cell(5, column));
    let line = cells.find(|cell| ["│", "┃"].contains(&cell.contents()))?;
    Some(line.fgcolor())
}

#[test]
fn a_late_answer_changes_the_colours_and_runs_no_command() {
    let mut pty = Pty::start(&[], 30, 120, &[("COLORTERM", "truecolor")]);
    pty.wait_for_text("1/70");
    assert!(has_asked(&pty));
    pty.wait_for("a dim line", |screen| line(screen) == Some(Color::Default));
    pty.press("j\x1b]10;rgb:6565/7b7b/8383\x1b\\\x1b]11;rgb:fdfd/f6f6/e3e3\x1b\\j");
    pty.wait_for("a grey line", |screen| {
        matches!(line(screen), Some(Color::Rgb(..)))
    });
    pty.wait_for_text("3/70");
    assert!(
        !pty.screen_text().contains("does nothing here"),
        "{}",
        pty.screen_text()
    );
    pty.press("Q");
    assert!(pty.wait_exit().success());
    pty.assert_given_back();
}

#[test]
fn a_pair_takes_the_side_of_the_background_that_is_configured_and_nobody_is_asked() {
    let folder = tempfile::tempdir().expect("a folder");
    let config = folder.path().join("config.toml");
    let text = "[theme]\nbase = \"solarized\"\nbackground = \"light\"\n";
    std::fs::write(&config, text).expect("a configuration");
    let config = config.to_str().expect("a path in UTF-8");
    let environment = [("NEWSDESK_CONFIG", config), ("COLORTERM", "truecolor")];
    let pty = Pty::start(&[], 30, 120, &environment);
    pty.wait_for_text("ARTICLES");
    let paper = Color::Rgb(0xfd, 0xf6, 0xe3);
    pty.wait_for("a light screen", |screen| {
        screen.cell(0, 0).is_some_and(|it| it.bgcolor() == paper)
    });
    assert!(!has_asked(&pty));
}
