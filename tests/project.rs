//! Everything around the code that must match it: the package's metadata, the checks of a change,
//! the changelog.

use std::fs;
use std::path::Path;

fn text(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn changes_are_checked_with_the_oldest_toolchain_that_is_promised() {
    let manifest: toml::Table = text("Cargo.toml").parse().expect("TOML");
    let promised = manifest["package"]["rust-version"]
        .as_str()
        .expect("a version");
    let workflow = text(".github/workflows/ci.yml");
    let matrix = format!("toolchain: [\"{promised}\", stable]");
    assert!(workflow.contains(&matrix), "ci.yml does not say {matrix}");
    assert!(workflow.contains("- run: .ci/run"));
}

#[test]
fn the_list_of_changes_knows_this_version() {
    let heading = format!("## [{}]", env!("CARGO_PKG_VERSION"));
    assert!(text("CHANGELOG.md").contains(&heading), "no {heading}");
}
