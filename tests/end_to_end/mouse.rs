//! The mouse: clicks as a terminal sends them, and the terminal's own mouse before and after.

use vt100::MouseProtocolMode;

use crate::pty::Pty;

/// What xterm sends for a button in a cell, counted from 1 (Control Sequences: SGR).
fn sgr(button: u8, column: u16, row: u16) -> String {
    format!("\x1b[\x3c{button};{column};{row}M\x1b[\x3c{button};{column};{row}m")
}

fn start(mouse: bool) -> (tempfile::TempDir, Pty) {
    let folder = tempfile::tempdir().expect("a folder");
    let config = folder.path().join("config.toml");
    std::fs::write(&config, format!("mouse = {mouse}\n")).expect("a configuration");
    let path = config.to_str().expect("a path in UTF-8");
    let pty = Pty::start(&[], 30, 120, &[("NEWSDESK_CONFIG", path)]);
    pty.wait_for_text("1/70");
    (folder, pty)
}

#[test]
fn a_click_and_the_wheel_arrive_and_the_mouse_is_given_back() {
    let (_folder, mut pty) = start(true);
    pty.wait_for("the mouse", |screen| {
        screen.mouse_protocol_mode() == MouseProtocolMode::ButtonMotion
    });
    pty.type_raw(&sgr(0, 20, 8));
    pty.wait_for_text("6/70");
    pty.type_raw("\x1b[\x3c65;20;8M");
    pty.wait_for("the fourth row first", |screen| {
        screen
            .contents()
            .lines()
            .nth(4)
            .is_some_and(|it| it.starts_with('▌'))
    });
    pty.press("Q");
    assert!(pty.wait_exit().success());
    pty.assert_given_back();
}

#[test]
fn the_mouse_is_the_terminals_until_the_configuration_asks_for_it() {
    let (folder, mut pty) = start(false);
    pty.wait_for("no mouse", |screen| {
        screen.mouse_protocol_mode() == MouseProtocolMode::None
    });
    let modes = [
        ("true", MouseProtocolMode::ButtonMotion),
        ("false", MouseProtocolMode::None),
    ];
    for (value, mode) in modes {
        let config = folder.path().join("config.toml");
        std::fs::write(config, format!("mouse = {value}\n")).expect("a configuration");
        pty.wait_for("the change", |screen| screen.mouse_protocol_mode() == mode);
    }
    pty.press("Q");
    assert!(pty.wait_exit().success());
    pty.assert_given_back();
}
