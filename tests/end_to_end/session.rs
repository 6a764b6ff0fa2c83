//! A whole session on the sample library, as somebody would spend it after installing.

use crate::fake_program::FakeProgram;
use crate::pty::Pty;

#[test]
fn move_filter_open_follow_come_back_and_quit() {
    let browser = FakeProgram::graphical();
    let mut pty = Pty::start(&[], 45, 160, &[("BROWSER", &browser.command())]);
    pty.wait_for_text("sample library   70 articles");
    pty.wait_for_text("1/70");

    pty.press("jj");
    pty.wait_for_text("3/70");

    pty.press("t/spa<enter> ");
    pty.wait_for_text("5 of 70   topic:=Space   Esc clears");
    pty.press("tgg");
    pty.wait_for_text("1/5");
    pty.press("jj");
    pty.wait_for_text("Kestrel-2 Spots 19 Methane Plumes on Its First Clear Week");
    // Only what was read from its file lists this one.
    pty.wait_for_text("What Makes a Good Leak Detector?");

    pty.press("o");
    assert_eq!(
        browser.wait_for_arguments(),
        [
            "https://orbitandfield.example/missions/kestrel-2-spots-19-methane-plumes-on-its-first-clear-week"
        ]
    );

    pty.press("<tab><tab><enter>");
    pty.wait_for_text("The Cheap Satellite That Tells on Gas Leaks");
    pty.wait_for_text("It is not in the list");
    pty.press("<backspace>");
    pty.wait_for_text("Kestrel-2 Spots 19 Methane Plumes on Its First Clear Week");

    pty.press("q");
    pty.wait_for_text("n N unhandled");
    pty.press("q");
    // Something was typed, so it asks first.
    pty.wait_for_text("QUIT?");
    pty.press("Q");
    assert!(pty.wait_exit().success());
    pty.assert_given_back();
}

/// What the sample library has for the query below, in order.
const BEST: [&str; 4] = [
    "Small Models, Big Savings",
    "The Phish That Only Works",
    "The Warehouse Robot That Waits",
    "המטבח הקטן",
];

/// The rows of the list start like this on a screen of 160 columns, and there are no others.
fn wait_for_rows(pty: &Pty, titles: &[&str]) {
    let row = |line: &str| line.chars().skip(28).take(40).collect::<String>();
    pty.wait_for("those rows and no others", |screen| {
        let text = screen.contents();
        let rows: Vec<String> = text.lines().skip(2).map(row).collect();
        let others = &rows[titles.len().min(rows.len())..];
        rows.iter()
            .zip(titles)
            .all(|(row, title)| row.contains(title))
            && others.first().is_some_and(|row| row.trim().is_empty())
    });
}

#[test]
fn a_query_is_typed_kept_named_and_there_again_after_a_restart() {
    let folder = tempfile::tempdir().expect("a home");
    let home = folder.path().to_string_lossy().into_owned();
    let kept = [
        ("XDG_CONFIG_HOME", home.as_str()),
        ("XDG_STATE_HOME", home.as_str()),
    ];
    let mut pty = Pty::start(&[], 45, 160, &kept);
    pty.wait_for_text("sample library   70 articles");
    pty.press("/topic:\"AI\" quality>50 -is:published sort:-quality");
    pty.wait_for_text("4 of 70");
    pty.press("<enter>");
    pty.wait_for_text("4 of 70   topic:\"AI\" quality>50 -is:published sort:-quality");
    wait_for_rows(&pty, &BEST);
    pty.press("FaBest<enter>");
    pty.wait_for_text("Saved as Best: 7 shows it.");
    pty.press("qQ");
    assert!(pty.wait_exit().success());

    let mut pty = Pty::start(&[], 45, 160, &kept);
    pty.wait_for_text("sample library   70 articles");
    pty.press("7");
    pty.wait_for_text("4 of 70   Best");
    wait_for_rows(&pty, &BEST);
    pty.press("/<up>");
    pty.wait_for_text("/topic:\"AI\" quality>50 -is:published sort:-quality");
    pty.press("<enter>Q");
    assert!(pty.wait_exit().success());
    pty.assert_given_back();
}
