//! The runtime in a terminal, below the application: what a panic, a signal or a hang-up leaves
//! behind, and lending the terminal.

use std::time::{Duration, Instant};

use std::os::unix::process::ExitStatusExt;

use rustix::process::{Signal, kill_process};

use crate::fake_program::FakeProgram;
use crate::pty::Pty;
use crate::stand_in;

/// How soon the terminal is restored, whatever happens.
const PROMISED: Duration = Duration::from_secs(2);

#[test]
fn quitting_gives_the_terminal_back() {
    let mut pty = stand_in::start(&[]);
    pty.press("q");
    assert!(pty.wait_exit().success());
    pty.assert_given_back();
}

/// Every signal that ends a process, except for those that a program cannot catch.
fn deadly() -> impl Iterator<Item = i32> {
    let named = [
        libc::SIGHUP,
        libc::SIGINT,
        libc::SIGQUIT,
        libc::SIGILL,
        libc::SIGTRAP,
        libc::SIGABRT,
        libc::SIGBUS,
        libc::SIGFPE,
        libc::SIGUSR1,
        libc::SIGSEGV,
        libc::SIGUSR2,
        libc::SIGALRM,
        libc::SIGTERM,
        libc::SIGVTALRM,
        libc::SIGPROF,
        libc::SIGSYS,
        libc::SIGXCPU,
        libc::SIGXFSZ,
    ];
    #[cfg(target_os = "linux")]
    let named = named.into_iter().chain([
        libc::SIGSTKFLT,
        libc::SIGIO,
        libc::SIGPWR,
        libc::SIGRTMIN(),
        libc::SIGRTMAX(),
    ]);
    named.into_iter()
}

#[test]
fn each_signal_gives_the_terminal_back_even_if_the_loop_hangs() {
    for signal in deadly() {
        for before in ["x", "h"] {
            let mut pty = stand_in::start(&[]);
            pty.press(before);
            let sent = Instant::now();
            pty.signal_number(signal);
            assert_eq!(pty.wait_exit().signal(), Some(signal));
            assert!(sent.elapsed() < PROMISED, "{signal} after {before}");
            pty.assert_given_back();
        }
    }
}

#[test]
fn a_crash_gives_the_terminal_back_and_rust_has_its_say() {
    for (key, said) in [
        ("a", ""),
        ("r", "has overflowed its stack"),
        ("e", "has overflowed its stack"),
    ] {
        let mut pty = stand_in::start(&[]);
        let pressed = Instant::now();
        pty.press(key);
        assert_eq!(pty.wait_death(), Some(Signal::ABORT), "{key}");
        assert!(pressed.elapsed() < PROMISED, "{key}");
        pty.assert_given_back();
        assert!(pty.screen_text().contains(said), "{}", pty.screen_text());
    }
}

#[test]
fn what_is_under_way_is_finished_or_named() {
    for end in [Signal::TERM, Signal::HUP, Signal::USR1] {
        let mut pty = stand_in::start(&[]);
        pty.press("tx");
        pty.wait_for_text("pressed Char('x')");
        pty.signal(end);
        assert_eq!(pty.wait_death(), Some(end));
        pty.assert_given_back();
        let screen = pty.screen_text();
        assert!(screen.contains("STAND-IN: kept"), "{screen}");
        assert!(!screen.contains("not done"), "{screen}");

        let mut pty = stand_in::start(&[]);
        pty.press("ux");
        pty.wait_for_text("pressed Char('x')");
        let sent = Instant::now();
        pty.signal(end);
        assert_eq!(pty.wait_death(), Some(end));
        assert!(sent.elapsed() < PROMISED);
        pty.assert_given_back();
        let screen = pty.screen_text();
        assert!(
            screen.contains("newsdesk: not done: a decision"),
            "{screen}"
        );
    }
}

#[test]
fn a_hang_up_ends_the_program() {
    let mut pty = stand_in::start(&[]);
    pty.hang_up();
    let gone = Instant::now();
    // By the signal, or because drawing failed before it arrived.
    assert!(!pty.wait_exit().success());
    assert!(gone.elapsed() < PROMISED);
}

#[test]
fn a_panic_in_any_thread_is_reported_on_the_terminal_as_it_was() {
    for (key, place) in [("p", "here"), ("w", "elsewhere")] {
        let mut pty = stand_in::start(&[]);
        let pressed = Instant::now();
        pty.press(key);
        assert_eq!(pty.wait_exit().code(), Some(101));
        assert!(pressed.elapsed() < PROMISED);
        pty.assert_given_back();
        let report = format!("on purpose, {place}");
        assert!(pty.screen_text().contains(&report), "{}", pty.screen_text());
    }
}

/// Brings the stand-in back with `fg`, uses it, and leaves it.
fn continue_in_shell(pty: &mut Pty) {
    // Not Enter: some shells leave the terminal as a stopped program has set it.
    pty.press("fg\n");
    pty.wait_for_text("STAND-IN: continued");
    pty.wait_for("the screen", |screen| {
        screen.alternate_screen() && screen.hide_cursor()
    });
    pty.press("x");
    pty.wait_for_text("pressed Char('x')");
}

fn is_prompting(screen: &vt100::Screen) -> bool {
    screen.contents().trim_end().ends_with("shell>")
}

fn is_stopped(screen: &vt100::Screen) -> bool {
    !screen.alternate_screen() && !screen.hide_cursor() && is_prompting(screen)
}

#[test]
fn suspending_and_continuing() {
    let mut pty = stand_in::start_in_shell();
    for _ in 0..3 {
        pty.press("<ctrl-z>");
        pty.wait_for("the shell", is_stopped);
        continue_in_shell(&mut pty);
    }
    pty.press("q");
    pty.wait_for("the shell", |screen| !screen.alternate_screen());
}

#[test]
fn a_stop_from_outside_is_as_good_as_one_from_inside() {
    let mut pty = stand_in::start_in_shell();
    let process = stand_in::process(&pty);
    for _ in 0..3 {
        kill_process(process, Signal::TSTP).expect("it is there");
        pty.wait_for("the shell", is_stopped);
        continue_in_shell(&mut pty);
    }
    pty.press("q");
    pty.wait_for("the shell", |screen| !screen.alternate_screen());
}

#[test]
fn the_screen_is_taken_again_after_a_stop_that_nobody_hears_of() {
    let mut pty = stand_in::start_in_shell();
    let process = stand_in::process(&pty);
    for _ in 0..3 {
        kill_process(process, Signal::STOP).expect("it is there");
        // The shell writes onto the alternate screen, since nobody could leave it.
        pty.wait_for("the shell", is_prompting);
        continue_in_shell(&mut pty);
    }
    pty.press("q");
    pty.wait_for("the shell", |screen| {
        !screen.alternate_screen() && screen.contents().contains("shell>")
    });
}

#[test]
fn it_ends_in_the_background() {
    for stop in [Signal::TSTP, Signal::STOP] {
        let mut pty = stand_in::start_in_shell();
        let process = stand_in::process(&pty);
        kill_process(process, stop).expect("it is there");
        pty.wait_for("the shell", is_prompting);
        pty.press("kill %1; bg; wait %1; echo ended $?\n");
        pty.wait_for("the end", |screen| {
            !screen.alternate_screen() && screen.contents().contains("ended 143")
        });
    }
}

#[test]
fn without_anybody_to_continue_it_it_is_not_stopped() {
    let mut pty = stand_in::start(&[]);
    pty.press("<ctrl-z>");
    pty.wait_for_text("STAND-IN: continued");
    pty.press("x");
    pty.wait_for_text("pressed Char('x')");
    pty.press("q");
    assert!(pty.wait_exit().success());
    pty.assert_given_back();
}

#[test]
fn keys_pastes_sizes_and_copies_come_through() {
    let mut pty = stand_in::start(&[]);
    pty.press("<up>");
    pty.wait_for_text("pressed Up");
    pty.press("\x1b[200~a\rb\x1b[201~");
    pty.wait_for_text("pasted a");
    pty.resize(20, 70);
    pty.wait_for_text("70x20");
    pty.press("cq");
    pty.wait_exit();
    assert_eq!(pty.copied(), ["a"]);
}

#[test]
fn a_key_pressed_while_the_size_changes_is_not_kept_back() {
    let mut pty = stand_in::start(&[]);
    for letter in ('a'..='z')
        .filter(|letter| !"qocpwlharetu".contains(*letter))
        .cycle()
        .take(200)
    {
        pty.signal(Signal::WINCH);
        pty.press(&letter.to_string());
        pty.wait_for_text(&format!("pressed Char('{letter}')"));
    }
}

fn start_with(browser: &str) -> Pty {
    let mut pty = stand_in::start(&[("BROWSER", browser)]);
    pty.press("o");
    pty
}

#[test]
fn a_browser_gets_the_link_as_one_argument() {
    let browser = FakeProgram::graphical();
    let pty = start_with(&browser.command());
    assert_eq!(browser.wait_for_arguments(), [stand_in::LINK]);
    pty.wait_for_text("STAND-IN: opened");
}

#[test]
fn a_terminal_browser_gets_the_terminal_and_its_keys() {
    let browser = FakeProgram::in_terminal();
    let mut pty = start_with(&browser.command());
    assert_eq!(browser.wait_for_arguments(), [stand_in::LINK]);
    pty.wait_for("the page", |screen| {
        screen.contents().contains("fake page") && !screen.alternate_screen()
    });
    // Typed into the browser: if they were read here, the first would quit.
    pty.press("qq<enter>");
    pty.wait_for_text("STAND-IN: opened");
    pty.press("x");
    pty.wait_for_text("pressed Char('x')");
}

#[test]
fn an_interrupt_in_a_terminal_browser_is_the_browsers() {
    let browser = FakeProgram::in_terminal();
    let mut pty = start_with(&browser.command());
    pty.wait_for_text("fake page");
    pty.press("<ctrl-c>");
    pty.wait_for_text("STAND-IN:");
    pty.press("q");
    assert!(pty.wait_exit().success());
    pty.assert_given_back();
}

#[test]
fn without_a_browser_the_way_out_is_told() {
    let pty = start_with("no-such-browser");
    pty.wait_for_text("no browser found (tried no-such-browser)");
    let pty = start_with("");
    pty.wait_for_text("no browser here");
}
