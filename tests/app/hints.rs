//! What the bottom line says about keys: those available here, and those that can follow.

use newsdesk::app::geometry::Size;

use crate::session::{Session, WIDE, article, size};

fn bottom(session: &Session) -> String {
    session
        .picture()
        .lines()
        .last()
        .unwrap_or_default()
        .to_owned()
}

#[test]
fn the_way_to_all_keys_always_has_its_place() {
    let sizes: [Size; 6] = [
        size(200, 60),
        size(160, 45),
        size(100, 30),
        size(80, 24),
        size(60, 20),
        size(40, 12),
    ];
    for at in sizes {
        for keys in ["", "d", "<Enter>", "t", "z"] {
            let mut session = Session::sample(at);
            session.press(keys);
            session.wait(10);
            assert!(
                bottom(&session).contains("? keys"),
                "{at:?} {keys}: {}",
                bottom(&session)
            );
        }
    }
}

#[test]
fn what_can_follow_a_key_is_shown_after_a_while() {
    for at in [WIDE, size(40, 12)] {
        let mut session = Session::sample(at);
        session.press("y");
        assert!(
            !session.picture().contains("copy title"),
            "not for whoever knows"
        );
        assert!(session.app.is_moving(), "the time is to be told");
        session.wait(1);
        assert!(
            session.picture().contains("copy title"),
            "{}",
            session.picture()
        );
        assert!(!session.app.is_moving());
        session.press("t");
        assert!(session.said().starts_with("Sent the title"));
    }
}

#[test]
fn the_line_that_puts_off_says_what_it_has_understood() {
    let mut session = Session::sample(WIDE);
    session.press("L30m");
    assert!(
        session.picture().contains("until Fri 31 Dec 2021 20:30"),
        "{}",
        session.picture()
    );
    session.press("<Ctrl-u>monday 9:30");
    assert!(session.picture().contains("until Mon 3 Jan 2022 09:30"));
    session.press("x");
    assert!(!session.picture().contains("until Mon"));
    session.press("<Enter>");
    let (_, said) = session.complaint().expect("a complaint");
    assert!(said.contains("is not a date"), "{said}");
}

#[test]
fn commands_of_other_programs_get_a_sentence_with_the_key() {
    let one = article("One", 1, "");
    for (typed, said) in [
        ("q", "Q quits"),
        ("q!", "Q quits"),
        ("wq", "Q quits"),
        ("w", "$ reviews and writes"),
        ("h", "? shows all keys"),
        ("set number", "settings are in the configuration file"),
        ("e", "R reloads the library"),
    ] {
        let mut session = Session::of(&[("1.md", &one)], WIDE);
        session.press(&format!(":{typed}<Enter>"));
        assert!(session.said().contains(said), "{typed}: {}", session.said());
        assert!(!session.has_prompt());
    }
}
