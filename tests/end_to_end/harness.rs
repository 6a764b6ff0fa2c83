//! Checks that these tests' pseudo-terminal tells the truth, using the shell.

use std::path::Path;

use rustix::process::Signal;

use crate::fake_program::FakeProgram;
use crate::pty::Pty;

fn shell(script: &str, environment: &[(&str, &str)]) -> Pty {
    Pty::run(Path::new("/bin/sh"), &["-c", script], 10, 40, environment)
}

#[test]
fn keys_go_in_and_the_screen_comes_out() {
    let mut pty = shell("read -r line; printf 'got %s' \"$line\"", &[]);
    pty.press("a<lt>bc<backspace><enter>");
    let status = pty.wait_exit();
    assert!(status.success());
    assert!(
        pty.screen_text().contains("got a<b"),
        "{}",
        pty.screen_text()
    );
}

#[test]
fn the_environment_is_clean() {
    let pty = shell(
        "env | grep -E '^HOME|NEWSDESK|CARGO'",
        &[("NEWSDESK_TEST", "yes")],
    );
    pty.wait_exit();
    let screen = pty.screen_text();
    assert!(screen.contains("NEWSDESK_TEST=yes"), "{screen}");
    assert!(!screen.contains("CARGO"), "{screen}");
    assert!(screen.contains(&format!("HOME={}", pty.home().display())));
}

#[test]
fn a_terminal_that_is_kept_is_noticed() {
    for taken in ["stty raw", "printf '\\033[?1049h'", "printf '\\033[?25l'"] {
        let pty = shell(taken, &[]);
        pty.wait_exit();
        let noticed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            pty.assert_given_back();
        }));
        assert!(noticed.is_err(), "{taken}");
    }
    let pty = shell("stty -echo; stty echo", &[]);
    pty.wait_exit();
    pty.assert_given_back();
}

#[test]
fn signals_sizes_and_hang_ups_arrive() {
    let pty = shell("printf here; read -r line", &[]);
    pty.wait_for_text("here");
    pty.signal(Signal::TERM);
    assert_eq!(pty.wait_death(), Some(Signal::TERM));

    let mut pty = shell(
        "trap 'stty size' WINCH; printf here; while :; do read -r line; done",
        &[],
    );
    pty.wait_for_text("here");
    pty.resize(12, 50);
    pty.wait_for_text("12 50");
    pty.hang_up();
    assert_eq!(pty.wait_death(), Some(Signal::HUP));
}

#[test]
fn what_is_copied_is_kept() {
    let pty = shell("printf '\\033]52;c;YQ==\\007\\033]52;c;YmM=\\007'", &[]);
    pty.wait_exit();
    assert_eq!(pty.copied(), ["bc", "a"]);
}

#[test]
fn the_fake_program_tells_its_arguments() {
    let browser = FakeProgram::graphical();
    let pty = shell(
        "$BROWSER 'a b' c; $BROWSER d",
        &[("BROWSER", &browser.command())],
    );
    assert_eq!(browser.wait_for_arguments(), ["a b", "c"]);
    assert_eq!(browser.wait_for_arguments(), ["d"]);
    assert!(pty.wait_exit().success());
}

#[test]
fn newsdesk_itself_is_started() {
    let pty = Pty::start(&["--version"], 10, 40, &[]);
    assert!(pty.wait_exit().success(), "{}", pty.screen_text());
    pty.assert_given_back();
}
