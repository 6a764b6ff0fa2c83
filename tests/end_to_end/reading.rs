//! A sitting over articles that lead to each other: a collection is opened and one of its items
//! entered, a link is followed by its letter, and a story is split and joined again.

use std::fs;
use std::path::Path;

use crate::pty::Pty;

/// A story: the same words from two providers.
fn told(title: &str, provider: &str, day: u8) -> String {
    format!(
        "---\ntitle: \"{title}\"\npublishedDateTime: 2021-12-{day:02}T08:00:00Z\n\
         provider:\n  name: {provider}\n\
         excerpt: Engineers found hairline cracks in two supports of the harbour bridge during a \
         routine inspection, and traffic will be diverted for weeks.\n---\n\nThe body.\n"
    )
}

fn write_library(folder: &Path) {
    let files = [
        (
            "walks.md",
            "---\ntitle: Harbour walks\ntype: collection\nexcerpt: Two walks along the water.\n\
             items:\n- piers\n- lights\n---\n"
                .to_owned(),
        ),
        (
            "piers.md",
            "---\ntitle: Along the piers\ndate: 2021-12-02\n---\n\n\
             It ends where [the lights](lights.md) begin.\n"
                .to_owned(),
        ),
        (
            "lights.md",
            "---\ntitle: Past the lights\ndate: 2021-12-03\n---\n\nBring a lamp.\n".to_owned(),
        ),
        (
            "a.md",
            told("Harbour bridge closes after cracks found", "Courier", 20),
        ),
        (
            "b.md",
            told(
                "Harbour bridge closes for repairs after cracks found",
                "Gazette",
                21,
            ),
        ),
    ];
    for (name, text) in files {
        fs::write(folder.join(name), text).expect("a file");
    }
}

#[test]
fn a_collection_is_entered_a_link_followed_and_a_story_split_and_joined_again() {
    let folder = tempfile::tempdir().expect("a folder");
    write_library(folder.path());
    let folder = folder.path().to_string_lossy().into_owned();
    let mut pty = Pty::start(&[&folder], 45, 160, &[]);
    pty.wait_for_text("5 articles · 4 stories");

    pty.press("/kind:collection<enter>");
    pty.wait_for_text("Two walks along the water.");
    pty.wait_for_text("in this collection");
    // From the list to the text, to the related pane, and into its first entry.
    pty.press("<tab><tab><enter>");
    pty.wait_for_text("It ends where");
    pty.press(";");
    pty.wait_for_text("in this library  the lights");
    pty.press("f");
    pty.wait_for_text("Bring a lamp.");
    pty.press("<backspace>");
    pty.wait_for_text("It ends where");
    pty.press("<backspace>");
    pty.wait_for_text("Two walks along the water.");

    // Back to the list, and back to all articles.
    pty.press("<esc>");
    pty.wait_for_text("n N unhandled");
    pty.press("<esc>");
    pty.wait_for_text("5 articles · 4 stories");
    pty.press("/bridge<enter>");
    pty.wait_for_text("×2");
    pty.press("+j&");
    pty.wait_for("no story", |screen| !screen.contents().contains("×2"));
    pty.press("u");
    pty.wait_for_text("×2");
    pty.press("Q");
    assert!(pty.wait_exit().success());
    pty.assert_given_back();
}
