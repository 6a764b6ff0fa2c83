//! Parsing a configuration, its defaults, and what is refused.

use std::collections::BTreeSet;

use super::*;

fn places() -> XdgEnvironment {
    XdgEnvironment {
        home: Some(PathBuf::from("/home/ada")),
        ..XdgEnvironment::default()
    }
}

fn parse(text: &str) -> Result<Config, ConfigError> {
    Config::parse(text, Path::new("config.toml"), &places())
}

/// The commented configuration with its keys uncommented, without the examples of its tables.
fn uncommented() -> String {
    let keys = COMMENTED
        .lines()
        .filter_map(|line| line.strip_prefix("# "))
        .filter(|line| line.contains(" = ") || line.starts_with('['));
    keys.collect::<Vec<_>>().join("\n")
}

/// The keys that a file may have, taken from the error about one it may not.
fn keys() -> BTreeSet<String> {
    let refused = toml::from_str::<File>("no_key_at_all = 1\n")
        .err()
        .expect("no key");
    let refusal = refused.message().to_owned();
    let (_, expected) = refusal.split_once("expected one of ").expect(&refusal);
    let keys = expected.split('`').skip(1).step_by(2);
    keys.map(str::to_owned).collect()
}

#[test]
fn the_table_has_every_key() {
    let rows = TABLE.iter().filter_map(|row| row.way.first());
    let rows: BTreeSet<String> = rows.map(|it| (*it).to_owned()).collect();
    assert_eq!(rows, keys());
}

#[test]
fn the_commented_configuration_has_every_key_with_its_default() {
    assert_eq!(
        parse(COMMENTED).expect("a configuration"),
        Config::default()
    );
    let examples = parse(&uncommented()).expect("a configuration");
    let defaults = Config {
        keys: Vec::new(),
        views: Vec::new(),
        libraries: Vec::new(),
        theme: ThemeChoice {
            own: Vec::new(),
            ..examples.theme
        },
        ..examples
    };
    assert_eq!(defaults, Config::default());
}

fn refusal(text: &str) -> String {
    parse(text).expect_err("a refusal").to_string()
}

#[test]
fn every_key_is_read() {
    let config = parse(
        "library = [\"~/site/_news\", \"notes\", \"/srv/news\"]\nsigns = \"ascii\"\n\
         [keys.list]\n\"x\" = \"open-original\"\n\"g x\" = \"none\"\n",
    );
    let list = |keys: &str, line: &str| KeyOverride::from(("list", keys, line));
    assert_eq!(
        config.expect("a configuration"),
        Config {
            library: ["/home/ada/site/_news", "/home/ada/notes", "/srv/news"]
                .map(PathBuf::from)
                .to_vec(),
            signs: SymbolSet::Ascii,
            keys: vec![list("g x", "none"), list("x", "open-original")],
            ..Config::default()
        }
    );
}

#[test]
fn an_empty_file_is_the_default() {
    assert_eq!(parse("").expect("a configuration"), Config::default());
    assert_eq!(Config::default().signs, SymbolSet::Auto);
}

#[test]
fn an_unknown_key_is_refused_with_its_line_and_the_known_ones() {
    assert_eq!(
        refusal("# mine\nsigns = \"auto\"\nlibary = []\n"),
        "config.toml, line 3, column 1: there is no key `libary`; did you mean `library`?"
    );
}

#[test]
fn values_that_mean_nothing_are_refused_with_their_line() {
    for (text, line, word) in [
        ("\nsigns = \"emoji\"", 2, "emoji"),
        ("library = \"~/site\"", 1, "expected a list of paths"),
        ("[keys]\nlist = 3", 2, "`keys.list` is a table"),
        ("signs = \"auto\"\nsigns = \"auto\"", 2, "duplicate"),
        ("library = [", 1, "array"),
    ] {
        let said = refusal(text);
        let begins = said.starts_with(&format!("config.toml, line {line}, column "));
        assert!(begins && said.contains(word), "{text:?}: {said}");
    }
}

#[test]
fn libraries_have_names_and_keep_their_order() {
    let text = "default_library = \"ai\"\n[libraries.z]\nroots = [\"/z\"]\n\
                [libraries.ai]\nroots = [\"~/ai\", \"/b\"]\n";
    let config = parse(text).expect("a configuration");
    let named = |name: &str, roots: &[&str]| NamedLibrary {
        name: name.to_owned(),
        roots: roots.iter().map(PathBuf::from).collect(),
        ..NamedLibrary::default()
    };
    assert_eq!(config.default_library.as_deref(), Some("ai"));
    assert_eq!(
        config.libraries,
        [named("z", &["/z"]), named("ai", &["/home/ada/ai", "/b"]),]
    );
}

#[test]
fn a_library_at_home_needs_a_home() {
    let parsed = Config::parse(
        "library = [\"~/a\"]",
        Path::new("c.toml"),
        &XdgEnvironment::default(),
    );
    let said = parsed.expect_err("no home").to_string();
    assert!(
        said.starts_with("c.toml: the library \"~/a\" is relative to the home folder"),
        "{said}"
    );
}

#[test]
fn a_file_that_is_not_there_is_the_default_unless_it_was_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let unnamed = XdgEnvironment {
        config_home: Some(folder.path().to_path_buf()),
        ..places()
    };
    assert_eq!(
        Config::load(&unnamed).expect("the default"),
        Config::default()
    );
    let named = XdgEnvironment {
        named: Some(folder.path().join("mine.toml")),
        ..places()
    };
    let said = Config::load(&named).expect_err("not there").to_string();
    assert!(
        said.contains("mine.toml: no such file (NEWSDESK_CONFIG"),
        "{said}"
    );
}

#[test]
fn a_file_that_cannot_be_read_is_no_default() {
    let folder = tempfile::tempdir().expect("a folder");
    let named = XdgEnvironment {
        named: Some(folder.path().to_path_buf()),
        ..places()
    };
    let error = Config::load(&named).expect_err("a folder is no file");
    assert!(matches!(error, ConfigError::Unreadable { .. }), "{error}");
}

#[test]
fn the_file_is_found_and_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let own = folder.path().join("newsdesk");
    std::fs::create_dir(&own).expect("a folder");
    std::fs::write(own.join("config.toml"), "signs = \"unicode\"").expect("a file");
    let places = XdgEnvironment {
        config_home: Some(folder.path().to_path_buf()),
        ..places()
    };
    assert_eq!(
        Config::load(&places).expect("read").signs,
        SymbolSet::Unicode
    );
}
