//! The commands about the program itself: completions, manual pages, keys.

use std::path::Path;
use std::process::{Command, Stdio};
use std::{env, iter};

use crate::case::{Case, Run};

const SHELLS: [&str; 4] = ["bash", "zsh", "fish", "powershell"];

/// What a fish script gets while the last of these words is being typed: values, each followed by a
/// tab and its meaning.
fn completed(case: &Case, words: &[&str]) -> Vec<String> {
    let mut command = case.command(&["--", "newsdesk"]);
    command.env("NEWSDESK_COMPLETE", "fish").args(words);
    let run = Run(command.output().expect("the program runs"));
    let values = run
        .printed()
        .lines()
        .map(|line| line.split('\t').next().unwrap_or_default());
    values.map(str::to_owned).collect()
}

#[test]
fn the_script_of_each_shell_is_read_by_that_shell() {
    let case = Case::new();
    for shell in SHELLS {
        let run = case.run(&["completions", shell]);
        let script = run.printed();
        assert!(script.contains("NEWSDESK_COMPLETE"), "{shell}: {script}");
        let path = case.path(shell);
        std::fs::write(&path, script).expect("a file");
        // PowerShell cannot check without running.
        let checked = Command::new(shell)
            .arg("-n")
            .arg(&path)
            .stdin(Stdio::null())
            .output();
        match checked {
            Ok(run) => {
                let said = String::from_utf8_lossy(&run.stderr);
                assert!(run.status.success(), "{shell}: {said}");
            }
            Err(error) => println!("skipped: {shell} cannot be run: {error}"),
        }
    }
    case.run(&["completions", "tcsh"])
        .is_refused_with_hint("tcsh");
}

#[test]
fn bash_completes_with_the_script() {
    let case = Case::new();
    let script = case.run(&["completions", "bash"]).printed().to_owned();
    let program = Path::new(env!("CARGO_BIN_EXE_newsdesk"));
    let others = env::var_os("PATH").unwrap_or_default();
    let folders = iter::once(program.parent().expect("a folder").to_path_buf());
    let path = env::join_paths(folders.chain(env::split_paths(&others))).expect("a PATH");
    let ask = format!(
        "{script}\nCOMP_WORDS=(newsdesk facets --by pro); COMP_CWORD=3; COMP_TYPE=9\n\
         _clap_complete_newsdesk newsdesk pro --by 2>&1; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    );
    let run = Command::new("bash")
        .args(["--norc", "-c", &ask])
        .env("PATH", path)
        .env("HOME", case.path("home"))
        .output()
        .expect("the tests need bash");
    assert_eq!(String::from_utf8_lossy(&run.stdout).trim_end(), "provider");
}

#[test]
fn commands_options_and_their_values_are_completed() {
    let case = Case::new();
    let commands = completed(&case, &["fac"]);
    assert_eq!(commands, ["facets"]);
    let facets = completed(&case, &["facets", "--by", ""]);
    assert!(facets.contains(&"provider".to_owned()), "{facets:?}");
    let formats = completed(&case, &["list", "--format", "j"]);
    assert_eq!(formats, ["json", "jsonl"]);
    let fields = completed(&case, &["list", "--fields", "title,pub"]);
    assert_eq!(fields, ["title,publishedDateTime", "title,published"]);
}

#[test]
fn views_are_completed_with_ones_own_in_the_place_of_those_built_in() {
    let case = Case::new().config("[views]\nRobots = 'topic:robotics'\nINBOX = 'is:unread'\n");
    let views = completed(&case, &["count", "--view", ""]);
    let expected = [
        "Robots",
        "INBOX",
        "Today",
        "Unpublished",
        "Starred",
        "Later",
        "All",
    ];
    assert_eq!(views, expected);
    assert_eq!(completed(&case, &["stats", "--view", "Ro"]), ["Robots"]);
    // A configuration error must not print into somebody's command line.
    let wrong = Case::new().config("views = 3\n");
    assert_eq!(completed(&wrong, &["count", "--view", "To"]), ["Today"]);
}

#[test]
fn paths_are_completed_from_the_working_folder() {
    let case = Case::new().file("a.md", "---\ntitle: A\n---\n");
    assert_eq!(completed(&case, &["check", "site/"]), ["site/a.md"]);
}

#[test]
fn a_shell_that_is_not_known_is_told() {
    let case = Case::new();
    let mut command = case.command(&["--", "newsdesk", ""]);
    let run = command.env("NEWSDESK_COMPLETE", "tcsh").output();
    Run(run.expect("the program runs")).is_refused("“tcsh”");
}

#[test]
fn there_is_a_manual_page_of_the_program_and_of_each_command() {
    let case = Case::new();
    let page = case.run(&["man"]);
    let page = page.printed();
    assert!(
        page.starts_with(".ie") || page.contains(".TH newsdesk 1"),
        "{page}"
    );
    for command in ["list", "stats", "completions", "mark", "publish"] {
        assert!(
            page.contains(&format!("newsdesk\\-{command}(1)")),
            "{command}"
        );
        let run = case.run(&["man", command]);
        let own = run.printed();
        assert!(own.contains(&format!(".TH newsdesk-{command} 1")), "{own}");
        assert!(own.contains("Examples:"), "{own}");
    }
    case.run(&["man", "lst"])
        .is_refused("there is no command “lst”");
}

#[test]
fn manual_pages_are_formatted_without_a_warning() {
    let case = Case::new();
    let path = case.path("newsdesk.1");
    std::fs::write(&path, case.run(&["man"]).printed()).expect("a file");
    let groff = Command::new("groff")
        .args(["-man", "-Tutf8", "-ww"])
        .arg(&path)
        .output();
    match groff {
        Ok(run) => assert_eq!(String::from_utf8_lossy(&run.stderr), ""),
        Err(error) => println!("skipped: groff cannot be run: {error}"),
    }
}

#[test]
fn keys_are_told_as_json_with_those_of_the_configuration() {
    let case = Case::new().config("[keys.list]\n\"g x\" = \"open-original\"\n");
    let run = case.run(&["keys", "--format", "json"]);
    run.printed();
    let all = run.json();
    let rows = all.as_array().expect("an array");
    let own = rows.iter().find(|row| {
        row["keys"]
            .as_array()
            .is_some_and(|it| it.contains(&"g x".into()))
    });
    let own = own.expect("the key");
    assert_eq!(
        (&own["command"], &own["context"]),
        (&"open-original".into(), &"list".into())
    );
    for row in rows {
        for name in ["command", "group", "description"] {
            assert!(row[name].as_str().is_some_and(|it| !it.is_empty()), "{row}");
        }
    }
}
