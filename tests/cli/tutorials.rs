//! The commands of the tutorials, run as printed there.

use std::path::Path;
use std::process::Command;

/// A fenced block of a page: its language, and its text.
fn blocks(page: &str) -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in page.lines() {
        match (line.strip_prefix("```"), open.take()) {
            (Some(language), None) => open = Some((language.to_owned(), String::new())),
            (Some(_), Some(block)) => blocks.push(block),
            (None, Some((language, text))) => open = Some((language, format!("{text}{line}\n"))),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a fence is not closed");
    blocks
}

/// Runs the shell commands of a page one block after another in a new home, and compares what a block
/// prints with the text below it.
fn follow(name: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("docs")
        .join(name);
    let page = std::fs::read_to_string(path).expect("a page");
    let blocks = blocks(&page);
    assert!(
        blocks.iter().any(|(language, _)| language == "sh"),
        "{name}"
    );
    let home = tempfile::tempdir().expect("a home");
    let program = Path::new(env!("CARGO_BIN_EXE_newsdesk"));
    let folder = program.parent().expect("a folder").display();
    let mut printed = String::new();
    for (at, (language, text)) in blocks.iter().enumerate() {
        match language.as_str() {
            "sh" => {
                let output = Command::new("sh")
                    .args(["-eu", "-c", text])
                    .current_dir(home.path())
                    .env_clear()
                    .env("HOME", home.path())
                    .env("PATH", format!("{folder}:/usr/bin:/bin"))
                    .env("LANG", "C.UTF-8")
                    .output()
                    .expect("a shell");
                let said = String::from_utf8_lossy(&output.stderr).into_owned();
                assert!(
                    output.status.success(),
                    "{name}, block {at}: {said}\n{text}"
                );
                printed = String::from_utf8_lossy(&output.stdout).into_owned();
            }
            "text" => {
                let place = format!("{}/", home.path().display());
                let printed = printed.replace(&place, "");
                let lines = |text: &str| -> Vec<String> {
                    text.lines()
                        .map(|line| line.trim_end().to_owned())
                        .collect()
                };
                assert_eq!(lines(&printed), lines(text), "{name}, block {at}");
            }
            _ => {}
        }
    }
}

#[test]
fn the_curators_tutorial_works() {
    follow("tutorial-curator.md");
}

#[test]
fn the_analysts_tutorial_works() {
    follow("tutorial-analyst.md");
}

#[test]
fn the_readers_tutorial_works() {
    follow("tutorial-reader.md");
}

#[test]
fn every_toml_block_of_the_docs_is_a_configuration() {
    use newsdesk::config::problems;
    for name in [
        "configuration.md",
        "hooks.md",
        "keys.md",
        "tutorial-curator.md",
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("docs")
            .join(name);
        let page = std::fs::read_to_string(path).expect("a page");
        let blocks = blocks(&page);
        let blocks = blocks.iter().filter(|(language, _)| language == "toml");
        for (_, text) in blocks.filter(|(_, text)| !text.contains("generator =")) {
            assert_eq!(problems(text), [], "{name}: {text}");
        }
    }
}
