//! Hooks run for real: the recipe that commits what was published, and a failing one.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::pty::Pty;

fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(["-c", "user.name=Ada", "-c", "user.email=ada@example.org"])
        .args(arguments)
        .output()
        .expect("git");
    assert!(output.status.success(), "git {arguments:?}: {output:?}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn what_is_published_is_committed_before_the_program_leaves() {
    let folder = tempfile::tempdir().expect("a folder");
    let site = folder.path().join("site");
    fs::create_dir(&site).expect("a folder");
    for name in ["a", "b", "c"] {
        let text = format!("---\ntitle: {name}\npublished: false\n---\nText.\n");
        fs::write(site.join(format!("{name}.md")), text).expect("an article");
    }
    git(&site, &["init", "-q"]);
    git(&site, &["config", "user.name", "Ada"]);
    git(&site, &["config", "user.email", "ada@example.org"]);
    git(&site, &["add", "."]);
    git(&site, &["commit", "-q", "-m", "First"]);
    // Other changes are not committed with it.
    fs::write(
        site.join("c.md"),
        "---\ntitle: other\npublished: false\n---\nText.\n",
    )
    .expect("an article");

    let config = folder.path().join("config.toml");
    let place = site.display();
    let text = format!(
        "library = [\"{place}\"]\n[hooks]\nafter_publish = [\"git\", \"-C\", \"{place}\", \
         \"commit\", \"-m\", \"Publish {{count}} articles\", \"--\", \"{{paths}}\"]\n"
    );
    fs::write(&config, text).expect("a file");
    let path = config.to_string_lossy().into_owned();
    let mut pty = Pty::start(&[], 30, 120, &[("NEWSDESK_CONFIG", &path)]);
    pty.wait_for_text("3 articles");
    pty.press(":publish title:=a<enter>");
    pty.wait_for_text("1 article?");
    pty.confirm("1 decided");
    pty.press("$");
    pty.wait_for_text("REVIEW: publish 1");
    pty.confirm("written 1");
    pty.press("Q");
    assert!(pty.wait_exit().success());
    assert_eq!(
        git(&site, &["log", "-1", "--format=%s"]),
        "Publish 1 articles\n"
    );
    assert_eq!(git(&site, &["show", "--name-only", "--format="]), "a.md\n");
    assert_eq!(git(&site, &["status", "--porcelain"]), " M c.md\n");
}

#[test]
fn a_hook_reads_the_articles_as_json_and_its_failure_is_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let read = folder.path().join("read.json");
    let config = folder.path().join("config.toml");
    let text = format!(
        "[hooks]\nafter_mark = [\"sh\", \"-c\", \"cat > '{}'; echo too bad >&2; exit 4\"]\n",
        read.display()
    );
    fs::write(&config, text).expect("a file");
    let path = config.to_string_lossy().into_owned();
    let mut pty = Pty::start(&[], 45, 160, &[("NEWSDESK_CONFIG", &path)]);
    pty.wait_for_text("sample library   70 articles");
    pty.press("s");
    pty.wait_for_text("The hook after_mark: sh failed (exit status: 4): too bad");
    let told: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(&read).expect("a file")).expect("JSON");
    assert_eq!(told[0]["marks"]["starred"], true, "{told}");
    assert!(told[0]["title"].is_string(), "{told}");
    pty.press("Q");
    assert!(pty.wait_exit().success());
}
