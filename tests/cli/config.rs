//! The configuration on the command line: shown, checked, changed, begun, and the libraries in it.

use std::fs;

use crate::case::{Case, Run};

const ARTICLE: &str = "---\ntitle: A\n---\nBody.\n";

fn text(case: &Case) -> String {
    fs::read_to_string(case.path("home/.config/newsdesk/config.toml")).expect("a configuration")
}

#[test]
fn the_place_of_the_file_is_printed_whether_or_not_there_is_one() {
    let case = Case::new();
    let run = case.run(&["config", "path"]);
    let path = case.path("home/.config/newsdesk/config.toml");
    assert_eq!(run.printed(), format!("{}\n", path.display()));
    let mut homeless = case.command(&["config", "path"]);
    let run = homeless
        .env_remove("HOME")
        .env("NEWSDESK_CONFIG", "mine.toml")
        .output();
    assert_eq!(Run(run.expect("the program runs")).printed(), "mine.toml\n");
}

#[test]
fn what_is_in_force_is_shown_with_the_defaults_marked() {
    let case =
        Case::new().config("signs = \"ascii\" # mine\n[views]\nRobots = \"topic:robotics\"\n");
    let run = case.run(&["config", "show"]);
    let shown = run.printed();
    for line in [
        "signs = \"ascii\"\n",
        "mark_read = \"on_open\"  # default\n",
        "[views]\nRobots = ",
    ] {
        assert!(shown.contains(line), "{line} in {shown}");
    }
    // What is shown is a configuration that says the same.
    let again = Case::new().config(shown);
    again.run(&["config", "check"]).printed();
    let without_notes = |text: &str| text.replace("  # default", "");
    assert_eq!(
        without_notes(again.run(&["config", "show"]).printed()),
        without_notes(shown)
    );
}

#[test]
fn a_view_with_a_wrong_query_is_neither_sound_nor_set() {
    let case = Case::new().config("[views]\nOdd = \"topic:(\"\n");
    let run = case.run(&["config", "check"]);
    assert_eq!(run.code(), 1);
    assert!(run.out().contains(":2:7: [views] Odd: "), "{}", run.out());
    let case = Case::new().config("");
    let run = case.run(&["config", "set", "views.Odd", "topic:("]);
    assert_ne!(run.code(), 0);
    assert_eq!(case.run(&["config", "check"]).code(), 0);
    let run = case.run(&["config", "set", "views.Bots", "topic:robots"]);
    assert_eq!(run.code(), 0);
}

#[test]
fn a_check_tells_all_that_is_wrong_as_compilers_do() {
    let case = Case::new().config("libary = []\nsigns = \"asci\"\n[panes]\nlist = 5\n");
    let run = case.run(&["config", "check"]);
    let path = case.path("home/.config/newsdesk/config.toml");
    let expected = [
        "1:1: there is no key `libary`; did you mean `library`?",
        "2:9: \"asci\": expected \"auto\", \"unicode\", \"ascii\" or \"nerd\"; did you mean \"ascii\"?",
        "4:8: expected a number from 10 to 90",
    ]
    .map(|it| format!("{}:{it}\n", path.display()));
    assert_eq!((run.code(), run.out()), (1, expected.concat().as_str()));
    let keys = Case::new()
        .config("[keys.list]\nx = \"fly\"\n")
        .run(&["config", "check"]);
    assert_eq!(keys.code(), 1);
    assert!(keys.out().contains("no command `fly`"), "{}", keys.out());
    assert!(
        Case::new()
            .run(&["config", "check"])
            .printed()
            .contains("defaults are in force")
    );
}

#[test]
fn a_value_is_set_and_the_rest_of_the_file_stays() {
    let before = "# mine\nsigns = \"auto\" # here\n\n# no step\n[triage]\nadvance = true\n";
    let case = Case::new().config(before);
    assert_eq!(case.run(&["config", "set", "signs", "ascii"]).printed(), "");
    case.run(&["config", "set", "triage.advance", "false"])
        .printed();
    let after = before
        .replace("\"auto\"", "\"ascii\"")
        .replace("true", "false");
    assert_eq!(text(&case), after);
    case.run(&["config", "set", "views.Best first", "sort:-quality"])
        .printed();
    assert_eq!(
        text(&case),
        format!("{after}\n[views]\n\"Best first\" = \"sort:-quality\"\n")
    );

    case.run(&["config", "set", "sings", "ascii"])
        .is_refused("did you mean `signs`?");
    case.run(&["config", "set", "signs", "emoji"])
        .is_refused("expected \"auto\", \"unicode\"");
    let fresh = Case::new().file("a.md", ARTICLE);
    let site = fresh.path("site");
    fresh
        .run(&["config", "set", "library", site.to_str().expect("UTF-8")])
        .printed();
    assert_eq!(fresh.run(&["count"]).printed(), "1\n");
}

#[test]
fn the_editor_gets_the_file_which_is_checked_afterwards() {
    let case = Case::new();
    let script = case.path("editor");
    fs::write(
        &script,
        "#!/bin/sh\nfor file; do :; done\necho 'sings = 1' >> \"$file\"\n",
    )
    .expect("a file");
    let mut command = case.command(&["config", "edit"]);
    command
        .env("PATH", "/usr/bin:/bin")
        .env("EDITOR", format!("sh {}", script.display()));
    let run = Run(command.output().expect("the program runs"));
    assert_eq!(run.code(), 1, "{}", run.err());
    assert!(run.out().contains("did you mean `signs`?"), "{}", run.out());
    assert!(text(&case).starts_with("# newsdesk's configuration"));
}

#[test]
fn a_first_configuration_is_written_for_a_folder_and_never_over_another() {
    let case = Case::new().file("a.md", ARTICLE).file("b.txt", "none");
    let run = case.run(&["init", "site", "--yes"]);
    let out = run.printed();
    assert!(out.starts_with("Folder of files: 1 article\n"), "{out}");
    let library = format!("library = [\"{}\"]\n", case.path("site").display());
    assert!(text(&case).contains(&library), "{}", text(&case));
    assert!(text(&case).contains("# signs = \"auto\"\n"));
    assert_eq!(case.run(&["count"]).printed(), "1\n");

    let before = text(&case);
    case.run(&["init", "site", "--yes"])
        .is_refused("there is a configuration already");
    assert_eq!(text(&case), before);
}

#[test]
fn without_a_terminal_a_first_configuration_needs_a_folder_and_a_yes() {
    let case = Case::new().file("a.md", ARTICLE);
    case.run(&["init"]).is_refused("newsdesk init FOLDER --yes");
    let run = case.run(&["init", "site"]);
    assert_eq!(run.code(), 2);
    assert!(
        run.err().contains("newsdesk init FOLDER --yes"),
        "{}",
        run.err()
    );
    case.run(&["init", "nowhere", "--yes"])
        .is_refused("no such file or folder");
    assert!(!case.path("home/.config").exists());
}

#[test]
fn a_library_is_opened_by_its_name() {
    let case = Case::new().file("a.md", ARTICLE);
    fs::create_dir(case.path("home/papers")).expect("a folder");
    for name in ["b.md", "c.md"] {
        fs::write(case.path("home/papers").join(name), ARTICLE).expect("a file");
    }
    let site = case.path("site");
    let libraries = format!(
        "[libraries.site]\nroots = [\"{}\"]\n[libraries.Papers]\nroots = [\"~/papers\"]\n",
        site.display()
    );
    let case = case.config(&libraries);
    let count = |arguments: &[&str]| case.run(&[&["count"], arguments].concat()).out().to_owned();
    assert_eq!(count(&["-l", "papers"]), "2\n");
    assert_eq!(case.run(&["--library", "site", "count"]).printed(), "1\n");
    // Without a name, the first.
    assert_eq!(count(&[]), "1\n");
    let case = case.config(&format!("default_library = \"Papers\"\n{libraries}"));
    assert_eq!(case.run(&["count"]).printed(), "2\n");
    // Its own views are those of whoever opens it, named or not.
    let case = case.config(&format!(
        "default_library = \"Papers\"\n{libraries}[libraries.Papers.views]\nB = \"path:b\"\n"
    ));
    assert_eq!(case.run(&["count", "--view", "B"]).printed(), "1\n");
    case.run(&["count", "--view", "B", "-l", "site"])
        .is_refused("B");
    case.run(&["count", "-l", "paper"])
        .is_refused("no library “paper”; the configuration has site, Papers");
    case.run(&["count", "-l", "site", "site"])
        .is_refused("not both");
    case.run(&["mark", "-q", "title:a", "-l", "site", "--star"])
        .printed();
    assert_eq!(
        case.run(&["count", "-q", "is:starred", "-l", "site"])
            .printed(),
        "1\n"
    );
}
