//! A whole sitting on the sample library, as somebody would spend it who has just installed it.

use crate::fake_browser::FakeBrowser;
use crate::pty::Pty;

#[test]
fn move_filter_open_follow_come_back_and_quit() {
    let browser = FakeBrowser::graphical();
    let mut pty = Pty::start(&[], 45, 160, &[("BROWSER", &browser.command())]);
    pty.wait_for_text("sample library   70 articles");
    pty.wait_for_text("1/70");

    pty.press("jj");
    pty.wait_for_text("3/70");

    pty.press("tG ");
    pty.wait_for_text("5 of 70   topic:Space   Esc clears");
    pty.press("tgg");
    pty.wait_for_text("1/5");
    pty.press("jj");
    pty.wait_for_text("Kestrel-2 Spots 19 Methane Plumes on Its First Clear Week");
    pty.wait_for_text("listed in the file");

    pty.press("o");
    assert_eq!(
        browser.wait_for_arguments(),
        [
            "https://orbitandfield.example/missions/kestrel-2-spots-19-methane-plumes-on-its-first-clear-week"
        ]
    );

    pty.press("<tab><tab><enter>");
    pty.wait_for_text("The Cheap Satellite That Tells on Gas Leaks");
    pty.wait_for_text("The list does not show it");
    pty.press("<backspace>");
    pty.wait_for_text("Kestrel-2 Spots 19 Methane Plumes on Its First Clear Week");

    pty.press("q");
    pty.wait_for_text("J K scroll text");
    pty.press("q");
    assert!(pty.wait_exit().success());
    pty.assert_given_back();
}
