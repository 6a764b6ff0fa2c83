//! Arguments, help and keys, and what the reader needs to start.

use std::fs;
use std::path::Path;

use crate::case::Case;
use crate::listing::FULL;

#[test]
fn the_reader_wants_a_terminal() {
    let case = Case::new().file("a.md", FULL);
    case.run(&[]).is_refused("terminal");
    case.run(&["site"]).is_refused("terminal");
}

#[test]
fn arguments_that_mean_nothing_are_refused_and_help_is_given() {
    let case = Case::new();
    let run = case.run(&["list", "--frmat", "json"]);
    assert_eq!((run.code(), run.out()), (2, ""));
    assert!(
        run.err()
            .starts_with("newsdesk: unexpected argument '--frmat'")
    );
    let help = case.run(&["--help"]);
    assert_eq!((help.code(), help.err()), (0, ""));
    assert!(help.out().contains("newsdesk check ~/site"));
    let version = case.run(&["--version"]);
    let expected = concat!("newsdesk ", env!("CARGO_PKG_VERSION"), "\n");
    assert_eq!((version.code(), version.out()), (0, expected));
}

#[test]
fn the_keys_are_printed_with_a_persons_own() {
    let case = Case::new().config("[keys.list]\n\"x\" = \"open-original\"");
    let keys = case.run(&["keys"]);
    assert_eq!(keys.code(), 0);
    assert!(
        keys.out().lines().any(|line| line.contains("x")
            && line.contains("list")
            && line.contains("open-original"))
    );
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/keys.md"));
    let printed = case.run(&["keys", "--format", "markdown"]);
    assert_eq!(printed.out(), page.expect("docs/keys.md"));
}

#[test]
fn there_is_help_about_queries_and_commands() {
    let case = Case::new();
    let query = case.run(&["help", "query"]);
    assert_eq!((query.code(), query.err()), (0, ""));
    assert!(query.out().contains("quality>50") && query.out().contains("last week"));
    for command in ["list", "count", "facets", "check", "keys"] {
        let help = case.run(&["help", command]);
        assert_eq!((help.code(), help.err()), (0, ""));
        assert_eq!(help.out(), case.run(&[command, "--help"]).out());
    }
    assert_eq!(case.run(&["help"]).out(), case.run(&["--help"]).out());
    assert_eq!(case.run(&["help", "nothing"]).code(), 2);
}
