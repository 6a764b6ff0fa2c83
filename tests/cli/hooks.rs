//! Hooks that run after commands.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use crate::case::{Case, Run};

const ARTICLE: &str = "---\ntitle: Alpha\npublished: false\n---\nBody.\n";

/// A site with one article, and a hook that writes its input to `told`.
fn site(hook: &str) -> Case {
    let case = Case::new().file("a.md", ARTICLE);
    let told = case.path("told");
    let words = format!("[\"tee\", \"{}\"]", told.display());
    case.config(&format!("[hooks]\n{hook} = {words}\n"))
}

fn told(case: &Case) -> Option<Value> {
    let text = std::fs::read_to_string(case.path("told")).ok()?;
    Some(serde_json::from_str(&text).expect("JSON"))
}

#[test]
fn a_hook_runs_after_files_were_written_and_only_then() {
    let case = site("after_publish");
    let publish = ["publish", "-q", "", "site"];
    case.run(&publish);
    assert_eq!(told(&case), None, "nothing is written yet");
    let yes = [&publish[..], &["--yes"]].concat();
    assert_eq!(case.run(&yes).code(), 0);
    let articles = told(&case).expect("an article");
    assert_eq!(articles[0]["title"], "Alpha");
    assert_eq!(articles[0]["published"], true);
    std::fs::remove_file(case.path("told")).expect("a file");
    case.run(&yes);
    assert_eq!(told(&case), None, "nothing was left to write");
}

#[test]
fn a_hook_is_told_the_marks_as_they_are_now() {
    let case = site("after_mark");
    assert_eq!(case.run(&["mark", "-q", "", "--star", "site"]).code(), 0);
    assert_eq!(
        told(&case).expect("an article")[0]["marks"]["starred"],
        true
    );
    std::fs::remove_file(case.path("told")).expect("a file");
    case.run(&["mark", "-q", "", "--star", "site"]);
    assert_eq!(told(&case), None, "nothing has changed");
}

#[test]
fn a_hook_that_fails_is_told_and_has_an_exit_code() {
    let case = Case::new()
        .file("a.md", ARTICLE)
        .config("[hooks]\nafter_publish = [\"ls\", \"--\", \"/nowhere/{count}\"]\n");
    let run = case.run(&["publish", "-q", "", "site", "--yes"]);
    assert_eq!(run.code(), 1);
    assert!(run.out().contains("written site/a.md:3"), "{}", run.out());
    let said = "newsdesk: The hook after_publish: ls failed";
    assert!(run.err().contains(said), "{}", run.err());
}

#[test]
fn a_hook_that_is_configured_wrongly_is_told_and_has_an_exit_code() {
    let case = Case::new()
        .file("a.md", ARTICLE)
        .config("[hooks]\nafter_mark = [\"ls\", \"{pats}\"]\n");
    let mark = ["mark", "-q", "", "--star", "site"];
    let run = case.run(&mark);
    assert_eq!(run.code(), 1);
    let said = "newsdesk: The hook after_mark was not run: `{pats}`: there is no placeholder \
                {pats}";
    assert!(run.err().contains(said), "{}", run.err());
    assert_eq!(case.run(&mark).code(), 0, "nothing has changed");
}

#[test]
fn a_hook_is_told_only_what_has_changed() {
    for acknowledge in [&[][..], &["--acknowledge"]] {
        let case = site("after_mark").file("b.md", ARTICLE.replace("Alpha", "Beta"));
        let mark = |query| {
            let run = case.run(&[&["mark", "-q", query, "--star", "site"], acknowledge].concat());
            assert_eq!(run.code(), 0, "{}", run.err());
        };
        mark("alpha");
        mark("");
        let articles = told(&case).expect("articles");
        let titles: Vec<&Value> = articles
            .as_array()
            .expect("a list")
            .iter()
            .map(|it| &it["title"])
            .collect();
        assert_eq!(titles, ["Beta"]);
    }
}

#[test]
fn a_hook_runs_even_if_nobody_reads_what_is_printed() {
    for (hook, command) in [
        ("after_publish", &["publish", "--yes"][..]),
        ("after_mark", &["mark", "--star", "--acknowledge"]),
        ("after_mark", &["mark", "--star"]),
    ] {
        let case = site(hook);
        let (unread, out) = std::io::pipe().expect("a pipe");
        drop(unread);
        let arguments = [command, &["-q", "", "site"]].concat();
        let run = case.command(&arguments).stdout(out).output();
        assert_eq!(run.expect("the program runs").status.code(), Some(0));
        let articles = told(&case).unwrap_or_default();
        assert_eq!(articles[0]["title"], "Alpha", "{command:?}");
    }
}

#[test]
fn ctrl_c_during_a_hook_says_what_is_kept() {
    for (signal, code) in [(Signal::INT, 130), (Signal::TERM, 143)] {
        let case = Case::new().file("a.md", ARTICLE);
        let (begun, end) = (case.path("begun"), case.path("end"));
        let pipe = case.command_of("mkfifo", &[&begun, &end]).status();
        assert!(pipe.expect("mkfifo").success());
        let script = format!(": > {}; read x < {}", begun.display(), end.display());
        let case = case.config(&format!(
            "[hooks]\nafter_mark = [\"sh\", \"-c\", \"{script}\"]\n"
        ));
        let mut command = case.command(&["mark", "-q", "", "--star", "site"]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mark = command.spawn().expect("a run");
        std::fs::read(&begun).expect("the hook has begun");
        kill_process(Pid::from_child(&mark), signal).expect("a signal");
        std::fs::write(&end, "\n").expect("the hook goes on");
        let run = Run(mark.wait_with_output().expect("its end"));
        assert_eq!((run.code(), run.out()), (code, "marked 1, unchanged 0\n"));
        let said = "newsdesk: stopped; this is kept: marked 1 of 1\n";
        assert_eq!(run.err(), said);
    }
}

#[test]
fn a_hook_may_be_a_program_in_the_home_folder() {
    use std::os::unix::fs::PermissionsExt;
    let case = Case::new()
        .file("a.md", ARTICLE)
        .config("[hooks]\nafter_mark = [\"~/hook\"]\n");
    let hook = case.path("home/hook");
    std::fs::write(&hook, "#!/bin/sh\ncat > told\n").expect("a file");
    std::fs::set_permissions(&hook, PermissionsExt::from_mode(0o755)).expect("its mode");
    case.run(&["mark", "-q", "", "--star", "site"]).printed();
    assert_eq!(told(&case).expect("an article")[0]["title"], "Alpha");
}

#[test]
fn a_hook_is_told_what_was_written_before_ctrl_c() {
    let mut case = site("after_publish");
    for number in 0..60 {
        case = case.file(format!("{number}.md"), ARTICLE);
    }
    let mut command = case.command(&["publish", "--yes", "-q", "", "site"]);
    let mut publish = command.stdout(Stdio::piped()).spawn().expect("a run");
    let mut lines = BufReader::new(publish.stdout.take().expect("its output")).lines();
    let first = lines.next().expect("a line").expect("text");
    assert!(first.starts_with("written "), "{first}");
    kill_process(Pid::from_child(&publish), Signal::INT).expect("a signal");
    publish.wait().expect("its end");
    let files = std::fs::read_dir(case.path("site")).expect("a folder");
    let texts = files.map(|file| std::fs::read_to_string(file.expect("a file").path()));
    let published = texts.filter(|it| it.as_ref().expect("text").contains("published: true"));
    let told = told(&case).unwrap_or_default();
    assert_eq!(told.as_array().map(Vec::len), Some(published.count()));
}
