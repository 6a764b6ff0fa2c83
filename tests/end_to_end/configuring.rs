//! The configuration file is edited while the reader runs.

use crate::pty::Pty;

#[test]
fn a_saved_change_holds_without_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("config.toml");
    let path = file.to_string_lossy().into_owned();
    std::fs::write(&file, "").expect("a file");
    let mut pty = Pty::start(&[], 45, 160, &[("NEWSDESK_CONFIG", &path)]);
    pty.wait_for_text("sample library   70 articles");
    // As editors do: written beside it, and renamed.
    let beside = folder.path().join("config.toml~");
    std::fs::write(&beside, "[keys.list]\n\"g q\" = \"sort quality\"\n").expect("a file");
    std::fs::rename(&beside, &file).expect("renamed");
    pty.wait_for_text("The changed configuration is now in force.");
    pty.press("gq");
    pty.wait_for_text("sort:-quality");
    std::fs::write(&file, "[keys.list]\n\"g q\" = \"srot quality\"\n").expect("a file");
    pty.wait_for_text("line 2, column 9: [keys.list] \"g q\": there is no command `srot`");
    pty.press("Q");
    assert!(pty.wait_exit().success());
    pty.assert_given_back();
}

#[test]
fn a_key_runs_a_program_with_what_the_article_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("config.toml");
    let path = file.to_string_lossy().into_owned();
    let made = folder.path().join("made");
    let text = format!(
        "[keys.article]\nZ = {{ run = [\"touch\", \"--\", \"{}-{{count}}\"] }}\nY = \"run false\"\n",
        made.display()
    );
    std::fs::write(&file, text).expect("a file");
    let mut pty = Pty::start(&[], 45, 160, &[("NEWSDESK_CONFIG", &path)]);
    pty.wait_for_text("sample library   70 articles");
    pty.press("xxZ");
    pty.wait_for_text("Started touch.");
    pty.press("Y");
    pty.wait_for_text("false failed (exit status: 1)");
    assert!(folder.path().join("made-2").exists());
    pty.press("Q");
    assert!(pty.wait_exit().success());
}

#[test]
fn another_library_opens_with_its_own_views() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut text = String::new();
    for name in ["one", "two"] {
        let news = folder.path().join(name);
        std::fs::create_dir(&news).expect("a folder");
        let article = format!("---\ntitle: Article of {name}\nexcerpt: Some words.\n---\nText.\n");
        std::fs::write(news.join("a.md"), article).expect("an article");
        text.push_str(&format!(
            "[libraries.{name}]\nroots = [\"{}\"]\n[libraries.{name}.views]\n\"Of {name}\" = \"article\"\n",
            news.display()
        ));
    }
    let file = folder.path().join("config.toml");
    std::fs::write(&file, text).expect("a file");
    let path = file.to_string_lossy().into_owned();
    let mut pty = Pty::start(&[], 30, 120, &[("NEWSDESK_CONFIG", &path)]);
    pty.wait_for_text("Article of one");
    pty.press("sgltwo<enter>");
    pty.wait_for_text("Article of two");
    pty.press("F");
    pty.wait_for_text("Of two");
    assert!(
        !pty.screen_text().contains("Of one"),
        "{}",
        pty.screen_text()
    );
    pty.press("Q");
    assert!(pty.wait_exit().success());
    pty.assert_given_back();
}
