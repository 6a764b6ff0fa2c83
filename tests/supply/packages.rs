//! The packages that the program and its tests are built from, as cargo reports them.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;

/// The packages built on this machine, including tests and build scripts. Cargo downloads those that nothing has
/// needed so far.
pub fn packages() -> Vec<Value> {
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
            "--filter-platform",
        ])
        .arg(host.expect("rustc says its host"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
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
