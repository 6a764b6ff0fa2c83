//! What is built into the program comes from where `deny.toml` allows, under licences that it
//! allows, and only once. `cargo deny check` knows more, such as advisories; this needs no network
//! and nothing installed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn toml(name: &str) -> toml::Table {
    let text = std::fs::read_to_string(root().join(name)).expect("a file of the package");
    text.parse().expect("TOML")
}

/// The texts of a list, or those under `key` of its tables.
fn texts<'a>(list: &'a toml::Value, key: &'a str) -> BTreeSet<&'a str> {
    let items = list.as_array().expect("a list").iter();
    items
        .map(|item| item.get(key).unwrap_or(item).as_str().expect("a text"))
        .collect()
}

/// Those built on this machine, including tests and build scripts.
fn packages() -> Vec<Value> {
    let version = Command::new("rustc").arg("-vV").output().expect("a rustc");
    let version = String::from_utf8(version.stdout).expect("UTF-8");
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--all-features",
            "--format-version",
            "1",
            "--locked",
            "--offline",
            "--filter-platform",
        ])
        .arg(host.expect("rustc says its host"))
        .current_dir(root())
        .output()
        .expect("a cargo");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let nodes = metadata["resolve"]["nodes"].as_array().expect("a list");
    let built: BTreeSet<&str> = nodes
        .iter()
        .filter_map(|node| node["id"].as_str())
        .collect();
    let packages = metadata["packages"].as_array().expect("a list").iter();
    packages
        .filter(|it| it["id"].as_str().is_some_and(|id| built.contains(id)))
        .filter(|it| it["name"] != "newsdesk")
        .cloned()
        .collect()
}

/// Whether an expression such as `(MIT OR Apache-2.0) AND Unicode-3.0` can be satisfied with these
/// licences. Exceptions (`WITH`) only allow more. `/` is the `OR` of old manifests.
fn is_allowed(expression: &str, allowed: &BTreeSet<&str>) -> bool {
    let expression = expression.replace('/', " OR ").replace(['(', ')'], " ");
    let mut all = true;
    let mut any = false;
    let mut words = expression.split_whitespace().peekable();
    while let Some(word) = words.next() {
        match word {
            "AND" => {
                all &= any;
                any = false;
            }
            "OR" => {}
            "WITH" => drop(words.next()),
            licence => any |= allowed.contains(licence),
        }
    }
    all && any
}

#[test]
fn licences_are_judged_as_they_are_written() {
    let allowed = BTreeSet::from(["MIT", "Unicode-3.0"]);
    for good in [
        "MIT",
        "GPL-3.0 OR MIT",
        "GPL-3.0/MIT",
        "(MIT OR X) AND Unicode-3.0",
        "MIT WITH E OR X",
    ] {
        assert!(is_allowed(good, &allowed), "{good}");
    }
    for bad in [
        "GPL-3.0",
        "MIT AND GPL-3.0",
        "GPL-3.0 AND MIT",
        "(MIT OR X) AND Y",
        "",
    ] {
        assert!(!is_allowed(bad, &allowed), "{bad}");
    }
}

#[test]
fn every_licence_is_one_that_is_allowed() {
    let deny = toml("deny.toml");
    let allowed = texts(&deny["licenses"]["allow"], "");
    let packages = packages();
    assert!(
        packages.len() > 100,
        "{} packages were looked at",
        packages.len()
    );
    let wrong: Vec<String> = packages
        .iter()
        .map(|it| {
            (
                it["name"].as_str(),
                it["license"].as_str().unwrap_or_default(),
            )
        })
        .filter(|(_, licence)| !is_allowed(licence, &allowed))
        .map(|it| format!("{it:?}"))
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn everything_comes_from_the_registry_with_a_checksum() {
    let deny = toml("deny.toml");
    let registries = texts(&deny["sources"]["allow-registry"], "");
    let lock = toml("Cargo.lock");
    for package in lock["package"].as_array().expect("a list") {
        let name = package["name"].as_str().expect("a name");
        let source = package.get("source").and_then(toml::Value::as_str);
        let Some(source) = source else {
            assert_eq!(name, "newsdesk", "it comes from a folder");
            continue;
        };
        let is_known = source
            .strip_prefix("registry+")
            .is_some_and(|it| registries.contains(it));
        assert!(is_known, "{name} comes from {source}");
        let checksum = package.get("checksum").and_then(toml::Value::as_str);
        assert!(
            checksum.is_some_and(|it| it.len() == 64),
            "{name} has no checksum"
        );
    }
}

#[test]
fn no_package_is_there_twice_but_those_that_are_named() {
    let deny = toml("deny.toml");
    let skipped = texts(&deny["bans"]["skip"], "name");
    let packages = packages();
    let mut versions: BTreeMap<&str, usize> = BTreeMap::new();
    for package in &packages {
        let name = package["name"].as_str().expect("a name");
        *versions.entry(name).or_default() += 1;
    }
    let twice: BTreeSet<&str> = versions
        .into_iter()
        .filter(|(_, count)| *count > 1)
        .map(|(name, _)| name)
        .collect();
    assert_eq!(twice, skipped, "deny.toml names the second set");
}
